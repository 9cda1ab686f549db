"""The signed copy of a document: the sealed data drawn once more, with every signature by hand at its place (ADR 53)."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cases.documents.catalogue import by_code
from cases.models import Document, PaperSignature, SignedCopy, SigningWay
from cases.procedure.signing import WHOLE, with_reading
from lishu_law import clock
from lishu_law.documents import sealing
from lishu_law.documents.blocks import moment
from lishu_law.documents.output import Output
from lishu_law.documents.render import Reference, check_version, document_html
from lishu_law.documents.signed import Foot, Placed, Signed, drawing_of
from lishu_law.web.signatures import parse_strokes
from lishu_law.web.uploads.store import path_of

FEET = {"questioning_record": "questioning"}  # the named page whose every foot is signed
ASKER = "询问人"


def is_of_this_edition(document: Document) -> bool:
    """The signed copy is drawn by the edition the document was sealed with; under an older one there would be none."""
    return by_code(document.code).template_version == document.template_version


def signatures_of(document: Document) -> list[PaperSignature]:
    """Every signature of a document in the order they were given, with what is drawn of them."""
    rows = PaperSignature.objects.filter(document=document)
    return list(rows.select_related("signature__image", "signature__user", "by", "witness_signature").order_by("id"))


def seal_signed_copy(document: Document, rows: Iterable[PaperSignature], *, by: Any, at: datetime) -> SignedCopy:
    """Freeze who signed what and how; the worker draws it. The code for the public check is the document's own."""
    kept = [
        {
            "label": one.label, "ordinal": one.ordinal, "page": one.page, "way": one.way, "name": one.signer_name,
            "at": one.at.isoformat(), "place": one.place, "digest": one.digest, "reading": one.reading,
            "reason": one.refusal_reason, "witness": one.witness_name, "row": one.pk,
        }
        for one in rows
    ]  # fmt: skip
    frozen = sealing.frozen(by_code(document.code), {"signatures": kept}, number="", by=by, at=at, part=document.part)
    frozen |= {
        "template_version": document.template_version, "seal_code": document.seal_code,
        "seal_digest": document.seal_digest,
    }  # fmt: skip
    copy = SignedCopy.objects.create(document=document, **frozen)
    sealing.announce(copy, "cases.tasks.render_signed_copy")
    return copy


def signed_html(document: Document, rows: list[PaperSignature]) -> str:
    """The document with these signatures."""
    kind, case = by_code(document.code), document.case
    check_version(kind, document.template_version)
    reading = next((one.reading for one in rows if one.reading), "")
    data = with_reading(document.data, reading)
    return document_html(
        kind, document.number, Reference("案号", case.case_no or ""), data, draft=False, seal_code=document.seal_code,
        signed=placed(document, rows),
    )  # fmt: skip


def placed(document: Document, rows: list[PaperSignature]) -> Signed:
    """Each signature at its word of the form, those of single pages in the feet."""
    name = FEET.get(document.code, "")
    last = {
        (one.label, one.ordinal): one for one in rows
    }  # of a signer of every page the last page's stands in the text
    feet = [_foot(one, rows) for one in rows if one.page != WHOLE] if name else []
    return Signed([_placed(one) for one in last.values()], feet, name)


def _placed(row: PaperSignature) -> Placed:
    strokes = row.signature.strokes if row.signature else ""
    drawn = parse_strokes(strokes) if strokes else None
    drawing = drawing_of(drawn.width, drawn.height, drawn.strokes) if drawn else None
    return Placed(row.label, row.ordinal, words_of(row), drawing)


def words_of(row: PaperSignature) -> str:
    """Who, how and when, as it is printed beside the signature."""
    at = moment(row.at)
    if row.way == SigningWay.REFUSED:
        witness = f"，见证人：{row.witness_name}" if row.witness_name else ""
        return f"{row.signer_name}拒绝签名，原因：{row.refusal_reason}{witness}（{at}）"
    how = {
        SigningWay.DRAWN: "屏幕手写", SigningWay.PAPER: "签于纸质原件，扫描件附卷", SigningWay.ACCOUNT: "本人账号确认",
    }[SigningWay(row.way)]  # fmt: skip
    return f"{row.signer_name}（{how}，{at}）"


def _foot(row: PaperSignature, rows: list[PaperSignature]) -> Foot:
    asker = next((one for one in rows if one.label == ASKER), None)
    day = clock.local(row.at).date()
    after = f"　询问人签名：{asker.signer_name if asker else ''}　{day:%Y年%m月%d日}"
    picture = _picture(row) if row.way == SigningWay.DRAWN else ""
    said = {
        SigningWay.DRAWN: "　" * 12, SigningWay.PAPER: "见纸质原件扫描件", SigningWay.REFUSED: "拒绝签名，见末页注明",
    }[SigningWay(row.way)]  # fmt: skip
    return Foot(row.page, f"{row.label}签名：{said}", after, picture)


def _picture(row: PaperSignature) -> str:
    assert row.signature is not None and row.signature.image is not None
    content = path_of(row.signature.image.stored_path).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(content).decode('ascii')}"


def _html(copy: SignedCopy) -> str:
    document = Document.objects.select_related("case").get(pk=copy.document_id)
    return signed_html(document, signatures_of(document))


SIGNED_OUTPUT = Output(SignedCopy, owner="document", folder="documents/signed", html_of=_html)
