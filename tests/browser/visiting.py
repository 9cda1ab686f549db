"""A visit on the phone in single steps, so that the network may end before any of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, expect

from inspections.models import InspectionFiling
from tests.browser.field import FieldPhone
from tests.browser.test_visit_walk import Walker


def _keep_none(page: Page, name: str) -> None:
    """Nothing to look at: these walks are about what arrives."""


@dataclass
class VisitPhone(FieldPhone):
    """A phone with one visit filed and approved for today."""

    row: InspectionFiling = field(kw_only=True)
    photo: dict[str, Any] = field(kw_only=True)

    def path(self, name: str) -> str:
        return f"/m/filing/{self.row.reference}/{name}/"

    def walk(self, *, cut_before: str = "", until: str = "") -> None:
        """The whole visit, or as far as ``until``; from ``cut_before`` on without network."""
        for step in STEPS:
            if step == cut_before:
                self.offline()
            if step == until:
                return
            getattr(self, step)()

    def go_on(self, since: str) -> None:
        """The rest of the visit, from the step ``since``."""
        for step in STEPS[STEPS.index(since) :]:
            getattr(self, step)()

    def show_card(self) -> None:
        self.page.goto(self.path("certificate"))
        expect(self.page.locator("[data-card]")).to_contain_text("示例甲")

    def open_start(self) -> None:
        self.open_form(self.path("start"))

    def type_start(self) -> None:
        self._fill(how="paper", shown="on", told="on")

    def send_start(self) -> None:
        self._send("开始检查")

    def open_record(self) -> None:
        self.open_form(self.path("finish"))

    def type_record(self) -> None:
        self._fill(**dict.fromkeys(self._points(), "合格"), result_code="R1", signing="signed")

    def attach_photo(self) -> None:
        self._fill(**{f"{self._points()[0]}_photos": self.photo})

    def sign_name(self) -> None:
        Walker(self.page, _keep_none).touch_name()
        expect(self.page.locator(".pad [role=status]").first).to_have_text("已签名。")

    def send_record(self) -> None:
        self._send("完成检查")

    def _points(self) -> list[str]:
        return [f"point_{matter.pk}_{one['no']}" for matter in self.row.matters.all() for one in matter.check_points]

    def _fill(self, **values: Any) -> None:
        Walker(self.page, _keep_none).fill(**values)

    def _send(self, button: str) -> None:
        """Entered, or stored on the phone: either way the page of the form is left. The worker of a browser started
        after a kill may not be there to show the next page; what was stored is stored, as the end of the walk shows.
        """
        self.press(button)
        left = rf"/m/(queue/\?stored=|filing/{self.row.reference}/$)"
        expect(self.page).to_have_url(re.compile(rf"{left}|^chrome-error:" if self.was_killed else left))


STEPS = (
    "show_card", "open_start", "type_start", "send_start", "open_record", "type_record", "attach_photo", "sign_name",
    "send_record",
)  # fmt: skip
