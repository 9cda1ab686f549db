"""Permissions of the numbered blank forms: who gives them out does not hold them (shared decision 24)."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEAD_OFFICER, LEADERS, SQUAD_LEADER, Grant, Rule, rule
from lishu_law.registry.roles import Role

# The "lead" of a block is its holder.
_HOLDER_OR_SQUAD = (*LEAD_OFFICER, *SQUAD_LEADER)

TABLE: tuple[Rule, ...] = (
    rule("blank.read", "查看编号空白文书", (*_HOLDER_OR_SQUAD, *LEADERS, Grant(Role.ARCHIVIST, ALL))),
    rule("blank.lease", "发放编号空白文书", SQUAD_LEADER, "", ("officer",)),
    rule("blank.print", "打印编号空白文书", _HOLDER_OR_SQUAD),
    rule("blank.void", "作废空白文书的号码", _HOLDER_OR_SQUAD),
    rule("blank.take_back", "收回编号空白文书", SQUAD_LEADER, "", ("officer",)),
    rule("blank.allow_late", "准予超期补录纸质决定", SQUAD_LEADER, "", ("officer",)),
    # Whether the number fits the case is asked with the case: its holder is one of the case's two officers.
    rule("blank.use", "补录纸质当场处罚决定", (Grant(Role.OFFICER, ALL),)),
)
