"""What an assessment is asked: the violation, the days, the facts, and the circumstances outside the benchmark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cases.discretion.facts import Value

MITIGATING: Mapping[str, tuple[str, str]] = {
    "M1": ("主动消除或者减轻违法行为危害后果", "第三十二条第一项"),
    "M2": ("受他人胁迫或者诱骗实施违法行为", "第三十二条第二项"),
    "M3": ("主动供述行政机关尚未掌握的违法行为", "第三十二条第三项"),
    "M4": ("配合行政机关查处违法行为有立功表现", "第三十二条第四项"),
    "M5": ("已满十四周岁不满十八周岁", "第三十条"),
    "M6": ("尚未完全丧失辨认或者控制自己行为能力", "第三十一条"),
    "M7": ("积极配合调查、主动改正等裁量规则规定的从轻情节", ""),
}
AGGRAVATING: Mapping[str, tuple[str, str]] = {
    "A1": ("阻碍、威胁或者以暴力对抗执法", ""),
    "A2": ("隐匿、伪造、销毁证据", ""),
    "A3": ("在规定期限内再次实施同类违法行为", ""),
    "A4": ("责令改正后拒不改正", ""),
    "A5": ("造成严重后果", ""),
    "A6": ("打击报复举报人、证人", ""),
    "A7": ("违反突发事件应对措施", "第四十九条"),
    "A8": ("组织、带领他人或者未成年人实施违法行为", ""),
}
REDUCING = frozenset({"M1", "M2", "M3", "M4", "M5", "M6"})
"""Only these open 减轻 (处罚法 arts 30–32); M7 is a rule of the benchmark and does not."""

ADULT = 18
PUNISHABLE_AGE = 14
OLDEST = 150


class RequestError(ValueError):
    """The request contradicts itself. The text is Chinese and may be shown."""


@dataclass(frozen=True)
class Circumstances:
    """Facts of the person and the case that no benchmark row looks at.

    ``factors`` are codes of ``MITIGATING`` and ``AGGRAVATING``. ``reduce``: 减轻 was chosen; ``minutes``: the minutes
    of the collective discussion are attached. ``act_ended_on`` is the end of a continuing act. ``earlier_found``: the
    first-violation query of the register found an earlier one, so nothing that asks for a first violation exempts.
    """

    act_ended_on: date | None = None
    discovered_on: date | None = None
    safety_harm: bool = False
    competent: bool = True
    party_age: int | None = None
    incapable: bool = False
    no_fault: bool = False
    limited_capacity: bool = False
    factors: tuple[str, ...] = ()
    violence: bool = False
    reduce: bool = False
    minutes: bool = False
    earlier_found: bool = False

    def codes(self) -> tuple[str, ...]:
        """The factor codes including those that follow from age, capacity and violence, in order, each once."""
        codes = set(self.factors)
        if self.party_age is not None and PUNISHABLE_AGE <= self.party_age < ADULT:
            codes.add("M5")
        if self.limited_capacity:
            codes.add("M6")
        if self.violence:
            codes.add("A1")
        return tuple(code for code in (*MITIGATING, *AGGRAVATING) if code in codes)


@dataclass(frozen=True)
class Request:
    """One violation to be assessed. ``complete``: an absent fact has its default instead of being unknown."""

    item: str
    act_on: date
    decision_on: date
    facts: Mapping[str, Value] = field(default_factory=dict)
    circumstances: Circumstances = Circumstances()
    complete: bool = False

    @property
    def act_ended_on(self) -> date:
        return self.circumstances.act_ended_on or self.act_on

    @property
    def discovered_on(self) -> date:
        return self.circumstances.discovered_on or self.act_ended_on

    def check(self) -> None:
        """Raise ``RequestError`` where days, age or factor codes cannot be."""
        circumstances = self.circumstances
        if self.act_on > self.decision_on or self.act_ended_on > self.decision_on:
            raise RequestError("违法行为的日期晚于决定日期，请核对。")
        if self.act_ended_on < self.act_on:
            raise RequestError("违法行为的终了日早于开始日，请核对。")
        if not self.act_on <= self.discovered_on <= self.decision_on:
            raise RequestError("发现违法行为的日期不在行为日与决定日之间，请核对。")
        if circumstances.party_age is not None and not 0 <= circumstances.party_age <= OLDEST:
            raise RequestError("当事人年龄超出了可能的范围，请核对。")
        unknown = [code for code in circumstances.factors if code not in MITIGATING and code not in AGGRAVATING]
        if unknown:
            raise RequestError(f"没有“{'、'.join(unknown)}”这种裁量情节。")
