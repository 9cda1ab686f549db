"""Pages of the execution: every act opens for its actor, the board shows every unpaid case and ranks nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions import enforcement, overdue
from cases.models import Agreement, Enforcement
from tests.cases.actions import execution_scenes as scenes
from tests.cases.actions.test_enforcement import agree
from tests.cast import Cast, make_cast
from tests.scenarios import Walk

CASE_PAGE, LIST, OTHER, SESSION_AND_USER = 8, 12, 25, 2
# Each step whose pages are opened here, with who does it.
PERFORMERS = {
    "verify_duties": "lead", "enter_overdue": "lead", "request_deferral": "lead", "decide_deferral": "head",
    "issue_demand": "lead", "hear_demand": "lead", "request_court": "lead", "decide_court": "head",
    "file_court": "reviewer", "record_court_answer": "reviewer", "request_agreement": "lead",
    "decide_agreement": "head", "record_agreement": "lead", "request_enforcement": "lead",
    "decide_enforcement": "head", "decide_proxy": "head", "announce_demolition": "lead", "demand_again": "lead",
    "perform_enforcement": "lead", "request_change": "lead", "decide_change": "head",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def opens(walk: Walk, code: str, part: int | None = None) -> str:
    """The page opens for its performer within its statements, and for no stranger; returns its text."""
    url = reverse(f"case-{code}", args=[walk.case.clue_no, *([part] if part is not None else [])])
    client = client_of(getattr(walk.cast, PERFORMERS[code]))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    assert page.status_code == 200, code
    assert len(queries) - SESSION_AND_USER <= OTHER
    for stranger in (walk.cast.outsider, walk.cast.system_admin):
        assert client_of(stranger).get(url).status_code in {403, 404}, code
        assert client_of(stranger).post(url, {}).status_code in {403, 404}, code
    assert Client().get(url).status_code == 302
    return page.content.decode()


def post(walk: Walk, who: Any, code: str, part: int | None = None, **data: Any) -> int:
    walk.case.refresh_from_db()
    url = reverse(f"case-{code}", args=[walk.case.clue_no, *([part] if part is not None else [])])
    return client_of(who).post(url, {"version": walk.case.version, **data}).status_code


def case_page(walk: Walk, who: Any) -> str:
    client = client_of(who)
    client.get(reverse("case", args=[walk.case.clue_no]))  # the first page of a session is written into it
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("case", args=[walk.case.clue_no]))
    assert len(queries) - SESSION_AND_USER <= CASE_PAGE
    return page.content.decode()


def test_in_time_pages_and_a_deferral_typed_line_by_line(cast: Cast, time_machine: Any) -> None:
    walk = scenes.served(cast)
    time_machine.move_to(walk.at)
    client_of(cast.lead).get(reverse("case", args=[walk.case.clue_no]))
    assert "责令改正" in opens(walk, "verify_duties")
    assert "缴款期限到" in opens(walk, "enter_overdue")
    assert "今天的应缴金额" in opens(walk, "request_deferral")
    today = scenes.today(walk)
    data = {
        "applied_on": f"{today}", "hardship": "提交近三个月银行流水，确有经济困难。", "reason": "情况属实，建议批准。",
        "plan": f"{today + timedelta(days=30)} 400\n{today + timedelta(days=60)}　600",
    }  # fmt: skip
    assert post(walk, cast.lead, "request_deferral", **{**data, "plan": "五月 四百"}) == 422
    assert post(walk, cast.lead, "request_deferral", **data) == 303
    approval = walk.case.approvals.get()
    page = case_page(walk, cast.head)
    assert "延期、分期缴纳申请" in page
    assert "审批延期、分期缴纳" in page
    assert "确有经济困难" in opens(walk, "decide_deferral", approval.pk)
    assert post(walk, cast.head, "decide_deferral", approval.pk, agree="yes", opinion="同意。") == 303
    assert scenes.state_of(walk) == "P14"
    assert "第 2 期" in case_page(walk, cast.lead)


def test_late_pages_and_the_window(cast: Cast, time_machine: Any) -> None:
    walk = scenes.late(cast, days=40)
    time_machine.move_to(walk.at)
    assert "制作催告书" in case_page(walk, cast.lead)
    assert "1,000.00 元" in opens(walk, "issue_demand")
    scenes.urge(walk)
    opens(walk, "hear_demand")
    scenes.silent(walk)
    scenes.to_window(walk)
    time_machine.move_to(walk.at)
    overdue.turn_execution_clocks(case_id=walk.case.pk, at=walk.at)
    assert "罚款 1,000.00 元和加处罚款 1,000.00 元" in opens(walk, "request_court")
    approval = scenes.ask_court(walk)
    opens(walk, "decide_court", approval.pk)
    from_page = {"agree": "yes", "opinion": "同意申请。"}
    assert post(walk, cast.head, "decide_court", approval.pk, **from_page) == 303
    application = walk.case.court_applications.get()
    opens(walk, "file_court", application.pk)
    assert post(walk, cast.reviewer, "file_court", application.pk, filed_on=f"{scenes.today(walk)}") == 303
    assert "法院受理" in opens(walk, "record_court_answer", application.pk)
    assert "已递交法院" in case_page(walk, cast.reviewer)
    board = client_of(cast.reviewer).get(reverse("execution-board")).content.decode()
    assert f"已于 {scenes.today(walk)} 递交法院" in board
    amounts = client_of(cast.lead).get(reverse("case-amount", args=[walk.case.clue_no])).content.decode()
    for words in ("共 34 天", "达到上限", "三个月内", "今天应缴合计", "2,000.00 元"):
        assert words in amounts


def test_pages_of_own_enforcement_and_agreement(cast: Cast, time_machine: Any) -> None:
    walk = scenes.urged(cast)
    time_machine.move_to(walk.at)
    opens(walk, "request_agreement")
    agree(walk)
    opens(walk, "record_agreement", Agreement.objects.get().pk)
    opens(walk, "request_enforcement")
    approvals = {}
    for kind in ("proxy", "demolition"):
        new = scenes.new_enforcement(kind, walk)
        approvals[kind] = walk.step(enforcement.request_enforcement, cast.lead, new=new)
    assert "清除路面遗洒的碎砖" in opens(walk, "decide_proxy", approvals["proxy"].pk)
    opens(walk, "decide_enforcement", approvals["demolition"].pk)
    scenes.decide(walk, enforcement.decide_proxy, approvals["proxy"])
    scenes.decide(walk, enforcement.decide_enforcement, approvals["demolition"])
    proxy, demolition = Enforcement.objects.get(kind="proxy"), Enforcement.objects.get(kind="demolition")
    opens(walk, "demand_again", proxy.pk)
    opens(walk, "announce_demolition", demolition.pk)
    opens(walk, "perform_enforcement", proxy.pk)
    assert "第三人对执行标的主张权利" in opens(walk, "request_change", proxy.pk)
    data = {"change": "suspend", "ground": "inability", "reason": "当事人停产，暂无履行能力。"}
    assert post(walk, cast.lead, "request_change", proxy.pk, **data) == 303
    opens(walk, "decide_change", walk.case.approvals.get(kind="suspension").pk)
    assert "强制拆除" in case_page(walk, cast.lead)


def test_the_page_of_an_agreement_that_waits(cast: Cast, time_machine: Any) -> None:
    walk = scenes.late(cast, days=10)
    time_machine.move_to(walk.at)
    until = scenes.today(walk) + timedelta(days=60)
    data = {
        "terms": "分两期缴清罚款，并安装苫盖装置。", "ends_on": f"{until}", "harmless": "yes",
        "harmless_reason": "不涉及公共利益和他人权益。",
    }  # fmt: skip
    assert post(walk, cast.lead, "request_agreement", **{**data, "harmless": "no"}) == 422
    assert post(walk, cast.lead, "request_agreement", **data) == 303
    opens(walk, "decide_agreement", walk.case.approvals.get().pk)


def test_the_board_shows_every_unpaid_case_and_ranks_nobody(cast: Cast, time_machine: Any) -> None:
    walk = scenes.late(cast, days=10)
    time_machine.move_to(walk.at)
    address = reverse("execution-board")
    for who in (cast.squad_leader, cast.reviewer, cast.deputy, cast.head):
        client = client_of(who)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        assert page.status_code == 200
        assert len(queries) - SESSION_AND_USER <= LIST
        text = page.content.decode()
        for words in (
            walk.case.label,
            "梨树县示例运输有限公司",
            "1,300.00 元",
            "300.00 元",
            "起可以申请",
            "逾期·加处和催告",
        ):
            assert words in text
        for forbidden in ("合计罚款", "排名", "排行", "总额", cast.lead.full_name, cast.squad.name):
            assert forbidden not in text.partition("<main")[2]
    for who in (cast.lead, cast.archivist, cast.checker, cast.system_admin):
        assert client_of(who).get(address).status_code == 403
    narrowed = {"?stage=P15": True, "?stage=P13": False, "?window=none": True, "?window=soon": False, "?window=x": True}
    for query, shown in narrowed.items():
        assert (walk.case.label in client_of(cast.head).get(address + query).content.decode()) is shown, query
    assert client_of(cast.head).get(f"{address}?after=20260101-1").status_code == 200
    assert client_of(cast.head).get(f"{address}?after=20269999-1").status_code == 200


def test_what_is_paid_leaves_the_board(cast: Cast, time_machine: Any) -> None:
    walk = scenes.late(cast, days=10)
    time_machine.move_to(walk.at)
    scenes.verify(walk)
    assert post(
        walk, cast.lead, "record_payment", receipt_no="22000012345678", amount="1000", additional="300",
        paid_on=f"{scenes.today(walk)}", channel="bank",
    ) == 303  # fmt: skip
    assert scenes.state_of(walk) == "P17"
    assert walk.case.label not in client_of(cast.head).get(reverse("execution-board")).content.decode()
