"""Records of monitoring devices: taken over, reviewed, told to the party (处罚法41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions import evidence_checks as checks
from cases.actions.doing import begin, check_guards, conclude
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Evidence, EvidenceKind, Medium, MonitoringDevice, MonitoringOutcome, MonitoringRecord
from lishu_law import clock
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.models import StoredFile


@dataclass(frozen=True)
class NewRecord:
    """One record as the device made it."""

    device: MonitoringDevice
    record_no: str
    recorded_at: datetime
    plate: str
    measured: str
    clarity: str
    purpose: str
    place: str = ""
    file: StoredFile | None = None


@transaction.atomic(durable=True)
def import_monitoring_record(
    *, case_id: int, version: int, by: Any, record: NewRecord, at: datetime | None = None
) -> MonitoringRecord:
    """Take a record over. Refused where the device was not reviewed, published and calibrated on that day."""
    doing = begin("import_monitoring_record", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    device, day = record.device, clock.local(record.recorded_at).date()
    refusals = [*checks.device_admitted(device, day), *checks.device_calibrated(device, day)]
    if record.recorded_at > doing.at:
        refusals.append(Refusal("evidence-future", "记录时间不能晚于现在，请核对。", "", "recorded_at"))
    if MonitoringRecord.objects.filter(device=device, record_no=record.record_no).exists():
        text = f"记录{record.record_no}已经登记过，不能重复使用。请核对记录编号。"
        refusals.append(Refusal("inv-emonitor-content", text, "行政处罚法第四十一条第二款", "record_no"))
    if refusals:
        raise Refused(refusals)
    place = record.place or device.place
    evidence = Evidence.objects.create(
        case=doing.case, kind=EvidenceKind.ELECTRONIC, title=f"电子技术监控记录{record.record_no}"[:100],
        purpose=record.purpose, file=record.file, obtained_at=record.recorded_at, obtained_place=place,
        method=f"{device}自动记录"[:100], medium=Medium.SYSTEM, device=device, collected_by=doing.by, added_at=doing.at,
    )  # fmt: skip
    row = MonitoringRecord.objects.create(
        case=doing.case, evidence=evidence, device=device, record_no=record.record_no, recorded_at=record.recorded_at,
        place=place, plate=record.plate, measured=record.measured, clarity=record.clarity,
    )  # fmt: skip
    conclude(doing, details={"monitoring": row.pk, "evidence": evidence.pk, "device": device.pk})
    return row


@transaction.atomic(durable=True)
def review_monitoring_record(
    *,
    case_id: int,
    version: int,
    by: Any,
    part_id: int,
    agree: bool,
    checked: dict[str, bool],
    technical_reviewer: str,
    opinion: str,
    at: datetime | None = None,
) -> MonitoringRecord:
    """True, clear, complete, accurate? Passed, it is verified evidence; failed, it is void and grounds nothing."""
    doing = begin("review_monitoring_record", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    row = MonitoringRecord.objects.select_related("device", "evidence").get(case=doing.case, pk=part_id)
    refusals = checks.record_reviewed(checked, agree, opinion)
    refusals += checks.device_calibrated(row.device, clock.local(row.recorded_at).date()) if agree else []
    if not technical_reviewer.strip():
        text = "请写明技术审核人。法制审核和技术审核都要有人负责。"
        refusals.append(Refusal("inv-emonitor-content", text, "行政处罚法第四十一条第二款", "technical_reviewer"))
    if refusals:
        raise Refused(refusals)
    row.outcome = MonitoringOutcome.PASSED if agree else MonitoringOutcome.FAILED
    row.checks, row.technical_reviewer, row.opinion = checked, technical_reviewer, opinion
    row.reviewer, row.reviewed_at = doing.by, doing.at
    row.save(update_fields=["outcome", "checks", "technical_reviewer", "opinion", "reviewer", "reviewed_at"])
    evidence = row.evidence
    if agree:
        evidence.verified_at, evidence.verified_by = doing.at, doing.by
        evidence.save(update_fields=["verified_at", "verified_by"])
    else:
        evidence.voided_at, evidence.void_reason = doing.at, f"审核未通过：{opinion}"[:200]
        evidence.save(update_fields=["voided_at", "void_reason"])
    data = contexts.monitoring_review(doing.loaded, row)
    seal(doing.case, "monitoring_review", data, by=by, at=doing.at, part=doing.part)
    conclude(doing, outcome="done" if agree else "failed", opinion=opinion, details={"monitoring": row.pk})
    return row


@transaction.atomic(durable=True)
def tell_monitoring(
    *,
    case_id: int,
    version: int,
    by: Any,
    part_id: int,
    told_at: datetime,
    told_how: str,
    query_means: str,
    at: datetime | None = None,
) -> MonitoringRecord:
    """The party was told, and how it can look the record up, state and defend (处罚法41第三款)."""
    doing = begin("tell_monitoring", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    row, law, refusals = MonitoringRecord.objects.get(case=doing.case, pk=part_id), "行政处罚法第四十一条第三款", []
    if told_at > doing.at or (row.reviewed_at and told_at < row.reviewed_at):
        refusals.append(Refusal("inv-emonitor-notify", "告知时间要在审核之后、现在以前，请核对。", law, "told_at"))
    if not query_means.strip():
        text = "请写明为当事人提供的查询、陈述和申辩途径，不得限制这些权利。"
        refusals.append(Refusal("inv-emonitor-notify", text, law, "query_means"))
    if refusals:
        raise Refused(refusals)
    row.told_at, row.told_how, row.query_means = told_at, told_how, query_means
    row.save(update_fields=["told_at", "told_how", "query_means"])
    conclude(doing, details={"monitoring": row.pk})
    return row
