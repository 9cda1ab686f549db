"""The one question "may this person?" (security.md §6). Deny by default.

``can`` looks at role, unit, assignment, stage and separation of duties; it never asks whether the act is lawful now
(that is what guards are for) and it reads nothing from the database: the caller says what it knows in a ``Subject``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lishu_law.access.matrix import APART_TEXT, RULES, Rule, Scope
from lishu_law.errors import NotAllowed
from lishu_law.registry.roles import Role


@dataclass(frozen=True)
class Subject:
    """What the policy may know of the object asked about.

    ``involved`` maps a kind of involvement ("officer", "squad_leader", "legal_reviewer", "approver", "applicant",
    "editor", "hearing", "hearing_chair", "recused", "delegate", "dossier_reviewer", "reviewing", "orderer", "author") to
    the staff numbers of those who took part in that way.
    """

    unit_id: int | None = None
    lead: str = ""
    assistants: frozenset[str] = frozenset()
    stage: str = ""
    involved: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_sensitive: bool = False
    has_property: bool = False  # things were taken in the matter


@dataclass(frozen=True)
class Decision:
    allowed: bool
    reason: str = ""
    message: str = ""
    who_may: str = ""


ALLOWED = Decision(True)
NOBODY = Subject()


def can(user: Any, action: str, subject: Subject = NOBODY) -> Decision:
    """May ``user`` do ``action`` to the object described by ``subject``? Unknown actions are denied."""
    rule = RULES.get(action)
    if rule is None:
        return Decision(False, "unknown_action", "这项操作没有登记权限。")
    if not user.is_authenticated or not user.is_active:
        return Decision(False, "anonymous", "请先登录。", rule.who)
    if not any(user.has_role(grant.role) and _in_scope(user, grant.scope, subject) for grant in rule.grants):
        return Decision(False, "denied", f"您没有“{rule.title}”的权限。请找{rule.who}办理。", rule.who)
    if not rule.is_reading and user.staff_number in subject.involved.get("recused", frozenset()):
        return Decision(False, "recused", f"您已经回避本案，不能再“{rule.title}”。请换人办理。", rule.who)
    if rule.stages and subject.stage not in rule.stages:
        return Decision(False, "stage", f"现在这个阶段不能“{rule.title}”。", rule.who)
    return _apart(user, rule, subject)


def may_ever(user: Any, action: str) -> bool:
    """Does any role of the user grant the action in any scope? The door of a page; the object is asked later."""
    rule = RULES.get(action)
    return bool(
        rule and user.is_authenticated and user.is_active and any(user.has_role(grant.role) for grant in rule.grants)
    )


def check(user: Any, action: str, subject: Subject = NOBODY) -> None:
    """Raise ``NotAllowed`` with the reason unless :func:`can` allows."""
    decision = can(user, action, subject)
    if not decision.allowed:
        raise NotAllowed(decision.message, reason=decision.reason, who_may=decision.who_may)


def _in_scope(user: Any, scope: Scope, subject: Subject) -> bool:
    if scope is Scope.ALL:
        return True
    if scope is Scope.CUSTODY:
        return subject.has_property
    if scope is Scope.UNIT:
        return subject.unit_id is not None and subject.unit_id == user.unit_id
    if scope in _BY_INVOLVEMENT:
        return any(user.staff_number in subject.involved.get(kind, frozenset()) for kind in _BY_INVOLVEMENT[scope])
    is_lead = bool(subject.lead) and subject.lead == user.staff_number
    return is_lead or (scope is Scope.OWN and user.staff_number in subject.assistants)


# The involvements that a scope asks for: one of them is enough.
_BY_INVOLVEMENT = {
    Scope.HEARING: ("hearing",), Scope.CHAIR: ("hearing_chair",), Scope.DELEGATE: ("delegate",),
    Scope.SAMPLED: ("reviewing",), Scope.ORDERED: ("orderer",), Scope.APPROVED: ("approver", "squad_leader"),
}  # fmt: skip


def _apart(user: Any, rule: Rule, subject: Subject) -> Decision:
    for kind in rule.apart:
        if user.staff_number in subject.involved.get(kind, frozenset()):
            of_what = "" if kind == "author" else "本案"  # a text of the house belongs to no case
            words = f"您是{of_what}{APART_TEXT[kind]}，不能再“{rule.title}”。请换人办理。"
            return Decision(False, "separation", words, rule.who)
    return ALLOWED


__all__ = ["ALLOWED", "NOBODY", "Decision", "Role", "Subject", "can", "check", "may_ever"]
