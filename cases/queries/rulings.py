"""What other packages may know of the rulings on decisions: the publications that have to be withdrawn (处罚法48)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.models import Ruling
from lishu_law.law.limits import compute


@dataclass(frozen=True)
class RulingFacts:
    """One ruling because of which a publication must go. ``successor_id`` is the decision that stands instead."""

    ruling_id: int
    decision_id: int
    effect: str  # revoke | change | confirm_unlawful | order_remake | void
    source: str  # self | review | court | supervision
    organ: str
    document_no: str
    effective_on: date
    due: date
    successor_id: int | None
    recorded_by: str  # staff number


def rulings_to_withdraw(*, limit: int = 500) -> list[RulingFacts]:
    """Rulings whose publication was not withdrawn yet, oldest first."""
    rows = Ruling.objects.filter(withdrawn_on__isnull=True).select_related("recorded_by").order_by("pk")[:limit]
    return [
        RulingFacts(
            ruling_id=row.pk,
            decision_id=row.decision_id,
            effect=row.effect,
            source=row.source,
            organ=row.organ,
            document_no=row.document_no,
            effective_on=row.effective_on,
            due=compute("pub-withdraw-3d", row.effective_on).due,
            successor_id=row.new_decision_id,
            recorded_by=row.recorded_by.staff_number,
        )
        for row in rows
    ]
