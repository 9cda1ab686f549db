"""From a range to yuan: multiples and percentages, the overload formula, narrowing, rounding, 减轻.

All shares and steps here are the project's documented defaults of the discretion algorithm, gathered in one place; the
overload formula is 超限运输车辆行驶公路管理规定第四十三条, its whole-tonne floor a convention.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from cases.discretion.benchmark import BASES, BenchmarkRow
from cases.discretion.facts import Facts
from cases.discretion.result import Range

CENT = Decimal("0.01")
WHOLE = Decimal(1)
SHARE_OF_TIER = Decimal("0.3")
LOWEST_SHARE = Decimal("0.1")
OVERLOAD_STEP_KG = Decimal(1000)
OVERLOAD_STEP_YUAN = Decimal(500)


def base_of(unit: str, facts: Facts) -> Decimal | None:
    """Yuan per unit; None where the sum the statute counts from is missing or nothing."""
    if unit not in BASES:
        return WHOLE
    name, factor = BASES[unit]
    amount = facts.get(name)
    return Decimal(amount) * factor if amount else None


def in_yuan(span: Range, facts: Facts) -> Range | None:
    """The range in yuan and cents, never wider than the original; None where its base is not known."""
    base = base_of(span.unit, facts)
    if base is None:
        return None
    low = (span.minimum * base).quantize(CENT, ROUND_CEILING)
    high = (span.maximum * base).quantize(CENT, ROUND_FLOOR)
    return Range(low, max(low, high))


def tier_range(row: BenchmarkRow, facts: Facts) -> Range:
    """The range of a fine row. The overload formula gives one computed amount."""
    if row.penalty_unit == "formula_mass":
        steps = Decimal(facts["over_kg"]) // OVERLOAD_STEP_KG
        amount = min(max(steps * OVERLOAD_STEP_YUAN, row.penalty_min), row.penalty_max)
        return Range(amount, amount)
    return Range(row.penalty_min, row.penalty_max, row.penalty_unit)


def lower_part(span: Range) -> Range:
    """The lower 30 % (only mitigating circumstances); a fixed amount stays."""
    return Range(span.minimum, _inner(span, span.minimum + _share(span)), span.unit)


def upper_part(span: Range) -> Range:
    """The upper 30 % (only aggravating circumstances); a fixed amount stays."""
    return Range(_inner(span, span.maximum - _share(span)), span.maximum, span.unit)


def reduced(statute: Range) -> Range | None:
    """减轻: whole yuan from a tenth of the statutory minimum to one yuan below it; None where there is no minimum."""
    highest = statute.minimum.quantize(WHOLE, ROUND_CEILING) - 1
    lowest = (statute.minimum * LOWEST_SHARE).quantize(WHOLE, ROUND_CEILING)
    return Range(lowest, highest) if lowest <= highest and lowest > 0 else None


def suggested(span: Range, facts: Facts, cap: Decimal | None) -> Decimal | None:
    """The middle of the range in yuan, rounded down and kept inside; ``cap`` is the most the older text would give."""
    yuan = in_yuan(span, facts)
    if yuan is None:
        return None
    ceiling = yuan.maximum if cap is None else min(yuan.maximum, cap)
    if ceiling <= yuan.minimum:
        return ceiling.quantize(CENT)
    if span.unit.startswith("x_") and ceiling == yuan.maximum:
        multiple = ((span.minimum + span.maximum) / 2).quantize(LOWEST_SHARE, ROUND_FLOOR)
        middle = multiple * (base_of(span.unit, facts) or WHOLE)
    else:
        middle = (yuan.minimum + ceiling) / 2
    return min(max(_rounded_down(middle), yuan.minimum), ceiling).quantize(CENT)


def _rounded_down(amount: Decimal) -> Decimal:
    step = Decimal(100) if amount >= 1000 else Decimal(10) if amount >= 10 else WHOLE
    return amount // step * step


def _share(span: Range) -> Decimal:
    return (span.maximum - span.minimum) * SHARE_OF_TIER


def _inner(span: Range, bound: Decimal) -> Decimal:
    return bound.quantize(WHOLE, ROUND_FLOOR) if span.unit == "yuan" and not span.is_fixed else bound
