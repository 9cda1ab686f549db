"""The frame every action stands in: lock, may this person, is it lawful now, write, one journal entry.

``begin`` locks the case and asks permission and guards; ``conclude`` writes the step, moves the state, starts and stops
the limits and records the act. Both run inside the transaction of the public action.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases import permissions
from cases.models import Case, Deadline, DeadlineState, Step
from cases.procedure.states import TITLES, State
from cases.procedure.steps import BY_CODE, StepType
from cases.queries.facts import LoadedCase, cases_with_parts, load
from lishu_law import clock
from lishu_law.access.policy import Subject
from lishu_law.audit import journal
from lishu_law.errors import Conflict, NotFound, Refusal, Refused
from lishu_law.law.limits import compute


@dataclass
class Doing:
    """One act under way."""

    step: StepType
    case: Case
    loaded: LoadedCase
    subject: Subject
    by: Any
    at: datetime

    @property
    def today(self) -> date:
        return clock.local(self.at).date()


def lock_case(case_id: int, version: int | None) -> Case:
    """The case row, locked until the transaction ends; ``Conflict`` when the page was older than the record."""
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    if version is not None and version != case.version:
        raise Conflict(
            "有人在您打开这一页之后改过这起案件。您填的内容没有丢，请核对后再提交。",
            changed_by=str(case.updated_by),
            changed_at=f"{clock.local(case.updated_at):%Y-%m-%d %H:%M}",
        )
    return case


def begin(code: str, *, case_id: int, version: int | None, by: Any, at: datetime | None = None) -> Doing:
    """Lock, load, ask. Raises ``NotFound``, ``Conflict``, ``NotAllowed`` or ``Refused`` with every refusal."""
    lock_case(case_id, version)
    loaded = load(cases_with_parts(Case.objects.filter(pk=case_id)).get())
    doing = Doing(
        BY_CODE[code],
        loaded.case,
        loaded,
        permissions.subject_of(loaded.case, loaded.officers, loaded.steps),
        by,
        at or clock.now(),
    )
    permissions.check_visible(by, doing.subject)
    # The state comes first: a wrong stage is a matter of order, told with the step that is missing.
    if State(loaded.case.state) not in doing.step.from_states:
        raise Refused([_wrong_state(doing)])
    permissions.check(by, doing.step.action, doing.subject)
    return doing


def check_guards(doing: Doing) -> None:
    """Every guard of the step, collected."""
    refusals = [r for guard in doing.step.guards if (r := guard(doing.loaded.facts, doing.today))]
    if refusals:
        raise Refused(refusals)


def _wrong_state(doing: Doing) -> Refusal:
    here = TITLES[State(doing.case.state)]
    wanted = "、".join(TITLES[state] for state in doing.step.from_states)
    return Refusal(
        "wrong-stage",
        f"案件现在处于“{here}”，不能{doing.step.title}。这一步在“{wanted}”阶段办理。",
        doing.step.citation,
        "case",
    )


def conclude(
    doing: Doing,
    *,
    to_state: State | None = None,
    outcome: str = "done",
    opinion: str = "",
    changed: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
    limit_start: date | None = None,
) -> Case:
    """Write the step and everything that follows from its row; exactly one journal entry.

    ``to_state`` overrides the row's (returns, partial payments). ``limit_start`` is the event date of the limits the
    step starts (e.g. the effective service date), default the day of the act.
    """
    case, step = doing.case, doing.step
    from_state = State(case.state)
    target = to_state or step.to_state or from_state
    _save(doing, {"state": target, **(changed or {})})
    Step.objects.create(
        case=case, code=step.code, by=doing.by, at=doing.at, from_state=from_state, to_state=target, outcome=outcome,
        opinion=opinion,
    )  # fmt: skip
    if outcome == "done" and (target == step.to_state or step.to_state is None):
        for code in step.stops:
            stop_limit(case, code, doing.today)
        for code in step.starts:
            start_limit(case, code, limit_start or doing.today)
    journal.record(
        f"case.{step.code}" if outcome == "done" else f"case.{step.code}.{outcome}",
        by=doing.by,
        on=("case", case.pk),
        details={"from": from_state, "to": target, "version": case.version, **(details or {})},
    )
    return case


def _save(doing: Doing, changed: dict[str, Any]) -> None:
    case = doing.case
    for name, value in changed.items():
        setattr(case, name, value)
    case.version += 1
    case.updated_at, case.updated_by = doing.at, doing.by
    case.save(update_fields=sorted({"version", "updated_at", "updated_by", *changed}))


def start_limit(case: Case, code: str, start: date) -> Deadline:
    """Start a statutory limit; one that still runs is cancelled and starts anew (e.g. a renewed notice)."""
    Deadline.objects.filter(case=case, code=code, state=DeadlineState.RUNNING).update(state=DeadlineState.CANCELLED)
    due = compute(code, start)
    return Deadline.objects.create(
        case=case,
        code=code,
        started_on=start,
        due=due.due,
        due_strict=due.due_strict,
        due_lenient=due.due_lenient,
        provisional=due.provisional,
    )


def stop_limit(case: Case, code: str, on: date) -> None:
    """The thing was done: met, or met late."""
    for limit in Deadline.objects.filter(case=case, code=code, state=DeadlineState.RUNNING):
        limit.state = DeadlineState.MET if on <= limit.due else DeadlineState.MET_LATE
        limit.ended_on = on
        limit.save(update_fields=["state", "ended_on"])


def send_back(doing: Doing, reason: str, **changed: Any) -> Case:
    """Return the case to the step's ``returns_to`` with a reason; the limits keep running."""
    if not reason.strip():
        raise Refused([Refusal("return-reason", "请写明退回的原因，承办人要照它补正。", doing.step.citation, "")])
    return conclude(
        doing,
        to_state=doing.step.returns_to,
        outcome="returned",
        opinion=reason,
        changed={"returned_reason": reason[:500], **changed},
    )
