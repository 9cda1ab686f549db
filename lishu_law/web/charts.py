"""Column charts drawn by the server: geometry only, in the units of a 360 px wide picture; colours are classes.

A chart never stands alone: the page shows the same figures as a table. Series differ by pattern, not by colour only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 344, 190
LEFT, TOP, BOTTOM = 34, 14, 30
WIDEST = 40
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class ColumnChart:
    """What to draw: one column per label, one part of it per series, from the bottom up."""

    title: str
    series: tuple[str, ...]
    columns: tuple[tuple[str, tuple[int, ...]], ...]
    unit: str = "次"

    @property
    def summary(self) -> str:
        """The picture in a sentence, for who cannot see it."""
        parts = [
            f"{label}："
            + "，".join(f"{name} {value} {self.unit}" for name, value in zip(self.series, values, strict=True))
            for label, values in self.columns
        ]
        return f"{self.title}。" + "；".join(parts)


@dataclass(frozen=True)
class Bar:
    series: int  # from 1
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """Bars, the lines of the scale with their figures, the labels below."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, int], ...]  # y, figure
    labels: tuple[tuple[float, str], ...]  # x of the middle, words


def top_of_scale(most: int) -> tuple[int, int]:
    """(step, top): at most five lines, at 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * 5 >= max(1, most):
                count = -(-max(1, most) // (step * power))
                return step * power, count * step * power
        power *= 10


def draw(chart: ColumnChart) -> Drawing:
    """The geometry of a chart."""
    step, top = top_of_scale(max((sum(values) for _label, values in chart.columns), default=0))
    height = HEIGHT - TOP - BOTTOM
    place = (WIDTH - LEFT) / max(1, len(chart.columns))
    width = round(min(place * 0.6, WIDEST), 1)
    bars, labels = [], []
    for number, (label, values) in enumerate(chart.columns):
        middle = LEFT + (number + 0.5) * place
        x = round(middle - width / 2, 1)
        labels.append((round(middle, 1), label))
        for series, (low, high) in enumerate(pairwise(_running(values)), 1):
            if high > low:
                y = TOP + height * (1 - high / top)
                bars.append(Bar(series, x, round(y, 1), width, round(height * (high - low) / top, 1)))
    lines = tuple((round(TOP + height * (1 - figure / top), 1), figure) for figure in range(0, top + 1, step))
    return Drawing(tuple(bars), lines, tuple(labels))


def _running(values: Sequence[int]) -> list[int]:
    found = [0]
    for value in values:
        found.append(found[-1] + value)
    return found
