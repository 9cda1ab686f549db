"""Faults of an edition that reading alone does not show: ranges outside the statute, dates the wrong way round.

An import refuses an edition with any of these; overlaps and holes between tiers are reported by the import itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from cases.discretion.benchmark import BASES, Benchmark, BenchmarkRow
from cases.discretion.reading import Fault

_MONEY = {"yuan", *BASES}


def validate(benchmark: Benchmark) -> tuple[Fault, ...]:
    """Every fault, by row and column; empty for an edition that may be used."""
    return tuple(
        Fault("benchmark", line, row.row_id, column, message)
        for line, row in enumerate(benchmark.rows, 1)
        for column, message in _faults(row)
    )


def _faults(row: BenchmarkRow) -> Iterator[tuple[str, str]]:
    if row.effective_to is not None and row.effective_to < row.effective_from:
        yield "effective_to", "失效日期早于生效日期。"
    if row.penalty_min > row.penalty_max:
        yield "penalty_max", "裁量上限低于下限。"
    if row.statute_unit in _MONEY and (row.statute_min is None or row.statute_max is None):
        yield "statute_min", "法定罚款幅度没有写全。"
    elif row.statute_min is not None and row.statute_max is not None and row.statute_min > row.statute_max:
        yield "statute_max", "法定上限低于法定下限。"
    if row.tier_rank == 0 and row.is_fine:
        yield "penalty_unit", "不予处罚的档次不能有罚款。"
    if row.is_fine:
        yield from _outside(row)


def _outside(row: BenchmarkRow) -> Iterator[tuple[str, str]]:
    if row.penalty_unit != row.statute_unit and (row.penalty_unit, row.statute_unit) != ("formula_mass", "yuan"):
        yield "penalty_unit", "裁量幅度与法定幅度的单位不一致。"
        return
    if row.statute_min is not None and row.penalty_min < row.statute_min:
        yield "penalty_min", "裁量下限低于法定下限。"
    if row.statute_max is not None and row.penalty_max > row.statute_max:
        yield "penalty_max", "裁量上限高于法定上限。"
