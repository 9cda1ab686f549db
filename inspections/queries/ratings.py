"""Reading ratings: the groups everybody sees, single ones for supervision. Nothing here knows a visit of a rating."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min

from inspections import evaluation
from inspections.models import (
    Ban,
    Disturbance,
    InspectionFiling,
    Overall,
    Rating,
    RatingGroup,
    RatingRelease,
)
from inspections.queries.records import PAGE
from inspections.queries.retaliation import ENDED
from lishu_law import clock
from lishu_law.law.parameters import DEFAULT_PARAMETERS


def rating_days(today: date) -> int:
    """How many days after its end a visit may be rated."""
    return int(DEFAULT_PARAMETERS.number("inspection.rating_days", today))


def visits_of_quarter(quarter: str) -> dict[str, int]:
    """How many visits of each unit that could be rated ended in a quarter: without a code nobody can."""
    last = evaluation.quarter_end(quarter)
    first = date(last.year, last.month - 2, 1)
    begins = datetime.combine(first, time(), clock.SHANGHAI)
    ends = datetime.combine(last + timedelta(days=1), time(), clock.SHANGHAI)
    rows = InspectionFiling.objects.filter(
        state__in=ENDED, token_digest__isnull=False, finished_at__gte=begins, finished_at__lt=ends
    )
    return dict(rows.values_list("unit__code").annotate(found=Count("pk")).order_by("unit__code"))


def unreleased_quarters(today: date) -> list[str]:
    """Quarters since the first finished visit, up to that of ``today``, that were not counted yet."""
    first = InspectionFiling.objects.filter(state__in=ENDED).aggregate(first=Min("finished_at"))["first"]
    if first is None:
        return []
    released = set(RatingRelease.objects.values_list("quarter", flat=True))
    found, day = [], clock.local(first).date()
    while (quarter := evaluation.quarter_of(day)) <= evaluation.quarter_of(today):
        if quarter not in released:
            found.append(quarter)
        day = evaluation.quarter_end(quarter) + timedelta(days=1)
    return found


@dataclass(frozen=True)
class QuarterGroups:
    """The groups of one released quarter, units in the order of their codes: never by figures."""

    quarter: str
    title: str
    rows: tuple[RatingGroup, ...]


def rating_quarters(*, first: str = "", last: str = "9999Q4", most: int = 8) -> list[QuarterGroups]:
    """Released groups of the newest quarters in a period, newest first; one statement."""
    rows = list(RatingGroup.objects.filter(quarter__gte=first, quarter__lte=last).order_by("-quarter"))
    found: dict[str, list[RatingGroup]] = {}
    for row in rows:
        found.setdefault(row.quarter, []).append(row)
    return [
        QuarterGroups(quarter, evaluation.quarter_title(quarter), tuple(sorted(some, key=_by_code)))
        for quarter, some in list(found.items())[:most]
    ]


def _by_code(row: RatingGroup) -> tuple[bool, str]:
    return (not row.unit_code, row.unit_code)


@dataclass(frozen=True)
class SingleRating:
    """One rating as supervision reads it: what was said, of which unit, in which quarter."""

    key: str
    quarter: str
    unit_name: str
    lines: tuple[tuple[str, str], ...]
    is_bad: bool


@dataclass(frozen=True)
class SinglePage:
    rows: tuple[SingleRating, ...]
    next_key: str


def single_ratings(after: str = "") -> SinglePage:
    """Single ratings of released quarters, in the order of their random keys inside a quarter; newest quarter first.

    ``after``: quarter and key of the last row seen, joined by a colon.
    """
    rows = Rating.objects.order_by("-quarter", "id")
    quarter, _, key = after.partition(":")
    if key:
        rows = rows.filter(quarter__lte=quarter).exclude(quarter=quarter, id__lte=key)
    found = list(rows[: PAGE + 1])
    shown = tuple(_single(row) for row in found[:PAGE])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return SinglePage(shown, f"{last.quarter}:{last.pk}" if last else "")


def _single(row: Rating) -> SingleRating:
    said = json.loads(row.content)
    answers = evaluation.Answers.from_words(said["answers"])
    return SingleRating(
        key=str(row.pk),
        quarter=evaluation.quarter_title(row.quarter),
        unit_name=said["unit_name"],
        lines=tuple(answer_lines(said["answers"])),
        is_bad=evaluation.is_bad(answers),
    )


def answer_lines(answers: dict[str, Any]) -> list[tuple[str, str]]:
    """The questionnaire as words: (question, answer), empty texts left out."""
    lines = [
        ("总体", Overall(answers["overall"]).label),
        ("出示证件并扫码", _yes(not answers["no_certificate"])),
        ("只检查告知的事项", _yes(not answers["beyond_told"])),
        ("影响正常生产经营", Disturbance(answers["disturbance"]).label),
        ("索要财物、宴请、指定中介、摊派费用", "有" if answers["demanded"] else "没有"),
        ("态度文明", _yes(not answers["uncivil"])),
        ("八个不得", "、".join(Ban(one).label for one in answers["bans"]) or "没有"),
        ("要说的话", answers["text"]),
        ("联系方式", answers["contact"]),
    ]
    return [(title, words) for title, words in lines if words]


def _yes(holds: bool) -> str:
    return "是" if holds else "否"
