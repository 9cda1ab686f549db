"""Sealing a document: data, template version and number are frozen in the act's transaction; the PDF follows.

No rendering happens here. A row with ``pdf_state`` waiting is the job; the worker finds it even if the nudge is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.documents import numbering
from cases.documents.catalogue import by_code
from cases.models import Case, Document
from lishu_law import clock
from lishu_law.celery import app

_WAKES_WORKER: ContextVar[bool] = ContextVar("wakes_worker", default=True)


def seal(
    case: Case,
    code: str,
    data: Mapping[str, object],
    *,
    by: Any,
    at: datetime,
    amount: Decimal | None = None,
    hearing_offered: bool = False,
    number: str | None = None,
) -> Document:
    """Freeze one document. A kind that carries its own number gets the next one unless ``number`` was allotted before."""
    kind = by_code(code)
    if number is None:
        number = number_for(case, code, at)
    document = Document.objects.create(
        case=case,
        code=code,
        title=kind.title,
        number=number,
        data=data,
        amount=amount,
        hearing_offered=hearing_offered,
        template_version=kind.template_version,
        sealed_at=at,
        sealed_by=by,
    )
    transaction.on_commit(lambda: nudge(document.pk), robust=True)
    return document


def number_for(case: Case, code: str, at: datetime) -> str:
    """Allot the next number of this kind; empty for a kind that carries only the 案号."""
    if not by_code(code).number_word:
        return ""
    return numbering.document_number(case.authority, by_code(code).doc_id, clock.local(at).date())


def nudge(document_id: int) -> None:
    """Wake the worker. A lost message costs time, not the document: a sweep finds every waiting row."""
    if not _WAKES_WORKER.get():
        return
    app.send_task("cases.tasks.render_document", args=[document_id])


@contextmanager
def left_to_the_sweep() -> Iterator[None]:
    """For documents sealed in bulk: no message each, so that what a person seals meanwhile does not queue behind them."""
    token = _WAKES_WORKER.set(False)
    try:
        yield
    finally:
        _WAKES_WORKER.reset(token)
