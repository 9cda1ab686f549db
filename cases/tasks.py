"""Background work of the cases: rendering the PDFs of sealed documents. Every task may run twice without harm."""

from __future__ import annotations

from celery import shared_task

from cases.documents.output import render_one, waiting_ids


@shared_task(name="cases.tasks.render_document")  # type: ignore[untyped-decorator]  # celery has no types
def render_document(document_id: int) -> None:
    """Render one document, unless somebody else is at it or it is done."""
    render_one(document_id)


@shared_task(name="cases.tasks.render_waiting_documents")  # type: ignore[untyped-decorator]  # celery has no types
def render_waiting_documents() -> None:
    """The sweep: whatever a lost message or a killed worker left behind."""
    for document_id in waiting_ids(limit=50):
        render_one(document_id)
