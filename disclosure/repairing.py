"""May the credit display of a record end early? Each condition of 信用修复 with what was found (disclosure.md §6). Pure.

``is_met`` is None where the data cannot say it: then whoever decides looks at the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cases.api import DecisionFacts

RULE = "信用修复管理办法（国家发展改革委令2025年第36号）"
ZERO = Decimal(0)
PERFORMED = "performed"
_UNPERFORMED = {"court_accepted": "法院受理强制执行", "unenforceable": "无法执行", "revoked": "处罚决定被撤销"}


@dataclass(frozen=True)
class Check:
    """One condition: its title, what was found in words, and whether it is met."""

    title: str
    found: str
    is_met: bool | None

    @property
    def word(self) -> str:
        return {True: "符合", False: "不符合", None: "请核对材料"}[self.is_met]


@dataclass(frozen=True)
class Asked:
    """What the checks need beside the decision; all days are days in Shanghai."""

    today: date
    is_shown: bool  # is there a credit display that can end?
    least_until: date  # the last day of the shortest display
    class_title: str
    is_falling: bool  # the decision fell or a withdrawal is under way
    barred_until: date | None  # after false material
    has_commitment: bool


def checks(asked: Asked, facts: DecisionFacts | None) -> list[Check]:
    """Every condition in the order of the page."""
    return [
        _shown(asked),
        _duty(facts),
        _ended(facts),
        _least(asked),
        _falling(asked),
        _barred(asked),
        _promised(asked),
    ]


def _shown(asked: Asked) -> Check:
    found = f"分级为{asked.class_title}，" + ("正在信用公示" if asked.is_shown else "没有信用公示，或者已经停止")
    return Check("正在信用公示", found, asked.is_shown)


def _duty(facts: DecisionFacts | None) -> Check:
    title = "罚款和没收款已经缴清"
    if facts is None:
        return Check(title, "导入的历史公示，系统没有缴款记录，请看缴款凭证", None)
    owed = (facts.fine or ZERO) + (facts.confiscated or ZERO)
    if not owed:
        return Check(title, "决定没有罚款和没收款", True)
    if facts.closed_on and facts.closing_kind == PERFORMED:
        return Check(title, f"案件已于 {facts.closed_on.isoformat()} 结案，决定已经履行", True)
    if facts.closed_on and facts.closing_kind in _UNPERFORMED:
        return Check(title, f"案件以“{_UNPERFORMED[facts.closing_kind]}”结案，没有缴清", False)
    if facts.confiscated:
        return Check(title, "有没收款，案件还没有结案，请看缴款凭证", None)
    paid = facts.paid_amount or ZERO
    return Check(title, f"应缴 {owed:.2f} 元，已缴 {paid:.2f} 元", paid >= owed)


def _ended(facts: DecisionFacts | None) -> Check:
    title = "违法行为已经改正"
    if facts is not None and facts.closed_on and facts.closing_kind == PERFORMED:
        return Check(title, f"案件已于 {facts.closed_on.isoformat()} 结案，决定已经履行", True)
    if facts is not None and facts.closing_kind in _UNPERFORMED:
        return Check(title, f"案件以“{_UNPERFORMED[facts.closing_kind]}”结案，请看整改材料", None)
    return Check(title, "案件没有结案记录，请看整改材料", None)


def _least(asked: Asked) -> Check:
    first = asked.least_until + timedelta(days=1)
    return Check(
        "最短公示期已经届满",
        f"最短公示到 {asked.least_until.isoformat()}，{first.isoformat()} 起可以修复",
        asked.today >= first,
    )


def _falling(asked: Asked) -> Check:
    found = "原决定已被变更、撤销或者正在撤回公示，按撤回办理" if asked.is_falling else "原决定有效，没有撤回事项"
    return Check("没有撤回事项", found, not asked.is_falling)


def _barred(asked: Asked) -> Check:
    until = asked.barred_until
    is_barred = until is not None and asked.today <= until
    found = f"此前材料虚假，{until.isoformat()} 以前不得再次申请" if is_barred and until else "没有因材料虚假限制申请"
    return Check("没有被限制申请", found, not is_barred)


def _promised(asked: Asked) -> Check:
    return Check("已提交信用承诺", "已提交" if asked.has_commitment else "没有提交", asked.has_commitment)
