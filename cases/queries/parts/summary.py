"""The record of the scene, as a fact."""

from __future__ import annotations

from decimal import Decimal

from cases.models import SpotRecord
from cases.procedure.summary_facts import SpotFact
from cases.queries.parts.part import Part, Row, rows_of


def _read(rows: list[Row]) -> SpotFact | None:
    return _fact(rows[-1]) if rows else None


def _fact(row: Row) -> SpotFact:
    amount = row["told_amount"]
    return SpotFact(
        licence_shown=bool(row["licence_shown_at"]),
        mental_doubt=row["mental_doubt"],
        other_penalties=row["other_penalties"],
        is_told=bool(row["told_at"]),
        told_amount=Decimal(str(amount)) if amount is not None else None,
        is_heard=bool(row["heard_at"]),
        has_statement=bool(row["statement"]),
        is_reviewed=bool(row["review"]),
        is_disputed=row["is_disputed"],
        payment_way=row["payment_way"],
    )


SPOT = Part(
    "spot",
    lambda: rows_of(
        SpotRecord.objects.all(), "licence_shown_at", "mental_doubt", "other_penalties", "told_at", "told_amount",
        "heard_at", "statement", "review", "is_disputed", "payment_way",
    ),
    _read,
)  # fmt: skip
