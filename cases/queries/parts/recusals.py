"""Recusals, as facts."""

from __future__ import annotations

from django.db.models import F

from cases.models import Recusal, RecusalRole
from cases.procedure.hearing_facts import RecusalFact
from cases.queries.parts.part import Part, Row, known_moment, rows_of
from lishu_law import clock


def _read(rows: list[Row]) -> tuple[RecusalFact, ...]:
    return tuple(_fact(row) for row in rows)


def _fact(row: Row) -> RecusalFact:
    return RecusalFact(
        row["id"],
        row["number"] or "",
        row["person_name"],
        row["role"],
        RecusalRole(row["role"]).label,
        row["origin"],
        clock.local(known_moment(row["asked_at"])).date(),
        row["reason"],
        row["outcome"],
        row["acts_stand"],
    )


RECUSALS = Part(
    "recusals",
    lambda: rows_of(
        Recusal.objects.all(), "id", "person_name", "role", "origin", "asked_at", "reason", "outcome", "acts_stand",
        number=F("person__staff_number"),
    ),
    _read,
)  # fmt: skip
