"""The facts a benchmark may ask about: one row per input variable of the condition language.

A fact that is missing is unknown and has to be asked for. Only a row of an examples file stands for a completely
answered questionnaire; there ``complete`` puts the documented defaults in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Value = bool | int | Decimal | str
Facts = Mapping[str, Value]
Kind = Literal["bool", "int", "decimal", "choice"]

ABSENT = ""
"""Value of a choice that was answered with nothing: every comparison with it is false."""

LARGEST = Decimal("9999999999.99")
LONGEST_NUMBER = 30  # characters


class FactError(ValueError):
    """A fact that does not exist, has the wrong type or an impossible size. The text is Chinese and may be shown."""


@dataclass(frozen=True)
class Variable:
    """One input: what the officer is asked, how a value reads in a sentence, and who supplies it.

    ``computed`` variables come from the register or the case and are never typed. ``yes`` and ``no`` are the phrases
    of a Boolean; ``label`` names a number or choice; the labels of ``choices`` are complete phrases.
    """

    name: str
    kind: Kind
    label: str
    question: str
    unit: str = ""
    yes: str = ""
    no: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    default: Value = Decimal(0)
    computed: bool = False

    def phrase(self, value: Value) -> str:
        """The value as part of a Chinese sentence, without a full stop."""
        if self.kind == "bool":
            return self.yes if value else self.no
        if self.kind == "choice":
            return dict(self.choices).get(str(value), f"{self.label}未填写")
        return f"{self.label}{plain(value)}{self.unit}"


def plain(value: Value) -> str:
    """A number without exponent and without idle zeros: 1000, 2.6."""
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _flag(name: str, question: str, yes: str, no: str, *, default: bool = False) -> Variable:
    return Variable(name, "bool", yes, question, yes=yes, no=no, default=default)


def _count(name: str, label: str, unit: str, *, computed: bool = False, default: int = 0) -> Variable:
    return Variable(name, "int", label, f"{label}是多少{unit}？", unit, default=default, computed=computed)


def _measure(name: str, label: str, unit: str) -> Variable:
    return Variable(name, "decimal", label, f"{label}是多少{unit}？" if unit else f"{label}是多少？", unit)


_HARM = (("none", "未造成危害后果"), ("minor", "造成轻微危害后果"), ("serious", "造成严重危害后果"))
_ROADS = (("county_or_lower", "所在公路为县道、乡道或者村道"), ("national_or_provincial", "所在公路为国道或者省道"))
_PARTIES = (("org", "当事人为法人或者其他组织"), ("person", "当事人为公民"))
_UNIT_TIERS = (("较轻", "单位的处罚为较轻档"), ("一般", "单位的处罚为一般档"), ("严重", "单位的处罚为严重档"))

TABLE: tuple[Variable, ...] = (
    # From the register of decided violations, never typed from memory.
    _count("prior_same_12m", "12个月内同类违法被查处次数", "次", computed=True),
    _count("prior_same_24m", "24个月内同类违法被查处次数", "次", computed=True),
    _count("prior_same_total", "以往同类违法被查处次数", "次", computed=True),
    _count("prior_same_calendar_year", "本自然年内同类违法被查处次数", "次", computed=True),
    _count("prior_same_vehicle_12m", "同一车辆12个月内同类违法被查处次数", "次", computed=True),
    _count("prior_same_vehicle_total", "同一车辆以往同类违法被查处次数", "次", computed=True),
    _count("violations_12m", "12个月内违法超限运输次数（含本次）", "次", computed=True, default=1),
    Variable(
        "party_type", "choice", "当事人类型", "当事人是公民还是单位？", choices=_PARTIES, default=ABSENT, computed=True
    ),
    # What the act did and how the party behaved.
    Variable("harm", "choice", "危害后果", "造成了什么危害后果？", choices=_HARM, default="none"),
    _flag("obstruct", "有没有阻碍执法、拒不接受调查？", "阻碍执法", "配合调查，没有阻碍执法"),
    _flag("corrected", "违法行为改正了吗？", "已及时改正", "没有及时改正", default=True),
    _flag("corrected_immediately", "当场改正了吗？", "当场改正", "没有当场改正"),
    _flag("order_refused", "责令改正后，复查时仍拒不改正吗？", "责令改正后拒不改正", "没有拒不改正的情形"),
    _flag("repeated_after_correction", "改正后又再次发生同类情形吗？", "改正后再次发生同类情形", "改正后没有再次发生"),
    _count("repeat_count", "改正后再次发生的次数", "次"),
    _flag("cleaned_in_time", "在规定期限内清除或者修复了吗？", "在期限内清除或者修复", "没有在期限内清除或者修复"),
    _flag("restored", "恢复原状了吗？", "已恢复原状", "没有恢复原状"),
    _flag(
        "reloaded_properly",
        "按要求规范装载并采取防护措施了吗？",
        "已规范装载并采取防护措施",
        "没有规范装载并采取防护措施",
    ),
    _flag("commitment_signed", "签订轻微违法行为告知承诺书了吗？", "已签订告知承诺书", "没有签订告知承诺书"),
    _count("overdue_days", "超过责令改正期限的天数", "日"),
    _count("days_expired", "证件过期天数", "日"),
    _measure("months", "违法行为持续时间", "个月"),
    _measure("intervals_missed", "未按规定维护的间隔数", "个维护间隔"),
    # The vehicle and what it carried.
    _count("passengers", "载客人数", "人"),
    _count("passengers_over", "超员人数", "人"),
    _measure("rated_tonnes", "核定载质量", "吨"),
    _count("vehicles", "涉案车辆数", "辆"),
    _measure("over_kg", "超过限定标准的质量", "千克"),
    _measure("over_ratio", "超载比例（10%填0.1）", ""),
    _measure("height_m", "车货总高", "米"),
    _measure("width_m", "车货总宽", "米"),
    _measure("length_m", "车货总长", "米"),
    _measure("fleet_violation_ratio", "违法超限车辆占本单位货车总数的比例（10%填0.1）", ""),
    _flag("minor_modification", "改装轻微、能当场恢复且不影响安全吗？", "改装轻微", "改装不属于轻微"),
    _flag(
        "overloaded_at_same_time", "同时存在超限超载或者超员吗？", "同时超限超载或者超员", "没有同时超限超载或者超员"
    ),
    _flag("vehicle_inspection_valid", "车辆在检验有效期内吗？", "车辆在检验有效期内", "车辆不在检验有效期内"),
    _flag("rhc_fully_licensed", "网约车运输证、驾驶员证都齐全吗？", "网约车双证齐全", "网约车证件不齐全"),
    _flag("cert_valid", "能证明持有有效证件吗？", "能够证明持有有效证件", "不能证明持有有效证件"),
    # The road.
    _measure("damage_yuan", "路产损失", "元"),
    _measure("blocked_minutes", "造成交通堵塞的时间", "分钟"),
    _flag("traffic_affected", "影响交通通行了吗？", "影响交通通行", "没有影响交通通行"),
    _measure("area_m2", "占用或者损坏的面积", "平方米"),
    _measure("depth_cm", "挖掘深度", "厘米"),
    _flag("dangerous_section", "在危险路段吗？", "位于危险路段", "不在危险路段"),
    Variable("road_class", "choice", "公路等级", "是哪一级公路？", choices=_ROADS, default=ABSENT),
    _flag("compensated", "路产损失全额赔偿了吗？", "已全额赔偿路产损失", "没有全额赔偿路产损失"),
    _flag(
        "objective_cause",
        "能证明是天气、道路、车辆故障等客观原因吗？",
        "能够证明客观原因",
        "未能证明客观原因",
    ),
    # Money the statute counts from.
    _measure("illegal_income", "违法所得", "元"),
    _measure("contract_price", "工程合同价款", "元"),
    _measure("unit_fine", "单位的罚款额", "元"),
    _measure("timber_value", "采伐林木价值", "元"),
    Variable("unit_tier", "choice", "单位的档次", "单位的处罚是哪一档？", choices=_UNIT_TIERS, default=ABSENT),
    _count("orders", "订单数", "单"),
)
VARIABLES: dict[str, Variable] = {variable.name: variable for variable in TABLE}
_ORDER = {variable.name: place for place, variable in enumerate(TABLE)}

_DEFAULTS: dict[str, Value] = {variable.name: variable.default for variable in TABLE}
_NESTED = (
    ("prior_same_calendar_year", "prior_same_12m"),
    ("prior_same_12m", "prior_same_24m"),
    ("prior_same_24m", "prior_same_total"),
    ("prior_same_vehicle_12m", "prior_same_vehicle_total"),
)


def in_order(names: frozenset[str] | set[str]) -> tuple[Variable, ...]:
    """The variables of these names in the order an officer is asked."""
    return tuple(VARIABLES[name] for name in sorted(names, key=_ORDER.__getitem__))


def checked(facts: Facts) -> dict[str, Value]:
    """Facts with their types and sizes checked. Raises ``FactError``; wider counters are raised to narrower ones."""
    return _nested({name: _checked_value(name, value) for name, value in facts.items()})


def complete(facts: Facts) -> dict[str, Value]:
    """Facts of a completely answered questionnaire: what is absent takes its documented default."""
    return _nested(_DEFAULTS | checked(facts))


def _nested(facts: dict[str, Value]) -> dict[str, Value]:
    for narrow, wide in _NESTED:
        if narrow in facts and wide in facts and _number(facts[wide]) < _number(facts[narrow]):
            facts[wide] = facts[narrow]
    return facts


def read_value(name: str, text: str) -> Value:
    """A value as written in an examples file. Raises ``FactError``."""
    variable = _variable(name)
    if variable.kind == "bool":
        if text not in ("True", "False"):
            raise FactError(f"{name} 只能写 True 或 False，现在是“{text[:40]}”。")
        return text == "True"
    if variable.kind == "choice":
        return _checked_value(name, text)
    if not (text.isascii() and text.count(".") <= 1 and all(part.isdigit() for part in text.split("."))):
        raise FactError(f"{name} 要写不带符号的数字，现在是“{text[:40]}”。")
    if len(text) > LONGEST_NUMBER:
        raise FactError(f"{name} 的数值“{text[:LONGEST_NUMBER]}…”超出了可能的范围。")
    return _checked_value(name, Decimal(text) if variable.kind == "decimal" or "." in text else int(text))


def _variable(name: str) -> Variable:
    try:
        return VARIABLES[name]
    except KeyError:
        raise FactError(f"没有“{name[:40]}”这项事实。") from None


def _number(value: Value) -> Decimal:
    return Decimal(value)


def _checked_value(name: str, value: Value) -> Value:
    variable = _variable(name)
    if variable.kind == "bool":
        if not isinstance(value, bool):
            raise FactError(f"{name} 只能是“是”或者“否”。")
        return value
    if variable.kind == "choice":
        allowed = {key for key, _ in variable.choices} | {variable.default}
        if not isinstance(value, str) or value not in allowed:
            raise FactError(f"{name} 不能是“{str(value)[:40]}”。")
        return value
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole and not (variable.kind == "decimal" and isinstance(value, Decimal) and value.is_finite()):
        raise FactError(f"{name} 的数值“{value}”类型不对。")
    if not 0 <= Decimal(value) <= LARGEST:
        raise FactError(f"{name} 的数值“{value}”超出了可能的范围。")
    return value
