"""What was recorded before there was a case, handed over to it as evidence: at its opening, and what came later.

The caller stands in its own transaction and writes the one journal entry of its act.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.actions.doing import lock_case
from cases.actions.investigation import NewEvidence, add_evidence_rows
from cases.models import Evidence
from cases.procedure.states import State
from cases.procedure.steps import BY_CODE
from lishu_law.registry.models import StoredFile

# Where evidence may still be added: the states of the ordinary step, and those of a penalty on the spot before it is weighed.
TAKES_EVIDENCE = frozenset({*BY_CODE["add_evidence"].from_states, State.SCENE, State.IDENTIFIED, State.EVIDENCED})


def hand_over_core(case_id: int, items: tuple[NewEvidence, ...], *, by: Any, at: datetime) -> list[Evidence]:
    """The items as evidence of the case; nothing once it has gone too far to take any."""
    case = lock_case(case_id, None)
    if State(case.state) not in TAKES_EVIDENCE:
        return []
    return add_evidence_rows(case, items, by=by, at=at)


def keep_file_core(evidence_id: int, file: StoredFile) -> bool:
    """The file of an item that was handed over before its file was drawn. Returns whether this call gave it."""
    return bool(Evidence.objects.filter(pk=evidence_id, file__isnull=True).update(file=file))
