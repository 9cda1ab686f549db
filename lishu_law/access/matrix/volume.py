"""The bound file: who makes a volume and an archive of it, and who may have the second volume (archive-one-case).

Whoever only conducts a hearing reads the case and exports nothing; the second volume stays with those who made or
judge its papers.
"""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, OWN_OFFICERS, REVIEWERS, SQUAD_LEADER, Grant, Rule, rule
from lishu_law.registry.roles import Role

_EXPORTERS = (*OWN_OFFICERS, *SQUAD_LEADER, *REVIEWERS, *LEADERS, Grant(Role.ARCHIVIST, ALL))

TABLE: tuple[Rule, ...] = (
    rule("volume.make", "成卷和导出案卷", _EXPORTERS),
    rule("volume.secondary", "导出副卷", _EXPORTERS),
)
