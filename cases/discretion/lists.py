"""The gates before any tier: 先行责令改正 (the element 拒不改正 is missing) and the exemption lists.

A list row wins when all its conditions hold and nothing bars it: obstruction, serious harm, a refused order or blocked
traffic. Every row looked at is kept with the outcome of each condition, because a listed matter that is not exempted
needs its reasons in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cases.discretion.benchmark import FIRST_ONLY, BenchmarkRow, ListRow
from cases.discretion.conditions import Condition, Node, Truth, evaluate, names_in, parse, unknown_facts
from cases.discretion.facts import VARIABLES, Facts
from cases.discretion.result import Clause, ListCheck
from cases.discretion.wording import findings, requirement

_NOTHING = parse("")
_BAR = parse("obstruct or harm=='serious' or order_refused or blocked_minutes>0 or traffic_affected")


class MissingFacts(Exception):
    """The outcome depends on facts nobody has stated yet."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        super().__init__("、".join(VARIABLES[name].label for name in sorted(self.names)))


@dataclass(frozen=True)
class Gate:
    """Outcome of an exemption: the list row or rank-0 row that exempts, and everything that was checked."""

    checks: tuple[ListCheck, ...]
    row: BenchmarkRow | None = None
    is_exempt: bool = False
    missing: frozenset[str] = frozenset()


def holds(row: BenchmarkRow, facts: Facts) -> Truth:
    """Whether branch and condition of a tier are true."""
    branch = row.branch.holds(facts)
    if branch is False:
        return False
    condition = row.condition.holds(facts)
    if branch and condition:
        return True
    return False if condition is False else None


def open_facts(row: BenchmarkRow, facts: Facts) -> frozenset[str]:
    """Facts still needed to know whether a tier row holds: the branch first, then the condition."""
    return unknown_facts(row.branch, facts) or unknown_facts(row.condition, facts)


def applies_order_first(listed: Iterable[ListRow], facts: Facts) -> ListRow | None:
    """The 先行责令改正 row whose element is missing, so that only an order is possible. Raises ``MissingFacts``."""
    for row in listed:
        condition = _condition(row)
        truth = condition.holds(facts)
        if truth is None:
            raise MissingFacts(unknown_facts(condition, facts))
        if truth:
            return row
    return None


def check_exemptions(
    listed: Iterable[ListRow], rows: tuple[BenchmarkRow, ...], facts: Facts, *, is_first: bool = True
) -> Gate:
    """Look at every list row and rank-0 row. Nothing bars where the text in force has no sanction left at all.

    ``is_first`` is what the register answered beside the counters: by vehicle or driver too, decisions not to penalise
    included.
    """
    can_bar = any(row.tier_rank for row in rows)
    checks = tuple(_check(row, facts, can_bar=can_bar, is_first=is_first or not can_bar) for row in listed)
    barred = _BAR.holds(facts) if can_bar else False
    missing: set[str] = set()
    winner: BenchmarkRow | None = None
    for row in rows:
        is_open = row.tier_rank == 0 and (is_first or not can_bar or not _asks_for_first(row))
        truth = holds(row, facts) if is_open else False
        if truth and barred is False:
            winner = winner or row
        elif truth is None and not barred:
            missing |= open_facts(row, facts)
        elif truth and barred is None:
            missing |= unknown_facts(_BAR, facts)
    for check in checks:
        if check.outcome == "unknown":
            condition = _condition(check.row)
            missing |= unknown_facts(condition, facts) or unknown_facts(_BAR, facts)
    is_exempt = winner is not None or any(check.outcome == "applied" for check in checks)
    return Gate(checks, winner, is_exempt, frozenset() if is_exempt else frozenset(missing))


def bars(facts: Facts) -> str:
    """What bars an exemption on these facts, in words; empty when nothing does."""
    return findings(tuple(_BAR.deciding(facts)), facts)


def _asks_for_first(row: BenchmarkRow) -> bool:
    return any(name.startswith("prior_same") for name in row.condition.names)


def _condition(row: ListRow) -> Condition:
    return row.condition or _NOTHING


def _found(clause: Node, facts: Facts) -> str:
    return findings(tuple(names_in(clause)), facts)


def _check(row: ListRow, facts: Facts, *, can_bar: bool, is_first: bool) -> ListCheck:
    condition = _condition(row)
    clauses = tuple(
        Clause(requirement(node), _found(node, facts), evaluate(node, facts)) for node in condition.clauses()
    )
    truth = condition.holds(facts)
    barred = _BAR.holds(facts) if can_bar else False
    if truth is False:
        unmet = [clause for clause in clauses if clause.met is False]
        wanted = "、".join(clause.requirement for clause in unmet)
        found = "；".join(dict.fromkeys(clause.finding for clause in unmet))
        return ListCheck(row, "not_applied", clauses, f"该项要求{wanted}，本案{found}，不符合该项全部条件，不予适用。")
    if truth and not is_first and row.list_type == FIRST_ONLY:
        return ListCheck(row, "barred", clauses, "首违查询查到以往的同类决定，不是初次违法，不予适用。")
    if truth and barred:
        return ListCheck(row, "barred", clauses, f"虽符合该项列明的条件，但{bars(facts)}，不予适用。")
    if truth and barred is False:
        return ListCheck(row, "applied", clauses, "该项条件全部符合，予以适用。")
    return ListCheck(row, "unknown", clauses, "还有事实没有查明，暂时不能判断是否适用。")
