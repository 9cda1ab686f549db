"""Which roles act at a step: the table's actor, held to what the permission matrix grants."""

from __future__ import annotations

from collections.abc import Iterable

from cases.procedure.steps import STEPS, StepType
from lishu_law.access.matrix import RULES, Scope
from lishu_law.registry.roles import LEADER_ROLES, Role

# What the table calls them beside the roles' own names.
WORDS: dict[str, frozenset[str]] = {
    "承办人": frozenset({Role.OFFICER}),
    "主办人": frozenset({Role.OFFICER}),
    "负责人": frozenset(LEADER_ROLES),
    **{role.label: frozenset({role}) for role in Role},
}
# Steps that the matrix leaves to the 主办: nothing for the desk of the 协办.
LEADS_ONLY = frozenset(
    step.code
    for step in STEPS
    if {grant.scope for grant in RULES[step.action].grants if grant.role == Role.OFFICER} == {Scope.LEAD}
)


def roles_of(step: StepType) -> frozenset[str]:
    """The roles on whose desk the step stands; an actor that is no role (听证主持人): everybody the matrix lets."""
    granted = frozenset(grant.role for grant in RULES[step.action].grants)
    return (WORDS.get(step.actor, granted) & granted) or granted


def scopes(step: StepType, role: str) -> frozenset[Scope]:
    """In which cases the role may do it."""
    return frozenset(grant.scope for grant in RULES[step.action].grants if grant.role == role)


def rows_of(role: str, rows: Iterable[StepType] = STEPS) -> tuple[StepType, ...]:
    """The rows of the table that are this role's."""
    return tuple(step for step in rows if role in ROLES[step.code])


ROLES: dict[str, frozenset[str]] = {step.code: roles_of(step) for step in STEPS}
