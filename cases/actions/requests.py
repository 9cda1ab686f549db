"""Requests to the leaders: asked by the 主办人, endorsed by the squad leader, decided by a head. One endorsement for all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.approvals import ask, decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.models import Approval, Case
from cases.procedure.states import State
from lishu_law.errors import NotFound, Refusal, Refused


@transaction.atomic(durable=True)
def endorse_request(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The squad leader's opinion on a request; disagreeing ends it."""
    doing = begin("endorse_request", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    waiting = request_at_hand(doing)
    if not agree:
        decide(doing, kind=waiting.kind, agree=False, opinion=opinion)
        return conclude(doing, outcome="declined", opinion=opinion, details={"kind": waiting.kind})
    sign(waiting, "endorsed", doing, opinion)
    return conclude(doing, opinion=opinion, details={"kind": waiting.kind})


def request_at_hand(doing: Doing) -> Approval:
    """The request the act works on. ``NotFound`` when it is not one of this case or was decided meanwhile."""
    found = Approval.objects.filter(case=doing.case, pk=doing.part_id or 0, outcome="").first()
    if found is None:
        raise NotFound("没有找到等待审批的申请，可能已经审批过了。")
    return found


def sign(request: Approval, kind: str, doing: Doing, opinion: str) -> None:
    """Write an opinion of ``kind`` (endorsed, reviewed) on the request."""
    request.data = {
        **request.data,
        kind: {
            "name": doing.by.full_name,
            "staff_number": doing.by.staff_number,
            "opinion": opinion,
            "at": doing.at.isoformat(),
        },
    }
    request.save(update_fields=["data"])


def ask_and_conclude(
    doing: Doing, kind: str, *, reason: str, data: dict[str, Any] | None = None, part: str = "",
    details: dict[str, Any] | None = None,
) -> Approval:  # fmt: skip
    """The usual end of an act that asks for something. ``details`` go to its journal entry too."""
    request = ask(doing, kind, reason=reason, data=data, part=part)
    conclude(doing, opinion=reason, details={"request": request.pk, "kind": kind, **(details or {})})
    return request


def decline(doing: Doing, kind: str, opinion: str) -> Case:
    """The usual end of a decision that says no: the request is refused with its reason, the case stays where it is."""
    decide(doing, kind=kind, agree=False, opinion=opinion)
    here = State(doing.case.state)
    return conclude(doing, to_state=here, outcome="declined", opinion=opinion, details={"kind": kind})


def said(text: str, least: int, refusal: Refusal) -> list[Refusal]:
    """A reason that must be given in words."""
    return [] if len(text.strip()) >= least else [refusal]


def refuse_all(refusals: list[Refusal]) -> None:
    """Raise ``Refused`` with everything found, if anything was."""
    if refusals:
        raise Refused(refusals)
