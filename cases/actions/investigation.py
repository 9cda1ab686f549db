"""Investigation: transcripts, evidence, discretion, the report and its approval (处罚法54–57)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude, send_back
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import (
    Case,
    CasePerson,
    Evidence,
    EvidenceKind,
    InvestigationReport,
    Signing,
    Transcript,
    TranscriptKind,
)
from cases.queries.overlaps import overlapping
from lishu_law import clock
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.models import StoredFile

TWO_OFFICERS = "行政处罚法第四十二条第一款"


@dataclass(frozen=True)
class NewTranscript:
    """What is typed or carried over into an on-scene or questioning record."""

    started_at: datetime
    ended_at: datetime
    place: str
    second_officer: Any
    person: CasePerson | None
    licence_shown: bool
    rights_told: bool
    signing: str
    body: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    refusal_note: str = ""
    witness_name: str = ""
    file: StoredFile | None = None


@dataclass(frozen=True)
class NewEvidence:
    kind: str
    title: str
    purpose: str
    obtained_at: datetime
    obtained_place: str
    copies: int = 1
    file: StoredFile | None = None


def _check_transcript(doing: Doing, new: NewTranscript) -> None:
    """inv-question-sign, gen-show-licence, gen-two-officers, gen-licence-valid, no overlap: all collected."""
    refusals = _form_faults(doing, new)
    for officer in (doing.by, new.second_officer):
        refusals += [*overlapping(officer, new.started_at, new.ended_at), *_officer_faults(doing, officer, new)]
    if refusals:
        raise Refused(refusals)


def _form_faults(doing: Doing, new: NewTranscript) -> list[Refusal]:
    refusals = []
    if new.ended_at <= new.started_at:
        refusals.append(Refusal("transcript-period", "结束时间要晚于开始时间，请核对。", "", "ended_at"))
    if new.ended_at > doing.at:
        refusals.append(Refusal("transcript-future", "笔录时间不能晚于现在，请核对。", "", "ended_at"))
    if not new.licence_shown:
        message = "笔录必须记明已主动出示执法证。请确认后勾选。"
        refusals.append(Refusal("gen-show-licence", message, "行政处罚法第五十五条第一款", "licence_shown"))
    if new.second_officer.pk == doing.by.pk:
        message = "两名执法人员不能是同一人。请另选一名。"
        refusals.append(Refusal("gen-two-officers", message, TWO_OFFICERS, "second_officer"))
    if new.signing == Signing.REFUSED and not (new.refusal_note.strip() and new.witness_name.strip()):
        message = "拒绝签名的，请写明情况并请见证人签名。"
        refusals.append(Refusal("inv-question-sign", message, "行政处罚法第五十五条", "refusal_note"))
    return refusals


def _officer_faults(doing: Doing, officer: Any, new: NewTranscript) -> list[Refusal]:
    """The officer handles the case and held a valid certificate on the day of the record."""
    facts = {o.staff_number: o for o in doing.loaded.facts.officers}
    fact, day = facts.get(officer.staff_number), clock.local(new.started_at).date()
    if fact is None:
        message = f"{officer.full_name}不是本案承办人，不能在笔录上署名。"
        return [Refusal("gen-two-officers", message, TWO_OFFICERS, "")]
    if fact.certificate_on(day) is None:
        message = f"{officer.full_name}的执法证在 {day:%Y-%m-%d} 无效，不能制作这份笔录。"
        return [Refusal("gen-licence-valid", message, TWO_OFFICERS, "officers")]
    return []


def _record(code: str, kind: str, title: str, doing: Doing, new: NewTranscript) -> Case:
    check_guards(doing)
    _check_transcript(doing, new)
    session = 1 + sum(
        1
        for item in doing.loaded.evidence
        if hasattr(item, "transcript") and item.transcript.kind == kind and item.transcript.person == new.person
    )
    evidence = Evidence.objects.create(
        case=doing.case,
        kind=EvidenceKind.RECORD if kind == TranscriptKind.ONSCENE else EvidenceKind.PARTY_STATEMENT,
        title=title,
        purpose="证明现场检查经过和违法事实" if kind == TranscriptKind.ONSCENE else "证明违法事实经过",
        file=new.file,
        obtained_at=new.started_at,
        obtained_place=new.place,
        collected_by=doing.by,
        added_at=doing.at,
    )
    transcript = Transcript.objects.create(
        evidence=evidence,
        kind=kind,
        session_no=session,
        started_at=new.started_at,
        ended_at=new.ended_at,
        first_officer=doing.by,
        second_officer=new.second_officer,
        person=new.person,
        licence_shown=new.licence_shown,
        rights_told=new.rights_told,
        body=new.body,
        answers=[{"question": question, "answer": answer} for question, answer in new.answers],
        signing=new.signing,
        refusal_note=new.refusal_note,
        witness_name=new.witness_name,
    )
    seal(doing.case, f"{kind}_record", contexts.transcript(doing.loaded, transcript), by=doing.by, at=doing.at)
    return conclude(doing, details={"evidence": evidence.pk})


@transaction.atomic(durable=True)
def record_onscene(
    *, case_id: int, version: int, by: Any, transcript: NewTranscript, at: datetime | None = None
) -> Case:
    """The on-scene record (现场笔录): objective, with place, time, persons, vehicle (处罚法46、55)."""
    doing = begin("record_onscene", case_id=case_id, version=version, by=by, at=at)
    return _record("record_onscene", TranscriptKind.ONSCENE, "现场笔录", doing, transcript)


@transaction.atomic(durable=True)
def record_questioning(
    *, case_id: int, version: int, by: Any, transcript: NewTranscript, at: datetime | None = None
) -> Case:
    """The questioning record of one person (询问笔录): rights told, questions and answers, signed (处罚法55)."""
    doing = begin("record_questioning", case_id=case_id, version=version, by=by, at=at)
    if transcript.person is None:
        raise Refused(
            [Refusal("inv-question-separate", "请写明被询问人。询问应当个别进行。", "行政处罚法第五十五条", "person")]
        )
    if not transcript.rights_told:
        raise Refused([
            Refusal("inv-question-rights", "请先告知如实回答的义务和申请回避的权利。", "行政处罚法第四十三条、第五十五条", "rights_told")
        ])  # fmt: skip
    title = f"询问笔录（{transcript.person.name}）"
    return _record("record_questioning", TranscriptKind.QUESTIONING, title, doing, transcript)


@transaction.atomic(durable=True)
def add_evidence(
    *, case_id: int, version: int | None = None, by: Any, items: tuple[NewEvidence, ...], at: datetime | None = None
) -> Case:
    """Add items with their purpose (inv-evidence-types); the files were stored and hashed before."""
    doing = begin("add_evidence", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    add_evidence_rows(doing.case, items, by=by, at=doing.at)
    return conclude(doing, details={"count": len(items)})


def add_evidence_rows(case: Case, items: tuple[NewEvidence, ...], *, by: Any, at: datetime) -> None:
    """The rows alone; also for a finding that hands its photos over when it opens the case."""
    for item in items:
        if item.obtained_at > at:
            raise Refused(
                [Refusal("evidence-future", f"“{item.title}”的取得时间晚于现在，请核对。", "", "obtained_at")]
            )
    Evidence.objects.bulk_create(Evidence(case=case, collected_by=by, added_at=at, **vars(item)) for item in items)


@transaction.atomic(durable=True)
def verify_evidence(
    *, case_id: int, version: int, by: Any, evidence_ids: tuple[int, ...], at: datetime | None = None
) -> Case:
    """The items were checked against their origin (处罚法46第二款)."""
    doing = begin("verify_evidence", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if not evidence_ids:
        raise Refused([Refusal("inv-evidence-verified", "请勾选已经核对过的证据。", "行政处罚法第四十六条第二款", "")])
    known = {item.pk for item in doing.loaded.evidence if item.voided_at is None}
    if not set(evidence_ids) <= known:
        raise Refused([Refusal("inv-evidence-verified", "勾选的证据不在本案，请刷新后再核对。", "", "evidence")])
    Evidence.objects.filter(case=doing.case, pk__in=evidence_ids, verified_at__isnull=True).update(
        verified_at=doing.at, verified_by=by
    )
    return conclude(doing, details={"evidence": sorted(evidence_ids)})


@transaction.atomic(durable=True)
def void_evidence(
    *, case_id: int, version: int, by: Any, evidence_id: int, reason: str, at: datetime | None = None
) -> Case:
    """Void one item with a reason; the original stays (security.md §6.1: delete evidence — never)."""
    doing = begin("verify_evidence", case_id=case_id, version=version, by=by, at=at)
    if not reason.strip():
        raise Refused([Refusal("void-reason", "请写明作废原因。原件仍会保留。", "行政处罚法第四十六条", "reason")])
    changed = Evidence.objects.filter(case=doing.case, pk=evidence_id, voided_at__isnull=True).update(
        voided_at=doing.at, void_reason=reason[:200]
    )
    if not changed:
        raise Refused([Refusal("void-gone", "这份证据已经作废或者不在本案。", "", "evidence")])
    return conclude(doing, outcome="voided", opinion=reason, details={"evidence": evidence_id})


@transaction.atomic(durable=True)
def submit_report(
    *, case_id: int, version: int, by: Any, process: str, facts: str, opinion: str, at: datetime | None = None
) -> Case:
    """The investigation is complete: report with facts, evidence, benchmark and opinion (inv-report)."""
    doing = begin("submit_report", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    InvestigationReport.objects.update_or_create(
        case=doing.case,
        defaults={"process": process, "facts": facts, "opinion": opinion, "by": by, "submitted_at": doing.at},
    )
    return conclude(doing, opinion=opinion, changed={"returned_reason": ""})


@transaction.atomic(durable=True)
def endorse_report(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The squad leader's opinion on the report."""
    doing = begin("endorse_report", case_id=case_id, version=version, by=by, at=at)
    if not agree:
        return send_back(doing, opinion)
    check_guards(doing)
    return conclude(doing, opinion=opinion)


@transaction.atomic(durable=True)
def approve_report(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The head's instruction on the report: penalise as proposed, or back to the investigation."""
    doing = begin("approve_report", case_id=case_id, version=version, by=by, at=at)
    if not agree:
        return send_back(doing, opinion)
    check_guards(doing)
    data = contexts.investigation_report(doing.loaded, doing, opinion)
    seal(doing.case, "investigation_report", data, by=by, at=doing.at, amount=doing.loaded.case.discretion.amount)
    return conclude(doing, opinion=opinion, changed={"returned_reason": ""})
