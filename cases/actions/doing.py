"""The frame every action stands in: lock, may this person, is it lawful now, write, one journal entry.

``begin`` locks the case and asks permission and guards; ``conclude`` writes the step, moves the state, starts and stops
the limits and records the act. Both run inside the transaction of the public action.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from cases import permissions
from cases.actions.late_entry import LateEntry, followed, late_gaps
from cases.actions.limits import start_limit, stop_limit
from cases.models import Case, Step
from cases.procedure.archive import archive_locked
from cases.procedure.states import TITLES, State
from cases.procedure.steps import BY_CODE, StepType
from cases.queries.facts import LoadedCase, load_case
from lishu_law import clock
from lishu_law.access.policy import Subject
from lishu_law.audit import journal
from lishu_law.errors import Conflict, NotFound, Refusal, Refused
from lishu_law.registry import holidays

PAYMENT = "pay-15d"
_NOTED: ContextVar[list[Refusal] | None] = ContextVar("guards_noted", default=None)


@dataclass
class Doing:
    """One act under way."""

    step: StepType
    case: Case
    loaded: LoadedCase
    subject: Subject
    by: Any
    at: datetime
    part_id: int | None = None  # the sub-object the step works on
    late: LateEntry | None = None  # it was done on paper before

    @property
    def happened_at(self) -> datetime:
        """When the act was done: what the paper says, else now."""
        return self.late.written_at if self.late and self.late.written_at else self.at

    @property
    def part(self) -> str:
        """How steps and limits name the sub-object: "measure:12"; empty where the step works on the case itself."""
        kind = self.step.part or self.step.makes
        return f"{kind}:{self.part_id}" if self.part_id is not None else ""

    @property
    def known_part(self) -> int:
        """The id of the sub-object, where the step works on one."""
        if self.part_id is None:
            raise ValueError(f"{self.step.code} works on a {self.step.part}, and none was named")
        return self.part_id

    @property
    def today(self) -> date:
        return clock.local(self.at).date()

    @property
    def happened_on(self) -> date:
        """The day of the act: whether it was lawful is asked of that day, not of the day it was entered."""
        return clock.local(self.happened_at).date()


def lock_case(case_id: int, version: int | None) -> Case:
    """The case row, locked until the transaction ends; ``Conflict`` when the page was older than the record.

    The calendar is held first: whoever publishes holidays waits for the acts under way, never half-way through one.
    """
    holidays.hold()
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


def begin(
    code: str,
    *,
    case_id: int,
    version: int | None,
    by: Any,
    at: datetime | None = None,
    part_id: int | None = None,
    by_law: bool = False,
    late: LateEntry | None = None,
) -> Doing:
    """Lock, load, ask. Raises ``NotFound``, ``Conflict``, ``NotAllowed`` or ``Refused`` with every refusal.

    ``part_id`` names the sub-object of a step that has one; the guards find it in the facts by ``facts.focus``.
    ``late``: it was done on paper before and is only entered now.
    ``by_law``: a period is over and the law draws the consequence itself; nobody's permission is asked, ``by`` is the
    officer whose act began the period.
    """
    lock_case(case_id, version)
    loaded = load_case(case_id)
    subject = permissions.subject_of(loaded.case, loaded.officers, loaded.steps, permissions.involved_in(loaded.facts))
    doing = Doing(BY_CODE[code], loaded.case, loaded, subject, by, at or clock.now(), part_id, late)
    if part_id is not None:
        doing.loaded = replace(loaded, facts=replace(loaded.facts, focus=part_id))
    if not by_law:
        permissions.check_visible(by, doing.subject)
    # The state comes first: a wrong stage is a matter of order, told with the step that is missing.
    state = State(loaded.case.state)
    if state not in doing.step.from_states:
        raise Refused(archive_locked(state, doing.step) or [_wrong_state(doing)])
    if not by_law:
        permissions.check(by, doing.step.action, doing.subject)
    if late and (refusals := late_gaps(loaded.case, late, doing.at, followed(code, loaded.steps))):
        raise Refused(refusals)
    return doing


def check_guards(doing: Doing) -> None:
    """Every guard of the step, collected, as of the day the act was done (a certificate of that day, 处罚法42)."""
    refusals = [r for guard in doing.step.guards if (r := guard(doing.loaded.facts, doing.happened_on))]
    if (noted := _NOTED.get()) is not None:
        noted.extend(refusals)
    elif refusals:
        raise Refused(refusals)


def is_rehearsed() -> bool:
    """Is this act only tried for its pages? Then no file came along, and nothing stays."""
    return _NOTED.get() is not None


@contextmanager
def guards_noted() -> Iterator[list[Refusal]]:
    """Guards write down what they refuse instead of stopping the act. Only for a rehearsal, which never commits."""
    noted: list[Refusal] = []
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)


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
    part_id: int | None = None,
) -> Case:
    """Write the step and everything that follows from its row; exactly one journal entry.

    ``to_state`` overrides the row's (returns, partial payments). ``limit_start`` is the event date of the limits the
    step starts (e.g. the effective service date, or the instant of the event for limits in hours), default the moment
    of the act. ``part_id`` names the sub-object where the act made it.
    """
    if part_id is not None:
        doing.part_id = part_id
    case, step = doing.case, doing.step
    from_state = State(case.state)
    target = to_state or step.to_state or from_state
    _save(doing, {"state": target, **(changed or {})})
    Step.objects.create(
        case=case, code=step.code, by=doing.by, at=doing.at, from_state=from_state, to_state=target, outcome=outcome,
        opinion=opinion, part=doing.part, **_on_paper(doing),
    )  # fmt: skip
    if outcome == "done" and (step.to_state is None or target in (step.to_state, *step.also_to)):
        _turn_clocks(doing, limit_start)
    part = {"part": doing.part} if doing.part else {}
    journal.record(
        f"case.{step.code}" if outcome == "done" else f"case.{step.code}.{outcome}",
        by=doing.by,
        on=("case", case.pk),
        details={"from": from_state, "to": target, "version": case.version, **part, **_told(doing), **(details or {})},
    )
    return case


def _on_paper(doing: Doing) -> dict[str, Any]:
    """What the step keeps of an act that was done on paper before."""
    if doing.late is None:
        return {}
    return {"paper_at": doing.late.written_at, "paper_reason": doing.late.reason.strip()[:300]}


def _told(doing: Doing) -> dict[str, str]:
    """The time for the journal; the reason is typed text and stays on the step, which can be corrected."""
    return {"paper_at": doing.happened_at.isoformat()} if doing.late else {}


def _turn_clocks(doing: Doing, start: date | None) -> None:
    for code in doing.step.stops:
        stop_limit(doing.case, code, doing.at, part=doing.part)
    for code in doing.step.starts:
        if code == PAYMENT and not doing.loaded.facts.decision_amount:
            continue  # 处罚法67第三款 speaks of paying a fine: a warning leaves nothing to pay
        start_limit(doing.case, code, start or doing.happened_at, part=doing.part)


def _save(doing: Doing, changed: dict[str, Any]) -> None:
    case = doing.case
    for name, value in changed.items():
        setattr(case, name, value)
    case.version += 1
    case.updated_at, case.updated_by = doing.at, doing.by
    case.save(update_fields=sorted({"version", "updated_at", "updated_by", *changed}))


def send_back(doing: Doing, reason: str, *, to_state: State | None = None, **changed: Any) -> Case:
    """Return the case to the step's ``returns_to`` (or another state) with a reason; the limits keep running."""
    if not reason.strip():
        raise Refused([Refusal("return-reason", "请写明退回的原因，承办人要照它补正。", doing.step.citation, "")])
    return conclude(
        doing,
        to_state=to_state or doing.step.returns_to,
        outcome="returned",
        opinion=reason,
        changed={"returned_reason": reason[:500], **changed},
    )
