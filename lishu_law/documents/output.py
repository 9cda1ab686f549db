"""From sealed data to the stored PDF: claimed by one statement, rendered and given the organ's electronic seal with no
transaction open, stored once. What is kept, hashed and handed out is the sealed file."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.documents.check_entries import keep_file
from lishu_law.documents.codes import check_url
from lishu_law.documents.models import PdfState, SealedDocument
from lishu_law.organ_seal.configured import organ_seal
from lishu_law.organ_seal.provider import SealError, SealProvider
from lishu_law.pdf.errors import PdfError
from lishu_law.pdf.render import render

# A worker that was killed while rendering leaves its claim behind; after this time somebody else takes over.
ABANDONED = timedelta(minutes=2)
DRAFT = re.compile(r"\..+\.[0-9a-f]{8}")  # as _write_whole names it until the file is whole


@dataclass(frozen=True)
class Output:
    """How the documents of one table become files: ``owner`` names the relation each of them belongs to."""

    model: type[SealedDocument]
    owner: str
    folder: str
    html_of: Callable[[Any], str]

    def waiting_ids(self, limit: int) -> list[int]:
        """Documents that nobody renders at the moment, oldest first; without a seal only those that need none."""
        free = self._rows().filter(_free())
        if not _has_seal():
            free = free.filter(seal_digest__isnull=True)
        return list(free.order_by("id").values_list("pk", flat=True)[:limit])

    def render_one(self, document_id: int) -> bool:
        """Render one document if it is free. Returns whether this call did it. The bytes are stored once, for ever."""
        claimed = self._rows().filter(_free(), pk=document_id)
        if not claimed.update(pdf_state=PdfState.RENDERING, pdf_started_at=clock.now()):
            return False
        document = self._rows().select_related(self.owner).get(pk=document_id)
        row = self._rows().filter(pk=document_id, pdf_state=PdfState.RENDERING)
        try:
            made = self._made(document)
        except SealError as error:  # nothing is wrong with the document: it waits for the seal
            row.update(pdf_state=PdfState.WAITING, pdf_error=str(error)[:300])
            return False
        except PdfError as error:
            row.update(pdf_state=PdfState.FAILED, pdf_error=str(error)[:300])
            return False
        path = self._store(document, made.content, made.sha256)
        return self._keep(document, made, path)

    def _made(self, document: SealedDocument) -> _Made:
        """The file as it is handed out. Raises ``SealError`` or ``PdfError``."""
        seal = _ready_seal() if document.seal_code else None
        drawn = render(
            self.html_of(document), title=document.title, number=document.number or None, at=document.sealed_at
        )
        if seal is None:
            return _Made(drawn.content, drawn.pages, drawn.sha256)
        sealed = seal.seal(drawn.content, check_url=check_url(document.seal_code), at=clock.now())
        digest = hashlib.sha256(sealed.content).hexdigest()
        return _Made(sealed.content, drawn.pages, digest, sealed.certificate, sealed.subject)

    @transaction.atomic
    def _keep(self, document: SealedDocument, made: _Made, path: str) -> bool:
        """Whoever took over from a worker believed dead may have been faster: the first bytes stay. The use of the
        seal stands in the journal."""
        row = self._rows().filter(pk=document.pk, pdf_state=PdfState.RENDERING)
        kept = row.update(
            pdf_state=PdfState.DONE, pdf_path=path, pdf_sha256=made.sha256, pdf_pages=made.pages, pdf_error="",
            seal_certificate=made.certificate, seal_subject=made.subject[:200],
        )  # fmt: skip
        if kept:
            keep_file(document, sha256=made.sha256, pages=made.pages, certificate=made.certificate)
        if kept and made.certificate:
            on = (document._meta.model_name or "", document.pk)
            details = {"pdf_sha256": made.sha256, "certificate": made.certificate}
            journal.record("document.organ_seal", by=None, on=on, details=details)
        return bool(kept)

    def _rows(self) -> Any:
        return self.model._default_manager.all()

    def _store(self, document: SealedDocument, content: bytes, sha256: str) -> str:
        owner_id = getattr(document, f"{self.owner}_id")
        name = f"{self.folder}/{owner_id}/{document.pk}-{sha256[:16]}.pdf"
        path = Path(default_storage.path(name))
        if not (path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256):
            _write_whole(path, content)
        return name


@dataclass(frozen=True)
class _Made:
    """A finished file; the last two only of a sealed one."""

    content: bytes
    pages: int
    sha256: str
    certificate: str = ""
    subject: str = ""


def _write_whole(path: Path, content: bytes) -> None:
    """All of the file or nothing under its name: a worker killed while writing leaves no half of a document there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(settings.FILE_UPLOAD_PERMISSIONS)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def clear_drafts(before: datetime) -> int:
    """Drafts of files whose writer was killed: hidden, and untouched since ``before``. How many went."""
    cleared = 0
    for folder, _folders, names in os.walk(default_storage.path("")):
        for path in (Path(folder, name) for name in names if DRAFT.fullmatch(name)):
            with suppress(FileNotFoundError):  # its writer lives and has just finished
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    cleared += 1
    return cleared


def _ready_seal() -> SealProvider:
    """The organ's seal, usable now. Raises ``SealError``."""
    seal = organ_seal()
    seal.check(clock.now())
    return seal


def _has_seal() -> bool:
    try:
        _ready_seal()
    except SealError:
        return False
    return True


def _free() -> Q:
    lost = Q(pdf_state=PdfState.RENDERING, pdf_started_at__lt=clock.now() - ABANDONED)
    return Q(pdf_state=PdfState.WAITING) | lost
