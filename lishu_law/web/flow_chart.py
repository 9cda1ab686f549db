"""Flow charts drawn by the server from a table of states and steps: geometry only, in the units of a 360 px wide picture.

The boxes stand under each other in the order of the procedure. A step to the next box is an arrow down; every other step
leaves its box to the right and runs along a line that all steps to the same box share. Beside a chart stands its table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH = 360
BOX_LEFT, BOX_RIGHT, BOX_CHARS = 2, 142, 10
LABEL_LEFT = BOX_RIGHT + 8
MIDDLE = 30  # of the arrows down
LINE, LANE, HEAD = 15, 9, 5
CHAR = 12  # the width of one Chinese character of a label


@dataclass(frozen=True)
class Arrow:
    """One step: from a box (empty: the beginning) to a box, in the words that stand beside it."""

    start: str
    end: str
    words: str


@dataclass(frozen=True)
class Flow:
    """What to draw: boxes in order, each with key and words; ``outside`` are boxes of another procedure."""

    title: str
    boxes: tuple[tuple[str, str], ...]
    arrows: tuple[Arrow, ...]
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Text:
    x: int
    y: int
    words: str


@dataclass(frozen=True)
class Box:
    y: int
    height: int
    kind: str  # "", "end", "outside"


@dataclass(frozen=True)
class Line:
    """A path of the picture; ``is_back`` runs up to an earlier box."""

    path: str
    is_back: bool = False


@dataclass
class Drawing:
    """Everything the template writes down, in any order."""

    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    width: int = WIDTH
    box_left: int = BOX_LEFT
    box_width: int = BOX_RIGHT - BOX_LEFT


@dataclass
class _Exit:
    """The steps from one box to another that is not the next one."""

    row: int
    end: int
    words: list[str]
    y: int = 0


def draw(flow: Flow) -> Drawing:
    """The geometry of a flow chart."""
    return _Sheet(flow).drawn()


def wrapped(words: str, most: int) -> list[str]:
    """The words in lines of at most ``most`` characters; what stands in brackets at the end begins a line of its own."""
    said, bracket, inside = words.rpartition("（")
    if said and len(words) > most and len(inside) < most:
        return [*wrapped(said, most), f"{bracket}{inside}"]
    count = -(-len(words) // most) or 1
    size = -(-len(words) // count)
    return [words[place : place + size] for place in range(0, len(words), size)]


class _Sheet:
    """One chart on its way to the picture."""

    def __init__(self, flow: Flow) -> None:
        self.flow, self.made = flow, Drawing()
        self.rows = {key: row for row, (key, _words) in enumerate(flow.boxes)}
        self.down: dict[int, list[str]] = {}
        self.entries: dict[int, list[str]] = {}
        self.exits: dict[tuple[int, int], _Exit] = {}
        for arrow in flow.arrows:
            self._sort(arrow)
        self.lanes = _lanes(self.exits.values())
        count = max(self.lanes.values(), default=-1) + 1
        self.lanes_left = WIDTH - 2 - LANE * count
        self.label_chars = max(4, (self.lanes_left - LABEL_LEFT) // CHAR)

    def _sort(self, arrow: Arrow) -> None:
        start, end = self.rows.get(arrow.start, -1), self.rows[arrow.end]
        if start == end:
            return  # done again in the same state: the table says so
        if end == start + 1:
            self.down.setdefault(end, []).append(arrow.words)
        elif start < 0:
            self.entries.setdefault(end, []).append(arrow.words)
        else:
            found = self.exits.setdefault((start, end), _Exit(start, end, []))
            found.words.append(arrow.words)

    def drawn(self) -> Drawing:
        y, arrivals = 4, {}
        leaving = {start for start, _end in self.exits} | {end - 1 for end in self.down}
        for row, (key, words) in enumerate(self.flow.boxes):
            y = self._arrow_down(row, y)
            kind = "outside" if key in self.flow.outside else "" if row in leaving else "end"
            arrivals[row], y = self._box(row, wrapped(words, BOX_CHARS), y, kind)
        for end, lane in self.lanes.items():
            self._lane(end, self.lanes_left + LANE * lane, arrivals[end])
        self.made.height = y + 4
        return self.made

    def _arrow_down(self, row: int, y: int) -> int:
        words = list(dict.fromkeys(self.down.get(row, [])))
        if not words:
            return y + (10 if row else 0)
        chars = (self.lanes_left - MIDDLE - 10) // CHAR
        lines = [line for one in words for line in wrapped(one, chars)]
        bottom = y + LINE * len(lines) + 14
        self.made.lines.append(Line(f"M{MIDDLE} {y}V{bottom - HEAD}"))
        self.made.heads.append(f"M{MIDDLE} {bottom}l-{HEAD} -{HEAD + 3}h{2 * HEAD}z")
        self._write(MIDDLE + 10, y + LINE + 3, lines)
        return bottom

    def _box(self, row: int, title: list[str], y: int, kind: str) -> tuple[int, int]:
        """Draw one box and what leaves it; returns where lines arrive and where the box ends."""
        place = y + 4
        for words in self.entries.get(row, []):
            place = self._entry(words, place)
        arrival = place + 8
        if row in self.lanes:
            place += 20
        for one in (found for (start, _end), found in self.exits.items() if start == row):
            lines = [line for words in dict.fromkeys(one.words) for line in wrapped(words, self.label_chars)]
            self._write(LABEL_LEFT, place + 11, lines)
            one.y = place + LINE * len(lines)
            place = one.y + 5
        height = max(LINE * len(title) + 17, place - y + 2)
        self.made.boxes.append(Box(y, height, kind))
        top = y + (height - LINE * len(title)) // 2 + 12
        self._write(BOX_LEFT + 10, top, title)
        return arrival, y + height

    def _entry(self, words: str, place: int) -> int:
        lines = wrapped(words, self.label_chars)
        self._write(LABEL_LEFT + HEAD, place + 11, lines)
        y = place + LINE * len(lines)
        self.made.lines.append(Line(f"M{self.lanes_left - 4} {y}H{BOX_RIGHT + HEAD}"))
        self._head_left(y)
        return y + 5

    def _lane(self, end: int, x: int, arrival: int) -> None:
        into = [one for (_start, to), one in self.exits.items() if to == end]
        is_back = all(one.row > end for one in into)
        ys = [one.y for one in into]
        for y in ys:
            self.made.lines.append(Line(f"M{BOX_RIGHT} {y}H{x}", is_back))
        top, bottom = min([*ys, arrival]), max([*ys, arrival])
        self.made.lines.append(Line(f"M{x} {top}V{bottom}", is_back))
        self.made.lines.append(Line(f"M{x} {arrival}H{BOX_RIGHT + HEAD}", is_back))
        self._head_left(arrival)

    def _head_left(self, y: int) -> None:
        self.made.heads.append(f"M{BOX_RIGHT} {y}l{HEAD + 3} -{HEAD}v{2 * HEAD}z")

    def _write(self, x: int, y: int, lines: Sequence[str]) -> None:
        self.made.texts += [Text(x, y + LINE * place, line) for place, line in enumerate(lines)]


def _lanes(exits: Iterable[_Exit]) -> dict[int, int]:
    """Which line, counted from the boxes, leads to each box; lines beside each other never share a place."""
    spans: dict[int, list[int]] = {}
    for one in exits:
        spans.setdefault(one.end, [one.end]).append(one.row)
    taken: list[list[tuple[int, int]]] = []
    found: dict[int, int] = {}
    for end, rows in sorted(spans.items(), key=lambda item: (max(item[1]) - min(item[1]), item[0])):
        low, high = min(rows), max(rows)
        lane = next(
            (place for place, used in enumerate(taken) if all(high < a or b < low for a, b in used)), len(taken)
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found[end] = lane
    return found
