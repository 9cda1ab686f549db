"""Conditions and findings as Chinese phrases, for list checks and reasons. No row ids, no variable names."""

from __future__ import annotations

from decimal import Decimal

from cases.discretion.conditions import Bare, Comparison, Constant, Every, Name, Negation, Node, Some
from cases.discretion.facts import VARIABLES, Facts, Value, plain

_ORDER_WORDS = {"<": "少于", "<=": "不超过", ">": "超过", ">=": "不少于", "==": "为", "!=": "不为"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_FIRST_OFFENCE = {
    "prior_same_12m": ("12个月内首次被查处", "12个月内没有同类违法记录"),
    "prior_same_24m": ("24个月内首次被查处", "24个月内没有同类违法记录"),
    "prior_same_total": ("首次实施该类违法行为", "没有同类违法记录"),
    "prior_same_calendar_year": ("本自然年内首次被查处", "本自然年内没有同类违法记录"),
    "prior_same_vehicle_12m": ("该车辆12个月内首次被查处", "该车辆12个月内没有同类违法记录"),
    "prior_same_vehicle_total": ("该车辆首次被查处", "该车辆没有同类违法记录"),
}

# Figures as a sentence has them; the labels are made for questions.
_SAID = {
    "violations_12m": "12个月内违法超限运输{}次（含本次）",
    "repeat_count": "改正后再次发生{}次",
    "overdue_days": "超过责令改正期限{}日",
    "days_expired": "证件过期{}日",
    "months": "违法行为持续{}个月",
    "intervals_missed": "{}个维护间隔未按规定维护",
    "passengers": "载客{}人",
    "passengers_over": "超员{}人",
    "vehicles": "涉案车辆{}辆",
    "over_kg": "车货总质量超过限定标准{}千克",
    "blocked_minutes": "造成交通堵塞{}分钟",
    "area_m2": "占用或者损坏面积{}平方米",
}
_SHARES = {"over_ratio": "超载{}%", "fleet_violation_ratio": "违法超限车辆占本单位货车总数的{}%"}
_NONE = {
    "illegal_income": "没有违法所得",
    "damage_yuan": "没有造成路产损失",
    "blocked_minutes": "没有造成交通堵塞",
}


def requirement(node: Node) -> str:
    """What a condition demands, e.g. 24个月内首次被查处 or 当场改正."""
    if isinstance(node, Every):
        return "且".join(requirement(part) for part in node.parts)
    if isinstance(node, Some):
        return "或者".join(requirement(part) for part in node.parts)
    if isinstance(node, Negation):
        return _negated(node.part)
    if isinstance(node, Bare):
        operand = node.operand
        if isinstance(operand, Name):
            return VARIABLES[operand.name].yes
        return "没有附加条件" if operand.value else "不可能成立的条件"
    return _comparison(node)


def finding(name: str, facts: Facts) -> str:
    """What was established about one fact."""
    value = facts.get(name)
    if value is None:
        return f"{VARIABLES[name].label}尚未查明"
    if name in _FIRST_OFFENCE:
        if not value:
            return _FIRST_OFFENCE[name][1]
        return f"{VARIABLES[name].label.removesuffix('次数')}{plain(value)}次"
    if name in _NONE and not value:
        return _NONE[name]
    if name in _SHARES:
        return _SHARES[name].format(plain(Decimal(value) * 100))
    if name in _SAID:
        return _SAID[name].format(plain(value))
    return VARIABLES[name].phrase(value)


def findings(names: tuple[str, ...], facts: Facts) -> str:
    """Several findings joined by ；, each once."""
    return "；".join(dict.fromkeys(finding(name, facts) for name in names))


def _negated(part: Node) -> str:
    if isinstance(part, Bare) and isinstance(part.operand, Name):
        return VARIABLES[part.operand.name].no
    return f"不属于“{requirement(part)}”"


def _comparison(node: Comparison) -> str:
    left, symbol, right = node.left, node.symbol, node.right
    if isinstance(left, Constant) and isinstance(right, Name):
        left, symbol, right = right, _MIRRORED[symbol], left
    if not (isinstance(left, Name) and isinstance(right, Constant)):
        return f"{_operand(left)}{_ORDER_WORDS[symbol]}{_operand(right)}"
    variable, value = VARIABLES[left.name], right.value
    if symbol == "==" and not value and left.name in _FIRST_OFFENCE:
        return _FIRST_OFFENCE[left.name][0]
    if not isinstance(value, bool | str):
        return f"{variable.label}{_ORDER_WORDS[symbol]}{plain(value)}{variable.unit}"
    return _phrase(left.name, value, is_same=symbol == "==")


def _phrase(name: str, value: Value, *, is_same: bool) -> str:
    variable = VARIABLES[name]
    if isinstance(value, bool):
        return variable.phrase(value is is_same)
    return variable.phrase(value) if is_same else f"不属于“{variable.phrase(value)}”"


def _operand(operand: Constant | Name) -> str:
    return VARIABLES[operand.name].label if isinstance(operand, Name) else plain(operand.value)
