"""Requests beside the road, as facts."""

from __future__ import annotations

from django.db.models import F

from cases.models import Approval
from cases.procedure.facts import ApprovalFact
from cases.queries.parts.part import Part, Row, as_moment, rows_of
from lishu_law import clock


def _read(rows: list[Row]) -> tuple[ApprovalFact, ...]:
    return tuple(_fact(row) for row in rows)


def _fact(row: Row) -> ApprovalFact:
    asked, decided = as_moment(row["asked_at"]), as_moment(row["decided_at"])
    if asked is None:
        raise ValueError(f"approval {row['id']} was never asked for")
    return ApprovalFact(
        row["id"],
        row["kind"],
        row["part"],
        row["asker"],
        clock.local(asked).date(),
        row["outcome"],
        clock.local(decided).date() if decided else None,
    )


APPROVALS = Part(
    "approvals",
    lambda: rows_of(
        Approval.objects.all(), "id", "kind", "part", "asked_at", "outcome", "decided_at",
        asker=F("asked_by__staff_number"),
    ),
    _read,
)  # fmt: skip
