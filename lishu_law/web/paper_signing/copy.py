"""The signed copy of a document: the sealed data drawn once more, with every signature by hand at its place (ADR 53)."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from lishu_law import clock
from lishu_law.documents import sealing
from lishu_law.documents.blocks import moment
from lishu_law.documents.document_type import DocumentType
from lishu_law.documents.models import SealedDocument
from lishu_law.documents.seats import WHOLE
from lishu_law.documents.signed import Foot, Placed, Signed, drawing_of
from lishu_law.web.paper_signing.rows import HandSignature, SigningWay
from lishu_law.web.signatures import parse_strokes
from lishu_law.web.uploads.store import path_of

ASKER = "询问人"


def frozen_copy(
    document: SealedDocument, rows: Iterable[HandSignature], kind: DocumentType, *, by: Any, at: datetime
) -> dict[str, Any]:
    """The fields of the copy: who signed what and how. The code for the public check is the document's own."""
    kept = [
        {
            "label": one.label, "ordinal": one.ordinal, "page": one.page, "way": one.way, "name": one.signer_name,
            "at": one.at.isoformat(), "place": one.place, "digest": one.digest, "reading": one.reading,
            "reason": one.refusal_reason, "witness": one.witness_name, "row": one.pk,
        }
        for one in rows
    ]  # fmt: skip
    frozen = sealing.frozen(kind, {"signatures": kept}, number="", by=by, at=at, part=document.part)
    return frozen | {
        "template_version": document.template_version, "seal_code": document.seal_code,
        "seal_digest": document.seal_digest,
    }  # fmt: skip


def placed(rows: Sequence[HandSignature], name: str) -> Signed:
    """Each signature at its word of the form, those of single pages in the feet of the named page (page.css)."""
    last = {
        (one.label, one.ordinal): one for one in rows
    }  # of a signer of every page the last page's stands in the text
    feet = [_foot(one, rows) for one in rows if one.page != WHOLE] if name else []
    return Signed([_placed(one) for one in last.values()], feet, name)


def _placed(row: HandSignature) -> Placed:
    strokes = row.signature.strokes if row.signature else ""
    drawn = parse_strokes(strokes) if strokes else None
    drawing = drawing_of(drawn.width, drawn.height, drawn.strokes) if drawn else None
    return Placed(row.label, row.ordinal, words_of(row), drawing)


def words_of(row: HandSignature) -> str:
    """Who, how and when, as it is printed beside the signature."""
    at = moment(row.at)
    if row.way == SigningWay.REFUSED:
        witness = f"，见证人：{row.witness_name}" if row.witness_name else ""
        return f"{row.signer_name}拒绝签名，原因：{row.refusal_reason}{witness}（{at}）"
    how = {
        SigningWay.DRAWN: "屏幕手写", SigningWay.PAPER: "签于纸质原件，扫描件附卷", SigningWay.ACCOUNT: "本人账号确认",
    }[SigningWay(row.way)]  # fmt: skip
    return f"{row.signer_name}（{how}，{at}）"


def _foot(row: HandSignature, rows: Sequence[HandSignature]) -> Foot:
    asker = next((one for one in rows if one.label == ASKER), None)
    day = clock.local(row.at).date()
    after = f"　询问人签名：{asker.signer_name if asker else ''}　{day:%Y年%m月%d日}"
    picture = _picture(row) if row.way == SigningWay.DRAWN else ""
    said = {
        SigningWay.DRAWN: "　" * 12, SigningWay.PAPER: "见纸质原件扫描件", SigningWay.REFUSED: "拒绝签名，见末页注明",
    }[SigningWay(row.way)]  # fmt: skip
    return Foot(row.page, f"{row.label}签名：{said}", after, picture)


def _picture(row: HandSignature) -> str:
    assert row.signature is not None and row.signature.image is not None
    content = path_of(row.signature.image.stored_path).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(content).decode('ascii')}"
