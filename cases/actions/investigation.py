"""Investigation: transcripts, evidence, discretion, the report and its approval (处罚法54–57)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases.actions import evidence_checks as checks
from cases.actions.doing import Doing, begin, check_guards, conclude, send_back
from cases.actions.late_entry import LateEntry
from cases.actions.phrase_use import Insertion, keep_phrases
from cases.actions.witness_checks import outside_witness
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import (
    Case,
    CasePerson,
    Document,
    Evidence,
    EvidenceKind,
    InvestigationReport,
    MonitoringDevice,
    PaperState,
    PersonRole,
    Signing,
    Transcript,
    TranscriptKind,
)
from cases.procedure.phrase_places import FACTS, OPINION
from cases.procedure.signing import FORMS
from cases.queries.overlaps import overlapping
from lishu_law import clock
from lishu_law.documents.blocks import age_on
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.models import StoredFile

PURPOSES: dict[str, str] = {
    TranscriptKind.ONSCENE: "证明现场检查经过和违法事实",
    TranscriptKind.QUESTIONING: "证明违法事实经过",
    TranscriptKind.INQUEST: "证明勘验的场所、物品的情况",
}


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
    is_alone: bool | None = None  # questioning: was nobody else there?
    alone_note: str = ""
    guardian_name: str = ""
    guardian_note: str = ""
    weather: str = ""  # inquest
    invited_name: str = ""
    invited_employer: str = ""
    absence_note: str = ""
    is_related: bool | None = None  # inquest: was nothing examined but what belongs to the case?
    related_note: str = ""

    @property
    def warnings(self) -> dict[str, str]:
        """What was answered to the questions the law leaves to judgement."""
        answers = {
            "inv-question-separate": self.alone_note,
            "inv-question-minor": self.guardian_note,
            "file-before-investigate": self.early_reason,
            "inv-inquest": "　".join(note for note in (self.absence_note, self.related_note) if note),
        }
        return {rule: text for rule, text in answers.items() if text.strip()}

    early_reason: str = ""  # why a questioning lies before the filing


@dataclass(frozen=True)
class NewEvidence:
    kind: str
    title: str
    purpose: str
    obtained_at: datetime
    obtained_place: str
    copies: int = 1
    file: StoredFile | None = None
    method: str = ""
    medium: str = ""
    is_copy: bool = False
    copy_source: str = ""
    is_checked_copy: bool = False
    is_confidential: bool = False
    is_onscene: bool = False  # an on-scene record made before there was a case
    warnings: dict[str, str] = field(default_factory=dict)
    device: MonitoringDevice | None = None


def transcript_faults(doing: Doing, new: NewTranscript) -> list[Refusal]:
    """inv-question-sign, gen-show-licence, gen-two-officers, gen-licence-valid, no overlap: all collected."""
    refusals = _form_faults(doing, new)
    for officer in (doing.by, new.second_officer):
        refusals += [*overlapping(officer, new.started_at, new.ended_at), *_officer_faults(doing, officer, new)]
    return refusals


def _form_faults(doing: Doing, new: NewTranscript) -> list[Refusal]:
    refusals = []
    if new.ended_at <= new.started_at:
        refusals.append(Refusal("transcript-period", "结束时间要晚于开始时间，请核对。", "", "ended_at"))
    if new.ended_at > doing.at:
        refusals.append(Refusal("transcript-future", "笔录时间不能晚于现在，请核对。", "", "ended_at"))
    if doing.late and doing.happened_at < new.ended_at:
        text = "纸上办理的时间早于笔录的结束时间。笔录写完才算办完，请核对两处时间。"
        refusals.append(Refusal("insp-offline", text, "", "late_at"))
    return [
        *refusals,
        *checks.licence_shown(new.licence_shown),
        *checks.two_officers_sign(doing.by, new.second_officer),
        *checks.signed_or_noted(new.signing, new.refusal_note, new.witness_name),
        *_witness_faults(doing, new),
    ]


def _witness_faults(doing: Doing, new: NewTranscript) -> list[Refusal]:
    own = (new.person.name,) if new.person else ()
    return [
        *outside_witness(doing, new.witness_name, "inv-question-sign", own=own),
        *outside_witness(doing, new.invited_name, "inv-inquest", field="invited_name", own=own),
    ]


def _officer_faults(doing: Doing, officer: Any, new: NewTranscript) -> list[Refusal]:
    """The officer handles the case and held a valid certificate on the day of the record."""
    facts, day = doing.loaded.facts, clock.local(new.started_at).date()
    return [*checks.handles_the_case(facts, officer), *checks.certificate_holds(facts, officer, day)]


def _record(code: str, kind: str, title: str, doing: Doing, new: NewTranscript) -> Case:
    check_guards(doing)
    evidence = add_transcript(doing, kind, title, new)
    return conclude(doing, details={"evidence": evidence.pk})


def add_transcript(doing: Doing, kind: str, title: str, new: NewTranscript) -> Evidence:
    """The record as evidence with its sealed document; also for the on-scene record of the summary procedure."""
    if refusals := transcript_faults(doing, new):
        raise Refused(refusals)
    return write_transcript(kind, title, doing, new)


def write_transcript(kind: str, title: str, doing: Doing, new: NewTranscript) -> Evidence:
    """The record as evidence and as a sealed document; whoever composes it asked :func:`transcript_faults` before."""
    session = 1 + sum(
        1
        for item in doing.loaded.evidence
        if hasattr(item, "transcript") and item.transcript.kind == kind and item.transcript.person == new.person
    )
    evidence = Evidence.objects.create(
        case=doing.case, kind=_evidence_kind(kind, new.person), title=title, purpose=PURPOSES[kind], file=new.file,
        obtained_at=new.started_at, obtained_place=new.place, collected_by=doing.by, added_at=doing.at,
    )  # fmt: skip
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
        **_noted(new),
    )
    seal(
        doing.case, f"{kind}_record", contexts.transcript(doing.loaded, transcript), by=doing.by, at=doing.at,
        to_be_signed=new.signing == Signing.PENDING,
    )  # fmt: skip
    return evidence


def _noted(new: NewTranscript) -> dict[str, Any]:
    """What only some records say: who else was there, the weather, answers to questions of judgement."""
    return {
        "guardian_name": new.guardian_name,
        "weather": new.weather,
        "invited_name": new.invited_name,
        "invited_employer": new.invited_employer,
        "warnings": new.warnings,
    }


def questioned_before_filing(doing: Doing, new: NewTranscript) -> list[Refusal]:
    """file-before-investigate: what is no first evidence of the scene and lies before the filing says why (处罚法54)."""
    filed, day = doing.loaded.facts.filed_on, clock.local(new.started_at).date()
    if filed is None or day >= filed or len(new.early_reason.strip()) >= 5:
        return []
    message = (
        f"询问时间 {day:%Y-%m-%d} 早于立案日 {filed:%Y-%m-%d}。立案前只能收集现场和紧急证据，请写明为什么先行询问。"
    )
    return [Refusal("file-before-investigate", message, "行政处罚法第五十四条", "early_reason")]


@transaction.atomic(durable=True)
def record_onscene(
    *, case_id: int, version: int, by: Any, transcript: NewTranscript, late: LateEntry | None = None,
    at: datetime | None = None,
) -> Case:  # fmt: skip
    """The on-scene record (现场笔录): objective, with place, time, persons, vehicle (处罚法46、55)."""
    doing = begin("record_onscene", case_id=case_id, version=version, by=by, at=at, late=late)
    return _record("record_onscene", TranscriptKind.ONSCENE, "现场笔录", doing, transcript)


@transaction.atomic(durable=True)
def record_questioning(
    *, case_id: int, version: int, by: Any, transcript: NewTranscript, late: LateEntry | None = None,
    at: datetime | None = None,
) -> Case:  # fmt: skip
    """The questioning record of one person (询问笔录): rights told, questions and answers, signed (处罚法55)."""
    doing = begin("record_questioning", case_id=case_id, version=version, by=by, at=at, late=late)
    refusals = [
        *checks.asked_alone(transcript.person, transcript.is_alone, transcript.alone_note),
        *checks.rights_told(transcript.rights_told),
        *checks.minor_accompanied(_age(transcript), transcript.guardian_name, transcript.guardian_note),
        *questioned_before_filing(doing, transcript),
    ]
    if refusals or transcript.person is None:
        raise Refused(refusals)
    title = f"询问笔录（{transcript.person.name}）"
    return _record("record_questioning", TranscriptKind.QUESTIONING, title, doing, transcript)


def _age(new: NewTranscript) -> int | None:
    """Age of the questioned person on the day, where the identity number tells."""
    if new.person is None or len(new.person.id_number) != 18:
        return None
    text = age_on(new.person.id_number, clock.local(new.started_at).date())
    return int(text) if text else None


def _evidence_kind(kind: str, person: CasePerson | None) -> str:
    """Records are evidence of their own kind; what was said is a statement of the party or of a witness (处罚法46)."""
    if kind != TranscriptKind.QUESTIONING:
        return EvidenceKind.RECORD
    is_witness = person is not None and person.role == PersonRole.WITNESS
    return EvidenceKind.WITNESS if is_witness else EvidenceKind.PARTY_STATEMENT


@transaction.atomic(durable=True)
def record_inquest(
    *, case_id: int, version: int, by: Any, transcript: NewTranscript, late: LateEntry | None = None,
    at: datetime | None = None,
) -> Case:  # fmt: skip
    """The record of an inquest (勘验笔录): scene or object, who was there, what was found (处罚法46、55)."""
    doing = begin("record_inquest", case_id=case_id, version=version, by=by, at=at, late=late)
    refusals = [
        *checks.inquest_attended(transcript.person, transcript.invited_name, transcript.absence_note),
        *checks.inquest_limited(transcript.is_related, transcript.related_note),
    ]
    if refusals:
        raise Refused(refusals)
    return _record("record_inquest", TranscriptKind.INQUEST, "勘验笔录", doing, transcript)


@transaction.atomic(durable=True)
def add_evidence(
    *, case_id: int, version: int | None = None, by: Any, items: tuple[NewEvidence, ...], at: datetime | None = None
) -> Case:
    """Add items with their purpose (inv-evidence-types); the files were stored and hashed before."""
    doing = begin("add_evidence", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    add_evidence_rows(doing.case, items, by=by, at=doing.at)
    return conclude(doing, details={"count": len(items)})


def add_evidence_rows(case: Case, items: tuple[NewEvidence, ...], *, by: Any, at: datetime) -> list[Evidence]:
    """The rows alone; also for a finding that hands its photos over when it opens the case."""
    refusals = [refusal for item in items for refusal in _evidence_faults(item, at)]
    if refusals:
        raise Refused(list(dict.fromkeys(refusals)))
    rows = (Evidence(case=case, collected_by=by, added_at=at, **vars(item)) for item in items)
    return Evidence.objects.bulk_create(rows)


def _evidence_faults(item: NewEvidence, at: datetime) -> list[Refusal]:
    future = Refusal("evidence-future", f"“{item.title}”的取得时间晚于现在，请核对。", "", "obtained_at")
    told = item.warnings
    return [
        *([future] if item.obtained_at > at else []),
        *checks.kind_is_statutory(item.kind, item.title),
        *checks.copy_verified(item.is_copy, item.copy_source, item.is_checked_copy, told.get("inv-copy-verify", "")),
        *checks.recording_described(item.kind, item.medium, item.method, told.get("inv-edata-record", "")),
        *checks.device_calibrated(item.device, clock.local(item.obtained_at).date()),
    ]


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
    doing = begin("exclude_evidence", case_id=case_id, version=version, by=by, at=at)
    if not reason.strip():
        raise Refused([Refusal("void-reason", "请写明作废原因。原件仍会保留。", "行政处罚法第四十六条", "reason")])
    changed = Evidence.objects.filter(case=doing.case, pk=evidence_id, voided_at__isnull=True).update(
        voided_at=doing.at, void_reason=reason[:200]
    )
    _let_go(doing, evidence_id)
    if not changed:
        raise Refused([Refusal("void-gone", "这份证据已经作废或者不在本案。", "", "evidence")])
    return conclude(doing, opinion=reason, details={"evidence": evidence_id})


def _let_go(doing: Doing, evidence_id: int) -> None:
    """Nobody signs the papers of what was voided any more; the signatures that were given stay under them."""
    item = next((one for one in doing.loaded.evidence if one.pk == evidence_id), None)
    papers = Q(part=f"evidence:{evidence_id}")
    if item is not None and hasattr(item, "transcript"):
        papers |= Q(code=f"{item.transcript.kind}_record", sealed_at=item.added_at)
    waiting = Document.objects.filter(papers, case=doing.case, code__in=FORMS).exclude(signing=PaperState.DONE)
    waiting.update(signing=PaperState.VOID, unsigned="")


@transaction.atomic(durable=True)
def submit_report(
    *, case_id: int, version: int, by: Any, process: str, facts: str, opinion: str,
    phrases: Sequence[Insertion] = (), at: datetime | None = None,
) -> Case:  # fmt: skip
    """The investigation is complete: report with facts, evidence, benchmark and opinion (inv-report)."""
    doing = begin("submit_report", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    InvestigationReport.objects.update_or_create(
        case=doing.case,
        defaults={"process": process, "facts": facts, "opinion": opinion, "by": by, "submitted_at": doing.at},
    )
    used = keep_phrases(doing, phrases, {FACTS.home: facts, OPINION.home: opinion})
    return conclude(doing, opinion=opinion, changed={"returned_reason": ""}, details=used)


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
