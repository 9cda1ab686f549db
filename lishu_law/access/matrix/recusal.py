"""Permissions of the acts in ``cases/procedure/steps/recusal.py``."""

from __future__ import annotations

from lishu_law.access.matrix.rule import HEARING_PEOPLE, LEADERS, OWN_OFFICERS, REVIEWERS, SQUAD_LEADER, Rule, rule

_OPEN = "LFINRDX"

TABLE: tuple[Rule, ...] = (
    # Whoever takes part may have to withdraw.
    rule(
        "case.declare_conflict", "声明应当回避",
        (*OWN_OFFICERS, *SQUAD_LEADER, *REVIEWERS, *LEADERS, *HEARING_PEOPLE), _OPEN,
    ),
    rule("case.request_recusal", "登记回避申请", (*OWN_OFFICERS, *SQUAD_LEADER, *HEARING_PEOPLE), _OPEN),
    rule("case.decide_recusal", "决定回避", LEADERS, _OPEN, ("officer",)),
    rule("case.replace_officer", "更换承办人", (*SQUAD_LEADER, *LEADERS), _OPEN),
)  # fmt: skip
