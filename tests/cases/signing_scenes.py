"""Papers to be signed: a questioning that waits for its signatures, drawn by the real worker."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases.actions import investigation
from cases.actions.signing import sign_document
from cases.documents.output import OUTPUT
from cases.models import CasePerson, Document
from lishu_law.registry.models import StoredFile
from lishu_law.web.paper_signing.taking import NewSigning
from lishu_law.web.signatures import Drawn, parse_strokes, picture_of
from lishu_law.web.uploads import store_upload
from tests.scenarios import Walk

LONG = "当时装的是碎砖，没有盖苫布，知道应当盖，因为路近就没有盖。" * 12


def strokes(lean: int = 0) -> str:
    """Three strokes of some size, as a pad sends them."""
    lines = [
        [[40 + 60 * n + lean, 40, 400 * n], [60 + 60 * n, 90, 400 * n + 80], [50 + 60 * n, 150, 400 * n + 160]]
        for n in range(3)
    ]
    return json.dumps({"w": 320, "h": 200, "strokes": lines})


def drawn(lean: int = 0) -> Drawn:
    found = parse_strokes(strokes(lean))
    assert found is not None
    return found


def sketch(by: Any, lean: int = 0) -> tuple[Drawn, StoredFile]:
    one = drawn(lean)
    return one, picture_of(one, by)


def photo(by: Any, shade: int = 200) -> StoredFile:
    content = io.BytesIO()
    Image.new("RGB", (600, 800), (shade, shade, shade)).save(content, format="JPEG")
    return store_upload(SimpleUploadedFile(f"第{shade}页.jpg", content.getvalue(), "image/jpeg"), by)


def questioning(walk: Walk, *, signing: str = "pending", answers: int = 1) -> Document:
    """A questioning of the driver, sealed and not drawn yet."""
    before = set(Document.objects.values_list("pk", flat=True))
    transcript = investigation.NewTranscript(
        started_at=walk.at - timedelta(minutes=2), ended_at=walk.at + timedelta(minutes=3), place="梨树县梨树镇示例路1号",
        second_officer=walk.cast.assistant, person=CasePerson.objects.get(case=walk.case), licence_shown=True,
        rights_told=True, signing=signing, is_alone=True,
        answers=tuple((f"请说一下第 {number} 段经过。", LONG) for number in range(answers)),
    )  # fmt: skip
    walk.step(investigation.record_questioning, walk.cast.lead, transcript=transcript)
    return Document.objects.exclude(pk__in=before).get(code="questioning_record")


def drawn_questioning(walk: Walk, *, answers: int = 1) -> Document:
    document = questioning(walk, answers=answers)
    assert OUTPUT.render_one(document.pk)
    document.refresh_from_db()
    return document


def give(walk: Walk, document: Document, seat: str, by: Any, **changed: Any) -> Any:
    """One signer's signatures through the real action."""
    pages = range(1, (document.pdf_pages or 1) + 1) if seat == "被询问人-1" else (0,)
    fields: dict[str, Any] = {
        "way": "drawn",
        "digest": document.pdf_sha256,
        "place": "梨树县梨树镇示例路1号",
        "reading": "read",
    }
    if fields["way"] == changed.get("way", "drawn"):
        fields["drawings"] = {page: sketch(by, page) for page in pages}
    return walk.step(
        sign_document, by, part_id=document.pk, signing=NewSigning(seat=seat, **{**fields, **changed})
    )  # fmt: skip


def sign_everything(walk: Walk, document: Document) -> None:
    """The driver on every page by hand, both officers by their accounts."""
    give(walk, document, "被询问人-1", walk.cast.lead, signer_name="示例司机")
    give(walk, document, "询问人-1", walk.cast.lead, way="account", officer=walk.cast.lead, is_confirmed=True)
    give(walk, document, "记录人-1", walk.cast.assistant, way="account", officer=walk.cast.assistant, is_confirmed=True)
    document.refresh_from_db()
