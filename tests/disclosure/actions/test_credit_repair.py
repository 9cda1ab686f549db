"""Credit repair and the channels: who is shown where and until when, and what ends early by whose decision."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from cases.api import DecisionFacts
from disclosure.actions.credit_repair import (
    NewRepair,
    RepairDecision,
    checks_of,
    decide_repair,
    register_repair,
)
from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.credit import CreditClass, credit_until, least_shown_until
from disclosure.models import CreditRepair, Delivery, DisclosureRecord, RecordChannel, RegisterLeaf
from disclosure.queries.requests import channel_rows
from lishu_law.errors import NotAllowed, Refused
from lishu_law.registry.roles import Role
from tests.disclosure.facts import BIG, COMPANY, PERSON, checker, decision, user

START = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
LEAST = date(2026, 7, 8)  # three months after the decision of 2026-04-08
PAID = decision(
    BIG, decision_id=4, number="吉梨交罚〔2026〕0004号", paid_amount=Decimal("20000.00"), closed_on=date(2026, 6, 1),
    closing_kind="performed",
)  # fmt: skip
AGREE = RepairDecision(agree=True, reasons="条件全部符合，同意修复。")


def at(day: date) -> Any:
    return time_machine.travel(datetime(day.year, day.month, day.day, 2, tzinfo=UTC), tick=False)


def published(facts: DecisionFacts = PAID) -> DisclosureRecord:
    with time_machine.travel(START, tick=False):
        record = draft(facts)
        return publish(record_id=record.pk, version=record.version, facts=facts, by=checker())


def applied(
    record: DisclosureRecord, day: date, by: Any, *, number: str = "XF-1", promised: bool = True
) -> CreditRepair:
    said = NewRepair(number, day, day, "缴款凭证、整改材料。", promised)
    return register_repair(record_id=record.pk, version=record.version, by=by, said=said)


def decided(
    repair: CreditRepair, by: Any, decision: RepairDecision = AGREE, facts: DecisionFacts | None = PAID
) -> CreditRepair:
    version = DisclosureRecord.objects.get().version
    return decide_repair(repair_id=repair.pk, version=version, facts=facts, by=by, decision=decision)


@pytest.mark.law
@pytest.mark.parametrize(("level", "decided_on", "today", "until"), [
    (CreditClass.MINOR, date(2026, 4, 8), date(2026, 4, 8), None),
    (CreditClass.ORDINARY, date(2026, 4, 1), date(2026, 4, 1), date(2027, 4, 1)),
    (CreditClass.ORDINARY, date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31)),
    (CreditClass.SERIOUS, date(2026, 4, 8), date(2026, 4, 8), date(2029, 4, 8)),
    (CreditClass.SERIOUS, date(2016, 4, 8), date(2026, 4, 8), date(2019, 4, 8)),  # older than all rules
])  # fmt: skip
def test_the_last_day_of_the_credit_display(
    level: CreditClass, decided_on: date, today: date, until: date | None
) -> None:
    assert credit_until(level, decided_on, today) == until


@pytest.mark.law
def test_the_shortest_display_follows_the_rules_in_force() -> None:
    assert least_shown_until(CreditClass.ORDINARY, date(2026, 4, 8), date(2026, 4, 8)) == LEAST
    assert least_shown_until(CreditClass.SERIOUS, date(2026, 4, 8), date(2026, 4, 8)) == date(2027, 4, 8)


@pytest.mark.django_db
@pytest.mark.parametrize(("facts", "states"), [
    (PAID, {"SITE": "shown", "SUPERVISION": "shown", "CREDIT": "shown"}),
    (COMPANY, {"SITE": "shown", "SUPERVISION": "shown", "CREDIT": "omitted"}),  # 轻微, X07
    (decision(PERSON, fine=Decimal(5000)), {"SITE": "shown", "SUPERVISION": "shown", "CREDIT": "omitted"}),
])  # fmt: skip
def test_each_channel_has_its_own_state(facts: DecisionFacts, states: dict[str, str]) -> None:
    record = published(facts)
    assert {row.channel: row.state for row in RecordChannel.objects.filter(record=record)} == states
    body = json.loads(bytes(Delivery.objects.get(op="i").body))["data"]
    assert ("sgs" in body) is (states["CREDIT"] == "shown")
    site = RecordChannel.objects.get(record=record, channel="SITE")
    assert site.until == record.display_until
    words = {row.channel.channel: row.word for row in channel_rows(record, date(2040, 1, 1))}
    assert words["SITE"] == "公示期满"
    assert words["SUPERVISION"] == "公示中"


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "is_refused"), [(LEAST, True), (date(2026, 7, 9), False)])
def test_only_after_the_shortest_display(day: date, *, is_refused: bool) -> None:
    record = published()
    with at(day):
        repair = applied(record, day, user("C003", Role.DISCLOSURE_CHECKER))
        by = user("C004", Role.DISCLOSURE_CHECKER)
        if is_refused:
            with pytest.raises(Refused, match="最短公示期已经届满"):
                decided(repair, by)
        else:
            assert decided(repair, by).outcome == "agreed"


@pytest.mark.django_db
def test_agreed_the_displays_end_and_the_exchange_is_told_of_each() -> None:
    record, day = published(), date(2026, 7, 9)
    first, other = user("C003", Role.DISCLOSURE_CHECKER), user("C004", Role.DISCLOSURE_CHECKER)
    with at(day):
        repair = applied(record, day, first)
        with pytest.raises(NotAllowed):
            decided(repair, first)
        done = decided(repair, other)
    record.refresh_from_db()
    assert [word for _title, _found, word in done.checks] == ["符合"] * 7
    assert (record.state, record.display_until) == ("published", day)  # the page ends at midnight by itself
    rows = {row.channel: row for row in RecordChannel.objects.filter(record=record)}
    assert (rows["CREDIT"].state, rows["CREDIT"].ended_because, rows["CREDIT"].ended_on) == ("ended", "repair", day)
    assert (rows["SITE"].until, rows["SUPERVISION"].state) == (day, "shown")
    told = [json.loads(bytes(row.body))["data"] for row in Delivery.objects.filter(op="w").order_by("data_version")]
    assert [(one["reason_code"], one["scope"]) for one in told] == [("W5", "credit"), ("W5", "public")]
    assert list(RegisterLeaf.objects.values_list("ev", flat=True)) == ["publish", "correct"]
    assert record.corrections == ["2026-07-09 公示截止日调整为2026-07-09：依法信用修复"]


@pytest.mark.django_db
@pytest.mark.parametrize(("changes", "promised", "text"), [
    ({"paid_amount": Decimal("19999.99"), "closed_on": None}, True, "罚款和没收款已经缴清"),
    ({"closed_on": None}, True, "系统没有数据"),
    ({"closing_kind": "court_accepted"}, True, "没有缴清"), ({"closing_kind": "unenforceable"}, True, "没有缴清"),
    ({"closing_kind": "unenforceable", "fine": None}, True, "系统没有数据"),
    ({"fallen_because": "撤销"}, True, "没有撤回事项"),
    ({}, False, "已提交信用承诺"),
])  # fmt: skip
def test_what_stands_against_it_is_said(changes: dict[str, Any], text: str, *, promised: bool) -> None:
    facts, day = decision(PAID, **changes), date(2026, 7, 9)
    record = published(PAID)
    with at(day):
        repair = applied(record, day, user("C003", Role.DISCLOSURE_CHECKER), promised=promised)
        with pytest.raises(Refused, match=text):
            decided(repair, user("C004", Role.DISCLOSURE_CHECKER), facts=facts)


@pytest.mark.django_db
def test_false_material_is_remembered_and_bars_the_next_application() -> None:
    record, day = published(), date(2026, 7, 9)
    first, other = user("C003", Role.DISCLOSURE_CHECKER), user("C004", Role.DISCLOSURE_CHECKER)
    with at(day):
        refused = RepairDecision(agree=False, reasons="缴款凭证是伪造的。", is_false=True)
        assert decided(applied(record, day, first), other, refused).barred_until == date(2027, 7, 9)
        again = applied(record, day, first, number="XF-2")
        assert [one.title for one in checks_of(again, PAID, day) if one.is_met is False] == ["没有被限制申请"]
    facts = decision(PAID, decision_id=5, number="吉梨交罚〔2026〕0005号")  # another decision on the same party
    with time_machine.travel(START, tick=False):
        made = draft(facts)
        sibling = publish(record_id=made.pk, version=made.version, facts=facts, by=other)
    with at(day):
        third = applied(sibling, day, first, number="XF-3")
        assert [one.title for one in checks_of(third, facts, day) if one.is_met is False] == ["没有被限制申请"]


@pytest.mark.django_db
def test_nothing_to_repair_where_no_credit_display_is() -> None:
    record = published(COMPANY)
    with at(date(2026, 7, 9)), pytest.raises(Refused, match="没有信用公示"):
        applied(record, date(2026, 7, 9), user("C003", Role.DISCLOSURE_CHECKER))
