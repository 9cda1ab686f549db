"""Monitoring records and testing commissions, as facts."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from cases.models import MonitoringRecord, TestingCommission
from cases.procedure.evidence_facts import CommissionFact, MonitoringFact
from cases.queries.parts.part import Part, Row, as_date, as_moment, rows_of
from lishu_law import clock


def _day(value: str | None) -> date | None:
    moment = as_moment(value)
    return clock.local(moment).date() if moment else None


def _monitoring(rows: list[Row]) -> tuple[MonitoringFact, ...]:
    return tuple(
        MonitoringFact(
            row["id"],
            row["record_no"],
            row["device_name"],
            _day(row["recorded_at"]) or date.min,
            row["outcome"],
            _day(row["told_at"]),
        )
        for row in rows
    )


def _commissions(rows: list[Row]) -> tuple[CommissionFact, ...]:
    return tuple(
        CommissionFact(
            row["id"],
            row["institution"],
            row["matter"],
            date.fromisoformat(row["due_on"]),
            row["outcome"],
            as_date(row["result_on"]),
            as_date(row["told_on"]),
        )
        for row in rows
    )


MONITORING = Part(
    "monitoring",
    lambda: rows_of(
        MonitoringRecord.objects.filter(evidence__voided_at__isnull=True), "id", "record_no", "recorded_at", "outcome",
        "told_at", device_name=F("device__name"),
    ),
    _monitoring,
)  # fmt: skip
COMMISSIONS = Part(
    "commissions",
    lambda: rows_of(
        TestingCommission.objects.all(), "id", "institution", "matter", "due_on", "outcome", "result_on", "told_on"
    ),
    _commissions,
)
