"""Correction notices of sealed decisions (S37): what other packages may know of them, and a decision's words with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.models import Approval, ApprovalOutcome, Decision, Document
from lishu_law import clock

CLERICAL = "clerical"


@dataclass(frozen=True)
class ClericalNotice:
    """One approved correction of the document of a decision. ``notice_id`` is its approval."""

    notice_id: int
    decision_id: int
    wrong: str
    right: str
    reason: str
    decided_on: date
    asked_by: str  # staff number


def clerical_notices(known: frozenset[int] = frozenset(), *, limit: int = 500) -> list[ClericalNotice]:
    """Notices about decisions, oldest first, without the ``known`` ones."""
    rows = Approval.objects.filter(kind=CLERICAL, outcome=ApprovalOutcome.APPROVED).exclude(pk__in=known)
    approvals = list(rows.select_related("asked_by").order_by("pk")[:limit])
    if not approvals:
        return []
    documents = {one.pk: one for one in Document.objects.filter(pk__in=[row.data["document"] for row in approvals])}
    numbers = {one.number for one in documents.values() if one.number}
    decisions = dict(Decision.objects.filter(number__in=numbers).values_list("number", "pk"))
    found = []
    for row in approvals:
        document = documents.get(row.data["document"])
        decision_id = decisions.get(document.number) if document else None
        if decision_id is not None:
            found.append(_notice(row, decision_id))
    return found


def _notice(row: Approval, decision_id: int) -> ClericalNotice:
    day = clock.local(row.decided_at or row.asked_at).date()
    return ClericalNotice(
        row.pk, decision_id, row.data["wrong"].strip(), row.data["right"].strip(), row.reason, day,
        row.asked_by.staff_number,
    )  # fmt: skip


def replacements(decision: Decision) -> list[tuple[str, str]]:
    """What the notices of one decision's document put right: (wrong, right) in their order. Two statements at most."""
    rows = Approval.objects.filter(case_id=decision.known_case.pk, kind=CLERICAL, outcome=ApprovalOutcome.APPROVED)
    asked = [row.data for row in rows.order_by("pk").only("data")]
    if not asked:
        return []
    own = set(
        Document.objects.filter(pk__in=[one["document"] for one in asked], number=decision.number)
        .exclude(number="")
        .values_list("pk", flat=True)
    )
    return [(one["wrong"].strip(), one["right"].strip()) for one in asked if one["document"] in own]
