"""Monitoring devices and their records: reviewed, published, calibrated, told (处罚法41)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cases.actions import devices, investigation, monitoring
from cases.actions.devices import NewCalibration, NewDevice
from cases.models import Deadline, MonitoringDevice
from lishu_law import clock
from lishu_law.errors import NotAllowed, Refused
from tests.cases.actions import evidence_scenes as scenes
from tests.cast import Cast, make_cast
from tests.scenarios import ACT_AT, Walk, case_at, last_document

ACT_DAY = clock.local(ACT_AT).date()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return case_at("recorded", cast)


def codes_of(act: Any, *args: Any, **typed: Any) -> set[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **typed)
    found = refused.value.refusals
    assert all(one.message.endswith("。") and "！" not in one.message for one in found)
    return {one.code for one in found}


@pytest.mark.parametrize(("until", "is_refused"), [
    (ACT_DAY - timedelta(days=1), True), (ACT_DAY, False), (ACT_DAY + timedelta(days=1), False),
])  # fmt: skip
def test_a_lapsed_calibration_refuses_the_record(walk: Walk, until: date, is_refused: bool) -> None:
    made = scenes.device(walk, until=until)
    if is_refused:
        assert codes_of(scenes.take_over, walk, made) == {"inv-emonitor-content"}
    else:
        assert scenes.take_over(walk, made).outcome == ""


def test_calibrated_again_later_does_not_heal_the_gap(walk: Walk) -> None:
    made = scenes.device(walk, until=ACT_DAY - timedelta(days=1))
    new = NewCalibration("JD-later", "示例计量检定院", ACT_DAY + timedelta(days=1), date(2027, 1, 1))
    at = datetime(2026, 3, 10, tzinfo=clock.SHANGHAI)
    devices.add_calibration(by=walk.cast.lead, device_id=made.pk, calibration=new, at=at)
    assert codes_of(scenes.take_over, walk, made) == {"inv-emonitor-content"}


def test_a_scale_out_of_calibration_measures_nothing(walk: Walk) -> None:
    made = scenes.device(walk, until=date(2026, 3, 2), is_monitoring=False, kind="static_scale", legal_basis="")
    assert codes_of(scenes.add, walk, title="称重单", device=made) == {"inv-emonitor-content"}
    good = scenes.device(walk, number="CZ-002", is_monitoring=False, kind="static_scale", legal_basis="")
    assert scenes.add(walk, title="称重单", device=good).device == good


@pytest.mark.parametrize("missing", ["legally_reviewed_on", "technically_reviewed_on", "published_on"])
def test_a_device_is_reviewed_and_published_before_it_records(walk: Walk, missing: str) -> None:
    made = scenes.device(walk)
    changed: dict[str, Any] = {missing: ACT_DAY + timedelta(days=1)}
    MonitoringDevice.objects.filter(pk=made.pk).update(**changed)
    made.refresh_from_db()
    assert codes_of(scenes.take_over, walk, made) == {"inv-emonitor-review"}
    MonitoringDevice.objects.filter(pk=made.pk).update(**{missing: ACT_DAY})
    made.refresh_from_db()
    assert scenes.take_over(walk, made)


def test_an_unreviewed_device_gives_no_record(walk: Walk) -> None:
    at = datetime(2026, 1, 5, tzinfo=clock.SHANGHAI)
    new = NewDevice("camera", "ZP-1", "抓拍设备", "国道303线", is_monitoring=True, legal_basis="《道路运输条例》")
    made = devices.register_device(by=walk.cast.lead, device=new, at=at)
    scenes.calibrate(walk, made, until=date(2026, 12, 31))
    assert codes_of(scenes.take_over, walk, made) == {"inv-emonitor-review"}


def test_no_device_without_a_basis_and_none_passes_with_a_fault(walk: Walk) -> None:
    new = NewDevice("camera", "ZP-1", "抓拍设备", "国道303线", is_monitoring=True)
    assert codes_of(devices.register_device, by=walk.cast.lead, device=new) == {"inv-emonitor-review"}
    made = scenes.device(walk)
    faulty = {"meets_standard": True, "is_placed_well": True, "is_marked": False}
    typed = {"body": "示例质检所", "reviewed_on": date(2026, 1, 5), "opinion": "标志不明显。", "answers": faulty}
    assert codes_of(devices.review_device_technique, by=walk.cast.lead, device_id=made.pk, **typed) == {
        "inv-emonitor-review"
    }


def test_only_the_legal_reviewer_reviews_the_law(walk: Walk) -> None:
    made = scenes.device(walk)
    with pytest.raises(NotAllowed):
        devices.review_device_law(by=walk.cast.lead, device_id=made.pk, opinion="同意。")
    record = scenes.take_over(walk, made)
    typed = {
        "part_id": record.pk,
        "agree": True,
        "checked": scenes.ALL_GOOD,
        "technical_reviewer": "示例寅",
        "opinion": "",
    }
    with pytest.raises(NotAllowed):
        walk.step(monitoring.review_monitoring_record, walk.cast.lead, **typed)


@pytest.mark.parametrize("fault", ["true", "clear", "complete", "accurate"])
def test_a_record_passes_only_true_clear_complete_and_accurate(walk: Walk, fault: str) -> None:
    record = scenes.take_over(walk, scenes.device(walk))
    checked = {**scenes.ALL_GOOD, fault: False}
    assert codes_of(scenes.review, walk, record, checked=checked) == {"inv-emonitor-content"}
    assert codes_of(scenes.review, walk, record, checked=checked, agree=False) == {"inv-emonitor-content"}
    done = scenes.review(walk, record, checked=checked, agree=False, opinion="图像模糊，无法辨认号牌。")
    record.evidence.refresh_from_db()
    assert done.outcome == "failed"
    assert record.evidence.voided_at is not None
    assert not Deadline.objects.filter(case=walk.case, code="inv-emonitor-notify").exists()


def test_an_unreviewed_record_blocks_the_report(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    record = scenes.take_over(walk, scenes.device(walk))
    report: dict[str, Any] = {"process": "经过" * 20, "facts": "事实" * 20, "opinion": "意见" * 10}
    codes = codes_of(walk.step, investigation.submit_report, cast.lead, **report)
    assert "inv-emonitor-content" in codes
    scenes.review(walk, record)
    walk.step(investigation.submit_report, cast.lead, **report)


def test_the_party_is_told_within_the_local_days(walk: Walk) -> None:
    record = scenes.take_over(walk, scenes.device(walk))
    scenes.review(walk, record)
    limit = Deadline.objects.get(case=walk.case, code="inv-emonitor-notify")
    assert (limit.part, limit.length) == (f"monitoring:{record.pk}", 7)
    assert (limit.started_on, limit.due) == (date(2026, 3, 3), date(2026, 3, 12))
    assert codes_of(scenes.tell, walk, record, query_means=" ") == {"inv-emonitor-notify"}
    assert codes_of(scenes.tell, walk, record, told_at=walk.at - timedelta(days=1)) == {"inv-emonitor-notify"}
    scenes.tell(walk, record)
    limit.refresh_from_db()
    assert limit.state == "met"


def test_the_sheet_names_the_certificate_that_held(walk: Walk) -> None:
    record = scenes.take_over(walk, scenes.device(walk))
    scenes.review(walk, record)
    rows = {one["label"]: one["paragraphs"] for one in last_document(walk.case, "monitoring_review").data["rows"]}
    assert "有效期至2026年12月31日" in rows["检定证书号及有效期"][0]
    assert "县政府网站" in rows["点位公告"][0]


def test_a_record_is_used_once(walk: Walk) -> None:
    made = scenes.device(walk)
    scenes.take_over(walk, made)
    assert codes_of(scenes.take_over, walk, made) == {"inv-emonitor-content"}
