"""Signatures under decisions that wait to be issued, as facts."""

from __future__ import annotations

from django.db.models import F

from cases.models import SignatureState, SignedApproval
from cases.procedure.facts import SignedFact
from cases.queries.parts.part import Part, Row, known_moment, rows_of


def _read(rows: list[Row]) -> tuple[SignedFact, ...]:
    return tuple(SignedFact(row["name"], known_moment(row["at"]), row["version"]) for row in rows)


SIGNED = Part(
    "signed",
    lambda: rows_of(
        SignedApproval.objects.filter(state=SignatureState.WAITING), "at", "version", name=F("by__full_name")
    ),
    _read,
)
