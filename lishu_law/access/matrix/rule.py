"""The words of the permission matrix: scopes, grants, one rule per action (security.md §6.1).

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
    CUSTODY = "custody"  # things taken in the matter are or were in the bureau's keeping
    ALL = "all"
    HEARING = "hearing"  # conducts the hearing of the object: chair, member or recorder
    CHAIR = "chair"  # chairs the hearing of the object
    SAMPLED = "sampled"  # the closed file was drawn for review by this person, and that review goes on
    ORDERED = "ordered"  # this person ordered the object
    APPROVED = "approved"  # endorsed or approved in the matter
    DELEGATE = "delegate"  # approves in the stead of the head of the object's unit, by a dated document


# In a refusal: before the role's name, or instead of it where an assignment counts and the role does not.
_PREFIX = {Scope.OWN: "本案承办的", Scope.LEAD: "本案主办的", Scope.UNIT: "本单位的"}
_WHO = {
    Scope.SAMPLED: "抽取本案卷的案卷评查员", Scope.HEARING: "本案的听证人员", Scope.CHAIR: "本案的听证主持人",
    Scope.DELEGATE: "受委托的审批人", Scope.ORDERED: "导出人本人", Scope.APPROVED: "本案的审批人",
}  # fmt: skip


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
    def is_reading(self) -> bool:
        """Only looks. Whoever stays out of a case (回避) may do nothing else in it."""
        return self.action.rpartition(".")[2] in {"read", "list", "reveal", "search"}

    @property
    def who(self) -> str:
        """Who may, in words, for the refusal."""
        names = [_WHO.get(one.scope) or f"{_PREFIX.get(one.scope, '')}{Role(one.role).label}" for one in self.grants]
        return "、".join(dict.fromkeys(names))


APART_TEXT = {
    "officer": "承办人",
    "squad_leader": "经办机构负责人",
    "legal_reviewer": "法制审核人",
    "approver": "审批人",
    "applicant": "申请人",
    "editor": "公示编辑人",
    "hearing": "听证人员",
    "dossier_reviewer": "案卷评查员",
    "author": "起草人",
}

OWN, LEAD, UNIT, ALL, SAMPLED = Scope.OWN, Scope.LEAD, Scope.UNIT, Scope.ALL, Scope.SAMPLED
KEEPER = (Grant(Role.PROPERTY_KEEPER, Scope.CUSTODY),)
LEADERS = tuple(Grant(role, ALL) for role in (Role.DEPUTY_HEAD, Role.HEAD) if role in LEADER_ROLES)
OWN_OFFICERS = (Grant(Role.OFFICER, OWN),)
LEAD_OFFICER = (Grant(Role.OFFICER, LEAD),)
REVIEWERS = (Grant(Role.LEGAL_REVIEWER, ALL),)
SQUAD_LEADER = (Grant(Role.SQUAD_LEADER, UNIT),)
# Who may be asked to conduct a hearing. The assignment in the case decides, never the role.
HEARING_ROLES = (Role.OFFICER, Role.SQUAD_LEADER, Role.LEGAL_REVIEWER, Role.DEPUTY_HEAD, Role.ARCHIVIST)
HEARING_PEOPLE = tuple(Grant(role, Scope.HEARING) for role in HEARING_ROLES)
HEARING_CHAIR = tuple(Grant(role, Scope.CHAIR) for role in HEARING_ROLES)
# Who may be given the approval of a unit's routine filings. The delegation decides, never the role.
DELEGATES = (Grant(Role.OFFICER, Scope.DELEGATE), Grant(Role.SQUAD_LEADER, Scope.DELEGATE))
READERS = (
    Grant(Role.OFFICER, OWN),
    Grant(Role.OFFICER, Scope.HEARING),
    Grant(Role.SQUAD_LEADER, UNIT),
    Grant(Role.SQUAD_LEADER, Scope.HEARING),
    Grant(Role.LEGAL_REVIEWER, ALL),
    *LEADERS,
    Grant(Role.ARCHIVIST, ALL),
    Grant(Role.DOSSIER_REVIEWER, Scope.SAMPLED),
)


def rule(action: str, title: str, grants: tuple[Grant, ...], stages: str = "", apart: tuple[str, ...] = ()) -> Rule:
    return Rule(action, title, grants, frozenset(stages), apart)
