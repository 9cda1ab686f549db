"""A person at a browser: signs in, opens the desk, follows the next step, fills by labels, submits, reads the answer."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.judging import axe_faults
from tests.cast import PASSWORD

WIDE = 1366
# The long roads are walked on the wide screen with all tests and on a phone in the long run.
LONG_RUN = pytest.mark.skipif(not os.environ.get("LISHU_LONG"), reason="the phone's width runs with LISHU_LONG=1")
WIDTHS = (WIDE, pytest.param(360, marks=[pytest.mark.drill, LONG_RUN]))
# The steps before which the case page is judged: one of each part of the road, they share one template.
CASE_SCREENS = {"核查线索", "制作现场笔录", "制作违法行为通知书", "记录陈述申辩", "登记缴款"}


def go(link: Locator) -> None:
    """Follow a link, or press a button that sends a form, and wait for the next page.

    A bare click returns while the old page still stands; on a busy machine what follows would be done to that one.
    """
    with link.page.expect_navigation():
        link.click()


@dataclass
class Screens:
    """What is looked for on every screen, once per name: axe, sideways scrolling, the main action in sight."""

    width: int
    script: bool
    keep: Callable[[Page, str], None]
    found: dict[str, list[str]] = field(default_factory=dict)

    def look(self, page: Page, name: str, main: str = "") -> None:
        """Judge this screen; ``main`` is what must stand in sight on the wide screen without scrolling."""
        if name in self.found:
            return
        self.keep(page, f"{name}-{self.width}{'' if self.script else '-plain'}")
        self.found[name] = [*self._faults(page), *(self._hidden(page, main) if main else ())] if self.script else []

    def _faults(self, page: Page) -> list[str]:
        faults = axe_faults(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append("scrolls sideways")
        return faults

    def _hidden(self, page: Page, main: str) -> list[str]:
        if self.width < WIDE:
            return []
        box, size = page.locator(main).first.bounding_box(), page.viewport_size
        seen = page.evaluate("window.scrollY") == 0 and box and size and box["y"] + box["height"] <= size["height"]
        return [] if seen else [f"{main} is out of sight: {box}"]

    def faults(self) -> dict[str, list[str]]:
        return {name: texts for name, texts in self.found.items() if texts}


@dataclass
class Player:
    """One person in one browser window."""

    page: Page
    screens: Screens
    typed: int = 0

    def sign_in(self, username: str) -> None:
        self.page.goto("/sign-in/")
        self.screens.look(self.page, "sign-in")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("口令", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("button", name="退出")).to_be_visible()

    def open_desk(self, about: str, name: str = "desk", step: str = "") -> Locator:
        """The line of the desk that speaks of ``about``, and of ``step`` where one case waits for several things."""
        self.page.goto("/desk/")
        line = self.page.locator("[data-inbox] > li").filter(has_text=about).filter(has_text=step)
        expect(line).to_have_count(1)
        self.screens.look(self.page, name, "[data-inbox] a")
        return line

    def follow(self, step: str, case: str) -> None:
        """From the desk to the case, and to its highlighted next step."""
        go(self.open_desk(case).get_by_role("link", name=case))
        if step in CASE_SCREENS:
            self.screens.look(self.page, f"case-{step}", "[data-next]")
        expect(self.page.locator("[data-next]")).to_have_text(step)
        go(self.page.locator("[data-next]"))

    def open_case(self, case: str) -> None:
        """From the list of the cases to the case."""
        self.page.goto("/cases/")
        go(self.page.get_by_role("link", name=case).first)

    def open_card(self, title: str, act: str, case: str) -> None:
        """On the case page, to an act on one of the things that hang on the case."""
        self.open_case(case)
        card = self.page.locator("article.card").filter(has=self.page.locator("h3", has_text=title))
        go(card.get_by_role("link", name=act))

    def take(self, step: str, about: str) -> None:
        """From the desk straight to the act."""
        go(self.open_desk(about, f"desk-{step}", step).get_by_role("link", name=step))

    def fill(self, values: Mapping[str, Any]) -> None:
        """Fill by the labels a person reads: text, choice, tick or file."""
        for label, value in values.items():
            self.typed += 1
            self._fill_one(label, value)

    def _fill_one(self, label: str, value: Any) -> None:
        words = re.compile(rf"^\s*{re.escape(label)}(（选填）)?\s*$")
        group = self.page.locator(".field fieldset").filter(has=self.page.locator("legend", has_text=words))
        if group.count():
            group.get_by_label(value, exact=True).check()
            return
        control = self.page.locator(".field").get_by_label(words)
        if value is True:
            control.check()
        elif isinstance(value, dict):
            control.set_input_files(value)
        elif self._is_select(control):
            option = control.locator("option", has_text=value).first
            control.select_option(value=option.get_attribute("value"))
        else:
            control.fill(value)

    @staticmethod
    def _is_select(control: Locator) -> bool:
        return bool(control.locator("option").count())

    def submit(self, button: str, answer: str) -> None:
        """Press the button once and read the answer on the next page."""
        go(self.page.get_by_role("button", name=button, exact=True))
        answered = self.page.locator("main .messages, #error-summary").first
        expect(answered).to_be_visible()
        assert answer in answered.inner_text()

    def act(self, name: str, values: Mapping[str, Any], button: str, answer: str, main: str = "") -> None:
        """Look at an act's page, fill it, submit it."""
        self.screens.look(self.page, f"act-{name}", main)
        self.fill(values)
        self.submit(button, answer)
