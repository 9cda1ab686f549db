"""从旧兼从轻 (处罚法第三十七条): which text governs when the law or the benchmark changed between act and decision.

The statutory ranges of the branch that applies are compared: kinds first, then ceiling, then floor, multiples turned
into yuan. Equal or heavier: the old text and the benchmark of the act day. Lighter: the new text, the suggestion capped
at what the old benchmark would have given; but where the old text lacked an element for any fine, the old text stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.discretion.amounts import in_yuan, tier_range
from cases.discretion.benchmark import BASES, Benchmark, BenchmarkRow
from cases.discretion.conditions import unknown_facts
from cases.discretion.facts import Facts
from cases.discretion.lists import MissingFacts
from cases.discretion.request import Request
from cases.discretion.result import LawComparison, Range, StatutoryRange
from cases.discretion.tiers import match_tier

_NOTHING, _WARNING, _FINE, _SUSPENSION, _REVOCATION = range(5)
_KIND_WORDS = {
    _NOTHING: "没有处罚",
    _WARNING: "警告",
    _FINE: "罚款",
    _SUSPENSION: "停业整顿、暂扣证件等",
    _REVOCATION: "吊销许可证件",
}
_LAW_37 = "《中华人民共和国行政处罚法》第三十七条"


@dataclass(frozen=True)
class Version:
    """The rows that govern, the day whose text that is, and the comparison if there was anything to compare."""

    rows: tuple[BenchmarkRow, ...]
    on: date
    comparison: LawComparison | None = None


def choose(request: Request, benchmark: Benchmark, earlier: Benchmark | None, facts: Facts) -> Version:
    """The governing rows; none where a day has no row. ``earlier`` is the edition in force on the act day."""
    old_rows = (earlier or benchmark).rows_for(request.item, request.act_ended_on)
    new_rows = benchmark.rows_for(request.item, request.decision_on)
    old_version = Version(old_rows, request.act_ended_on)
    if not old_rows or old_rows == new_rows:
        return old_version
    if not new_rows:
        return Version((), request.decision_on)
    old, new = statutory(old_rows, facts), statutory(new_rows, facts)
    if old is None or new is None:
        text = "行为时与作出决定时的规定无法比较，适用行为时的规定。"
        return Version(old_rows, request.act_ended_on, LawComparison(old, new, "old", text))
    return _compare(old_version, Version(new_rows, request.decision_on), (old, new), facts)


def statutory(rows: tuple[BenchmarkRow, ...], facts: Facts) -> StatutoryRange | None:
    """What the statute allows on the branch that applies; None where no branch does. Raises ``MissingFacts``."""
    applying = [row for row in rows if _branch(row, facts)]
    if not applying:
        return None
    row = max(applying, key=_kind)
    if row.statute_min is None or row.statute_max is None:
        return StatutoryRange(_kind(row), None, None, row.statutory_penalty, row.penalty_provision)
    span = Range(row.statute_min, row.statute_max, row.statute_unit)
    return StatutoryRange(_kind(row), span, in_yuan(span, facts), row.statutory_penalty, row.penalty_provision)


def _branch(row: BenchmarkRow, facts: Facts) -> bool:
    truth = row.branch.holds(facts)
    if truth is None:
        raise MissingFacts(unknown_facts(row.branch, facts))
    base = BASES.get(row.statute_unit, ("", Decimal(0)))[0]
    if truth and base and base not in facts:
        raise MissingFacts({base})
    return truth


def _kind(row: BenchmarkRow) -> int:
    text = row.statutory_penalty
    if "吊销" in text:
        return _REVOCATION
    if any(word in text for word in ("停业", "停产", "停航", "暂扣")):
        return _SUSPENSION
    if row.statute_unit != "none":
        return _FINE
    return _WARNING if "警告" in text else _NOTHING


def _severity(statute: StatutoryRange) -> tuple[int, Decimal, Decimal]:
    span = statute.yuan or statute.range
    return (statute.kind, span.maximum, span.minimum) if span else (statute.kind, Decimal(0), Decimal(0))


def _compare(old: Version, new: Version, ranges: tuple[StatutoryRange, StatutoryRange], facts: Facts) -> Version:
    before, after = ranges
    was, now = _severity(before), _severity(after)
    words = f"违法行为发生时的规定为{_described(before)}，作出决定时的规定为{_described(after)}"
    if before == after:
        return _compare_benchmarks(old, new, before, facts)
    if now >= was:
        relation = "两者相同" if now == was else "新规定处罚更重"
        text = f"{words}，{relation}，依照{_LAW_37}，适用违法行为发生时的规定。"
        return Version(old.rows, old.on, LawComparison(before, after, "old", text))
    old_tier = match_tier(old.rows, facts)
    if old_tier is not None and old_tier.tier_rank == 1 and old_tier.penalty_unit in ("none", "measure"):
        text = f"{words}；按违法行为发生时的规定，尚不具备罚款的前提，依照{_LAW_37}，适用违法行为发生时的规定。"
        return Version(old.rows, old.on, LawComparison(before, after, "old", text))
    cap = _top(old_tier, facts)
    text = f"{words}，新规定处罚较轻，依照{_LAW_37}，适用作出决定时的规定。"
    return Version(new.rows, new.on, LawComparison(before, after, "new", text, cap))


def _compare_benchmarks(old: Version, new: Version, statute: StatutoryRange, facts: Facts) -> Version:
    """Only the benchmark changed: the lighter tier wins, the older one where they are equal."""
    was, now = _top(match_tier(old.rows, facts), facts), _top(match_tier(new.rows, facts), facts)
    if was is not None and now is not None and now < was:
        text = "法律规定没有变化，裁量基准调整后对当事人更有利，适用作出决定时的裁量基准。"
        return Version(new.rows, new.on, LawComparison(statute, statute, "new", text))
    text = "法律规定没有变化，适用违法行为发生时的裁量基准。"
    return Version(old.rows, old.on, LawComparison(statute, statute, "old", text))


def _top(row: BenchmarkRow | None, facts: Facts) -> Decimal | None:
    if row is None or not row.is_fine:
        return None
    yuan = in_yuan(tier_range(row, facts), facts)
    return yuan.maximum if yuan else None


def _described(statute: StatutoryRange) -> str:
    kind = _KIND_WORDS[statute.kind]
    if statute.range is None:
        return kind
    return statute.range.fine_text() + (f"（情节严重的可以{kind}）" if statute.kind > _FINE else "")
