"""The case page's task list: computed from the same table and guards that permit the acts (ux.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cases.procedure.facts import CaseFacts
from cases.procedure.states import ORDER, State
from cases.procedure.steps import STEPS, StepType
from lishu_law.errors import Refusal


@dataclass(frozen=True)
class Task:
    """One row: ``status`` is locked, ready, waiting, done, returned or not_needed."""

    step: StepType
    status: str
    note: str = ""
    done_at: datetime | None = None
    refusals: tuple[Refusal, ...] = ()


# Rows that are not the next thing to do but may be done meanwhile.
OPTIONAL = frozenset({"add_evidence", "record_questioning"})


def tasks(facts: CaseFacts, today: date, *, returned_reason: str = "") -> tuple[Task, ...]:
    """Every step of the road with its status, in order."""
    return tuple(_task(step, facts, today, returned_reason) for step in STEPS)


def next_task(found: tuple[Task, ...]) -> Task | None:
    """The one highlighted row: the first that is ready and neither optional nor already done."""
    ready = [task for task in found if task.status in {"ready", "returned"}]
    return next((task for task in ready if task.step.code not in OPTIONAL), ready[0] if ready else None)


def _task(step: StepType, facts: CaseFacts, today: date, returned_reason: str) -> Task:
    done_at = facts.done.get(step.code)
    if reason := _not_needed(step, facts):
        return Task(step, "not_needed", reason)
    if facts.state not in step.from_states:
        if done_at or _is_behind(step, facts.state):
            return Task(step, "done", done_at=done_at) if done_at else Task(step, "not_needed", "未办理")
        return Task(step, "locked", _why_locked(step, facts))
    if done_at and _still_holds(step, facts, done_at):
        return Task(step, "done", done_at=done_at)
    refusals = tuple(r for guard in step.guards if (r := guard(facts, today)))
    if refusals:
        return Task(step, "locked", refusals[0].message, refusals=refusals)
    if returned_reason and step.to_state is not None and _was_returned(step, facts):
        return Task(step, "returned", returned_reason)
    return Task(step, "ready")


def _not_needed(step: StepType, facts: CaseFacts) -> str:
    if step.code == "record_discussion" and not facts.discussion_due:
        return "未达到集体讨论标准"
    if step.code == "review_defence" and facts.defence and facts.defence.kind in {"none", "waiver"}:
        return "当事人未陈述申辩"
    if step.code == "record_payment" and facts.decided_on and not facts.decision_amount:
        return "没有罚款"
    return ""


def _is_behind(step: StepType, state: State) -> bool:
    return bool(step.from_states) and max(ORDER.index(s) for s in step.from_states) < ORDER.index(state)


def _still_holds(step: StepType, facts: CaseFacts, done_at: datetime) -> bool:
    """Was it done in the present round? After a return the opinions of the earlier round no longer count."""
    if step.code in {"recommend_filing", "endorse_report", "endorse_closing"}:
        opened = {
            "recommend_filing": "request_filing",
            "endorse_report": "submit_report",
            "endorse_closing": "propose_closing",
        }[step.code]
        started = facts.done.get(opened)
        return bool(started and done_at >= started)
    if step.code == "verify_evidence":
        return all(item.is_verified for item in facts.evidence)
    if step.code == "issue_notice":
        return facts.notice is not None
    return step.to_state is None


def _was_returned(step: StepType, facts: CaseFacts) -> bool:
    return bool(facts.done.get(step.code))


def _why_locked(step: StepType, facts: CaseFacts) -> str:
    """Which earlier step is missing: the last one on the road that leads into this row's state."""
    before = next((s for s in STEPS if s.to_state in step.from_states and s.to_state is not None), None)
    return f"要先{before.title}" if before else "还没到这一步"
