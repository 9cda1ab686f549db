"""Who was given the closed file to review, as a fact: they may read it until its review is over (security.md §6.1, 评:
sampled), and judge no review of it ever (S4).
"""

from __future__ import annotations

from django.db.models import F

from cases.models import DossierReview
from cases.permissions import review_goes_on
from cases.procedure.facts import ReviewerFact
from cases.queries.parts.part import Part, Row, rows_of
from lishu_law import clock


def _read(rows: list[Row]) -> tuple[ReviewerFact, ...]:
    return tuple(ReviewerFact(row["number"], row["goes_on"]) for row in rows)


DOSSIER_REVIEWERS = Part(
    "dossier_reviewers",
    lambda: rows_of(
        DossierReview.objects.annotate(goes_on=review_goes_on(clock.today())),
        "goes_on",
        number=F("reviewer__staff_number"),
    ),
    _read,
    clock.today,
)
