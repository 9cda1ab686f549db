"""The registry, the straight road of a case, inspections, disclosure and administration."""

from __future__ import annotations

from lishu_law.access.matrix.rule import (
    ALL,
    DELEGATES,
    KEEPER,
    LEAD_OFFICER,
    LEADERS,
    OWN,
    OWN_OFFICERS,
    READERS,
    REVIEWERS,
    SQUAD_LEADER,
    UNIT,
    Grant,
    rule,
)
from lishu_law.registry.roles import Role

TABLE = (
    # everybody who works here
    rule("desk.read", "查看待办", tuple(Grant(role, ALL) for role in Role)),
    rule("profile.edit", "修改个人设置", tuple(Grant(role, ALL) for role in Role)),
    # registry
    rule("party.search", "查询当事人和车辆", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    rule("party.edit", "登记当事人和车辆", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    rule(
        "party.reveal",
        "查看证件号码全文",
        (Grant(Role.OFFICER, OWN), Grant(Role.SQUAD_LEADER, UNIT), Grant(Role.LEGAL_REVIEWER, ALL), *LEADERS),
    ),
    # the case
    rule("case.list", "查看案件", (*READERS, *KEEPER)),
    rule("case.create", "登记线索", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    rule("case.read", "查看案件", (*READERS, *KEEPER)),
    rule("case.edit", "修改案件事实", OWN_OFFICERS, "LI"),
    rule("case.verify_clue", "核查线索", OWN_OFFICERS, "L"),
    rule("case.request_filing", "提请立案", OWN_OFFICERS, "L"),
    rule("case.recommend_filing", "签署立案意见", SQUAD_LEADER, "F", ("officer",)),
    rule("case.approve_filing", "审批立案", LEADERS, "F", ("officer", "squad_leader")),
    rule("case.add_evidence", "补充证据", (*OWN_OFFICERS, *SQUAD_LEADER), "LIN"),
    rule("case.record", "制作笔录", OWN_OFFICERS, "LI"),
    rule("case.set_discretion", "裁量", LEAD_OFFICER, "IN"),
    rule("case.submit_report", "提交调查报告", LEAD_OFFICER, "I"),
    rule("case.endorse_report", "签署调查报告意见", SQUAD_LEADER, "I", ("officer",)),
    rule("case.approve_report", "审批调查报告", LEADERS, "I", ("officer", "squad_leader")),
    rule("case.issue_notice", "制作违法行为通知书", LEAD_OFFICER, "N"),
    rule("case.serve", "送达文书", (*OWN_OFFICERS, *SQUAD_LEADER), "NX"),
    rule("case.record_defence", "记录陈述申辩", OWN_OFFICERS, "N"),
    rule("case.review_defence", "复核陈述申辩", OWN_OFFICERS, "NRD"),
    rule("case.request_review", "提交法制审核", LEAD_OFFICER, "N"),
    rule("case.review", "法制审核", REVIEWERS, "R", ("officer", "squad_leader", "approver", "hearing")),
    rule("case.approve_decision", "审批处罚决定", LEADERS, "D", ("officer", "squad_leader", "legal_reviewer")),
    rule("case.record_payment", "登记缴款", (*LEAD_OFFICER, *SQUAD_LEADER), "X", ("approver",)),
    rule("case.propose_closing", "提请结案", LEAD_OFFICER, "X"),
    rule("case.endorse_closing", "签署结案意见", SQUAD_LEADER, "X", ("officer",)),
    rule("case.approve_closing", "审批结案", LEADERS, "X", ("officer", "squad_leader")),
    rule("case.archive", "归档", (Grant(Role.ARCHIVIST, ALL),), "C"),
    rule("document.read", "查看文书", (*READERS, *KEEPER)),
    rule("evidence.read", "查看证据", READERS),
    # inspections
    rule("shift.read", "查看巡查班次", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL), *LEADERS)),
    rule("shift.file", "报备巡查班次", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    rule("shift.approve", "审批巡查班次", (*SQUAD_LEADER, *LEADERS, *DELEGATES), "", ("officer", "applicant")),
    rule("shift.act", "在班次上记录检查", OWN_OFFICERS),
    rule(
        "inspection.read",
        "查看检查",
        (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL), *REVIEWERS, *LEADERS),
    ),
    rule("inspection.file", "报备检查", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    rule("inspection.approve", "审批检查", (*SQUAD_LEADER, *LEADERS, *DELEGATES), "", ("officer", "applicant")),
    rule("inspection.plan", "登记年度检查计划", LEADERS),
    rule("inspection.act", "实施检查", OWN_OFFICERS),
    rule("certificate.show", "出示电子执法证", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    rule("inspection.paper", "制作检查文书、告知检查结果", OWN_OFFICERS),
    # disclosure
    rule(
        "disclosure.read",
        "查看公示",
        (Grant(Role.DISCLOSURE_CHECKER, ALL), Grant(Role.LEGAL_REVIEWER, ALL), *LEADERS),
    ),
    rule("disclosure.publish", "审核并公示", (Grant(Role.DISCLOSURE_CHECKER, ALL),), "", ("officer", "editor")),
    rule("delivery.read", "查看推送", (Grant(Role.DISCLOSURE_CHECKER, ALL), Grant(Role.SYSTEM_ADMIN, ALL), *LEADERS)),
    rule("delivery.retry", "重新推送", (Grant(Role.DISCLOSURE_CHECKER, ALL), Grant(Role.SYSTEM_ADMIN, ALL))),
    # administration
    rule("journal.read", "查看审计日志", (Grant(Role.AUDIT_ADMIN, ALL),)),
    rule("rule.read", "查看程序规则", (Grant(Role.LEGAL_REVIEWER, ALL), Grant(Role.SYSTEM_ADMIN, ALL))),
    rule("clock.move", "拨动演示时钟", (Grant(Role.SYSTEM_ADMIN, ALL),)),
    rule("parameter.read", "查看法律参数", tuple(Grant(role, ALL) for role in Role)),
)
