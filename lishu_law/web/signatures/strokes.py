"""What a signature pad sends, read and judged without trusting it: strokes of points with times (ux.md §13). Pure.

A signature needs three strokes, or five hundred points for those who write without lifting the pen; and it must be
larger than a dot.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from lishu_law.registry.identity import InvalidValue

FEWEST_STROKES, FEWEST_POINTS = 3, 500
SMALLEST_SHARE = 0.08  # of the pad's width: the drawing is at least this wide or high
MOST_STROKES, MOST_POINTS, MOST_CHARACTERS = 300, 20_000, 400_000
WIDEST = 4000
AGAIN = "请在框内写完整的姓名后再提交；不能在屏幕上签的，可以签在纸上拍照上传。"
Point = tuple[int, int, int]  # x, y in pixels of the pad, milliseconds since its first touch


@dataclass(frozen=True)
class Drawn:
    """A drawing on a pad of ``width`` × ``height`` pixels."""

    width: int
    height: int
    strokes: tuple[tuple[Point, ...], ...]

    def as_json(self) -> str:
        return json.dumps({"w": self.width, "h": self.height, "strokes": self.strokes}, separators=(",", ":"))


def parse_strokes(text: str) -> Drawn | None:
    """The drawing in ``text``; None for an untouched pad.

    Raises ``InvalidValue``: ``signature.broken`` for what no pad sends, ``signature.poor`` for a dot or a scratch.
    """
    if not text.strip():
        return None
    drawn = _read(text)
    if not drawn.strokes:
        return None
    _check_enough(drawn)
    return drawn


def _read(text: str) -> Drawn:
    try:
        if len(text) > MOST_CHARACTERS:
            raise ValueError("too long")
        given = json.loads(text)
        width, height = _length(given["w"]), _length(given["h"])
        strokes = tuple(
            tuple(_point(point, width, height) for point in stroke) for stroke in given["strokes"] if len(stroke)
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _broken() from None
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        raise _broken()
    return Drawn(width, height, strokes)


def _length(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= WIDEST:
        raise ValueError(value)
    return value


def _point(point: Any, width: int, height: int) -> Point:
    x, y, moment = point
    if any(not isinstance(one, int) or isinstance(one, bool) for one in (x, y, moment)):
        raise ValueError(point)
    return min(max(x, 0), width), min(max(y, 0), height), min(max(moment, 0), 86_400_000)


def _check_enough(drawn: Drawn) -> None:
    lines = [stroke for stroke in drawn.strokes if len({point[:2] for point in stroke}) > 1]
    points = sum(map(len, drawn.strokes))
    across = [point[0] for stroke in drawn.strokes for point in stroke]
    down = [point[1] for stroke in drawn.strokes for point in stroke]
    size = max(max(across) - min(across), max(down) - min(down))
    is_long_enough = len(lines) >= FEWEST_STROKES or points >= FEWEST_POINTS
    if not lines or not is_long_enough or size < drawn.width * SMALLEST_SHARE:
        raise InvalidValue("signature.poor", f"签名太简单，看不出姓名。{AGAIN}")


def _broken() -> InvalidValue:
    return InvalidValue("signature.broken", f"签名没有传完整。{AGAIN}")
