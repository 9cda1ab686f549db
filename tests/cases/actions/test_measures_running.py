"""A measure on its way to its end: extension, testing, lifting, lapse by itself, return, disposal (强制法25–28)."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from cases.actions import custody, incidents, measures, measures_ending, measures_running
from cases.actions.measure_checks import SILENCE, Answer
from cases.actions.measures_lapsing import lapse_measure, lapse_overdue
from cases.models import CustodyEntry, Deadline, Incident, Measure
from cases.queries.limits import limit_lines
from cases.tasks import lapse_measures
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, Refused
from lishu_law.law.lights import LightState
from tests.cast import make_cast
from tests.measure_scenes import (
    ASKED,
    NO,
    YES,
    do,
    filed,
    hand_over,
    kept,
    lifted,
    received,
    returned,
    served,
    taken,
    taken_urgently,
)
from tests.scenarios import Walk, last_document


@pytest.fixture
def walk(db: None) -> Walk:
    return filed(make_cast())


def codes(refused: Any) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def period(measure: Measure) -> Deadline:
    return Deadline.objects.get(part=measure.part, code__in=["coerce-30d", "pres-7d"])


def evening(day: date) -> datetime:
    """23:30 in Shanghai."""
    return datetime(day.year, day.month, day.day, 15, 30, tzinfo=UTC)


def extend(walk: Walk, measure: Measure, days: int = 30, reason: str = "案情复杂，涉及多家单位。") -> None:
    data = {"days": days, "reason": reason}
    do(walk, measures_running.request_measure_extension, walk.cast.lead, measure, **data)
    do(walk, measures_running.approve_measure_extension, walk.cast.deputy, measure, agree=True, opinion="同意。")


# extension


def test_extended_once_by_thirty_days_from_the_unrolled_end(walk: Walk) -> None:
    measure = taken(walk)
    walk.at = evening(date(2026, 4, 2)) - timedelta(hours=1)  # the last day
    extend(walk, measure)
    assert (measure.state, period(measure).due) == ("C3", date(2026, 5, 2))  # a Saturday of a holiday: no rolling
    notice = last_document(walk.case, "measure_extension")
    assert notice.must_be_served
    assert "2026年5月2日" in str(notice.data)
    assert "案情复杂" in str(notice.data)
    with pytest.raises(Refused) as refused:
        extend(walk, measure)
    assert codes(refused) == ["coerce-extend"]


def test_no_extension_on_the_day_after(walk: Walk) -> None:
    measure = taken(walk)
    walk.at = evening(date(2026, 4, 3))
    with pytest.raises(Refused) as refused:
        extend(walk, measure)
    assert codes(refused) == ["coerce-extend"]


@pytest.mark.parametrize(("days", "reason"), [(0, "复杂"), (31, "复杂"), (30, " ")])
def test_an_extension_has_at_most_thirty_days_and_a_reason(walk: Walk, days: int, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        extend(walk, taken(walk), days, reason)
    assert codes(refused) == ["coerce-extend"]


# testing


def tell(walk: Walk, measure: Measure, first: date, last: date) -> None:
    data = {"body": "示例检测所（CMA）", "matter": "车辆载重", "first": first, "last": last}
    do(walk, measures_running.notify_testing, walk.cast.lead, measure, **data)


def test_testing_stops_the_clock_only_after_its_notice_was_served(walk: Walk) -> None:
    measure = taken(walk)
    tell(walk, measure, date(2026, 3, 4), date(2026, 3, 14))
    walk.at = evening(date(2026, 3, 4)) - timedelta(hours=6)
    with pytest.raises(Refused) as refused:
        do(walk, measures_running.send_for_testing, walk.cast.lead, measure)
    assert codes(refused) == ["coerce-test-exclude"]
    served(walk, last_document(walk.case, "testing_commission"))
    do(walk, measures_running.send_for_testing, walk.cast.lead, measure)
    assert measure.state == "C4"
    walk.at = evening(date(2026, 3, 9))
    do(walk, measures_running.finish_testing, walk.cast.lead, measure)
    # 4 March still counts, 5–9 March do not: five days later than 2 April
    assert (measure.state, period(measure).due) == ("C2", date(2026, 4, 7))


def test_no_more_is_left_out_than_was_told(walk: Walk) -> None:
    measure = taken(walk)
    tell(walk, measure, date(2026, 3, 3), date(2026, 3, 6))
    served(walk, last_document(walk.case, "testing_commission"))
    do(walk, measures_running.send_for_testing, walk.cast.lead, measure)
    assert lapse_overdue(evening(date(2026, 3, 6))) == 0
    assert lapse_overdue(evening(date(2026, 3, 7))) == 1
    measure.refresh_from_db()
    assert (measure.state, period(measure).due) == ("C2", date(2026, 4, 5))


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 3, 2), date(2026, 3, 6)), (date(2026, 3, 6), date(2026, 3, 5))]
)
def test_testing_time_is_fixed_beforehand(walk: Walk, first: date, last: date) -> None:
    measure = taken(walk)
    with pytest.raises(Refused) as refused:
        tell(walk, measure, first, last)
    assert codes(refused) == ["coerce-test-exclude"]


# lifting and return


def test_lifted_and_given_back_with_the_signed_list(walk: Walk) -> None:
    measure = taken(walk)
    received(walk, measure)
    lifted(walk, measure)
    assert (measure.state, measure.ground, period(measure).state) == ("C6", "5", "met")
    assert "第五项" in str(last_document(walk.case, "measure_lifting").data)
    with pytest.raises(Refused) as refused:
        do(walk, custody.return_items, walk.cast.keeper, measure, new=hand_over(walk), is_checked=False)
    assert codes(refused) == ["coerce-return"]
    returned(walk, measure)
    assert {item.state for item in measure.items.all()} == {"returned"}
    assert [entry.kind for entry in CustodyEntry.objects.filter(measure=measure)] == ["received", "returned"]


def test_nothing_is_given_back_while_the_measure_holds(walk: Walk) -> None:
    measure = taken(walk)
    with pytest.raises(Refused) as refused:
        returned(walk, measure)
    assert codes(refused) == ["coerce-return"]


def test_a_ground_is_named(walk: Walk) -> None:
    with pytest.raises(Refused) as refused:
        do(walk, measures_ending.request_lifting, walk.cast.lead, taken(walk), ground="6", reason="不需要。")
    assert codes(refused) == ["coerce-lift-grounds"]


def test_only_the_custodian_writes_the_ledger(walk: Walk) -> None:
    measure = taken(walk)
    for who in (walk.cast.lead, walk.cast.deputy):
        with pytest.raises(NotAllowed):
            do(walk, custody.hand_over_items, who, measure, new=hand_over(walk), custody_answer=YES)


def test_custody_within_twenty_four_hours_or_with_a_reason(walk: Walk) -> None:
    measure = taken(walk)
    due = Deadline.objects.get(part=measure.part, code="coerce-custody-24h").due_at
    walk.at = due + timedelta(hours=1)
    late = hand_over(walk, at=due + timedelta(minutes=1))
    with pytest.raises(Refused) as refused:
        received(walk, measure, new=late)
    assert codes(refused) == ["coerce-custody-24h"]
    received(walk, measure, new=late, late_reason="道路封闭。")
    assert Incident.objects.get(part=measure.part).rule == "coerce-custody-24h"


def test_custody_in_time_needs_no_reason(walk: Walk) -> None:
    measure = taken(walk)
    due = Deadline.objects.get(part=measure.part, code="coerce-custody-24h").due_at
    walk.at = due - timedelta(minutes=10)
    received(walk, measure, new=hand_over(walk, at=due))
    assert not Incident.objects.exists()
    assert {item.kept_at for item in measure.items.all()} == {"示例停车场3号位"}


@pytest.mark.parametrize("answer", [SILENCE, NO, Answer(is_yes=True)])
def test_safe_keeping_is_answered_for(walk: Walk, answer: Answer) -> None:
    measure = taken(walk)
    with pytest.raises(Refused) as refused:
        do(walk, custody.hand_over_items, walk.cast.keeper, measure, new=hand_over(walk), custody_answer=answer)
    assert codes(refused) == ["coerce-custody"]


def test_a_preservation_is_released_within_its_seven_days(walk: Walk) -> None:
    measure = kept(walk)
    do(walk, measures_ending.request_preservation_release, walk.cast.lead, measure, reason="已复制。")
    do(walk, measures_ending.approve_preservation_release, walk.cast.deputy, measure, agree=True, opinion="同意。")
    assert (measure.state, period(measure).state) == ("C6", "met")
    assert last_document(walk.case, "preservation_release").must_be_served


def test_what_stayed_with_the_party_is_free_with_the_release(walk: Walk) -> None:
    measure = kept(walk, kept_with_party=True)
    lapse_overdue(evening(date(2026, 3, 13)))
    assert {item.state for item in measure.items.all()} == {"returned"}


# lapse by itself


@pytest.mark.parametrize(("make", "last"), [(kept, date(2026, 3, 12)), (taken, date(2026, 4, 2))])
def test_a_period_that_ends_lapses_by_itself(walk: Walk, make: Any, last: date) -> None:
    measure = make(walk)
    assert lapse_overdue(evening(last)) == 0
    count = JournalEntry.objects.count()
    after = evening(last + timedelta(days=1))
    assert lapse_overdue(after) == 1
    assert lapse_overdue(after) == 0
    assert JournalEntry.objects.count() == count + 1
    measure.refresh_from_db()
    assert (measure.state, measure.ending) == ("C6", "lapsed")
    assert {item.state for item in measure.items.all()} == {"held"}  # the return is due now
    assert Incident.objects.get(part=measure.part).rule == period(measure).code
    walk.at = after
    paper = do(walk, measures_ending.issue_release, walk.cast.lead, measure)
    assert paper.must_be_served
    returned(walk, measure)


def test_an_extended_seizure_lapses_after_its_extension_only(walk: Walk) -> None:
    measure = taken(walk)
    extend(walk, measure, 10)
    assert lapse_overdue(evening(date(2026, 4, 12))) == 0
    assert lapse_overdue(evening(date(2026, 4, 13))) == 1


def test_a_seizure_in_testing_does_not_lapse(walk: Walk) -> None:
    measure = taken(walk)
    tell(walk, measure, date(2026, 3, 3), date(2026, 6, 3))
    served(walk, last_document(walk.case, "testing_commission"))
    do(walk, measures_running.send_for_testing, walk.cast.lead, measure)
    assert lapse_overdue(evening(date(2026, 5, 20))) == 0
    limit = period(measure)
    assert limit_lines([limit])[0].light.state is LightState.PAUSED


def test_without_approval_after_a_day_the_lifting_is_forced(walk: Walk) -> None:
    measure = taken_urgently(walk)
    due = Deadline.objects.get(part=measure.part, code="coerce-24h").due_at
    assert lapse_overdue(due) == 0
    with pytest.raises(Refused):
        do(walk, measures_ending.issue_release, walk.cast.lead, measure)
    walk.at = due + timedelta(minutes=1)
    assert [lapse_overdue(walk.at), lapse_overdue(walk.at)] == [1, 0]
    do(walk, measures_ending.issue_release, walk.cast.lead, measure)
    assert (measure.state, measure.ending) == ("C6", "unapproved")


def test_an_incident_is_explained_once(walk: Walk) -> None:
    measure = kept(walk)
    walk.at = evening(date(2026, 3, 13))
    lapse_overdue(walk.at)
    incident = Incident.objects.get(part=measure.part)
    explain = {"part_id": incident.pk, "explanation": "承办人住院，没有交接。"}
    walk.step(incidents.explain_incident, walk.cast.lead, **explain)
    with pytest.raises(Refused):
        walk.step(incidents.explain_incident, walk.cast.lead, **explain)


def test_the_task_does_it(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    measure = kept(walk)
    monkeypatch.setattr(clock, "now", lambda: evening(date(2026, 3, 13)))
    lapse_measures()
    measure.refresh_from_db()
    assert measure.state == "C6"


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_one_time_lapse_it_once() -> None:
    measure = kept(filed(make_cast()))
    at, found = evening(date(2026, 3, 13)), []

    def run() -> None:
        found.append(lapse_measure(measure_id=measure.pk, at=at))
        connection.close()

    runs = [threading.Thread(target=run) for _ in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert sorted(found) == [False, True]
    assert JournalEntry.objects.filter(action="case.measure_lapsed").count() == 1


# disposal


def test_unclaimed_things_wait_three_months_and_a_day(walk: Walk) -> None:
    measure = taken_under(walk, "hp-72")
    do(walk, custody.publish_unclaimed, walk.cast.lead, measure, place="本机关公告栏")
    assert measure.state == "C5"
    data = {"outcome": "auctioned", "basis": "公路安全保护条例第七十二条"}
    walk.at = evening(date(2026, 6, 3)) - timedelta(hours=1)
    with pytest.raises(Refused) as refused:
        do(walk, custody.request_disposal, walk.cast.lead, measure, **data)
    assert codes(refused) == ["coerce-unclaimed-3m"]
    walk.at = evening(date(2026, 6, 4)) - timedelta(hours=1)
    do(walk, custody.request_disposal, walk.cast.lead, measure, **data)
    do(walk, custody.approve_disposal, walk.cast.head, measure, agree=True, opinion="同意。")
    assert (measure.state, measure.ending) == ("C7", "disposed")
    assert {item.state for item in measure.items.all()} == {"auctioned"}


def taken_under(walk: Walk, power: str) -> Measure:
    measure = taken_urgently(walk, asked=replace(ASKED, power=power))
    do(walk, measures.approve_urgent_measure, walk.cast.deputy, measure, agree=True, opinion="同意。")
    return measure


def test_only_under_article_72_things_are_offered_by_public_notice(walk: Walk) -> None:
    with pytest.raises(Refused) as refused:
        do(walk, custody.publish_unclaimed, walk.cast.lead, taken(walk), place="本机关公告栏")
    assert codes(refused) == ["coerce-unclaimed-3m"]


def test_nothing_is_confiscated_without_a_served_decision(walk: Walk) -> None:
    with pytest.raises(Refused) as refused:
        data = {"outcome": "confiscated", "basis": "决定书"}
        do(walk, custody.request_disposal, walk.cast.lead, taken(walk), **data)
    assert codes(refused) == ["coerce-decide-in-time"]
