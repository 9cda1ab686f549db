"""What the calendar does to an execution by itself: the party becomes late, the court's window opens and closes.

``enter_overdue`` is the officer's act. ``turn_execution_clocks`` is the beat's: it does the same without a person, and
starts the three months for the court at the event from which the law counts them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import begin, check_guards, conclude, lock_case
from cases.actions.limits import cancel_limit, recompute, running, start_limit
from cases.models import Case, Deadline, DeadlineState
from cases.procedure.balance import DEFERRAL_WORD, first_due, is_overdue
from cases.procedure.court_window import CODES, court_window
from cases.procedure.facts import CaseFacts
from cases.procedure.guards.enforcement import not_stopped
from cases.procedure.states import State
from cases.procedure.steps.execution import IN_TIME, LATE
from cases.queries.facts import load_case
from lishu_law import clock
from lishu_law.audit import journal

THIRTY_DAYS = "enforce-30d-surcharge"


@transaction.atomic(durable=True)
def enter_overdue(*, case_id: int, version: int, by: Any, at: datetime | None = None) -> Case:
    """The last day to pay has passed: the case is overdue, the additional fine runs."""
    doing = begin("enter_overdue", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    late_since = first_due(doing.loaded.facts)
    _leave_deferral(doing.case)
    case = conclude(doing, limit_start=late_since.due if late_since else None)
    _without_deferrals(case, doing.loaded.facts)
    return case


@transaction.atomic(durable=True)
def turn_execution_clocks(*, case_id: int, by: Any = None, at: datetime | None = None) -> tuple[str, ...]:
    """What became due by time alone, once; says what was turned. One journal entry if anything was."""
    case, now = lock_case(case_id, None), at or clock.now()
    facts, today = load_case(case_id).facts, clock.local(now).date()
    turned = [*_became_late(case, facts, today, now), *_court_clock(case, facts, today)]
    if turned:
        journal.record("case.execution_clocks", by=by, on=("case", case.pk), details={"turned": turned})
    return tuple(turned)


def _became_late(case: Case, facts: CaseFacts, today: date, now: datetime) -> list[str]:
    due = first_due(facts)
    if facts.state not in IN_TIME or due is None or not is_overdue(facts, today) or not_stopped(facts, today):
        return []
    _leave_deferral(case)
    start_limit(case, THIRTY_DAYS, due.due)
    _without_deferrals(case, facts)
    case.state, case.version, case.updated_at = State.OVERDUE, case.version + 1, now
    case.save(update_fields=["state", "version", "updated_at"])
    return ["overdue"]


def _without_deferrals(case: Case, facts: CaseFacts) -> None:
    """No additional fine runs while the payment is deferred: nor do its thirty days (强制法46), as the guard counts."""
    told = [
        {"from": one.approved_on.isoformat(), "to": one.ends_on.isoformat(), "reason": DEFERRAL_WORD, "document": ""}
        for one in facts.execution.deferrals
    ]
    for limit in running(case, THIRTY_DAYS) if told else ():
        limit.pauses = told
        recompute(limit, why=f"扣除{DEFERRAL_WORD}")


def _leave_deferral(case: Case) -> None:
    """A deferral that ended unpaid: the fifteen days it had stopped are over as well."""
    if any(
        limit.is_paused for limit in Deadline.objects.filter(case=case, code="pay-15d", state=DeadlineState.RUNNING)
    ):
        cancel_limit(case, "pay-15d")


def _court_clock(case: Case, facts: CaseFacts, today: date) -> list[str]:
    """The one limit that now runs towards the court; one of another kind or event is given up."""
    if State(case.state) not in LATE:
        return []
    court = facts.execution.court
    if court and court.filed_on:
        return []
    window = court_window(facts, today)
    runs = window.code if window.state in {"open", "missed"} else ""
    turned = []
    for limit in Deadline.objects.filter(case=case, code__in=CODES, state=DeadlineState.RUNNING):
        if limit.code != runs or limit.started_on != window.starts_on:
            cancel_limit(case, limit.code)
            turned.append(f"cancel {limit.code}")
        else:
            runs = ""
    if runs and window.starts_on:
        start_limit(case, runs, window.starts_on)
        turned.append(runs)
    return turned
