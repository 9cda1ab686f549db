"""The register of devices as pages show it: what each still lacks before its records may be evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.models import Calibration, MonitoringDevice
from lishu_law.errors import NotFound

SOON = timedelta(days=30)


@dataclass(frozen=True)
class DeviceRow:
    """One device with its state on a day, in words."""

    device: MonitoringDevice
    calibrations: tuple[Calibration, ...]
    state: str
    is_usable: bool


def devices_on(today: date) -> list[DeviceRow]:
    """All devices by number, two statements."""
    rows = MonitoringDevice.objects.select_related("legal_reviewer").prefetch_related("calibrations").order_by("number")
    return [row_of(device, today) for device in rows]


def device_by(pk: int, today: date) -> DeviceRow:
    """One device; ``NotFound`` when there is none."""
    found = (
        MonitoringDevice.objects.select_related("legal_reviewer").prefetch_related("calibrations").filter(pk=pk).first()
    )
    if found is None:
        raise NotFound
    return row_of(found, today)


def row_of(device: MonitoringDevice, today: date) -> DeviceRow:
    """What the device lacks, or until when it may be used."""
    calibrations = tuple(sorted(device.calibrations.all(), key=lambda one: one.valid_until, reverse=True))
    missing = _missing(device) if device.is_monitoring else []
    until = _held_until(calibrations, today)
    if until is None:
        last = f"检定已于 {calibrations[0].valid_until:%Y-%m-%d} 到期" if calibrations else "没有有效的检定证书"
        missing.append(last)
    if missing:
        return DeviceRow(device, calibrations, "；".join(missing), is_usable=False)
    near = "，请及时送检" if until and until - today <= SOON else ""
    return DeviceRow(device, calibrations, f"可以使用，检定有效期至 {until:%Y-%m-%d}{near}", is_usable=True)


def _missing(device: MonitoringDevice) -> list[str]:
    marks = (
        ("没有法制审核", device.legally_reviewed_on),
        ("没有技术审核", device.technically_reviewed_on),
        ("设置地点没有公布", device.published_on),
    )
    return [words for words, done_on in marks if done_on is None]


def _held_until(calibrations: Iterable[Calibration], today: date) -> date | None:
    return max((one.valid_until for one in calibrations if one.holds_on(today)), default=None)
