"""The hearing through its real actions: in time, told seven working days ahead, apart from the case, on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hearing_scenes import (
    answer,
    appoint,
    arranged,
    codes,
    heard,
    hold,
    people,
    plead,
    report,
    request,
    review,
    schedule,
    serve_hearing_notice,
    session,
    told,
)

from cases.actions import decision, hearing, legal_review, notice
from cases.actions.recusal import declare_conflict
from cases.models import Deadline, Document, Hearing
from cases.permissions import visible_cases
from cases.queries.decisions import decision_facts
from lishu_law.audit import journal
from lishu_law.errors import NotAllowed, NotFound, Refused
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

# Notice served on 3 March 2026; the fifth working day after it is Tuesday 10 March.
LAST_DAY = datetime(2026, 3, 10, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
DAY_AFTER = datetime(2026, 3, 10, 16, 30, tzinfo=UTC)  # 00:30 on the 11th


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_a_hearing_runs_from_request_to_decision(cast: Cast) -> None:
    walk, one = heard(cast)
    assert (walk.case.state, one.state) == ("P08", "reported")
    walk.step(legal_review.request_review, cast.lead)
    review(walk)
    basis = "决定依据的事实和证据都在听证中出示、质证。"
    walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。", record_basis=basis)
    assert walk.case.state == "P12"
    made = set(Document.objects.filter(case=walk.case, part=f"hearing:{one.pk}").values_list("code", flat=True))
    assert made == {"hearing_notice", "hearing_record", "hearing_report"}
    text = "".join(Document.objects.get(case=walk.case, code="penalty_decision").data["defence"])
    assert "根据听证笔录" in text
    assert decision_facts(walk.case.decision.pk).is_hearing
    assert journal.verify()[1] is None


def test_request_on_the_last_day_is_in_time_and_later_is_refused_with_a_reason(cast: Cast) -> None:
    walk = told(cast)
    walk.at = LAST_DAY + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        request(walk, requested_at=DAY_AFTER)
    assert codes(refused) == ["hearing-request"]
    late = request(walk, requested_at=DAY_AFTER, refusal_reason="申请已超过五个工作日。")
    assert (late.state, walk.case.state) == ("not_accepted", "P06")
    with pytest.raises(Refused) as refused:
        request(walk, requested_at=LAST_DAY, refusal_reason="申请已超过五个工作日。")
    assert codes(refused) == ["hearing-request"]
    assert request(walk, requested_at=LAST_DAY).state == "requested"
    assert walk.case.state == "P08"
    assert Deadline.objects.get(case=walk.case, code="hearing-request").state == "met_late"


def test_below_the_threshold_there_is_no_hearing(cast: Cast) -> None:
    walk = case_at("notice_served", cast)
    with pytest.raises(Refused) as refused:
        request(walk)
    assert codes(refused) == ["hearing-scope"]


@pytest.mark.parametrize("who", ["lead", "assistant", "squad_leader", "deputy"])
def test_who_took_part_in_the_case_does_not_chair(cast: Cast, who: str) -> None:
    walk = told(cast)
    one = request(walk)
    with pytest.raises(Refused) as refused:
        appoint(walk, one, hearing.HearingPeople(getattr(cast, who), cast.outsider))
    assert set(codes(refused)) == {"hearing-chair"}
    with pytest.raises(Refused) as refused:
        appoint(walk, one, hearing.HearingPeople(cast.archivist, cast.archivist))
    assert codes(refused) == ["hearing-chair"]


def test_people_of_the_hearing_see_the_case_and_only_they(cast: Cast) -> None:
    walk = told(cast)
    one = request(walk)
    assert walk.case not in visible_cases(cast.outsider)
    appoint(walk, one)
    assert walk.case in visible_cases(cast.outsider)
    with pytest.raises(NotFound):
        walk.step(hearing.report_hearing, cast.checker, part_id=one.pk, summary="摘要" * 10, conclusion="结论" * 10)
    with pytest.raises(NotAllowed):
        schedule_by(walk, one, cast.outsider)
    with pytest.raises(NotAllowed):
        schedule_by(walk, one, cast.lead)


def schedule_by(walk: Walk, one: Hearing, who: Any) -> None:
    when = walk.at + timedelta(days=20)
    walk.step(hearing.issue_hearing_notice, who, part_id=one.pk, scheduled_at=when, place="二楼会议室", is_public=True)


@pytest.mark.parametrize(("day", "is_refused"), [(11, True), (12, True), (13, False)])
def test_seven_working_days_lie_between_notice_and_hearing(cast: Cast, day: int, is_refused: bool) -> None:
    """Served on Tuesday 3 March 2026: 4, 5, 6, 9, 10, 11, 12 March; the hearing is on the 13th or later."""
    walk = told(cast)
    one = request(walk)
    appoint(walk, one)
    when = datetime(2026, 3, day, 1, tzinfo=UTC)
    data = {"part_id": one.pk, "scheduled_at": when, "place": "二楼会议室", "is_public": True}
    if is_refused:
        with pytest.raises(Refused) as refused:
            walk.step(hearing.issue_hearing_notice, cast.archivist, **data)
        assert codes(refused) == ["hearing-notice-7d"]
    else:
        walk.step(hearing.issue_hearing_notice, cast.archivist, **data)


def test_a_notice_served_too_late_asks_for_a_new_day(cast: Cast) -> None:
    walk = told(cast)
    one = request(walk)
    appoint(walk, one)
    when = schedule(walk, one, days=14)
    walk.at += timedelta(days=9)
    serve_hearing_notice(walk, one)
    with pytest.raises(Refused) as refused:
        hold(walk, one, when)
    assert "hearing-notice-7d" in codes(refused)
    when = schedule(walk, one, days=20)
    serve_hearing_notice(walk, one)
    hold(walk, one, when)
    one.refresh_from_db()
    assert one.state == "ended"


def test_closed_hearing_says_why(cast: Cast) -> None:
    walk = told(cast)
    one = request(walk)
    appoint(walk, one)
    with pytest.raises(Refused) as refused:
        schedule(walk, one, is_public=False)
    assert codes(refused) == ["hearing-public"]
    schedule(walk, one, is_public=False, closed_reason="涉及当事人商业秘密")


@pytest.mark.parametrize("act", [hearing.postpone_hearing, hearing.suspend_hearing, hearing.terminate_hearing])
def test_interruptions_need_a_listed_ground(cast: Cast, act: Any) -> None:
    walk, one, _when = arranged(cast)
    with pytest.raises(Refused) as refused:
        walk.step(act, cast.archivist, part_id=one.pk, is_listed=False, reason="主持人有事")
    assert codes(refused) == ["hearing-postpone"]


def test_postponed_and_resumed_hearing_is_told_again(cast: Cast) -> None:
    walk, one, _when = arranged(cast)
    ground = {"part_id": one.pk, "is_listed": True, "reason": "当事人因不可抗力不能参加"}
    walk.step(hearing.postpone_hearing, cast.archivist, **ground)
    schedule(walk, one)
    serve_hearing_notice(walk, one)
    walk.step(hearing.suspend_hearing, cast.archivist, **ground)
    walk.step(hearing.resume_hearing, cast.archivist, part_id=one.pk, reason="原因消除")
    when = schedule(walk, one)
    serve_hearing_notice(walk, one)
    hold(walk, one, when)
    assert Deadline.objects.get(case=walk.case, code="hearing-report", state="running").part == f"hearing:{one.pk}"
    report(walk, one)
    assert Deadline.objects.get(case=walk.case, code="hearing-report").state == "met"


def test_withdrawn_request_ends_the_hearing_and_the_silent_party_is_noted(cast: Cast) -> None:
    walk = told(cast)
    one = request(walk)
    appoint(walk, one)
    walk.step(
        hearing.terminate_hearing, cast.archivist, part_id=one.pk, is_listed=True, reason="当事人书面撤回听证申请"
    )
    assert walk.case.state == "P06"
    walk.at += timedelta(days=9)
    walk.step(notice.record_defence, cast.lead, kind="none", received_at=walk.at)
    walk.step(legal_review.request_review, cast.lead)
    assert walk.case.state == "P09"


def test_withdrawn_request_after_a_statement_leads_back_to_its_review(cast: Cast) -> None:
    walk = told(cast)
    plead(walk)
    one = request(walk)
    with pytest.raises(Refused) as refused:
        request(walk)
    assert codes(refused) == ["wrong-stage"]
    walk.step(hearing.terminate_hearing, cast.head, part_id=one.pk, is_listed=True, reason="当事人书面撤回听证申请")
    assert walk.case.state == "P07"
    with pytest.raises(Refused) as refused:
        request(walk)
    assert codes(refused) == ["hearing-request"]


@pytest.mark.parametrize(("attendance", "words"), [("absent", "拒不出席"), ("left", "中途退出")])
def test_absence_is_the_right_given_up(cast: Cast, attendance: str, words: str) -> None:
    walk, one, when = arranged(cast)
    hold(walk, one, when, attendance=attendance, signing="refused", refusal_note="当事人不在场，主持人注明。")
    record = Document.objects.get(case=walk.case, code="hearing_record")
    assert words in record.data["outcome"]
    assert "视为放弃听证权利" in record.data["outcome"]


@pytest.mark.parametrize(("changed", "code"), [
    ({"signing": "refused"}, "hearing-record"),
    ({"attendance": "absent"}, "hearing-record"),
    ({"proxies": (("示例代理", "", True), ("示例代理二", "", True), ("示例代理三", "", True))}, "hearing-proxy"),
    ({"proxies": (("示例代理", "", False),)}, "hearing-proxy"),
    ({"party_answered": False}, "hearing-order"),
])  # fmt: skip
def test_what_the_transcript_must_have(cast: Cast, changed: dict[str, Any], code: str) -> None:
    walk, one, when = arranged(cast)
    with pytest.raises(Refused) as refused:
        hold(walk, one, when, **changed)
    assert codes(refused) == [code]


def test_two_authorised_proxies_and_an_explained_order_are_lawful(cast: Cast) -> None:
    walk, one, when = arranged(cast)
    proxies = (("示例代理", "女，40岁", True), ("示例代理二", "", True))
    hold(walk, one, when, proxies=proxies, party_answered=False, order_note="当事人声明不再申辩。")


def test_nothing_is_decided_while_the_hearing_is_open(cast: Cast) -> None:
    walk, _one, _when = arranged(cast)
    walk.at += timedelta(days=9)  # the window of statements is over, the hearing is not
    with pytest.raises(Refused) as refused:
        walk.step(legal_review.request_review, cast.lead)
    assert codes(refused) == ["hearing-block-decision"]


def test_decision_after_a_hearing_says_how_it_rests_on_the_transcript(cast: Cast) -> None:
    walk, _one = heard(cast)
    walk.step(legal_review.request_review, cast.lead)
    review(walk)
    with pytest.raises(Refused) as refused:
        walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    assert codes(refused) == ["hearing-decide-on-record"]


def test_hearing_asked_for_after_a_statement_keeps_both(cast: Cast) -> None:
    walk = told(cast)
    plead(walk)
    one = request(walk)
    appoint(walk, one)
    answer(walk, {1: (True, "情况属实。"), 2: (False, "与照片不符。")})
    when = schedule(walk, one)
    serve_hearing_notice(walk, one)
    hold(walk, one, when)
    report(walk, one)
    walk.step(legal_review.request_review, cast.lead)
    assert walk.case.state == "P09"


def test_recused_chair_is_replaced_before_the_hearing(cast: Cast) -> None:
    walk, one, when = arranged(cast)
    walk.step(_withdraw, cast.archivist)
    walk.at = when + timedelta(hours=2)
    with pytest.raises(Refused) as refused:
        walk.step(hearing.record_hearing, cast.outsider, part_id=one.pk, session=session(when))
    assert "hearing-chair" in codes(refused)
    with pytest.raises(Refused) as refused:
        appoint(walk, one, people(cast))
    assert codes(refused) == ["gen-recuse-others"]
    appoint(walk, one, hearing.HearingPeople(cast.reviewer, cast.outsider))
    one.refresh_from_db()
    assert one.state == "postponed"


def _withdraw(**data: Any) -> Any:
    return declare_conflict(reason="与当事人有亲属关系。", **data)
