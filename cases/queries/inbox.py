"""待办: what this person must do today, most urgent first, in a fixed number of statements.

Derived from the procedure table: the next station of the road, and the acts of what hangs on the case, each for the
role that acts there. A person's other open cases are named with whom they wait for, so that none is out of sight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from cases import permissions
from cases.models import Case, Deadline, DeadlineState
from cases.procedure.steps import StepType
from cases.procedure.turns import part_acts, turn
from cases.queries.actors import LEADS_ONLY, ROLES
from cases.queries.concerned import MOST, concerned_cases
from cases.queries.facts import LoadedCase
from cases.queries.many import load_many
from lishu_law import clock
from lishu_law.access.policy import Subject
from lishu_law.law.limits import LIMITS
from lishu_law.registry.roles import Role

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class InboxRow:
    """One line of the desk. ``part_id`` is the sub-object the act works on; ``about`` names it."""

    case: Case
    step_code: str
    title: str
    citation: str
    deadline: Deadline | None
    part_id: int | None = None
    about: str = ""

    @property
    def ends_at(self) -> datetime:
        """When it is due, as an instant to sort by; without a running limit the end of days."""
        return end_of(self.deadline)


@dataclass(frozen=True)
class WaitingRow:
    """An open case in which somebody else is next."""

    case: Case
    who: str
    title: str
    deadline: Deadline | None


@dataclass(frozen=True)
class Worklist:
    """``has_more``: the person has more open cases than were looked at."""

    rows: list[InboxRow]
    waiting: list[WaitingRow]
    has_more: bool


def end_of(limit: Deadline | None) -> datetime:
    """The instant after which the limit is over; a limit that stands still comes last."""
    if limit is None or limit.is_paused:
        return _NEVER
    return limit.due_at or datetime.combine(limit.due + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)


def inbox(user: Any, today: date) -> list[InboxRow]:
    """The acts that are this person's turn, most urgent first."""
    return worklist(user).rows


def worklist(user: Any) -> Worklist:
    """Everything open that concerns this person: the own acts, and the cases that wait for others."""
    found = concerned_cases(user)
    if found is None:
        return Worklist([], [], False)
    cases = load_many(found, MOST + 1)
    rows: list[InboxRow] = []
    waiting: list[WaitingRow] = []
    for loaded in cases[:MOST]:
        involved = permissions.involved_in(loaded.facts)
        subject = permissions.subject_of(loaded.case, loaded.officers, loaded.steps, involved)
        if not permissions.can(user, "case.read", subject):
            continue
        mine = list(_own(user, loaded, subject))
        rows += mine
        if not mine and user.has_role(Role.OFFICER):
            waiting += _others(loaded)
    rows.sort(key=lambda row: (row.ends_at, row.case.pk))
    waiting.sort(key=lambda row: (end_of(row.deadline), row.case.pk))
    return Worklist(rows, waiting, len(cases) > MOST)


def _own(user: Any, loaded: LoadedCase, subject: Subject) -> Iterator[InboxRow]:
    station = turn(loaded.facts)
    # Signed and waiting to be issued together is nobody's turn: the page of the signed decisions lists it.
    is_done = station is not None and station.code == "approve_decision" and getattr(loaded.case, "is_signed", False)
    if station and not is_done and _is_theirs(user, station, subject):
        yield _row(loaded, station)
    seen: set[tuple[str, int]] = set()
    for step, one in part_acts(loaded.facts):
        if (step.part, one.id) not in seen and _is_theirs(user, step, subject):
            seen.add((step.part, one.id))  # one line for each object: its first act leads to the others
            yield _row(loaded, step, one)


def _is_theirs(user: Any, step: StepType, subject: Subject) -> bool:
    return user.has_role(*ROLES[step.code]) and permissions.can(user, step.action, subject)


def _row(loaded: LoadedCase, step: StepType, one: Any = None) -> InboxRow:
    part = f"{step.part}:{one.id}" if one is not None else ""
    return InboxRow(
        loaded.case, step.code, step.title, step.citation, _limit(loaded, step, part),
        one.id if one is not None else None, str(getattr(one, "title", "")),
    )  # fmt: skip


def _others(loaded: LoadedCase) -> Iterator[WaitingRow]:
    step = turn(loaded.facts)
    who, title = (step.actor, step.title) if step else ("", loaded.case.state_title)
    yield WaitingRow(loaded.case, who, title, _limit(loaded, step, ""))


def _limit(loaded: LoadedCase, step: StepType | None, part: str) -> Deadline | None:
    """The limit the step stands under; else the nearest duty that runs for the same part or for the case."""
    running = [limit for limit in loaded.deadlines if limit.state == DeadlineState.RUNNING]
    here = sorted((limit for limit in running if limit.part == part), key=end_of)
    own = [limit for limit in here if step and limit.code == step.limit]
    if step and step.limit and part and not own:
        own = [limit for limit in running if limit.code == step.limit and not limit.part]
    duties = [limit for limit in here if not LIMITS[limit.code].lapses]
    return next(iter((*own, *duties)), None)


__all__ = ["LEADS_ONLY", "InboxRow", "WaitingRow", "Worklist", "end_of", "inbox", "worklist"]
