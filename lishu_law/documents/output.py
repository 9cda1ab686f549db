"""From sealed data to the stored PDF: claimed by one statement, rendered with no transaction open, stored once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q

from lishu_law import clock
from lishu_law.documents.models import PdfState, SealedDocument
from lishu_law.pdf.errors import PdfError
from lishu_law.pdf.render import render

# A worker that was killed while rendering leaves its claim behind; after this time somebody else takes over.
ABANDONED = timedelta(minutes=2)


@dataclass(frozen=True)
class Output:
    """How the documents of one table become files: ``owner`` names the relation each of them belongs to."""

    model: type[SealedDocument]
    owner: str
    folder: str
    html_of: Callable[[Any], str]

    def waiting_ids(self, limit: int) -> list[int]:
        """Documents that nobody renders at the moment, oldest first."""
        return list(self._rows().filter(_free()).order_by("id").values_list("pk", flat=True)[:limit])

    def render_one(self, document_id: int) -> bool:
        """Render one document if it is free. Returns whether this call did it. The bytes are stored once, for ever."""
        claimed = self._rows().filter(_free(), pk=document_id)
        if not claimed.update(pdf_state=PdfState.RENDERING, pdf_started_at=clock.now()):
            return False
        document = self._rows().select_related(self.owner).get(pk=document_id)
        row = self._rows().filter(pk=document_id)
        try:
            made = render(
                self.html_of(document), title=document.title, number=document.number or None, at=document.sealed_at
            )
        except PdfError as error:
            row.update(pdf_state=PdfState.FAILED, pdf_error=str(error)[:300])
            return False
        path = self._store(document, made.content, made.sha256)
        row.update(pdf_state=PdfState.DONE, pdf_path=path, pdf_sha256=made.sha256, pdf_pages=made.pages)
        return True

    def _rows(self) -> Any:
        return self.model._default_manager.all()

    def _store(self, document: SealedDocument, content: bytes, sha256: str) -> str:
        owner_id = getattr(document, f"{self.owner}_id")
        name = f"{self.folder}/{owner_id}/{document.pk}-{sha256[:16]}.pdf"
        return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


def _free() -> Q:
    lost = Q(pdf_state=PdfState.RENDERING, pdf_started_at__lt=clock.now() - ABANDONED)
    return Q(pdf_state=PdfState.WAITING) | lost
