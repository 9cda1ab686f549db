"""Incidents (瑕疵清单): raised by the system inside another act, explained by a handling officer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import begin, check_guards, conclude
from cases.models import Case, Incident
from lishu_law.errors import Refusal, Refused


def raise_incident(case: Case, part: str, rule: str, text: str, at: datetime) -> bool:
    """Record a breach once; False where it is on record already."""
    _incident, is_new = Incident.objects.get_or_create(
        case=case, part=part, rule=rule, defaults={"text": text, "happened_at": at}
    )
    return is_new


@transaction.atomic(durable=True)
def explain_incident(
    *, case_id: int, version: int, by: Any, part_id: int, explanation: str, at: datetime | None = None
) -> Incident:
    """Say how it came about and what was done; the record itself stays (procedure.md §0.3)."""
    doing = begin("explain_incident", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    if not explanation.strip():
        raise Refused([
            Refusal("incident-reason", "请写明原因和已经采取的补救措施。", doing.step.citation, "explanation")
        ])  # fmt: skip
    incident = Incident.objects.get(case=doing.case, pk=part_id)
    incident.explanation, incident.explained_by, incident.explained_at = explanation, by, doing.at
    incident.save(update_fields=["explanation", "explained_by", "explained_at"])
    conclude(doing, opinion=explanation)
    return incident
