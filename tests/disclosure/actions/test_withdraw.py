"""A published decision fell: its record goes in three working days, by another person, with a public reason."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.api import RulingFacts, decision_facts, rulings_to_withdraw
from cases.models import Deadline, Ruling
from disclosure import tasks
from disclosure.actions.ending import expire
from disclosure.actions.publish import publish
from disclosure.actions.withdraw import draft_withdrawal, standard_reason, withdraw
from disclosure.feed.client import FeedClient
from disclosure.models import Delivery, DisclosureRecord, Withdrawal
from disclosure.outbox.send import drain
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Conflict, NotAllowed, Refused
from lishu_law.law.limits import compute
from tests.cases.actions.remedy_scenes import CHANGED, end, lodge
from tests.cast import PASSWORD, Cast, make_cast
from tests.disclosure.exchange import Exchange
from tests.scenarios import Walk, case_at

REASON = "梨树县人民政府复议决定撤销了该行政处罚决定，现依法撤回公示信息。"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def walk(cast: Cast) -> Any:
    """A case whose decision is served, now."""
    found = case_at("decision_served", cast)
    with time_machine.travel(found.at + timedelta(hours=1), tick=False):
        yield found


def published(walk: Walk) -> DisclosureRecord:
    tasks.draft_new_decisions()
    record = DisclosureRecord.objects.get(decision_id=walk.case.decision.pk)
    facts = decision_facts(walk.case.decision.pk)
    return publish(record_id=record.pk, version=record.version, facts=facts, by=walk.cast.checker)


def fallen(walk: Walk, outcome: str = "revoked", **changes: Any) -> DisclosureRecord:
    """Published, then ruled upon, and taken in by the worker."""
    record = published(walk)
    walk.at = clock.now()
    end(walk, lodge(walk), outcome, **changes)
    tasks.draft_withdrawals()
    record.refresh_from_db()
    return record


def take_down(walk: Walk, record: DisclosureRecord, **changes: Any) -> DisclosureRecord:
    facts = decision_facts(record.decision_id or 0)
    data = {"record_id": record.pk, "version": record.version, "by": walk.cast.checker, "reason": REASON, **changes}
    return withdraw(facts=facts, **data)


def test_the_ruling_is_taken_in_once_with_its_deadline(walk: Walk) -> None:
    record = fallen(walk)
    wanted = Withdrawal.objects.get(record=record)
    ruling = Ruling.objects.get()
    assert (wanted.reason_code, wanted.basis_no) == ("W2", "梨府复决〔2026〕3号")
    assert wanted.due == compute("pub-withdraw-3d", ruling.effective_on).due
    assert len(wanted.reason) >= 20
    assert tasks.draft_withdrawals() == 1
    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize(("effect", "code"), [
    ("changed", "W1"), ("revoked", "W2"), ("remade", "W2"), ("unlawful", "W3"), ("void", "W4"),
])  # fmt: skip
def test_every_ruling_has_its_reason_code(walk: Walk, effect: str, code: str) -> None:
    more = {"changed": {"new_amount": CHANGED}, "remade": {"back_to": "P03"}}.get(effect, {})
    fallen(walk, effect, **more)
    assert Withdrawal.objects.get().reason_code == code


def test_withdrawing_ends_the_clock_and_tells_the_exchange_in_one_act(walk: Walk) -> None:
    record = fallen(walk)
    done = take_down(walk, record)
    assert (done.state, done.withdrawn_on, done.withdrawal_reason) == ("withdrawn", clock.today(), REASON)
    assert Ruling.objects.get().withdrawn_on == clock.today()
    assert Deadline.objects.get(code="pub-withdraw-3d").state == "met"
    message = Delivery.objects.get(op="w")
    assert (message.data_version, message.idem_key) == (2, f"{message.rui}:2:w")
    sent = json.loads(bytes(message.body))
    assert (sent["kind"], sent["cd_operation"], sent["data"]["reason_code"]) == ("withdrawal", "i", "W2")
    assert sent["data"]["reason_public"] == REASON
    assert JournalEntry.objects.latest("seq").action == "disclosure.withdraw"


def test_the_public_page_becomes_a_notice_without_party_or_facts(walk: Walk, client: Client) -> None:
    record = fallen(walk)
    take_down(walk, record)
    page = client.get(f"/penalties/{record.public_id}/")
    text = page.content.decode()
    assert page.status_code == 410
    assert REASON in text
    assert record.number in text
    assert record.party_display not in text
    assert client.get(f"/penalties/{record.public_id}.json").status_code == 410


def test_a_changed_decision_is_published_anew_and_both_pages_link(walk: Walk, client: Client) -> None:
    record = fallen(walk, "changed", new_amount=CHANGED)
    anew = published(walk)
    take_down(walk, record)
    assert anew.content["fine"] == "400.00"
    assert anew.public_id in client.get(f"/penalties/{record.public_id}/").content.decode()
    assert record.public_id in client.get(f"/penalties/{anew.public_id}/").content.decode()
    body = json.loads(bytes(Delivery.objects.get(op="w").body))
    assert body["data"]["replaced_by"] == Delivery.objects.get(record=anew, op="i").rui


@pytest.mark.parametrize("who", ["lead", "reviewer", "archivist"])
def test_neither_handlers_nor_who_brought_the_ruling_withdraw(walk: Walk, who: str) -> None:
    record = fallen(walk)
    person = getattr(walk.cast, who)
    person.roles = ["disclosure_checker"]
    person.save(update_fields=["roles"])
    if who == "archivist":
        assert take_down(walk, record, by=person).state == "withdrawn"
        return
    with pytest.raises(NotAllowed):
        take_down(walk, record, by=person)


@pytest.mark.parametrize(("reason", "code"), [
    ("撤" * 19, "pub-withdraw-3d"), ("撤" * 20, ""), ("撤" * 500, ""), ("撤" * 501, "pub-withdraw-3d"),
    (f"{REASON}涉及吉C12345。", "leak"), (f"{REASON}请致电13912345678。", "leak"), (f"{REASON}驾驶人示例司机。", "leak"),
])  # fmt: skip
def test_the_reason_is_public_and_says_nothing_personal(walk: Walk, reason: str, code: str) -> None:
    record = fallen(walk)
    if not code:
        assert take_down(walk, record, reason=reason).state == "withdrawn"
        return
    with pytest.raises(Refused) as refused:
        take_down(walk, record, reason=reason)
    assert [one.code for one in refused.value.refusals] == [code]


def test_a_record_whose_decision_stands_is_not_withdrawn(walk: Walk) -> None:
    with pytest.raises(Refused) as refused:
        take_down(walk, published(walk))
    assert [one.code for one in refused.value.refusals] == ["record.state"]


def test_a_stale_page_withdraws_nothing(walk: Walk) -> None:
    record = fallen(walk)
    with pytest.raises(Conflict):
        take_down(walk, record, version=record.version - 1)


def test_a_draft_of_a_fallen_decision_is_never_published(walk: Walk, client: Client) -> None:
    tasks.draft_new_decisions()
    decision_id = walk.case.decision.pk
    walk.at = clock.now()
    end(walk, lodge(walk), "revoked")
    record = DisclosureRecord.objects.get()
    with pytest.raises(Refused, match="已被撤销，不能再公示"):
        publish(record_id=record.pk, version=record.version, facts=decision_facts(decision_id), by=walk.cast.checker)
    assert tasks.draft_withdrawals() == 0
    record.refresh_from_db()
    assert (record.state, Ruling.objects.get().withdrawn_on) == ("withdrawn", clock.today())
    assert client.get(f"/penalties/{record.public_id}/").status_code == 404
    assert not Delivery.objects.exists()


def test_a_ruling_without_a_record_waits_for_its_draft(walk: Walk) -> None:
    walk.at = clock.now()
    end(walk, lodge(walk), "revoked")
    assert draft_withdrawal(rulings_to_withdraw()[0]) is None
    assert Ruling.objects.get().withdrawn_on is None


def test_the_exchange_is_told_of_a_ruling_on_a_record_whose_display_is_over(walk: Walk) -> None:
    record = published(walk)
    DisclosureRecord.objects.filter(pk=record.pk).update(display_until=clock.today() - timedelta(days=1))
    assert expire(record_id=record.pk) is not None
    walk.at = clock.now()
    end(walk, lodge(walk), "revoked")
    assert tasks.draft_withdrawals() == 1
    record.refresh_from_db()
    done = take_down(walk, record)
    assert (done.state, done.withdrawn_on, Ruling.objects.get().withdrawn_on) == (
        "expired", clock.today(), clock.today(),
    )  # fmt: skip
    assert json.loads(bytes(Delivery.objects.get(op="w").body))["data"]["reason_code"] == "W2"
    assert tasks.draft_withdrawals() == 0


def test_an_expired_record_that_was_never_sent_asks_nobody(walk: Walk) -> None:
    record = published(walk)
    Delivery.objects.all().delete()
    DisclosureRecord.objects.filter(pk=record.pk).update(display_until=clock.today() - timedelta(days=1))
    expire(record_id=record.pk)
    walk.at = clock.now()
    end(walk, lodge(walk), "revoked")
    assert tasks.draft_withdrawals() == 0
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (1, True)])
def test_the_last_day_and_the_day_after(walk: Walk, days: int, is_late: bool) -> None:
    record = fallen(walk)
    due = Withdrawal.objects.get().due
    at = datetime(due.year, due.month, due.day, 2, tzinfo=UTC) + timedelta(days=days)
    with time_machine.travel(at, tick=False):
        take_down(walk, record)
    assert Deadline.objects.get(code="pub-withdraw-3d").state == ("met_late" if is_late else "met")


def test_reasons_in_the_words_of_each_source() -> None:
    facts = RulingFacts(
        1,
        1,
        "revoke",
        "self",
        "梨树县交通运输局",
        "吉梨交撤〔2026〕0001号",
        date(2026, 5, 5),
        date(2026, 5, 8),
        None,
        "T1",
    )
    assert standard_reason(facts) == (
        "梨树县交通运输局依法自行纠正的决定（吉梨交撤〔2026〕0001号）撤销了该行政处罚决定，现依法撤回公示信息。"
    )


def test_the_exchange_takes_the_withdrawal(exchange: Exchange, cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    record = fallen(walk)
    take_down(walk, record)
    with FeedClient() as feed:
        drain(feed)
    assert sorted(Delivery.objects.values_list("op", "state")) == [("i", "SENT"), ("w", "SENT")]


def test_the_withdraw_page_opens_for_the_checker_only(walk: Walk, client: Client) -> None:
    record = fallen(walk)
    url = f"/disclosure/{record.public_id}/withdraw/"
    client.force_login(walk.cast.lead)
    assert client.get(url).status_code == 403
    client.force_login(walk.cast.checker)
    page = client.get(url).content.decode()
    assert "不能恢复" in page
    assert record.number in client.get("/disclosure/?state=published").content.decode()
    assert "撤回公示" in client.get(reverse("desk")).content.decode()
    typed = {"reason": REASON, "password": "wrong", "version": record.version, "op_id": "w1"}
    assert "口令不对" in client.post(url, typed).content.decode()
    assert client.post(url, {**typed, "password": PASSWORD}).status_code == 303
    record.refresh_from_db()
    assert record.state == "withdrawn"
