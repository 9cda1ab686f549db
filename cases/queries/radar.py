"""The law-change radar: what a new edition of benchmark, lists or statutes touches, the new result beside the old.

Nothing is changed: whoever handles the case sees it and applies the benchmark again. Decided cases are never touched;
what the public can read about them is computed from the editions they were decided by.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.discretion.engine import assess
from cases.discretion.facts import VARIABLES
from cases.discretion.provisions import StatuteNames, read_provisions
from cases.discretion.request import Request, RequestError
from cases.discretion.result import Assessment
from cases.discretion.snapshot import thaw_request
from cases.editions.difference import Change
from cases.models import Case, Edition, EditionKind
from cases.procedure.states import STAGES
from cases.queries.benchmarks import Shelf, assemble, confirmed_rows, names_of, tiers_of, violations

MOST = 50  # cases computed for one page
ALL = "*"  # a list row that speaks of every violation
_OPEN = tuple(state for state, stage in STAGES.items() if stage in "LFINRD")
_TOLD = "NRD"  # stages in which the party was told or is about to be
_NOTHING_YET = "还没有裁量"


@dataclass(frozen=True)
class Touched:
    """One open case: what was found for it, and what the new edition would give. ``after`` is empty where nothing was
    found yet; ``remark`` says what must be known beside the result.
    """

    case: Case
    before: str
    after: str
    remark: str = ""

    @property
    def moves(self) -> bool:
        return bool(self.after) and self.before != self.after


@dataclass(frozen=True)
class Explained:
    """A violation whose public pages change: the benchmark page with its question form."""

    code: str
    title: str


@dataclass(frozen=True)
class Radar:
    """What an edition touches. ``is_general``: a row that speaks of every violation changed. ``laws`` are the full names
    of the statutes that changed; ``decided_count`` are decisions of the same violations, whose pages stay as they are.
    """

    explained: tuple[Explained, ...]
    is_general: bool
    laws: frozenset[str]
    case_count: int
    cases: tuple[Touched, ...]
    decided_count: int


def radar(edition: Edition, changes: Iterable[Change], today: date) -> Radar:
    """Open cases of the touched violations, newest first, and the public explanations of these violations."""
    found, shelf = list(changes), Shelf.read()
    laws = frozenset(law for change in found for law in change.laws)
    codes = _citing(laws, edition, shelf, today) if laws else {change.item_code for change in found} - {"", ALL}
    titles = _titles(found) | {one.code: one.title for one in violations()}
    open_cases = cases_of(codes)
    asked = _Asked(edition, shelf, today)
    return Radar(
        explained=tuple(Explained(code, titles[code]) for code in titles if code in codes and not code.startswith("~")),
        is_general=any(change.item_code == ALL for change in found),
        laws=laws,
        case_count=open_cases.count(),
        cases=tuple(asked.about(case) for case in open_cases.order_by("-pk")[:MOST]),
        decided_count=Case.objects.filter(item_code__in=list(codes), decided_on__isnull=False).count(),
    )


def cases_of(codes: Iterable[str]) -> QuerySet[Case]:
    """Cases of these violations in which nothing is decided yet."""
    return Case.objects.filter(item_code__in=list(codes), state__in=_OPEN, decided_on__isnull=True).select_related(
        "discretion"
    )


def _titles(changes: Iterable[Change]) -> dict[str, str]:
    return {change.item_code: change.title for change in changes if change.item_code not in ("", ALL)}


def _citing(laws: frozenset[str], edition: Edition, shelf: Shelf, today: date) -> set[str]:
    """The violations whose provisions name one of these statutes, under the names of the new table or the old one."""
    benchmark, statutes = shelf.on(EditionKind.BENCHMARK, today), shelf.on(EditionKind.STATUTES, today)
    if benchmark is None:
        return set()
    tables = [names_of(one) for one in (edition, statutes) if one is not None]
    rows = tiers_of(benchmark)[0]
    return {row.item_code for row in rows if row.in_force(today) and _names(row, tables, today) & laws}


def _names(row: Any, tables: Iterable[StatuteNames], today: date) -> set[str]:
    text = f"{row.breached_provision};{row.penalty_provision}"
    return {names.full(one.law) for names in tables for one in read_provisions(text, today, names)}


class _Asked:
    """Open cases asked again as if the edition were in force."""

    def __init__(self, edition: Edition, shelf: Shelf, today: date) -> None:
        self.edition, self.shelf, self.today = edition, shelf, today
        self.confirmed = confirmed_rows()
        self.says_articles = edition.kind == EditionKind.STATUTES

    def about(self, case: Case) -> Touched:
        discretion = getattr(case, "discretion", None)
        if discretion is None:
            return Touched(case, _NOTHING_YET, "")
        before = self._words_of(discretion.result["assessment"])
        if "request" not in discretion.result:
            return Touched(case, before, "")
        request = thaw_request(discretion.result["request"])
        begins = self.edition.in_force_from or self.today
        request = replace(request, decision_on=max(self.today, begins))
        after = self._again(request)
        return Touched(
            case, before, after, self._remark(case, request, begins, is_moved=bool(after) and after != before)
        )

    def _again(self, request: Request) -> str:
        benchmark = self._edition(EditionKind.BENCHMARK, self.today)
        if benchmark is None:
            return ""
        lists = self._edition(EditionKind.LISTS, request.act_ended_on) or self.shelf.first(EditionKind.LISTS)
        statutes = self._edition(EditionKind.STATUTES, self.today)
        earlier = self.shelf.on(EditionKind.BENCHMARK, request.act_ended_on)
        try:
            result = assess(
                request,
                assemble(benchmark, lists, statutes, self.confirmed),
                earlier=assemble(earlier, lists, statutes, self.confirmed) if earlier else None,
            )
        except RequestError:
            return ""
        return self._words(result)

    def _edition(self, kind: EditionKind, day: date) -> Edition | None:
        """The edition asked about stands in for the one in force."""
        return self.edition if self.edition.kind == kind else self.shelf.on(kind, day)

    def _remark(self, case: Case, request: Request, begins: date, *, is_moved: bool) -> str:
        if self.edition.kind == EditionKind.LISTS and request.act_ended_on < begins:
            return "行为发生在这一版施行之前，适用当时的清单；这里只供比较。"
        if is_moved and STAGES.get(case.state, "") in _TOLD:  # type: ignore[call-overload]  # the state as stored
            return "已经告知或者正要告知：改变的，要重新裁量并重新告知。"
        return ""

    def _words(self, result: Assessment) -> str:
        span = result.yuan_range
        if result.missing:
            return f"还要查明：{'、'.join(VARIABLES[name].label for name in result.missing)}"
        return self._said(result.tier, span.text() if span else "", result.basis)

    def _words_of(self, frozen: dict[str, Any]) -> str:
        span, text = frozen["yuan_range"], ""
        if isinstance(span, dict):
            low, high = span["minimum"], span["maximum"]
            text = f"{high}元" if low == high else f"{low}元以上{high}元以下" if low != "0" else f"{high}元以下"
        return self._said(frozen["tier"], text, frozen["basis"])

    def _said(self, tier: str, span: str, basis: Iterable[str]) -> str:
        articles = f"依照{'、'.join(basis)}" if self.says_articles else ""
        return "，".join(part for part in (tier or "没有对应的档次", span, articles) if part)
