"""双随机 draws: who prepares and draws, who publishes, who may give one up."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, Grant, rule
from lishu_law.registry.roles import Role

# Draws are run by the squads' heads or the legal section; the officers who will inspect never draw themselves.
OPERATORS = (Grant(Role.SQUAD_LEADER, ALL), Grant(Role.LEGAL_REVIEWER, ALL))
PUBLISHERS = (Grant(Role.DISCLOSURE_CHECKER, ALL), *LEADERS)

TABLE = (
    rule("draw.read", "查看双随机抽取", (Grant(Role.OFFICER, ALL), *OPERATORS, *PUBLISHERS)),
    rule("draw.prepare", "准备双随机抽取", OPERATORS),
    rule("draw.freeze", "冻结抽取名单", OPERATORS),
    rule("draw.run", "双随机抽取", OPERATORS),
    rule("draw.redraw", "递补抽取", OPERATORS),
    rule("draw.publish", "公布抽取和检查结果", PUBLISHERS),
    rule("inspection.publish", "公示检查结果", PUBLISHERS),
    rule("draw.void", "作废双随机抽取", LEADERS),
)
