"""Signatures by hand under a sealed document: drawn, by account, on paper, or refused (处罚法52、55、56、64)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.witness_checks import insiders_of
from cases.documents.signed import is_of_this_edition, seal_signed_copy, signatures_of
from cases.models import Case, Document, PaperScan, PaperSignature, PaperState
from cases.procedure.signing import WHOLE, Seat, Way, in_words
from cases.procedure.signing_faults import Given, faults
from cases.queries.facts import LoadedCase
from cases.queries.signing import (
    HEARING_RECORD,
    SignedPaper,
    signed_paper,
    signing_officers,
    sole_officers,
)
from lishu_law.errors import NotAllowed, NotFound, Refusal, Refused
from lishu_law.registry.models import StoredFile
from lishu_law.web.models import Signature, SignerRole
from lishu_law.web.signatures import Drawn, NewSignature, keep_signature

LAW = "行政处罚法第五十五条"
OLDER_EDITION = (
    "这份文书定稿以后，文书模板换了新版，不能再在屏幕上签名，签名件生成不了。请打印这份文书，在纸质原件上签名，"
    "再选“签在纸上，上传扫描件”。"
)
Sketch = tuple[Drawn, StoredFile]  # the strokes with their picture


@dataclass(frozen=True)
class NewSigning:
    """What was given for one seat. ``digest`` is of the file the signer saw; ``drawings`` by page.

    ``also``: further signers whose signature is on the same scan. ``is_confirmed``: the officer's own password was right.
    """

    seat: str
    way: str
    digest: str
    place: str
    signer_name: str = ""
    officer: Any = None
    drawings: Mapping[int, Sketch] = field(default_factory=dict)
    scans: tuple[StoredFile, ...] = ()
    also: tuple[str, ...] = ()
    is_confirmed: bool = False
    reading: str = ""
    reason: str = ""
    witness_name: str = ""
    witness_drawing: Sketch | None = None

    @property
    def name(self) -> str:
        return self.officer.full_name if self.officer is not None else self.signer_name.strip()

    @property
    def is_page_twice(self) -> bool:
        return len({one.sha256 for one in self.scans}) < len(self.scans)

    @property
    def scan_pages(self) -> int:
        return sum(one.pages or 1 for one in self.scans)


@transaction.atomic(durable=True)
def sign_document(
    *, case_id: int, version: int, by: Any, part_id: int, signing: NewSigning, at: datetime | None = None
) -> Case:
    """One signer's signatures, or the refusal. With the last one the signed copy is sealed."""
    doing = begin("sign_document", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    document = Document.objects.select_related("case").filter(case=doing.case, pk=part_id).first()
    if document is None:
        raise NotFound
    check_signer(doing.loaded, document, doing.by)
    paper = signed_paper(document)
    wanted = _seats(doing, paper, signing)
    for number, (seat, pages, name, user) in enumerate(wanted):
        _write(doing, paper, signing, (seat, pages, name, user), is_first=number == 0)
    _keep_scans(document, signing.scans, doing.at)
    left = _note_what_is_left(doing, document)
    labels = [seat.key for seat, _pages, _name, _user in wanted]
    return conclude(
        doing, opinion=_words(document, wanted, signing),
        details={
            "document": document.pk, "seats": labels, "way": signing.way, "digest": document.pdf_sha256, "left": left,
            "scans": [one.sha256 for one in signing.scans],
        },
    )  # fmt: skip


Wanted = tuple[Seat, tuple[int, ...], str, Any]


def _seats(doing: Doing, paper: SignedPaper, signing: NewSigning) -> list[Wanted]:
    """The seat that is signed, then those whose signature is on the same scan. Raises ``Refused`` with every reason."""
    if not paper.is_drawn:
        raise Refused([Refusal("sign-not-drawn", "文书还在生成。请等文书生成以后再签名。", LAW, "")])
    if not is_of_this_edition(paper.document) and signing.way != Way.PAPER:
        raise Refused([Refusal("sign-older-edition", OLDER_EDITION, LAW, "way")])
    gap = paper.gap(signing.seat)
    if gap is None:
        raise Refused([Refusal("sign-nothing-missing", "这一处已经签过名，不用再签。请刷新页面核对。", LAW, "")])
    way = Way(signing.way)
    seat, pages = gap
    given = Given(
        way, signing.digest, signing.name, frozenset(signing.drawings), signing.scan_pages, signing.reason,
        signing.witness_name, signing.is_confirmed, paper.sits_elsewhere(seat, signing.officer),
        insiders_of(doing.loaded, signing.witness_name, signing.signer_name), signing.witness_drawing is not None,
        signing.is_page_twice,
    )  # fmt: skip
    found = [*faults(paper.fact, seat, given), *_officer_faults(doing, paper, seat, signing)]
    if not signing.place.strip():
        found.append(Refusal("sign-place", "请填写签名地点，也可以记录现在的位置。", LAW, "place"))
    if seat.slot.reads and way in {Way.DRAWN, Way.PAPER} and not signing.reading:
        found.append(Refusal("inv-question-sign", "请选择签名人是自己看过，还是由您宣读的。", LAW, "reading"))
    also = list(_also(doing, paper, signing, seat, found)) if way is Way.PAPER else []
    if found:
        raise Refused(found)
    return [(seat, pages, signing.name, signing.officer), *also]


def _officer_faults(doing: Doing, paper: SignedPaper, seat: Seat, signing: NewSigning) -> list[Refusal]:
    """An officer signs as one who handles the case (or holds the hearing); by account only with the own one."""
    officer = signing.officer
    if not seat.is_officer or officer is None:
        return []
    if officer.pk not in {one.pk for one in signing_officers(doing.loaded, paper.document, doing.today)}:
        text = f"{officer.full_name}不能在这份文书上签名。听证笔录由主持、记录听证的人员签，其他文书由执法证有效的本案承办人签。"
        return [Refusal("gen-two-officers", text, LAW, "officer")]
    if signing.way == Way.ACCOUNT and officer.pk != doing.by.pk:
        text = f"用账号签名只能签自己的名。请{officer.full_name}用自己的账号登录后签，或者改为手写。"
        return [Refusal("sign-other-account", text, LAW, "officer")]
    return []


def check_signer(loaded: LoadedCase, document: Document, user: Any) -> None:
    """Those who hold a hearing take the signatures of its record alone. Raises ``NotAllowed``."""
    if document.code != HEARING_RECORD and user.pk not in {one.user_id for one in loaded.current_officers}:
        text = "听证人员只办理听证笔录的签名。这份文书由本案承办人办理签名。"
        raise NotAllowed(text, reason="hearing_only", who_may="本案承办人")


def _also(doing: Doing, paper: SignedPaper, signing: NewSigning, first: Seat, found: list[Refusal]) -> Iterator[Wanted]:
    known = sole_officers(signing_officers(doing.loaded, paper.document, doing.today))
    for key in dict.fromkeys(signing.also):
        gap = paper.gap(key)
        name = gap[0].sole_name if gap and gap[0].may_come_along else ""
        if gap is None or key == first.key or not name or (gap[0].is_officer and name not in known):
            found.append(
                Refusal(
                    "sign-nothing-missing", "扫描件上勾选的签名人已经签过或者不在本文书，请刷新后再选。", LAW, "also"
                )
            )
            continue
        yield gap[0], gap[1], name, known.get(name) if gap[0].is_officer else None


def _write(doing: Doing, paper: SignedPaper, signing: NewSigning, one: Wanted, *, is_first: bool) -> None:
    seat, pages, name, user = one
    for page in pages:
        kept = _keep(doing, paper, signing, (seat, page, name, user))
        is_refused = signing.way == Way.REFUSED
        PaperSignature.objects.create(
            document=paper.document, label=seat.slot.label, ordinal=seat.ordinal, page=page, way=signing.way,
            signer_name=name, signature=kept, reading=signing.reading if is_first and seat.slot.reads else "",
            refusal_reason=signing.reason[:300] if is_refused else "",
            witness_name=signing.witness_name if is_refused else "",
            witness_signature=_witness(doing, paper, signing) if is_refused and signing.witness_name and page == pages[-1] else None,
            place=signing.place[:200], digest=paper.document.pdf_sha256, at=doing.at, by=doing.by,
        )  # fmt: skip


def _keep(doing: Doing, paper: SignedPaper, signing: NewSigning, one: tuple[Seat, int, str, Any]) -> Signature | None:
    """The signature itself: strokes with picture, the scan's page, or the account."""
    seat, page, name, user = one
    if signing.way == Way.REFUSED:
        return None
    drawn, image = None, None
    if signing.way == Way.DRAWN:
        drawn, image = signing.drawings[page]
    elif signing.way == Way.PAPER:
        image = _scan_of(signing.scans, page or paper.pages)
    new = NewSignature(str(seat.slot.who), name, image, drawn, user, signing.place)
    text = _signed_text(paper, page)
    return keep_signature(new, text=text, by=doing.by, at=doing.at, digest=paper.document.pdf_sha256)


def _scan_of(scans: tuple[StoredFile, ...], page: int) -> StoredFile:
    """The file that holds a page of the paper, counted through all files."""
    for file in scans:
        page -= file.pages or 1
        if page <= 0:
            return file
    return scans[-1]


def _signed_text(paper: SignedPaper, page: int) -> str:
    where = f"第{page}页，共{paper.pages}页" if page != WHOLE else f"共{paper.pages}页"
    return f"《{paper.document}》（{where}），文件 SHA-256：{paper.document.pdf_sha256}"


def _witness(doing: Doing, paper: SignedPaper, signing: NewSigning) -> Signature | None:
    if signing.witness_drawing is None and not signing.scans:
        return None
    drawn, image = signing.witness_drawing or (None, _scan_of(signing.scans, paper.pages))
    new = NewSignature(SignerRole.WITNESS, signing.witness_name, image, drawn, None, signing.place)
    text = _signed_text(paper, WHOLE)
    return keep_signature(new, text=text, by=doing.by, at=doing.at, digest=paper.document.pdf_sha256)


def _keep_scans(document: Document, scans: tuple[StoredFile, ...], at: datetime) -> None:
    first = PaperScan.objects.filter(document=document).aggregate(Max("position"))["position__max"] or 0
    known = set(PaperScan.objects.filter(document=document).values_list("file_id", flat=True))
    new = [file for file in dict.fromkeys(scans) if file.pk not in known]
    PaperScan.objects.bulk_create(
        PaperScan(document=document, file=file, position=number, received_at=at)
        for number, file in enumerate(new, start=first + 1)
    )


def _note_what_is_left(doing: Doing, document: Document) -> list[str]:
    """What is still missing stands on the document; with nothing left the copy with all signatures is sealed.

    Answers with the keys of the open seats alone: the journal keeps no names of parties.
    """
    rows = signatures_of(document)
    gaps = SignedPaper(document, rows).gaps
    document.signing, document.unsigned = (PaperState.OPEN if gaps else PaperState.DONE), in_words(gaps)[:300]
    document.save(update_fields=["signing", "unsigned"])
    if not gaps and is_of_this_edition(document):
        seal_signed_copy(document, rows, by=doing.by, at=doing.at)
    return [seat.key for seat, _pages in gaps]


def _words(document: Document, wanted: list[Wanted], signing: NewSigning) -> str:
    who = "、".join(f"{seat.slot.label}{name}" for seat, _pages, name, _user in wanted)
    how = "拒绝签名" if signing.way == Way.REFUSED else "签名"
    return f"《{document.title}》：{who}{how}"
