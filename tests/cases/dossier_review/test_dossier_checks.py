"""Single checks on files made by hand: boundary days, the items no walked file reaches, scoring and drawing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.dossier_review.checks import competence, decision, execution, measures, review, told
from cases.dossier_review.dossier import Delivery, Dossier, Limit, Meeting, Paper, Taking
from cases.dossier_review.drawing import draw, twice
from cases.dossier_review.finding import Finding
from cases.dossier_review.items import Item, items_on
from cases.dossier_review.reading import day_in, is_blank, sums_in
from cases.dossier_review.scoring import FAILED, ItemScore, Judgement, Sheet, as_data, judged, regraded
from cases.procedure.execution_facts import CourtFact, DemandFact, EnforcementFact, ExecutionFacts
from cases.procedure.facts import CaseFacts
from cases.procedure.states import State

pytestmark = pytest.mark.law

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def file(**facts: Any) -> Dossier:
    """A file with nothing in it but these facts."""
    known = {"state": State.DECIDED, "is_in_county": True, "source": "inspection", **facts}
    return Dossier("案", date(2026, 6, 30), "局", "甲公司", "organisation", "9122", "某案由", "", CaseFacts(**known))


def paper(code: str, day: date, number: int = 1, **data: Any) -> Paper:
    at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    return Paper(number, code, "文书", f"〔2026〕{number}号", "", at, day, data)


def handed_over(number: int, day: date) -> Delivery:
    return Delivery(number, "文书", "direct", "effective", "甲", "self", "某地", day, day, day, ("A", "B"))


def names(findings: Any) -> list[str]:
    return [one.defect for one in findings]


@pytest.mark.parametrize(("served", "found"), [(date(2026, 3, 11), []), (date(2026, 3, 12), ["served-late"])])
def test_seven_working_days_for_serving(served: date, found: list[str]) -> None:
    made = paper("penalty_decision", date(2026, 3, 2))
    one = replace(file(decided_on=made.sealed_on), papers=(made,), deliveries=(handed_over(1, served),))
    assert names(execution.serving(one)) == found


@pytest.mark.parametrize(("decided", "found"), [(date(2026, 3, 9), ["inside-window"]), (date(2026, 3, 10), [])])
def test_five_working_days_before_the_decision(decided: date, found: list[str]) -> None:
    notice = paper("prior_notice", date(2026, 3, 2))
    one = replace(file(decided_on=decided), papers=(notice,), deliveries=(handed_over(1, date(2026, 3, 2)),))
    assert names(told.notice_first(one)) == found


@pytest.mark.parametrize(("found_on", "found"), [(date(2026, 3, 2), []), (date(2026, 3, 3), ["too-late"])])
def test_two_years(found_on: date, found: list[str]) -> None:
    assert names(competence.limitation(file(act_on=date(2024, 3, 2), discovered_on=found_on))) == found
    five = file(act_on=date(2024, 3, 2), discovered_on=found_on, has_safety_harm=True)
    assert names(competence.limitation(five)) == []


@pytest.mark.parametrize(("late", "found"), [(timedelta(0), []), (timedelta(minutes=1), ["late-approval"])])
def test_twenty_four_hours_for_the_approval(late: timedelta, found: list[str]) -> None:
    one = Taking(
        1, is_preservation=False, title="扣押", taken_at=NOON, taken_on=NOON.date(), officers=("A", "B"), power="rt-62",
        is_urgent=True, approved_at=NOON + timedelta(hours=24) + late,
    )  # fmt: skip
    assert names(measures.power(replace(file(), takings=(one,)))) == found


@pytest.mark.parametrize(("ended", "found"), [(date(2026, 4, 1), []), (date(2026, 4, 2), ["seizure-late"])])
def test_thirty_days(ended: date, found: list[str]) -> None:
    one = Taking(
        1, is_preservation=False, title="扣押", taken_at=NOON, taken_on=NOON.date(), officers=("A", "B"), ended_on=ended
    )
    limit = Limit("coerce-30d", "measure:1", NOON.date(), date(2026, 4, 1), "met", ended)
    assert names(measures.seizure_period(replace(file(), takings=(one,), limits=(limit,)))) == found


@pytest.mark.parametrize(("decided", "found"), [(date(2026, 6, 1), []), (date(2026, 6, 2), ["decided-late"])])
def test_ninety_days(decided: date, found: list[str]) -> None:
    limit = Limit("decide-90d", "", date(2026, 3, 3), date(2026, 6, 1), "met")
    one = file(decided_on=decided, filed_on=date(2026, 3, 3))
    assert names(decision.in_time(replace(one, limits=(limit,)))) == found


def test_discussion_by_enough_heads_before_the_decision() -> None:
    due = file(discussion_due=True, decided_on=date(2026, 3, 20))
    three = Meeting(date(2026, 3, 20), "penalise", "同意处罚。", (("1", "同意"), ("2", "同意"), ("3", "同意")))
    assert names(review.discussed(replace(due, meetings=(three,)))) == []
    assert names(review.discussed(replace(due, meetings=(replace(three, opinions=three.opinions[:2]),)))) == [
        "too-few-heads"
    ]
    late = replace(three, held_on=date(2026, 3, 21))
    assert names(review.discussed(replace(due, meetings=(late,)))) == ["no-discussion"]
    bad = replace(late, conclusion=" ", opinions=(("1", ""),))
    wanted = ["view-missing", "no-conclusion", "discussed-after-decision", "no-discussion-paper"]
    assert names(review.meeting(replace(due, meetings=(bad,)))) == wanted


def test_overdue_fines_are_demanded_and_go_to_court_in_time() -> None:
    paying = Limit("pay-15d", "", date(2026, 3, 2), date(2026, 3, 17), "running")
    late = replace(file(state=State.OVERDUE), limits=(paying,))
    assert names(execution.overdue(late)) == ["no-demand"]
    assert names(execution.overdue(replace(late, today=date(2026, 4, 16)))) == []
    letter = paper("demand_letter", date(2026, 4, 1), 7)
    demand = DemandFact(1, 7, "", date(2026, 4, 1), Decimal(1000))
    court = CourtFact(1, date(2026, 4, 2), filed_on=date(2026, 4, 16))
    asked = file(state=State.ENFORCEMENT, execution=ExecutionFacts(demands=(demand,), courts=(court,)))
    asked = replace(asked, papers=(letter,), deliveries=(handed_over(7, date(2026, 4, 1)),))
    assert names(execution.overdue(asked)) == [
        "court-before-demand"
    ]  # ten working days end on 16 April: 6 April is off
    later = replace(court, filed_on=date(2026, 4, 17))
    known = replace(asked.facts, execution=ExecutionFacts(demands=(demand,), courts=(later,)))
    assert names(execution.overdue(replace(asked, facts=known))) == []
    window = Limit("enforce-court-3m", "", date(2026, 3, 1), date(2026, 6, 29), "running")
    missed = replace(late, limits=(window,))
    assert names(execution.overdue(missed)) == ["court-window-missed"]


@pytest.mark.parametrize(("status", "found"), [("decided", ["paid-sum-differs"]), ("ended", [])])
def test_a_fine_that_cannot_be_enforced_need_not_be_paid(status: str, found: list[str]) -> None:
    own = EnforcementFact(1, "auction", status, date(2026, 5, 1))
    known = {"decision_number": "〔2026〕1号", "decision_amount": Decimal(1000), "decided_on": date(2026, 3, 2)}
    one = file(state=State.CLOSED, execution=ExecutionFacts(enforcements=(own,)), **known)
    sealed = replace(paper("penalty_decision", date(2026, 3, 2)), amount=Decimal(1000))
    assert names(execution.payments(replace(one, papers=(sealed,)))) == found


def sheet(**found: int) -> Sheet:
    """A sheet with so many findings on each item."""
    lines = [
        ItemScore(one, tuple(Finding(one.code, "x", "问题") for _ in range(found.get(f"i{one.code}", 0))))
        for one in items_on(date(2026, 7, 1))
    ]
    return Sheet("案", date(2026, 7, 1), tuple(lines))


def test_points_are_lost_up_to_the_items_own() -> None:
    assert sheet().score == 100
    assert sheet(i8=1).score == 99
    assert sheet(i8=9).score == 97
    assert sheet(i20=1).score == 98  # two points each
    assert (sheet(i8=9).grade, sheet(i1=1, i2=2, i3=2, i4=3, i5=3).grade) == ("excellent", "passed")


def test_any_veto_fails_the_file() -> None:
    failed = sheet(iV6=1)
    assert (failed.score, failed.grade, [line.item.code for line in failed.vetoes]) == (100, FAILED, ["V6"])


def test_a_persons_answers_count_and_only_where_asked() -> None:
    answered = judged(
        sheet(i10=1), {"10": Judgement(Decimal(2), note="缺"), "V4": Judgement(is_vetoed=True, note="缺")}
    )
    assert (answered.score, answered.grade) == (97, FAILED)
    assert answered.waiting and not judged(answered, {line.item.code: Judgement() for line in answered.waiting}).waiting
    with pytest.raises(ValueError, match="33"):
        judged(sheet(), {"33": Judgement(Decimal(1))})


def test_a_frozen_sheet_is_graded_again() -> None:
    lines = as_data(sheet(i8=2, i9=1))["items"]
    assert isinstance(lines, list)
    assert regraded(lines, date(2026, 7, 1)) == (Decimal(97), "excellent")


def test_items_that_do_not_add_up_are_refused() -> None:
    some = items_on(date(2026, 7, 1))
    with pytest.raises(ValueError, match="99"):
        items_on(date(2026, 7, 1), [one for one in some if one.code != "1"])
    row = {"code": "1", "title": "项", "points": "1", "each": "1", "rules": "nothing", "judge": "machine", "question": "",
           "from": "2026-01-01", "to": ""}  # fmt: skip
    with pytest.raises(ValueError, match="nothing"):
        Item.from_row(row)
    with pytest.raises(ValueError, match="question"):
        Item.from_row({**row, "rules": "clue-register", "judge": "person"})


def test_anybody_draws_the_same_files() -> None:
    pool = [f"XS-2026-{number:05d}" for number in range(40)]
    first = draw(pool, "开奖 0312", 10)
    assert first == draw(reversed(pool), "开奖 0312", 10)
    assert first != draw(pool, "开奖 0313", 10)
    assert (len(first), len(set(first)), draw(pool, "x", 99) != ()) == (10, 10, True)
    assert twice(first, 5) == {first[4], first[9]}
    assert twice(first, 0) == frozenset()


def test_words_of_papers() -> None:
    assert day_in("2026年3月5日23时02分") == date(2026, 3, 5)
    assert (day_in("2026年2月30日"), day_in("今天"), day_in(None)) == (None, None, None)
    assert sums_in("罚款人民币壹仟元整（¥1,000.00）") == (Decimal(1000),)
    assert is_blank(["／", " "]) and is_blank(None) and not is_blank({"a": ["有"]})
