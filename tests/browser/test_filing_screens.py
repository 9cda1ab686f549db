"""Filings in a real Chromium: every page wide and narrow, and the urgent path without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from inspections.actions.caps import save_cap_rule
from inspections.actions.delegations import NewDelegation, delegate_approval
from inspections.actions.filings import approve_inspection, file_inspection
from inspections.actions.plans import register_plan
from inspections.actions.urgent import UrgentReport, report_urgent
from inspections.models import InspectionFiling, InspectionPlan
from inspections.rules import AssistantFacts
from lishu_law import clock
from tests.browser.walk import Player, Screens, go
from tests.cast import make_cast
from tests.inspections.scenes import Scene, make_scene, new_filing, subject

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def filled() -> dict[str, tuple[str, str]]:
    """Something to see on every page: who looks at which address."""
    scene, now = make_scene(make_cast()), clock.now()
    cast, today = scene.cast, clock.today()
    if not InspectionPlan.objects.filter(year=today.year).exists():
        register_plan(by=cast.head, year=today.year, document_no="示例计划1号", published_on=today, at=now)
    entry = subject()
    values: dict[str, Any] = {
        "industry": "道路货运", "risk_class": "", "most": 1, "not_counted": ["superior"], "basis": "示例公告1号",
        "is_confirmed": False, "valid_from": today, "valid_to": None,
    }  # fmt: skip
    save_cap_rule(by=cast.reviewer, values=values)
    given = NewDelegation(cast.squad, cast.third_officer, "示例委托1号", today, today + timedelta(days=30))
    delegate_approval(by=cast.squad_leader, given=given)
    first = filed(scene, entry, now, 2)
    approve_inspection(filing_id=first.pk, version=None, by=cast.deputy, agree=True, opinion="同意。", at=now)
    waiting = filed(
        scene, entry, now, 9, form="03", source="complaint", source_note="投诉 7 号", over_cap_reason="实名举报，需现场核实",
        why_separate="举报的是另一处场地", joint_units=("示例县市场监督管理局",),
        assistants=(AssistantFacts("示例丁", "示例检测公司", "操作检测仪器"),),
    )  # fmt: skip
    report = UrgentReport(
        subject=entry, matters=(scene.matter,), officers=(cast.third_officer, cast.outsider),
        began_at=now - timedelta(hours=25), reason="货车侧翻，装载物泄漏，不立即检查证据会灭失", late_reason="连夜处置事故",
    )  # fmt: skip
    urgent = report_urgent(by=cast.third_officer, report=report, at=now)
    return {
        "home": ("lead", "/inspections/"), "new": ("lead", "/inspections/new/"),
        "urgent": ("lead", "/inspections/urgent/"), "late": ("lead", "/inspections/late/"),
        "filed": ("lead", f"/inspections/filings/{first.reference}/"),
        "waiting": ("lead", f"/inspections/filings/{waiting.reference}/"),
        "provincial": ("lead", f"/inspections/filings/{first.reference}/provincial/"),
        "running": ("third", f"/inspections/filings/{urgent.reference}/"),
        "papers": ("third", f"/inspections/filings/{urgent.reference}/papers/"), "desk": ("third", "/desk/"),
        "approve": ("squadleader", f"/inspections/filings/{waiting.reference}/approve/"),
        "delegations": ("squadleader", "/inspections/delegations/"),
        "caps": ("reviewer", "/registers/caps/"), "cap-new": ("reviewer", "/registers/caps/new/"),
        "consent": ("reviewer", f"/inspections/filings/{waiting.reference}/consent/"),
        "supervision": ("deputy", "/inspections/supervision/"),
    }  # fmt: skip


def filed(scene: Scene, entry: Any, now: Any, days: int, **changed: Any) -> InspectionFiling:
    begins = clock.local(now).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)
    window = {"window_from": begins, "window_to": begins + timedelta(hours=8)}
    return file_inspection(by=scene.cast.lead, filing=new_filing(scene, entry, **window, **changed), at=now)


@pytest.mark.parametrize("width", [1366, 360])
def test_every_page_wide_and_narrow(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    pages = filled()
    screens = Screens(width, True, keep_screenshot)
    for user in dict.fromkeys(user for user, _address in pages.values()):
        player = Player(open_page(width=width), screens)
        player.sign_in(user)
        for name, (who, address) in pages.items():
            if who == user:
                player.page.goto(address)
                screens.look(player.page, f"filing-{name}")
    assert screens.faults() == {}


def test_an_urgent_report_without_a_script_keeps_what_was_typed(
    open_page: Callable[..., Page], keep_screenshot: Callable[..., None]
) -> None:
    scene = make_scene(make_cast())
    subject()
    player = Player(open_page(width=360, script=False), Screens(360, False, keep_screenshot))
    player.sign_in("lead")
    page = player.page
    page.goto("/inspections/")
    go(page.get_by_role("link", name="紧急检查，先查后报"))
    page.get_by_label("检查对象").fill("DX0001")
    page.get_by_label(scene.matter.name).check()
    page.get_by_label("另一名执法人员").select_option(label=_offered(page, "示例乙"))
    go(page.get_by_role("button", name="报告，开始检查"))
    expect(page.get_by_label("检查对象")).to_have_value("DX0001")
    player.screens.look(page, "filing-urgent-refused")
    page.get_by_label("紧急情形", exact=True).fill("货车侧翻，装载物泄漏，不立即检查证据会灭失")
    go(page.get_by_role("button", name="报告，开始检查"))
    expect(page.get_by_text("已报告，检查可以进行")).to_be_visible()
    expect(page.get_by_role("link", name="补办备案")).to_be_visible()
    player.screens.look(page, "filing-urgent-reported")
    assert InspectionFiling.objects.get().state == "started"


def _offered(page: Page, name: str) -> str:
    """The whole label of the officer in the list."""
    labels = page.get_by_label("另一名执法人员").locator("option").all_text_contents()
    return next(label for label in labels if name in label)
