"""The law-change radar: which open cases a new edition touches, with what it would give beside what they have.

Nothing is changed: whoever handles the case sees it and applies the benchmark again. Decided cases are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from cases.discretion.engine import assess
from cases.discretion.request import RequestError
from cases.discretion.result import Assessment
from cases.discretion.snapshot import thaw_request
from cases.editions.difference import Change
from cases.models import Case, Edition, EditionKind
from cases.procedure.states import STAGES
from cases.queries.benchmarks import Shelf, assemble, confirmed_rows

MOST = 50  # cases computed for one page
_OPEN = tuple(state for state, stage in STAGES.items() if stage in "LFINRD")


@dataclass(frozen=True)
class Touched:
    """One open case: what was found for it, and what the new edition would give. Empty where nothing was found yet."""

    case: Case
    before: str
    after: str

    @property
    def moves(self) -> bool:
        return bool(self.after) and self.before != self.after


@dataclass(frozen=True)
class Radar:
    """What an edition touches. ``violations`` are the public explanations that change with it."""

    violations: tuple[str, ...]
    case_count: int
    cases: tuple[Touched, ...]


def radar(edition: Edition, changes: Iterable[Change], today: date) -> Radar:
    """Open cases of the changed violations, newest first."""
    found = list(changes)
    codes = {change.item_code for change in found if change.item_code}
    open_cases = cases_of(codes)
    titles = tuple(dict.fromkeys(change.title for change in found if change.item_code))
    shelf = Shelf.read()
    computed = tuple(_touched(case, edition, shelf, today) for case in open_cases.order_by("-pk")[:MOST])
    return Radar(titles, open_cases.count(), computed)


def cases_of(codes: Iterable[str]) -> QuerySet[Case]:
    """Cases of these violations in which nothing is decided yet."""
    return Case.objects.filter(item_code__in=list(codes), state__in=_OPEN, decided_on__isnull=True).select_related(
        "discretion"
    )


def _touched(case: Case, edition: Edition, shelf: Shelf, today: date) -> Touched:
    discretion = getattr(case, "discretion", None)
    if discretion is None or "request" not in discretion.result or edition.kind != EditionKind.BENCHMARK:
        return Touched(case, "还没有裁量" if discretion is None else _words_of(discretion.result["assessment"]), "")
    request = thaw_request(discretion.result["request"])
    request = replace(request, decision_on=max(today, edition.in_force_from or today))
    lists = shelf.on(EditionKind.LISTS, request.act_ended_on) or shelf.first(EditionKind.LISTS)
    statutes, confirmed = shelf.on(EditionKind.STATUTES, today), confirmed_rows()
    earlier = shelf.on(EditionKind.BENCHMARK, request.act_ended_on)
    try:
        result = assess(
            request,
            assemble(edition, lists, statutes, confirmed),
            earlier=assemble(earlier, lists, statutes, confirmed) if earlier else None,
        )
    except RequestError:
        return Touched(case, _words_of(discretion.result["assessment"]), "")
    return Touched(case, _words_of(discretion.result["assessment"]), _words(result))


def _words(result: Assessment) -> str:
    span = result.yuan_range
    return "，".join(part for part in (result.tier or "没有对应的档次", span.text() if span else "") if part)


def _words_of(frozen: dict[str, object]) -> str:
    span = frozen["yuan_range"]
    if not isinstance(span, dict):
        return str(frozen["tier"] or "没有对应的档次")
    low, high = span["minimum"], span["maximum"]
    return f"{frozen['tier']}，" + (
        f"{high}元" if low == high else f"{low}元以上{high}元以下" if low != "0" else f"{high}元以下"
    )
