"""Pages of measures: each opens for whoever acts, within its statements, and for no stranger; typed text is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions import custody, measures, measures_ending, measures_running
from cases.actions.measures_lapsing import lapse_overdue
from cases.models import Incident, Measure
from tests.cast import make_cast
from tests.measure_scenes import (
    ASKED,
    KEPT,
    YES,
    approved,
    do,
    filed,
    kept,
    lifted,
    received,
    requested,
    served,
    taken,
    taken_urgently,
)
from tests.scenarios import Walk, last_document

OTHER, CASE_PAGE, SESSION_AND_USER = 25, 8, 2


def asked_preservation(walk: Walk) -> Measure:
    return walk.step(measures.request_preservation, walk.cast.lead, new=KEPT, vanish_answer=YES)


def approved_preservation(walk: Walk) -> Measure:
    measure = asked_preservation(walk)
    do(walk, measures.approve_preservation, walk.cast.deputy, measure, agree=True, opinion="同意。")
    return measure


def release_asked(walk: Walk) -> Measure:
    measure = kept(walk)
    do(walk, measures_ending.request_preservation_release, walk.cast.lead, measure, reason="已复制。")
    return measure


def extension_asked(walk: Walk) -> Measure:
    measure = taken(walk)
    data = {"days": 10, "reason": "案情复杂。"}
    do(walk, measures_running.request_measure_extension, walk.cast.lead, measure, **data)
    return measure


def lifting_asked(walk: Walk) -> Measure:
    measure = taken(walk)
    do(walk, measures_ending.request_lifting, walk.cast.lead, measure, ground="5", reason="已提供营运证。")
    return measure


def told(walk: Walk) -> Measure:
    measure = taken(walk)
    data = {"body": "示例检测所", "matter": "载重", "first": date(2026, 3, 3), "last": date(2026, 3, 9)}
    do(walk, measures_running.notify_testing, walk.cast.lead, measure, **data)
    served(walk, last_document(walk.case, "testing_commission"))
    return measure


def being_tested(walk: Walk) -> Measure:
    measure = told(walk)
    do(walk, measures_running.send_for_testing, walk.cast.lead, measure)
    return measure


def lapsed(walk: Walk) -> Measure:
    measure = kept(walk)
    walk.at = datetime(2026, 3, 13, 1, tzinfo=UTC)
    lapse_overdue(walk.at)
    measure.refresh_from_db()
    return measure


def incident(walk: Walk) -> Incident:
    return Incident.objects.get(part=lapsed(walk).part)


def detained(walk: Walk) -> Measure:
    """Under 公路安全保护条例72, approved afterwards."""
    measure = taken_urgently(walk, asked=replace(ASKED, power="hp-72"))
    do(walk, measures.approve_urgent_measure, walk.cast.deputy, measure, agree=True, opinion="同意。")
    return measure


def unclaimed(walk: Walk) -> Measure:
    measure = detained(walk)
    do(walk, custody.publish_unclaimed, walk.cast.lead, measure, place="公告栏")
    walk.at += timedelta(days=100)
    return measure


def disposal_asked(walk: Walk) -> Measure:
    measure = unclaimed(walk)
    data = {"outcome": "auctioned", "basis": "公路安全保护条例第七十二条"}
    do(walk, custody.request_disposal, walk.cast.lead, measure, **data)
    return measure


def errors(answer: Any) -> str:
    return answer.content.decode().partition('id="error-summary"')[2][:900]


# step → how the measure gets there (None: the step makes it), who performs it
PERFORMERS: dict[str, tuple[Callable[[Walk], Any] | None, str]] = {
    "request_preservation": (None, "lead"), "approve_preservation": (asked_preservation, "deputy"),
    "take_preservation": (approved_preservation, "lead"), "request_preservation_release": (kept, "lead"),
    "approve_preservation_release": (release_asked, "deputy"), "request_measure": (None, "lead"),
    "approve_measure": (requested, "deputy"), "take_measure": (approved, "lead"),
    "take_measure_urgent": (None, "lead"), "approve_urgent_measure": (taken_urgently, "head"),
    "hand_over_items": (taken, "keeper"), "request_measure_extension": (taken, "lead"),
    "approve_measure_extension": (extension_asked, "deputy"), "notify_testing": (taken, "lead"),
    "send_for_testing": (told, "lead"), "finish_testing": (being_tested, "lead"), "request_lifting": (taken, "lead"),
    "approve_lifting": (lifting_asked, "deputy"), "issue_release": (lapsed, "lead"),
    "return_items": (lambda walk: lifted(walk, taken(walk)), "keeper"), "publish_unclaimed": (detained, "lead"),
    "request_disposal": (unclaimed, "lead"), "approve_disposal": (disposal_asked, "head"),
    "transfer_items": (taken, "keeper"), "explain_incident": (incident, "lead"),
}  # fmt: skip


@pytest.fixture
def walk(db: None) -> Walk:
    return filed(make_cast())


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(code: str, walk: Walk, part: Any) -> str:
    return reverse(f"case-{code}", args=[walk.case.clue_no, *([part.pk] if part else [])])


@pytest.mark.parametrize("code", PERFORMERS)
def test_the_page_opens_for_its_actor_only(walk: Walk, code: str) -> None:
    make, who = PERFORMERS[code]
    url = address(code, walk, make(walk) if make else None)
    client = client_of(getattr(walk.cast, who))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200
    assert len(queries) - SESSION_AND_USER <= OTHER
    for stranger in (walk.cast.outsider, walk.cast.system_admin):
        assert client_of(stranger).get(url).status_code in (403, 404)


@pytest.mark.parametrize(
    ("make", "who", "code"),
    [(taken, "lead", "request_lifting"), (taken, "keeper", "hand_over_items"), (lapsed, "keeper", "return_items"),
     (taken_urgently, "deputy", "approve_urgent_measure"), (lifting_asked, "head", "approve_lifting")],
)  # fmt: skip
def test_the_case_page_shows_the_card_with_its_acts(walk: Walk, make: Any, who: str, code: str) -> None:
    measure = make(walk)
    client, page = client_of(getattr(walk.cast, who)), reverse("case", args=[walk.case.clue_no])
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        text = client.get(page).content.decode()
    assert len(queries) - SESSION_AND_USER <= CASE_PAGE
    assert address(code, walk, measure) in text


def test_the_custodian_sees_cases_with_things_only(walk: Walk) -> None:
    client, page = client_of(walk.cast.keeper), reverse("case", args=[walk.case.clue_no])
    assert client.get(page).status_code == 404
    assert walk.case.case_no not in client.get(reverse("case-list")).content.decode()
    taken(walk)
    assert client.get(page).status_code == 200
    assert walk.case.case_no in client.get(reverse("case-list")).content.decode()


def test_what_the_law_misses_is_told_at_once_and_nothing_typed_is_lost(walk: Walk) -> None:
    url = address("take_measure_urgent", walk, None)
    typed = {
        "kind": "vehicle", "power": "rt-62", "reason": "没有营运证，需要查清。", "started_at": "2026-03-03 09:00",
        "ended_at": "2026-03-03 09:20", "place": "国道303线", "second_officer": walk.cast.assistant.pk,
        "licence_shown": "on", "rights_told": "on", "signing": "signed", "party_present": "yes", "kept_at": "停车场",
        "person_name": "示例司机", "person_role": "driver", "body": "车辆停在路边，驾驶员不能出示营运证件和其他证明。",
    }  # fmt: skip
    answer = client_of(walk.cast.lead).post(url, typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    for said in ("紧急", "第十六条", "第二十三条", "第二十四条", "118号", "没有营运证，需要查清。"):
        assert said in text


def test_the_urgent_page_takes_a_vehicle(walk: Walk) -> None:
    url = address("take_measure_urgent", walk, None)
    yes = {f"{code}": "yes" for code in ("power_fits", "related")} | dict.fromkeys(
        ("minor", "necessities", "sealed"), "no"
    )
    reasons = {f"{code}_reason": "现场核对。" for code in ("power_fits", "related", "minor", "necessities", "sealed")}
    typed = {
        "kind": "vehicle", "power": "rt-62", "reason": "没有营运证，需要查清。", "urgent_reason": "驾驶员要离开。",
        "started_at": "2026-03-03 09:00", "ended_at": "2026-03-03 09:20", "place": "国道303线",
        "second_officer": walk.cast.assistant.pk, "licence_shown": "on", "rights_told": "on", "signing": "signed",
        "party_present": "yes", "kept_at": "停车场", "person": walk.case.persons.get().pk, "reasons_told": "on",
        "statement": "没有意见", "body": "车辆停在路边，驾驶员不能出示营运证件和其他证明。", "is_handed_over": "on",
        "receiver_name": "示例人", "relation": "representative", "video_reference": "记录仪07", "item_1_name": "吉C12345",
        "item_1_quantity": "1 辆", "more_items": "钥匙，，1 把，", **yes, **reasons,
    }  # fmt: skip
    answer = client_of(walk.cast.lead).post(url, typed)
    assert answer.status_code == 303, errors(answer)
    measure = Measure.objects.get(case=walk.case)
    assert [item.name for item in measure.items.order_by("pk")] == ["吉C12345", "钥匙"]


@pytest.mark.parametrize(
    ("make", "who", "code"),
    [(taken_urgently, "deputy", "approve_urgent_measure"), (asked_preservation, "head", "approve_preservation"),
     (requested, "deputy", "approve_measure"), (lifting_asked, "head", "approve_lifting"),
     (release_asked, "head", "approve_preservation_release"), (disposal_asked, "head", "approve_disposal"),
     (taken, "keeper", "hand_over_items"), (lapsed, "keeper", "return_items")],
)  # fmt: skip
def test_the_desk_shows_what_waits(walk: Walk, make: Any, who: str, code: str) -> None:
    measure = make(walk)
    text = client_of(getattr(walk.cast, who)).get(reverse("desk")).content.decode()
    assert address(code, walk, measure) in text


def test_overloaded_vehicles_unload_first(walk: Walk) -> None:
    text = client_of(walk.cast.lead).get(address("take_measure_urgent", walk, None)).content.decode()
    assert "道路运输条例第六十一条" in text
    assert "卸货" in text


@pytest.mark.parametrize(
    ("make", "who", "code", "words"),
    [(requested, "deputy", "approve_measure", (ASKED.reason, "道路运输条例", "吉C12345，重型半挂牵引车", "现场查实。")),
     (taken_urgently, "deputy", "approve_urgent_measure", ("驾驶员要驾车离开。", "没有意见。", "措施在签署后立即解除")),
     (extension_asked, "deputy", "approve_measure_extension", ("10 日", "案情复杂。", "示例甲", "到 2026-04-02 止")),
     (lifting_asked, "head", "approve_lifting", ("其他不再需要采取扣押措施的情形", "已提供营运证。")),
     (disposal_asked, "head", "approve_disposal", ("已拍卖", "公路安全保护条例第七十二条", "吉C12345"))],
)  # fmt: skip
def test_a_leader_sees_what_is_asked_before_signing(
    walk: Walk, make: Any, who: str, code: str, words: tuple[str, ...]
) -> None:
    text = client_of(getattr(walk.cast, who)).get(address(code, walk, make(walk))).content.decode()
    panel = text.partition("要审批的内容")[2].partition("</section>")[0]
    assert [word for word in words if word not in panel and word not in text.partition("<form method")[2]] == []
    assert words[0] in panel


def test_the_keeper_sees_the_things_and_on_return_the_ledger(walk: Walk) -> None:
    measure, client = taken(walk), client_of(walk.cast.keeper)
    assert (
        "吉C12345，重型半挂牵引车，1 辆，外观完好"
        in client.get(address("hand_over_items", walk, measure)).content.decode()
    )
    received(walk, measure)
    lifted(walk, measure)
    text = client.get(address("return_items", walk, measure)).content.decode()
    assert "台账：接收保管" in text
    assert "示例甲交示例寅，示例停车场3号位，完好" in text


def test_who_explains_an_incident_sees_what_happened(walk: Walk) -> None:
    one = incident(walk)
    assert one.text in client_of(walk.cast.lead).get(address("explain_incident", walk, one)).content.decode()


def test_the_record_of_a_seizure_need_not_be_written_twice(walk: Walk) -> None:
    page = reverse("case", args=[walk.case.clue_no])
    assert "data-next>制作现场笔录" in client_of(walk.cast.lead).get(page).content.decode()
    taken(walk)
    text = client_of(walk.cast.lead).get(page).content.decode()
    assert "data-next>制作现场笔录" not in text
    assert address("record_onscene", walk, None) in text  # another one may be made all the same
    assert "另有 1 项措施、文书或者申请可以办" in text
