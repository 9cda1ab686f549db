"""Permissions of the acts in ``cases/procedure/steps/evidence.py`` and of the device register."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, HEARING_PEOPLE, LEADERS, OWN_OFFICERS, Grant, Rule, rule
from lishu_law.registry.roles import Role

_FIELD = (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))
_LEGAL = (Grant(Role.LEGAL_REVIEWER, ALL),)

TABLE: tuple[Rule, ...] = (
    rule("case.review_monitoring", "审核电子技术监控记录", _LEGAL, "LI", ("officer", "squad_leader", "approver")),
    rule("case.sign_document", "在文书上签名", (*OWN_OFFICERS, *HEARING_PEOPLE)),
    rule("device.read", "查看检测和监控设备", (*_FIELD, *_LEGAL, *LEADERS)),
    rule("device.edit", "登记检测和监控设备", _FIELD),
    rule("device.review", "审核监控设备", _LEGAL),
)
