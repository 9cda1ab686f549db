"""A vehicle that evaded the scale: a monitoring record, evidence kept and released, detention, extended and lifted.

The power is 公路安全保护条例第六十七条; the measure ends before the decision, so that every paper of one can be looked at.
"""

from __future__ import annotations

from datetime import timedelta

from cases.actions import custody, devices, measures, measures_ending, measures_running, monitoring
from cases.actions.devices import NewCalibration, NewDevice
from cases.actions.investigation import NewTranscript
from cases.actions.measure_checks import SCOPE_QUESTIONS, Answer
from cases.actions.measures import NewItem, NewMeasure, OnTheSpot
from cases.actions.monitoring import NewRecord
from cases.models import CasePerson, MonitoringDevice, MonitoringRecord
from lishu_law import clock
from lishu_law.demo.execution import serve_all
from lishu_law.demo.held import PRESERVATION, newest_measure
from lishu_law.demo.pictures import picture_saying
from lishu_law.demo.road import HALF_HOUR
from lishu_law.demo.walk import Milestone, Walk
from lishu_law.registry.models import Vehicle

YARD = "演示停车场 3 号位"
GOOD = {"true": True, "clear": True, "complete": True, "accurate": True}
FITS = {"meets_standard": True, "is_placed_well": True, "is_marked": True}
SCOPE = {
    code: Answer(is_yes=lawful, reason="现场逐件核对。") for code, (_question, lawful, _cure) in SCOPE_QUESTIONS.items()
}


def _device(walk: Walk) -> MonitoringDevice:
    """Reviewed, published and calibrated ten days before the act it recorded."""
    before = walk.known_case.act_at - timedelta(days=10)
    day = clock.local(before).date()
    new = NewDevice(
        "camera", f"演示卡口{walk.slot:02d}", "超限检测站路口视频监控", walk.known_case.place, is_monitoring=True,
        legal_basis="《公路安全保护条例》（条款待确认）",
    )  # fmt: skip
    row = devices.register_device(by=walk.lead, device=new, at=before)
    calibrated = NewCalibration(f"演示检定{walk.slot:04d}", "演示计量检定院", day, day + timedelta(days=364))
    devices.add_calibration(by=walk.lead, device_id=row.pk, calibration=calibrated, at=before)
    devices.review_device_law(by=walk.cast["legal1"], device_id=row.pk, opinion="设置依据充分，同意。", at=before)
    devices.review_device_technique(
        by=walk.lead, device_id=row.pk, body="演示质检所", reviewed_on=day, opinion="符合标准，设置合理，标志明显。",
        answers=FITS, at=before,
    )  # fmt: skip
    return devices.publish_device(
        by=walk.lead, device_id=row.pk, published_on=day, published_at="县政府网站（演示）", at=before
    )


def _import(walk: Walk) -> None:
    case = walk.known_case
    record = NewRecord(
        _device(walk), f"演示记录{walk.slot:04d}", case.act_at, _vehicle(walk).plate,
        "路口停车两次，货物分装到两辆小型货车", "清晰", "证明当事人以短途驳载方式逃避超限检测",
        file=picture_saying(f"CAMERA {walk.slot}", walk.lead),
    )  # fmt: skip
    walk.step(monitoring.import_monitoring_record, walk.lead, record=record)


def _review(walk: Walk) -> None:
    walk.step(
        monitoring.review_monitoring_record, walk.cast["legal1"], part_id=_record(walk), agree=True, checked=GOOD,
        technical_reviewer="演示技术员", opinion="记录真实、清晰、完整、准确。",
    )  # fmt: skip


def _tell(walk: Walk) -> None:
    walk.step(
        monitoring.tell_monitoring, walk.lead, part_id=_record(walk), told_at=walk.now - timedelta(minutes=5),
        told_how="当面出示并说明", query_means="县交通运输局窗口查询，可以陈述和申辩",
    )  # fmt: skip


def _record(walk: Walk) -> int:
    return MonitoringRecord.objects.get(case=walk.known_case).pk


def _vehicle(walk: Walk) -> Vehicle:
    if walk.vehicle is None:
        raise ValueError("the story needs a vehicle")
    return walk.vehicle


def _thing(walk: Walk) -> NewItem:
    vehicle = _vehicle(walk)
    return NewItem(vehicle.plate, "1 辆", vehicle.type_name, "外观完好，钥匙一把")


def _request(walk: Walk) -> None:
    found = Answer(is_yes=True, reason="监控记录和现场笔录证明当事人在检测站前分装货物。")
    minor = Answer(is_yes=False, reason="货物总量大，危害公路安全，不属于情节显著轻微。")
    new = NewMeasure("vehicle", "车辆仍装载货物，需要查清总质量和驳载经过。", (_thing(walk),), "hp-67", found, minor)
    walk.step(measures.request_measure, walk.lead, new=new)


def _approve(walk: Walk) -> None:
    walk.step(
        measures.approve_measure, walk.cast["deputy1"], part_id=newest_measure(walk), agree=True, opinion="同意扣留。"
    )  # fmt: skip


def _take(walk: Walk) -> None:
    """In the story's own ten minutes of the day, with the on-scene record the law asks for."""
    started = clock.local(walk.now).replace(hour=7, minute=20) + walk.turn * HALF_HOUR
    walk.at = max(walk.now, started + timedelta(minutes=12))
    record = NewTranscript(
        started_at=started, ended_at=started + timedelta(minutes=9), place=YARD, second_officer=walk.assistant,
        person=CasePerson.objects.get(case=walk.case), licence_shown=True, rights_told=True, signing="signed",
        body="车辆停放在停车场 3 号位，车厢内装有砂石，车身完好。执法人员当场告知扣留的理由、依据和当事人的权利。",
    )  # fmt: skip
    spot = OnTheSpot(
        record=record, items=(_thing(walk),), party_present=True, reasons_told=True, statement="没有意见。",
        is_handed_over=True, receiver_name=walk.party.person_name or walk.party.name, relation="representative",
        video_reference=f"演示记录仪07-{walk.slot:04d}", kept_at=YARD, answers=SCOPE,
    )  # fmt: skip
    walk.step(measures.take_measure, walk.lead, part_id=newest_measure(walk), new=spot)


def _hand_over(walk: Walk) -> None:
    keeper = walk.cast["property1"]
    new = custody.HandOver(walk.now - timedelta(minutes=5), walk.lead.full_name, keeper.full_name, YARD, "完好")
    safe = Answer(is_yes=True, reason="停车场封闭管理，二十四小时有人值守。")
    walk.step(custody.hand_over_items, keeper, part_id=newest_measure(walk), new=new, custody_answer=safe)


def _release_kept(walk: Walk) -> None:
    walk.step(
        measures_ending.request_preservation_release, walk.lead, part_id=newest_measure(walk),
        reason="记录仪中的行车视频已经复制，原物不再需要保存。",
    )  # fmt: skip


def _released(walk: Walk) -> None:
    walk.step(
        measures_ending.approve_preservation_release, walk.cast["deputy1"], part_id=newest_measure(walk), agree=True,
        opinion="同意解除。",
    )  # fmt: skip


def _extend(walk: Walk) -> None:
    walk.step(
        measures_running.request_measure_extension, walk.lead, part_id=newest_measure(walk), days=10,
        reason="驳载涉及三辆车、两处货场，案情复杂，三十日内难以查清。",
    )  # fmt: skip


def _extended(walk: Walk) -> None:
    walk.step(
        measures_running.approve_measure_extension, walk.cast["deputy1"], part_id=newest_measure(walk), agree=True,
        opinion="同意延长十日。",
    )  # fmt: skip


def _lift(walk: Walk) -> None:
    walk.step(
        measures_ending.request_lifting, walk.lead, part_id=newest_measure(walk), ground="5",
        reason="车货总质量和驳载经过已经查清，不再需要扣留。",
    )  # fmt: skip


def _lifted(walk: Walk) -> None:
    walk.step(
        measures_ending.approve_lifting, walk.cast["deputy1"], part_id=newest_measure(walk), agree=True,
        opinion="同意解除，立即退还。",
    )  # fmt: skip


def _give_back(walk: Walk) -> None:
    keeper, at = walk.cast["property1"], walk.now - timedelta(minutes=5)
    new = custody.HandOver(at, keeper.full_name, walk.party.person_name or walk.party.name, YARD, "完好")
    walk.step(custody.return_items, keeper, part_id=newest_measure(walk), new=new, is_checked=True)


DETAINED = (
    Milestone("monitoring_imported", _import, 0),
    Milestone("monitoring_reviewed", _review),
    Milestone("monitoring_told", _tell, 0),
    *PRESERVATION,
    Milestone("release_requested", _release_kept, 3),
    Milestone("released", _released, 0),
    Milestone("release_served", serve_all, 0),
    Milestone("detention_requested", _request),
    Milestone("detention_approved", _approve, 0),
    Milestone("detained", _take),
    Milestone("in_custody", _hand_over, 0),
    Milestone("detention_extension_requested", _extend, 12),
    Milestone("detention_extended", _extended, 0),
    Milestone("extension_served", serve_all, 0),
    Milestone("lifting_requested", _lift, 3),
    Milestone("detention_lifted", _lifted, 0),
    Milestone("lifting_served", serve_all, 0),
    Milestone("given_back", _give_back, 0),
)
