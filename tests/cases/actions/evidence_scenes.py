"""Scenes of evidence: what is typed, with lawful values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from cases.actions import devices, investigation, monitoring, sampling, testing
from cases.actions.devices import NewCalibration, NewDevice
from cases.actions.monitoring import NewRecord
from cases.actions.sampling import NewSample, NewSheet
from cases.actions.testing import NewCommission, NewResult
from cases.models import CasePerson, Evidence, MonitoringDevice, MonitoringRecord, TestingCommission
from lishu_law import clock
from lishu_law.registry.models import StoredFile
from tests.scenarios import ACT_AT, Walk

MINUTES = timedelta(minutes=5)
ITEMS = ({"name": "碎砖", "specification": "", "quantity": "2千克", "place": "车厢前部"},)
ALL_GOOD = {"true": True, "clear": True, "complete": True, "accurate": True}


def file_of(walk: Walk, name: str = "photo") -> StoredFile:
    """A received file, as the store keeps it."""
    digest = f"{name}-{walk.case.pk}".encode().hex().ljust(64, "0")[:64]
    file, _is_new = StoredFile.objects.get_or_create(
        sha256=digest, received_by=walk.cast.lead,
        defaults={"original_name": f"{name}.jpg", "size": 10, "content_type": "image/jpeg", "received_at": walk.at},
    )  # fmt: skip
    return file


def transcript(walk: Walk, **changed: Any) -> investigation.NewTranscript:
    """A questioning of the driver that asks for nothing more."""
    started = walk.at - timedelta(minutes=4)
    typed = {
        "started_at": started, "ended_at": started + timedelta(minutes=2), "place": "询问室",
        "second_officer": walk.cast.assistant, "person": CasePerson.objects.filter(case=walk.case).first(),
        "licence_shown": True, "rights_told": True, "signing": "signed", "answers": (("经过？", "没有苫盖。"),),
        "is_alone": True, **changed,
    }  # fmt: skip
    return investigation.NewTranscript(**typed)


def question(walk: Walk, **changed: Any) -> Any:
    return walk.step(investigation.record_questioning, walk.cast.lead, transcript=transcript(walk, **changed))


def inquest(walk: Walk, **changed: Any) -> Any:
    typed = {
        "answers": (),
        "body": "车厢上方没有苫布，厢板缝隙约三厘米。",
        "weather": "晴",
        "is_related": True,
        **changed,
    }
    return walk.step(investigation.record_inquest, walk.cast.lead, transcript=transcript(walk, **typed))


def add(walk: Walk, **changed: Any) -> Evidence:
    typed = {
        "kind": "documentary", "title": "运单", "purpose": "证明货物来源", "obtained_at": walk.at,
        "obtained_place": "询问室", **changed,
    }  # fmt: skip
    walk.step(investigation.add_evidence, walk.cast.lead, items=(investigation.NewEvidence(**typed),))
    return Evidence.objects.filter(case=walk.case).latest("pk")


def sample(walk: Walk, **changed: Any) -> Any:
    started = walk.at - timedelta(minutes=4)
    typed = {
        "started_at": started, "ended_at": started + timedelta(minutes=2), "place": "示例停车场",
        "second_officer": walk.cast.assistant, "items": ITEMS, "is_sealed": True, "licence_shown": True,
        "signing": "signed", **changed,
    }  # fmt: skip
    return walk.step(sampling.take_sample, walk.cast.lead, sample=NewSample(**typed))


def sheet(walk: Walk, item: Evidence) -> Any:
    return walk.step(sampling.record_edata, walk.cast.lead, sheet=NewSheet(item.pk, "原物", "属实"))


def device(walk: Walk, *, until: date = date(2026, 12, 31), number: str = "CZ-001", **changed: Any) -> MonitoringDevice:
    """A device reviewed, published and calibrated in January."""
    at = datetime(2026, 1, 5, 2, tzinfo=clock.SHANGHAI)
    typed = {
        "kind": "dynamic_scale", "number": number, "name": "国道303线动态称重检测设备", "place": "国道303线K12+300",
        "is_monitoring": True, "legal_basis": "《公路安全保护条例》", **changed,
    }  # fmt: skip
    made = devices.register_device(by=walk.cast.lead, device=NewDevice(**typed), at=at)
    calibrate(walk, made, until=until)
    if made.is_monitoring:
        admit(walk, made, at)
    made.refresh_from_db()
    return made


def calibrate(walk: Walk, made: MonitoringDevice, *, until: date) -> None:
    new = NewCalibration(f"JD-{made.number}-{until}", "示例计量检定院", date(2026, 1, 4), until)
    devices.add_calibration(
        by=walk.cast.lead, device_id=made.pk, calibration=new, at=datetime(2026, 1, 5, tzinfo=clock.SHANGHAI)
    )


def admit(walk: Walk, made: MonitoringDevice, at: datetime) -> None:
    day, cast = clock.local(at).date(), walk.cast
    devices.review_device_law(by=cast.reviewer, device_id=made.pk, opinion="依据充分，同意。", at=at)
    devices.review_device_technique(
        by=cast.lead, device_id=made.pk, body="示例质检所", reviewed_on=day, opinion="符合标准。",
        answers={"meets_standard": True, "is_placed_well": True, "is_marked": True}, at=at,
    )  # fmt: skip
    devices.publish_device(by=cast.lead, device_id=made.pk, published_on=day, published_at="县政府网站", at=at)


def take_over(walk: Walk, made: MonitoringDevice, **changed: Any) -> MonitoringRecord:
    typed = {
        "device": made, "record_no": "R-1", "recorded_at": ACT_AT, "plate": "吉C12345", "measured": "总重58.2吨",
        "clarity": "清晰", "purpose": "证明超限", "file": file_of(walk, "record"), **changed,
    }  # fmt: skip
    return walk.step(monitoring.import_monitoring_record, walk.cast.lead, record=NewRecord(**typed))


def review(walk: Walk, record: MonitoringRecord, **changed: Any) -> MonitoringRecord:
    typed = {"agree": True, "checked": ALL_GOOD, "technical_reviewer": "示例寅", "opinion": "", **changed}
    return walk.step(monitoring.review_monitoring_record, walk.cast.reviewer, part_id=record.pk, **typed)


def tell(walk: Walk, record: MonitoringRecord, **changed: Any) -> MonitoringRecord:
    typed = {"told_at": walk.at + MINUTES, "told_how": "短信", "query_means": "县交通运输局网站、窗口", **changed}
    return walk.step(monitoring.tell_monitoring, walk.cast.lead, part_id=record.pk, **typed)


def commission(walk: Walk, **changed: Any) -> TestingCommission:
    day = clock.local(walk.at).date()
    typed = {
        "institution": "示例检测中心", "matter": "货物种类", "sample": "碎砖2千克", "begins_on": day,
        "due_on": day + timedelta(days=5), "qualification": "资质认定0001", **changed,
    }  # fmt: skip
    return walk.step(testing.commission_test, walk.cast.lead, commission=NewCommission(**typed))


def answer(walk: Walk, made: TestingCommission, **changed: Any) -> TestingCommission:
    typed = {
        "outcome": "result", "result_on": clock.local(walk.at).date(), "result": "属于普通货物。",
        "file": file_of(walk, "report"), **changed,
    }  # fmt: skip
    return walk.step(testing.record_test_result, walk.cast.lead, part_id=made.pk, result=NewResult(**typed))


def tell_result(walk: Walk, made: TestingCommission, **changed: Any) -> TestingCommission:
    typed = {"told_on": clock.local(walk.at).date(), "told_how": "当面交付复印件，无异议。", **changed}
    return walk.step(testing.tell_test_result, walk.cast.lead, part_id=made.pk, **typed)
