"""What an upheld objection led to was decided: then it is answered, or it is open again (disclosure.md §6).

Called inside the act of the second person, which keeps the journal: the letter must not promise what was not done.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from disclosure.models import Objection
from lishu_law import clock


def answered_core(objection: Objection | None, now: datetime) -> dict[str, Any]:
    """What the objection asked for was done: its clock stops and its letter can go. Returns details for the journal."""
    if objection is None:
        return {}
    objection.answered_at = now
    objection.save(update_fields=["answered_at"])
    return {"answered": objection.ticket_no, "answered_late": clock.local(now).date() > objection.due}


def reopened_core(objection: Objection | None) -> dict[str, Any]:
    """It was refused: the objection waits again, its deadline as it was; what was written of it so far stays."""
    if objection is None:
        return {}
    objection.outcome, objection.decided_by = "", None
    objection.decided_at = objection.answered_at = None
    objection.save(update_fields=["outcome", "decided_by", "decided_at", "answered_at"])
    return {"reopened": objection.ticket_no}
