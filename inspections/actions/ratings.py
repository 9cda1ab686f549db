"""事后评价: taken sealed, handed to supervision by the day, released by the quarter (§4.4; ADR 38).

``give_rating`` is the one action without a journal entry: an entry would say when, and that is the path to the visit.
What the sweeps do afterwards is journalled by batch. ``by`` is None everywhere: a business has no account, a sweep no hand.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Value, When

from inspections import anonymity, evaluation
from inspections.actions.frame import refuse_if
from inspections.actions.tickets import new_ticket
from inspections.evaluation import Answers, UnitQuarter
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
from inspections.queries.public import ratable_visit
from inspections.queries.ratings import rating_days, unreleased_quarters, visits_of_quarter
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal

_LOT = random.SystemRandom()


@dataclass(frozen=True)
class _Row:
    slot: str
    content: dict[str, Any]


@transaction.atomic(durable=True)
def give_rating(
    *, by: None, token: str, code: str, answers: Answers, is_change: bool = False, at: datetime | None = None
) -> bool:
    """Take or change a rating. ``code`` is the rater's own 修改码; with ``is_change`` it must be known already.

    The answer to a first and to a second statement is the same, so that nobody learns whether a visit was rated.
    Returns whether an earlier statement was changed; only its rater can bring that about.
    """
    moment = at or clock.now()
    visit = ratable_visit(token, moment)
    if visit is None:
        raise NotFound
    slot, digest = anonymity.slot_of(token), anonymity.code_digest(token, code)
    fresh = {"unit": visit.unit_code, "unit_name": visit.unit_name, "quarter": evaluation.quarter_of(visit.finished_on)}
    empty = anonymity.seal(slot, {**fresh, "statements": [], "double": False})
    SealedRating.objects.get_or_create(slot=slot, defaults={"sealed": empty})
    row = SealedRating.objects.select_for_update().get(slot=slot)
    content = anonymity.unseal(slot, row.sealed)
    found = next((one for one in content["statements"] if one["code"] == digest), None)
    refuse_if(_refusals(found is not None, is_change, len(content["statements"])))
    statement = {
        "code": digest,
        "given_on": clock.local(moment).date().isoformat(),
        "answers": answers.as_words(),
        "visit": visit.as_words() if answers.is_named else None,
        "is_told": False,
        "is_change": found is not None,
    }
    content["statements"] = [one for one in content["statements"] if one["code"] != digest] + [statement]
    row.sealed = anonymity.seal(slot, content)
    row.save(update_fields=["sealed"])
    return found is not None


def _refusals(is_known: bool, is_change: bool, statements: int) -> list[Refusal]:
    if is_change and not is_known:
        text = "修改码不对，没有找到可以修改的评价。请核对评价完成时给您的 16 位修改码。"
        return [Refusal("rating-code", text, "", "code")]
    if not is_known and statements >= evaluation.MOST_STATEMENTS:
        text = "这次检查收到的评价太多，不能再收。您要反映的情况，请用投诉，或者打电话。"
        return [Refusal("rating-many", text, "", "")]
    return []


@transaction.atomic(durable=True)
def hand_over_ratings(*, by: None, at: datetime | None = None) -> list[str]:
    """Yesterday's bad ratings and double statements become tickets, in an order drawn by lot. Returns their numbers.

    All sealed rows are written anew in the same transaction: versions and places of rows say the day, not the hour. A
    day without tickets leaves no journal entry, or the journal would count the ratings.
    """
    today = clock.local(at or clock.now()).date()
    rows = _unsealed()
    if not any(_fresh(row, today) for row in rows):
        return []
    told = [_tell(*due) for row in rows for due in _due(row, today)]
    _LOT.shuffle(told)
    tickets = [new_ticket(kind, content, today) for kind, content in told]
    SupervisionTicket.objects.bulk_create(tickets)
    for row in rows:
        row.content["double"] = row.content["double"] or _is_double(row, today)
        for one in row.content["statements"]:
            one["is_told"] = one["is_told"] or _is_earlier(one, today)
    _write_anew(rows)
    numbers = sorted(one.ticket_no for one in tickets)
    if numbers:
        journal.record("ticket.open", by=by, on=("ticket_day", today.isoformat()), details={"tickets": numbers})
    return numbers


def _unsealed() -> list[_Row]:
    rows = SealedRating.objects.select_for_update().order_by("slot")
    return [_Row(row.slot, anonymity.unseal(row.slot, row.sealed)) for row in rows]


def _is_earlier(statement: dict[str, Any], today: date) -> bool:
    return bool(statement["given_on"] < today.isoformat())


def _fresh(row: _Row, today: date) -> list[dict[str, Any]]:
    """What was said before today and no hand-over has seen."""
    return [one for one in row.content["statements"] if not one["is_told"] and _is_earlier(one, today)]


def _is_double(row: _Row, today: date) -> bool:
    return sum(_is_earlier(one, today) for one in row.content["statements"]) > 1


_Due = tuple[TicketKind, dict[str, Any], list[dict[str, Any]]]


def _due(row: _Row, today: date) -> list[_Due]:
    """What supervision has to hear of one visit today: (kind, the row's words, the statements)."""
    bad = [one for one in _fresh(row, today) if evaluation.is_bad(Answers.from_words(one["answers"]))]
    found: list[_Due] = [(TicketKind.RATING, row.content, [one]) for one in bad]
    if _is_double(row, today) and not row.content["double"]:
        found.append((TicketKind.DOUBLE, row.content, row.content["statements"]))
    return found


def _tell(kind: str, content: dict[str, Any], statements: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """The words of a ticket: the visit only where whoever rated said so; the unit and the quarter always."""
    return kind, {
        "unit_name": content["unit_name"],
        "quarter": content["quarter"],
        "visit": next((one["visit"] for one in statements if one["visit"]), None),
        "statements": [{"answers": one["answers"], "is_change": one["is_change"]} for one in statements],
    }


def _write_anew(rows: list[_Row]) -> None:
    _LOT.shuffle(rows)
    SealedRating.objects.filter(slot__in=[row.slot for row in rows]).delete()
    SealedRating.objects.bulk_create(
        [SealedRating(slot=row.slot, sealed=anonymity.seal(row.slot, row.content)) for row in rows], batch_size=100
    )


@transaction.atomic(durable=True)
def release_ratings(*, by: None, at: datetime | None = None) -> list[str]:
    """Count every quarter whose windows have all closed, once, whether anybody rated or not; forget what was sealed."""
    today = clock.local(at or clock.now()).date()
    days = rating_days(today)
    quarters = [one for one in unreleased_quarters(today) if evaluation.may_release(one, days, today)]
    if not quarters:
        return []
    by_quarter: dict[str, list[_Row]] = defaultdict(list)
    for row in _unsealed():
        by_quarter[row.content["quarter"]].append(row)
    for quarter in quarters:
        _release(quarter, by_quarter.pop(quarter, []))
    _write_anew([row for rows in by_quarter.values() for row in rows])
    journal.record("rating.release", by=by, on=("rating_quarter", quarters[-1]), details={"quarters": quarters})
    return quarters


def _release(quarter: str, rows: list[_Row]) -> None:
    given: dict[str, list[Answers]] = defaultdict(list)
    names: dict[str, str] = {}
    singles: list[Rating] = []
    for row in rows:
        answers = evaluation.counted([Answers.from_words(one["answers"]) for one in row.content["statements"]])
        given[row.content["unit"]].append(answers)
        names[row.content["unit"]] = row.content["unit_name"]
        said = {"unit_name": row.content["unit_name"], "answers": answers.as_words()}
        singles.append(Rating(quarter=quarter, content=anonymity.padded(said)))
    visits = visits_of_quarter(quarter)
    units = [UnitQuarter(code, names[code], visits.get(code, 0), tuple(some)) for code, some in given.items()]
    RatingRelease.objects.create(quarter=quarter)
    _LOT.shuffle(singles)
    Rating.objects.bulk_create(singles)
    RatingGroup.objects.bulk_create(
        RatingGroup(
            quarter=quarter, unit_code=one.code, unit_name=one.name, visits=one.visits, **evaluation.counts(one.given)
        )
        for one in evaluation.groups(units)
    )
    SealedRating.objects.filter(slot__in=[row.slot for row in rows]).delete()


@transaction.atomic(durable=True)
def close_evaluations(*, by: None, at: datetime | None = None) -> int:
    """The fifteen days are over: 评价期满 for every finished visit, rated or not, 已公示 if its result is. How many."""
    moment = at or clock.now()
    today = clock.local(moment).date()
    waiting = InspectionFiling.objects.select_for_update(of=("self",)).filter(state=FilingState.FINISHED).order_by("pk")
    days = rating_days(today)
    ended = [
        row.pk
        for row in waiting.only("pk", "finished_at")
        if row.finished_at and today > evaluation.last_day(clock.local(row.finished_at).date(), days)
    ]
    if ended:
        over = InspectionFiling.objects.filter(pk__in=ended)
        over.update(
            state=Case(
                When(result_published_at__isnull=True, then=Value(FilingState.EVALUATED)),
                default=Value(FilingState.PUBLISHED),
            )
        )
        details = {"filings": ended}
        journal.record("inspection.evaluation_over", by=by, on=("rating_day", today.isoformat()), details=details)
    return len(ended)
