"""The permission matrix as data (security.md §6.1). One row per action; what is not listed is denied.

Stages are the state groups of the matrix: L clue, F filing under approval, I investigation, R legal review, N notice
period, D decision under approval, X decided and open, C closed, A archived.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lishu_law.registry.roles import LEADER_ROLES, Role


class Scope(Enum):
    OWN = "own"  # 主办 or 协办 of the object
    LEAD = "lead"  # 主办 only
    UNIT = "unit"  # the object belongs to the person's unit
    ALL = "all"


@dataclass(frozen=True)
class Grant:
    role: str
    scope: Scope


@dataclass(frozen=True)
class Rule:
    action: str
    title: str
    grants: tuple[Grant, ...]
    stages: frozenset[str] = frozenset()
    apart: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """Who may, in words, for the refusal."""
        names = []
        for grant in self.grants:
            prefix = {Scope.OWN: "本案承办的", Scope.LEAD: "本案主办的", Scope.UNIT: "本单位的", Scope.ALL: ""}[
                grant.scope
            ]
            names.append(f"{prefix}{Role(grant.role).label}")
        return "、".join(dict.fromkeys(names))


APART_TEXT = {
    "officer": "承办人",
    "squad_leader": "经办机构负责人",
    "legal_reviewer": "法制审核人",
    "approver": "审批人",
    "applicant": "申请人",
    "editor": "公示编辑人",
}

OWN, LEAD, UNIT, ALL = Scope.OWN, Scope.LEAD, Scope.UNIT, Scope.ALL
_LEADERS = tuple(Grant(role, ALL) for role in (Role.DEPUTY_HEAD, Role.HEAD) if role in LEADER_ROLES)
_OWN = (Grant(Role.OFFICER, OWN),)
_LEAD = (Grant(Role.OFFICER, LEAD),)
_SQUAD = (Grant(Role.SQUAD_LEADER, UNIT),)
_READERS = (
    Grant(Role.OFFICER, OWN),
    Grant(Role.SQUAD_LEADER, UNIT),
    Grant(Role.LEGAL_REVIEWER, ALL),
    *_LEADERS,
    Grant(Role.ARCHIVIST, ALL),
)


def _rule(action: str, title: str, grants: tuple[Grant, ...], stages: str = "", apart: tuple[str, ...] = ()) -> Rule:
    return Rule(action, title, grants, frozenset(stages), apart)


_TABLE = (
    # everybody who works here
    _rule("desk.read", "查看待办", tuple(Grant(role, ALL) for role in Role)),
    _rule("profile.edit", "修改个人设置", tuple(Grant(role, ALL) for role in Role)),
    # registry
    _rule("party.search", "查询当事人和车辆", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    _rule("party.edit", "登记当事人和车辆", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    _rule(
        "party.reveal",
        "查看证件号码全文",
        (Grant(Role.OFFICER, OWN), Grant(Role.SQUAD_LEADER, UNIT), Grant(Role.LEGAL_REVIEWER, ALL), *_LEADERS),
    ),
    # the case
    _rule("case.list", "查看案件", _READERS),
    _rule("case.create", "登记线索", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    _rule("case.read", "查看案件", _READERS),
    _rule("case.edit", "修改案件事实", _OWN, "LI"),
    _rule("case.verify_clue", "核查线索", _OWN, "L"),
    _rule("case.request_filing", "提请立案", _OWN, "L"),
    _rule("case.recommend_filing", "签署立案意见", _SQUAD, "F", ("officer",)),
    _rule("case.approve_filing", "审批立案", _LEADERS, "F", ("officer", "squad_leader")),
    _rule("case.add_evidence", "补充证据", (*_OWN, *_SQUAD), "LIN"),
    _rule("case.record", "制作笔录", _OWN, "LI"),
    _rule("case.set_discretion", "裁量", _LEAD, "I"),
    _rule("case.submit_report", "提交调查报告", _LEAD, "I"),
    _rule("case.endorse_report", "签署调查报告意见", _SQUAD, "I", ("officer",)),
    _rule("case.approve_report", "审批调查报告", _LEADERS, "I", ("officer", "squad_leader")),
    _rule("case.issue_notice", "制作违法行为通知书", _LEAD, "N"),
    _rule("case.serve", "送达文书", (*_OWN, *_SQUAD), "NX"),
    _rule("case.record_defence", "记录陈述申辩", _OWN, "N"),
    _rule("case.review_defence", "复核陈述申辩", _OWN, "N"),
    _rule("case.request_review", "提交法制审核", _LEAD, "N"),
    _rule("case.review", "法制审核", (Grant(Role.LEGAL_REVIEWER, ALL),), "R", ("officer", "squad_leader", "approver")),
    _rule("case.record_discussion", "记录集体讨论", _LEADERS, "D", ("officer", "legal_reviewer")),
    _rule("case.approve_decision", "审批处罚决定", _LEADERS, "D", ("officer", "squad_leader", "legal_reviewer")),
    _rule("case.record_payment", "登记缴款", (*_LEAD, *_SQUAD), "X", ("approver",)),
    _rule("case.propose_closing", "提请结案", _LEAD, "X"),
    _rule("case.endorse_closing", "签署结案意见", _SQUAD, "X", ("officer",)),
    _rule("case.approve_closing", "审批结案", _LEADERS, "X", ("officer", "squad_leader")),
    _rule("case.archive", "归档", (Grant(Role.ARCHIVIST, ALL),), "C"),
    _rule("document.read", "查看文书", _READERS),
    _rule("evidence.read", "查看证据", _READERS),
    # inspections
    _rule("shift.read", "查看巡查班次", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL), *_LEADERS)),
    _rule("shift.file", "报备巡查班次", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    _rule("shift.approve", "审批巡查班次", (Grant(Role.SQUAD_LEADER, UNIT), *_LEADERS), "", ("officer", "applicant")),
    _rule("shift.act", "在班次上记录检查", _OWN),
    _rule("inspection.read", "查看检查", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL), *_LEADERS)),
    _rule("inspection.file", "报备检查", (Grant(Role.OFFICER, ALL), Grant(Role.SQUAD_LEADER, ALL))),
    _rule("inspection.approve", "审批检查", (Grant(Role.SQUAD_LEADER, UNIT), *_LEADERS), "", ("officer", "applicant")),
    _rule("inspection.act", "实施检查", _OWN),
    # disclosure
    _rule(
        "disclosure.read",
        "查看公示",
        (Grant(Role.DISCLOSURE_CHECKER, ALL), Grant(Role.LEGAL_REVIEWER, ALL), *_LEADERS),
    ),
    _rule("disclosure.publish", "审核并公示", (Grant(Role.DISCLOSURE_CHECKER, ALL),), "", ("officer", "editor")),
    _rule("delivery.read", "查看推送", (Grant(Role.DISCLOSURE_CHECKER, ALL), Grant(Role.SYSTEM_ADMIN, ALL), *_LEADERS)),
    _rule("delivery.retry", "重新推送", (Grant(Role.DISCLOSURE_CHECKER, ALL), Grant(Role.SYSTEM_ADMIN, ALL))),
    # administration
    _rule("journal.read", "查看审计日志", (Grant(Role.AUDIT_ADMIN, ALL),)),
    _rule("clock.move", "拨动演示时钟", (Grant(Role.SYSTEM_ADMIN, ALL),)),
    _rule("parameter.read", "查看法律参数", tuple(Grant(role, ALL) for role in Role)),
)

RULES: dict[str, Rule] = {rule.action: rule for rule in _TABLE}
if len(RULES) != len(_TABLE):
    raise ValueError("an action stands twice in the permission matrix")
