"""Pages of reviews, lawsuits and rulings: opened by their actors, refused to strangers, and what the case page shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions import remedies
from cases.models import Remedy, Ruling
from lishu_law import clock
from tests.cases.actions.remedy_scenes import CHANGED, correct, end, lodge, propose, reviewed_at, today
from tests.cast import PASSWORD, Cast, make_cast
from tests.scenarios import Walk, case_at

PERFORMERS = {
    "record_remedy": ("decision_served", "reviewer"), "forward_request": ("through_bureau", "reviewer"),
    "record_review_copy": ("forwarded", "reviewer"), "reply_review": ("reviewed", "reviewer"),
    "reply_lawsuit": ("sued", "reviewer"), "record_stop_order": ("reviewed", "reviewer"),
    "end_remedy": ("reviewed", "reviewer"), "record_ruling": ("decision_served", "reviewer"),
    "propose_correction": ("decision_served", "lead"), "decide_correction": ("proposed", "head"),
    "record_refund": ("owed", "lead"),
}  # fmt: skip
SESSION, CASE_PAGE, LIST, OTHER = 2, 8, 12, 25


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def cost(client: Client, url: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as queries:
        status = client.get(url).status_code
    return status, len(queries) - SESSION


def _through_bureau(cast: Cast) -> tuple[Walk, int]:
    walk = case_at("decision_served", cast)
    return walk, lodge(walk, route="monitoring", accepted_on=None).pk


def _forwarded(cast: Cast) -> tuple[Walk, int]:
    walk, pk = _through_bureau(cast)
    Remedy.objects.filter(pk=pk).update(forwarded_on=walk.case.decision_served_on)
    return walk, pk


def _reviewed(cast: Cast) -> tuple[Walk, int]:
    walk, row = reviewed_at("decision_served", cast)
    return walk, row.pk


def _sued(cast: Cast) -> tuple[Walk, int]:
    walk = case_at("decision_served", cast)
    return walk, lodge(walk, kind="lawsuit", organ="梨树县人民法院", accepted_on=None).pk


def _proposed(cast: Cast) -> tuple[Walk, int]:
    walk = case_at("decision_served", cast)
    return walk, propose(walk, "change", new_amount=CHANGED).pk


def _owed(cast: Cast) -> tuple[Walk, int]:
    walk, row = reviewed_at("paid", cast)
    end(walk, row, "revoked")
    return walk, Ruling.objects.get().pk


SCENES: dict[str, Callable[[Cast], tuple[Walk, int | None]]] = {
    "decision_served": lambda cast: (case_at("decision_served", cast), None),
    "through_bureau": _through_bureau, "forwarded": _forwarded, "reviewed": _reviewed, "sued": _sued,
    "proposed": _proposed, "owed": _owed,
}  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_every_page_opens_for_its_actor_only(cast: Cast, scene: str) -> None:
    walk, part = SCENES[scene](cast)
    for code, who in [(code, who) for code, (at, who) in PERFORMERS.items() if at == scene]:
        url = reverse(f"case-{code}", args=[walk.case.clue_no, *([part] if part else [])])
        status, statements = cost(client_of(getattr(cast, who)), url)
        assert (status, statements <= OTHER) == (200, True), (code, status, statements)
        assert "data-missing" not in client_of(getattr(cast, who)).get(url).content.decode(), code
        for stranger in (cast.outsider, cast.system_admin):
            assert client_of(stranger).get(url).status_code in {403, 404}, code
            assert client_of(stranger).post(url, {}).status_code in {403, 404}, code
    client, case = client_of(cast.lead), reverse("case", args=[walk.case.clue_no])
    client.get(case)  # the first page of a process fills its caches
    status, statements = cost(client, case)
    assert (status, statements <= CASE_PAGE) == (200, True)


def typed(walk: Walk, **data: Any) -> dict[str, Any]:
    return {"version": walk.case.version, "op_id": "op-1", **data}


def test_a_review_is_registered_and_answered_on_the_pages(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    client = client_of(cast.reviewer)
    with time_machine.travel(walk.at, tick=False):
        day = clock.today().isoformat()
        case = reverse("case", args=[walk.case.clue_no])
        assert "登记行政复议、行政诉讼" in client.get(case).content.decode()
        answer = client.post(reverse("case-record_remedy", args=[walk.case.clue_no]), typed(
            walk, kind="review", route="direct", organ="梨树县人民政府", applicant="示例公司", received_on=day,
            procedure="simple", claim="请求撤销处罚决定。", reference="梨府复〔2026〕3号",
        ))  # fmt: skip
        assert answer.status_code == 303
        page = client.get(case).content.decode()
        assert "复议答复（简易程序）" in page
        assert "不得自行收集证据" in page
        walk.case.refresh_from_db()
        url = reverse("case-reply_review", args=[walk.case.clue_no, Remedy.objects.get().pk])
        short = client.post(url, typed(walk, answer="维持。", replied_on=day, op_id="op-3"))
        assert "维持。" in short.content.decode()  # typed text is never lost
        done = client.post(
            url, typed(walk, answer="原决定事实清楚，程序合法，裁量适当，请求维持。", replied_on=day, op_id="op-2")
        )
        assert done.status_code == 303


def test_a_leader_sees_what_he_signs_and_confirms_with_his_password(cast: Cast) -> None:
    walk, part = _proposed(cast)
    client = client_of(cast.head)
    with time_machine.travel(walk.at, tick=False):
        case = client.get(reverse("case", args=[walk.case.clue_no])).content.decode()
        assert "审批撤销、变更处罚决定" in case
        url = reverse("case-decide_correction", args=[walk.case.clue_no, part])
        page = client.get(url).content.decode()
        assert "变更为罚款 400.00 元" in page
        assert "不能恢复" in page
        signed = typed(walk, agree="yes", opinion="同意。", password="wrong")
        assert "口令不对" in client.post(url, signed).content.decode()
        assert client.post(url, {**signed, "password": PASSWORD}).status_code == 303
    assert Ruling.objects.get().new_amount == CHANGED


def test_a_fallen_decision_is_marked_wherever_it_is_shown(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    end(walk, row, "revoked")
    client = client_of(cast.lead)
    page = client.get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert "原处罚决定吉梨交罚〔2026〕0001号已被撤销" in page
    document = walk.case.documents.get(code="penalty_decision")
    shown = client.get(reverse("case-document", args=[walk.case.clue_no, document.pk])).content.decode()
    assert "这份决定不再有效" in shown
    listed = client.get(reverse("case-list"), {"q": document.number}).content.decode()
    assert walk.case.clue_no in listed


def test_a_revocation_waits_to_be_served_even_in_an_archived_case(cast: Cast) -> None:
    walk = case_at("archived", cast)
    correct(walk, "revoke")
    page = client_of(cast.lead).get(reverse("case", args=[walk.case.clue_no])).content.decode()
    assert "待送达" in page
    document = walk.case.documents.get(code="revocation_decision")
    assert reverse("case-serve_document", args=[walk.case.clue_no, document.pk]) in page


@pytest.mark.parametrize(("who", "status"), [("reviewer", 200), ("head", 200), ("lead", 403), ("archivist", 403)])
def test_the_register_is_for_the_legal_section_and_leaders(cast: Cast, who: str, status: int) -> None:
    walk, _pk = _reviewed(cast)
    client = client_of(getattr(cast, who))
    assert ("提出复议答复" in client.get(reverse("desk")).content.decode()) is (who == "reviewer")
    found, statements = cost(client, reverse("case-remedies"))
    assert (found, statements <= LIST) == (status, True)
    assert (walk.case.clue_no in client.get(reverse("case-remedies")).content.decode()) is (status == 200)


def test_the_register_pages_by_key_and_hides_what_ended(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    rows = [Remedy(**{**{f.attname: getattr(row, f.attname) for f in Remedy._meta.concrete_fields}, "id": None,
                      "outcome": "upheld", "ended_on": row.received_on, "reference": f"第{n}件"}) for n in range(25)]  # fmt: skip
    Remedy.objects.bulk_create(rows)
    client = client_of(cast.reviewer)
    first = client.get(reverse("case-remedies"), {"open": "0"}).content.decode()
    assert "共 26 件" in first
    after = f"{row.received_on:%Y-%m-%d}~{Remedy.objects.order_by('-id')[19].pk}"
    assert after.replace("~", "~") in first
    second = client.get(reverse("case-remedies"), {"open": "0", "after": after}).content.decode()
    assert second.count("<tr>") == 7  # head and the remaining six
    assert "共 1 件" in client.get(reverse("case-remedies")).content.decode()
    for bad in ("x", "2026-13-01~1", "2026-03-01~" + "9" * 30):
        assert client.get(reverse("case-remedies"), {"after": bad}).status_code == 200


def test_the_reply_stands_beside_the_claim_and_the_desk_then_waits_for_the_result(cast: Cast) -> None:
    walk, pk = _reviewed(cast)
    client = client_of(cast.reviewer)
    page = client.get(reverse("case-reply_review", args=[walk.case.clue_no, pk])).content.decode()
    assert "请求撤销处罚决定。" in page
    assert client.get(reverse("desk")).content.decode().count(walk.case.clue_no) == 2  # the act and the case, once
    walk.step(remedies.reply_review, cast.reviewer, part_id=pk, answer="原决定事实清楚。" * 3, replied_on=today(walk))
    desk = client.get(reverse("desk")).content.decode()
    assert "登记复议、诉讼结果" in desk
    assert "登记停止执行决定" not in desk  # possible, and nobody waits for it
    assert "登记停止执行决定" in client.get(reverse("case", args=[walk.case.clue_no])).content.decode()


def test_a_request_is_registered_beside_the_decision_and_its_periods(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    page = client_of(cast.reviewer).get(reverse("case-record_remedy", args=[walk.case.clue_no])).content.decode()
    assert walk.case.decision.number in page
    due = walk.case.deadlines.get(code="review-60d").due_lenient
    assert f"到 {due:%Y-%m-%d} 止" in page
