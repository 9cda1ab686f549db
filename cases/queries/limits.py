"""Running limits as pages show them: title, light, due day, article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cases.models import Deadline
from lishu_law import clock
from lishu_law.law.counting import Pause
from lishu_law.law.lights import Light, Timer, days_used, light
from lishu_law.law.limits import LIMITS, Due, Extension, compute


@dataclass(frozen=True)
class LimitLine:
    """One limit with its light."""

    pk: int
    title: str
    light: Light
    due: str
    citation: str
    provisional: bool


def limit_lines(limits: Iterable[Deadline], now: datetime | None = None) -> list[LimitLine]:
    """Lights of the limits as of ``now``."""
    moment = now or clock.now()
    return [_line(limit, moment) for limit in limits]


def _line(limit: Deadline, now: datetime) -> LimitLine:
    rule = LIMITS[limit.code]
    due = f"{clock.local(limit.due_at):%Y-%m-%d %H:%M}" if limit.due_at else f"{limit.due:%Y-%m-%d}"
    articles = "；".join(str(cite) for cite in rule.citation[:1])
    return LimitLine(limit.pk, rule.title, light(_timer(limit), now), due, articles, limit.provisional)


def _timer(limit: Deadline) -> Timer:
    lapses, start, end = LIMITS[limit.code].lapses, limit.started_at or limit.started_on, limit.due_at or limit.due
    if limit.is_paused:
        pause = limit.pauses[-1]
        used = days_used(limit.started_on, date.fromisoformat(pause["from"]), _pauses(limit))
        return Timer(start, end, lapses, pause_reason=pause["reason"], days_used=used)
    return Timer(start, end, lapses, limit.ended_on)


def _pauses(limit: Deadline) -> tuple[Pause, ...]:
    return tuple(
        Pause(date.fromisoformat(one["from"]), date.fromisoformat(one["to"]), one["reason"], one["document"])
        for one in limit.pauses
        if one["to"]
    )


def due_of(limit: Deadline) -> Due:
    """The computed end with its derivation: what the panel 怎么算的 shows is what is stored."""
    return compute(
        limit.code,
        limit.started_at or limit.started_on,
        length=limit.length,
        pauses=_pauses(limit),
        extensions=tuple(Extension(one["code"], one["days"]) for one in limit.extensions),
    )
