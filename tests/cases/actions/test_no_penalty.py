"""X4: a decision not to penalise, from the report or after the notice, with ground, correction, education and review."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import closure, correction, investigation, no_penalty
from cases.actions.discretion import set_discretion
from cases.models import Deadline, NoPenalty
from lishu_law.errors import Refused
from lishu_law.registry.details import PartyDetails
from tests.branch_scenes import close, codes, decide, document_codes, endorse, running, serve
from tests.cast import Cast, make_cast
from tests.scenarios import ANSWERS, FACTS, STAGES, Walk, case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


WHY = "首次被查处，现场重新苫盖后放行，没有货物掉落，没有造成危害后果。"
TAUGHT = "2026年3月4日当面讲解苫盖要求，当事人书面承诺。"


def ordered(walk: Walk, result: str = "corrected") -> None:
    """An order to correct, served and re-checked."""
    order = walk.step(
        correction.issue_correction_order, walk.cast.lead, facts="车辆装载碎砖没有苫盖。",
        basis="《中华人民共和国行政处罚法》第二十八条第一款", due_on=None,
    )  # fmt: skip
    serve(walk, "correction_order")
    walk.step(
        correction.recheck_correction, walk.cast.lead, part_id=order.pk, result=result, note="到货场复查，车辆已苫盖。"
    )


def propose(walk: Walk, ground: str = "minor", **changed: Any) -> None:
    values = {"ground": ground, "reason": WHY, "education": TAUGHT, **changed}
    walk.step(no_penalty.propose_no_penalty, walk.cast.lead, **values)


def to_report(walk: Walk) -> None:
    for word in ("report_submitted", "report_endorsed"):
        STAGES[word](walk, "0")


def exempted(cast: Cast, **changed: Any) -> Walk:
    """Answered as minor, ordered, re-checked, proposed, reported."""
    walk = case_at("evidence_verified", cast)
    walk.step(
        set_discretion, cast.lead, facts=FACTS, factors=(), answers={**ANSWERS, "minor_act": True}, amount=None,
        answers_note="现场改正，没有后果。", reason="",
    )  # fmt: skip
    ordered(walk)
    propose(walk, **changed)
    to_report(walk)
    return walk


def test_a_minor_act_is_not_penalised_from_the_report(cast: Cast) -> None:
    walk = exempted(cast)
    with pytest.raises(Refused) as refused:
        walk.step(investigation.approve_report, cast.deputy, agree=True, opinion="同意。")
    assert codes(refused) == ["decide-by-head", "decide-discretion"]
    decide(walk, no_penalty.decide_no_penalty, "no_penalty")
    assert (walk.case.state, walk.case.decided_on) == ("X4", None)
    assert NoPenalty.objects.get(case=walk.case).number == "吉梨交不罚〔2026〕0001号"
    assert document_codes(walk)[-2:] == ["investigation_report", "no_penalty_decision"]
    assert Deadline.objects.get(case=walk.case, code="decide-90d").state == "met"
    with pytest.raises(Refused) as refused:
        walk.step(closure.propose_closing, cast.lead, result="不予处罚。", execution="无需执行。")
    assert codes(refused) == ["close-conditions"]
    serve(walk, "no_penalty_decision")
    assert {"review-60d", "sue-6m"} <= running(walk)
    close(walk, "no_penalty")


def test_the_same_after_the_notice(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    ordered(walk)
    propose(walk, "no_fault")
    with pytest.raises(Refused) as refused:
        decide(walk, no_penalty.decide_no_penalty, "no_penalty")
    assert codes(refused) == ["decide-by-head"]
    endorse(walk, "no_penalty")
    decide(walk, no_penalty.decide_no_penalty, "no_penalty", by=cast.head)
    assert walk.case.state == "X4"


def test_a_declined_proposal_leaves_the_report_to_be_returned(cast: Cast) -> None:
    walk = exempted(cast)
    decide(walk, no_penalty.decide_no_penalty, "no_penalty", agree=False)
    with pytest.raises(Refused) as refused:
        walk.step(investigation.approve_report, cast.deputy, agree=True, opinion="同意。")
    assert codes(refused) == ["decide-discretion"]
    walk.step(investigation.approve_report, cast.deputy, agree=False, opinion="请重新裁量。")
    assert walk.case.state == "P03"


def test_a_listed_proposal_is_reviewed_first(cast: Cast) -> None:
    walk = exempted(cast, is_listed=True)
    with pytest.raises(Refused) as refused:
        decide(walk, no_penalty.decide_no_penalty, "no_penalty")
    assert codes(refused) == ["review-triggers"]
    decide(walk, no_penalty.review_no_penalty, "no_penalty", by=cast.reviewer)
    decide(walk, no_penalty.decide_no_penalty, "no_penalty")
    assert walk.case.state == "X4"


@pytest.mark.parametrize(("changed", "rule"), [
    ({"reason": "轻微。"}, "decide-minor-act"), ({"education": "已教育。"}, "decide-educate"),
    ({"ground": "under_14"}, "decide-minor-u14"),
])  # fmt: skip
def test_a_proposal_needs_ground_reason_and_education(cast: Cast, changed: dict[str, str], rule: str) -> None:
    walk = case_at("evidence_verified", cast)
    ordered(walk)
    with pytest.raises(Refused) as refused:
        propose(walk, **changed)
    assert codes(refused) == [rule]


@pytest.mark.parametrize(("result", "ground", "is_refused"), [
    ("", "minor", True), ("not_corrected", "minor", True), ("corrected", "minor", False), ("", "no_fault", False),
])  # fmt: skip
def test_timely_correction_is_on_the_file(cast: Cast, result: str, ground: str, *, is_refused: bool) -> None:
    walk = case_at("evidence_verified", cast)
    if result:
        ordered(walk, result)
    if not is_refused:
        propose(walk, ground)
        return
    with pytest.raises(Refused) as refused:
        propose(walk, ground)
    assert codes(refused) == ["decide-minor-act"]


def test_without_an_order_to_correct_a_standing_act_is_not_let_off(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    propose(walk, "no_fault")
    to_report(walk)
    with pytest.raises(Refused) as refused:
        decide(walk, no_penalty.decide_no_penalty, "no_penalty")
    assert codes(refused) == ["inv-correct-order"]


def test_an_act_that_is_not_established_needs_no_discretion_and_no_order(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    propose(walk, "not_established")
    to_report(walk)
    decide(walk, no_penalty.decide_no_penalty, "no_penalty")
    assert walk.case.state == "X4"


def test_only_the_first_offence_is_a_first_offence(cast: Cast) -> None:
    first = case_at("evidence_verified", cast)
    ordered(first)
    propose(first, "first_offence")
    to_report(first)
    decide(first, no_penalty.decide_no_penalty, "no_penalty")
    NoPenalty.objects.filter(case=first.case).update(decided_on=date(2024, 3, 2))
    second = case_at("filed", cast)
    ordered(second)
    with pytest.raises(Refused) as refused:
        propose(second, "first_offence")
    assert codes(refused) == ["decide-first-offence"]
    NoPenalty.objects.filter(case=first.case).update(decided_on=date(2024, 3, 1))
    propose(second, "first_offence")


CHILD = PartyDetails(
    kind="citizen", name="示例少年", id_kind="111", id_number="220399201301010019", address="梨树镇示例路2号"
)


def test_a_child_is_never_penalised(cast: Cast, settings: Any) -> None:
    settings.DEMO = True
    walk = case_at("evidence_verified", cast, party=CHILD)
    with pytest.raises(Refused) as refused:
        STAGES["discretion_set"](walk, "1000")
    assert codes(refused) == ["decide-minor-u14"]
    with pytest.raises(Refused) as refused:
        propose(walk, "no_fault")
    assert codes(refused) == ["decide-minor-u14"]
    ordered(walk)
    propose(walk, "under_14", education="责令监护人管教，已当面告知监护人。")
    to_report(walk)
    decide(walk, no_penalty.decide_no_penalty, "no_penalty")
    assert walk.case.state == "X4"


def test_amounts_and_exemptions_exclude_each_other(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    for answer, rule in (
        ("minor_act", "decide-minor-act"), ("no_fault", "decide-no-fault"), ("already_fined", "decide-double-fine"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            walk.step(
                set_discretion, cast.lead, facts=FACTS, factors=(), answers={**ANSWERS, answer: True},
                amount=Decimal(1000), answers_note="有证据证明。", reason="较轻档。",
            )  # fmt: skip
        assert rule in codes(refused)
