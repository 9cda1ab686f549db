"""The case page's task list: computed from the same table and guards that permit the acts (ux.md §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cases.procedure.facts import CaseFacts
from cases.procedure.guards.notice import is_renewed
from cases.procedure.overlay import felling
from cases.procedure.states import ROAD, SUMMARY, Procedure, State, has_passed
from cases.procedure.steps import GROUPS, STEPS, StepType
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
OPTIONAL = frozenset({"add_evidence", "record_questioning", "record_payment"})


def tasks(facts: CaseFacts, today: date, *, returned_reason: str = "") -> tuple[Task, ...]:
    """Every step of the case's road with its status, in order: its procedure's rows that concern it."""
    rows = [step for step in STEPS if not step.is_side and _is_on_the_road(step, facts) and step.applies(facts)]
    # What both procedures share comes last; rows of one group stand together, whichever part they come from.
    rows.sort(key=lambda step: (step.procedure != facts.procedure, GROUPS.index(step.group)))
    return tuple(_task(step, facts, today, returned_reason) for step in rows)


def _is_on_the_road(step: StepType, facts: CaseFacts) -> bool:
    """The rows of the case's procedure; a summary case ends in the archive, and an unpaid one in the common execution."""
    if step.procedure == facts.procedure:
        return True
    is_joint = any(state in SUMMARY for state in step.from_states)
    executes = "pass_to_execution" in facts.done and any(_is_execution(state) for state in step.from_states)
    return facts.procedure == Procedure.SUMMARY and (is_joint or executes)


def _is_execution(state: State) -> bool:
    return state in ROAD and ROAD.index(state) >= ROAD.index(State.PERFORMANCE)


def side_steps(facts: CaseFacts) -> tuple[StepType, ...]:
    """What may be done beside the road now: side rows of the present state that concern the case and need no part.

    Their guards are asked on their own pages, where the refusals with their cures are shown at once.
    """
    return tuple(
        s for s in STEPS if _is_beside(s, facts) and not s.part and facts.state in s.from_states and s.applies(facts)
    )


def _is_beside(step: StepType, facts: CaseFacts) -> bool:
    """A side row; and the discretion once more, where a changed proposal is told again."""
    chosen_again = step.code == "set_discretion" and facts.state is State.NOTICE_DUE and is_renewed(facts)
    return step.is_side or chosen_again


def part_steps(facts: CaseFacts, part: str) -> tuple[StepType, ...]:
    """The rows that work on sub-objects of one kind in the present state; ``applies`` reads the focused object."""
    return tuple(s for s in STEPS if s.part == part and facts.state in s.from_states and s.applies(facts))


def next_task(found: tuple[Task, ...]) -> Task | None:
    """The one highlighted row: the first that is ready and neither optional nor already done."""
    ready = [task for task in found if task.status in {"ready", "returned"}]
    return next((task for task in ready if task.step.code not in OPTIONAL), ready[0] if ready else None)


def _task(step: StepType, facts: CaseFacts, today: date, returned_reason: str) -> Task:
    done_at = facts.done.get(step.code) or _done_on_the_way(step, facts)
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


def _done_on_the_way(step: StepType, facts: CaseFacts) -> datetime | None:
    """A seizure on the spot writes its own on-scene record (强制法18第七项): nobody has to write it twice."""
    if step.code != "record_onscene":
        return None
    return next((one.ended_at for one in facts.transcripts if one.kind == "onscene"), None)


def is_settled(step: StepType, facts: CaseFacts) -> bool:
    """Is there nothing to do at this row: it concerns another case, or was done in the present round?"""
    done_at = facts.done.get(step.code)
    return bool(_not_needed(step, facts)) or bool(done_at and _still_holds(step, facts, done_at))


def _not_needed(step: StepType, facts: CaseFacts) -> str:
    if step.code == "record_discussion" and not facts.discussion_due:
        return "未达到集体讨论标准"
    if step.code == "review_defence" and facts.defence and facts.defence.kind in {"none", "waiver"}:
        return "当事人未陈述申辩"
    if step.code == "review_defence" and not facts.defence and facts.state in {State.HEARING, State.LEGAL_REVIEW}:
        return "当事人没有另行陈述申辩"
    if step.code == "record_payment" and facts.decided_on and not facts.decision_amount:
        return "原处罚决定已经失去效力" if felling(facts) else "没有罚款"
    return ""


def _is_behind(step: StepType, state: State) -> bool:
    return bool(step.from_states) and all(has_passed(state, start) for start in step.from_states)


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
        return facts.notice is not None and facts.notice.is_current
    if step.code == "review_defence":
        return facts.defence is None or facts.defence.is_reviewed
    if step.code == "verify_duties":
        return not facts.execution.open_duties
    return step.to_state is None


def _was_returned(step: StepType, facts: CaseFacts) -> bool:
    return bool(facts.done.get(step.code))


def _why_locked(step: StepType, facts: CaseFacts) -> str:
    """Which earlier step is missing: the last one on the road that leads into this row's state."""
    road = (s for s in STEPS if s.procedure == facts.procedure and not s.is_side)
    before = next((s for s in road if s.to_state in step.from_states and s.to_state is not None), None)
    return f"要先{before.title}" if before else "还没到这一步"
