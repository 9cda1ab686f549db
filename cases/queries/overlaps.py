"""The same officer cannot be in two transcripts at one time (law/procedure.md §2.4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from cases.models import Transcript
from lishu_law import clock
from lishu_law.errors import Refusal


def overlapping(officer: Any, started_at: datetime, ended_at: datetime) -> list[Refusal]:
    """Refusals naming every transcript of ``officer`` (in any case) that overlaps the period."""
    found = (
        Transcript.objects.filter(started_at__lt=ended_at, ended_at__gt=started_at, evidence__voided_at__isnull=True)
        .filter(Q(first_officer=officer) | Q(second_officer=officer))
        .order_by("started_at")[:3]
    )
    return [
        Refusal(
            "transcript-overlap",
            f"{officer.full_name} {clock.local(other.started_at):%H:%M}–{clock.local(other.ended_at):%H:%M} "
            "正在另一份笔录中，请核对时间。",
            "行政处罚法第四十二条第一款",
            "started_at",
        )
        for other in found
    ]
