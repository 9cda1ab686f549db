"""Which measures of the benchmark a decision carries as duties that are no money (处罚法9、28; close-conditions)."""

from __future__ import annotations

from collections.abc import Iterable

# Applies only under a further condition, is an act of the organ (依法强制拆除), or asks for no performance of the party.
_CONDITIONS = ("强制", "情节严重", "拒不", "逾期", "造成损失的", "可以", "涉嫌", "视情形", "提请")
_NO_DUTIES = ("警告", "教育", "不予处罚", "纳入信用记录", "第七十三条")


def duties_of(measures: Iterable[str]) -> tuple[str, ...]:
    """责令改正, 没收违法所得, 责令停业整顿 …: what must be seen to be done before the case is performed."""
    words = (*_CONDITIONS, *_NO_DUTIES)
    return tuple(dict.fromkeys(one for one in measures if one and not any(word in one for word in words)))
