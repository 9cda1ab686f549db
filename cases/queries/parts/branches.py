"""Requests to leave the road, suspected crimes, orders, discussions and cases about the same act, as facts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject

from cases.models import Approval, Case, CorrectionOrder, CrimeTransfer, Discussion, DiscussionOpinion, Informant
from cases.procedure import branches_facts as f
from cases.queries.parts.part import Part, Row, as_date, as_moment, rows_of
from lishu_law import clock
from lishu_law.law.parameters import DEFAULT_PARAMETERS

# The kinds of Approval this part of the procedure reads.
KINDS = ("not_filing", "withdrawal", "termination", "transfer", "no_penalty", "extension", "lateness", "clerical")
MOST_SAME_ACTS = 5


def _day(value: str | None) -> date | None:
    moment = as_moment(value)
    return clock.local(moment).date() if moment else None


def _known(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("an instant is missing that the table demands")
    return moment


def _request(row: Row) -> f.RequestFact:
    data = row["data"]
    return f.RequestFact(
        row["id"], row["kind"], row["outcome"], data.get("ground", ""), _day(row["asked_at"]),
        is_endorsed="endorsed" in data, is_listed=data.get("is_listed", False), is_reviewed="reviewed" in data,
        reason=row["reason"], decided_on=_day(row["decided_at"]),
    )  # fmt: skip


REQUESTS = Part(
    "requests",
    lambda: rows_of(
        Approval.objects.filter(kind__in=KINDS), "id", "kind", "outcome", "data", "asked_at", "decided_at", "reason"
    ),
    lambda rows: tuple(_request(row) for row in rows),
)


def _crime(row: Row) -> f.CrimeFact:
    fine = row["criminal_fine"]
    return f.CrimeFact(
        row["id"], row["state"], row["offence"], _day(row["reported_at"]), Decimal(str(fine)) if fine else None,
        report=row["report"], team=(row["first"], row["second"]), decided_on=_day(row["decided_at"]),
        police=row["police"], receiver=row["receiver"], handed_over_on=_day(row["handed_over_at"]),
        answered_on=as_date(row["answered_on"]), answer=row["answer_note"], given_on=_day(row["material_given_at"]),
        end=row["end_note"],
    )  # fmt: skip


CRIMES = Part(
    "crimes",
    lambda: rows_of(
        CrimeTransfer.objects.all(), "id", "state", "offence", "reported_at", "criminal_fine", "report", "decided_at",
        "police", "receiver", "handed_over_at", "answered_on", "answer_note", "material_given_at", "end_note",
        first=F("first_member__full_name"), second=F("second_member__full_name"),
    ),
    lambda rows: tuple(_crime(row) for row in rows),
)  # fmt: skip


def _order(row: Row) -> f.OrderFact:
    issued = as_date(row["issued_on"])
    assert issued is not None  # the column is never empty
    return f.OrderFact(row["id"], issued, as_date(row["due_on"]), row["result"])


ORDERS = Part(
    "orders",
    lambda: rows_of(CorrectionOrder.objects.all(), "id", "issued_on", "due_on", "result"),
    lambda rows: tuple(_order(row) for row in rows),
)


def _heads() -> ArraySubquery:
    return ArraySubquery(
        DiscussionOpinion.objects.filter(discussion=OuterRef("pk")).order_by("id").values("head__staff_number")
    )


def _discussion(row: Row) -> f.DiscussionFact:
    recorded, started = _known(as_moment(row["recorded_at"])), _known(as_moment(row["started_at"]))
    return f.DiscussionFact(clock.local(started).date(), recorded, tuple(row["heads"]), row["outcome"])


DISCUSSIONS = Part(
    "discussions",
    lambda: rows_of(Discussion.objects.all(), "id", "started_at", "recorded_at", "outcome", heads=_heads()),
    lambda rows: tuple(_discussion(row) for row in rows),
)


def _same_act_hours() -> float:
    return float(DEFAULT_PARAMETERS.number("same_act_window_hours", clock.today()))


def _same_act_rows() -> ArraySubquery:
    """Cases of the same item against the same party or vehicle whose act lies within the window (file-duplicate-act)."""
    hours = timedelta(hours=_same_act_hours())
    ended = Coalesce("act_ended_at", "act_at")
    mine_from = ExpressionWrapper(OuterRef("act_at") - hours, output_field=DateTimeField())
    mine_to = ExpressionWrapper(
        Coalesce(OuterRef("act_ended_at"), OuterRef("act_at"), output_field=DateTimeField()) + hours,
        output_field=DateTimeField(),
    )
    found = (
        Case.objects.filter(
            Q(party=OuterRef("party")) | Q(vehicle=OuterRef("vehicle")), item_code=OuterRef("item_code")
        )
        .annotate(same_ended=ended)
        .filter(act_at__lte=mine_to, same_ended__gte=mine_from)
        .exclude(pk=OuterRef("pk"))
        .exclude(state="X1")
        .order_by("id")
        .values(json=JSONObject(clue="clue_no", no="case_no", at="act_at", fine=F("decision__amount")))
    )
    return ArraySubquery(found[:MOST_SAME_ACTS])


def _same_act(row: Row) -> f.SameActFact:
    fine: Any = row["fine"]
    return f.SameActFact(
        row["no"] or row["clue"], _known(as_moment(row["at"])), Decimal(str(fine)) if fine is not None else None
    )


SAME_ACTS = Part(
    "same_acts", _same_act_rows, lambda rows: tuple(_same_act(row) for row in rows), depends_on=_same_act_hours
)

INFORMANTS = Part(
    "informants",
    lambda: rows_of(Informant.objects.all(), "id", "answered_on"),
    lambda rows: tuple(f.InformantFact(row["id"], row["answered_on"] is not None) for row in rows),
)

PARTS = (REQUESTS, CRIMES, ORDERS, DISCUSSIONS, SAME_ACTS, INFORMANTS)
__all__ = ["KINDS", "PARTS"]
