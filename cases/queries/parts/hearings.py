"""Hearings with the people who conduct them, as facts."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from cases.models import Hearing, HearingOfficer, HearingState
from cases.procedure.hearing_facts import HearingFact, HearingPersonFact
from cases.queries.parts.part import Part, Row, as_moment, known_moment, rows_of
from lishu_law import clock


def _read(rows: list[Row]) -> tuple[HearingFact, ...]:
    return tuple(_fact(row) for row in rows)


def _fact(row: Row) -> HearingFact:
    scheduled, ended = as_moment(row["scheduled_at"]), as_moment(row["ended_at"])
    return HearingFact(
        row["id"],
        row["state"],
        HearingState(row["state"]).label,
        clock.local(known_moment(row["requested_at"])).date(),
        row["applicant"],
        tuple(HearingPersonFact(one["number"], one["name"], one["role"]) for one in row["people"]),
        scheduled,
        clock.local(scheduled).date() if scheduled else None,
        row["place"],
        row["is_public"],
        row["attendance"],
        clock.local(ended).date() if ended else None,
        as_moment(row["reported_at"]),
        row["notice_id"],
        row["reason"],
    )


def _people() -> ArraySubquery:
    current = HearingOfficer.objects.filter(hearing=OuterRef("pk"), ended_at__isnull=True).order_by("id")
    return ArraySubquery(
        current.values(json=JSONObject(number="user__staff_number", name="user__full_name", role="role"))
    )


HEARINGS = Part(
    "hearings",
    lambda: rows_of(
        Hearing.objects.all(), "id", "state", "applicant", "requested_at", "scheduled_at", "place", "is_public",
        "attendance", "ended_at", "reported_at", "notice_id", "reason", people=_people(),
    ),
    _read,
)  # fmt: skip
