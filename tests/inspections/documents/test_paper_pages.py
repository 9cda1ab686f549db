"""The papers on the page of a filing: what is offered to whom, drafts, forms without double typing, printing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from paper_scenes import FINISHED, WRITTEN_AT, finished, made

from inspections.documents.render import OUTPUT
from inspections.models import InspectionDocument, InspectionFiling, ResultTelling
from lishu_law.pdf import machine, structure
from tests.inspections.browsing import client_of
from tests.inspections.scenes import Scene, started_filing, subject, submitted_filing

needs_pango = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
SESSION_AND_USER, OTHER = 2, 25


@pytest.fixture(autouse=True)
def _after_the_visit() -> Any:
    with time_machine.travel(WRITTEN_AT, tick=False):
        yield


def page_of(scene: Scene, filing: InspectionFiling, who: str = "lead") -> str:
    client = client_of(getattr(scene.cast, who))
    return client.get(reverse("filing", args=[filing.reference])).content.decode()


def make_url(filing: InspectionFiling, name: str) -> str:
    return reverse("paper-make", args=[filing.reference, name])


def typed_sitting(scene: Scene, **changed: Any) -> dict[str, Any]:
    return {
        "started_at": "2026-03-04 09:10", "ended_at": "2026-03-04 09:40", "place": "梨树县梨树镇示例路1号",
        "first": scene.cast.lead.pk, "second": scene.cast.assistant.pk, "licence_shown": "on", "signing": "signed",
        **changed,
    }  # fmt: skip


def test_the_list_and_what_may_be_made(scene: Scene) -> None:
    filing = finished(scene)
    page = page_of(scene, filing)
    for words in ("行政检查审批表", "吉梨交检审〔2026〕0001号", "现场检查笔录", "检查结果应当在", "监督电话还没有登记"):
        assert words in page, words
    for name in ("result", "slip", "questioning", "sampling", "inquest"):
        assert make_url(filing, name) in page
    assert make_url(filing, "notice") not in page
    assert reverse("result-tell", args=[filing.reference]) not in page
    leader = page_of(scene, filing, "squad_leader")
    assert "现场检查笔录" in leader
    assert make_url(filing, "result") not in leader


def test_the_page_stays_cheap_with_many_papers(scene: Scene) -> None:
    filing = finished(scene)
    for _ in range(5):
        made(scene, filing, "inspection_slip")
    client = client_of(scene.cast.lead)
    with CaptureQueriesContext(connection) as counted:
        client.get(reverse("filing", args=[filing.reference]))
    assert len(counted) <= OTHER + SESSION_AND_USER


def test_other_pages_of_papers_stay_cheap(scene: Scene) -> None:
    filing = finished(scene)
    paper = filing.documents.get(code="inspection_record")
    addresses = [
        *(make_url(filing, name) for name in ("result", "questioning", "sampling", "inquest")),
        reverse("result-tell", args=[filing.reference]), reverse("paper", args=[filing.reference, paper.pk]),
    ]  # fmt: skip
    client = client_of(scene.cast.lead)
    for address in addresses:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200, address
        assert len(counted) <= OTHER + SESSION_AND_USER, address


def test_result_is_made_then_told_by_forms_alone(scene: Scene) -> None:
    filing = finished(scene)
    client = client_of(scene.cast.lead)
    shown = client.get(make_url(filing, "result")).content.decode()
    assert reverse("paper-draft", args=[filing.reference, "result"]) in shown
    unread = client.post(make_url(filing, "result"), {"version": filing.version})
    assert "请先打开草稿看一遍" in unread.content.decode()
    done = client.post(make_url(filing, "result"), {"version": filing.version, "is_read": "on"})
    paper = filing.documents.get(code="inspection_result")
    assert done.headers["Location"] == reverse("paper", args=[filing.reference, paper.pk])
    assert reverse("result-tell", args=[filing.reference]) in page_of(scene, filing)
    typed = {"version": filing.version, "way": "on_spot", "told_at": "2026-03-04 11:10", "receiver": "示例厂长"}
    told = client.post(reverse("result-tell", args=[filing.reference]), typed)
    assert told.headers["Location"] == reverse("filing", args=[filing.reference])
    assert ResultTelling.objects.get().told_at == FINISHED + timedelta(minutes=10)
    page = page_of(scene, filing)
    assert "已告知 示例厂长" in page
    assert reverse("result-tell", args=[filing.reference]) not in page


def test_telling_without_its_paper_leads_to_it_and_keeps_what_was_typed(scene: Scene) -> None:
    filing = finished(scene)
    typed = {
        "version": filing.version,
        "way": "post",
        "told_at": "2026-03-04 11:10",
        "receiver": "示例收发室",
        "note": "单号7",
    }
    page = client_of(scene.cast.lead).post(reverse("result-tell", args=[filing.reference]), typed).content.decode()
    assert "还没有制作结果告知书" in page
    assert make_url(filing, "result") in page
    assert "示例收发室" in page
    assert not ResultTelling.objects.exists()


@pytest.mark.parametrize(
    ("name", "code", "typed"),
    [
        ("questioning", "inspection_questioning", {"person_name": "示例丁", "question_1": "您是谁？", "answer_1": "安全员。"}),
        ("sampling", "inspection_sampling", {"is_sealed": "on", "item_1_name": "苫布", "item_1_quantity": "1块"}),
        (
            "inquest", "inspection_inquest",
            {"person_name": "示例丁", "weather": "晴", "body": "停车场东侧停放两辆货车，车厢上方没有苫盖物，地面无散落。"},
        ),
    ],
)  # fmt: skip
def test_written_papers_by_forms_alone(scene: Scene, name: str, code: str, typed: dict[str, Any]) -> None:
    filing = finished(scene)
    client = client_of(scene.cast.lead)
    page = client.get(make_url(filing, name)).content.decode()
    assert "梨树县梨树镇示例路1号" in page  # the place is known
    data = {"version": filing.version, **typed_sitting(scene), **typed}
    early = client.post(make_url(filing, name), {**data, "started_at": "2026-03-04 08:00"})
    assert "时间要在检查开始" in early.content.decode()
    done = client.post(make_url(filing, name), data)
    paper = filing.documents.get(code=code)
    assert done.headers["Location"] == reverse("paper", args=[filing.reference, paper.pk])


def test_the_questioned_who_was_present_is_not_typed_again(scene: Scene) -> None:
    filing = finished(scene)
    page = client_of(scene.cast.lead).get(make_url(filing, "questioning")).content.decode()
    assert re.search(r'name="person_name"[^>]*value="示例厂长"', page)
    assert 'value="13800000001"' in page
    assert "梨树县示例运输有限公司厂长" in page


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("questioning", {"question_1": "", "answer_1": "只有答。"}, "第 1 项有答没有问"),
        ("questioning", {}, "还没有记录任何回答"),
        ("sampling", {"is_sealed": "on"}, "还没有写抽取的物品"),
        ("sampling", {"is_sealed": "on", "item_2_place": "库房"}, "物品 2 要写名称和数量"),
        ("sampling", {"item_1_name": "苫布", "item_1_quantity": "1块"}, "样品要当场封存"),
        (
            "inquest",
            {"weather": "晴", "body": "停车场东侧停放两辆货车，车厢上方没有苫盖物，地面无散落。"},
            "至少写一人",
        ),
        ("inquest", {"licence_shown": ""}, "请先出示执法证件"),
    ],
)
def test_what_is_missing_is_said_in_plain_words(scene: Scene, name: str, typed: dict[str, Any], said: str) -> None:
    filing = finished(scene)
    data = {"version": filing.version, "person_name": "", **typed_sitting(scene), **typed}
    if name == "questioning":
        data["person_name"] = "示例丁"
    page = client_of(scene.cast.lead).post(make_url(filing, name), data).content.decode()
    assert said in page
    assert filing.documents.count() == 3


@needs_pango
def test_drafts_are_marked_and_kept_nowhere(scene: Scene) -> None:
    waiting = submitted_filing(scene, subject())
    draft = client_of(scene.cast.squad_leader).get(reverse("paper-draft", args=[waiting.reference, "approval"]))
    assert draft.headers["Content-Type"] == "application/pdf"
    assert all("草稿" in page for page in structure.text_of(draft.content).split("\f"))
    assert not InspectionDocument.objects.exists()
    unknown = client_of(scene.cast.lead).get(reverse("paper-draft", args=[waiting.reference, "questioning"]))
    assert unknown.status_code == 404


@needs_pango
def test_what_is_typed_can_be_seen_as_a_draft_first(scene: Scene) -> None:
    filing = finished(scene)
    data = {
        "version": filing.version, **typed_sitting(scene), "person_name": "示例丁", "question_1": "您是谁？",
        "answer_1": "安全员。", "_draft": "1",
    }  # fmt: skip
    client = client_of(scene.cast.lead)
    draft = client.post(make_url(filing, "questioning"), data)
    text = re.sub(r"\s", "", structure.text_of(draft.content))
    assert "答：安全员。" in text
    assert "草稿" in text
    assert filing.documents.count() == 3
    broken = client.post(make_url(filing, "questioning"), {**data, "person_name": ""})
    assert broken.headers["Content-Type"].startswith("text/html")
    assert "安全员。" in broken.content.decode()


@needs_pango
def test_a_paper_is_printed_when_it_is_drawn(scene: Scene) -> None:
    filing = finished(scene)
    paper = filing.documents.get(code="inspection_record")
    client = client_of(scene.cast.lead)
    address = reverse("paper-pdf", args=[filing.reference, paper.pk])
    assert client.get(address).status_code == 404
    assert "正在生成" in client.get(reverse("paper", args=[filing.reference, paper.pk])).content.decode()
    OUTPUT.render_one(paper.pk)
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert "打开或打印" in client.get(reverse("paper", args=[filing.reference, paper.pk])).content.decode()


def test_strangers_and_wrong_addresses_find_nothing(scene: Scene) -> None:
    filing = finished(scene)
    paper = filing.documents.first()
    assert paper is not None
    address = reverse("paper", args=[filing.reference, paper.pk])
    assert client_of(scene.cast.outsider).get(address).status_code in (403, 404)
    assert client_of(scene.cast.lead).get(reverse("paper", args=[filing.reference, paper.pk + 999])).status_code == 404
    assert client_of(scene.cast.lead).get(make_url(filing, "record")).status_code == 404
    assert client_of(scene.cast.squad_leader).get(make_url(filing, "result")).status_code == 403


def test_during_the_visit_the_papers_of_the_spot_are_offered(scene: Scene) -> None:
    filing = started_filing(scene, subject())
    page = page_of(scene, filing)
    assert make_url(filing, "questioning") in page
    assert make_url(filing, "result") not in page
    assert "检查结果应当在" not in page


def test_doubts_about_the_forms_are_shown_to_administrators_only(scene: Scene) -> None:
    filing = finished(scene)
    reviewer = client_of(scene.cast.reviewer).get(reverse("paper-forms"))
    assert reviewer.content.decode().count("待核对") >= 8
    assert client_of(scene.cast.lead).get(reverse("paper-forms")).status_code == 403
    assert "待核对" not in page_of(scene, filing)
