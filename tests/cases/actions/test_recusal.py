"""Recusal through its real actions: who withdraws loses the case, an open request stops the decision only."""

from __future__ import annotations

from typing import Any

import pytest
from hearing_scenes import asked_to_withdraw, codes

from cases.actions import decision, filing, investigation, recusal
from cases.actions.officers import replace_officer
from cases.models import CaseOfficer, Document, Evidence
from cases.permissions import visible_cases
from lishu_law.errors import NotAllowed, NotFound, Refused
from tests.cast import Cast, make_cast
from tests.scenarios import STAGES, Walk, case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_declared_conflict_takes_the_officer_out_and_the_case_needs_another(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    own = walk.step(recusal.declare_conflict, cast.assistant, reason="当事人是本人的近亲属。")
    assert own.outcome == "granted"
    assert walk.case not in visible_cases(cast.assistant)
    with pytest.raises(NotFound):
        walk.step(investigation.verify_evidence, cast.assistant, evidence_ids=())
    with pytest.raises(Refused) as refused:
        STAGES["evidence_verified"](walk, "1000")
    assert "gen-two-officers" in codes(refused)
    walk.step(replace_officer, cast.squad_leader, incoming=cast.third_officer, reason="协办人员已经回避。")
    assert CaseOfficer.objects.get(case=walk.case, user=cast.third_officer).role == "assistant"
    STAGES["evidence_verified"](walk, "1000")
    STAGES["discretion_set"](walk, "1000")
    with pytest.raises(Refused) as refused:
        STAGES["report_submitted"](walk, "1000")
    assert codes(refused) == ["gen-recuse-self"]
    filing.declare_no_conflict(case_id=walk.case.pk, by=cast.third_officer, at=walk.at)
    STAGES["report_submitted"](walk, "1000")


def test_open_request_stops_the_decision_but_not_the_investigation(cast: Cast) -> None:
    walk = case_at("filed", cast)
    one = asked_to_withdraw(walk, cast.assistant)
    for word in ("recorded", "evidence_verified", "discretion_set", "report_submitted", "report_endorsed",
                 "report_approved", "notice_issued", "notice_served", "defence_recorded", "review_requested",
                 "reviewed"):  # fmt: skip
        STAGES[word](walk, "1000")
    with pytest.raises(Refused) as refused:
        decide(walk)
    assert codes(refused) == ["gen-recuse-request"]
    walk.step(recusal.decide_recusal, cast.deputy, part_id=one.pk, agree=False, opinion="理由不成立。")
    decide(walk)
    assert walk.case.state == "P12"
    assert Document.objects.get(case=walk.case, code="recusal_paper").part == f"recusal:{one.pk}"


def decide(walk: Walk) -> None:
    walk.step(decision.approve_decision, walk.cast.head, agree=True, opinion="同意。")


def granted(walk: Walk, person: Any) -> Any:
    one = asked_to_withdraw(walk, person)
    return walk.step(recusal.decide_recusal, walk.cast.deputy, part_id=one.pk, agree=True, opinion="理由成立。")


def test_granted_request_leaves_its_effect_to_be_settled_before_the_decision(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    one = granted(walk, cast.assistant)
    walk.step(replace_officer, cast.deputy, incoming=cast.third_officer, reason="协办人员已经回避。")
    filing.declare_no_conflict(case_id=walk.case.pk, by=cast.third_officer, at=walk.at)
    with pytest.raises(Refused) as refused:
        decide(walk)
    assert codes(refused) == ["gen-recuse-effect"]
    walk.step(
        recusal.settle_recusal, cast.deputy, part_id=one.pk, acts_stand=True, note="另一名执法人员在场，不影响公正。"
    )
    decide(walk)


def test_acts_that_do_not_stand_take_their_evidence_with_them(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    one = granted(walk, cast.assistant)
    record = Evidence.objects.get(case=walk.case, transcript__isnull=False)
    data = {"part_id": one.pk, "note": "笔录由其单独询问，可能影响公正。"}
    with pytest.raises(Refused) as refused:
        walk.step(recusal.settle_recusal, cast.deputy, acts_stand=True, void_ids=(record.pk,), **data)
    assert codes(refused) == ["gen-recuse-effect"]
    walk.step(recusal.settle_recusal, cast.deputy, acts_stand=False, void_ids=(record.pk,), **data)
    record.refresh_from_db()
    assert record.voided_at is not None
    assert "回避" in record.void_reason


def test_nobody_decides_about_himself_and_about_the_chief_the_heads_together(cast: Cast) -> None:
    walk = case_at("filed", cast)
    one = asked_to_withdraw(walk, cast.head)
    data = {"part_id": one.pk, "agree": True, "opinion": "理由成立。"}
    with pytest.raises(Refused) as refused:
        walk.step(recusal.decide_recusal, cast.head, discussed_by="示例庚、示例副局长", **data)
    assert codes(refused) == ["gen-recuse-request"]
    with pytest.raises(Refused) as refused:
        walk.step(recusal.decide_recusal, cast.deputy, discussed_by="示例庚", **data)
    assert codes(refused) == ["gen-recuse-request"]
    walk.step(recusal.decide_recusal, cast.deputy, discussed_by="示例庚、示例副局长", **data)
    with pytest.raises(NotAllowed) as denied:
        walk.step(recusal.decide_recusal, cast.head, **data)
    assert denied.value.reason == "recused"


def test_no_case_is_closed_before_a_request_is_decided(cast: Cast) -> None:
    walk = case_at("closing_endorsed", cast)
    one = asked_to_withdraw(walk, cast.assistant)
    with pytest.raises(Refused) as refused:
        STAGES["closed"](walk, "1000")
    assert codes(refused) == ["gen-recuse-request"]
    walk.step(recusal.decide_recusal, cast.deputy, part_id=one.pk, agree=False, opinion="理由不成立。")
    STAGES["closed"](walk, "1000")
    assert walk.case.state == "P19"


def test_request_names_somebody_who_takes_part(cast: Cast) -> None:
    walk = case_at("filed", cast)
    with pytest.raises(Refused) as refused:
        asked_to_withdraw(walk, cast.archivist)
    assert codes(refused) == ["gen-recuse-others"]
    with pytest.raises(Refused) as refused:
        asked_to_withdraw(walk, None)
    assert codes(refused) == ["gen-recuse-others"]
    asked_to_withdraw(walk, None, person_name="示例鉴定人", role="examiner", is_oral=True)
    with pytest.raises(Refused) as refused:
        asked_to_withdraw(walk, None, person_name="示例鉴定人", role="examiner")
    assert codes(refused) == ["gen-recuse-request"]


@pytest.mark.parametrize(("who", "code"), [
    ("lead", "gen-two-officers"), ("squad_leader", "gen-licence-valid"), ("deputy", "gen-licence-valid"),
])  # fmt: skip
def test_who_may_not_take_the_case_over(cast: Cast, who: str, code: str) -> None:
    walk = case_at("filed", cast)
    with pytest.raises(Refused) as refused:
        walk.step(replace_officer, cast.deputy, incoming=getattr(cast, who), outgoing=cast.assistant, reason="换人。")
    assert code in codes(refused)


def test_who_withdrew_does_not_come_back(cast: Cast) -> None:
    walk = case_at("filed", cast)
    walk.step(recusal.declare_conflict, cast.assistant, reason="当事人是本人的近亲属。")
    with pytest.raises(Refused) as refused:
        walk.step(replace_officer, cast.squad_leader, incoming=cast.assistant, reason="换人。")
    assert codes(refused) == ["gen-recuse-effect"]


def test_lead_is_replaced_and_the_case_goes_with_him(cast: Cast) -> None:
    walk = case_at("filed", cast)
    walk.step(
        replace_officer, cast.squad_leader, incoming=cast.third_officer, outgoing=cast.lead, reason="执法证到期。"
    )
    assert CaseOfficer.objects.get(case=walk.case, user=cast.third_officer).role == "lead"
    assert walk.case in visible_cases(cast.third_officer)
    assert walk.case not in visible_cases(cast.lead)
