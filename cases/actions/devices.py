"""The register of measuring and monitoring devices: entered, calibrated, reviewed, published (处罚法41第一款)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.models import Calibration, MonitoringDevice
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.registry.models import StoredFile

LAW = "行政处罚法第四十一条第一款"


@dataclass(frozen=True)
class NewDevice:
    kind: str
    number: str
    name: str
    place: str
    is_monitoring: bool
    legal_basis: str = ""


@dataclass(frozen=True)
class NewCalibration:
    certificate_no: str
    organ: str
    calibrated_on: date
    valid_until: date
    file: StoredFile | None = None


def _locked(device_id: int) -> MonitoringDevice:
    device = MonitoringDevice.objects.select_for_update().filter(pk=device_id).first()
    if device is None:
        raise NotFound
    return device


def _recorded(action: str, by: Any, device: MonitoringDevice, **details: Any) -> MonitoringDevice:
    journal.record(f"device.{action}", by=by, on=("device", device.pk), details=details)
    return device


@transaction.atomic(durable=True)
def register_device(*, by: Any, device: NewDevice, at: datetime | None = None) -> MonitoringDevice:
    """Enter a device; its number stands for it everywhere."""
    policy.check(by, "device.edit")
    if MonitoringDevice.objects.filter(number=device.number).exists():
        text = f"编号{device.number}已经登记过。请核对编号，或者在台账里打开它。"
        raise Refused([Refusal("device-number", text, "", "number")])
    if device.is_monitoring and not device.legal_basis.strip():
        text = "电子技术监控设备要有法律、行政法规的依据才能设置。请写明依据。"
        raise Refused([Refusal("inv-emonitor-review", text, LAW, "legal_basis")])
    row = MonitoringDevice.objects.create(**vars(device), added_by=by, added_at=at or clock.now())
    return _recorded("register", by, row)


@transaction.atomic(durable=True)
def add_calibration(*, by: Any, device_id: int, calibration: NewCalibration, at: datetime | None = None) -> Calibration:
    """A calibration certificate with the days it holds."""
    policy.check(by, "device.edit")
    device, today = _locked(device_id), clock.local(at or clock.now()).date()
    refusals = []
    if calibration.valid_until < calibration.calibrated_on:
        refusals.append(Refusal("device-period", "有效期不能早于检定日期，请核对证书。", "", "valid_until"))
    if calibration.calibrated_on > today:
        refusals.append(Refusal("device-future", "检定日期不能晚于今天，请核对证书。", "", "calibrated_on"))
    if device.calibrations.filter(certificate_no=calibration.certificate_no).exists():
        refusals.append(Refusal("device-certificate", "这份检定证书已经登记过。请核对证书编号。", "", "certificate_no"))
    if refusals:
        raise Refused(refusals)
    row = Calibration.objects.create(device=device, **vars(calibration))
    _recorded("calibrate", by, device, calibration=row.pk)
    return row


@transaction.atomic(durable=True)
def review_device_law(*, by: Any, device_id: int, opinion: str, at: datetime | None = None) -> MonitoringDevice:
    """The legal review before use: the basis allows it."""
    policy.check(by, "device.review")
    device = _locked(device_id)
    if not opinion.strip():
        raise Refused([Refusal("inv-emonitor-review", "请写明法制审核意见。", LAW, "opinion")])
    device.legal_opinion, device.legal_reviewer = opinion, by
    device.legally_reviewed_on = clock.local(at or clock.now()).date()
    device.save(update_fields=["legal_opinion", "legal_reviewer", "legally_reviewed_on"])
    return _recorded("review_law", by, device)


@transaction.atomic(durable=True)
def review_device_technique(
    *,
    by: Any,
    device_id: int,
    body: str,
    reviewed_on: date,
    opinion: str,
    answers: dict[str, bool],
    at: datetime | None = None,
) -> MonitoringDevice:
    """The technical review before use: it meets the standard, is placed reasonably and clearly marked."""
    policy.check(by, "device.edit")
    device = _locked(device_id)
    missing = [TECHNICAL[name] for name in TECHNICAL if not answers.get(name)]
    refusals = []
    if missing:
        text = f"设备还不符合“{'、'.join(missing)}”的要求，不能通过技术审核。请整改后再登记。"
        refusals.append(Refusal("inv-emonitor-review", text, LAW, "answers"))
    if not body.strip() or not opinion.strip():
        refusals.append(Refusal("inv-emonitor-review", "请写明技术审核机构和审核意见。", LAW, "body"))
    if reviewed_on > clock.local(at or clock.now()).date():
        refusals.append(Refusal("device-future", "审核日期不能晚于今天，请核对。", "", "reviewed_on"))
    if refusals:
        raise Refused(refusals)
    device.technical_body, device.technical_opinion, device.technically_reviewed_on = body, opinion, reviewed_on
    device.save(update_fields=["technical_body", "technical_opinion", "technically_reviewed_on"])
    return _recorded("review_technique", by, device)


@transaction.atomic(durable=True)
def publish_device(
    *, by: Any, device_id: int, published_on: date, published_at: str, at: datetime | None = None
) -> MonitoringDevice:
    """Where the device stands was made public."""
    policy.check(by, "device.edit")
    device = _locked(device_id)
    refusals = []
    if not device.legally_reviewed_on or not device.technically_reviewed_on:
        text = "设置地点要在法制审核和技术审核之后公布。请先登记两项审核。"
        refusals.append(Refusal("inv-emonitor-review", text, LAW, ""))
    if published_on > clock.local(at or clock.now()).date():
        refusals.append(Refusal("device-future", "公布日期不能晚于今天，请核对。", "", "published_on"))
    if not published_at.strip():
        refusals.append(Refusal("inv-emonitor-review", "请写明在哪里公布，例如网址。", LAW, "published_at"))
    if refusals:
        raise Refused(refusals)
    device.published_on, device.published_at = published_on, published_at
    device.save(update_fields=["published_on", "published_at"])
    return _recorded("publish", by, device)


TECHNICAL = {"meets_standard": "符合标准", "is_placed_well": "设置合理", "is_marked": "标志明显"}
