"""Which kinds of penalty (处罚法第九条) a frozen result comes to, and which of its measures are orders beside them.

The table of a benchmark names side measures in words. What is a penalty among them belongs into the decision's own
sentence; what is an order (责令改正) is performed beside it; what concerns others or needs a further condition is neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cases.discretion.consequences import is_conditional
from lishu_law.law.amounts import chinese_upper, format_yuan

WARNING, FINE, GAINS, THINGS, SUSPENDED, CLOSED, REVOKED, DOWNGRADED = "01", "02", "03", "04", "05", "06", "07", "09"
LICENCE_KINDS = frozenset({SUSPENDED, REVOKED})
# The first word that is found in a measure says its kind.
_WORDS = (
    ("没收违法所得", GAINS), ("违法所得的没收", GAINS), ("没收", THINGS), ("降低资质", DOWNGRADED), ("暂扣", SUSPENDED),
    ("吊销", REVOKED), ("停业", CLOSED), ("停产", CLOSED), ("停航", CLOSED),
)  # fmt: skip
_NO_ORDERS = ("警告", "教育", "不予处罚", "纳入信用记录", "不得罚款", "仅就", "第七十三条")
_OF_OTHERS = ("责任人员", "聘用单位", "由原许可机关")


@dataclass(frozen=True)
class Penalty:
    """One penalty: its kind as the exchange of decisions numbers it, and its words in the decision."""

    kind: str
    text: str


def penalties(measures: Iterable[str], unit: str, fine: Decimal | None, gains: Decimal | None) -> tuple[Penalty, ...]:
    """Everything this decision punishes with: 警告, 没收违法所得, 罚款, 责令停业整顿 and so on."""
    named = [(_kind(measure), measure) for measure in _own(measures)]
    found = [Penalty(WARNING, "警告")] if unit == "warning" or "警告" in measures else []
    if gains and any(kind == GAINS for kind, _measure in named):
        found.append(Penalty(GAINS, f"没收违法所得{_money(gains)}"))
    found += [Penalty(THINGS, f"没收{things}") for kind, measure in named if (things := _things(kind, measure))]
    if fine:
        found.append(Penalty(FINE, f"罚款{_money(fine)}"))
    found += [Penalty(kind, measure) for kind, measure in named if kind and kind not in (GAINS, THINGS)]
    return tuple(found)


def orders(measures: Iterable[str]) -> tuple[str, ...]:
    """What is ordered beside the penalty: 责令改正 (处罚法第二十八条第一款), 责令补种 and so on."""
    own = [measure for measure in _own(measures) if not _kind(measure)]
    return tuple(dict.fromkeys(one for one in own if not any(word in one for word in _NO_ORDERS)))


def _own(measures: Iterable[str]) -> list[str]:
    """Measures against this party that apply without a further condition."""
    return [one for one in measures if one and not is_conditional(one) and not one.startswith(_OF_OTHERS)]


def _kind(measure: str) -> str:
    return next((kind for word, kind in _WORDS if word in measure), "")


def _things(kind: str, measure: str) -> str:
    """What else than money is confiscated: 假冒伪劣配件及报废车辆."""
    if kind == GAINS:
        return measure.partition("没收违法所得、")[2]
    return measure.removeprefix("没收") if kind == THINGS else ""


def _money(amount: Decimal) -> str:
    return f"人民币{chinese_upper(amount)}（¥{format_yuan(amount)}）"


__all__ = ["LICENCE_KINDS", "Penalty", "orders", "penalties"]
