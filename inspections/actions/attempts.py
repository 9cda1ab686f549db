"""Remembering what the yearly cap refused: outside the transaction that the refusal rolls back (insp-frequency)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from inspections.models import AttemptStage, InspectionFiling, OverCapAttempt
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import Refusal, Refused

RULE = "insp-frequency"
P = ParamSpec("P")
Result = TypeVar("Result")


def remembering_over_cap(action: Callable[P, Result]) -> Callable[P, Result]:
    """The action's refusal by the cap is kept, then raised as it was. Stands above the action's ``atomic``."""

    @wraps(action)
    def act(*args: P.args, **kwargs: P.kwargs) -> Result:
        try:
            return action(*args, **kwargs)
        except Refused as refused:
            found = next((one for one in refused.refusals if one.code == RULE), None)
            if found is not None:
                _remember(found, dict(kwargs))
            raise

    return act


@transaction.atomic(durable=True)
def _remember(refusal: Refusal, words: dict[str, Any]) -> None:
    filing: Any = words.get("filing")
    stage = AttemptStage.FILE if filing is not None else AttemptStage.APPROVE
    if filing is None:
        filing = InspectionFiling.objects.get(pk=words["filing_id"])
    unit = filing.officers[0].unit if stage == AttemptStage.FILE else filing.unit
    attempt = OverCapAttempt.objects.create(
        subject=filing.subject, unit=unit, at=words.get("at") or clock.now(), stage=stage, form=filing.form,
        source=filing.source, reason=refusal.message[:300],
    )  # fmt: skip
    journal.record(
        "inspection.over_cap",
        by=words["by"],
        on=("subject", filing.subject.object_no),
        result="refused",
        reason=RULE,
        details={"attempt": attempt.pk, "stage": stage},
    )
