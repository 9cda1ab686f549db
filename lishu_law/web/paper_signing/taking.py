"""Taking signatures under a finished paper: drawn, by account, on paper, or refused (处罚法52、55、56、64).

Part of an action, which locks what the paper belongs to, asks permission, and journals. ADR 53.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max

from lishu_law.documents.models import PaperState
from lishu_law.documents.seat_faults import Given, faults
from lishu_law.documents.seats import WHOLE, Seat, Way, in_words
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.identity import Insiders
from lishu_law.registry.models import StoredFile
from lishu_law.web.models import Signature, SignerRole
from lishu_law.web.paper_signing.paper import SignedPaper, sole_officers
from lishu_law.web.signatures import Drawn, NewSignature, keep_signature

LAW = "行政处罚法第五十五条"
OLDER_EDITION = (
    "这份文书定稿以后，文书模板换了新版，不能再在屏幕上签名，签名件生成不了。请打印这份文书，在纸质原件上签名，"
    "再选“签在纸上，上传扫描件”。"
)
Sketch = tuple[Drawn, StoredFile]  # the strokes with their picture
Wanted = tuple[Seat, tuple[int, ...], str, Any]


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


@dataclass(frozen=True)
class Taking:
    """One signer's act on a paper. ``officers`` may sign as officers, ``who_may`` says so in words; ``insiders`` are no
    party and no witness; ``is_of_this_edition``: a signed copy can be drawn."""

    paper: SignedPaper
    signing: NewSigning
    by: Any
    at: datetime
    officers: Sequence[Any]
    who_may: str
    insiders: Insiders
    is_of_this_edition: bool


def wanted_seats(taking: Taking) -> list[Wanted]:
    """The seat that is signed, then those whose signature is on the same scan. Raises ``Refused`` with every reason."""
    paper, signing = taking.paper, taking.signing
    if not paper.is_drawn:
        raise Refused([Refusal("sign-not-drawn", "文书还在生成。请等文书生成以后再签名。", LAW, "")])
    if not taking.is_of_this_edition and signing.way != Way.PAPER:
        raise Refused([Refusal("sign-older-edition", OLDER_EDITION, LAW, "way")])
    gap = paper.gap(signing.seat)
    if gap is None:
        raise Refused([Refusal("sign-nothing-missing", "这一处已经签过名，不用再签。请刷新页面核对。", LAW, "")])
    way = Way(signing.way)
    seat, pages = gap
    given = Given(
        way, signing.digest, signing.name, frozenset(signing.drawings), signing.scan_pages, signing.reason,
        signing.witness_name, signing.is_confirmed, paper.sits_elsewhere(seat, signing.officer), taking.insiders,
        signing.witness_drawing is not None, signing.is_page_twice,
    )  # fmt: skip
    found = [*faults(paper.fact, seat, given), *_officer_faults(taking, seat)]
    if not signing.place.strip():
        found.append(Refusal("sign-place", "请填写签名地点，也可以记录现在的位置。", LAW, "place"))
    if seat.slot.reads and way in {Way.DRAWN, Way.PAPER} and not signing.reading:
        found.append(Refusal("inv-question-sign", "请选择签名人是自己看过，还是由您宣读的。", LAW, "reading"))
    also = list(_also(taking, seat, found)) if way is Way.PAPER else []
    if found:
        raise Refused(found)
    return [(seat, pages, signing.name, signing.officer), *also]


def _officer_faults(taking: Taking, seat: Seat) -> list[Refusal]:
    """An officer signs as one of those who may; by account only with the own one."""
    signing, officer = taking.signing, taking.signing.officer
    if not seat.is_officer or officer is None:
        return []
    if officer.pk not in {one.pk for one in taking.officers}:
        return [
            Refusal("gen-two-officers", f"{officer.full_name}不能在这份文书上签名。{taking.who_may}", LAW, "officer")
        ]
    if signing.way == Way.ACCOUNT and officer.pk != taking.by.pk:
        text = f"用账号签名只能签自己的名。请{officer.full_name}用自己的账号登录后签，或者改为手写。"
        return [Refusal("sign-other-account", text, LAW, "officer")]
    return []


def _also(taking: Taking, first: Seat, found: list[Refusal]) -> Iterator[Wanted]:
    known = sole_officers(taking.officers)
    for key in dict.fromkeys(taking.signing.also):
        gap = taking.paper.gap(key)
        name = gap[0].sole_name if gap and gap[0].may_come_along else ""
        if gap is None or key == first.key or not name or (gap[0].is_officer and name not in known):
            found.append(
                Refusal(
                    "sign-nothing-missing", "扫描件上勾选的签名人已经签过或者不在本文书，请刷新后再选。", LAW, "also"
                )
            )
            continue
        yield gap[0], gap[1], name, known.get(name) if gap[0].is_officer else None


def write_signatures(taking: Taking, wanted: Sequence[Wanted], rows: Any, scans: Any) -> None:
    """The rows of every seat, and the scans they were taken from, in the tables of the paper's package."""
    for number, one in enumerate(wanted):
        _write(taking, one, rows, is_first=number == 0)
    _keep_scans(taking, scans)


def _write(taking: Taking, one: Wanted, rows: Any, *, is_first: bool) -> None:
    paper, signing = taking.paper, taking.signing
    seat, pages, name, user = one
    for page in pages:
        kept = _keep(taking, (seat, page, name, user))
        is_refused = signing.way == Way.REFUSED
        rows.objects.create(
            document=paper.document, label=seat.slot.label, ordinal=seat.ordinal, page=page, way=signing.way,
            signer_name=name, signature=kept, reading=signing.reading if is_first and seat.slot.reads else "",
            refusal_reason=signing.reason[:300] if is_refused else "",
            witness_name=signing.witness_name if is_refused else "",
            witness_signature=_witness(taking) if is_refused and signing.witness_name and page == pages[-1] else None,
            place=signing.place[:200], digest=paper.document.pdf_sha256, at=taking.at, by=taking.by,
        )  # fmt: skip


def _keep(taking: Taking, one: tuple[Seat, int, str, Any]) -> Signature | None:
    """The signature itself: strokes with picture, the scan's page, or the account."""
    paper, signing = taking.paper, taking.signing
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
    return keep_signature(new, text=text, by=taking.by, at=taking.at, digest=paper.document.pdf_sha256)


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


def _witness(taking: Taking) -> Signature | None:
    paper, signing = taking.paper, taking.signing
    if signing.witness_drawing is None and not signing.scans:
        return None
    drawn, image = signing.witness_drawing or (None, _scan_of(signing.scans, paper.pages))
    new = NewSignature(SignerRole.WITNESS, signing.witness_name, image, drawn, None, signing.place)
    text = _signed_text(paper, WHOLE)
    return keep_signature(new, text=text, by=taking.by, at=taking.at, digest=paper.document.pdf_sha256)


def _keep_scans(taking: Taking, scans: Any) -> None:
    document = taking.paper.document
    first = scans.objects.filter(document=document).aggregate(Max("position"))["position__max"] or 0
    known = set(scans.objects.filter(document=document).values_list("file_id", flat=True))
    new = [file for file in dict.fromkeys(taking.signing.scans) if file.pk not in known]
    scans.objects.bulk_create(
        scans(document=document, file=file, position=number, received_at=taking.at)
        for number, file in enumerate(new, start=first + 1)
    )


def note_gaps(paper: SignedPaper) -> list[str]:
    """What is still missing stands on the document. Answers with the keys of the open seats: the journal has no names."""
    document, gaps = paper.document, paper.gaps
    document.signing, document.unsigned = (PaperState.OPEN if gaps else PaperState.DONE), in_words(gaps)[:300]
    document.save(update_fields=["signing", "unsigned"])
    return [seat.key for seat, _pages in gaps]


def words_of_act(document: Any, wanted: Sequence[Wanted], signing: NewSigning) -> str:
    """Who signed or refused, for the step."""
    who = "、".join(f"{seat.slot.label}{name}" for seat, _pages, name, _user in wanted)
    how = "拒绝签名" if signing.way == Way.REFUSED else "签名"
    return f"《{document.title}》：{who}{how}"
