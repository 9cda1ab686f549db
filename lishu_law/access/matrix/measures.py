"""Permissions of the acts in ``cases/procedure/steps/measures.py``."""

from __future__ import annotations

from lishu_law.access.matrix.rule import KEEPER, LEADERS, OWN_OFFICERS, Rule, rule

TABLE: tuple[Rule, ...] = (
    rule("case.request_measure", "申请证据保存和强制措施", OWN_OFFICERS, "LFINRD"),
    rule("case.take_measure", "实施证据保存和强制措施", OWN_OFFICERS, "LFINRD"),
    rule("case.approve_measure", "审批证据保存和强制措施", LEADERS, "LFINRDX", ("officer",)),
    rule("case.handle_measure", "办理证据保存和强制措施的后续事项", OWN_OFFICERS, "LFINRDX"),
    # Only the custodian writes the ledger and gives things back.
    rule("case.keep_property", "保管和退还涉案财物", KEEPER, "LFINRDX"),
)
