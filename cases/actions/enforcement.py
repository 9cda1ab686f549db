"""The bureau's own enforcement, only where the law grants the power: asked for, decided, carried out (强制法37–52)."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions import enforcement_checks as checks
from cases.actions.approvals import ask, decide
from cases.actions.demand import make_demand
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.witness_checks import outside_witness
from cases.documents import contexts
from cases.documents.contexts import DemandWords
from cases.documents.issue import seal
from cases.models import Approval, ApprovalOutcome, Document, Enforcement, EnforcementKind, EnforcementStatus
from cases.procedure.enforcement_plan import NewEnforcement, Performance
from cases.procedure.states import State
from lishu_law import clock
from lishu_law.errors import NotFound, Refused

PROXY_LAW = "行政强制法第五十一条"
PROXIES = frozenset({EnforcementKind.PROXY, EnforcementKind.PROXY_NOW})


@transaction.atomic(durable=True)
def request_enforcement(
    *, case_id: int, version: int, by: Any, new: NewEnforcement, at: datetime | None = None
) -> Approval:
    """S33 asked for: every condition of the chosen kind is checked before a leader sees it."""
    doing = begin("request_enforcement", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := checks.lawful_to_enforce(doing.loaded.facts, new, doing.today):
        raise Refused(refusals)
    label = EnforcementKind(new.kind).label
    data = {**asdict(new), "planned_at": new.planned_at.isoformat(), "proposal": f"拟{label}：{new.manner}"}
    approval = ask(doing, "proxy" if new.kind in PROXIES else "enforcement", reason=new.grounds, data=data)
    conclude(doing, opinion=new.grounds, details={"approval": approval.pk, "kind": new.kind})
    return approval


@transaction.atomic(durable=True)
def decide_enforcement(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Approval:
    """The head decides on a demolition or an auction: S33 complete, M20 sealed with a number of its own."""
    doing = begin("decide_enforcement", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    return _decide(doing, "enforcement", agree=agree, opinion=opinion)


@transaction.atomic(durable=True)
def decide_proxy(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Approval:
    """The head decides on a proxy performance: S33 complete, M21 sealed with a number of its own."""
    doing = begin("decide_proxy", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    return _decide(doing, "proxy", agree=agree, opinion=opinion)


def _decide(doing: Doing, kind: str, *, agree: bool, opinion: str) -> Approval:
    approval = decide(doing, kind=kind, agree=agree, opinion=opinion)
    new = _asked(approval)
    if agree:
        check_guards(doing)
        if refusals := checks.lawful_to_enforce(doing.loaded.facts, new, doing.today):
            raise Refused(refusals)
    form = contexts.enforcement_form(doing.loaded, doing, approval, opinion)
    seal(doing.case, "enforcement_form", form, by=doing.by, at=doing.at)
    if not agree:
        conclude(doing, to_state=State(doing.case.state), outcome=ApprovalOutcome.REFUSED, opinion=opinion)
        return approval
    enforcement = _decided(doing, approval, new)
    conclude(doing, opinion=opinion, details={"enforcement": enforcement.pk, "kind": new.kind})
    return approval


def _asked(approval: Approval) -> NewEnforcement:
    """What was asked for, from the request's data."""
    known = {one.name: approval.data[one.name] for one in fields(NewEnforcement)}
    return NewEnforcement(**{**known, "planned_at": datetime.fromisoformat(known["planned_at"])})


def _decided(doing: Doing, approval: Approval, new: NewEnforcement) -> Enforcement:
    is_proxy = new.kind in PROXIES
    code = "proxy_decision" if is_proxy else "enforcement_decision"
    make = contexts.proxy_decision if is_proxy else contexts.enforcement_decision
    data = make(doing.loaded, doing, approval.data, clock.local(new.planned_at))
    document = seal(doing.case, code, data, by=doing.by, at=doing.at)
    enforcement = Enforcement.objects.create(
        case=doing.case, approval=approval, document=document, kind=new.kind, power=new.power, manner=new.manner,
        planned_at=new.planned_at, urgency=new.urgency, decided_on=doing.today,
    )  # fmt: skip
    Document.objects.filter(pk=document.pk).update(part=f"enforcement:{enforcement.pk}")
    return enforcement


def row_of(doing: Doing) -> Enforcement:
    """The enforcement that the act works on."""
    found = Enforcement.objects.filter(case=doing.case, pk=doing.part_id or 0).select_related("document").first()
    if found is None:
        raise NotFound("没有找到这项强制执行。")
    return found


@transaction.atomic(durable=True)
def announce_demolition(
    *, case_id: int, version: int, by: Any, part_id: int, demolish_by: date, at: datetime | None = None
) -> Enforcement:
    """M18: the public notice with the day until which the party may pull it down itself (强制法44)."""
    doing = begin("announce_demolition", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    enforcement = row_of(doing)
    if refusals := checks.announcement_fits(enforcement.kind, demolish_by, doing.today):
        raise Refused(refusals)
    data = contexts.demolition_notice(doing.loaded, doing, demolish_by)
    seal(doing.case, "demolition_notice", data, by=by, at=doing.at, part=doing.part)
    enforcement.demolish_by = demolish_by
    enforcement.save(update_fields=["demolish_by"])
    conclude(doing, details={"demolish_by": demolish_by.isoformat()})
    return enforcement


@transaction.atomic(durable=True)
def demand_again(
    *, case_id: int, version: int, by: Any, part_id: int, manner: str, requirement: str, at: datetime | None = None
) -> Enforcement:
    """The second demand, three working days before a proxy performance (强制法51)."""
    doing = begin("demand_again", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    duties = tuple(one.text for one in doing.loaded.facts.execution.open_duties)
    make_demand(doing, DemandWords(("proxy",), manner, requirement, duties=duties), part=doing.part)
    conclude(doing)
    return row_of(doing)


@transaction.atomic(durable=True)
def perform_enforcement(
    *, case_id: int, version: int, by: Any, part_id: int, done: Performance, at: datetime | None = None
) -> Enforcement:
    """Carried out: not at night, not before its waiting times, signed by those who must have been there."""
    doing = begin("perform_enforcement", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    enforcement, fact = row_of(doing), doing.loaded.facts.execution.enforcement(part_id)
    refusals = checks.lawful_to_perform(doing.loaded.facts, fact, done, doing.at) if fact else []
    seen = outside_witness(doing, done.witness, "enforce-proxy-3d", PROXY_LAW, field="witness", or_party=True)
    if refusals := [*refusals, *seen]:
        raise Refused(refusals)
    signed = f"监督人：{done.supervisor}；实施人：{done.performer}；当事人或者见证人：{done.witness}"
    enforcement.status, enforcement.performed_at = EnforcementStatus.PERFORMED, done.performed_at
    enforcement.performed_note, enforcement.cost = f"{done.note}\n{signed}", done.cost
    enforcement.save(update_fields=["status", "performed_at", "performed_note", "cost"])
    conclude(doing, opinion=done.note, details={"enforcement": enforcement.pk})
    return enforcement
