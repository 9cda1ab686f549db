"""Orders to correct are re-checked before the case is closed; a sealed document is corrected beside itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.actions import closure, correction
from cases.models import CorrectionOrder, Document
from lishu_law.errors import NotFound, Refused
from tests.branch_scenes import codes, decide, endorse
from tests.cast import Cast, make_cast
from tests.scenarios import STAGES, Walk, case_at, last_document

BASIS = "《中华人民共和国行政处罚法》第二十八条第一款"
SEEN = "2026年3月5日到货场复查，车辆已苫盖。"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def order(walk: Walk, due_on: date | None = None) -> CorrectionOrder:
    return walk.step(
        correction.issue_correction_order, walk.cast.lead, facts="车辆装载碎砖没有苫盖。", basis=BASIS, due_on=due_on
    )


def recheck(walk: Walk, row: CorrectionOrder, result: str = "corrected", note: str = SEEN) -> Any:
    return walk.step(correction.recheck_correction, walk.cast.lead, part_id=row.pk, result=result, note=note)


def test_the_order_is_sealed_for_its_party_and_must_be_served(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    row = order(walk, date(2026, 3, 20))
    document = last_document(walk.case, "correction_order")
    assert (document.must_be_served, document.part) == (True, f"order:{row.pk}")
    assert (document.data["at_once"], document.data["due_on"]) == (False, "2026年3月20日")
    with pytest.raises(Refused) as refused:
        order(walk, date(2026, 3, 1))
    assert codes(refused) == ["inv-correct-order"]


@pytest.mark.parametrize(("result", "is_refused"), [
    ("", True), ("not_corrected", True), ("corrected", False), ("not_possible", False),
])  # fmt: skip
def test_no_case_is_closed_while_an_order_stands(cast: Cast, result: str, *, is_refused: bool) -> None:
    walk = case_at("paid", cast)
    row = order(walk)
    Document.objects.filter(case=walk.case, code="correction_order").update(must_be_served=False)
    if result:
        recheck(walk, row, result)
    closure.mark_disclosed(case_id=walk.case.pk, by=cast.checker, at=walk.at)
    if not is_refused:
        STAGES["closing_proposed"](walk, "1000")
        return
    with pytest.raises(Refused) as refused:
        walk.step(closure.propose_closing, cast.lead, result="罚款壹仟元整。", execution="已缴清罚款。")
    assert codes(refused) == ["close-conditions"]
    recheck(walk, row)
    STAGES["closing_proposed"](walk, "1000")


@pytest.mark.parametrize(("later", "is_refused"), [(0, True), (1, False)])
def test_nobody_fails_to_correct_before_the_day_is_over(cast: Cast, later: int, *, is_refused: bool) -> None:
    walk = case_at("recorded", cast)
    row = order(walk, date(2026, 3, 3))
    walk.at += timedelta(days=later)
    if not is_refused:
        recheck(walk, row, "not_corrected")
        return
    with pytest.raises(Refused) as refused:
        recheck(walk, row, "not_corrected")
    assert codes(refused) == ["inv-correct-order"]


def test_a_recheck_says_what_was_seen_once(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    row = order(walk)
    with pytest.raises(Refused) as refused:
        recheck(walk, row, note="已改。")
    assert codes(refused) == ["inv-correct-order"]
    recheck(walk, row)
    with pytest.raises(Refused):
        recheck(walk, row)
    with pytest.raises(NotFound):
        walk.step(correction.recheck_correction, cast.lead, part_id=row.pk + 99, result="corrected", note=SEEN)


def test_a_clerical_error_is_corrected_by_a_notice_and_the_document_stays(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    document = last_document(walk.case, "penalty_decision")
    before = document.data
    walk.step(
        correction.ask_correction, cast.lead, part_id=document.pk, wrong="碎砖", right="砂石", reason="打印时误写。"
    )
    endorse(walk, "clerical")
    decide(walk, correction.decide_clerical, "clerical")
    document.refresh_from_db()
    assert document.data == before
    notice = last_document(walk.case, "document_correction")
    assert (notice.part, notice.must_be_served) == (f"document:{document.pk}", True)
    assert "错误：“碎砖”。更正为：“砂石”。" in notice.data["paragraphs"]


@pytest.mark.parametrize(("wrong", "right"), [
    ("没有的字", "砂石"), ("碎砖", "碎砖"), ("壹仟元", "壹佰元"), ("碎砖", "1000元"),
], ids=["absent", "same", "words", "figures"])  # fmt: skip
def test_what_is_no_clerical_error(cast: Cast, wrong: str, right: str) -> None:
    walk = case_at("decided", cast)
    document = last_document(walk.case, "penalty_decision")
    with pytest.raises(Refused) as refused:
        walk.step(
            correction.ask_correction, cast.lead, part_id=document.pk, wrong=wrong, right=right, reason="打印时误写。"
        )
    assert set(codes(refused)) == {"decide-correct-clerical"}
