"""Permissions of what is asked of public records: correction, withdrawal, exclusion, objection, credit repair (two persons each)."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, REVIEWERS, Grant, Rule, rule
from lishu_law.registry.roles import Role

_CHECKERS = (Grant(Role.DISCLOSURE_CHECKER, ALL),)
_DESK = (*_CHECKERS, *REVIEWERS)
# Whoever decides is neither a handler of the case nor the one who asked (disclosure.md §6: two persons).
_SECOND = (*_CHECKERS, *LEADERS)

TABLE: tuple[Rule, ...] = (
    rule("disclosure.propose_correction", "提出公示更正", _DESK),
    rule("disclosure.decide_correction", "审核公示更正", _SECOND, "", ("officer", "editor")),
    rule("disclosure.propose_withdrawal", "提请撤回公示", _DESK),
    rule("disclosure.propose_exclusion", "提请不予公示", _DESK),
    rule("disclosure.decide_exclusion", "决定不予公示", (*REVIEWERS, *LEADERS), "", ("officer", "editor")),
    rule("disclosure.register_objection", "登记公示异议", _DESK),
    rule("disclosure.decide_objection", "答复公示异议", (*_DESK, *LEADERS), "", ("officer", "editor")),
    rule("disclosure.register_repair", "登记信用修复申请", _DESK),
    rule("disclosure.decide_repair", "决定信用修复", _SECOND, "", ("officer", "editor")),
)
