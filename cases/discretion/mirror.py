"""The mirror of similar cases (同案同罚): what the bureau decided for the same item and tier, and whether this amount stands out.

The usual amounts are the middle of what was decided: the lowest and the highest tenth are left out. With too few cases
nothing is called usual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cases.discretion.facts import plain

MOST_BARS = 8


@dataclass(frozen=True)
class Bar:
    """One step of amounts and how many cases lie in it. Both ends are included; a step of one amount has equal ends."""

    low: Decimal
    high: Decimal
    count: int

    @property
    def label(self) -> str:
        return plain(self.low) if self.low == self.high else f"{plain(self.low)}–{plain(self.high)}"


@dataclass(frozen=True)
class Spread:
    """How often each amount was decided, from the lowest up."""

    amounts: tuple[tuple[Decimal, int], ...]
    least: int
    usual_share: Decimal

    @property
    def count(self) -> int:
        return sum(count for _amount, count in self.amounts)

    @property
    def is_enough(self) -> bool:
        return self.count >= self.least

    def at(self, share: Decimal) -> Decimal:
        """The amount below or at which this share of the cases lies."""
        wanted, passed = share * self.count, 0
        for amount, count in self.amounts:
            passed += count
            if passed >= wanted:
                return amount
        return self.amounts[-1][0]

    @property
    def median(self) -> Decimal:
        return self.at(Decimal("0.5"))

    @property
    def usual(self) -> tuple[Decimal, Decimal]:
        """Lowest and highest usual amount."""
        outside = (1 - self.usual_share) / 2
        rest = Decimal(1) / self.count if self.count else Decimal(0)
        return self.at(max(outside, rest)), self.at(1 - outside)

    def stands_out(self, amount: Decimal | None) -> bool:
        """Whether an amount lies outside the usual; never with too few cases."""
        if amount is None or not self.is_enough:
            return False
        low, high = self.usual
        return not low <= amount <= high

    def sentence(self, amount: Decimal | None) -> str:
        """What a person should know about an amount, in one or two plain sentences."""
        if not self.count:
            return "本机关还没有同类同档的已决案件，没有可以比较的。"
        low, high = self.usual
        usual = f"{plain(low)} 元" if low == high else f"{plain(low)}–{plain(high)} 元"
        if not self.is_enough:
            return f"本机关同类同档的已决案件只有 {self.count} 件，少于 {self.least} 件，只供参考。"
        known = f"本机关同类同档的 {self.count} 件已决案件，通常罚 {usual}，中间数 {plain(self.median)} 元。"
        if amount is None:
            return known
        if not self.stands_out(amount):
            return f"{known}本案 {plain(amount)} 元在通常的范围以内。"
        side = "低于" if amount < low else "高于"
        return f"{known}本案 {plain(amount)} 元{side}通常的数额，请写明理由。"

    def bars(self) -> tuple[Bar, ...]:
        """The spread in a few steps: each amount its own where they are few, else steps of equal width."""
        if len(self.amounts) <= MOST_BARS:
            return tuple(Bar(amount, amount, count) for amount, count in self.amounts)
        low, high = self.amounts[0][0], self.amounts[-1][0]
        width = (high - low) / MOST_BARS
        groups: list[list[tuple[Decimal, int]]] = [[] for _ in range(MOST_BARS)]
        for amount, count in self.amounts:
            groups[min(int((amount - low) / width), MOST_BARS - 1)].append((amount, count))
        return tuple(
            Bar(group[0][0], group[-1][0], sum(count for _amount, count in group)) for group in groups if group
        )


def report_sentence(spread: Spread, amount: Decimal | None, reason: str) -> str:
    """What the investigation report says about similar cases; nothing with too few of them."""
    if amount is None or not spread.is_enough:
        return ""
    low, high = spread.usual
    usual = f"{plain(low)}元" if low == high else f"{plain(low)}元至{plain(high)}元"
    text = f"与本机关近年同类同档的{spread.count}件已决案件比较，通常罚款{usual}"
    if not spread.stands_out(amount):
        return f"{text}，本案拟罚款数额在通常的范围以内。"
    side = "低于" if amount < low else "高于"
    return f"{text}，本案拟罚款数额{side}通常的数额，理由是：{reason.strip().rstrip('。')}。"


def spread_of(amounts: Sequence[tuple[Decimal, int]], least: int, usual_percent: Decimal) -> Spread:
    """A spread from amounts with their counts, in any order."""
    return Spread(tuple(sorted(amounts)), least, usual_percent / 100)
