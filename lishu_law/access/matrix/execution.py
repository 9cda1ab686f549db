"""Permissions of the acts in ``cases/procedure/steps/execution.py``."""

from __future__ import annotations

from lishu_law.access.matrix.rule import (
    ALL,
    LEAD_OFFICER,
    LEADERS,
    OWN_OFFICERS,
    SQUAD_LEADER,
    UNIT,
    Grant,
    Rule,
    rule,
)
from lishu_law.registry.roles import Role

_LEGAL = (Grant(Role.LEGAL_REVIEWER, ALL),)
_APART = ("officer",)

TABLE: tuple[Rule, ...] = (
    rule("execution.read", "查看罚款执行", (Grant(Role.SQUAD_LEADER, UNIT), *_LEGAL, *LEADERS)),
    rule("case.verify_duties", "核实其他义务履行情况", (*OWN_OFFICERS, *SQUAD_LEADER), "X"),
    rule("case.enter_overdue", "转入逾期", (*OWN_OFFICERS, *SQUAD_LEADER), "X"),
    rule("case.request_deferral", "申请延期、分期缴纳", (*OWN_OFFICERS, *SQUAD_LEADER), "X"),
    rule("case.decide_deferral", "审批延期、分期缴纳", LEADERS, "X", _APART),
    rule("case.issue_demand", "制作催告书", LEAD_OFFICER, "X"),
    rule("case.hear_demand", "记录催告后的陈述申辩", OWN_OFFICERS, "X"),
    rule("case.request_court", "申请法院强制执行", (*LEAD_OFFICER, *_LEGAL), "X"),
    rule("case.decide_court", "审批强制执行申请", LEADERS, "X", _APART),
    rule("case.file_court", "登记已向法院递交", (*_LEGAL, *LEAD_OFFICER), "X"),
    rule("case.record_court_answer", "登记法院答复", (*_LEGAL, *LEAD_OFFICER), "X"),
    rule("case.request_agreement", "拟订执行协议", LEAD_OFFICER, "X"),
    rule("case.decide_agreement", "审批执行协议", LEADERS, "X", _APART),
    rule("case.record_agreement", "登记协议履行情况", OWN_OFFICERS, "X"),
    rule("case.request_enforcement", "申请行政强制执行", LEAD_OFFICER, "X"),
    rule("case.decide_enforcement", "审批行政强制执行", LEADERS, "X", _APART),
    rule("case.perform_enforcement", "实施行政强制执行", OWN_OFFICERS, "X"),
    rule("case.request_change", "申请中止、终结、恢复执行", LEAD_OFFICER, "X"),
    rule("case.decide_change", "审批中止、终结、恢复执行", LEADERS, "X", _APART),
)
