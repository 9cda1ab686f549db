"""Permissions of what phones send later: whoever wrote it sends it; the writer or the squad leader settles it."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEAD_OFFICER, SQUAD_LEADER, Grant, Rule, rule
from lishu_law.registry.roles import Role

TABLE: tuple[Rule, ...] = (
    rule("queue.send", "上传离线内容", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    # The "lead" of an item is whoever wrote it.
    rule("queue.settle", "处理有冲突的离线内容", (*LEAD_OFFICER, *SQUAD_LEADER)),
)
