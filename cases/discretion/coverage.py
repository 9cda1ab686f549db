"""Where the tiers of an edition overlap or leave holes, found by trying the facts that can make a difference.

Conditions compare facts with fixed figures, so between two figures nothing changes: trying every figure, its neighbours
and every choice tries everything. Rows of different rank may overlap (the higher wins); of the same rank not, because
then two amounts would be right (同案同罚). A hole is a set of facts for which the edition suggests nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cases.discretion.benchmark import BASES, EXEMPTIONS, ORDER_FIRST, Benchmark, BenchmarkRow
from cases.discretion.conditions import Comparison, Condition, Constant, Every, Name, Negation, Node, Some
from cases.discretion.facts import VARIABLES, Value, complete
from cases.discretion.lists import applies_order_first, check_exemptions, holds
from cases.discretion.wording import findings

MOST_TRIES = 40_000
"""Sets of facts tried for one violation; with more an even selection is tried, and the report says so."""


@dataclass(frozen=True)
class Overlap:
    """Two rows of one rank that both match the same facts."""

    first: BenchmarkRow
    second: BenchmarkRow
    facts: str

    @property
    def differs(self) -> bool:
        """Whether the two amounts differ, so that nobody could say which is right."""
        one, other = self.first, self.second
        return (one.penalty_min, one.penalty_max, one.penalty_unit) != (
            other.penalty_min, other.penalty_max, other.penalty_unit,
        )  # fmt: skip


@dataclass(frozen=True)
class Hole:
    """Facts of a violation for which no tier is given, with one example in words."""

    item: str
    violation: str
    on: date
    facts: str
    tries: int
    missing: int


@dataclass(frozen=True)
class Coverage:
    """What was found. ``idle`` rows never decide anything; ``sampled`` items had too many cases to try all."""

    overlaps: tuple[Overlap, ...]
    holes: tuple[Hole, ...]
    idle: tuple[BenchmarkRow, ...]
    sampled: tuple[str, ...]


def survey(benchmark: Benchmark, items: Iterable[str] | None = None) -> Coverage:
    """Every overlap, hole and idle row of the edition."""
    overlaps: dict[tuple[str, str], Overlap] = {}
    holes: dict[str, Hole] = {}
    winners: set[str] = set()
    sampled = []
    for item in benchmark.items if items is None else items:
        for on in days_of(benchmark.item_rows(item)):
            found = _try_all(benchmark, item, on)
            for overlap in found.overlaps:
                overlaps.setdefault((overlap.first.row_id, overlap.second.row_id), overlap)
            if found.hole is not None:
                holes.setdefault(item, found.hole)
            winners |= found.winners
            if found.sampled:
                sampled.append(item)
    idle = tuple(row for row in benchmark.rows if row.tier_rank and row.row_id not in winners)
    return Coverage(tuple(overlaps.values()), tuple(holes.values()), idle, tuple(dict.fromkeys(sampled)))


def days_of(rows: Iterable[BenchmarkRow]) -> tuple[date, ...]:
    """The first day of every stretch of time in which the same rows are in force."""
    rows = tuple(rows)
    firsts = {row.effective_from for row in rows}
    firsts |= {row.effective_to + timedelta(days=1) for row in rows if row.effective_to and row.effective_to < date.max}
    return tuple(day for day in sorted(firsts) if any(row.in_force(day) for row in rows))


def tries_of(conditions: Iterable[Condition], *, most: int = MOST_TRIES) -> tuple[Iterator[dict[str, Value]], bool]:
    """Completely answered facts that make every difference these conditions can make, and whether some are left out."""
    figures: dict[str, set[Value]] = {}
    for condition in conditions:
        if condition.root is not None:
            _collect(condition.root, figures)
    choices = {name: tuple(_values(name, found)) for name, found in sorted(figures.items())}
    total = 1
    for values in choices.values():
        total *= len(values)
    return _facts(choices, max(1, -(-total // most))), total > most


@dataclass(frozen=True)
class _Tried:
    overlaps: tuple[Overlap, ...]
    hole: Hole | None
    winners: frozenset[str]
    sampled: bool


def _try_all(benchmark: Benchmark, item: str, on: date) -> _Tried:
    rows = benchmark.rows_for(item, on)
    tiers = tuple(sorted((row for row in rows if row.tier_rank), key=lambda row: -row.tier_rank))
    if not tiers:
        return _Tried((), None, frozenset(), sampled=False)
    tries, sampled = tries_of(condition for row in tiers for condition in (row.branch, row.condition))
    overlaps: dict[tuple[str, str], Overlap] = {}
    winners, tried, missing, example = set(), 0, 0, ""
    for facts in tries:
        tried += 1
        matching = _highest(tiers, facts)
        winners |= {row.row_id for row in matching[:1]}
        for first, second in itertools.combinations(matching, 2):
            key = (first.row_id, second.row_id)
            if key not in overlaps:
                overlaps[key] = Overlap(first, second, _words((first, second), facts))
        if not matching and _suggests_nothing(benchmark, item, rows, facts):
            missing += 1
            example = example or _words(tiers, facts)
    hole = Hole(item, tiers[0].violation, on, example, tried, missing) if missing else None
    return _Tried(tuple(overlaps.values()), hole, frozenset(winners), sampled)


def _highest(tiers: tuple[BenchmarkRow, ...], facts: Mapping[str, Value]) -> list[BenchmarkRow]:
    """The matching rows of the highest rank that matches."""
    found: list[BenchmarkRow] = []
    for row in tiers:
        if found and row.tier_rank < found[0].tier_rank:
            break
        if holds(row, facts):
            found.append(row)
    return found


def _suggests_nothing(
    benchmark: Benchmark, item: str, rows: tuple[BenchmarkRow, ...], facts: Mapping[str, Value]
) -> bool:
    """An order or an exemption is an answer too."""
    full = complete(facts)
    if applies_order_first(benchmark.lists_for(item, ORDER_FIRST), full) is not None:
        return False
    return not check_exemptions(benchmark.lists_for(item, *EXEMPTIONS), rows, full).is_exempt


def _words(rows: Iterable[BenchmarkRow], facts: Mapping[str, Value]) -> str:
    names = {name for row in rows for name in row.branch.names | row.condition.names}
    return findings(tuple(sorted(names)), facts)


def _collect(node: Node, figures: dict[str, set[Value]]) -> None:
    if isinstance(node, Every | Some):
        for part in node.parts:
            _collect(part, figures)
    elif isinstance(node, Negation):
        _collect(node.part, figures)
    elif isinstance(node, Comparison):
        for here, there in ((node.left, node.right), (node.right, node.left)):
            if isinstance(here, Name):
                figures.setdefault(here.name, set()).update([there.value] if isinstance(there, Constant) else [])
    elif isinstance(node.operand, Name):
        figures.setdefault(node.operand.name, set())


def _values(name: str, figures: set[Value]) -> Iterator[Value]:
    """Every answer that can make a difference: both Booleans, all choices, each figure with what lies around it."""
    variable = VARIABLES[name]
    if variable.kind == "bool":
        yield from (False, True)
    elif variable.kind == "choice":
        yield from (code for code, _ in variable.choices)
    else:
        step = Decimal(1) if variable.kind == "int" else Decimal("0.01")
        around = {Decimal(0)} | {Decimal(figure) + move for figure in figures for move in (-step, 0, step)}
        yield from (int(value) if variable.kind == "int" else value for value in sorted(around) if value >= 0)


_WINDOWS = ("prior_same_calendar_year", "prior_same_12m", "prior_same_24m", "prior_same_total")
_VEHICLE_WINDOWS = ("prior_same_vehicle_12m", "prior_same_vehicle_total")


def _facts(choices: Mapping[str, tuple[Value, ...]], step: int) -> Iterator[dict[str, Value]]:
    names = tuple(choices)
    for number, values in enumerate(itertools.product(*choices.values())):
        if number % step:
            continue
        facts = dict(zip(names, values, strict=True))
        if _is_nested(facts, _WINDOWS) and _is_nested(facts, _VEHICLE_WINDOWS):
            yield facts


def _is_nested(facts: Mapping[str, Value], windows: tuple[str, ...]) -> bool:
    """A wider window cannot count fewer."""
    counts = [Decimal(facts[name]) for name in windows if name in facts]
    return all(narrow <= wide for narrow, wide in itertools.pairwise(counts))


def base_facts(rows: Iterable[BenchmarkRow]) -> dict[str, Value]:
    """An amount for every sum these rows count from, so that multiples and percentages become yuan."""
    units = {unit for row in rows for unit in (row.penalty_unit, row.statute_unit)}
    return {BASES[unit][0]: Decimal(100_000) for unit in units if unit in BASES}
