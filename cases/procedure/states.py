"""The states of an ordinary case (law/procedure.md §2.1) and the groups the permission matrix speaks of."""

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
    LEGAL_REVIEW = "P09"
    DISCUSSION = "P10"
    DECISION_APPROVAL = "P11"
    DECIDED = "P12"
    PERFORMANCE = "P13"
    PERFORMED = "P17"
    CLOSING_APPROVAL = "P18"
    CLOSED = "P19"
    ARCHIVED = "P20"


TITLES: dict[State, str] = {
    State.CLUE: "线索登记",
    State.VERIFIED: "线索核查",
    State.FILING_APPROVAL: "立案审批",
    State.INVESTIGATION: "调查取证",
    State.REPORT_APPROVAL: "调查报告审批",
    State.NOTICE_DUE: "拟处罚·待告知",
    State.NOTICE_WINDOW: "陈述申辩期",
    State.DEFENCE_REVIEW: "陈述申辩复核",
    State.LEGAL_REVIEW: "法制审核",
    State.DISCUSSION: "集体讨论",
    State.DECISION_APPROVAL: "决定审批",
    State.DECIDED: "已决定·待送达",
    State.PERFORMANCE: "已送达·履行期",
    State.PERFORMED: "履行完毕",
    State.CLOSING_APPROVAL: "结案审批",
    State.CLOSED: "已结案",
    State.ARCHIVED: "已归档",
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
    State.LEGAL_REVIEW: "R",
    State.DISCUSSION: "D",
    State.DECISION_APPROVAL: "D",
    State.DECIDED: "X",
    State.PERFORMANCE: "X",
    State.PERFORMED: "X",
    State.CLOSING_APPROVAL: "X",
    State.CLOSED: "C",
    State.ARCHIVED: "A",
}

ORDER: tuple[State, ...] = tuple(State)


def has_passed(state: State, other: State) -> bool:
    """Is ``state`` later on the straight road than ``other``?"""
    return ORDER.index(state) > ORDER.index(other)
