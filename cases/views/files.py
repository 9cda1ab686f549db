"""The bytes of a sealed document, exactly as they were rendered."""

from __future__ import annotations

from urllib.parse import quote

from django.core.files.storage import default_storage
from django.http import FileResponse

from cases.models import Document, PdfState
from lishu_law.errors import NotFound


def pdf_response(document: Document) -> FileResponse:
    """The stored PDF inline; ``NotFound`` while it is still being made."""
    if document.pdf_state != PdfState.DONE:
        raise NotFound("这份文书还在生成，请稍等几秒再打开。")
    name = quote(f"{document.title}{document.number}.pdf")
    response = FileResponse(default_storage.open(document.pdf_path, "rb"), content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
