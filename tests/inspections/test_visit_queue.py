"""A whole visit written without network: start, interruption and record arrive in their order and are entered in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from inspections.actions.filings import cancel_inspection
from inspections.models import FilingState, InspectionFiling
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from tests.cast import make_cast
from tests.inspections.browsing import client_of, picture
from tests.inspections.phones import Phone
from tests.inspections.scenes import (
    VISIT_FROM,
    Scene,
    drawn_name,
    end_certificate,
    filed_filing,
    make_scene,
    subject,
)

CAME = VISIT_FROM + timedelta(hours=3)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return make_scene(make_cast())


@pytest.fixture
def phone(scene: Scene) -> Phone:
    made = Phone(client_of(scene.cast.lead))
    with time_machine.travel(VISIT_FROM - timedelta(hours=1), tick=False):
        made.client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
        made.fetch_key()
    return made


def typed_record(scene: Scene, version: int) -> dict[str, Any]:
    point = f"point_{scene.matter.pk}"
    return {
        f"{point}_1": "不合格", f"{point}_1_facts": "两辆货车未苫盖", f"{point}_1_article": "某条",
        f"{point}_1_disposal": "by_date", f"{point}_1_photos": picture(), f"{point}_2": "合格", "result_code": "R5",
        "findings": "厂区内两辆货车未苫盖", "order_what": "配齐苫布", "order_due": "2026-03-10", "signing": "signed",
        "party_signature": drawn_name().as_json(), "located": "denied", "version": version,
    }  # fmt: skip


def written(phone: Phone, scene: Scene, row: InspectionFiling) -> list[dict[str, Any]]:
    """Start, interruption, resumption, record: all from pages kept before the visit, with its version of then."""
    forms: tuple[tuple[str, dict[str, Any]], ...] = (
        ("filing-start", {"how": "code", "shown": "on", "told": "on", "located": "denied"}),
        ("filing-suspend", {"reason": "absent", "note": "负责人去接货，门卫请稍等"}),
        ("filing-resume", {}),
        ("filing-finish", typed_record(scene, row.version)),
    )
    return [
        phone.write(reverse(name, args=[row.reference]), {**fields, "version": row.version}, VISIT_FROM + at * MINUTE)
        for at, (name, fields) in zip((5, 10, 20, 60), forms, strict=True)
    ]


def send(phone: Phone, scene: Scene, items: list[dict[str, Any]]) -> list[str]:
    with time_machine.travel(CAME, tick=False):
        phone.client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
        return [phone.send(item, CAME).json()["state"] for item in items]


def test_a_visit_written_offline_arrives_in_order(phone: Phone, scene: Scene) -> None:
    row = filed_filing(scene, subject())
    assert send(phone, scene, written(phone, scene, row)) == ["done"] * 4
    row.refresh_from_db()
    assert (row.state, row.started_at, row.finished_at) == (
        FilingState.FINISHED, VISIT_FROM + 5 * MINUTE, VISIT_FROM + 60 * MINUTE,
    )  # fmt: skip
    gap = row.suspensions.get()
    assert (gap.at, gap.resumed_at) == (VISIT_FROM + 10 * MINUTE, VISIT_FROM + 20 * MINUTE)
    signed = row.signatures.get().signature
    assert (signed.signed_at, row.photos.count(), row.order.what) == (row.finished_at, 1, "配齐苫布")
    acts = [one.action for one in JournalEntry.objects.order_by("seq") if one.action.startswith("inspection.")]
    assert acts[-4:] == ["inspection.start", "inspection.suspend", "inspection.resume", "inspection.finish"]
    with time_machine.travel(CAME, tick=False):
        page = phone.client.get(reverse("mobile-filing", args=[row.reference])).content.decode()
    assert page.count("离线补传") == 4
    assert "没有允许定位" in page


def test_the_record_before_its_start_waits_for_a_correction(phone: Phone, scene: Scene) -> None:
    row = filed_filing(scene, subject())
    items = written(phone, scene, row)
    assert send(phone, scene, [items[3]]) == ["refused"]  # the visit has not begun
    assert send(phone, scene, [*items[:3], items[3]]) == ["done"] * 4  # nothing was lost by coming too early


def test_what_somebody_else_changed_meanwhile_is_a_conflict(phone: Phone, scene: Scene) -> None:
    row = filed_filing(scene, subject())
    items = written(phone, scene, row)
    assert send(phone, scene, items[:1]) == ["done"]
    InspectionFiling.objects.filter(pk=row.pk).update(version=row.version + 2)  # one step more than the phone's own
    assert send(phone, scene, items[1:2]) == ["conflict"]


def test_a_filing_cancelled_meanwhile_is_not_started(phone: Phone, scene: Scene) -> None:
    row = filed_filing(scene, subject())
    items = written(phone, scene, row)
    cancel_inspection(filing_id=row.pk, version=None, by=scene.cast.assistant, reason="改期", at=VISIT_FROM + MINUTE)
    assert send(phone, scene, items[:1]) == ["conflict"]


def test_a_clock_that_is_wrong_is_kept_and_shown(phone: Phone, scene: Scene) -> None:
    row = filed_filing(scene, subject())
    phone.drift = timedelta(minutes=11)
    assert send(phone, scene, written(phone, scene, row)[:1]) == ["done"]
    row.refresh_from_db()
    assert row.started_at == VISIT_FROM + 16 * MINUTE  # never silently corrected
    with time_machine.travel(CAME, tick=False):
        assert "手机时间比服务器快 11 分钟，请核对" in phone.client.get(f"/m/filing/{row.reference}/").content.decode()


@pytest.mark.parametrize(("days", "state"), [(0, "done"), (-1, "refused")], ids=["that day", "the day before"])
def test_the_certificate_counts_on_the_day_of_the_visit_not_of_the_upload(
    phone: Phone, scene: Scene, days: int, state: str
) -> None:
    """Its last day is the visit's: what was written then is entered two days later; a day less and nothing helps."""
    row = filed_filing(scene, subject())
    start = written(phone, scene, row)[0]
    end_certificate(scene.cast.lead, clock.local(VISIT_FROM).date() + timedelta(days=days))
    came = VISIT_FROM + timedelta(days=2)
    with time_machine.travel(came, tick=False):
        phone.client.force_login(scene.cast.lead, backend="django.contrib.auth.backends.ModelBackend")
        said = phone.send(start, came).json()
    assert said["state"] == state
    if state == "refused":
        assert any("执法证" in text for text in said["problems"])
    row.refresh_from_db()
    assert row.state == (FilingState.STARTED if state == "done" else FilingState.FILED)
