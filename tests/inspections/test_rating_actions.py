"""Giving, changing, handing over and releasing ratings."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from inspections import anonymity
from inspections.actions.ratings import close_evaluations, give_rating, hand_over_ratings, release_ratings
from inspections.codes import new_token
from inspections.evaluation import Answers
from inspections.models import (
    FilingState,
    InspectionFiling,
    Rating,
    RatingGroup,
    RatingRelease,
    SealedRating,
    SupervisionTicket,
    TicketKind,
)
from inspections.queries.ratings import rating_quarters, single_ratings
from inspections.queries.retaliation import bad_rated_on
from lishu_law.errors import NotFound, Refused
from tests.inspections.draw_scenes import make_objects
from tests.inspections.rating_scenes import (
    BAD,
    DAY,
    FAIR,
    GOOD,
    RATED_AT,
    RELEASED_AT,
    TOLD_AT,
    ended_visits,
    rated,
)
from tests.inspections.scenes import VISIT_FROM, Scene, filed_filing, subject


def contents() -> list[dict]:
    return [json.loads(one.content) for one in SupervisionTicket.objects.order_by("ticket_no")]


def test_a_rating_is_taken_from_the_end_of_the_visit_for_fifteen_days(scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)  # ends on 10 March
    assert row.finished_at is not None
    for at in (row.finished_at, row.finished_at + 15 * DAY):
        rated(row, GOOD, at=at)
    with pytest.raises(NotFound):
        rated(row, GOOD, at=row.finished_at + 16 * DAY)


def test_before_the_visit_ends_there_is_nothing_to_rate(scene: Scene) -> None:
    row = filed_filing(scene, subject())
    for token in (row.token, new_token(), "x"):
        with pytest.raises(NotFound):
            give_rating(by=None, token=token, code=anonymity.new_code(), answers=GOOD, at=VISIT_FROM)
    assert not SealedRating.objects.exists()


def test_a_change_needs_the_code_of_the_one_who_rated(scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)
    code = rated(row, BAD)
    assert give_rating(by=None, token=row.token, code=code, answers=FAIR, is_change=True, at=RATED_AT)
    for wrong in (anonymity.new_code(), code[:-1] + ("a" if code[-1] != "a" else "b")):
        with pytest.raises(Refused) as refused:
            give_rating(by=None, token=row.token, code=wrong, answers=GOOD, is_change=True, at=RATED_AT)
        assert [one.code for one in refused.value.refusals] == ["rating-code"]
    release_ratings(by=None, at=RELEASED_AT)
    assert [one.lines[0] for one in single_ratings().rows] == [("总体", "基本满意")]


def test_a_code_opens_its_own_visit_only(scene: Scene) -> None:
    first, second = ended_visits(scene, 2)
    code = rated(first, BAD)
    with pytest.raises(Refused):
        give_rating(by=None, token=second.token, code=code, answers=GOOD, is_change=True, at=RATED_AT)


def test_sending_twice_is_one_statement(scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)
    code = rated(row, BAD)
    rated(row, BAD, code=code)
    hand_over_ratings(by=None, at=TOLD_AT)
    assert [one.kind for one in SupervisionTicket.objects.all()] == [TicketKind.RATING]


def test_an_officer_can_neither_replace_nor_better_nor_detect_a_rating(scene: Scene) -> None:
    """He knows the token: a statement of his is taken without a word, counts for nothing and is noticed."""
    (row,) = ended_visits(scene, 1)
    rated(row, BAD)
    officers_code = anonymity.new_code()
    first = give_rating(by=None, token=row.token, code=officers_code, answers=GOOD, at=RATED_AT)
    assert first is False, "the answer is that of a first rating"
    hand_over_ratings(by=None, at=TOLD_AT)
    assert sorted(one.kind for one in SupervisionTicket.objects.all()) == [TicketKind.DOUBLE, TicketKind.RATING]
    release_ratings(by=None, at=RELEASED_AT)
    assert [one.is_bad for one in single_ratings().rows] == [True]


def test_the_code_of_a_visit_is_not_everybodys(scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)
    for _time in range(5):
        rated(row, GOOD)
    with pytest.raises(Refused) as refused:
        rated(row, GOOD)
    assert [one.code for one in refused.value.refusals] == ["rating-many"]


def test_bad_ratings_reach_supervision_the_next_day(scene: Scene) -> None:
    rows = ended_visits(scene, 4)
    bribe = Answers("good", demanded=True, text="要求指定中介", contact="0434-5222222")
    for row, answers in zip(rows, (GOOD, BAD, bribe, FAIR), strict=True):
        rated(row, answers)
    assert hand_over_ratings(by=None, at=RATED_AT + timedelta(hours=3)) == []
    numbers = hand_over_ratings(by=None, at=TOLD_AT)
    assert len(numbers) == 2
    assert hand_over_ratings(by=None, at=TOLD_AT + DAY) == []
    ticket = SupervisionTicket.objects.first()
    assert ticket is not None
    # Wednesday 25 March: one working day, and fifteen over 清明 (6 April off).
    assert (ticket.received_on, ticket.acknowledge_by, ticket.answer_by) == (
        date(2026, 3, 25), date(2026, 3, 26), date(2026, 4, 16),
    )  # fmt: skip
    assert {one["visit"] for one in contents()} == {None}
    assert {one["statements"][0]["answers"]["text"] for one in contents()} == {BAD.text, "要求指定中介"}


def test_the_visit_is_named_only_where_the_business_said_so(scene: Scene) -> None:
    first, second = ended_visits(scene, 2)
    rated(first, Answers("bad", is_named=True))
    rated(second, BAD)
    hand_over_ratings(by=None, at=TOLD_AT)
    named = [one["visit"] for one in contents() if one["visit"]]
    assert [one["filing_no"] for one in named] == [first.filing_no]
    release_ratings(by=None, at=RELEASED_AT)
    assert first.filing_no not in "".join(one.content for one in Rating.objects.all())


def test_a_changed_rating_that_turned_bad_is_told_again(scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)
    code = rated(row, GOOD)
    assert hand_over_ratings(by=None, at=TOLD_AT) == []
    rated(row, BAD, code=code, at=TOLD_AT)
    hand_over_ratings(by=None, at=TOLD_AT + DAY)
    assert [one["statements"][0]["is_change"] for one in contents()] == [True]


@pytest.mark.parametrize(("given", "shown"), [(4, []), (5, [5])])
def test_a_group_of_five_is_shown_and_four_are_not(scene: Scene, given: int, shown: list[int]) -> None:
    for row in ended_visits(scene, 6)[:given]:
        rated(row, GOOD)
    assert release_ratings(by=None, at=RELEASED_AT - DAY) == []
    assert release_ratings(by=None, at=RELEASED_AT) == ["2026Q1"]
    assert [one.given for one in RatingGroup.objects.all()] == shown
    assert [(one.visits, one.unrated) for one in RatingGroup.objects.all()] == [(6, 1)] * len(shown)
    assert Rating.objects.count() == given
    assert not SealedRating.objects.exists()


def test_small_units_are_shown_together(scene: Scene) -> None:
    for row in (*ended_visits(scene, 4), *ended_visits(scene, 1, first=4, squad=2)):
        rated(row, BAD)
    release_ratings(by=None, at=RELEASED_AT)
    (quarter,) = rating_quarters()
    assert [(one.unit_name, one.given, one.bad) for one in quarter.rows] == [("其余单位合计", 5, 5)]


def test_the_database_refuses_a_smaller_group(scene: Scene) -> None:
    zero = dict.fromkeys(
        (
            "fair", "bad", "no_certificate", "beyond_told", "disturbed_slightly", "disturbed_seriously", "demanded",
            "uncivil", "banned",
        ),
        0,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        RatingGroup.objects.create(
            quarter="2026Q1", unit_code="Z1", unit_name="单位", visits=9, given=4, good=4, **zero
        )


def test_a_quarter_is_counted_once_and_whether_rated_or_not(scene: Scene) -> None:
    ended_visits(scene, 1)
    assert release_ratings(by=None, at=RELEASED_AT) == ["2026Q1"]
    assert release_ratings(by=None, at=RELEASED_AT + DAY) == []
    assert RatingRelease.objects.count() == 1


def test_a_release_keeps_the_ratings_of_the_running_quarter(scene: Scene) -> None:
    (row,) = ended_visits(scene, 1)
    rated(row, GOOD)
    InspectionFiling.objects.filter(pk=row.pk).update(finished_at=RELEASED_AT - DAY)
    row.refresh_from_db()
    SealedRating.objects.all().delete()
    rated(row, GOOD, at=RELEASED_AT)
    assert release_ratings(by=None, at=RELEASED_AT) == []
    assert SealedRating.objects.count() == 1


@pytest.mark.parametrize("is_rated", [True, False])
def test_every_visit_becomes_past_rating_alike(scene: Scene, is_rated: bool) -> None:
    """已评价 would betray who rated: the state changes by the calendar alone. No rating is 未评价, not good."""
    (row,) = ended_visits(scene, 1)
    assert row.finished_at is not None
    if is_rated:
        rated(row, BAD)
    assert close_evaluations(by=None, at=row.finished_at + 15 * DAY) == 0
    assert close_evaluations(by=None, at=row.finished_at + 16 * DAY) == 1
    row.refresh_from_db()
    assert (row.state, row.get_state_display()) == (FilingState.EVALUATED, "评价期满")


def test_protection_does_not_say_who_rated_badly(scene: Scene) -> None:
    """The question is answered from the visits: the day is the same for a bad, a good and no rating."""
    rows = ended_visits(scene, 3)
    rated(rows[0], BAD)
    rated(rows[1], GOOD)
    hand_over_ratings(by=None, at=TOLD_AT)
    days = [bad_rated_on(row.subject_id, date(2026, 5, 1)) for row in rows]
    ended_on = [row.finished_at.date() for row in rows if row.finished_at]
    assert days == [one + timedelta(days=15) for one in ended_on]
    assert bad_rated_on(rows[0].subject_id, date(2026, 3, 12)) == date(2026, 3, 12), "inside the window it is today"
    assert bad_rated_on(make_objects(1, first=900)[0].pk, date(2026, 5, 1)) is None


def test_single_ratings_page_by_their_random_keys(scene: Scene) -> None:
    for row in ended_visits(scene, 3):
        rated(row, GOOD)
    release_ratings(by=None, at=RELEASED_AT)
    keys = [one.key for one in single_ratings().rows]
    assert keys == sorted(keys)
    assert [one.key for one in single_ratings(f"2026Q1:{keys[0]}").rows] == keys[1:]
    assert [one.key for one in single_ratings("2025Q4:" + keys[0]).rows] == []
