"""Permissions of the acts off the road: ``branches``, ``discussion``, ``crime``, ``correction`` in ``cases/procedure/steps/``."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEAD_OFFICER, LEADERS, OWN_OFFICERS, SQUAD_LEADER, Grant, Rule, rule
from lishu_law.registry.roles import Role

_HEAD = (Grant(Role.HEAD, ALL),)
_APART = ("officer", "squad_leader")
_UNDECIDED = "INRD"

TABLE: tuple[Rule, ...] = (
    rule("case.record_informant", "登记和答复举报人", OWN_OFFICERS),
    rule("case.read_informant", "查看举报人", (*LEAD_OFFICER, *LEADERS)),
    rule("case.propose_not_filing", "提请不予立案", LEAD_OFFICER, "L"),
    rule("case.decide_not_filing", "审批不予立案", LEADERS, "L", _APART),
    rule("case.endorse_request", "签署申请意见", SQUAD_LEADER, "", ("officer",)),
    rule("case.propose_ending", "提请撤销立案、终止调查", LEAD_OFFICER, _UNDECIDED),
    rule("case.decide_ending", "审批撤销立案、终止调查", LEADERS, _UNDECIDED, _APART),
    rule("case.propose_transfer", "提请移送其他机关", LEAD_OFFICER, "L" + _UNDECIDED),
    rule("case.decide_transfer", "审批移送其他机关", LEADERS, "L" + _UNDECIDED, _APART),
    rule("case.send_transfer", "登记移送案卷", OWN_OFFICERS, "X"),
    rule("case.propose_no_penalty", "提出不予处罚意见", LEAD_OFFICER, "IND"),
    rule(
        "case.review_no_penalty", "审核不予处罚意见", (Grant(Role.LEGAL_REVIEWER, ALL),), "ID",
        ("officer", "squad_leader", "approver"),
    ),
    rule("case.decide_no_penalty", "审批不予行政处罚", LEADERS, "ID", (*_APART, "legal_reviewer")),
    rule("case.record_discussion", "记录集体讨论", LEADERS, "D", (*_APART, "legal_reviewer")),
    rule("case.refer_to_discussion", "提请集体讨论", LEADERS, "D", _APART),
    rule("case.ask_extension", "申请延长办案期限", LEAD_OFFICER, _UNDECIDED),
    rule("case.decide_extension", "审批延长办案期限", LEADERS, _UNDECIDED, _APART),
    rule("case.explain_lateness", "说明办案超期", LEAD_OFFICER, _UNDECIDED),
    rule("case.confirm_lateness", "确认超期说明", LEADERS, _UNDECIDED, _APART),
    rule("case.report_crime", "报告涉嫌犯罪", LEAD_OFFICER, _UNDECIDED + "X"),
    rule("case.decide_crime", "决定是否移送公安机关", _HEAD, _UNDECIDED + "X", _APART),
    rule("case.hand_over_crime", "办理移送公安机关", OWN_OFFICERS, _UNDECIDED + "X"),
    rule("case.issue_correction_order", "责令改正和复查", OWN_OFFICERS, _UNDECIDED + "X"),
    rule("case.ask_correction", "申请更正文书", LEAD_OFFICER),
    rule("case.decide_clerical", "审批更正文书", LEADERS, "", _APART),
)  # fmt: skip
