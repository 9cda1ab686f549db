"""The signed copy of a document: the sealed data drawn once more, with every signature by hand at its place (ADR 53)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cases.documents.catalogue import by_code
from cases.models import Document, PaperSignature, SignedCopy
from lishu_law.documents import sealing
from lishu_law.documents.output import Output
from lishu_law.documents.render import Reference, check_version, document_html
from lishu_law.documents.seats import with_reading
from lishu_law.web.paper_signing.copy import frozen_copy, placed

FEET = {"questioning_record": "questioning"}  # the named page whose every foot is signed


def is_of_this_edition(document: Document) -> bool:
    """The signed copy is drawn by the edition the document was sealed with; under an older one there would be none."""
    return by_code(document.code).template_version == document.template_version


def signatures_of(document: Document) -> list[PaperSignature]:
    """Every signature of a document in the order they were given, with what is drawn of them."""
    rows = PaperSignature.objects.filter(document=document)
    return list(rows.select_related("signature__image", "signature__user", "by", "witness_signature").order_by("id"))


def seal_signed_copy(document: Document, rows: Iterable[PaperSignature], *, by: Any, at: datetime) -> SignedCopy:
    """Freeze who signed what and how; the worker draws it."""
    frozen = frozen_copy(document, rows, by_code(document.code), by=by, at=at)
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
        signed=placed(rows, FEET.get(document.code, "")),
    )  # fmt: skip


def _html(copy: SignedCopy) -> str:
    document = Document.objects.select_related("case").get(pk=copy.document_id)
    return signed_html(document, signatures_of(document))


SIGNED_OUTPUT = Output(SignedCopy, owner="document", folder="documents/signed", html_of=_html)
