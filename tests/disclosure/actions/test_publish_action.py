"""Drafting, publishing and pushing again: law, separation, leak gate, one journal entry each, one winner of a race."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import InternalError, ProgrammingError, connection, transaction

from cases.api import DecisionFacts
from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.actions.retry import retry_delivery
from disclosure.models import Delivery, DisclosureRecord, RecordEvent, RuiSeries
from lishu_law.audit import journal
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Conflict, NotAllowed, NotFound, Refused
from lishu_law.registry.roles import Role
from tests.disclosure.facts import BIG, CARD, COMPANY, ORGAN_USCC, PERSON, SHOP, checker, decision, user

WITHIN = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)  # the third working day
LAST_DAY = date(2026, 4, 17)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(WITHIN, tick=False):
        yield


def _publish(facts: DecisionFacts, by: Any, **more: Any) -> DisclosureRecord:
    record = draft(facts)
    return publish(record_id=record.pk, version=record.version, facts=facts, by=by, **more)


def _entries() -> list[str]:
    return list(JournalEntry.objects.order_by("seq").values_list("action", flat=True))


@pytest.mark.django_db
def test_draft_holds_the_whitelist_and_the_deadline() -> None:
    record = draft(COMPANY)
    assert (record.state, record.publish_due, record.credit_class) == ("draft", LAST_DAY, "1")
    assert record.content["party"] == "梨树县示例货运有限公司"
    assert record.content["uscc"] == record.uscc_search == "91220322MA0T0002XN"
    assert "某人驾驶当事人的涉案车辆货车" in record.content["facts"]
    assert (
        record.search_text
        == "梨树县示例货运有限公司\n没有采取必要措施防止货物脱落、扬撒\n吉梨交罚(2026)0001号".replace("、", "、")
    )
    assert _entries() == ["disclosure.draft"]


@pytest.mark.django_db
def test_drafting_again_changes_nothing_and_a_corrected_text_renews() -> None:
    first = draft(COMPANY)
    assert draft(COMPANY).version == first.version == 1
    renewed = draft(decision(discretion_text="已经改正，按一般档次处罚。"))
    assert (renewed.pk, renewed.version) == (first.pk, 2)
    assert _entries() == ["disclosure.draft", "disclosure.redraft"]
    assert list(RecordEvent.objects.order_by("id").values_list("kind", flat=True)) == ["draft", "redraft"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "party", "is_person", "code", "searched"),
    [
        (COMPANY, "梨树县示例货运有限公司", False, "91220322MA0T0002XN", True),
        (PERSON, "孙**", True, "", False),
        (SHOP, "梨树县示例汽修部", False, "", True),
        (decision(SHOP, party_name="梨树县李样本汽修部"), "梨树县李样本汽修部", False, "", False),
        (decision(SHOP, party_name=""), "李**", True, "", False),
    ],
)
def test_who_is_shown_and_searched_how(
    facts: DecisionFacts, party: str, is_person: bool, code: str, searched: bool
) -> None:
    record = draft(facts)
    assert (record.party_display, record.is_person, record.uscc_search) == (party, is_person, code)
    assert (party in record.search_text) is searched


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "excluded"),
    [
        (date(2008, 3, 1), False),  # 18 years and a day
        (date(2008, 3, 2), True),  # the 18th birthday itself
        (date(2008, 3, 3), True),
        (date(1985, 6, 30), False),
    ],
)
def test_minor_at_the_act_is_never_public(born: date, excluded: bool) -> None:
    record = draft(decision(PERSON, birth_on=born))
    assert (record.state, record.exclusion_code) == (("excluded", "X01") if excluded else ("draft", ""))


@pytest.mark.django_db
def test_no_penalty_is_not_public() -> None:
    record = draft(decision(penalty_types=(), fine=None))
    assert (record.state, record.exclusion_code) == ("excluded", "X08")
    assert _entries() == ["disclosure.exclude"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "level", "until"),
    [
        ({}, "1", date(2026, 7, 8)),
        ({"fine": Decimal("3000.01")}, "2", date(2027, 4, 8)),
        ({"fine": Decimal("10000.00")}, "2", date(2027, 4, 8)),
        ({"penalty_types": ("07",), "fine": None, "licence_action": "道路运输证-220322001234"}, "3", date(2029, 4, 8)),
        ({"penalty_types": ("01",), "fine": None}, "1", date(2026, 7, 8)),
        ({"penalty_types": ("04",), "fine": None, "confiscated": Decimal(0)}, "2", date(2027, 4, 8)),
    ],
)
def test_class_and_period(changes: dict[str, Any], level: str, until: date) -> None:
    record = draft(decision(**changes))
    assert (record.credit_class, record.display_until) == (level, until)


@pytest.mark.django_db
def test_publishing_writes_everything_together() -> None:
    by = checker()
    record = _publish(BIG, by)
    delivery = Delivery.objects.get()
    assert (record.state, record.is_late, record.checked_by) == ("published", False, by)
    assert delivery.idem_key == f"{ORGAN_USCC}-CF-2026-000001:1:i"
    assert (delivery.state, delivery.give_up_on) == ("PENDING", date(2026, 4, 22))
    data = json.loads(bytes(delivery.body))["data"]
    assert data["public"]["party_display"] == record.party_display
    assert data["public"]["fact_display"] == record.content["facts"]
    assert data["public"]["public_url"].endswith(f"/penalties/{record.public_id}/")
    assert data["sgs"]["CF_NR_FK"] == "2"
    assert _entries() == ["disclosure.draft", "disclosure.publish"]
    assert journal.verify() == (2, None)


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["D001", "D002"])
def test_handler_may_not_check(number: str) -> None:
    record = draft(COMPANY)
    with pytest.raises(NotAllowed) as refused:
        publish(record_id=record.pk, version=1, facts=COMPANY, by=user(number, Role.DISCLOSURE_CHECKER))
    assert refused.value.reason == "separation"
    assert not Delivery.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.LEGAL_REVIEWER, Role.SYSTEM_ADMIN])
def test_only_the_checker_may_publish(role: Role) -> None:
    with pytest.raises(NotAllowed):
        _publish(COMPANY, user("X001", role))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "reason", "code"),
    [
        (date(2026, 4, 16), "", "serving.missing"),
        (date(2026, 4, 16), "多次送达没有成功", "serving.missing"),
        (LAST_DAY, "", "serving.reason"),
        (LAST_DAY, "  无 ", "serving.reason"),
        (LAST_DAY, "多次送达没有成功", ""),
        (LAST_DAY + timedelta(days=3), "多次送达没有成功", ""),
    ],
)
def test_unserved(today: date, reason: str, code: str) -> None:
    facts = decision(served_on=None)
    by = checker()
    with time_machine.travel(datetime(today.year, today.month, today.day, 4, tzinfo=UTC), tick=False):
        if not code:
            assert _publish(facts, by, reason=reason).is_late is (today > LAST_DAY)
            return
        with pytest.raises(Refused) as refused:
            _publish(facts, by, reason=reason)
    assert [r.code for r in refused.value.refusals] == [code]


@pytest.mark.django_db
def test_late_publication_is_marked() -> None:
    with time_machine.travel(datetime(2026, 4, 17, 16, 0, tzinfo=UTC), tick=False):  # midnight in Shanghai
        assert _publish(COMPANY, checker()).is_late
    with time_machine.travel(datetime(2026, 4, 17, 15, 59, tzinfo=UTC), tick=False):
        assert not _publish(PERSON, user("C002", Role.DISCLOSURE_CHECKER)).is_late


@pytest.mark.django_db
def test_stale_page_and_second_publication() -> None:
    by = checker()
    record = _publish(COMPANY, by)
    with pytest.raises(Conflict):
        publish(record_id=record.pk, version=1, facts=COMPANY, by=by)
    with pytest.raises(Refused, match="不用再审核"):
        publish(record_id=record.pk, version=record.version, facts=COMPANY, by=by)
    with pytest.raises(NotFound):
        publish(record_id=0, version=1, facts=COMPANY, by=by)
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_foreign_decision_and_changed_content_are_refused() -> None:
    record = draft(COMPANY)
    with pytest.raises(Refused) as refused:
        publish(record_id=record.pk, version=1, facts=decision(PERSON, served_on=None), by=checker())
    assert [r.code for r in refused.value.refusals] == ["record.other", "record.changed", "serving.missing"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    ["一年内第一次发生", "没有采取必要措施"],  # known values that the masking of the stored draft did not know
)
def test_leak_gate_blocks_and_says_where_not_what(value: str) -> None:
    record = draft(COMPANY)
    DisclosureRecord.objects.filter(pk=record.pk).update(content={**record.content, "tier": f"参照{value}"})
    with pytest.raises(Refused) as refused:
        publish(record_id=record.pk, version=1, facts=decision(other_values=(value,)), by=checker())
    leaks = [r for r in refused.value.refusals if r.code == "leak"]
    assert "tier" in [r.fix for r in leaks]
    assert all(value not in r.message for r in leaks)
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_exchange_rules_refuse_before_anything_is_written() -> None:
    facts = decision(BIG, party_person_name="", party_uscc="91220322MA0T0002X1")
    record = draft(facts)
    with pytest.raises(Refused) as refused:
        publish(record_id=record.pk, version=1, facts=facts, by=checker())
    assert [(r.code, r.fix) for r in refused.value.refusals] == [
        ("feed.v01", "party_uscc"),
        ("feed.v01", "party_uscc"),
        ("feed.v11", "party_person_name"),
    ]
    record.refresh_from_db()
    assert record.state == "draft"
    assert not RuiSeries.objects.exists()  # no number is consumed
    assert _entries() == ["disclosure.draft"]


@pytest.mark.django_db(transaction=True)
def test_two_publish_at_once_one_wins() -> None:
    facts = COMPANY
    record = draft(facts)
    people = [checker(), user("C002", Role.DISCLOSURE_CHECKER)]
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def act(by: Any) -> None:
        ready.wait()
        try:
            publish(record_id=record.pk, version=1, facts=facts, by=by)
            outcomes.append("published")
        except Conflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "published"]
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE disclosure_recordevent SET reason = ''", "DELETE FROM disclosure_recordevent"]
)
def test_history_cannot_be_changed(statement: str) -> None:
    draft(COMPANY)
    with (
        pytest.raises((InternalError, ProgrammingError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
def test_retry_needs_state_reason_and_role() -> None:
    by = checker()
    _publish(COMPANY, by)
    delivery = Delivery.objects.get()
    with pytest.raises(Refused) as refused:
        retry_delivery(delivery_id=delivery.pk, by=by, reason=" ")
    assert [r.code for r in refused.value.refusals] == ["delivery.state", "delivery.reason"]
    Delivery.objects.update(state="DEAD", attempts=9, last_code="E2001", next_at=None)
    with pytest.raises(NotAllowed):
        retry_delivery(delivery_id=delivery.pk, by=user("D009", Role.OFFICER), reason="平台已恢复")
    again = retry_delivery(delivery_id=delivery.pk, by=by, reason="平台已恢复")
    assert (again.state, again.attempts, bytes(again.body)) == ("PENDING", 0, bytes(delivery.body))
    assert _entries()[-1] == "delivery.retry"
    assert JournalEntry.objects.count() == 3


@pytest.mark.django_db
def test_refused_message_is_built_anew_and_a_rejected_one_gets_a_new_version() -> None:
    by = checker()
    _publish(BIG, by)
    Delivery.objects.update(state="FIX", last_code="E3002", next_at=None)
    mended = decision(BIG, party_person_name="周示例")
    same = retry_delivery(delivery_id=Delivery.objects.get().pk, by=by, reason="法定代表人已更正", facts=mended)
    assert json.loads(bytes(same.body))["data"]["sgs"]["CF_FRDB"] == "周示例"
    assert same.data_version == 1
    receipt = {"receipt_no": "HZ2026010100000000AA"}
    Delivery.objects.update(state="FIX", last_code="REJECTED", receipt=receipt, receipt_no=receipt["receipt_no"])
    newer = retry_delivery(delivery_id=same.pk, by=by, reason="已按退回意见更正", facts=mended)
    assert (newer.op, newer.data_version, newer.state) == ("u", 2, "PENDING")
    assert Delivery.objects.get(pk=same.pk).state == "SUPERSEDED"


@pytest.mark.django_db
def test_no_personal_value_of_a_person_in_the_record() -> None:
    record = draft(PERSON)
    shown = json.dumps(record.content, ensure_ascii=False) + record.search_text
    for value in (CARD, "孙虚构", "1990000", "199-0000", "吉C12345", "虚构路"):
        assert value not in shown
