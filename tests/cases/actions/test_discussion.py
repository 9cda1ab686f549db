"""P10 and the ninety days: the heads discuss after the review, the limit is extended in time or its end explained."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.actions import decision, discussion, extension
from cases.models import Deadline, Discussion
from lishu_law.errors import NotAllowed, Refused
from tests.branch_scenes import codes, decide, discuss, document_codes, endorse, newest
from tests.cast import Cast, make_cast
from tests.scenarios import STAGES, Walk, case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def referred(cast: Cast) -> Walk:
    walk = case_at("reviewed", cast)
    walk.step(discussion.refer_to_discussion, cast.head, opinion="案情复杂，提请集体讨论。")
    assert walk.case.state == "P10"
    return walk


def test_a_head_puts_a_complex_case_before_the_heads(cast: Cast) -> None:
    walk = referred(cast)
    with pytest.raises(Refused):
        walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    discuss(walk)
    row = Discussion.objects.get(case=walk.case)
    assert [one.head.username for one in row.opinions.order_by("pk")] == ["head", "deputy", "deputy2"]
    assert walk.case.state == "P11"
    walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    assert document_codes(walk)[-3:] == ["collective_discussion", "penalty_approval", "penalty_decision"]


def test_two_heads_are_no_quorum(cast: Cast) -> None:
    walk = referred(cast)
    with pytest.raises(Refused) as refused:
        discuss(walk, cast.head, cast.deputy)
    assert codes(refused) == ["decide-collective"]
    assert "至少要有 3 名负责人" in refused.value.message
    with pytest.raises(Refused) as refused:
        discuss(walk, cast.head, cast.deputy, cast.deputy)
    assert codes(refused) == ["decide-collective"]


def test_a_head_without_an_opinion_of_his_own_does_not_count(cast: Cast) -> None:
    walk = referred(cast)
    spoken = ((cast.head, "同意。"), (cast.deputy, "同意。"), (cast.second_deputy, " "))
    with pytest.raises(Refused) as refused:
        discuss(walk, opinions=spoken)
    assert codes(refused) == ["decide-collective"]


@pytest.mark.parametrize("who", ["squad_leader", "lead", "reviewer"])
def test_only_heads_discuss(cast: Cast, who: str) -> None:
    walk = referred(cast)
    with pytest.raises(Refused) as refused:
        discuss(walk, cast.head, cast.deputy, getattr(cast, who))
    assert codes(refused) == ["decide-collective-before"]


def test_a_head_who_handled_the_case_does_not_discuss_it(cast: Cast) -> None:
    walk = referred(cast)
    cast.squad_leader.roles = [*cast.squad_leader.roles, "deputy_head"]
    cast.squad_leader.save(update_fields=["roles"])
    with pytest.raises(Refused) as refused:
        discuss(walk, cast.head, cast.deputy, cast.squad_leader)
    assert codes(refused) == ["decide-collective-before"]


def test_a_meeting_before_the_review_is_refused(cast: Cast) -> None:
    walk = referred(cast)
    before = walk.at - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        discuss(walk, started_at=before, ended_at=before + timedelta(hours=1))
    assert codes(refused) == ["decide-collective-before"]


def test_large_fines_go_to_the_heads_by_themselves_and_a_returned_meeting_sends_back(cast: Cast) -> None:
    walk = case_at("review_requested", cast)
    walk.case.discretion.amount = 60000
    walk.case.discretion.save(update_fields=["amount"])
    STAGES["reviewed"](walk, "60000")
    assert walk.case.state == "P10"
    assert Deadline.objects.get(case=walk.case, code="review-deadline").state == "met"
    discuss(walk, outcome="return")
    assert walk.case.state == "P07"
    assert "退回补正" in walk.case.returned_reason


def test_the_decision_follows_the_conclusion(cast: Cast) -> None:
    walk = referred(cast)
    discuss(walk, outcome="no_penalty")
    with pytest.raises(Refused) as refused:
        walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    assert codes(refused) == ["decide-collective"]


@pytest.mark.parametrize(("more_investigation", "state"), [(True, "P03"), (False, "P07")])
def test_a_decision_goes_back_to_papers_or_investigation(cast: Cast, state: str, *, more_investigation: bool) -> None:
    walk = case_at("reviewed", cast)
    walk.step(
        decision.approve_decision, cast.head, agree=False, opinion="证据不足，请补充。",
        more_investigation=more_investigation,
    )  # fmt: skip
    assert (walk.case.state, walk.case.returned_reason) == (state, "证据不足，请补充。")


# The ninety days: filed 2026-03-03, day 90 is Monday 2026-06-01.


def ask(walk: Walk, days: int = 30) -> None:
    reason = "需要外省协查车辆所有权，案情复杂。"
    walk.step(extension.ask_extension, walk.cast.lead, days=days, reason=reason)


def ends(walk: Walk) -> date:
    return Deadline.objects.get(case=walk.case, code="decide-90d").due


def test_an_extension_counts_on_from_the_unrolled_ninetieth_day(cast: Cast) -> None:
    walk = case_at("filed", cast)
    assert ends(walk) == date(2026, 6, 1)
    ask(walk)
    with pytest.raises(Refused) as refused:
        decide(walk, extension.decide_extension, "extension")
    assert codes(refused) == ["file-approval"]
    endorse(walk, "extension")
    decide(walk, extension.decide_extension, "extension")
    assert ends(walk) == date(2026, 7, 1)
    assert document_codes(walk)[-1] == "extension_approval"
    with pytest.raises(Refused) as refused:
        ask(walk)
    assert codes(refused) == ["decide-90d-extend"]


@pytest.mark.parametrize(("days", "is_refused"), [(0, True), (1, False), (30, False), (31, True)])
def test_up_to_thirty_days(cast: Cast, days: int, *, is_refused: bool) -> None:
    walk = case_at("filed", cast)
    if not is_refused:
        ask(walk, days)
        return
    with pytest.raises(Refused) as refused:
        ask(walk, days)
    assert codes(refused) == ["decide-90d-extend"]


@pytest.mark.parametrize(("day", "is_refused"), [(date(2026, 6, 1), False), (date(2026, 6, 2), True)])
def test_asked_for_before_the_end_only(cast: Cast, day: date, *, is_refused: bool) -> None:
    walk = case_at("filed", cast)
    walk.at += timedelta(days=(day - date(2026, 3, 3)).days)
    if not is_refused:
        ask(walk)
        return
    with pytest.raises(Refused) as refused:
        ask(walk)
    assert codes(refused) == ["decide-90d-extend"]


def test_nobody_decides_his_own_request_and_no_officer_decides_at_all(cast: Cast) -> None:
    walk = case_at("filed", cast)
    ask(walk)
    endorse(walk, "extension")
    with pytest.raises(NotAllowed):
        decide(walk, extension.decide_extension, "extension", by=cast.lead)


def test_a_declined_extension_changes_nothing(cast: Cast) -> None:
    walk = case_at("filed", cast)
    ask(walk)
    endorse(walk, "extension")
    decide(walk, extension.decide_extension, "extension", agree=False)
    assert (newest(walk, "extension").outcome, ends(walk)) == ("refused", date(2026, 6, 1))
    assert "extension_approval" not in document_codes(walk)


def test_a_late_decision_needs_its_lateness_explained_and_confirmed(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    with pytest.raises(Refused) as refused:
        walk.step(extension.explain_lateness, cast.lead, reason="经办人因病住院，未及时办理。")
    assert codes(refused) == ["decide-extend-expired"]
    walk.at += timedelta(days=90)
    with pytest.raises(Refused) as refused:
        walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    assert codes(refused) == ["decide-90d"]
    with pytest.raises(Refused) as refused:
        walk.step(extension.explain_lateness, cast.lead, reason="太忙。")
    assert codes(refused) == ["decide-extend-expired"]
    walk.step(extension.explain_lateness, cast.lead, reason="经办人因病住院，未及时办理。")
    endorse(walk, "lateness")
    decide(walk, extension.confirm_lateness, "lateness")
    walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    assert Deadline.objects.get(case=walk.case, code="decide-90d").state == "met_late"
