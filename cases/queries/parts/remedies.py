"""Reviews and lawsuits, and the rulings on the decision with their refunds, as facts."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F

from cases.models import Remedy, Ruling
from cases.procedure.facts import RemedyFact
from cases.procedure.ruling_facts import RefundFact, RulingFact
from cases.queries.parts.part import Part, Row, as_date, as_moment, rows_of


def _remedies(rows: list[Row]) -> tuple[RemedyFact, ...]:
    return tuple(_remedy(row) for row in rows)


def _remedy(row: Row) -> RemedyFact:
    received = as_date(row["received_on"])
    if received is None:
        raise ValueError(f"remedy {row['id']} was never received")
    return RemedyFact(
        row["id"],
        row["kind"],
        received,
        as_date(row["ended_on"]),
        row["outcome"],
        stops_execution=bool(row["stopped_from"]),
        route=row["route"],
        procedure=row["procedure"],
        organ=row["organ"],
        reference=row["reference"],
        applicant=row["applicant"],
        copy_on=as_date(row["copy_on"]),
        forwarded_on=as_date(row["forwarded_on"]),
        replied_on=as_date(row["replied_on"]),
        served_on=as_date(row["served_on"]),
    )


REMEDIES = Part(
    "remedies",
    lambda: rows_of(
        Remedy.objects.all(), "id", "kind", "received_on", "ended_on", "outcome", "stopped_from", "route", "procedure",
        "organ", "reference", "applicant", "copy_on", "forwarded_on", "replied_on", "served_on",
    ),
    _remedies,
)  # fmt: skip


def _rulings(rows: list[Row]) -> tuple[RulingFact, ...]:
    return tuple(_ruling(row) for row in rows)


def _ruling(row: Row) -> RulingFact:
    effective, recorded = as_date(row["effective_on"]), as_moment(row["recorded_at"])
    if effective is None or recorded is None:
        raise ValueError(f"ruling {row['id']} has no day")
    return RulingFact(
        id=row["id"],
        source=row["source"],
        effect=row["effect"],
        document_no=row["document_no"],
        effective_on=effective,
        recorded_at=recorded,
        reason=row["reason"],
        old_number=row["old_number"],
        old_amount=_money(row["old_amount"]),
        old_facts=row["old_facts"],
        old_reasons=row["old_reasons"],
        new_number=row["new_number"] or "",
        new_amount=_money(row["new_amount"]),
        is_procedural=row["is_procedural"],
        back_to=row["back_to"],
        remake_by=as_date(row["remake_by"]),
        withdrawn_on=as_date(row["withdrawn_on"]),
        refund=_refund(row),
    )


def _refund(row: Row) -> RefundFact | None:
    amount = _money(row["refund_amount"])
    if amount is None:
        return None
    return RefundFact(
        amount, as_date(row["refund_on"]), row["refund_receipt"] or "", _money(row["refund_fine"]) or Decimal(0)
    )


def _money(value: object) -> Decimal | None:
    """An amount that went through JSON as a number."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))


RULINGS = Part(
    "rulings",
    lambda: rows_of(
        Ruling.objects.all(), "id", "source", "effect", "document_no", "effective_on", "recorded_at", "reason",
        "is_procedural", "back_to", "remake_by", "old_amount", "new_amount", "withdrawn_on",
        old_number=F("decision__number"), old_facts=F("decision__facts"), old_reasons=F("decision__discretion_text"),
        new_number=F("new_decision__number"), refund_amount=F("refund__amount"), refund_fine=F("refund__fine"), refund_on=F("refund__done_on"),
        refund_receipt=F("refund__receipt_no"),
    ),
    _rulings,
)  # fmt: skip
