"""Filings of inspections beside the straight road: who approves for whom, the legal section, supervision."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, REVIEWERS, SQUAD_LEADER, Grant, rule
from lishu_law.registry.roles import Role

TABLE = (
    rule("inspection.delegate", "委托审批检查备案", (*SQUAD_LEADER, *LEADERS)),
    rule("inspection.consent", "审核评价保护期内的个案检查", REVIEWERS, "", ("officer", "applicant")),
    rule("inspection.crossregion", "登记异地检查备案", REVIEWERS),
    rule(
        "inspection.supervise",
        "查看报监督的检查",
        (Grant(Role.SUPERVISOR, ALL), *REVIEWERS, *LEADERS),
    ),
)
