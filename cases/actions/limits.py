"""The clocks of a case: start, stop, cancel, pause, resume, extend, compute again. One engine for every limit.

Called inside an action's transaction; the end is always computed from the stored start, pauses and extensions, never
added to a stored end (law/procedure.md §0.5-6).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cases.models import Case, Deadline, DeadlineState
from cases.queries.limits import due_of
from lishu_law import clock
from lishu_law.law.lights import message_instants
from lishu_law.law.limits import Due, Unit, find
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry import holidays

_END_FIELDS = ("due", "due_at", "due_strict", "due_lenient", "provisional", "tell_at")


def start_limit(case: Case, code: str, start: date, *, part: str = "") -> Deadline:
    """Start a limit; one of the same code and part that still runs is cancelled and starts anew (renewed notice).

    ``start`` is the event's date; limits in hours need the aware instant.
    """
    holidays.hold()
    cancel_limit(case, code, part=part)
    limit = Deadline(case=case, code=code, part=part, length=_local_length(code, start), **_started(code, start))
    _set_end(limit)
    limit.save(force_insert=True)
    return limit


def stop_limit(case: Case, code: str, on: date, *, part: str = "") -> None:
    """The thing was done: met, or met late. ``on`` may be an aware instant for limits in hours."""
    day = clock.local(on).date() if isinstance(on, datetime) else on
    for limit in running(case, code, part=part):
        is_late = on > limit.due_at if limit.due_at and isinstance(on, datetime) else day > limit.due
        limit.state = DeadlineState.MET_LATE if is_late else DeadlineState.MET
        limit.ended_on = day
        limit.save(update_fields=["state", "ended_on"])


def cancel_limit(case: Case, code: str, *, part: str = "") -> None:
    """The limit no longer matters (its cause fell away)."""
    running(case, code, part=part).update(state=DeadlineState.CANCELLED)


def cancel_all(case: Case, *, keep: tuple[str, ...] = ()) -> None:
    """Every clock of the case and its parts stands still for good, but those named."""
    Deadline.objects.filter(case=case, state=DeadlineState.RUNNING).exclude(code__in=keep).update(
        state=DeadlineState.CANCELLED
    )


def pause_limit(case: Case, code: str, on: date, reason: str, *, document: str = "", part: str = "") -> None:
    """The clock stands still from ``on`` (that day still counts) until :func:`resume_limit`; only on a legal ground."""
    for limit in running(case, code, part=part):
        if limit.is_paused:
            continue
        limit.pauses = [*limit.pauses, {"from": on.isoformat(), "to": None, "reason": reason, "document": document}]
        limit.tell_at = None  # nobody is reminded of a clock that stands still
        limit.save(update_fields=["pauses", "tell_at"])


def resume_limit(case: Case, code: str, on: date, *, part: str = "") -> None:
    """The pause ends with ``on``; the remaining days run on from the day after."""
    for limit in running(case, code, part=part):
        if not limit.is_paused:
            continue
        limit.pauses = [*limit.pauses[:-1], {**limit.pauses[-1], "to": on.isoformat()}]
        recompute(limit, on=on, why=f"停止计时结束（{limit.pauses[-1]['reason']}）")


def extend_limit(
    case: Case, code: str, extension: str, *, days: int | None = None, document: str = "", part: str = ""
) -> None:
    """Lengthen a running limit by the extension the law knows for it (``coerce-extend``, ``decide-90d-extend``)."""
    for limit in running(case, code, part=part):
        limit.extensions = [*limit.extensions, {"code": extension, "days": days, "document": document}]
        recompute(limit, on=clock.today(), why=f"批准延长（{find(extension).title}）")


def recompute(limit: Deadline, *, on: date | None = None, why: str = "重新计算") -> bool:
    """Compute the end again (after a pause, an extension, a newly published holiday); whether it changed.

    ``on`` (default today) and ``why`` are kept with the old and the new end, for the panel 怎么算的.
    """
    holidays.hold()
    return recompute_held(limit, on=on, why=why)


def recompute_held(limit: Deadline, *, on: date | None, why: str) -> bool:
    """:func:`recompute` for a caller who holds the calendar already."""
    before, readings = limit.due, (limit.due, limit.due_strict, limit.due_lenient, limit.provisional)
    _set_end(limit)
    if limit.due != before:
        move = {
            "on": (on or clock.today()).isoformat(),
            "why": why,
            "from": before.isoformat(),
            "to": limit.due.isoformat(),
        }
        limit.moves = [*limit.moves, move]
    limit.save(update_fields=[*_END_FIELDS, "pauses", "extensions", "moves"])
    return readings != (limit.due, limit.due_strict, limit.due_lenient, limit.provisional)


def told(limit: Deadline, at: datetime) -> None:
    """The message of the instant ``at`` went out: the next one is what comes after it."""
    limit.told_at = at
    limit.tell_at = _next_message(limit, due_of(limit))
    limit.save(update_fields=["told_at", "tell_at"])


def running(case: Case, code: str, *, part: str = "") -> Any:
    """The running limit of this code (none or one) as a queryset."""
    return Deadline.objects.filter(case=case, code=code, part=part, state=DeadlineState.RUNNING)


def _started(code: str, start: date) -> dict[str, Any]:
    if isinstance(start, datetime):
        in_hours = find(code).unit is Unit.HOURS
        return {"started_on": clock.local(start).date(), "started_at": start if in_hours else None}
    return {"started_on": start, "started_at": None}


def _local_length(code: str, start: date) -> int | None:
    """The dated parameter's value where the limit is a local one; kept, so that a later change touches no old case."""
    parameter = find(code).parameter
    day = clock.local(start).date() if isinstance(start, datetime) else start
    return int(DEFAULT_PARAMETERS.number(parameter, day)) if parameter else None


def _set_end(limit: Deadline) -> None:
    due = due_of(limit)
    if isinstance(due.due, datetime):
        limit.due_at = due.due
        limit.due = limit.due_strict = limit.due_lenient = clock.local(due.due).date()
    else:
        limit.due, limit.due_strict, limit.due_lenient = due.due, due.due_strict, due.due_lenient
    limit.provisional = due.provisional
    limit.tell_at = _next_message(limit, due)


def _next_message(limit: Deadline, due: Due) -> datetime | None:
    """The first instant of a message after the last one that went out; none while the clock stands still."""
    if limit.is_paused:
        return None
    instants = (at for _kind, at in message_instants(due))
    return next((at for at in instants if limit.told_at is None or at > limit.told_at), None)
