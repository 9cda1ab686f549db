"""Permissions of messages, the calendar and its feed, and of the holiday notices."""

from __future__ import annotations

from lishu_law.access.matrix.rule import ALL, Grant, Rule, rule
from lishu_law.registry.roles import Role

EVERYBODY = tuple(Grant(role, ALL) for role in Role)

TABLE: tuple[Rule, ...] = (
    rule("message.read", "查看通知", EVERYBODY),
    rule("calendar.read", "查看期限日历", EVERYBODY),
    # security.md §6.1, row "edit calendar": 法 proposes, 分 approves, with the number of the notice
    rule("holidays.read", "查看放假安排", EVERYBODY),
    rule("holidays.propose", "录入放假安排", (Grant(Role.LEGAL_REVIEWER, ALL),)),
    rule("holidays.publish", "审批放假安排", (Grant(Role.DEPUTY_HEAD, ALL),), "", ("applicant",)),
)
