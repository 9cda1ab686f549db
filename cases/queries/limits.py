"""Running limits as pages show them: title, light, due day, article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cases.models import Deadline
from lishu_law import clock
from lishu_law.law.lights import Light, Timer, light
from lishu_law.law.limits import LIMITS


@dataclass(frozen=True)
class LimitLine:
    """One limit with its light."""

    pk: int
    title: str
    light: Light
    due: str
    citation: str
    provisional: bool


def limit_lines(limits: Iterable[Deadline]) -> list[LimitLine]:
    """Lights of the limits as of today."""
    today, lines = clock.today(), []
    for limit in limits:
        rule = LIMITS[limit.code]
        timer = Timer(limit.started_on, limit.due, rule.lapses, limit.ended_on)
        lines.append(
            LimitLine(
                limit.pk, rule.title, light(timer, today), f"{limit.due:%Y-%m-%d}",
                "；".join(str(cite) for cite in rule.citation[:1]), limit.provisional,
            )
        )  # fmt: skip
    return lines
