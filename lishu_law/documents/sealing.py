"""Sealing a document: data, template version and number are frozen in the act's transaction; the PDF follows.

No rendering happens here. A row with ``pdf_state`` waiting is the job; the worker finds it even if the nudge is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction

from lishu_law import clock
from lishu_law.celery import app
from lishu_law.documents import codes, numbering
from lishu_law.documents.document_type import DocumentType
from lishu_law.documents.models import SealedDocument
from lishu_law.registry.models import Unit

_WAKES_WORKER: ContextVar[bool] = ContextVar("wakes_worker", default=True)


def frozen(
    kind: DocumentType, data: Mapping[str, object], *, number: str, by: Any, at: datetime, part: str = ""
) -> dict[str, Any]:
    """The fields of a new :class:`SealedDocument` that never change."""
    code = codes.new_seal_code() if kind.carries_organ_seal else ""
    return {
        "code": kind.code, "part": part, "title": kind.title, "number": number, "data": data,
        "template_version": kind.template_version, "sealed_at": at, "sealed_by": by,
        "seal_code": code, "seal_digest": codes.digest_of(code) if code else None,
    }  # fmt: skip


def number_for(kind: DocumentType, organ: Unit, at: datetime) -> str:
    """Allot the next number of this kind; empty for a kind that carries only the number of what it belongs to."""
    if not kind.number_word:
        return ""
    return numbering.document_number(organ, kind.doc_id, clock.local(at).date())


def announce(document: SealedDocument, task: str) -> None:
    """Wake the worker once the act is committed. A lost message costs time, not the document: a sweep finds it."""
    transaction.on_commit(lambda: _nudge(document.pk, task), robust=True)


def _nudge(document_id: int, task: str) -> None:
    if _WAKES_WORKER.get():
        app.send_task(task, args=[document_id])


@contextmanager
def left_to_the_sweep() -> Iterator[None]:
    """For documents sealed in bulk: no message each, so that what a person seals meanwhile does not queue behind them."""
    token = _WAKES_WORKER.set(False)
    try:
        yield
    finally:
        _WAKES_WORKER.reset(token)
