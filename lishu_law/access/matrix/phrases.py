"""Reference wording 参考用语: whoever handles cases may write, another person of the legal section reviews."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, REVIEWERS, Grant, Rule, rule
from lishu_law.registry.roles import Role

_WRITERS = (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL), *REVIEWERS)

TABLE: tuple[Rule, ...] = (
    rule(
        "phrase.read",
        "查看参考用语",
        (*_WRITERS, *LEADERS, Grant(Role.ARCHIVIST, ALL), Grant(Role.DOSSIER_REVIEWER, ALL)),
    ),  # fmt: skip
    rule("phrase.write", "起草参考用语", _WRITERS),
    rule("phrase.review", "审核参考用语", REVIEWERS, "", ("author",)),
    rule("phrase.retire", "停用参考用语", REVIEWERS),
)
