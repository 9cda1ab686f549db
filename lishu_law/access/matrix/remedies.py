"""Permissions of the acts in ``cases/procedure/steps/remedies.py`` and of the register of reviews and lawsuits."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEAD_OFFICER, LEADERS, SQUAD_LEADER, Grant, Rule, rule
from lishu_law.registry.roles import Role

_LEGAL = (Grant(Role.LEGAL_REVIEWER, ALL),)

TABLE: tuple[Rule, ...] = (
    rule("remedy.list", "查看复议诉讼台账", (*_LEGAL, *LEADERS)),
    # A review goes on, and a lawsuit may begin, while the case is walked again after a remand.
    rule("case.record_remedy", "登记复议、诉讼和监督决定", _LEGAL, "INRDXCA"),
    rule("case.handle_remedy", "办理复议和诉讼", _LEGAL, "INRDXCA"),
    rule("case.propose_correction", "提请撤销、变更处罚决定", (*LEAD_OFFICER, *_LEGAL), "XCA"),
    rule("case.decide_correction", "审批撤销、变更处罚决定", LEADERS, "XCA", ("officer", "squad_leader")),
    rule("case.record_refund", "登记退款", (*LEAD_OFFICER, *SQUAD_LEADER), "INRDXCA", ("approver",)),
    # The second person: whoever brought the ruling in proposed the withdrawal (security.md S6).
    rule(
        "disclosure.withdraw",
        "撤回公示",
        (Grant(Role.DISCLOSURE_CHECKER, ALL), *LEADERS),
        "",
        ("officer", "editor"),
    ),
)
