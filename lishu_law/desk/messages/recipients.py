"""Who is told of a limit: its owner by the rule, and whose step stands under it now; late things climb.

A limit of the party, of a court or of the system concerns those who handle the case: they go on when it ends. What a
leader decides is brought before the leader by the handlers: they are told, the leaders too from the due day on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases.api import RunningLimit, actors_of
from lishu_law.law.limits import find
from lishu_law.registry.models import User
from lishu_law.registry.roles import LEADER_ROLES, Role

# Words of the rules' and the steps' actor columns, the more particular first → roles; "officers" are the handlers.
OFFICERS = "officers"
WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("法制", (Role.LEGAL_REVIEWER,)),
    ("机构负责人", (Role.SQUAD_LEADER,)),
    ("中队长", (Role.SQUAD_LEADER,)),
    ("正职负责人", (Role.HEAD,)),
    ("公示", (Role.DISCLOSURE_CHECKER,)),
    ("档案员", (Role.ARCHIVIST,)),
    ("涉案财物", (Role.PROPERTY_KEEPER,)),
    ("负责人", (OFFICERS, Role.DEPUTY_HEAD, Role.HEAD)),
    ("承办", (OFFICERS,)),
    ("执法人员", (OFFICERS,)),
    ("送达人", (OFFICERS,)),
    ("主办", (OFFICERS,)),
)
# The rule names 法制机构 as its owner, our matrix gives the act to another role (security.md §6.1, decision 18).
BY_CODE: Mapping[str, tuple[str, ...]] = {
    "pub-7wd": (Role.DISCLOSURE_CHECKER,),
    "pub-20wd": (Role.DISCLOSURE_CHECKER,),
    "pub-withdraw-3d": (Role.DISCLOSURE_CHECKER,),
}


@dataclass(frozen=True)
class Staff:
    """Active people by role, and squad leaders by unit: read once for many limits."""

    by_role: Mapping[str, frozenset[int]]
    leaders_of_unit: Mapping[int, frozenset[int]]
    active: frozenset[int]


def staff() -> Staff:
    """Everybody who works here, in one statement."""
    by_role: dict[str, set[int]] = {}
    leaders: dict[int, set[int]] = {}
    active: set[int] = set()
    for pk, unit_id, roles in User.objects.filter(is_active=True).values_list("pk", "unit_id", "roles"):
        active.add(pk)
        for role in roles:
            by_role.setdefault(role, set()).add(pk)
        if Role.SQUAD_LEADER in roles and unit_id is not None:
            leaders.setdefault(unit_id, set()).add(pk)
    return Staff(
        {role: frozenset(people) for role, people in by_role.items()},
        {unit: frozenset(people) for unit, people in leaders.items()},
        frozenset(active),
    )


def recipients(one: RunningLimit, here: Staff, *, is_escalated: bool) -> frozenset[int]:
    """The user ids to tell. Nobody found (no account has the role): those who handle the case."""
    found: set[int] = set()
    roles = roles_of(one.limit.code, one.limit.part, one.state)
    if not is_escalated and set(roles) >= LEADER_ROLES:
        roles = (OFFICERS, *(role for role in roles if role not in LEADER_ROLES))
    for role in roles:
        if role == OFFICERS:
            found |= set(one.officers)
        elif role == Role.SQUAD_LEADER:
            found |= here.leaders_of_unit.get(one.unit_id, frozenset())
        else:
            found |= here.by_role.get(role, frozenset())
    found &= here.active
    if not found:
        found = set(one.officers) & here.active
    if is_escalated:
        found |= here.leaders_of_unit.get(one.unit_id, frozenset())
    return frozenset(found)


def roles_of(code: str, part: str = "", state: str = "") -> tuple[str, ...]:
    """The roles that act under a limit: its owner by the rule, and whose step stands under it in the case's state."""
    if law := BY_CODE.get(code):
        return law
    owners = _named(find(code).actor.split(";"))
    turn = _named(actors_of(code, part, state)) if state or not owners else ()
    return tuple(dict.fromkeys((*owners, *turn))) or (OFFICERS,)


def _named(words: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for word in words:
        match = next((roles for key, roles in WORDS if key in word), ())
        found += match
    return tuple(dict.fromkeys(found))
