"""监督: ratings and complaints under supervision, the board of frequency and fairness.

The justice bureau's 监督员 reads (shared decision 15); the legal section works the tickets. No officer and no squad
leader stands in any row: a unit sees its ratings only in the public groups of five.
"""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, REVIEWERS, Grant, rule
from lishu_law.registry.roles import Role

SUPERVISOR = (Grant(Role.SUPERVISOR, ALL),)

TABLE = (
    rule("rating.read", "查看单份评价", SUPERVISOR),
    rule("ticket.read", "查看监督件", (*REVIEWERS, *SUPERVISOR)),
    rule("ticket.work", "办理监督件", REVIEWERS),
    rule("board.read", "查看检查频次和公平看板", (*LEADERS, *SUPERVISOR)),
)
