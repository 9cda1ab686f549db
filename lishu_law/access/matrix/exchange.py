"""The exchange beyond the pushing itself: comparing both sides, and what only a person may close there."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, Grant, Rule, rule
from lishu_law.registry.roles import Role

_KEEPERS = (Grant(Role.DISCLOSURE_CHECKER, ALL), Grant(Role.SYSTEM_ADMIN, ALL))

TABLE: tuple[Rule, ...] = (
    rule("reconcile.read", "查看对账", (*_KEEPERS, *LEADERS)),
    rule("reconcile.run", "发起对账", _KEEPERS),
    rule("reconcile.close", "关闭对账差异", _KEEPERS),
    rule("reconcile.delete", "请平台删除外来记录", (Grant(Role.DISCLOSURE_CHECKER, ALL),)),
)
