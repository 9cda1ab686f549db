"""中止: the visit stops because nobody is there, it is refused, or it is not safe; and goes on afterwards (§3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import permissions, rules
from inspections.actions.checks import NewPhoto
from inspections.actions.frame import journal_digests, lock_filing, may_move, refuse_if, save
from inspections.actions.visits import add_suspension_photos, window_of
from inspections.models import InspectionFiling, Suspension
from inspections.moves import RESUME, SUSPEND
from lishu_law import clock
from lishu_law.audit import journal


@transaction.atomic(durable=True)
def suspend_inspection(
    *, filing_id: int, version: int | None, by: Any, reason: str, note: str, photos: tuple[NewPhoto, ...] = (),
    at: datetime | None = None,
) -> Suspension:  # fmt: skip
    """Stop a running visit, with the reason and the photos that show it."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.act", subject)
    refuse_if([*may_move(row, SUSPEND), *rules.suspension_says_why(note)])
    suspension = Suspension.objects.create(filing=row, reason=reason, note=note.strip(), at=moment, by=by)
    add_suspension_photos(row, suspension, photos)
    save(row, state=SUSPEND.to_state)
    details = {"reason": reason, "photos": journal_digests([photo.file for photo in photos])}
    journal.record("inspection.suspend", by=by, on=("inspection_filing", row.pk), details=details)
    return suspension


@transaction.atomic(durable=True)
def resume_inspection(*, filing_id: int, version: int | None, by: Any, at: datetime | None = None) -> InspectionFiling:
    """Go on with an interrupted visit, inside its window."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.act", subject)
    refuse_if(may_move(row, RESUME) or rules.may_resume(window_of(row), moment))
    Suspension.objects.filter(filing=row, resumed_at__isnull=True).update(resumed_at=moment, resumed_by=by)
    save(row, state=RESUME.to_state)
    journal.record("inspection.resume", by=by, on=("inspection_filing", row.pk), details={})
    return row
