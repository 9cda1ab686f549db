"""The bytes of a sealed document, exactly as they were rendered."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse

from lishu_law.documents.models import PdfState, SealedDocument
from lishu_law.errors import NotFound
from lishu_law.pdf.render import render


def pdf_response(document: SealedDocument) -> FileResponse:
    """The stored PDF inline; ``NotFound`` while it is still being made."""
    if document.pdf_state != PdfState.DONE:
        raise NotFound("这份文书还在生成，请稍等几秒再打开。")
    file = default_storage.open(document.pdf_path, "rb")
    response = FileResponse(file, content_type="application/pdf")
    _for_one_reader(response, f"{document.title}{document.number}.pdf")
    return response


def draft_response(html: str, *, title: str, at: datetime) -> HttpResponse:
    """A draft drawn at once and kept nowhere: 草稿 stands across every page. Raises ``PdfError``."""
    made = render(html, title=title, number=None, at=at, draft=True)
    response = HttpResponse(made.content, content_type="application/pdf")
    _for_one_reader(response, f"{title}（草稿）.pdf")
    return response


def drawn_response(html: str, *, title: str, at: datetime) -> HttpResponse:
    """A paper drawn for one reader and kept nowhere, because what it says lies encrypted. Raises ``PdfError``."""
    made = render(html, title=title, number=None, at=at)
    response = HttpResponse(made.content, content_type="application/pdf")
    _for_one_reader(response, f"{title}.pdf")
    return response


def made_response(content: bytes, name: str) -> HttpResponse:
    """A PDF made for this reader, shown under its name."""
    response = HttpResponse(content, content_type="application/pdf")
    _for_one_reader(response, name)
    return response


def _for_one_reader(response: FileResponse | HttpResponse, name: str) -> None:
    """Shown in the browser under its name, kept in no cache."""
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
