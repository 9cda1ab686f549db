"""Which tier matches, and how mitigating and aggravating circumstances move inside or above it (steps 7 and 8)."""

from __future__ import annotations

from dataclasses import dataclass

from cases.discretion.amounts import lower_part, tier_range, upper_part
from cases.discretion.benchmark import BenchmarkRow
from cases.discretion.facts import Facts
from cases.discretion.lists import MissingFacts, holds, open_facts
from cases.discretion.request import AGGRAVATING, MITIGATING, Circumstances
from cases.discretion.result import AppliedFactor, Range

ENOUGH_TO_RISE = 2
_PRIORS = frozenset(
    {
        "prior_same_12m",
        "prior_same_24m",
        "prior_same_total",
        "prior_same_calendar_year",
        "prior_same_vehicle_12m",
        "prior_same_vehicle_total",
    }
)
_SAME_CIRCUMSTANCE = {
    "A1": frozenset({"obstruct"}),
    "A3": _PRIORS,
    "A4": frozenset({"order_refused"}),
    "A5": frozenset({"harm"}),
}


@dataclass(frozen=True)
class Placement:
    """The tier after circumstances: its row, its own range, the range open to the officer, and what was weighed."""

    row: BenchmarkRow
    tier_range: Range | None
    range: Range | None
    factors: tuple[AppliedFactor, ...]


def match_tier(rows: tuple[BenchmarkRow, ...], facts: Facts) -> BenchmarkRow | None:
    """The matching row of the highest rank (1–6). Raises ``MissingFacts`` while a higher or only row is undecided."""
    missing: set[str] = set()
    matched: BenchmarkRow | None = None
    for row in sorted(rows, key=lambda candidate: -candidate.tier_rank):
        truth = holds(row, facts) if row.tier_rank else False
        if truth:
            matched = row
            break
        if truth is None:
            missing |= open_facts(row, facts)
    if missing:
        raise MissingFacts(missing)
    return matched


def place(row: BenchmarkRow, rows: tuple[BenchmarkRow, ...], facts: Facts, circumstances: Circumstances) -> Placement:
    """Apply the listed circumstances to a matched tier; those the tier already rests on are not counted again."""
    factors = _factors(row, facts, circumstances)
    mitigating = any(factor.is_mitigating for factor in factors)
    aggravating = sum(1 for factor in factors if factor.counted and not factor.is_mitigating)
    rises = not mitigating and (circumstances.violence or aggravating >= ENOUGH_TO_RISE)
    higher = _next_fine(row, rows, facts) if rises else None
    if higher is not None:
        span = tier_range(higher, facts)
        return Placement(higher, span, span, factors)
    if not row.is_fine:
        return Placement(row, None, None, factors)
    span = tier_range(row, facts)
    if mitigating and not aggravating:
        return Placement(row, span, lower_part(span), factors)
    if aggravating and not mitigating:
        return Placement(row, span, upper_part(span), factors)
    return Placement(row, span, span, factors)


def _next_fine(row: BenchmarkRow, rows: tuple[BenchmarkRow, ...], facts: Facts) -> BenchmarkRow | None:
    above = [
        candidate
        for candidate in rows
        if candidate.tier_rank > row.tier_rank
        and candidate.is_fine
        and candidate.penalty_unit != "formula_mass"
        and candidate.branch.holds(facts)
    ]
    return min(above, key=lambda candidate: candidate.tier_rank, default=None)


def _factors(row: BenchmarkRow, facts: Facts, circumstances: Circumstances) -> tuple[AppliedFactor, ...]:
    chosen_by = {name for name in row.condition.deciding(facts) if facts.get(name) not in (0, False, "none")}
    factors = []
    for code in circumstances.codes():
        mitigating = code in MITIGATING
        text, article = MITIGATING[code] if mitigating else AGGRAVATING[code]
        already = bool(_SAME_CIRCUMSTANCE.get(code, frozenset()) & chosen_by)
        if code == "A1" and circumstances.violence:
            already = False
        citation = f"《中华人民共和国行政处罚法》{article}" if article else ""
        factors.append(AppliedFactor(code, text, citation, mitigating, counted=not already))
    return tuple(factors)
