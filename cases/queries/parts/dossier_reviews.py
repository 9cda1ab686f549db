"""Who was given the closed file to review, as a fact: they may read it (security.md §6.1, 评: sampled)."""

from __future__ import annotations

from django.db.models import F

from cases.models import DossierReview
from cases.queries.parts.part import Part, Row, rows_of


def _read(rows: list[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row["number"]) for row in rows))


DOSSIER_REVIEWERS = Part(
    "dossier_reviewers",
    lambda: rows_of(DossierReview.objects.all(), number=F("reviewer__staff_number")),
    _read,
)
