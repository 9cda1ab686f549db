"""The decisions published before this system."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, Grant, rule
from lishu_law.registry.roles import Role

_CHECKERS = (Grant(Role.DISCLOSURE_CHECKER, ALL),)

TABLE = (
    rule("disclosure.import", "导入历史公示", _CHECKERS),
)
