"""A result left open (R8 发现问题待后续处理) ends within sixty days: as 责令改正 or as a case (§7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import permissions, rules
from inspections.actions.frame import lock_filing, refuse_if, save
from inspections.actions.visits import NewOrder, write_order
from inspections.models import PendingEnd, RectificationOrder, ResultCode
from lishu_law import clock
from lishu_law.audit import journal


@dataclass(frozen=True)
class NewEnd:
    """How it ends: R5 with its order, or R9 with its 案由."""

    result_code: str
    note: str
    item_code: str = ""
    order: NewOrder = field(default_factory=lambda: NewOrder(""))


@transaction.atomic(durable=True)
def end_pending(*, filing_id: int, version: int | None, by: Any, end: NewEnd, at: datetime | None = None) -> PendingEnd:
    """The result takes its place; that it was open until today stays in ``PendingEnd`` and in the journal."""
    moment = at or clock.now()
    row, subject = lock_filing(filing_id, version, by)
    permissions.check(by, "inspection.act", subject)
    is_ended = PendingEnd.objects.filter(filing=row).exists()
    refusals = rules.pending_may_end(row.result_code, is_ended, end.result_code)
    is_ordered = RectificationOrder.objects.filter(filing=row).exists()  # ordered on the spot, found out later
    if not refusals:
        if not is_ordered:
            refusals = rules.order_fits(end.result_code, end.order.what, end.order.due_on, clock.local(moment).date())
        refusals += rules.record_complete(
            has_finding=end.result_code == ResultCode.R9, has_problem=True, item_code=end.item_code, findings=end.note
        )
    refuse_if(refusals)
    kept = PendingEnd.objects.create(filing=row, result_code=end.result_code, note=end.note.strip(), at=moment, by=by)
    if end.result_code == ResultCode.R5 and not is_ordered:
        write_order(row, end.order, by=by, at=moment)
    save(row, result_code=end.result_code, item_code=end.item_code)
    journal.record(
        "inspection.pending_end", by=by, on=("inspection_filing", row.pk), details={"result": end.result_code}
    )
    return kept
