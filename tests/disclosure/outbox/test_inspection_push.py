"""A penalty from an inspection: the inspection reaches the real exchange first and once, and a person sees why not."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.actions.retry import retry_delivery
from disclosure.demo import seed_records
from disclosure.feed.client import FeedClient
from disclosure.feed.payload import INSPECTION_KIND, PENALTY_KIND
from disclosure.models import Delivery, DisclosureRecord, FeedBreaker, RuiSeries
from disclosure.outbox import claim
from disclosure.outbox.poll import poll
from disclosure.outbox.send import drain
from disclosure.queries.board import deliveries_of, delivery_board
from inspections.models import RoadsideCheck
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotFound, Refused
from tests.cast import make_cast
from tests.disclosure.exchange import Exchange
from tests.disclosure.facts import COMPANY, ORGAN_USCC, SHOP, decision
from tests.inspections.scenes import (
    VISIT_FROM,
    Scene,
    filed_filing,
    filed_shift,
    finish_inspection,
    make_scene,
    new_result,
    recorded_check,
    signed_by_party,
    start_inspection,
    subject,
)

NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
INSPECTIONS, PENALTIES = "/inspection-records", "/penalty-decisions"
LIST_MOST, SESSION = 12, 2


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene(make_cast())


@pytest.fixture
def check(scene: Scene) -> RoadsideCheck:
    return recorded_check(scene, filed_shift(scene.cast))


def _publish(scene: Scene, code: str, facts: Any = COMPANY) -> DisclosureRecord:
    facts = decision(facts, case_source="01", check_action_code=code)
    record = draft(facts)
    return publish(record_id=record.pk, version=record.version, facts=facts, by=scene.cast.checker)


def _drain(**options: Any) -> Any:
    with FeedClient(read_seconds=3) as client:
        return drain(client, **options)


def _poll() -> int:
    Delivery.objects.filter(state="SENT").update(poll_at=clock.now())
    with FeedClient() as client:
        return poll(client)


def _time_passes() -> None:
    past = clock.now() - timedelta(seconds=1)
    Delivery.objects.filter(state="PENDING").update(next_at=past)
    FeedBreaker.objects.filter(open_until__isnull=False).update(open_until=past)


def _states() -> list[tuple[str, int, str]]:
    """Kind (JC, CF), version and state of all deliveries, in the order they were written."""
    rows = Delivery.objects.order_by("id").values_list("rui", "data_version", "state")
    return [(rui[19:21], version, state) for rui, version, state in rows]


def _held(kind: str) -> list[tuple[str, str]]:
    """Identity and state of all the exchange holds; its clock is the real one, so every day is asked for."""
    with FeedClient() as client:
        found = client.holdings(kind, date(2026, 1, 1), date(2100, 1, 1))
        return [(item["record_unique_identity"], item["status"]) for item in found]


def _board_texts() -> dict[str, str]:
    return {row.title: row.text for row in delivery_board().rows}


def test_the_penalty_is_accepted_and_the_inspection_there_once(
    scene: Scene, check: RoadsideCheck, exchange: Exchange
) -> None:
    record = _publish(scene, check.check_code)
    assert _states() == [("JC", 1, "PENDING"), ("CF", 1, "PENDING")]
    inspection, penalty = Delivery.objects.order_by("id")
    assert (inspection.record, inspection.about, inspection.op) == (None, check.check_code, "i")
    assert penalty.waits_for == inspection.rui == f"{ORGAN_USCC}-JC-2026-000001"
    assert penalty.give_up_on == inspection.give_up_on
    assert dict(RuiSeries.objects.values_list("prefix", "last"))[f"{ORGAN_USCC}-JC-2026"] == 1
    assert JournalEntry.objects.filter(action="disclosure.publish").count() == 1
    assert _drain().sent == 2
    assert _states() == [("JC", 1, "SENT"), ("CF", 1, "SENT")]
    assert _poll() == 2
    assert _states() == [("JC", 1, "CONFIRMED"), ("CF", 1, "CONFIRMED")]
    assert _held(INSPECTION_KIND) == [(inspection.rui, "PUBLISHED")]
    assert _held(PENALTY_KIND) == [(penalty.rui, "PUBLISHED")]
    assert [row.delivery.pk for row in deliveries_of(record)] == [penalty.pk]  # an inspection is no part of the record


def test_a_filed_visit_is_accepted_too(scene: Scene, exchange: Exchange) -> None:
    _publish(scene, _visit(scene))
    assert _drain().sent == 2
    assert _poll() == 2


def _visit(scene: Scene, **filing: Any) -> str:
    row = filed_filing(scene, subject(), **filing)
    row = start_inspection(
        filing_id=row.pk, version=row.version, by=scene.cast.lead, how="code", at=VISIT_FROM + timedelta(minutes=5)
    )
    row = finish_inspection(
        filing_id=row.pk,
        version=row.version,
        by=scene.cast.lead,
        result=new_result(scene),
        signatures=(signed_by_party(scene.cast),),
        at=VISIT_FROM + timedelta(hours=2),
    )
    return row.check_code or ""


def test_the_penalty_is_not_taken_before_its_inspection(scene: Scene, check: RoadsideCheck) -> None:
    _publish(scene, check.check_code)
    Delivery.objects.filter(about="").update(next_at=NOW - timedelta(hours=1))  # due longer than its inspection
    (first,) = claim.claim(NOW)
    assert first.parcel.kind == INSPECTION_KIND
    assert claim.claim(NOW) == []  # on its way is not there
    receipt = {"receipt_no": "HZ2026041300000000AA"}
    claim.record_marks([claim.Mark(first, claim.DeliveryState.SENT, receipt=receipt, sent_at=NOW)])
    (second,) = claim.claim(NOW)
    assert (second.parcel.kind, second.waits_for) == (PENALTY_KIND, first.parcel.rui)


def test_order_is_kept_when_many_travel_together(scene: Scene, check: RoadsideCheck, exchange: Exchange) -> None:
    seed_records(12, pending=12)
    _publish(scene, check.check_code, decision(COMPANY, number="吉梨交罚〔2026〕9001号"))
    done = _drain()
    assert (done.sent, done.batches) == (14, 1)
    assert _poll() == 14


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_second_penalty_does_not_push_the_inspection_again(
    scene: Scene, check: RoadsideCheck, exchange: Exchange, is_sent: bool
) -> None:
    _publish(scene, check.check_code)
    if is_sent:
        _drain()
    _publish(scene, check.check_code, SHOP)
    assert [kind for kind, _version, _state in _states()] == ["JC", "CF", "CF"]
    _drain()
    assert _poll() == 3
    assert len(_held(INSPECTION_KIND)) == 1
    assert len(_held(PENALTY_KIND)) == 2


@pytest.mark.parametrize(
    ("fault", "state", "label"), [("schema_tightened", "FIX", "待修正"), ("burst_5xx", "DEAD", "死信")]
)
def test_a_refused_inspection_keeps_the_penalty_waiting_in_sight(
    scene: Scene, check: RoadsideCheck, exchange: Exchange, fault: str, state: str, label: str
) -> None:
    record = _publish(scene, check.check_code)
    Delivery.objects.filter(about=check.check_code).update(give_up_on=clock.today() - timedelta(days=1))
    exchange.fault(fault, count=None, path=INSPECTIONS, field="company_type", status=503)
    assert _drain().stopped == 1
    _time_passes()
    assert _drain().sent == 0
    assert _states() == [("JC", 1, state), ("CF", 1, "PENDING")]
    assert Delivery.objects.get(about="").attempts == 0
    why = f"检查记录 JC2026-000001 没有送到监管平台（{label}）。请先处理它，这条随后自动推送。公示不受影响。"
    texts = _board_texts()
    assert texts[record.number] == deliveries_of(record)[0].text == why
    assert texts["检查记录 JC2026-000001"]
    exchange.reset()
    retry_delivery(
        delivery_id=Delivery.objects.get(about=check.check_code).pk, by=scene.cast.checker, reason="平台已恢复"
    )
    assert record.number not in _board_texts()
    assert deliveries_of(record)[0].text == "等检查记录 JC2026-000001 先送到监管平台，随后自动推送。公示不受影响。"
    assert _drain().sent == 2
    assert _poll() == 2


def test_an_inspection_rejected_late_gets_a_new_version_and_the_penalty_follows(
    scene: Scene, check: RoadsideCheck, exchange: Exchange
) -> None:
    record = _publish(scene, check.check_code)
    exchange.fault("late_reject", rule="V24", path=INSPECTIONS)
    done = _drain()
    assert (done.sent, done.stopped) == (1, 0)
    assert _states() == [("JC", 1, "SENT"), ("CF", 1, "PENDING")]  # refused by V09 alone: it waits, no person needed
    assert Delivery.objects.get(about="").last_code == "E3002"
    assert _poll() == 0
    assert _states() == [("JC", 1, "FIX"), ("CF", 1, "PENDING")]
    assert "没有送到监管平台" in _board_texts()[record.number]
    inspection = Delivery.objects.get(about=check.check_code)
    retry_delivery(delivery_id=inspection.pk, by=scene.cast.checker, reason="已按退回意见核对")
    assert _states() == [("JC", 1, "SUPERSEDED"), ("CF", 1, "PENDING"), ("JC", 2, "PENDING")]
    _time_passes()
    assert _drain().sent == 2
    assert _poll() == 2
    assert _held(INSPECTION_KIND) == [(inspection.rui, "PUBLISHED")]


def test_an_inspection_the_exchange_has_lost_is_sent_again(
    scene: Scene, check: RoadsideCheck, exchange: Exchange
) -> None:
    _publish(scene, check.check_code)
    exchange.fault("lost_write", path=INSPECTIONS)
    _drain()
    assert Delivery.objects.get(about=check.check_code).attempts == 2
    _time_passes()
    _drain()
    assert _states() == [("JC", 1, "SENT"), ("CF", 1, "SENT")]
    assert _poll() == 2
    assert len(_held(INSPECTION_KIND)) == len(_held(PENALTY_KIND)) == 1


def test_an_incomplete_inspection_does_not_hold_up_the_publication(
    scene: Scene, exchange: Exchange, client: Client
) -> None:
    code = _visit(scene)
    scene.cast.assistant.certificates.update(valid_until=date(2026, 3, 1))
    record = _publish(scene, code)
    assert record.state == "published"
    assert _states() == [("JC", 1, "FIX"), ("CF", 1, "PENDING")]
    assert _drain().sent == 0
    texts = _board_texts()
    assert texts["检查记录 JC2026-000001"] == "检查记录不完整，还没有推送：检查人员执法证号有一项是空的，或者太长。"
    assert "请先处理它" in texts[record.number]
    inspection = Delivery.objects.exclude(about="").get()
    with pytest.raises(Refused) as refused:
        retry_delivery(delivery_id=inspection.pk, by=scene.cast.checker, reason="再试一次")
    assert [one.code for one in refused.value.refusals] == ["feed.schema"]
    _pages_show_both(client, scene, record, inspection)


def _pages_show_both(client: Client, scene: Scene, record: DisclosureRecord, inspection: Delivery) -> None:
    client.force_login(scene.cast.checker)
    with CaptureQueriesContext(connection) as captured:
        text = client.get("/deliveries/").content.decode()
    assert len(captured) - SESSION <= LIST_MOST
    assert record.number in text
    assert "检查记录 JC2026-000001" in text
    retry_page = client.get(f"/deliveries/{inspection.rui}/1/retry/").content.decode()
    assert "检查记录 JC2026-000001" in retry_page


def test_a_mended_inspection_is_built_anew(scene: Scene, exchange: Exchange) -> None:
    code = _visit(scene)
    officer = scene.cast.assistant
    officer.certificates.update(valid_until=date(2026, 3, 1))
    _publish(scene, code)
    assert Delivery.objects.get(about=code).last_error == "检查人员执法证号有一项是空的，或者太长。"
    officer.certificates.update(valid_until=date(2030, 3, 1))
    retry_delivery(delivery_id=Delivery.objects.get(about=code).pk, by=scene.cast.checker, reason="证件已补录")
    assert _drain().sent == 2
    assert _poll() == 2


def test_an_inspection_that_is_not_ours_is_left_to_the_exchange(scene: Scene) -> None:
    _publish(scene, "JC2019-0001")
    penalty = Delivery.objects.get()
    assert (penalty.kind, penalty.waits_for) == (PENALTY_KIND, "")


def test_refused_publication_writes_no_inspection(scene: Scene, check: RoadsideCheck) -> None:
    with pytest.raises(Refused):
        _publish(scene, check.check_code, decision(COMPANY, party_uscc="91220322MA0T0002X1"))
    assert not Delivery.objects.exists()
    assert not RuiSeries.objects.exists()


def test_retry_of_an_inspection_whose_record_is_unknown(scene: Scene, check: RoadsideCheck) -> None:
    _publish(scene, check.check_code)
    Delivery.objects.exclude(about="").update(about="JC2019-0001", state="FIX", next_at=None)
    with pytest.raises(NotFound):
        retry_delivery(
            delivery_id=Delivery.objects.exclude(about="").get().pk, by=scene.cast.checker, reason="再试一次"
        )


@pytest.mark.parametrize(
    "values", [{"kind": INSPECTION_KIND, "about": ""}, {"kind": PENALTY_KIND, "about": "JC2026-000001"}]
)
def test_the_database_knows_what_an_inspection_is(scene: Scene, check: RoadsideCheck, values: dict[str, str]) -> None:
    _publish(scene, check.check_code)
    row = Delivery.objects.get(about="" if values["about"] == "" else check.check_code)
    with pytest.raises(IntegrityError, match="delivery_inspection_named"), transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(**values)


@pytest.mark.django_db(transaction=True)
def test_two_penalties_published_at_once_share_one_inspection() -> None:
    scene = make_scene(make_cast())
    code = recorded_check(scene, filed_shift(scene.cast)).check_code
    ready = threading.Barrier(2)
    faults: list[Exception] = []

    def act(facts: Any) -> None:
        try:
            ready.wait()
            _publish(scene, code, facts)
        except Exception as fault:  # a thread's fault would otherwise be silent
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(facts,)) for facts in (COMPANY, SHOP)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(kind for kind, _version, _state in _states()) == ["CF", "CF", "JC"]
    assert len(set(Delivery.objects.filter(about="").values_list("waits_for", flat=True))) == 1
