"""Finished inspections reach the real exchange without a penalty: which, once, changed ones again, broken ones in sight."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from disclosure import tasks
from disclosure.actions.draft import draft
from disclosure.actions.inspections import tell_inspection
from disclosure.actions.publish import publish
from disclosure.actions.retry import retry_delivery
from disclosure.feed.client import FeedClient
from disclosure.feed.payload import INSPECTION_KIND
from disclosure.models import Delivery, FeedBreaker
from disclosure.outbox.poll import poll
from disclosure.outbox.send import drain
from disclosure.queries.board import delivery_board
from inspections.models import InspectionFiling, InspectionMatter
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.registry.actions import enter_party
from lishu_law.registry.details import PartyDetails
from lishu_law.registry.identity.demo import demo_id_number
from lishu_law.registry.models import Party, SupervisedSubject
from tests.cast import make_cast
from tests.disclosure.exchange import Exchange
from tests.disclosure.facts import COMPANY, ORGAN_USCC, decision
from tests.inspections.scenes import Scene, filed_shift, finished_filing, make_scene, recorded_check, subject

NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene(make_cast())


def _drain() -> Any:
    with FeedClient(read_seconds=3) as client:
        return drain(client)


def _poll() -> int:
    Delivery.objects.filter(state="SENT").update(poll_at=clock.now())
    with FeedClient() as client:
        return poll(client)


def _held() -> list[tuple[str, int, str]]:
    with FeedClient() as client:
        found = client.holdings(INSPECTION_KIND, date(2026, 1, 1), date(2100, 1, 1))
        return [(one["record_unique_identity"], one["data_version"], one["status"]) for one in found]


def _data(delivery: Delivery) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(bytes(delivery.body))["data"]
    return data


def _person() -> SupervisedSubject:
    details = PartyDetails(kind="citizen", name="示例车主", id_kind="111", id_number=demo_id_number(7))
    entry = subject()
    SupervisedSubject.objects.filter(pk=entry.pk).update(kind="person", party=enter_party(details)[0])
    return SupervisedSubject.objects.get(pk=entry.pk)


def test_a_finished_visit_is_told_once_and_confirmed(scene: Scene, exchange: Exchange) -> None:
    filing = finished_filing(scene, subject())
    assert (tasks.tell_inspections(), tasks.tell_inspections()) == (1, 0)
    delivery = Delivery.objects.get()
    assert (delivery.about, delivery.record, delivery.waits_for) == (filing.check_code, None, "")
    assert delivery.give_up_on == date(2026, 5, 13)  # twenty working days: 1–5 May are off, Saturday 9 May is worked
    data = _data(delivery)
    assert (data["filing_no"], data["company_type"]) == (filing.filing_no, "道路货运")
    assert (data["check_date"][:10], data["check_form"]) == ("2026-03-04", "01")
    entry = JournalEntry.objects.get(action="delivery.inspection")
    assert (entry.object_id, entry.actor_id) == (delivery.idem_key, None)
    assert _drain().sent == 1
    assert _poll() == 1
    assert _held() == [(delivery.rui, 1, "PUBLISHED")]


def test_a_running_visit_is_not_told(scene: Scene) -> None:
    filing = finished_filing(scene, subject())
    InspectionFiling.objects.filter(pk=filing.pk).update(state="started", finished_at=None, result_code="")
    assert tasks.tell_inspections() == 0


@pytest.mark.parametrize(
    "changes", [{"exemption": "E4", "exemption_reason": "与公安机关联合行动", "token_digest": None, "token": ""}]
)
def test_what_is_secret_is_not_told(scene: Scene, changes: dict[str, Any]) -> None:
    filing = finished_filing(scene, subject())
    InspectionFiling.objects.filter(pk=filing.pk).update(**changes)
    assert tasks.tell_inspections() == 0
    assert not Delivery.objects.exists()


def test_a_penalty_carries_the_inspection_that_was_secret(scene: Scene, exchange: Exchange) -> None:
    """V09: the exchange takes no penalty of a 监督检查 whose record it does not hold."""
    filing = finished_filing(scene, subject())
    secret = {"exemption": "E4", "exemption_reason": "与公安机关联合行动", "token_digest": None, "token": ""}
    InspectionFiling.objects.filter(pk=filing.pk).update(**secret)
    facts = decision(COMPANY, case_source="01", check_action_code=filing.check_code)
    record = draft(facts)
    publish(record_id=record.pk, version=record.version, facts=facts, by=scene.cast.checker)
    told = Delivery.objects.get(about=filing.check_code)
    penalty = Delivery.objects.exclude(pk=told.pk).get()
    assert penalty.waits_for == told.rui
    assert _data(penalty)["check_action_code"] == _data(told)["check_action_code"] == filing.check_code
    _drain()  # the inspection, then the penalty behind it
    _drain()
    _poll()
    assert _held() == [(told.rui, 1, "PUBLISHED")]
    penalty.refresh_from_db()
    assert (penalty.state, penalty.last_code) in {("SENT", ""), ("CONFIRMED", "")}


def test_a_person_is_told_of_only_with_a_penalty(scene: Scene, settings: Any) -> None:
    settings.DEMO = True  # invented identity numbers
    filing = finished_filing(scene, _person())
    assert tasks.tell_inspections() == 0
    facts = decision(COMPANY, case_source="01", check_action_code=filing.check_code)
    record = draft(facts)
    publish(record_id=record.pk, version=record.version, facts=facts, by=scene.cast.checker)
    assert Delivery.objects.get(about=filing.check_code).kind == INSPECTION_KIND


@pytest.mark.parametrize(
    ("typed", "told"), [({}, 1), ({"company_uscc": ""}, 0), ({"company_uscc": "", "company_name": ""}, 0)]
)
def test_a_stop_is_told_when_its_record_is_full(scene: Scene, typed: dict[str, str], told: int) -> None:
    recorded_check(scene, filed_shift(scene.cast), **typed)
    assert tasks.tell_inspections() == told


def test_a_penalty_later_waits_for_the_same_record(scene: Scene, exchange: Exchange) -> None:
    filing = finished_filing(scene, subject())
    tasks.tell_inspections()
    facts = decision(COMPANY, case_source="01", check_action_code=filing.check_code)
    record = draft(facts)
    publish(record_id=record.pk, version=record.version, facts=facts, by=scene.cast.checker)
    inspection, penalty = Delivery.objects.order_by("id")
    assert penalty.waits_for == inspection.rui
    assert _drain().sent == 2
    assert _poll() == 2
    assert len(_held()) == 1


def test_a_changed_record_goes_again_as_the_next_version(scene: Scene, exchange: Exchange) -> None:
    filing = finished_filing(scene, subject())
    tasks.tell_inspections()
    assert tasks.tell_changed_inspections() == 0  # not sent yet: its bytes may still change with a retry only
    _drain()
    assert tasks.tell_changed_inspections() == 0
    Party.objects.filter(pk=filing.subject.party_id).update(name="梨树县示例运输（集团）有限公司")
    assert (tasks.tell_changed_inspections(), tasks.tell_changed_inspections()) == (1, 0)
    newest = Delivery.objects.order_by("-data_version")[0]
    assert (newest.data_version, newest.op, newest.state) == (2, "u", "PENDING")
    assert JournalEntry.objects.filter(action="delivery.inspection_changed").count() == 1
    assert _drain().sent == 1
    assert _poll() == 2
    assert _held() == [(newest.rui, 2, "PUBLISHED")]


def test_a_record_that_breaks_a_rule_stands_on_the_work_screen_and_is_sent_when_mended(
    scene: Scene, exchange: Exchange
) -> None:
    finished_filing(scene, subject())
    scene.cast.assistant.certificates.update(valid_until=date(2026, 3, 1))
    tasks.tell_inspections()
    assert _drain().sent == 0
    (row,) = delivery_board().rows
    assert (row.delivery.state, row.can_retry) == ("FIX", True)
    assert row.text == "检查记录不完整，还没有推送：检查人员执法证号有一项是空的，或者太长。"
    assert tasks.tell_inspections() == 0
    scene.cast.assistant.certificates.update(valid_until=date(2030, 3, 1))
    retry_delivery(delivery_id=row.delivery.pk, by=scene.cast.checker, reason="证件已补录")
    assert _drain().sent == 1
    assert _poll() == 1


def test_a_dead_record_is_retried_by_a_person(scene: Scene, exchange: Exchange) -> None:
    finished_filing(scene, subject())
    tasks.tell_inspections()
    Delivery.objects.update(give_up_on=clock.today() - timedelta(days=1))
    exchange.fault("burst_5xx", count=None, path="/inspection-records", status=503)
    assert _drain().stopped == 1
    (row,) = delivery_board().rows
    assert (row.delivery.state, row.can_retry) == ("DEAD", True)
    exchange.reset()
    FeedBreaker.objects.update(open_until=clock.now() - timedelta(seconds=1))
    retry_delivery(delivery_id=row.delivery.pk, by=scene.cast.checker, reason="平台已恢复")
    assert _drain().sent == 1
    assert _poll() == 1


def test_an_unreachable_exchange_loses_nothing(scene: Scene, exchange: Exchange) -> None:
    finished_filing(scene, subject())
    tasks.tell_inspections()
    exchange.fault("burst_5xx", count=1, path="/inspection-records", status=503)
    assert _drain().retried >= 1
    assert Delivery.objects.get().state == "PENDING"
    Delivery.objects.update(next_at=clock.now())
    FeedBreaker.objects.update(open_until=clock.now() - timedelta(seconds=1))
    assert _drain().sent == 1
    assert [version for _rui, version, _status in _held()] == [1]


@pytest.mark.parametrize(
    ("code", "state"), [(f"{ORGAN_USCC}4220322000000019", "PENDING"), ("112203220000000001", "FIX")]
)
def test_the_list_code_is_the_published_one(scene: Scene, code: str, state: str) -> None:
    filing = finished_filing(scene, subject())
    InspectionMatter.objects.filter(pk=scene.matter.pk).update(list_code=code)
    delivery = tell_inspection(filing.check_code or "", by=None)
    assert delivery is not None
    assert (_data(delivery)["supervise_item_check_icode"], delivery.state) == (code, state)


def test_an_object_with_a_name_of_its_own(scene: Scene) -> None:
    filing = finished_filing(scene, subject())
    SupervisedSubject.objects.filter(pk=filing.subject_id).update(kind="site", name="示例砂石料场")
    delivery = tell_inspection(filing.check_code or "", by=None)
    assert delivery is not None
    data = _data(delivery)
    assert (data["supervise_object"], data["administrative_cp"]) == ("示例砂石料场", filing.subject.party.name)
