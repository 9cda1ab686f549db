"""What guards know of one measure: 先行登记保存 or 扣押、扣车, its states C0–C8 and its things (law/procedure.md §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cases.procedure.facts import CaseFacts


class MeasureKind(StrEnum):
    PRESERVATION = "preservation"
    SEIZURE = "seizure"
    VEHICLE = "vehicle"


class MeasureState(StrEnum):
    PROPOSED = "C0"
    APPROVED = "C1"
    URGENT = "C1U"  # C1' of law/procedure.md §3
    TAKEN = "C2"
    EXTENDED = "C3"
    TESTING = "C4"
    PENDING = "C5"
    LIFTED = "C6"
    DISPOSED = "C7"
    TRANSFERRED = "C8"


class Ending(StrEnum):
    REFUSED = "refused"
    UNAPPROVED = "unapproved"
    LIFTED = "lifted"
    LAPSED = "lapsed"
    DISPOSED = "disposed"
    TRANSFERRED = "transferred"


KIND_TITLES = {
    MeasureKind.PRESERVATION: "证据先行登记保存",
    MeasureKind.SEIZURE: "扣押（扣留）物品",
    MeasureKind.VEHICLE: "扣留（暂扣）车辆",
}
STATE_TITLES = {
    MeasureState.PROPOSED: "拟采取，待批准",
    MeasureState.APPROVED: "已批准，待实施",
    MeasureState.URGENT: "已紧急实施，待补批",
    MeasureState.TAKEN: "实施中",
    MeasureState.EXTENDED: "延长中",
    MeasureState.TESTING: "检测、鉴定中（停止计时）",
    MeasureState.PENDING: "公告认领，待处理",
    MeasureState.LIFTED: "已解除",
    MeasureState.DISPOSED: "已依法处理",
    MeasureState.TRANSFERRED: "已随案移送",
}
ENDING_TITLES = {
    Ending.REFUSED: "未批准，没有实施",
    Ending.UNAPPROVED: "未获补批，已解除",
    Ending.LIFTED: "已解除",
    Ending.LAPSED: "期满自动解除",
    Ending.DISPOSED: "已依法处理",
    Ending.TRANSFERRED: "已随案移送",
}
IN_FORCE = frozenset({MeasureState.URGENT, MeasureState.TAKEN, MeasureState.EXTENDED, MeasureState.TESTING})
# The limit that ends the measure by itself.
PERIODS = {
    MeasureKind.PRESERVATION: "pres-7d",
    MeasureKind.SEIZURE: "coerce-30d",
    MeasureKind.VEHICLE: "coerce-30d",
}


@dataclass(frozen=True)
class ItemFact:
    """One thing; ``state`` is planned, held, returned, confiscated, destroyed, auctioned or transferred."""

    id: int
    name: str
    quantity: str
    state: str


@dataclass(frozen=True)
class MeasureFact:
    id: int
    kind: MeasureKind
    state: MeasureState
    power: str = ""
    place: str = ""
    taken_at: datetime | None = None
    ended_on: date | None = None
    ending: str = ""
    is_extended: bool = False
    kept_with_party: bool = False
    is_in_custody: bool = False
    testing_until: date | None = None  # last day of the testing time told to the party
    items: tuple[ItemFact, ...] = ()

    @property
    def part(self) -> str:
        return f"measure:{self.id}"

    @property
    def is_preservation(self) -> bool:
        return self.kind is MeasureKind.PRESERVATION

    @property
    def in_force(self) -> bool:
        return self.state in IN_FORCE

    @property
    def held(self) -> tuple[ItemFact, ...]:
        """What was taken and neither went back nor elsewhere."""
        return tuple(item for item in self.items if item.state == "held")

    @property
    def title(self) -> str:
        return KIND_TITLES[self.kind]

    @property
    def state_title(self) -> str:
        if self.state is MeasureState.LIFTED and self.ending:
            waiting = "，待退还" if self.held else ""
            return f"{ENDING_TITLES[Ending(self.ending)]}{waiting}"
        return STATE_TITLES[self.state]


@dataclass(frozen=True)
class IncidentFact:
    """Something that went wrong and has to be explained (瑕疵清单): a measure that lapsed, a late hand-over."""

    id: int
    part: str
    rule: str
    text: str
    happened_on: date
    is_explained: bool


def measure_in_focus(facts: CaseFacts) -> MeasureFact | None:
    """The measure the act works on."""
    return next((one for one in facts.measures if one.id == facts.focus), None)


def period_end(facts: CaseFacts, measure: MeasureFact) -> date | None:
    """The last day of the running period of a measure."""
    code = PERIODS[measure.kind]
    return next((one.due for one in facts.limits if one.code == code and one.part == measure.part), None)
