"""The execution of a decision, as facts: receipts, deferral, demands, court, own enforcement, agreement, duties.

One row per case with everything nested, so that the case page needs no further statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.db.models.query import QuerySet

from cases.models import (
    Agreement,
    Approval,
    Case,
    CourtAnswer,
    CourtApplication,
    Deferral,
    Demand,
    Document,
    DutyCheck,
    Enforcement,
    Instalment,
    Payment,
)
from cases.procedure.duties import duties_of
from cases.procedure.execution_facts import (
    AgreementFact,
    CourtAnswerFact,
    CourtFact,
    DeferralFact,
    DemandFact,
    DutyFact,
    EnforcementFact,
    ExecutionFacts,
    InstalmentFact,
    ReceiptFact,
    RequestFact,
)
from cases.queries.parts.part import Part, Row, as_date, as_moment, rows_of
from lishu_law import clock

# The kinds of requests of this part (``Approval.kind``).
REQUESTS = ("deferral", "court", "agreement", "enforcement", "proxy", "suspension")


def _nested(queryset: QuerySet[Any], *names: str, parent: str = "case", **expressions: Any) -> ArraySubquery:
    """Rows of a child table as JSON, inside the row of their parent."""
    fields = {name: F(name) for name in names} | expressions
    found = queryset.filter(**{parent: OuterRef("pk")}).order_by("id").values(json=JSONObject(**fields))
    return ArraySubquery(found)


def _rows() -> ArraySubquery:
    decisions = Document.objects.exclude(data__payment=None).filter(data__has_key="payment")
    instalments = _nested(Instalment.objects.all(), "ordinal", "due_on", "amount", parent="deferral")
    answers = _nested(CourtAnswer.objects.all(), "kind", "on", parent="application")
    return rows_of(
        Case.objects.all(),
        case="pk",
        announced=_nested(decisions, "id"),
        receipts=_nested(Payment.objects.all(), "paid_on", "amount", "additional"),
        deferrals=_nested(Deferral.objects.all(), "id", "approved_on", "ends_on", lines=instalments),
        demands=_nested(
            Demand.objects.all(), "id", "document_id", "part", "made_on", "fine", "additional", "statement_kind", "review"
        ),
        courts=_nested(CourtApplication.objects.all(), "id", "approved_on", "filed_on", answers=answers),
        enforcements=_nested(
            Enforcement.objects.all(), "id", "kind", "status", "decided_on", "planned_at", "document_id", "demolish_by",
            "suspended_on",
        ),
        agreements=_nested(
            Agreement.objects.all(), "id", "agreed_on", "ends_on", "reduced", "remedied_on", "breached_on"
        ),
        measures=F("discretion__result__assessment__measures"),
        checks=_nested(DutyCheck.objects.all(), "duty", "verified_on"),
        requests=_nested(
            Approval.objects.filter(kind__in=REQUESTS, outcome=""), "id", "kind", "part", "reason", "data",
            asker=F("asked_by__full_name"),
        ),
    )  # fmt: skip


def _read(rows: list[Row]) -> ExecutionFacts:
    row = rows[0]
    return ExecutionFacts(
        announced=bool(row["announced"]),
        receipts=tuple(ReceiptFact(_day(r["paid_on"]), _yuan(r["amount"]), _yuan(r["additional"])) for r in row["receipts"]),
        deferrals=tuple(_deferral(one) for one in row["deferrals"]),
        demands=tuple(_demand(one) for one in row["demands"]),
        courts=tuple(_court(one) for one in row["courts"]),
        enforcements=tuple(_enforcement(one) for one in row["enforcements"]),
        agreements=tuple(_agreement(one) for one in row["agreements"]),
        duties=_duties(row["measures"] or (), row["checks"]),
        requests=tuple(
            RequestFact(r["id"], r["kind"], r["part"], r["reason"], r["asker"], r["data"]) for r in row["requests"]
        ),
    )  # fmt: skip


def _yuan(value: Any) -> Decimal:
    """An amount that went through JSON as a number: its shortest text is exact to the fen."""
    return Decimal(str(value)).quantize(Decimal("0.01"))


def _day(value: str) -> date:
    return date.fromisoformat(value[:10])


def _local(value: str | None) -> datetime | None:
    moment = as_moment(value)
    return clock.local(moment) if moment else None


def _deferral(row: Row) -> DeferralFact:
    lines = tuple(InstalmentFact(one["ordinal"], _day(one["due_on"]), _yuan(one["amount"])) for one in row["lines"])
    return DeferralFact(row["id"], _day(row["approved_on"]), _day(row["ends_on"]), lines)


def _demand(row: Row) -> DemandFact:
    total = _yuan(row["fine"]) + _yuan(row["additional"])
    return DemandFact(
        row["id"], row["document_id"], row["part"], _day(row["made_on"]), total, row["statement_kind"],
        bool(row["review"]),
    )  # fmt: skip


def _court(row: Row) -> CourtFact:
    answers = tuple(CourtAnswerFact(one["kind"], _day(one["on"])) for one in row["answers"])
    return CourtFact(row["id"], _day(row["approved_on"]), as_date(row["filed_on"]), answers)


def _enforcement(row: Row) -> EnforcementFact:
    return EnforcementFact(
        row["id"], row["kind"], row["status"], _day(row["decided_on"]), _local(row["planned_at"]), row["document_id"],
        as_date(row["demolish_by"]), as_date(row["suspended_on"]),
    )  # fmt: skip


def _agreement(row: Row) -> AgreementFact:
    return AgreementFact(
        row["id"], _day(row["agreed_on"]), _day(row["ends_on"]), _yuan(row["reduced"]), as_date(row["remedied_on"]),
        as_date(row["breached_on"]),
    )  # fmt: skip


def _duties(measures: Iterable[str], checks: list[Row]) -> tuple[DutyFact, ...]:
    verified = {one["duty"]: _day(one["verified_on"]) for one in checks}
    return tuple(DutyFact(text, verified.get(text)) for text in duties_of(measures))


EXECUTION = Part("execution", _rows, _read)
