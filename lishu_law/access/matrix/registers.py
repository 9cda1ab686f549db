"""The registers of inspections: objects, officers, matters, powers."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, LEADERS, REVIEWERS, UNIT, Grant, rule
from lishu_law.registry.roles import Role

_FIELD = (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))
_SQUAD_LEADERS = (Grant(Role.SQUAD_LEADER, ALL),)

TABLE = (
    rule("subject.read", "查看监管对象名录", (*_FIELD, *LEADERS)),
    rule("subject.edit", "登记和修改监管对象", _FIELD),
    rule("subject.import", "导入监管对象", (*_SQUAD_LEADERS, *LEADERS)),
    rule("subject.merge", "合并监管对象", (*_SQUAD_LEADERS, *LEADERS)),
    rule("subject.white_list", "管理无事不扰白名单", LEADERS),
    rule("officer.read", "查看执法人员名录", (*_SQUAD_LEADERS, *LEADERS)),
    rule("officer.edit", "维护执法人员名录", (Grant(Role.SQUAD_LEADER, UNIT), *LEADERS)),
    rule("certificate.edit", "登记和注销执法证", LEADERS),
    rule("register.import", "从文件导入名录和清单", (*_SQUAD_LEADERS, *REVIEWERS, *LEADERS)),
    rule("matter.read", "查看检查事项清单", (*_FIELD, *REVIEWERS, *LEADERS)),
    rule("matter.edit", "维护检查事项清单", (*REVIEWERS, *LEADERS)),
    rule("cap.read", "查看年度检查次数上限", (*_FIELD, *REVIEWERS, *LEADERS, Grant(Role.SYSTEM_ADMIN, ALL))),
    rule("cap.edit", "维护年度检查次数上限", (*REVIEWERS, Grant(Role.SYSTEM_ADMIN, ALL))),
    rule("unit.read", "查看检查主体", (*_FIELD, *REVIEWERS, *LEADERS)),
    rule("unit.edit", "维护受委托、授权的组织", (*REVIEWERS, *LEADERS)),
    rule("power.read", "查看权责清单", (*_FIELD, *REVIEWERS, *LEADERS)),
    rule("power.edit", "维护权责清单", (*REVIEWERS, *LEADERS)),
)
