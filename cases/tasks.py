"""Background work of the cases: PDFs, and what the calendar does by itself. Every task may run twice without harm."""

from __future__ import annotations

import logging

from celery import shared_task

from cases.actions import issuing, overdue
from cases.actions.measures_lapsing import lapse_overdue
from cases.actions.public_serving import complete_public_serving
from cases.documents.output import render_one, waiting_ids
from cases.documents.signed import SIGNED_OUTPUT
from cases.dossier import building
from cases.editions.registers import REGISTERS
from cases.queries.executions import waiting_for_the_calendar
from cases.queries.public_serving import due_notices, publisher_of
from lishu_law import clock
from lishu_law.errors import DomainError
from lishu_law.web.loading import work

logger = logging.getLogger(__name__)
SLICE = 40.0  # seconds of a batch in one task


@shared_task(name="cases.tasks.render_document")  # type: ignore[untyped-decorator]  # celery has no types
def render_document(document_id: int) -> None:
    """Render one document, unless somebody else is at it or it is done."""
    render_one(document_id)


@shared_task(name="cases.tasks.render_waiting_documents")  # type: ignore[untyped-decorator]  # celery has no types
def render_waiting_documents() -> None:
    """The sweep: whatever a lost message or a killed worker left behind."""
    for document_id in waiting_ids(limit=50):
        render_one(document_id)
    for copy_id in SIGNED_OUTPUT.waiting_ids(limit=50):
        SIGNED_OUTPUT.render_one(copy_id)


@shared_task(name="cases.tasks.render_signed_copy")  # type: ignore[untyped-decorator]  # celery has no types
def render_signed_copy(copy_id: int) -> None:
    """Draw one document with its signatures, unless somebody else is at it or it is done."""
    SIGNED_OUTPUT.render_one(copy_id)


@shared_task(name="cases.tasks.turn_execution_clocks")  # type: ignore[untyped-decorator]  # celery has no types
def turn_execution_clocks() -> None:
    """The sweep of the calendar: who became late today, whose window for the court opened."""
    for case_id in waiting_for_the_calendar(clock.today()):
        overdue.turn_execution_clocks(case_id=case_id)


@shared_task(name="cases.tasks.lapse_measures")  # type: ignore[untyped-decorator]  # celery has no types
def lapse_measures() -> None:
    """Measures whose period is over end by themselves (处罚法56; 强制法25、28)."""
    lapse_overdue()


@shared_task(name="cases.tasks.complete_public_servings")  # type: ignore[untyped-decorator]  # celery has no types
def complete_public_servings() -> None:
    """Public notices whose period is over count as served; whoever was faster leaves nothing to do."""
    for case_id, serving_id in due_notices(clock.today(), limit=50):
        try:
            complete_public_serving(case_id=case_id, by=publisher_of(serving_id), part_id=serving_id, by_law=True)
        except DomainError as refused:
            logger.warning("public notice %s of case %s stays open: %s", serving_id, case_id, refused.message)


@shared_task(name="cases.tasks.work_import")  # type: ignore[untyped-decorator]  # celery has no types
def work_import(load_id: int) -> None:
    """Check or write one file of an edition, unless somebody else is at it."""
    work.work(load_id, REGISTERS)


@shared_task(name="cases.tasks.work_waiting_imports")  # type: ignore[untyped-decorator]  # celery has no types
def work_waiting_imports() -> None:
    """The sweep: whatever a lost message or a killed worker left behind."""
    for load_id in work.waiting_ids(REGISTERS):
        work.work(load_id, REGISTERS)


@shared_task(name="cases.tasks.build_volume")  # type: ignore[untyped-decorator]  # celery has no types
def build_volume(build_id: int) -> None:
    """Bind one file, unless somebody else is at it."""
    building.work(build_id)


@shared_task(name="cases.tasks.build_waiting_volumes")  # type: ignore[untyped-decorator]  # celery has no types
def build_waiting_volumes() -> None:
    """The sweep: whatever a lost message or a killed worker left behind."""
    for build_id in building.waiting_ids():
        building.work(build_id)


@shared_task(name="cases.tasks.issue_decisions")  # type: ignore[untyped-decorator]  # celery has no types
def issue_decisions() -> None:
    """Issue signed decisions of the batches that wait, unless somebody is at it; a long batch takes turns with others."""
    if issuing.issue_waiting(seconds=SLICE):
        issue_decisions.delay()
