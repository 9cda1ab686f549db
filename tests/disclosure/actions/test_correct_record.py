"""A published record says something wrong: two persons correct it, and every form of it says the new words at once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.actions import correction as case_correction
from cases.api import DecisionFacts, decision_facts
from disclosure import tasks
from disclosure.actions.correct import WantedCorrection, correction_due, decide_correction, propose_correction
from disclosure.actions.draft import draft
from disclosure.actions.publish import publish
from disclosure.correcting import Change, sums_in
from disclosure.feed.client import FeedClient
from disclosure.models import Delivery, DisclosureRecord, RecordChannel, RecordCorrection, RegisterContent, RegisterLeaf
from disclosure.outbox.send import drain
from disclosure.queries.ledger_check import verify
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Conflict, NotAllowed, Refused
from lishu_law.registry.roles import Role
from tests.branch_scenes import decide, endorse
from tests.cast import make_cast
from tests.disclosure.exchange import Exchange
from tests.disclosure.facts import BIG, COMPANY, PERSON, checker, decision, user
from tests.disclosure.register import scenes
from tests.scenarios import case_at, last_document

pytestmark = pytest.mark.django_db
WITHIN = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
WRONG = Change("place", "G303国道", "G230国道")
WANTED = WantedCorrection((WRONG,), "地点录入有误。", "当事人来电，核对了现场笔录。")


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(WITHIN, tick=False):
        yield


def published(facts: DecisionFacts = COMPANY) -> DisclosureRecord:
    record = draft(facts)
    return publish(record_id=record.pk, version=record.version, facts=facts, by=checker())


def ask(record: DisclosureRecord, by: Any, wanted: WantedCorrection = WANTED, facts: Any = COMPANY) -> RecordCorrection:
    return propose_correction(record_id=record.pk, version=record.version, facts=facts, by=by, wanted=wanted)


def settle(record: DisclosureRecord, by: Any, *, agree: bool = True, facts: Any = COMPANY, opinion: str = "") -> None:
    record.refresh_from_db()
    decide_correction(
        record_id=record.pk, version=record.version, facts=facts, by=by, agree=agree, opinion=opinion
    )  # fmt: skip
    record.refresh_from_db()


def second() -> Any:
    return user("C002", Role.DISCLOSURE_CHECKER)


def test_a_correction_reaches_every_public_form_and_the_exchange(client: Client, settings: Any, tmp_path: Path) -> None:
    scenes.use_key(settings, tmp_path / "kept")
    record = published()
    first = user("C003", Role.DISCLOSURE_CHECKER)
    asked = ask(record, first)
    with pytest.raises(NotAllowed):
        settle(record, first)
    with time_machine.travel(WITHIN + timedelta(minutes=5), tick=False):
        settle(record, second())
        tasks.make_checkpoint()
        page = client.get(f"/penalties/{record.public_id}/").content.decode()
        twin = client.get(f"/penalties/{record.public_id}.json").json()
        table = b"".join(client.get("/penalties.csv").streaming_content).decode()  # type: ignore[attr-defined]
        atom = client.get("/penalties/atom.xml").content.decode()
    note = "2026-04-13 更正地点：地点录入有误。"
    assert record.content["place"] == "G230国道"
    assert "G230国道" in page
    assert f'<span data-field="corrections">{note}</span>' in page
    assert (twin["content"]["place"], twin["content"]["corrections"]) == ("G230国道", [note])
    assert (twin["register"]["ev"], twin["register"]["ver"], twin["content"]["version"]) == ("correct", 2, 2)
    assert "G230国道" in table
    assert note in table
    assert "<updated>2026-04-13T10:05:00+08:00</updated>" in atom
    assert list(RegisterLeaf.objects.exclude(ev="anchor").values_list("ev", flat=True)) == ["publish", "correct"]
    assert RegisterContent.objects.filter(leaf__rid=record.public_id).count() == 2  # the old version is kept
    update = Delivery.objects.get(op="u")
    sent = json.loads(bytes(update.body))
    assert (update.data_version, sent["cd_operation"], sent["data_version"]) == (2, "u", 2)
    assert JournalEntry.objects.filter(action="disclosure.correct").count() == 1
    assert asked.due == correction_due(WITHIN.date())
    assert verify(pages=True).faults == []


@pytest.mark.parametrize(("wanted", "codes"), [
    (replace(WANTED, changes=(Change("place", "G999", "G1"),)), ["correction.wrong"]),
    (replace(WANTED, changes=(Change("place", "G303国道", "G303国道"),)), ["correction.right"]),
    (replace(WANTED, changes=(Change("result", "壹仟元", "玖佰元"),)), ["correction.money"]),
    (replace(WANTED, changes=(Change("result", "壹仟", "壹佰"),)), ["correction.money"]),
    (replace(WANTED, changes=(Change("fine", "1000.00", "900.00"),)), ["correction.field"]),
    (replace(WANTED, changes=(Change("facts", "涉案车辆", "一辆"),)), ["correction.masked"]),
    (replace(WANTED, changes=(Change("facts", "碎砖", "碎砖，电话13912345678"),)), ["leak"]),
    (replace(WANTED, changes=(Change("facts", "碎砖", "吉C54321号货车的碎砖"),)), ["leak"]),
    (replace(WANTED, note="现场电话13912345678录错"), ["leak"]),
    (replace(WANTED, changes=()), ["correction.same"]),
    (replace(WANTED, note="误写"), ["correction.note"]),
    (replace(WANTED, note="驾驶人钱演示的车录错"), ["leak"]),
    (replace(WANTED, reason=""), ["correction.reason"]),
])  # fmt: skip
def test_what_is_no_correction(wanted: WantedCorrection, codes: list[str]) -> None:
    record = published()
    with pytest.raises(Refused) as refused:
        ask(record, second(), wanted)
    assert sorted({one.code for one in refused.value.refusals} - {"correction.same"} or ["correction.same"]) == codes


def test_the_name_of_a_person_is_made_by_masking_only() -> None:
    record = published(PERSON)
    with pytest.raises(Refused, match="由系统遮盖生成"):
        ask(record, second(), replace(WANTED, changes=(Change("party", "孙**", "孙虚构"),)), PERSON)


@pytest.mark.parametrize(("text", "sums"), [
    ("罚款人民币2,000.00元整", ["2000"]), ("罚款２０００ 元", ["2000"]), ("贰仟元伍角", ["贰仟伍角"]), ("罚款2000", ["2000"]),
    ("处1万5千元，没收¥300", ["1万5千", "300"]), ("2026年3月2日载运碎砖30吨", []),
])  # fmt: skip
def test_the_sums_of_a_text(text: str, sums: list[str]) -> None:
    assert sums_in(text) == sums


@pytest.mark.parametrize(("text", "made"), [("G303国道", "G303国道北段"), ("G303国道北段", "G303国道北段")])
def test_a_change_made_twice_is_made_once(text: str, made: str) -> None:
    assert Change("place", "G303国道", "G303国道北段").made_in(text) == made


def test_a_correction_that_would_name_a_person_is_not_made() -> None:
    record = published()
    by = second()
    wanted = replace(WANTED, changes=(Change("discretion", "按一般档次处罚", "钱演示按一般档次处罚"),))
    with pytest.raises(Refused, match="有个人信息"):
        ask(record, by, wanted)
    ask(record, by, wanted, facts=replace(COMPANY, other_people=()))  # the case does not know him yet
    with pytest.raises(Refused) as refused:
        settle(record, checker_two := user("C009", Role.DISCLOSURE_CHECKER))
    assert {one.code for one in refused.value.refusals} == {"leak"}
    settle(record, checker_two, agree=False, opinion="会公开他人姓名，不能这样更正。")
    assert record.content["discretion"] == COMPANY.discretion_text
    assert RegisterLeaf.objects.count() == 1
    assert RecordCorrection.objects.get().outcome == "refused"


def test_one_at_a_time_and_a_stale_page_corrects_nothing() -> None:
    record = published()
    by = second()
    ask(record, by)
    with pytest.raises(Refused, match="已经有一项更正"):
        ask(record, by)
    with pytest.raises(Conflict):
        decide_correction(record_id=record.pk, version=record.version - 1, facts=COMPANY, by=by, agree=True, opinion="")


def test_a_second_correction_keeps_the_first_and_overtakes_its_message() -> None:
    record = published()
    first, other = second(), user("C009", Role.DISCLOSURE_CHECKER)
    ask(record, first)
    settle(record, other)
    ask(record, other, replace(WANTED, changes=(Change("facts", "碎砖", "砂石"),), note="货物名称录入有误。"))
    settle(record, first)
    assert record.content["place"] == "G230国道"
    assert len(record.corrections) == 2
    assert sorted(Delivery.objects.values_list("data_version", "state")) == [
        (1, "PENDING"), (2, "SUPERSEDED"), (3, "PENDING"),
    ]  # fmt: skip
    assert "运输砂石" in json.loads(bytes(Delivery.objects.get(data_version=3).body))["data"]["illegal_fact"]


def test_the_exchange_takes_the_correction(exchange: Exchange) -> None:
    facts = decision(BIG, decision_id=4, number="吉梨交罚〔2026〕0004号")
    record = published(facts)
    ask(record, second(), facts=facts)
    settle(record, user("C009", Role.DISCLOSURE_CHECKER), facts=facts)
    with FeedClient() as feed:
        drain(feed)
    assert list(Delivery.objects.order_by("data_version").values_list("op", "state")) == [("i", "SENT"), ("u", "SENT")]


def corrected_case(stage: str) -> Any:
    walk = case_at(stage, make_cast())
    document = last_document(walk.case, "penalty_decision")
    walk.step(
        case_correction.ask_correction,
        walk.cast.lead,
        part_id=document.pk,
        wrong="碎砖",
        right="砂石",
        reason="打印时误写。",
    )
    endorse(walk, "clerical")
    return walk


def test_a_correction_notice_of_the_case_asks_for_the_correction_once(client: Client) -> None:
    walk = corrected_case("decision_served")
    with time_machine.travel(walk.at + timedelta(hours=1), tick=False):
        tasks.draft_new_decisions()
        record, pk = DisclosureRecord.objects.get(), walk.case.decision.pk
        publish(record_id=record.pk, version=record.version, facts=decision_facts(pk), by=walk.cast.checker)
        assert "碎砖" in client.get(f"/penalties/{record.public_id}/").content.decode()
        decide(walk, case_correction.decide_clerical, "clerical")
        assert (tasks.take_in_notices(), tasks.take_in_notices()) == (1, 0)
        client.force_login(walk.cast.checker)
        assert "审核公示更正" in client.get(reverse("desk")).content.decode()
        url = f"/disclosure/{record.public_id}/correct/check/"
        page = client.get(url).content.decode()
        assert "砂石" in page
        record.refresh_from_db()
        done = client.post(url, {"agree": "yes", "opinion": "", "version": record.version, "op_id": "c1"})
        assert done.status_code == 303
        public = client.get(f"/penalties/{record.public_id}/").content.decode()
    assert "砂石" in public
    assert "碎砖" not in public
    assert "按案件的文书更正同步更正" in public
    assert RecordChannel.objects.filter(record=record).count() == 3


def test_a_notice_before_the_publication_only_renews_the_draft() -> None:
    walk = corrected_case("decided")
    with time_machine.travel(walk.at + timedelta(hours=1), tick=False):
        tasks.draft_new_decisions()
        decide(walk, case_correction.decide_clerical, "clerical")
        assert tasks.take_in_notices() == 1
    record = DisclosureRecord.objects.get()
    assert "砂石" in record.content["facts"]
    assert (record.state, RecordCorrection.objects.get().outcome) == ("draft", "not_needed")
