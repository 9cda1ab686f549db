"""Permissions of the acts in ``cases/procedure/steps/hearing.py``. A hearing is conducted by assignment, not by role."""

from __future__ import annotations

from lishu_law.access.matrix.rule import (
    HEARING_CHAIR,
    HEARING_PEOPLE,
    LEAD_OFFICER,
    LEADERS,
    OWN_OFFICERS,
    REVIEWERS,
    SQUAD_LEADER,
    Rule,
    rule,
)

TABLE: tuple[Rule, ...] = (
    rule("case.add_statement", "记录补充的陈述申辩", OWN_OFFICERS, "NRD"),
    rule("case.renotice", "变更处罚意见", LEAD_OFFICER, "ND"),
    rule("case.approve_revision", "审批变更后的处罚意见", LEADERS, "N", ("officer", "squad_leader")),
    rule("case.review_report", "告知前法制审核", REVIEWERS, "I", ("officer", "squad_leader", "approver")),
    rule("case.authorise_proxy", "制作授权委托书", OWN_OFFICERS, "LFINRDX"),
    rule("case.request_hearing", "登记听证申请", (*OWN_OFFICERS, *SQUAD_LEADER), "N"),
    rule("case.appoint_hearing", "指定听证人员", LEADERS, "N", ("officer",)),
    rule("case.arrange_hearing", "安排听证", HEARING_CHAIR, "N"),
    rule("case.terminate_hearing", "终止听证", (*HEARING_CHAIR, *LEADERS), "N", ("officer",)),
    rule("case.record_hearing", "制作听证笔录", HEARING_PEOPLE, "N"),
    rule("case.report_hearing", "提交听证报告", HEARING_CHAIR, "N"),
)
