"""公示有误和信用修复: what the page tells, and the party's own objection by its decision's papers; guesses learn nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.api import decision_facts
from disclosure import tasks
from disclosure.actions.publish import publish
from disclosure.models import DisclosureRecord, Objection
from disclosure.queries.objecting import record_of_party
from lishu_law import clock
from lishu_law.documents.codes import short_code
from lishu_law.web import rate_limits
from tests.cast import make_cast
from tests.scenarios import PARTY, Walk, case_at, last_document

FORM, PAGE = "/objections/new/", "/objections/"
CLAIM = "公示的地点写成了 G230 国道，应当是 G303 国道。"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Any:
    rate_limits.forget_all()
    yield
    rate_limits.forget_all()


@pytest.fixture
def walk(db: None) -> Any:
    found = case_at("decision_served", make_cast())
    with time_machine.travel(found.at + timedelta(hours=1), tick=False):
        yield found


@pytest.fixture
def record(walk: Walk) -> DisclosureRecord:
    tasks.draft_new_decisions()
    made = DisclosureRecord.objects.get()
    facts = decision_facts(walk.case.decision.pk)
    return publish(record_id=made.pk, version=made.version, facts=facts, by=walk.cast.checker)


def typed(walk: Walk, **changes: str) -> dict[str, str]:
    paper = last_document(walk.case, "penalty_decision")
    return {
        "number": paper.number, "last_six": PARTY.uscc[-6:], "code": short_code(paper.seal_code), "claim": CLAIM,
        "applicant": "示例负责人", "contact": "19900001234", **changes,
    }  # fmt: skip


def test_the_page_tells_where_how_and_with_which_papers(client: Client, db: None) -> None:
    page = client.get(PAGE)
    text = page.content.decode()
    for words in (
        "窗口", "来信", "电话", "身份证件", "委托书", "5 个工作日内答复", "公示不停止", "信用中国", "缴款凭证", "整改材料",
        "信用承诺书", "7 个工作日内决定", "12 个月内不能再申请", "行政复议",
    ):  # fmt: skip
        assert words in text
    assert page["Cache-Control"] == "public, max-age=60, stale-if-error=240"
    assert PAGE in client.get("/").content.decode()
    sentences = re.split("[。；]", re.sub(r"<[^>]*>", "", text[text.index("<main") : text.index("</main")]))
    assert max(len("".join(one.split())) for one in sentences) <= 60


def test_the_party_objects_with_its_decision_in_hand_and_the_clerk_sees_it(
    client: Client, walk: Walk, record: DisclosureRecord
) -> None:
    assert PAGE in client.get(f"/penalties/{record.public_id}/").content.decode()
    answer = client.post(
        FORM, typed(walk, code=short_code(last_document(walk.case, "penalty_decision").seal_code).upper())
    )
    found = Objection.objects.get()
    assert (found.way, found.registered_by, found.claim, found.record_id) == ("online", None, CLAIM, record.pk)
    assert answer.status_code == 200
    assert found.ticket_no in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert client.post(FORM, typed(walk)).status_code == 200  # sent twice: one
    assert Objection.objects.count() == 1
    more = client.post(FORM, typed(walk, claim="还有一处也写错了。"))
    assert (more.status_code, found.ticket_no in more.content.decode()) == (422, True)
    client.force_login(walk.cast.reviewer)
    assert "答复公示异议" in client.get(reverse("desk")).content.decode()
    page = client.get(f"/disclosure/{record.public_id}/objection/{found.pk}/").content.decode()
    assert "示例负责人" in page
    assert "网上核对" in page
    assert "online" not in client.get(f"/disclosure/{record.public_id}/objection/").content.decode()


def test_nobodys_number_is_read_to_know_the_party(client: Client, walk: Walk, record: DisclosureRecord) -> None:
    said = typed(walk)
    with CaptureQueriesContext(connection) as asked:
        assert record_of_party(said["number"], said["last_six"], said["code"]) == record
    tables = {name for one in asked for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', one["sql"])}
    assert tables == {"disclosure_disclosurerecord", "documents_papercheck"}


@pytest.mark.parametrize("changes", [
    {"number": "吉梨交罚〔2026〕9999号"}, {"last_six": "000000"}, {"code": "aaaaaaaa"},
    {"last_six": PARTY.uscc[:6]},
])  # fmt: skip
def test_whatever_is_wrong_the_answer_is_the_same_and_what_was_typed_stays(
    client: Client, walk: Walk, record: DisclosureRecord, changes: dict[str, str]
) -> None:
    answer = client.post(FORM, typed(walk, **changes))
    text = answer.content.decode()
    assert (answer.status_code, Objection.objects.count()) == (422, 0)
    assert "没有核对上" in text
    assert CLAIM in text
    assert record.public_id not in text


def test_a_record_that_is_not_on_show_is_not_confirmed(client: Client, walk: Walk) -> None:
    tasks.draft_new_decisions()
    assert "没有核对上" in client.post(FORM, typed(walk)).content.decode()


def test_five_tries_a_day_for_one_number_from_anywhere(walk: Walk, record: DisclosureRecord) -> None:
    for attempt in range(5):
        Client(REMOTE_ADDR=f"10.{attempt}.0.1").post(FORM, typed(walk, last_six="000000"))
    late = Client(REMOTE_ADDR="10.9.0.1").post(
        FORM, typed(walk, number=typed(walk)["number"].replace("〔", "[").replace("〕", "]"))
    )
    assert "今天已经试了 5 次" in late.content.decode()
    assert not Objection.objects.exists()


def test_ten_guesses_close_the_door_for_a_network(walk: Walk, record: DisclosureRecord) -> None:
    client = Client(REMOTE_ADDR="10.1.2.3")
    answers = [
        client.post(FORM, typed(walk, number=f"吉梨交罚〔2026〕{one}号", code="aaaaaaaa")) for one in range(900, 912)
    ]
    assert [one.status_code for one in answers[:10]] == [422] * 10
    assert answers[-1].status_code == 429
    assert client.get(FORM).status_code == 429
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(("changes", "words"), [
    ({"last_six": "12345"}, "最后 6 位"), ({"code": "abc"}, "核验码是 8 位"), ({"number": ""}, "请填写决定书文号"),
    ({"claim": ""}, "公示的哪一处有误"), ({"contact": ""}, "联系电话或者地址"),
])  # fmt: skip
def test_what_is_missing_or_misshapen_is_said_and_counts_as_no_guess(
    client: Client, walk: Walk, record: DisclosureRecord, changes: dict[str, str], words: str
) -> None:
    answer = client.post(FORM, typed(walk, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert client.post(FORM, typed(walk)).status_code == 200


def test_the_clerk_who_had_no_part_answers_what_came_over_the_page(
    client: Client, walk: Walk, record: DisclosureRecord
) -> None:
    client.post(FORM, typed(walk))
    found = Objection.objects.get()
    client.force_login(walk.cast.checker)
    said = {
        "findings": "核对了决定书。",
        "outcome": "refuse",
        "answer": "公示与决定书一致，不予更正。",
        "version": record.version,
        "op_id": "p1",
    }
    address = f"/disclosure/{record.public_id}/objection/{found.pk}/"
    assert client.post(address, said).status_code == 303
    found.refresh_from_db()
    assert (found.outcome, found.answered_at) == ("refuse", clock.now())
