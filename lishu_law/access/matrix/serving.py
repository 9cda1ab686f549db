"""Permissions of the acts in ``cases/procedure/steps/serving.py``."""

from __future__ import annotations

from lishu_law.access.matrix.rule import LEADERS, OWN_OFFICERS, SQUAD_LEADER, Rule, rule

TABLE: tuple[Rule, ...] = (
    # Any document of the case, in every stage: a revocation is served after the closing too.
    rule("case.serve_document", "送达文书", (*OWN_OFFICERS, *SQUAD_LEADER), "LFINRDXCA"),
    rule("case.confirm_address", "登记送达地址确认书", (*OWN_OFFICERS, *SQUAD_LEADER), "LFINRDXCA"),
    rule("case.decide_public_serving", "审批公告送达", LEADERS, "LFINRDXCA", ("officer",)),
)
