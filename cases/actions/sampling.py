"""抽样取证, the sheets of electronic evidence and of copies, and letters that ask other bodies for help (处罚法26、46、56)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions import confidential
from cases.actions import evidence_checks as checks
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.witness_checks import outside_witness
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Document, Evidence, EvidenceKind, Sample, Signing
from cases.queries.overlaps import overlapping
from lishu_law import clock
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.registry.models import StoredFile


@dataclass(frozen=True)
class NewSample:
    """What was taken. ``items``: name, specification, quantity, place."""

    started_at: datetime
    ended_at: datetime
    place: str
    second_officer: Any
    items: tuple[dict[str, str], ...]
    is_sealed: bool
    licence_shown: bool
    signing: str
    refusal_note: str = ""
    witness_name: str = ""
    remarks: str = ""
    file: StoredFile | None = None


@dataclass(frozen=True)
class NewSheet:
    """视听资料(电子数据)证据记录单 for one item."""

    evidence_id: int
    original: str  # 原物、复制件、其他
    opinion: str = ""


def _sample_faults(doing: Doing, new: NewSample) -> list[Refusal]:
    facts, day = doing.loaded.facts, clock.local(new.started_at).date()
    found = []
    if new.ended_at < new.started_at:
        found.append(Refusal("transcript-period", "结束时间要晚于开始时间，请核对。", "", "ended_at"))
    if new.ended_at > doing.at:
        found.append(Refusal("transcript-future", "抽样时间不能晚于现在，请核对。", "", "ended_at"))
    for officer in (doing.by, new.second_officer):
        found += overlapping(officer, new.started_at, new.ended_at)
        found += [*checks.handles_the_case(facts, officer), *checks.certificate_holds(facts, officer, day)]
    return [
        *found,
        *checks.licence_shown(new.licence_shown),
        *checks.two_officers_sign(doing.by, new.second_officer),
        *checks.signed_or_noted(new.signing, new.refusal_note, new.witness_name),
        *outside_witness(doing, new.witness_name, "inv-question-sign"),
        *checks.sample_sealed(new.is_sealed, new.items),
    ]


@transaction.atomic(durable=True)
def take_sample(*, case_id: int, version: int, by: Any, sample: NewSample, at: datetime | None = None) -> Document:
    """Sampling: listed, sealed, signed; the 抽样取证凭证 (M05) goes to the party (处罚法56)."""
    doing = begin("take_sample", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := _sample_faults(doing, sample):
        raise Refused(refusals)
    names = "、".join(item["name"] for item in sample.items)
    evidence = Evidence.objects.create(
        case=doing.case, kind=EvidenceKind.PHYSICAL, title=f"抽样物品（{names}）"[:100], purpose="证明被抽样物品的状况",
        file=sample.file, obtained_at=sample.started_at, obtained_place=sample.place, collected_by=doing.by,
        added_at=doing.at,
    )  # fmt: skip
    row = Sample.objects.create(
        evidence=evidence, started_at=sample.started_at, ended_at=sample.ended_at, items=list(sample.items),
        is_sealed=sample.is_sealed, signing=sample.signing, refusal_note=sample.refusal_note,
        witness_name=sample.witness_name, first_officer=doing.by, second_officer=sample.second_officer,
        remarks=sample.remarks,
    )  # fmt: skip
    data = contexts.sampling_voucher(doing.loaded, row)
    document = seal(
        doing.case, "sampling_voucher", data, by=by, at=doing.at, part=f"evidence:{evidence.pk}",
        to_be_signed=sample.signing == Signing.PENDING,
    )  # fmt: skip
    conclude(doing, details={"evidence": evidence.pk, "document": document.pk})
    return document


@transaction.atomic(durable=True)
def record_edata(*, case_id: int, version: int, by: Any, sheet: NewSheet, at: datetime | None = None) -> Document:
    """The record sheet (S06) of an audio-visual or electronic item: how, when, by whom, on what, digest, what it proves."""
    doing = begin("record_edata", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    item = _live_item(doing, sheet.evidence_id)
    if item.kind not in checks.RECORDINGS:
        text = f"“{item.title}”不是视听资料、电子数据，不用制作记录单。请核对。"
        raise Refused([Refusal("inv-edata-record", text, "行政处罚法第四十六条第一款", "evidence_id")])
    data = contexts.edata_sheet(doing.loaded, item, original=sheet.original, opinion=sheet.opinion)
    document = seal(doing.case, "edata_sheet", data, by=by, at=doing.at, part=f"evidence:{item.pk}")
    conclude(doing, details={"evidence": item.pk, "document": document.pk})
    return document


@transaction.atomic(durable=True)
def paste_copy(*, case_id: int, version: int, by: Any, evidence_id: int, at: datetime | None = None) -> Document:
    """The sheet a copy is pasted on (S07): where it comes from, and that it agrees with the original (处罚法46)."""
    doing = begin("paste_copy", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    item = _live_item(doing, evidence_id)
    if not item.is_copy:
        text = f"“{item.title}”不是复制件，不用制作粘贴页。请核对，或者在证据里登记为复制件。"
        raise Refused([Refusal("inv-copy-verify", text, "行政处罚法第四十六条第二款", "evidence_id")])
    data = contexts.paste_sheet(doing.loaded, item)
    document = seal(doing.case, "paste_sheet", data, by=by, at=doing.at, part=f"evidence:{item.pk}")
    conclude(doing, details={"evidence": item.pk, "document": document.pk})
    return document


def _live_item(doing: Doing, evidence_id: int) -> Evidence:
    item = next((one for one in doing.loaded.evidence if one.pk == evidence_id and one.voided_at is None), None)
    if item is None:
        raise NotFound("没有找到这份证据，可能已经作废。请刷新后再选。")
    return item


@transaction.atomic(durable=True)
def request_assistance(
    *, case_id: int, version: int, by: Any, addressee: str, questions: str, at: datetime | None = None
) -> Document:
    """The 协助调查函 (S05): which body is asked for what (处罚法26). What it answers is added as evidence."""
    doing = begin("request_assistance", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := confidential.keeps_secrets(doing.loaded, questions, "questions", of_case=False):
        raise Refused(refusals)
    data = contexts.assistance_letter(doing.loaded, doing, addressee=addressee, questions=questions)
    document = seal(doing.case, "assistance_letter", data, by=by, at=doing.at)
    conclude(doing, details={"document": document.pk})
    return document
