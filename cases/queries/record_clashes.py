"""Transcripts in which an officer of one of this case's transcripts stands at the same time (law/procedure.md §2.4)."""

from __future__ import annotations

from django.db.models import Q

from cases.models import Transcript
from cases.queries.facts import LoadedCase
from lishu_law import clock


def record_title(row: Transcript) -> str:
    return f"{row.get_kind_display()}（{clock.local(row.started_at):%m-%d %H:%M}）"


def shown_elsewhere(row: Transcript) -> str:
    return f"{row.evidence.case.label}的{record_title(row)}"


def _pair_of(row: Transcript) -> set[int]:
    return {row.first_officer_id, row.second_officer_id}


def clashes(row: Transcript, other: Transcript) -> bool:
    at_once = row.started_at < other.ended_at and other.started_at < row.ended_at
    return at_once and bool(_pair_of(row) & _pair_of(other))


def elsewhere(loaded: LoadedCase, rows: list[Transcript]) -> list[Transcript]:
    """Transcripts of other cases that share an officer and a time with one of these (law/procedure.md §2.4)."""
    if not rows:
        return []
    at_once = Q()
    for row in rows:
        who = Q(first_officer__in=_pair_of(row)) | Q(second_officer__in=_pair_of(row))
        at_once |= Q(started_at__lt=row.ended_at, ended_at__gt=row.started_at) & who
    others = Transcript.objects.filter(at_once, evidence__voided_at__isnull=True).exclude(evidence__case=loaded.case)
    return list(others.select_related("evidence__case").order_by("started_at")[:20])
