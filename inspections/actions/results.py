"""Results become public within twenty working days of the visit (insp-result-public); a draw publishes its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections.actions.frame import refuse_if
from inspections.models import FilingState, InspectionFiling
from inspections.queries.results import told_rows
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Refusal

ACTION = "inspection.publish"


@transaction.atomic(durable=True)
def publish_results(*, by: Any, references: Collection[str], at: datetime | None = None) -> int:
    """Publish the results of these visits. One that was not told, or is public already, is refused with all others."""
    moment = at or clock.now()
    policy.check(by, ACTION)
    rows = list(told_rows().filter(reference__in=references).select_for_update(of=("self",)))
    if not references or len(rows) != len(set(references)):
        text = "请勾选要公示的检查结果。已经公示的，或者还没有告知被检查人的，不能公示；请刷新页面核对。"
        refuse_if([Refusal("insp-result-public", text, "", "references")])
    mark_public(rows, moment)
    details = {"visits": [one.check_code for one in rows]}
    journal.record("inspection.publish", by=by, on=("inspection_results", moment.date().isoformat()), details=details)
    return len(rows)


def mark_public(rows: Iterable[InspectionFiling], moment: datetime) -> None:
    """The visits' results are public; 已公示 once their time for ratings is over too. Part of an action."""
    keys = [one.pk for one in rows]
    fresh = InspectionFiling.objects.filter(pk__in=keys, result_published_at__isnull=True)
    fresh.update(result_published_at=moment)
    InspectionFiling.objects.filter(pk__in=keys, state=FilingState.EVALUATED).update(state=FilingState.PUBLISHED)
