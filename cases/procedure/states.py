"""The states of a case (law/procedure.md §1, §2.1) and the groups the permission matrix speaks of.

P states are the ordinary procedure, S states the summary one (简易程序), X states the ways a case ends without a penalty.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    CLUE = "P00"
    VERIFIED = "P01"
    FILING_APPROVAL = "P02"
    INVESTIGATION = "P03"
    REPORT_APPROVAL = "P04"
    NOTICE_DUE = "P05"
    NOTICE_WINDOW = "P06"
    DEFENCE_REVIEW = "P07"
    HEARING = "P08"
    LEGAL_REVIEW = "P09"
    DISCUSSION = "P10"
    DECISION_APPROVAL = "P11"
    DECIDED = "P12"
    PERFORMANCE = "P13"
    DEFERRED = "P14"
    OVERDUE = "P15"
    ENFORCEMENT = "P16"
    PERFORMED = "P17"
    CLOSING_APPROVAL = "P18"
    CLOSED = "P19"
    ARCHIVED = "P20"
    NOT_FILED = "X1"
    ENDED = "X2"
    TRANSFERRED = "X3"
    NO_PENALTY = "X4"
    SCENE = "S0"
    IDENTIFIED = "S1"
    EVIDENCED = "S2"
    ASSESSED = "S3"
    TOLD = "S4"
    HEARD = "S5"
    DECIDED_ON_SPOT = "S6"
    DELIVERED = "S7"
    COLLECTION = "S8"
    REPORTED = "S9"
    SUMMARY_CLOSED = "S10"


TITLES: dict[State, str] = {
    State.CLUE: "线索登记",
    State.VERIFIED: "线索核查",
    State.FILING_APPROVAL: "立案审批",
    State.INVESTIGATION: "调查取证",
    State.REPORT_APPROVAL: "调查报告审批",
    State.NOTICE_DUE: "拟处罚·待告知",
    State.NOTICE_WINDOW: "陈述申辩期",
    State.DEFENCE_REVIEW: "陈述申辩复核",
    State.HEARING: "听证",
    State.LEGAL_REVIEW: "法制审核",
    State.DISCUSSION: "集体讨论",
    State.DECISION_APPROVAL: "决定审批",
    State.DECIDED: "已决定·待送达",
    State.PERFORMANCE: "已送达·履行期",
    State.DEFERRED: "延期、分期履行",
    State.OVERDUE: "逾期·加处和催告",
    State.ENFORCEMENT: "强制执行",
    State.PERFORMED: "履行完毕",
    State.CLOSING_APPROVAL: "结案审批",
    State.CLOSED: "已结案",
    State.ARCHIVED: "已归档",
    State.NOT_FILED: "不予立案",
    State.ENDED: "撤销立案、终止调查",
    State.TRANSFERRED: "已移送",
    State.NO_PENALTY: "不予行政处罚",
    State.SCENE: "现场发现",
    State.IDENTIFIED: "亮证、查明身份",
    State.EVIDENCED: "现场取证",
    State.ASSESSED: "裁量",
    State.TOLD: "口头告知",
    State.HEARD: "听取与复核",
    State.DECIDED_ON_SPOT: "当场决定",
    State.DELIVERED: "当场交付",
    State.COLLECTION: "缴款",
    State.REPORTED: "已备案",
    State.SUMMARY_CLOSED: "简易案件已结案",
}

# State groups of the permission matrix (security.md §6.1).
STAGES: dict[State, str] = {
    State.CLUE: "L",
    State.VERIFIED: "L",
    State.FILING_APPROVAL: "F",
    State.INVESTIGATION: "I",
    State.REPORT_APPROVAL: "I",
    State.NOTICE_DUE: "N",
    State.NOTICE_WINDOW: "N",
    State.DEFENCE_REVIEW: "N",
    State.HEARING: "N",
    State.LEGAL_REVIEW: "R",
    State.DISCUSSION: "D",
    State.DECISION_APPROVAL: "D",
    State.DECIDED: "X",
    State.PERFORMANCE: "X",
    State.DEFERRED: "X",
    State.OVERDUE: "X",
    State.ENFORCEMENT: "X",
    State.PERFORMED: "X",
    State.CLOSING_APPROVAL: "X",
    State.CLOSED: "C",
    State.ARCHIVED: "A",
    State.NOT_FILED: "C",
    State.ENDED: "X",
    State.TRANSFERRED: "X",
    State.NO_PENALTY: "X",
    State.SCENE: "I",
    State.IDENTIFIED: "I",
    State.EVIDENCED: "I",
    State.ASSESSED: "I",
    State.TOLD: "N",
    State.HEARD: "N",
    State.DECIDED_ON_SPOT: "X",
    State.DELIVERED: "X",
    State.COLLECTION: "X",
    State.REPORTED: "X",
    State.SUMMARY_CLOSED: "C",
}

# The ordinary road from clue to archive, in order; the summary procedure's; the ends off the road.
ROAD: tuple[State, ...] = tuple(state for state in State if state.value[0] == "P")
SUMMARY: tuple[State, ...] = tuple(state for state in State if state.value[0] == "S")
OFF_ROAD: tuple[State, ...] = tuple(state for state in State if state.value[0] == "X")
# A case on its way: not ended, closed or archived.
OPEN: tuple[State, ...] = tuple(state for state in State if STAGES[state] not in "CA")


class Procedure(StrEnum):
    """Which procedure a case follows (处罚法51–53 / 54–62)."""

    ORDINARY = "ordinary"
    SUMMARY = "summary"


def has_passed(state: State, other: State) -> bool:
    """Is ``state`` later than ``other`` on the road both belong to?

    An end off the road is later than all of it but its closing; a clue that is not filed needs no closing either.
    """
    road = SUMMARY if other in SUMMARY else ROAD
    if state in OFF_ROAD and other in ROAD:
        last = State.CLOSED if state == State.NOT_FILED else State.CLOSING_APPROVAL
        return road.index(other) < road.index(last)
    if state not in road:
        return state in ROAD
    return road.index(state) > road.index(other)
