"""A second person does not agree to a withdrawal: the record stays public, both are told, the days of a fallen decision go on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from disclosure.actions.credit_repair import _is_falling
from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.actions.refusing import WithdrawalRefusal, refuse_withdrawal
from disclosure.actions.withdraw import WantedWithdrawal, propose_withdrawal, withdraw
from disclosure.models import DisclosureRecord, RegisterLeaf, Withdrawal
from disclosure.queries.requests import requests_of
from disclosure.queries.requests_waiting import requests_waiting, still_due
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.desk.models import Message
from lishu_law.desk.tasks import tell_refusals
from lishu_law.errors import Conflict, NotAllowed, Refused
from lishu_law.law.lights import LightState
from lishu_law.registry.roles import Role
from tests.disclosure.facts import COMPANY, checker, decision, user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)  # a Monday
EARLIER = decision(COMPANY, decision_id=None)
DUE = date(2026, 4, 16)
REASON = "梨树县人民法院判决撤销了该行政处罚决定，现依法撤回公示信息。"
WHY = "附的判决书文号与法院送达的不一致，请核对后重新提请。"
RULED = WantedWithdrawal("W2", date(2026, 4, 13), "示例行终字第1号", REASON)
OTHER = WantedWithdrawal("W9", date(2026, 4, 13), "核查记录", "经核实，该信息依法不应当公示，现依法撤回公示信息。")


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def record() -> DisclosureRecord:
    """Of an earlier decision: there a person may ask for what a ruling says."""
    made = draft(EARLIER)
    return publish(record_id=made.pk, version=made.version, facts=EARLIER, by=checker())


@pytest.fixture
def first() -> Any:
    return user("C002", Role.DISCLOSURE_CHECKER)


@pytest.fixture
def second() -> Any:
    return user("C003", Role.DISCLOSURE_CHECKER)


def ask(record: DisclosureRecord, by: Any, wanted: WantedWithdrawal = RULED) -> Withdrawal:
    return propose_withdrawal(record_id=record.pk, version=record.version, facts=None, by=by, wanted=wanted)


def refuse(record: DisclosureRecord, by: Any, *, has_fallen: bool | None = True, reason: str = WHY) -> Withdrawal:
    said = WithdrawalRefusal(reason, has_fallen)
    return refuse_withdrawal(record_id=record.pk, version=record.version, facts=None, by=by, said=said)


def test_refused_though_it_fell_the_record_stays_and_its_days_go_on(
    record: DisclosureRecord, first: Any, second: Any
) -> None:
    asked = ask(record, first)
    assert [one.title for one in requests_waiting(clock.today())] == ["撤回公示"]
    made = refuse(record, second)
    record.refresh_from_db()
    assert (record.state, made.refusal, made.is_still_due, made.done_by) == ("published", WHY, True, second)
    assert list(RegisterLeaf.objects.values_list("ev", flat=True)) == ["publish"]
    entry = JournalEntry.objects.latest("seq")
    assert entry.action == "disclosure.refuse_withdrawal"
    assert record.events.order_by("-id")[0].kind == "refuse_withdrawal"
    (waiting,) = requests_waiting(date(2026, 4, 17))
    assert (waiting.title, waiting.action, waiting.due) == ("重新提请撤回", "disclosure.propose_withdrawal", DUE)
    assert waiting.light.state == LightState.OVERDUE
    assert asked.due == DUE
    found = next(one for one in requests_of(record, date(2026, 4, 17)) if one.title == "提请撤回")
    assert ("撤回期限", "没有停，2026-04-16 前仍应当撤回") in found.lines


def test_both_are_told_once_and_nothing_personal_goes_out(record: DisclosureRecord, first: Any, second: Any) -> None:
    ask(record, first)
    refuse(record, second, reason="当事人赵示例没有收到判决书。")
    tell_refusals()
    tell_refusals()
    rows = Message.objects.filter(kind="refused")
    assert {row.user for row in rows} == {first, second}
    assert len(rows) == 2
    assert all(row.about == record.public_id and "赵示例" not in row.text and "2026-04-16" in row.text for row in rows)
    first.refresh_from_db()
    assert first.unread_messages == 1


def test_it_may_be_asked_anew_with_the_same_last_day_and_then_withdrawn(
    record: DisclosureRecord, first: Any, second: Any
) -> None:
    ask(record, first)
    refuse(record, second)
    with time_machine.travel(datetime(2026, 4, 15, 2, tzinfo=UTC), tick=False):
        again = ask(record, first)
        assert again.due == DUE
        assert still_due(record) is None
        assert [one.title for one in requests_waiting(clock.today())] == ["撤回公示"]
        done = withdraw(record_id=record.pk, version=record.version, facts=None, by=second, reason=REASON)
    assert done.state == "withdrawn"
    assert requests_waiting(clock.today()) == []
    assert [row.refusal for row in Withdrawal.objects.order_by("pk")] == [WHY, ""]


@pytest.mark.parametrize(("wanted", "has_fallen"), [(RULED, False), (OTHER, None)])
def test_where_it_did_not_fall_nothing_waits_any_more(
    record: DisclosureRecord, first: Any, second: Any, wanted: WantedWithdrawal, *, has_fallen: bool | None
) -> None:
    ask(record, first, wanted)
    assert refuse(record, second, has_fallen=has_fallen).is_still_due is False
    assert requests_waiting(date(2026, 5, 1)) == []
    assert ask(record, first, wanted).refusal == ""


def test_asked_anew_and_found_not_fallen_the_earlier_duty_ends(
    record: DisclosureRecord, first: Any, second: Any
) -> None:
    ask(record, first)
    earlier = refuse(record, second, has_fallen=True)
    ask(record, first)
    refuse(record, second, has_fallen=False)
    earlier.refresh_from_db()
    assert earlier.is_still_due is False
    assert still_due(record) is None
    assert requests_waiting(date(2026, 5, 1)) == []
    assert _is_falling(record) is False, "a credit repair is not held up for ever"


def test_a_refused_request_for_another_reason_leaves_the_duty(
    record: DisclosureRecord, first: Any, second: Any
) -> None:
    ask(record, first)
    earlier = refuse(record, second, has_fallen=True)
    ask(record, first, OTHER)
    refuse(record, second, has_fallen=None)
    assert still_due(record) == earlier
    (waiting,) = requests_waiting(date(2026, 4, 17))
    assert (waiting.kind, waiting.due, waiting.light.state) == ("ask_again", DUE, LightState.OVERDUE)
    assert _is_falling(record) is True


def test_who_asked_and_who_handled_the_case_refuse_nothing(record: DisclosureRecord, first: Any) -> None:
    ask(record, first)
    for person in (first, user("D001", Role.DISCLOSURE_CHECKER), user("F001", Role.LEGAL_REVIEWER)):
        with pytest.raises(NotAllowed):
            refuse(record, person)
    assert Withdrawal.objects.get().refusal == ""


@pytest.mark.parametrize(("changes", "code"), [
    ({"reason": "不"}, "withdrawal.refusal"), ({"reason": " " * 9}, "withdrawal.refusal"),
    ({"reason": "错" * 501}, "withdrawal.refusal"), ({"has_fallen": None}, "withdrawal.fallen"),
])  # fmt: skip
def test_a_refusal_says_why_and_whether_the_decision_fell(
    record: DisclosureRecord, first: Any, second: Any, changes: dict[str, Any], code: str
) -> None:
    ask(record, first)
    with pytest.raises(Refused) as refused:
        refuse(record, second, **changes)
    assert [one.code for one in refused.value.refusals] == [code]


def test_what_a_ruling_asks_is_not_refused_and_what_is_decided_is_not_decided_again(
    record: DisclosureRecord, first: Any, second: Any
) -> None:
    asked = ask(record, first)
    Withdrawal.objects.filter(pk=asked.pk).update(ruling_id=7)
    with pytest.raises(Refused, match="不能不同意"):
        refuse(record, second)
    Withdrawal.objects.filter(pk=asked.pk).update(ruling_id=None)
    refuse(record, second)
    with pytest.raises(Conflict):
        refuse(record, second)
    with pytest.raises(Refused, match="没有等待撤回的事项"):
        withdraw(record_id=record.pk, version=record.version, facts=None, by=second, reason=REASON)


def test_the_database_keeps_one_request_in_force(record: DisclosureRecord, first: Any) -> None:
    asked = ask(record, first)
    asked.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save()


def test_the_page_of_the_second_person(client: Client, record: DisclosureRecord, first: Any, second: Any) -> None:
    base = f"/disclosure/{record.public_id}/"
    client.force_login(second)
    assert client.get(f"{base}withdraw/refuse/").status_code == 404
    ask(record, first)
    assert "不同意撤回" in client.get(base).content.decode()
    assert f"{base}withdraw/refuse/" in client.get(f"{base}withdraw/").content.decode()
    typed = {"refusal": WHY, "version": record.version, "op_id": "r1"}
    wrong = client.post(f"{base}withdraw/refuse/", typed)
    assert wrong.status_code == 422
    assert WHY in wrong.content.decode()
    assert "是不是确实已撤销" in wrong.content.decode()
    assert client.post(f"{base}withdraw/refuse/", {**typed, "has_fallen": "yes"}).status_code == 303
    page = client.get(base).content.decode()
    assert "期限没有停" in page
    assert WHY in page
    client.force_login(first)
    again = client.get(f"{base}withdraw/ask/").content.decode()
    assert WHY in again
    assert "示例行终字第1号" in again  # put right, not typed anew
    assert "重新提请撤回" in client.get("/disclosure/").content.decode()
