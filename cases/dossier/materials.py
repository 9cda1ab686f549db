"""What lies in the file of one case: its sealed documents, its evidence and the proofs received, each as one material.

Read in a fixed number of statements. What is left out is told in words for the remark sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cases.documents.catalogue import by_code
from cases.dossier.order import Material, Place, Volume, place_of_document, place_of_evidence
from cases.models import (
    AddressConfirmation,
    BlankNumber,
    Case,
    CustodyEntry,
    Document,
    Evidence,
    Informant,
    PaperScan,
    Payment,
    Remedy,
    Serving,
    SignedCopy,
)
from lishu_law import clock
from lishu_law.documents.blocks import day, moment
from lishu_law.documents.models import PdfState
from lishu_law.registry.models import StoredFile

RECEIPT = "serving_receipt"
INFORMANTS_FORM = "S01"
WITHHELD = "举报材料依法保密，没有装入，由主办人和负责人查阅。"  # said in 副卷 only
Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Item:
    """A material and where its pages come from: a sealed document, or a sheet of ``rows`` before a received file."""

    material: Material
    on: date
    document: Document | None = None
    file: StoredFile | None = None
    rows: Rows = field(default_factory=list)
    copy: SignedCopy | None = None  # the document with its signatures: bound instead of the one without

    @property
    def sealed(self) -> Document | SignedCopy | None:
        """The sealed file that lies in the volume; a signed copy that cannot be drawn is no reason not to bind."""
        if self.copy is not None and self.copy.pdf_state != PdfState.FAILED:
            return self.copy
        return self.document

    @property
    def key(self) -> str:
        return self.material.key


@dataclass(frozen=True)
class Gathered:
    """Every item of the file, and what is kept out of each volume, in words for its remark sheet."""

    items: tuple[Item, ...]
    left_out: dict[Volume, tuple[str, ...]]


def gather(case: Case, *, with_informant: bool) -> Gathered:
    """Everything for both volumes. Who reported is among it only ``with_informant`` (处罚法50)."""
    documents = list(Document.objects.filter(case=case).select_related("signed_copy").order_by("id"))
    evidence = list(
        Evidence.objects.filter(case=case).select_related("file", "collected_by", "verified_by", "transcript")
        .order_by("id")
    )  # fmt: skip
    items = [
        *_documents(documents, evidence, with_informant=with_informant),
        *(_evidence(one) for one in evidence if _stands_by_itself(one)),
        *_received(case),
    ]
    informant = Informant.objects.filter(case=case).first()
    has_form = any(by_code(one.code).doc_id == INFORMANTS_FORM for one in documents)
    if informant is not None and with_informant and not has_form:
        items.append(_informant(informant))
    withheld = (WITHHELD,) if informant is not None and not with_informant else ()
    left_out = {
        Volume.MAIN: _voided(one for one in evidence if not one.is_confidential),
        Volume.SECONDARY: (*_voided(one for one in evidence if one.is_confidential), *withheld),
    }
    return Gathered(tuple(items), left_out)


def _documents(documents: list[Document], evidence: list[Evidence], *, with_informant: bool) -> Iterator[Item]:
    """What is about confidential evidence stays in 副卷 with it, and alone once the evidence itself was voided."""
    hidden = {f"evidence:{one.pk}" for one in evidence if one.is_confidential}
    for one in documents:
        kind, key, followed = by_code(one.code), f"document:{one.pk}", _followed(one, documents)
        if kind.doc_id == INFORMANTS_FORM and not with_informant:
            continue
        place = place_of_document(kind.doc_id, kind.recipients)
        if followed in hidden or one.part in hidden:
            hidden.add(key)  # its receipt and its correction follow it
            place = Place.INFORMANT
        material = Material(
            key, place, _title(one), one.sealed_at, number=one.number, belongs_to=followed, rank=one.pk,
        )  # fmt: skip
        yield Item(material, clock.local(one.sealed_at).date(), document=one, copy=getattr(one, "signed_copy", None))


def _title(document: Document) -> str:
    """One form may carry several letters (S41): the sealed data say which."""
    return str(document.data.get("heading") or document.title)


def _followed(document: Document, documents: list[Document]) -> str:
    """The key of the paper this one stands behind: what it corrects or announces, the evidence it is about, or what a
    receipt says was served."""
    kind, _, key = document.part.partition(":")
    if kind in ("document", "evidence") and key:
        return document.part
    if document.code != RECEIPT:
        return ""
    served = next(iter(document.data.get("rows") or ()), None)
    return _served(document, served, documents) if served else ""


def _served(receipt: Document, served: dict[str, Any], documents: list[Document]) -> str:
    found = [
        one for one in documents
        if one.pk != receipt.pk and one.title == served["title"] and one.sealed_at <= receipt.sealed_at
        and (not one.number or one.number == served["number"]) and (not receipt.part or one.part == receipt.part)
    ]  # fmt: skip
    return f"document:{found[-1].pk}" if found else ""


def _stands_by_itself(item: Evidence) -> bool:
    """A transcript without a scan is in the file as its sealed record; what was voided is no evidence."""
    return item.voided_at is None and (item.file_id is not None or not hasattr(item, "transcript"))


def _evidence(item: Evidence) -> Item:
    place = place_of_evidence(item.kind, item.title, is_confidential=item.is_confidential)
    title = f"{item.title}（签名原件）" if hasattr(item, "transcript") else item.title
    material = Material(f"evidence:{item.pk}", place, title, item.obtained_at, rank=item.pk)
    return Item(material, clock.local(item.obtained_at).date(), file=item.file, rows=_evidence_rows(item))


def _evidence_rows(item: Evidence) -> Rows:
    copied = f"复制件，经核对与原件一致，{item.copy_source}" if item.is_checked_copy else f"复制件，{item.copy_source}"
    rows = [
        ("证据名称", item.title), ("证据种类", item.get_kind_display()), ("证明目的", item.purpose),
        ("取得时间", moment(item.obtained_at)), ("取得地点", item.obtained_place), ("取得方式", item.method),
        ("存储介质", item.get_medium_display()), ("原件情况", copied if item.is_copy else ""),
        ("收集人", item.collected_by.full_name),
    ]  # fmt: skip
    if item.verified_at and item.verified_by:
        rows.append(("核对", f"{item.verified_by.full_name}，{day(clock.local(item.verified_at).date())}"))
    if item.file is None:
        rows.append(("保存", "实物，不在卷内"))
    return [(label, text) for label, text in rows if text]


def _received(case: Case) -> Iterator[Item]:
    """Files that prove a serving, a payment, a hand-over, or carry a signature given on paper."""
    for serving in Serving.objects.filter(case=case).select_related("proof", "receipt").order_by("id"):
        behind = f"document:{serving.document_id}"
        yield from _file(f"serving:{serving.pk}:proof", Place.NOTICE, "送达证明材料", serving.proof, behind)
        yield from _file(f"serving:{serving.pk}:receipt", Place.NOTICE, "送达回执", serving.receipt, behind)
    for scan in PaperScan.objects.filter(document__case=case).select_related("file", "document").order_by("id"):
        place = place_of_document(by_code(scan.document.code).doc_id, by_code(scan.document.code).recipients)
        title = f"{scan.document.title}（签名原件，第 {scan.position} 份扫描件）"
        yield from _file(f"scan:{scan.pk}", place, title, scan.file, f"document:{scan.document_id}")
    for address in AddressConfirmation.objects.filter(case=case).select_related("file").order_by("id"):
        yield from _file(f"address:{address.pk}", Place.NOTICE, "送达地址确认书（签名件）", address.file)
    for payment in Payment.objects.filter(case=case).select_related("proof").order_by("id"):
        title = f"缴款票据（{payment.receipt_no}）"
        yield from _file(f"payment:{payment.pk}", Place.EXECUTION, title, payment.proof)
    for remedy in Remedy.objects.filter(case=case).select_related("reply_file").order_by("id"):
        yield from _file(f"remedy:{remedy.pk}", Place.REMEDY, "复议、应诉答复材料", remedy.reply_file)
    for entry in CustodyEntry.objects.filter(measure__case=case).select_related("proof").order_by("id"):
        behind = f"document:{entry.document_id}" if entry.document_id else ""
        title = f"涉案财物{entry.get_kind_display()}证明材料"
        yield from _file(f"custody:{entry.pk}", Place.MEASURE, title, entry.proof, behind)
    for blank in BlankNumber.objects.filter(document__case=case).select_related("scan").order_by("id"):
        behind = f"document:{blank.document_id}"
        yield from _file(f"blank:{blank.pk}", Place.DECISION, "当场填写的纸质文书", blank.scan, behind)


def _file(key: str, place: Place, title: str, file: StoredFile | None, behind: str = "") -> Iterator[Item]:
    if file is None:
        return
    at: datetime = file.received_at
    rows = [("材料名称", title), ("收到时间", moment(at))]
    yield Item(Material(key, place, title, at, belongs_to=behind), clock.local(at).date(), file=file, rows=rows)


def _informant(one: Informant) -> Item:
    rows = [
        ("举报人", one.name), ("联系方式", one.contact), ("举报时间", moment(one.reported_at)), ("举报内容", one.content),
        ("答复", f"{day(one.answered_on)}，{one.answer}" if one.answered_on else ""),
    ]  # fmt: skip
    material = Material(f"informant:{one.pk}", Place.INFORMANT, "举报材料", one.reported_at)
    return Item(material, clock.local(one.reported_at).date(), rows=[pair for pair in rows if pair[1]])


def _voided(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    count = sum(one.voided_at is not None for one in evidence)
    return (f"另有作废的证据{count}件，没有装入，原件和作废理由在办案系统中保存。",) if count else ()
