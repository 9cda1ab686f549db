"""The rounds of legal review, as facts."""

from __future__ import annotations

from django.db.models import F

from cases.models import LegalReview
from cases.procedure.hearing_facts import ReviewFact
from cases.queries.parts.part import Part, Row, as_moment, known_moment, rows_of
from lishu_law import clock


def _read(rows: list[Row]) -> tuple[ReviewFact, ...]:
    return tuple(_fact(row) for row in rows)


def _fact(row: Row) -> ReviewFact:
    requested, reviewed = known_moment(row["requested_at"]), as_moment(row["reviewed_at"])
    return ReviewFact(
        clock.local(requested).date(),
        row["outcome"],
        clock.local(reviewed).date() if reviewed else None,
        row["gate"],
        requested,
        row["name"] or "",
        row["opinion"],
        tuple(row["triggers"]),
        row["id"],
        row["departure_opinion"],
    )


REVIEWS = Part(
    "reviews",
    lambda: rows_of(
        LegalReview.objects.all(), "id", "gate", "triggers", "requested_at", "reviewed_at", "outcome", "opinion",
        "departure_opinion",
        name=F("reviewer__full_name"),
    ),
    _read,
)  # fmt: skip
