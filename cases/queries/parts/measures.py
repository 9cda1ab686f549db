"""Measures with their things, and incidents, as facts."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from cases.models import CustodyEntry, CustodyKind, Incident, Measure, MeasureItem
from cases.procedure.measures_facts import IncidentFact, ItemFact, MeasureFact, MeasureKind, MeasureState
from cases.queries.parts.part import Part, Row, as_date, as_moment, rows_of
from lishu_law import clock


def _items() -> ArraySubquery:
    items = MeasureItem.objects.filter(measure=OuterRef("pk")).order_by("id")
    return ArraySubquery(items.values(json=JSONObject(id="id", name="name", quantity="quantity", state="state")))


def _measure(row: Row) -> MeasureFact:
    ended = as_moment(row["ended_at"])
    return MeasureFact(
        id=row["id"],
        kind=MeasureKind(row["kind"]),
        state=MeasureState(row["state"]),
        power=row["power"],
        place=row["place"],
        taken_at=as_moment(row["taken_at"]),
        ended_on=clock.local(ended).date() if ended else None,
        ending=row["ending"],
        is_extended=row["extended_at"] is not None,
        kept_with_party=row["kept_with_party"],
        is_in_custody=row["received"],
        testing_until=as_date(row["testing_until"]),
        items=tuple(ItemFact(**item) for item in row["things"]),
    )


def _incident(row: Row) -> IncidentFact:
    happened = as_moment(row["happened_at"])
    if happened is None:
        raise ValueError(f"incident {row['id']} has no time")
    return IncidentFact(
        row["id"], row["part"], row["rule"], row["text"], clock.local(happened).date(), row["explained_at"] is not None
    )


MEASURES = Part(
    "measures",
    lambda: rows_of(
        Measure.objects.all(), "id", "kind", "state", "power", "place", "taken_at", "ended_at", "ending", "extended_at",
        "kept_with_party", "testing_until", things=_items(),
        received=Exists(CustodyEntry.objects.filter(measure=OuterRef("pk"), kind=CustodyKind.RECEIVED)),
    ),
    lambda rows: tuple(_measure(row) for row in rows),
)  # fmt: skip
INCIDENTS = Part(
    "incidents",
    lambda: rows_of(Incident.objects.all(), "id", "part", "rule", "text", "happened_at", "explained_at"),
    lambda rows: tuple(_incident(row) for row in rows),
)
