"""案卷评查: the legal section draws and settles, reviewers score what they were given, handlers object and mend.

Whoever took part in a case reviews nothing of it, and with its reviewers judges no review of it (security.md §6.2 S4).
"""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, OWN_OFFICERS, REVIEWERS, SAMPLED, UNIT, Grant, Rule, rule
from lishu_law.registry.roles import Role

_APART = ("officer", "squad_leader", "legal_reviewer", "approver", "hearing")
_JUDGE_APART = (*_APART, "dossier_reviewer")
_REVIEWER = Grant(Role.DOSSIER_REVIEWER, ALL)
_SAMPLED = (Grant(Role.DOSSIER_REVIEWER, SAMPLED),)
_STAFF = (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))

TABLE: tuple[Rule, ...] = (
    rule("scoring.list", "查看案卷评查", (*_STAFF, *REVIEWERS, *LEADERS, _REVIEWER)),
    rule("scoring.draw", "抽取评查案卷", REVIEWERS),
    rule("scoring.score", "评查案卷", _SAMPLED, "", _APART),
    rule(
        "scoring.read",
        "查看评查结果",
        (*OWN_OFFICERS, Grant(Role.SQUAD_LEADER, UNIT), *REVIEWERS, *LEADERS, *_SAMPLED),
    ),
    rule("scoring.object", "对评查结果提出异议", OWN_OFFICERS),
    rule("scoring.settle", "处理评查异议", REVIEWERS, "", _JUDGE_APART),
    rule("scoring.correct", "报告评查问题整改", OWN_OFFICERS),
    rule("scoring.confirm", "核实评查问题整改", _SAMPLED, "", _APART),
    rule("scoring.choose", "选入优秀案卷库", REVIEWERS, "", _JUDGE_APART),
)
