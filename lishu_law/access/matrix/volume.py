"""The bound file: who makes a volume and an archive of it, and who may have the second volume (archive-one-case).

Whoever only conducts a hearing reads the case and exports nothing; the second volume stays with those who made or
judge its papers. What one person ordered for a purpose is not everybody's to fetch: whoever needs the file orders it
again, and his own name and purpose stand on it.
"""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, OWN_OFFICERS, REVIEWERS, SQUAD_LEADER, Grant, Rule, Scope, rule
from lishu_law.registry.roles import Role

_ARCHIVIST = (Grant(Role.ARCHIVIST, ALL),)
_EXPORTERS = (*OWN_OFFICERS, *SQUAD_LEADER, *REVIEWERS, *LEADERS, *_ARCHIVIST)
_ORDERED = tuple(Grant(one.role, Scope.ORDERED) for one in _EXPORTERS)
_APPROVED = tuple(Grant(role, Scope.APPROVED) for role in (Role.SQUAD_LEADER, Role.DEPUTY_HEAD, Role.HEAD))

TABLE: tuple[Rule, ...] = (
    rule("volume.make", "成卷和导出案卷", _EXPORTERS),
    rule("volume.fetch", "取走成卷的案卷", (*_ORDERED, *OWN_OFFICERS, *_APPROVED, *_ARCHIVIST)),
    rule("volume.secondary", "导出副卷", _EXPORTERS),
)
