"""案卷评查: the legal section draws and settles, reviewers score what they were given, handlers object and mend.

Whoever took part in a case reviews nothing of it (security.md §6.2 S4).
"""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, OWN_OFFICERS, REVIEWERS, SAMPLED, UNIT, Grant, Rule, rule
from lishu_law.registry.roles import Role

_APART = ("officer", "squad_leader", "legal_reviewer", "approver", "hearing")
_REVIEWER = Grant(Role.DOSSIER_REVIEWER, ALL)
_SAMPLED = (Grant(Role.DOSSIER_REVIEWER, SAMPLED),)
_STAFF = (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))

TABLE: tuple[Rule, ...] = (
    rule("dossier_review.list", "查看案卷评查", (*_STAFF, *REVIEWERS, *LEADERS, _REVIEWER)),
    rule("dossier_review.draw", "抽取评查案卷", REVIEWERS),
    rule("dossier_review.score", "评查案卷", _SAMPLED, "", _APART),
    rule(
        "dossier_review.read",
        "查看评查结果",
        (*OWN_OFFICERS, Grant(Role.SQUAD_LEADER, UNIT), *REVIEWERS, *LEADERS, *_SAMPLED),
    ),
    rule("dossier_review.object", "对评查结果提出异议", OWN_OFFICERS),
    rule("dossier_review.settle", "处理评查异议", REVIEWERS),
    rule("dossier_review.correct", "报告评查问题整改", OWN_OFFICERS),
    rule("dossier_review.confirm", "核实评查问题整改", _SAMPLED, "", _APART),
    rule("dossier_review.choose", "选入优秀案卷库", REVIEWERS),
)
