"""Who handles a case: an officer replaced or added after a recusal, a lapsed certificate, a transfer (处罚法42、43)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases import permissions
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.models import CaseOfficer, OfficerRole
from lishu_law.access.grants import grant, revoke
from lishu_law.access.matrix import APART_TEXT
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.models import Certificate
from lishu_law.registry.roles import Role

ARTICLE = "行政处罚法第四十二条第一款"
APART = ("squad_leader", "legal_reviewer", "approver", "hearing")


@transaction.atomic(durable=True)
def replace_officer(
    *, case_id: int, version: int, by: Any, incoming: Any, reason: str, outgoing: Any = None,
    at: datetime | None = None,
) -> CaseOfficer:  # fmt: skip
    """``incoming`` takes over from ``outgoing``, or fills the place of one who withdrew; declares anew (gen-recuse-self)."""
    doing = begin("replace_officer", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := incoming_faults(doing, incoming, outgoing):
        raise Refused(refusals)
    current = doing.loaded.current_officers
    leaving = next((o for o in current if outgoing is not None and o.user_id == outgoing.pk), None)
    if leaving is not None:
        CaseOfficer.objects.filter(pk=leaving.pk).update(ended_at=doing.at)
        revoke(permissions.HANDLE, leaving.user, doing.case)
    stays = [o for o in current if leaving is None or o.pk != leaving.pk]
    has_lead = any(o.role == OfficerRole.LEAD for o in stays)
    made = CaseOfficer.objects.create(
        case=doing.case, user=incoming, role=OfficerRole.ASSISTANT if has_lead else OfficerRole.LEAD,
        assigned_at=doing.at,
    )  # fmt: skip
    grant(permissions.HANDLE, incoming, doing.case)
    details = {"incoming": incoming.staff_number, "outgoing": leaving.user.staff_number if leaving else ""}
    conclude(doing, opinion=reason, details=details)
    return made


def incoming_faults(doing: Doing, incoming: Any, outgoing: Any) -> list[Refusal]:
    """gen-licence-valid, gen-recuse-effect, separation of duties: who may not take the case over."""
    refusals, number = [], incoming.staff_number
    current = {officer.user_id for officer in doing.loaded.current_officers}
    if incoming.pk in current:
        message = f"{incoming.full_name}已经是本案承办人。请另选一名。"
        refusals.append(Refusal("gen-two-officers", message, ARTICLE, "incoming"))
    if outgoing is not None and outgoing.pk not in current:
        message = f"{outgoing.full_name}不是本案现在的承办人。请核对。"
        refusals.append(Refusal("gen-two-officers", message, ARTICLE, "outgoing"))
    if (
        not incoming.has_role(Role.OFFICER)
        or not Certificate.objects.valid_on(doing.today).filter(user=incoming).exists()
    ):
        message = f"{incoming.full_name}今天没有有效的执法证。请另选一名。"
        refusals.append(Refusal("gen-licence-valid", message, ARTICLE, "incoming"))
    if number in doing.subject.involved.get("recused", frozenset()):
        message = f"{incoming.full_name}已经回避本案，不能承办。请另选一名。"
        refusals.append(Refusal("gen-recuse-effect", message, "行政处罚法第四十三条第一款", "incoming"))
    for kind in APART:
        if number in doing.subject.involved.get(kind, frozenset()):
            message = f"{incoming.full_name}是本案{APART_TEXT[kind]}，不能承办。请另选一名。"
            refusals.append(Refusal("gen-two-officers", message, ARTICLE, "incoming"))
    return refusals
