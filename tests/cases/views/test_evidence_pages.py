"""Pages of evidence and of the device register: who may open them, what they show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import MonitoringDevice
from tests.cases.actions import evidence_scenes as scenes
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

PERFORMERS = {
    "record_inquest": ("recorded", "lead"), "take_sample": ("recorded", "lead"), "record_edata": ("recorded", "lead"),
    "exclude_evidence": ("recorded", "lead"), "paste_copy": ("recorded", "lead"), "request_assistance": ("recorded", "lead"),
    "commission_test": ("recorded", "lead"), "record_test_result": ("commissioned", "lead"),
    "tell_test_result": ("answered", "lead"), "import_monitoring_record": ("recorded", "lead"),
    "review_monitoring_record": ("imported", "reviewer"), "tell_monitoring": ("reviewed", "lead"),
}  # fmt: skip
MOST = 27  # with session and user


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def nothing(walk: Walk) -> None:
    return None


def answered(walk: Walk) -> int:
    return scenes.answer(walk, scenes.commission(walk)).pk


def reviewed(walk: Walk) -> int:
    return scenes.review(walk, scenes.take_over(walk, scenes.device(walk))).pk


SCENES: dict[str, Callable[[Walk], int | None]] = {
    "record_inquest": nothing, "take_sample": nothing, "record_edata": nothing, "exclude_evidence": nothing,
    "paste_copy": lambda w: scenes.add(w, is_copy=True, copy_source="示例丙", is_checked_copy=True) and None,
    "request_assistance": nothing, "commission_test": nothing, "import_monitoring_record": nothing,
    "record_test_result": lambda w: scenes.commission(w).pk, "tell_test_result": answered,
    "review_monitoring_record": lambda w: scenes.take_over(w, scenes.device(w)).pk, "tell_monitoring": reviewed,
}  # fmt: skip


def test_the_pages_of_evidence_open_for_their_actors_only(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    faults = []
    for code, scene in SCENES.items():
        part = scene(walk) if code not in {"tell_monitoring"} else _second(walk)
        url = reverse(f"case-{code}", args=[walk.case.clue_no, *([part] if part is not None else [])])
        client = client_of(getattr(cast, PERFORMERS[code][1]))
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        if page.status_code != 200 or len(queries) > MOST or "办这一步之前" in page.content.decode():
            faults.append((code, page.status_code, len(queries)))
        for stranger in (cast.outsider, cast.system_admin):
            answers = {client_of(stranger).get(url).status_code, client_of(stranger).post(url, {}).status_code}
            if answers - {403, 404}:
                faults.append((code, "stranger", answers))
    assert faults == []


def _second(walk: Walk) -> int:
    device = scenes.device(walk, number="CZ-009")
    return scenes.review(walk, scenes.take_over(walk, device, record_no="R-2")).pk


def test_the_case_page_shows_what_evidence_waits_for(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    scenes.commission(walk)
    scenes.take_over(walk, scenes.device(walk))
    url = reverse("case", args=[walk.case.clue_no])
    page = client_of(cast.lead).get(url).content.decode()
    for words in ("鉴定、检测：货物种类", "等结果", "电子技术监控记录R-1", "待审核", "抽样取证", "制作勘验笔录"):
        assert words in page
    assert "审核电子技术监控记录" in client_of(cast.reviewer).get(url).content.decode()


def test_an_item_is_typed_with_its_origin(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    page = client_of(cast.lead).get(reverse("case-add_evidence", args=[walk.case.clue_no])).content.decode()
    for words in ("存储介质", "已与原件核对无误", "检测设备", "涉及国家秘密"):
        assert words in page


def test_the_register_says_what_a_device_lacks(cast: Cast) -> None:
    walk = case_at("clue", cast)
    good = scenes.device(walk, until=date(2099, 12, 31))
    scenes.device(walk, number="CZ-002", until=date(2026, 2, 1))
    page = client_of(cast.lead).get(reverse("device-list")).content.decode()
    assert "可以使用，检定有效期至 2099-12-31" in page
    assert "检定已于 2026-02-01 到期" in page
    shown = client_of(cast.reviewer).get(reverse("device", args=[good.pk])).content.decode()
    assert "登记法制审核" in shown
    assert "登记检定证书" not in shown


def test_a_device_is_entered_calibrated_reviewed_and_published(cast: Cast) -> None:
    lead, reviewer = client_of(cast.lead), client_of(cast.reviewer)
    typed = {
        "kind": "camera", "number": "ZP-1", "name": "抓拍设备", "place": "国道303线", "is_monitoring": "yes",
        "legal_basis": "《道路运输条例》",
    }  # fmt: skip
    assert lead.post(reverse("device-new"), typed).status_code == 303
    made = MonitoringDevice.objects.get()
    calibration = {
        "certificate_no": "JD-1", "organ": "示例计量院", "calibrated_on": "2026-01-04", "valid_until": "2027-01-03",
    }  # fmt: skip
    posts = (
        (lead, "device-calibrate", calibration),
        (reviewer, "device-review-law", {"opinion": "依据充分，同意。"}),
        (lead, "device-review-technique", {
            "meets_standard": "yes", "is_placed_well": "yes", "is_marked": "yes", "body": "质检所",
            "reviewed_on": "2026-01-05", "opinion": "符合标准。",
        }),
        (lead, "device-publish", {"published_on": "2026-01-06", "published_at": "县政府网站"}),
    )  # fmt: skip
    for client, name, data in posts:
        reply = client.post(reverse(name, args=[made.pk]), data)
        assert reply.status_code == 303, (name, reply.content.decode())
    made.refresh_from_db()
    assert made.published_at == "县政府网站"
    assert made.legal_reviewer == cast.reviewer
