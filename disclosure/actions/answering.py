"""What an upheld objection led to was decided: then it is answered, or it is open again (disclosure.md §6).

Called inside the act of the second person, which keeps the journal: the letter must not promise what was not done.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from disclosure.models import Objection
from lishu_law import clock
from lishu_law.errors import Refusal

SHORTEST = 4
CITATION = "政府信息公开条例第四十一条"


def answers_late(objection: Objection | None, today: date) -> bool:
    """Would doing it today answer the objection after its last day, with no reason written yet?"""
    return objection is not None and today > objection.due and not objection.late_reason


def late_faults(objection: Objection | None, late_reason: str, today: date) -> list[Refusal]:
    """Doing what an objection asked for is its answer: after its last day only with a reason."""
    if not answers_late(objection, today) or len(late_reason.strip()) >= SHORTEST:
        return []
    text = "这一办理同时答复当事人的异议，已经超过答复期限，请写明超期的原因。"
    return [Refusal("objection.late", text, CITATION, "late_reason")]


def answered_core(objection: Objection | None, now: datetime, late_reason: str) -> dict[str, Any]:
    """What the objection asked for was done: its clock stops and its letter can go. Returns details for the journal."""
    if objection is None:
        return {}
    if answers_late(objection, clock.local(now).date()):
        objection.late_reason = late_reason.strip()
    objection.answered_at = now
    objection.save(update_fields=["answered_at", "late_reason"])
    return {"answered": objection.ticket_no, "answered_late": clock.local(now).date() > objection.due}


def reopened_core(objection: Objection | None) -> dict[str, Any]:
    """It was refused: the objection waits again, its deadline as it was; what was written of it so far stays."""
    if objection is None:
        return {}
    objection.outcome, objection.decided_by = "", None
    objection.decided_at = objection.answered_at = None
    objection.save(update_fields=["outcome", "decided_by", "decided_at", "answered_at"])
    return {"reopened": objection.ticket_no}
