"""Permissions of the acts in ``cases/procedure/steps/summary.py``."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEAD_OFFICER, OWN_OFFICERS, SQUAD_LEADER, Grant, Rule, rule
from lishu_law.registry.roles import Role

TABLE: tuple[Rule, ...] = (
    # The officers decide on the spot themselves; nobody approves beforehand (处罚法51).
    rule("case.open_summary", "办理当场处罚", (Grant(Role.OFFICER, ALL),)),
    rule("case.identify", "亮证、查明当事人身份", OWN_OFFICERS, "I"),
    rule("case.secure_evidence", "现场取证", OWN_OFFICERS, "I"),
    rule("case.assess_on_spot", "当场裁量", OWN_OFFICERS, "IN"),
    rule("case.tell_orally", "口头告知当事人", OWN_OFFICERS, "I"),
    rule("case.hear", "听取当事人陈述申辩", OWN_OFFICERS, "N"),
    rule("case.decide_on_spot", "当场作出处罚决定", OWN_OFFICERS, "N"),
    rule("case.turn_to_ordinary", "转普通程序", OWN_OFFICERS, "IN"),
    rule("case.hand_over", "当场交付决定书", OWN_OFFICERS, "X"),
    rule("case.collect_on_spot", "当场收缴罚款", OWN_OFFICERS, "X"),
    rule("case.hand_in_cash", "交回当场收缴的罚款", OWN_OFFICERS, "X"),
    # Whoever took the money does not confirm that it reached the bank.
    rule("case.bank_cash", "登记罚款缴付银行", SQUAD_LEADER, "X", ("officer",)),
    rule("case.report_to_bureau", "报备案", OWN_OFFICERS, "X"),
    rule("case.pass_to_execution", "转执行", LEAD_OFFICER, "X"),
    rule("case.close_summary", "办理简易案件结案", LEAD_OFFICER, "X"),
)
