"""Whom a page about recusal or a hearing offers to choose from."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from cases.queries.find import OpenedCase
from lishu_law.access.matrix.rule import HEARING_ROLES
from lishu_law.registry.models import User
from lishu_law.registry.roles import LEADER_ROLES, Role

APART = ("officer", "squad_leader", "legal_reviewer", "approver", "recused")


def taking_part(opened: OpenedCase) -> QuerySet[User]:
    """Staff who take part in the case or may come to: whose recusal the party may ask for."""
    involved = opened.subject.involved
    numbers = {n for kind in ("officer", "hearing", "squad_leader", "legal_reviewer", "approver")
               for n in involved.get(kind, frozenset())} - involved.get("recused", frozenset())  # fmt: skip
    deciding = Q(roles__overlap=[*LEADER_ROLES, Role.LEGAL_REVIEWER])
    leading = Q(roles__contains=[Role.SQUAD_LEADER], unit_id=opened.case.unit_id)
    found = User.objects.filter(is_active=True).filter(Q(staff_number__in=numbers) | deciding | leading)
    return found.exclude(staff_number__in=involved.get("recused", frozenset())).order_by("unit_id", "staff_number")


def apart_from(opened: OpenedCase) -> QuerySet[User]:
    """Staff who may conduct the hearing: no part in the case, no recusal (hearing-chair)."""
    numbers: set[Any] = set()
    for kind in APART:
        numbers |= opened.subject.involved.get(kind, frozenset())
    found = User.objects.filter(is_active=True, roles__overlap=list(HEARING_ROLES))
    return found.exclude(staff_number__in=numbers).order_by("unit_id", "staff_number")
