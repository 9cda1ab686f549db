"""From clue to filing (立案): register, verify, request, recommend, approve (处罚法54; 执法程序规定62–63)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import permissions
from cases.actions.doing import Doing, begin, check_guards, conclude, lock_case, send_back
from cases.documents import contexts, numbering
from cases.documents.issue import seal
from cases.models import Case, CaseOfficer, CasePerson, ClueSource, OfficerRole, Step
from cases.procedure.states import State
from cases.procedure.steps import BY_CODE
from cases.queries.facts import load_case
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.grants import grant
from lishu_law.audit import journal
from lishu_law.documents.check_entries import numbered
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.registry.actions import amend_party, enter_party, enter_vehicle
from lishu_law.registry.details import PartyDetails, VehicleDetails
from lishu_law.registry.models import Party, Unit, UnitKind, Vehicle


@dataclass(frozen=True)
class NewPerson:
    """A person met on the scene (driver, agent …)."""

    role: str
    name: str
    gender: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    employer: str = ""


@dataclass(frozen=True)
class NewClue:
    """Everything known when a clue is registered. Typed once; every later document takes it from here."""

    source: str
    item_code: str
    violation: str
    domain: str
    act_at: datetime
    summary: str
    received_at: datetime
    route: str = ""
    stake: str = ""
    direction: str = ""
    township: str = ""
    is_in_county: bool = True
    source_note: str = ""
    check_action_code: str = ""
    act_ended_at: datetime | None = None
    party: Party | None = None
    vehicle: Vehicle | None = None
    persons: tuple[NewPerson, ...] = ()


def register_clue_core(*, by: Any, lead: Any, assistant: Any, clue: NewClue, at: datetime) -> Case:
    """The undecorated core, for the one caller that composes it: a finding that opens a case in its own transaction."""
    policy.check(by, "case.create")
    return opened_case("register_clue", by=by, lead=lead, assistant=assistant, clue=clue, at=at)


def opened_case(code: str, *, by: Any, lead: Any, assistant: Any, clue: NewClue, at: datetime) -> Case:
    """The new case with its officers, persons and first step, in the state and procedure of the row ``code``."""
    step = BY_CODE[code]
    state = step.to_state or State.CLUE
    if refusals := clue_source_missing(clue):
        raise Refused(refusals)
    if lead.pk == assistant.pk:
        raise Refused([
            Refusal("gen-two-officers", "主办和协办不能是同一人。请另选一名协办。", "行政处罚法第四十二条第一款", "officers")
        ])  # fmt: skip
    if clue.received_at < clue.act_at:
        raise Refused([Refusal("clue-dates", "发现时间早于违法时间，请核对这两个时间。", "", "edit")])
    authority = Unit.objects.filter(kind=UnitKind.AUTHORITY).first()
    if authority is None:
        raise NotFound("还没有登记执法机关，请联系系统管理员。")
    case = Case.objects.create(
        clue_no=numbering.clue_number(authority, clock.local(at).date()),
        state=state,
        procedure=step.procedure,
        unit=lead.unit,
        authority=authority,
        created_at=at,
        updated_at=at,
        updated_by=by,
        **{name: getattr(clue, name) for name in clue.__dataclass_fields__ if name != "persons"},
    )
    for user, role in ((lead, OfficerRole.LEAD), (assistant, OfficerRole.ASSISTANT)):
        CaseOfficer.objects.create(case=case, user=user, role=role, assigned_at=at)
        grant(permissions.HANDLE, user, case)
    CasePerson.objects.bulk_create(CasePerson(case=case, **vars(person)) for person in clue.persons)
    Step.objects.create(case=case, code=code, by=by, at=at, from_state=state, to_state=state, opinion="")
    return case


def clue_source_missing(clue: NewClue) -> list[Refusal]:
    """clue-register: one of the six sources of the form, and another way in words."""
    if clue.source not in ClueSource.values:
        return [Refusal("clue-register", "请选择案件来源，立案登记表要写明。", "执法程序规定第六十二条", "source")]
    if clue.source == ClueSource.OTHER and not clue.source_note.strip():
        message = "来源是其他途径的，请在来源说明里写明是什么途径。"
        return [Refusal("clue-register", message, "执法程序规定第六十二条", "source_note")]
    return []


@transaction.atomic(durable=True)
def register_clue(
    *,
    by: Any,
    assistant: Any,
    clue: NewClue,
    party: PartyDetails | None = None,
    vehicle: VehicleDetails | None = None,
    at: datetime | None = None,
) -> Case:
    """Register a clue with its source (clue-register); the registering officer leads, ``assistant`` assists.

    ``party`` and ``vehicle`` as typed: whoever is known already is reused, never entered twice.
    """
    policy.check(by, "case.create")
    clue = replace(clue, **entered(party, vehicle))
    case = register_clue_core(by=by, lead=by, assistant=assistant, clue=clue, at=at or clock.now())
    journal.record("case.register_clue", by=by, on=("case", case.pk), details={"clue_no": case.clue_no})
    return case


def entered(party: PartyDetails | None, vehicle: VehicleDetails | None) -> dict[str, Any]:
    """The registered party and vehicle behind what was typed, as fields of the case."""
    found: dict[str, Any] = {}
    if party is not None:
        found["party"] = enter_party(party)[0]
    if vehicle is not None:
        found["vehicle"] = enter_vehicle(vehicle)[0]
    return found


def corrected(case: Case, party: PartyDetails | None) -> dict[str, Any]:
    """The same party with better data, or another party: decided by name and number, never silently dropped."""
    if party is None:
        return {}
    known = case.party
    numbers = {known.uscc, known.id_number} - {""} if known else set()
    if known and (party.name == known.name or numbers & {party.uscc, party.id_number}):
        return {"party": amend_party(known.pk, party)[0]}
    return {"party": enter_party(party)[0]}


EDITABLE = frozenset({
    "item_code", "violation", "domain", "act_at", "act_ended_at", "route", "stake", "direction", "township",
    "is_in_county", "summary", "source_note", "designation", "safety_harm_note",
})  # fmt: skip


@transaction.atomic(durable=True)
def edit_facts(
    *,
    case_id: int,
    version: int,
    by: Any,
    changed: dict[str, Any],
    party: PartyDetails | None = None,
    vehicle: VehicleDetails | None = None,
    at: datetime | None = None,
) -> Case:
    """Correct or complete the facts before the report is submitted. A sealed document never changes by it."""
    if unknown := set(changed) - EDITABLE:
        raise ValueError(f"not editable: {unknown}")
    lock_case(case_id, version)
    loaded = load_case(case_id)
    subject = permissions.subject_of(loaded.case, loaded.officers, loaded.steps, permissions.involved_in(loaded.facts))
    permissions.check_visible(by, subject)
    permissions.check(by, "case.edit", subject)
    case, moment = loaded.case, at or clock.now()
    if changed.get("item_code", case.item_code) != case.item_code and getattr(case, "discretion", None):
        raise Refused([
            Refusal("decide-discretion", "已按原案由裁量。改案由后请重新裁量。", "行政处罚法第三十四条", "set_discretion")
        ])  # fmt: skip
    changed = {**changed, **corrected(case, party), **entered(None, vehicle)}
    for name, value in changed.items():
        setattr(case, name, value)
    case.version += 1
    case.updated_at, case.updated_by = moment, by
    case.save(update_fields=sorted({*changed, "version", "updated_at", "updated_by"}))
    journal.record("case.edit", by=by, on=("case", case.pk), details={"fields": sorted(changed)})
    return case


@transaction.atomic(durable=True)
def declare_no_conflict(*, case_id: int, version: int | None = None, by: Any, at: datetime | None = None) -> Case:
    """Each officer declares for this case that nothing may affect fairness (处罚法43)."""
    case = lock_case(case_id, version)
    mine = CaseOfficer.objects.filter(case=case, user=by, ended_at__isnull=True).first()
    if mine is None:
        raise NotFound
    if mine.conflict_declared_at is None:
        mine.conflict_declared_at = at or clock.now()
        mine.save(update_fields=["conflict_declared_at"])
    journal.record("case.declare_no_conflict", by=by, on=("case", case.pk))
    return case


@transaction.atomic(durable=True)
def verify_clue(*, case_id: int, version: int, by: Any, opinion: str, at: datetime | None = None) -> Case:
    """The clue was checked and seems founded; the filing limit starts (file-timely)."""
    doing = begin("verify_clue", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    return conclude(doing, opinion=opinion)


@transaction.atomic(durable=True)
def request_filing(
    *,
    case_id: int,
    version: int,
    by: Any,
    opinion: str,
    same_act_note: str = "",
    other_filer: str = "",
    at: datetime | None = None,
) -> Case:
    """Submit the filing form for approval (file-criteria).

    ``same_act_note`` says why a case the register found is about another act; ``other_filer`` names an organ that
    filed first and what was agreed with it (gen-jurisdiction-first-filer).
    """
    doing = begin("request_filing", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := [*same_act_unanswered(doing, same_act_note), *first_filer_unanswered(other_filer)]:
        raise Refused(refusals)
    changed = {"returned_reason": "", "same_act_note": same_act_note, "other_filer": other_filer}
    return conclude(doing, opinion=opinion, changed=changed)


def same_act_unanswered(doing: Doing, note: str) -> list[Refusal]:
    """file-duplicate-act: cases of the register that may be about the same act are answered for before filing."""
    found = doing.loaded.facts.same_acts
    if not found or len(note.strip()) >= 5:
        return []
    labels = "、".join(one.label for one in found)
    message = f"名册里有同一当事人（车辆）同类行为的案件：{labels}。是同一违法行为的不得重复立案；不是的，请写明理由。"
    return [Refusal("file-duplicate-act", message, "行政处罚法第二十九条", "same_act_note")]


def first_filer_unanswered(note: str) -> list[Refusal]:
    """gen-jurisdiction-first-filer: the organ that filed first handles the case, unless agreed or designated."""
    if not note.strip() or any(word in note for word in ("协商", "指定", "移送")):
        return []
    message = "其他机关已先立案的，由先立案的机关管辖。请写明协商或者指定管辖的结果；没有结果的应当移送。"
    return [Refusal("gen-jurisdiction-first-filer", message, "行政处罚法第二十五条", "other_filer")]


@transaction.atomic(durable=True)
def recommend_filing(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The squad leader's opinion on the filing form (经办机构负责人意见)."""
    doing = begin("recommend_filing", case_id=case_id, version=version, by=by, at=at)
    if not agree:
        return send_back(doing, opinion)
    check_guards(doing)
    return conclude(doing, opinion=opinion)


@transaction.atomic(durable=True)
def approve_filing(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The head approves: the case gets its number and the ninety days start (处罚法60)."""
    doing = begin("approve_filing", case_id=case_id, version=version, by=by, at=at)
    if not agree:
        return send_back(doing, opinion)
    check_guards(doing)
    case = doing.case
    case.case_no = numbering.case_number(case.authority, doing.today)
    case.filed_on = doing.today
    numbered(doing.loaded.documents, case.case_no)
    seal(case, "filing_form", contexts.filing_form(doing.loaded, doing, opinion), by=by, at=doing.at)
    return conclude(
        doing,
        opinion=opinion,
        changed={"case_no": case.case_no, "filed_on": case.filed_on, "returned_reason": ""},
        details={"case_no": case.case_no},
    )
