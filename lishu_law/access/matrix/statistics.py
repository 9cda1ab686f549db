"""The decisions published before this system, and the figures of a year."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, REVIEWERS, Grant, rule
from lishu_law.registry.roles import Role

_CHECKERS = (Grant(Role.DISCLOSURE_CHECKER, ALL),)

TABLE = (
    rule("disclosure.import", "导入历史公示", _CHECKERS),
    rule("statistics.read", "查看执法统计", (*_CHECKERS, *REVIEWERS, *LEADERS)),
)
