"""Decisions published before this system, from a file: every fault at its cell, nothing half, nothing personal kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from disclosure.actions.withdraw import withdraw
from disclosure.intake import registers
from disclosure.intake.registers import drop_legacy, order_legacy, receive_legacy, work
from disclosure.models import Delivery, DisclosureRecord, LegacyDecision
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, Refused
from lishu_law.registry.identity.demo import demo_id_number
from lishu_law.registry.models import ImportFault, ImportKind, ImportState, RegisterImport
from lishu_law.registry.roles import Role
from lishu_law.web.loading import work as driving
from lishu_law.web.uploads import TABLE, store_upload
from tests.disclosure.facts import checker, user
from tests.disclosure.intake.legacy_files import Row, faults_of, received, rows, sheet

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
NEWEST = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _clock(settings: Any) -> Any:
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, ""
    with time_machine.travel(NOW, tick=False):
        yield


def loaded(by: Any, whole: list[Row], *, skip_faulty: bool = False) -> RegisterImport:
    load = received(by, sheet(whole))
    order_legacy(by=by, reference=load.reference, skip_faulty=skip_faulty)
    work(load.pk)
    load.refresh_from_db()
    return load


def one(**changes: Any) -> Row:
    return {**rows(1, newest=date(2026, 11, 1), days=1)[0], "罚款金额": 20000, "处罚内容": "罚款20000元", **changes}


def person(**changes: Any) -> Row:
    number = demo_id_number(77)
    text = f"林虚构（{number}，电话13900001234）驾驶吉C12345号货车，车上有钱样本，住梨树县示例镇虚构村3组，货物撒落。"
    own = {
        "决定书文号": "吉梨交罚[2026]0012号", "当事人类别": "自然人", "当事人名称": "林虚构", "统一社会信用代码": "",
        "证件号码": number, "文中其他人员姓名": "钱样本", "文中车牌号": "吉C12345", "违法地点": "梨树县示例镇虚构村3组",
        "违法事实": text,
    }  # fmt: skip
    return one(**{**own, **changes})


def test_a_person_is_masked_and_nothing_else_of_them_is_kept(client: Client) -> None:
    load = loaded(checker(), [person()])
    record = DisclosureRecord.objects.get()
    assert (record.party_display, record.is_person, record.uscc_search) == ("林**", True, "")
    assert record.number == "吉梨交罚〔2026〕0012号"
    stored = json.dumps(list(DisclosureRecord.objects.values()), default=str, ensure_ascii=False)
    stored += json.dumps(list(LegacyDecision.objects.values()), default=str, ensure_ascii=False)
    stored += "".join(JournalEntry.objects.values_list("body", flat=True))
    for secret in ("林虚构", demo_id_number(77), "13900001234", "吉C12345", "钱样本", "虚构村"):
        assert secret not in stored
    page = client.get(f"/penalties/{record.public_id}/").content.decode()
    assert "林**" in page
    assert "涉案车辆" in page
    assert client.get("/penalties/", {"q": "吉梨交罚〔2026〕0012号"}).content.decode().count("林**") == 1
    assert "林**" not in client.get("/penalties/", {"q": "林虚构"}).content.decode()
    assert load.created == 1


def test_original_dates_stay_and_the_period_is_only_shortened(client: Client) -> None:
    by = checker()
    loaded(
        by,
        [
            one(决定书文号="吉梨交罚〔2026〕1号", 公示截止日="2029-01-01"),
            one(决定书文号="吉梨交罚〔2026〕2号", 公示截止日="2027-02-01"),
            one(决定书文号="吉梨交罚〔2026〕3号", 公示截止日="2026-11-29"),
            one(决定书文号="吉梨交罚〔2019〕4号", 违法日期="2019-01-04", 立案日期="2019-01-05", 决定日期="2019-02-01",
                公示日期="2019-02-20"),
        ],
    )  # fmt: skip
    first, second, third, old = DisclosureRecord.objects.order_by("id")
    assert first.display_until == date(2027, 11, 1)
    assert second.display_until == date(2027, 2, 1)
    assert (third.state, old.state, old.display_until) == ("expired", "expired", date(2020, 2, 1))
    assert (old.decided_on, old.year) == (date(2019, 2, 1), 2019)
    assert old.legacy.published_on == date(2019, 2, 20)
    assert old.published_at == datetime(2019, 2, 19, 16, 0, tzinfo=UTC)  # midnight in Shanghai
    assert client.get(f"/penalties/{first.public_id}/").status_code == 200
    for gone in (third, old):
        answer = client.get(f"/penalties/{gone.public_id}/")
        assert answer.status_code == 410
        assert "公示期满" in answer.content.decode()


def test_the_day_of_the_eighteenth_birthday_is_refused_and_the_next_day_taken() -> None:
    born = {"证件号码": "", "出生日期": "2008-03-02"}
    young = person(**born, 违法日期="2026-03-02", 立案日期="2026-03-03")
    load = received(
        checker(), sheet([young, {**young, "决定书文号": "吉梨交罚〔2026〕13号", "违法日期": "2026-03-03"}])
    )
    assert faults_of(load) == [(2, "出生日期")]
    assert "X01" in ImportFault.objects.get(is_notice=False).message


def test_doubles_in_the_file_in_the_register_and_the_same_file() -> None:
    by = checker()
    twice = one(决定书文号="吉梨交罚（2026）第７号")
    load = received(by, sheet([one(决定书文号="吉梨交罚〔2026〕第7号"), twice]))
    assert faults_of(load) == [(3, "决定书文号")]
    first = loaded(by, [one(决定书文号="吉梨交罚〔2026〕第7号")])
    assert first.created == 1
    assert faults_of(received(by, sheet([twice]))) == [(2, "决定书文号")]
    with pytest.raises(Refused, match="已经导入过"):
        receive_legacy(by=by, file=first.file, source="示例导出")


def test_a_killed_worker_leaves_whole_chunks_and_nothing_is_written_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registers.REGISTERS, ImportKind.LEGACY, replace(registers.REGISTER, chunk=200))
    by = checker()
    load = received(by, sheet(rows(600, newest=NEWEST)))
    order_legacy(by=by, reference=load.reference)
    write, calls = driving._write_chunk, []

    def dying(*arguments: Any) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        write(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(driving, "_write_chunk", dying)
        with pytest.raises(KeyboardInterrupt):
            work(load.pk)
    load.refresh_from_db()
    assert (load.state, load.created, DisclosureRecord.objects.count()) == (ImportState.LOADING, 400, 400)
    assert registers.waiting_ids() == []
    with time_machine.travel(NOW + driving.SILENT + timedelta(minutes=1), tick=False):
        assert registers.waiting_ids() == [load.pk]
        work(load.pk)
    load.refresh_from_db()
    assert (load.state, load.created, load.faults) == (ImportState.LOADED, 600, 0)
    assert DisclosureRecord.objects.values("number").distinct().count() == 600


def test_a_one_character_name_is_pointed_out_and_a_formula_refused() -> None:
    by = checker()
    load = received(by, sheet([person(文中其他人员姓名="甲、钱样本")]))
    assert (load.faults, load.created) == (0, 1)
    assert ImportFault.objects.get(load=load).is_notice
    formula = received(by, sheet([one(罚款金额="=1+1")]))
    assert faults_of(formula) == [(2, "罚款金额"), (2, "Z 列")]


def test_only_the_checker_loads() -> None:
    head = user("H001", Role.HEAD)
    with pytest.raises(NotAllowed):
        receive_legacy(by=head, file=store_upload(sheet([one()]), head, kinds=TABLE), source="示例导出")


def test_pages_from_the_template_to_the_public_record(client: Client, django_assert_max_num_queries: Any) -> None:
    by = checker()
    client.force_login(by)
    assert client.get("/disclosure/intake/template/").content[:2] == b"PK"
    assert "导入历史公示" in client.get("/disclosure/").content.decode()
    page = client.get("/disclosure/intake/")
    assert "每一列怎么填" in page.content.decode()
    wrong = one(决定书文号="吉梨交罚〔2026〕9号", 罚款金额="一千")
    sent = {"file": sheet([person(监管平台已有="否"), wrong]), "source": "示例导出", "op_id": "op-intake-1"}
    answer = client.post("/disclosure/intake/", sent)
    assert answer.status_code == 303
    with django_assert_max_num_queries(25 + 2):
        page = client.get(answer["Location"]).content.decode()
    assert "1 行有错" in page
    assert "罚款金额" in page
    assert "林**" in page
    assert "林虚构" not in page
    reference = RegisterImport.objects.get().reference
    assert "罚款金额" in client.get(f"/disclosure/intake/{reference}/faults/").content.decode()
    order = f"/disclosure/intake/{reference}/order/"
    refused = client.post(order, {"op_id": "op-intake-2", "skip_faulty": "on"})
    assert "请先看" in refused.content.decode()
    done = client.post(order, {"op_id": "op-intake-3", "skip_faulty": "on", "has_looked": "on"})
    assert done.status_code == 303
    page = client.get(done["Location"]).content.decode()
    assert "已导入 1 条" in page
    assert "监管平台还没有的" in page
    assert client.get(f"/disclosure/{DisclosureRecord.objects.get().public_id}/").status_code == 200


def test_a_checked_file_can_be_given_up() -> None:
    by = checker()
    load = received(by, sheet([one()]))
    assert drop_legacy(by=by, reference=load.reference).state == ImportState.DROPPED
    assert not DisclosureRecord.objects.exists()


def test_two_persons_withdraw_an_earlier_decision(client: Client) -> None:
    loaded(checker(), [person()])
    record = DisclosureRecord.objects.get()
    first, second = user("C002", Role.DISCLOSURE_CHECKER), user("C003", Role.DISCLOSURE_CHECKER)
    reason = "梨树县人民法院判决撤销了该行政处罚决定，现依法撤回公示信息。"
    base, typed = f"/disclosure/{record.public_id}/", {"reason": reason, "version": record.version, "op_id": "a"}
    client.force_login(first)
    ask = {**typed, "reason_code": "W2", "event_on": "2026-11-27", "basis_no": "示例行终字第1号"}
    wrong = client.post(f"{base}withdraw/ask/", {**ask, "reason": reason + "驾驶吉C12345。", "op_id": "b"})
    assert "撤回理由里有个人信息" in wrong.content.decode()
    assert client.post(f"{base}withdraw/ask/", ask).status_code == 303
    assert record.withdrawals.get().due == date(2026, 12, 2)
    first.set_password("Lishu-demo-2026")
    first.save(update_fields=["password"])
    client.force_login(first)
    assert client.post(f"{base}withdraw/", {**typed, "password": "Lishu-demo-2026", "op_id": "c"}).status_code == 403
    withdraw(record_id=record.pk, version=record.version, facts=None, by=second, reason=reason)
    page = client.get(f"/penalties/{record.public_id}/")
    assert page.status_code == 410
    assert reason in page.content.decode()
    assert set(record.channels.values_list("channel", "state")) == {
        ("SITE", "ended"), ("SUPERVISION", "ended"), ("CREDIT", "omitted"),
    }  # fmt: skip
    assert not Delivery.objects.exists()
