"""From a finding to a case: every recorded fact is carried over, in one transaction (insp-to-case, 处罚法54)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.api import (
    Case,
    Evidence,
    NewClue,
    NewEvidence,
    NewPerson,
    add_evidence_rows,
    open_summary_core,
    register_clue_core,
    violation,
)
from inspections import narrative, permissions, rules
from inspections.actions.frame import journal_digests, lock_filing, refuse_if, save
from inspections.actions.handing_over import as_evidence, link, papers_to_hand_over
from inspections.models import (
    CheckResult,
    InspectionDocument,
    InspectionFiling,
    RectificationOrder,
    ResultCode,
    RoadsideCheck,
)
from inspections.queries.exchange import INDIVIDUAL_BUSINESS
from inspections.queries.papers import signing_refusals
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.registry.actions import enter_party, enter_vehicle
from lishu_law.registry.details import PartyDetails, VehicleDetails
from lishu_law.registry.models import Party, PartyKind, Vehicle

# Codes of the case's lists (ClueSource, EvidenceKind, PersonRole): the case package shows its contract, not its models.
# A record of the inspection is kept where it was made (S06).
MADE_HERE, MEDIUM = "检查时在本系统记录", "system"
SOURCE, PHOTO, RECORD, DRIVER, STAFF = "inspection", "audiovisual", "electronic", "driver", "staff"


@dataclass(frozen=True)
class _Finding:
    """The parts both kinds of record hand over."""

    clue: NewClue
    evidence: tuple[NewEvidence, ...]
    lead: Any
    assistant: Any


@dataclass(frozen=True)
class _Way:
    """Into which procedure the finding goes: the case's core and the word of the journal."""

    core: Callable[..., Case]
    event: str


ORDINARY = _Way(register_clue_core, "inspection.open_case")
ON_THE_SPOT = _Way(open_summary_core, "inspection.open_summary")


@transaction.atomic(durable=True)
def open_case_from_check(*, check_id: int, by: Any, at: datetime | None = None) -> Case:
    """Open the case of a roadside finding. Lead is who recorded it, assistant the second officer.

    Raises ``Refused`` when there is no finding or its case was opened already; then nothing is written.
    """
    return _open_from_check(check_id, by, at or clock.now(), ORDINARY)


@transaction.atomic(durable=True)
def open_summary_from_check(*, check_id: int, by: Any, at: datetime | None = None) -> Case:
    """The same for a finding that is penalised on the spot (处罚法51)."""
    return _open_from_check(check_id, by, at or clock.now(), ON_THE_SPOT)


def _open_from_check(check_id: int, by: Any, moment: datetime, way: _Way) -> Case:
    check = _locked_check(check_id, by)
    refuse_if(_not_open(check.case, check.result == CheckResult.FINDING))
    case, _rows = _open(_finding_of_check(check), by, moment, way)
    check.case = case
    check.save(update_fields=["case"])
    _journal(way.event, by, ("roadside_check", check.pk), case, check.photos.all())
    return case


@transaction.atomic(durable=True)
def open_case_from_inspection(*, filing_id: int, version: int | None, by: Any, at: datetime | None = None) -> Case:
    """Open the case of a visit that ended with R9. Lead is the filing's lead officer."""
    return _open_from_filing(filing_id, version, by, (at or clock.now(), ORDINARY))


@transaction.atomic(durable=True)
def open_summary_from_inspection(*, filing_id: int, version: int | None, by: Any, at: datetime | None = None) -> Case:
    """The same for a visit whose finding is penalised on the spot (处罚法51)."""
    return _open_from_filing(filing_id, version, by, (at or clock.now(), ON_THE_SPOT))


def _open_from_filing(filing_id: int, version: int | None, by: Any, when_and_how: tuple[datetime, _Way]) -> Case:
    moment, way = when_and_how
    filing, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.act", subject)
    refuse_if(_not_open(filing.case, filing.result_code == ResultCode.R9) or signing_refusals(filing))
    papers = papers_to_hand_over(filing)
    case, rows = _open(_finding_of_filing(filing, papers), by, moment, way)
    link(papers, rows[: len(papers)])
    save(filing, case=case)
    _journal(way.event, by, ("inspection_filing", filing.pk), case, filing.photos.all())
    return case


def _locked_check(check_id: int, by: Any) -> RoadsideCheck:
    check = (
        RoadsideCheck.objects.select_for_update(of=("self",))
        .select_related("shift__applicant", "recorded_by__unit", "second_officer", "party", "matter", "case")
        .filter(pk=check_id)
        .first()
    )
    if check is None:
        raise NotFound
    subject = permissions.shift_subject(check.shift, check.shift.officers.select_related("user"))
    permissions.check_visible(by, "shift.read", subject)
    permissions.check(by, "shift.act", subject)
    return check


def _not_open(case: Case | None, has_finding: bool) -> list[Refusal]:
    if case is not None:
        return [Refusal("already-filed", f"这次检查已经转立案，线索编号 {case.clue_no}。请到案件里办理。", "", "case")]
    if not has_finding:
        text = "检查结果不是“转立案”，不能立案。请核对检查记录。"
        return [Refusal("insp-to-case", text, rules.citation("insp-to-case"), "")]
    return []


def _open(finding: _Finding, by: Any, moment: datetime, way: _Way) -> tuple[Case, list[Evidence]]:
    case = way.core(by=by, lead=finding.lead, assistant=finding.assistant, clue=finding.clue, at=moment)
    return case, add_evidence_rows(case, finding.evidence, by=by, at=moment)


def _journal(event: str, by: Any, on: tuple[str, int], case: Case, photos: Any) -> None:
    details = {"case": case.pk, "clue_no": case.clue_no, "photos": journal_digests(list(photos))}
    journal.record(event, by=by, on=on, details=details)


def _violation(item_code: str) -> tuple[str, str]:
    """Title and domain of a 案由."""
    found = violation(item_code)
    if found is None:
        raise Refused([Refusal("item-code", "这个案由已经不在目录里。请联系法制机构。", "", "item_code")])
    return found.title, found.domain


def _finding_of_check(check: RoadsideCheck) -> _Finding:
    title, domain = _violation(check.item_code)
    party = check.party or _registered(check.company_name, check.company_uscc)
    company = party.name if party else check.company_name
    officers = (check.recorded_by, check.second_officer)
    known = company if party or not check.company_uscc else f"{company}（统一社会信用代码 {check.company_uscc}）"
    text = narrative.summary(
        narrative.Found(
            at=check.at, officers=[one.full_name for one in officers], place=check.place, occasion="巡查时",
            company=known, vehicle=f"{check.vehicle_type}{check.plate or '无牌车辆'}", driver=check.driver_name,
            findings=check.findings, measures=check.measures,
        )
    )  # fmt: skip
    driver = NewPerson(
        DRIVER, check.driver_name, check.driver_gender, check.driver_id_number, check.driver_phone, employer=company
    )
    clue = NewClue(
        source=SOURCE, item_code=check.item_code, violation=title, domain=domain, act_at=check.at, summary=text,
        received_at=check.at, route=check.route, stake=check.stake, direction=check.direction,
        township=check.township, is_in_county=check.is_in_county,
        source_note=f"巡查班次 {check.shift.shift_no}", check_action_code=check.check_code, party=party,
        vehicle=_vehicle(check, party), persons=(driver,) if check.driver_name else (),
    )  # fmt: skip
    record = NewEvidence(
        RECORD,
        f"道路检查记录 {check.check_code}",
        "证明检查经过和发现的情况",
        check.at,
        check.place,
        method=MADE_HERE,
        medium=MEDIUM,
    )
    return _Finding(clue, (record, *_photos(check.photos.all(), title)), *officers)


def _finding_of_filing(filing: InspectionFiling, papers: Sequence[InspectionDocument]) -> _Finding:
    title, domain = _violation(filing.item_code)
    lead, assistant = [one.user for one in filing.officers.select_related("user__unit").order_by("-is_lead", "id")][:2]
    party, address = filing.subject.party, filing.subject.address
    started = filing.started_at or filing.window_from
    text = narrative.summary(
        narrative.Found(
            at=started, officers=[lead.full_name, assistant.full_name], place=address,
            occasion="检查时" if filing.is_secret else f"按备案 {filing.filing_no} 检查时", company=party.name, vehicle="", driver="",
            findings=filing.findings, measures=filing.measures,
        )
    )  # fmt: skip
    person = NewPerson(
        STAFF, filing.present_person, phone=filing.present_phone, employer=f"{party.name} {filing.present_post}".strip()
    )
    clue = NewClue(
        source=SOURCE, item_code=filing.item_code, violation=title, domain=domain, act_at=started, summary=text,
        received_at=filing.finished_at or started, route=address[:200],
        # Nobody reads the number of a secret visit in the case. Its code goes along: a penalty names it (V09).
        source_note="" if filing.is_secret else f"检查备案 {filing.filing_no}",
        check_action_code=filing.check_code or "", party=party, persons=(person,) if person.name else (),
    )  # fmt: skip
    written = tuple(as_evidence(one, filing) for one in papers)
    has_record = any(one.is_onscene for one in written)
    record = () if has_record else (_plain_record(filing, started),)
    evidence = (*written, *record, *_photos(filing.photos.all(), title), *_signed(filing), *_ordered(filing))
    return _Finding(clue, evidence, lead, assistant)


def _plain_record(filing: InspectionFiling, started: datetime) -> NewEvidence:
    """The record of a visit that was not on the spot and has no paper of it."""
    title = "检查记录" if filing.is_secret else f"检查记录 {filing.check_code}"
    return NewEvidence(
        RECORD, title, "证明检查经过和发现的情况", started, filing.subject.address, method=MADE_HERE, medium=MEDIUM
    )


def _signed(filing: InspectionFiling) -> Iterator[NewEvidence]:
    """The signatures under the record, as they were made."""
    rows = filing.signatures.select_related("signature__image").exclude(signature__image=None)
    for one in rows.order_by("id"):
        signed = one.signature
        title = f"检查记录上的签名（{signed.get_role_display()} {signed.signer_name}）"
        purpose = f"证明检查记录由{signed.signer_name}签名，记录摘要 {signed.text_digest[:8]}"
        yield NewEvidence(
            RECORD,
            title[:100],
            purpose,
            signed.signed_at,
            signed.place,
            file=signed.image,
            method=MADE_HERE,
            medium=MEDIUM,
        )


def _ordered(filing: InspectionFiling) -> Iterator[NewEvidence]:
    """The order to put things right that was given with the visit."""
    order = RectificationOrder.objects.filter(filing=filing).first()
    if order is not None:
        title = f"责令改正（检查 {filing.check_code}）"
        purpose = f"证明已责令改正：{order.what}（期限 {order.due_on}）"[:300]
        yield NewEvidence(
            RECORD, title, purpose, order.ordered_at, filing.subject.address, method=MADE_HERE, medium=MEDIUM
        )


def _registered(name: str, uscc: str) -> Party | None:
    """The organisation behind a credit code, registered now if it was unknown.

    Without a code it stays a name; of an unknown 个体工商户 the operator must be known first.
    """
    if not uscc:
        return None
    if uscc.startswith(INDIVIDUAL_BUSINESS):
        return Party.objects.filter(uscc=uscc).first()
    party, _is_new = enter_party(PartyDetails(kind=PartyKind.ORGANISATION, name=name, uscc=uscc))
    return party


def _vehicle(check: RoadsideCheck, owner: Party | None) -> Vehicle:
    vehicle, _is_new = enter_vehicle(
        VehicleDetails(
            plate=check.plate,
            plate_kind="" if check.plate else "none",
            plate_reason=check.plate_reason,
            type_name=check.vehicle_type,
            owner=owner,
        )
    )
    return vehicle


def _photos(photos: Any, violation: str) -> tuple[NewEvidence, ...]:
    rows: dict[int, Any] = {}
    purposes: dict[int, list[str]] = {}
    for photo in photos.select_related("file").order_by("position"):  # one that shows two points is one piece
        rows.setdefault(photo.file_id, photo)
        purposes.setdefault(photo.file_id, []).append(photo.purpose)
    return tuple(
        NewEvidence(
            PHOTO,
            f"现场照片（{number}）",
            "；".join(dict.fromkeys(one for one in purposes[photo.file_id] if one))[:300] or f"证明{violation}",
            photo.taken_at,
            photo.place,
            file=photo.file,
            method="执法人员现场拍摄",
            medium=MEDIUM,
        )
        for number, photo in enumerate(rows.values(), start=1)
    )
