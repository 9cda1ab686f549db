"""From sealed data to the stored PDF: claimed by one statement, rendered with no transaction open, stored once."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q

from cases.documents.render import document_html
from cases.models import Document, PdfState
from lishu_law import clock
from lishu_law.pdf.errors import PdfError
from lishu_law.pdf.render import render

# A worker that was killed while rendering leaves its claim behind; after this time somebody else takes over.
ABANDONED = timedelta(minutes=2)


def waiting_ids(limit: int) -> list[int]:
    """Documents that nobody renders at the moment, oldest first."""
    return list(Document.objects.filter(_free()).order_by("id").values_list("pk", flat=True)[:limit])


def _free() -> Q:
    lost = Q(pdf_state=PdfState.RENDERING, pdf_started_at__lt=clock.now() - ABANDONED)
    return Q(pdf_state=PdfState.WAITING) | lost


def render_one(document_id: int) -> bool:
    """Render one document if it is free. Returns whether this call did it. The bytes are stored once and never change."""
    claimed = Document.objects.filter(_free(), pk=document_id).update(
        pdf_state=PdfState.RENDERING, pdf_started_at=clock.now()
    )
    if not claimed:
        return False
    document = Document.objects.select_related("case").get(pk=document_id)
    try:
        html = document_html(document.code, document.number, document.case.case_no or "", document.data, draft=False)
        made = render(html, title=document.title, number=document.number or None, at=document.sealed_at)
    except PdfError as error:
        Document.objects.filter(pk=document_id).update(pdf_state=PdfState.FAILED, pdf_error=str(error)[:300])
        return False
    path = _store(document, made.content, made.sha256)
    Document.objects.filter(pk=document_id).update(
        pdf_state=PdfState.DONE, pdf_path=path, pdf_sha256=made.sha256, pdf_pages=made.pages
    )
    return True


def _store(document: Document, content: bytes, sha256: str) -> str:
    name = f"documents/{document.case_id}/{document.pk}-{sha256[:16]}.pdf"
    if default_storage.exists(name):
        return name
    return default_storage.save(name, ContentFile(content))
