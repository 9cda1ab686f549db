"""Every decision that is not paid in full, oldest serving first, paged by key: what the board of the execution shows.

No totals and no order by people or squads: fines are never what anybody is measured by (处罚法74).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from cases import permissions
from cases.models import Case, Deadline, DeadlineState, Payment
from cases.procedure import facts as f
from cases.procedure.balance import Balance, balance
from cases.procedure.court_window import CODES, CourtWindow, court_window
from cases.procedure.execution_facts import CourtFact
from cases.procedure.states import TITLES, Procedure, State
from cases.queries.find import COUNT_CAP
from cases.queries.parts import PARTS
from lishu_law.keyset import beyond

PAGE = 20
SOON = timedelta(days=30)
S = State
STAGES = (S.PERFORMANCE, S.DEFERRED, S.OVERDUE, S.ENFORCEMENT, S.DELIVERED, S.COLLECTION, S.REPORTED)
LATE = (S.OVERDUE, S.ENFORCEMENT)
WINDOWS = {
    "soon": "30 天内截止", "running": "正在计算", "missed": "已经错过", "none": "没有正在计算的",
}  # fmt: skip


@dataclass(frozen=True)
class BoardRow:
    """One unpaid case as of today."""

    case: Case
    owed: Balance
    window: CourtWindow
    court: CourtFact | None


@dataclass(frozen=True)
class BoardPage:
    rows: list[BoardRow]
    next_key: str
    count_text: str


def board_page(user: Any, today: date, *, stage: str = "", window: str = "", after: str = "") -> BoardPage:
    """The unpaid cases this person may read."""
    cases = _filtered(_unpaid(user), today, stage, window)
    counted = cases.order_by().values("pk")[: COUNT_CAP + 1].count()
    count_text = f"{COUNT_CAP}+ 件" if counted > COUNT_CAP else f"共 {counted} 件"
    found = list(_after(_with_facts(cases), after)[: PAGE + 1])
    rows = [_row(case, today) for case in found[:PAGE]]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return BoardPage(rows, f"{last.decision_served_on:%Y%m%d}-{last.pk}" if last else "", count_text)


def _unpaid(user: Any) -> QuerySet[Case]:
    """Served decisions whose fine is not paid in full, and late ones, whose additional fine may still be open."""
    paid = Payment.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(total=Sum("amount"))
    cases = permissions.visible_cases(user).filter(state__in=STAGES, decision_served_on__isnull=False)
    cases = cases.filter(decision__amount__gt=0).annotate(paid=Coalesce(paid.values("total")[:1], Decimal("0.00")))
    return cases.filter(Q(paid__lt=F("decision__amount")) | Q(state__in=LATE))


def _filtered(cases: QuerySet[Case], today: date, stage: str, window: str) -> QuerySet[Case]:
    if stage:
        cases = cases.filter(state=stage)
    if window:
        running = Deadline.objects.filter(case=OuterRef("pk"), code__in=CODES, state=DeadlineState.RUNNING)
        by_window = {
            "soon": Q(Exists(running.filter(due__gte=today, due__lte=today + SOON))),
            "running": Q(Exists(running.filter(due__gte=today))),
            "missed": Q(Exists(running.filter(due__lt=today))),
            "none": ~Q(Exists(running)),
        }
        cases = cases.filter(by_window[window])
    return cases


def _with_facts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With what amounts and windows need, in the same statement."""
    parts = {f"{part.name}_rows": part.sub_select() for part in PARTS if part.name in {"execution", "remedies"}}
    rows: QuerySet[Case] = (
        cases.select_related("party", "decision").annotate(**parts)
    )  # fmt: skip
    return rows.order_by(F("decision_served_on").asc(), "id")


def _after(cases: QuerySet[Case], key: str) -> QuerySet[Case]:
    day, _, number = key.partition("-")
    if not (len(day) == 8 and day.isdecimal() and number.isdecimal() and len(number) < 19):
        return cases
    try:
        served = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return cases
    return beyond(cases, ("decision_served_on", "id"), (served, int(number)))


def _row(case: Any, today: date) -> BoardRow:
    facts = f.CaseFacts(
        state=State(case.state),
        procedure=Procedure(case.procedure),
        decided_on=case.decided_on,
        decision_amount=case.decision.amount,
        decision_served_on=case.decision_served_on,
        paid=case.paid,
        **{part.name: part.read(getattr(case, f"{part.name}_rows")) for part in PARTS if hasattr(case, f"{part.name}_rows")},
    )  # fmt: skip
    return BoardRow(case, balance(facts, today), court_window(facts, today), facts.execution.court)


def stage_choices() -> tuple[tuple[str, str], ...]:
    """The stages the board can be narrowed to."""
    return tuple((state.value, TITLES[state]) for state in STAGES)
