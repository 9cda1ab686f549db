"""Background work: papers, loads of the registers, the white list, ratings. Every task may run twice without harm."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from inspections.actions.handing_over import file_drawn_paper
from inspections.actions.ratings import close_evaluations, hand_over_ratings, release_ratings
from inspections.actions.tickets import escalate_overdue
from inspections.actions.white_list import remove_fallen
from inspections.anonymity import has_key
from inspections.documents.render import OUTPUT
from inspections.documents.signed import SIGNED_OUTPUT
from inspections.loading.work import waiting_ids, work
from inspections.models import InspectionSignedCopy
from lishu_law import clock
from lishu_law.documents.output import clear_drafts
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.web.uploads import pieces


@shared_task(name="inspections.tasks.work_import")  # type: ignore[untyped-decorator]  # celery has no types
def work_import(load_id: int) -> None:
    """Check or write one file, unless somebody else is at it."""
    work(load_id)


@shared_task(name="inspections.tasks.work_waiting_imports")  # type: ignore[untyped-decorator]  # celery has no types
def work_waiting_imports() -> None:
    """The sweep: whatever a lost message or a killed worker left behind."""
    for load_id in waiting_ids():
        work(load_id)


@shared_task(name="inspections.tasks.clear_white_list")  # type: ignore[untyped-decorator]  # celery has no types
def clear_white_list() -> None:
    """Whoever was punished, had an accident or a verified complaint leaves the white list by itself (standards/inspection.md §6.3)."""
    remove_fallen()


@shared_task(name="inspections.tasks.turn_ratings")  # type: ignore[untyped-decorator]  # celery has no types
def turn_ratings() -> None:
    """By the calendar: rating windows end, yesterday's bad ratings reach supervision, closed quarters are counted."""
    close_evaluations(by=None)
    escalate_overdue(by=None)
    if has_key():
        hand_over_ratings(by=None)
        release_ratings(by=None)


@shared_task(name="inspections.tasks.render_paper")  # type: ignore[untyped-decorator]  # celery has no types
def render_paper(document_id: int) -> None:
    """Render one paper, unless somebody else is at it or it is done; as evidence of a case it gets its file."""
    OUTPUT.render_one(document_id)
    file_drawn_paper(document_id=document_id, by=None)


@shared_task(name="inspections.tasks.render_waiting_papers")  # type: ignore[untyped-decorator]  # celery has no types
def render_waiting_papers() -> None:
    """The sweep: whatever a lost message or a killed worker left behind."""
    for document_id in OUTPUT.waiting_ids(limit=50):
        render_paper(document_id)
    for copy_id in SIGNED_OUTPUT.waiting_ids(limit=50):
        render_signed_copy(copy_id)


@shared_task(name="inspections.tasks.render_signed_copy")  # type: ignore[untyped-decorator]  # celery has no types
def render_signed_copy(copy_id: int) -> None:
    """Draw one paper with its signatures, unless somebody else is at it or it is done; evidence of a case gets this file."""
    SIGNED_OUTPUT.render_one(copy_id)
    paper_id = InspectionSignedCopy.objects.values_list("document_id", flat=True).get(pk=copy_id)
    file_drawn_paper(document_id=paper_id, by=None)


@shared_task(name="inspections.tasks.clear_pieces")  # type: ignore[untyped-decorator]  # celery has no types
def clear_pieces() -> None:
    """Files of phones that nobody went on sending for as long as a phone may keep them: it begins anew if it comes.
    And what a killed writer left of a document's file."""
    now = clock.now()
    hours = DEFAULT_PARAMETERS.number("offline.keep_hours", clock.local(now).date())
    pieces.clear_pieces(now - timedelta(hours=int(hours)))
    clear_drafts(now - timedelta(seconds=clock.demo_offset(), hours=1))  # the disk knows no demonstration clock
