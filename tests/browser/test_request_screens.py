"""Corrections, objections and their printed answers at the checker's screen, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.api import decision_facts
from cases.models import Decision
from disclosure.actions.correct import WantedCorrection, propose_correction
from disclosure.actions.draft import draft
from disclosure.actions.objection import NewObjection, ObjectionDecision, decide_objection, register_objection
from disclosure.actions.publish import publish
from disclosure.correcting import Change
from lishu_law import clock
from tests.browser.test_case_acts import case_now
from tests.browser.walk import Player, Screens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def asked(settings: Any, tmp_path: Path) -> tuple[str, int]:
    """A published decision with an open correction, an open objection and an answered one; its address and the last."""
    walk = case_now("decision_served", settings, tmp_path)
    facts, cast = decision_facts(Decision.objects.get(case=walk.case).pk), walk.cast
    made = draft(facts)
    record = publish(record_id=made.pk, version=made.version, facts=facts, by=cast.checker)
    said = NewObjection(clock.today(), "counter", "示例提出人", "", "核对了法定代表人证件。", "公示的案由有误。")
    at = {"record_id": record.pk, "version": record.version}
    register_objection(**at, by=cast.reviewer, said=said)
    answered = register_objection(**at, by=cast.reviewer, said=said)
    refused = ObjectionDecision("refuse", "核对了决定书。", "公示与决定书一致，不予更正。")
    decide_objection(
        objection_id=answered.pk, version=record.version, facts=facts, by=cast.checker, decision=refused
    )  # fmt: skip
    change = Change("violation", record.content["violation"][:2], "示例")
    propose_correction(
        **at, facts=facts, by=cast.reviewer, wanted=WantedCorrection((change,), "文字录入有误。", "核对决定书发现。")
    )  # fmt: skip
    return f"/disclosure/{record.public_id}/", answered.pk


@pytest.mark.parametrize("width", [1366, 360])
def test_the_checker_sees_decides_and_prints(
    settings: Any, tmp_path: Path, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    base, answered = asked(settings, tmp_path)
    screens = Screens(width, True, keep_screenshot)
    page = open_page(width=width)
    Player(page, screens).sign_in("checker")
    for name, address, words in (
        ("disclosure-requests", "/disclosure/", "审核公示更正"),
        ("disclosure-record-asked", base, "公示渠道"),
        ("disclosure-correction", f"{base}correct/check/", "更正期限"),
        ("disclosure-objection", f"{base}objection/{answered - 1}/", "答复期限"),
        ("disclosure-repair-new", f"{base}repair/", "信用中国"),
        ("disclosure-reply", f"{base}objection/{answered}/reply/", "不予更正"),
    ):
        page.goto(address)
        expect(page.get_by_text(words).first).to_be_visible()
        screens.look(page, name)
    page.goto(f"{base}correct/check/")
    page.get_by_label("同意", exact=True).check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已处理").first).to_be_visible()
    page.goto(base.replace("/disclosure/", "/penalties/"))
    expect(page.get_by_text("更正违法行为：文字录入有误。").first).to_be_visible()
    screens.look(page, "record-corrected")
    assert screens.faults() == {}
