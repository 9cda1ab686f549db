"""The pages beside the form: what an act would print is shown with 草稿, nothing is kept, and what is missing is linked."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.db.models import F
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from cases.actions import blanks, notice, rehearsal
from cases.actions.filing import approve_filing, declare_no_conflict
from cases.models import BlankNumber, Case, Document, NumberEnd, Step
from cases.procedure.steps import BY_CODE
from lishu_law.audit.models import JournalEntry
from lishu_law.demo.story.forms import Form
from lishu_law.demo.story.page import Page
from lishu_law.documents.models import NumberSeries
from lishu_law.errors import Refused
from lishu_law.pdf import machine
from lishu_law.pdf.structure import text_of
from lishu_law.web.models import Draft
from tests.cases.actions.phrase_scenes import approved
from tests.cases.views.test_case_pages import PERFORMERS, client_of
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at, visit_road
from tests.spot_scenes import SPOT_AT, spot_at

pytestmark = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
PICTURE = re.compile(r'src="data:image/png;base64,([^"]+)"')


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def url_of(code: str, walk: Walk) -> str:
    return reverse(f"case-{code}", args=[walk.case.clue_no])


def form_of(client: Client, url: str) -> Form:
    """The act's form as a browser finds it."""
    return Page("GET", f"http://testserver{url}", 200, {}, client.get(url).content).form("预览")


def pressed(client: Client, url: str, form: Form | None = None, button: str = "预览", **headers: str) -> str:
    """The page after the button, the form filled in as given or as it opens."""
    sent = QueryDict(mutable=True)
    for name, value in (form or form_of(client, url)).pairs(button):
        sent.appendlist(name, value)
    response = client.post(url, sent.urlencode(), "application/x-www-form-urlencoded", headers=headers)
    assert response.status_code == 200
    return str(response.content.decode())


def counts() -> tuple[int, ...]:
    numbers = sum(NumberSeries.objects.values_list("last", flat=True))
    return (*(model.objects.count() for model in (Document, Step, JournalEntry, Draft)), numbers)


def test_every_act_that_prints_is_previewed_as_it_opens_and_from_nothing(cast: Cast) -> None:
    clients = {name: client_of(user) for name, user in cast.everybody().items()}
    faults, drawn = [], set()

    def visit(word: str, walk: Walk) -> None:
        for code in [code for code, (at, _who) in PERFORMERS.items() if at == word and BY_CODE[code].papers]:
            client, url = clients[PERFORMERS[code][1]], url_of(code, walk)
            before = counts()
            assert 'id="preview"' in client.post(url, {"_preview": "1"}).content.decode()
            if PICTURE.search(pressed(client, url)):
                drawn.add(code)
            if counts() != before:
                faults.append(f"{code} left something behind")

    visit_road(cast, visit)
    assert faults == []
    # The others ask for a choice or a day first, and list it.
    assert drawn == {
        "approve_filing", "approve_report", "issue_notice", "review_defence", "approve_decision", "approve_closing",
    }  # fmt: skip


def test_the_pages_are_pictures_with_words_and_the_draft_mark(cast: Cast) -> None:
    walk = case_at("report_approved", cast)
    text = pressed(client_of(cast.lead), url_of("issue_notice", walk))
    found = PICTURE.findall(text)
    assert len(found) == 2
    for one in found:
        with Image.open(io.BytesIO(base64.b64decode(one))) as picture:
            assert (picture.format, picture.width) == ("PNG", 840)
            assert abs(picture.height / picture.width - 297 / 210) < 0.01
        assert len(one) < 200_000
    for number in (1, 2):
        assert f'alt="《违法行为通知书》草稿第 {number} 页，共 2 页"' in text
    assert walk.case.known_party.name in text.partition("这一页的文字")[2]
    assert "没有保存，也没有编号" in text


def test_a_draft_says_no_number_that_the_rehearsal_allotted(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    client, url = client_of(cast.head), url_of("approve_decision", walk)
    form = form_of(client, url)
    text = pressed(client, url, form)
    panel = text.partition('id="preview"')[2]
    assert PICTURE.search(panel) and not re.search(r"罚〔\d{4}〕", panel)
    assert "（草稿，未编号）" in re.sub(r"\s", "", panel)
    assert 'href="#id_opinion"' in text and 'href="#id_agree_0"' in text
    assert "口令" not in text.partition('id="preview"')[2]


def test_what_was_typed_stays_and_nothing_is_kept(cast: Cast) -> None:
    walk = case_at("report_endorsed", cast)
    client, url = client_of(cast.deputy), url_of("approve_report", walk)
    form, before = form_of(client, url).fill({"opinion": "同意<按报告>办理，注意“时效”。"}), counts()
    text = pressed(client, url, form)
    assert "同意&lt;按报告&gt;办理，注意“时效”。</textarea>" in text
    assert counts() == before
    state, version = walk.case.state, walk.case.version
    walk.case.refresh_from_db()
    assert (walk.case.state, walk.case.version, walk.case.decided_on) == (state, version, None)


def test_with_htmx_only_the_panel_comes_back(cast: Cast) -> None:
    walk = case_at("report_approved", cast)
    client, url = client_of(cast.lead), url_of("issue_notice", walk)
    text = pressed(client, url, HX_Request="true")
    assert text.startswith('<section id="preview"') and "<form" not in text
    response = client.get(url)
    assert response["Cache-Control"] == "private, no-store"


def test_the_pdf_of_the_draft_is_marked_and_cached_nowhere(cast: Cast) -> None:
    walk = case_at("report_approved", cast)
    client, url = client_of(cast.lead), url_of("issue_notice", walk)
    response = client.post(url, {"_preview_pdf": "0"})
    assert response["Content-Type"] == "application/pdf" and response["Cache-Control"] == "private, no-store"
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert len(pdf.pages) == 2
    assert "草稿" in re.sub(r"\s", "", text_of(response.content).split("\f")[0])
    assert client.post(url, {"_preview_pdf": "7"})["Content-Type"].startswith("text/html")


def test_who_may_not_act_gets_no_preview(cast: Cast) -> None:
    walk = case_at("report_approved", cast)
    url = url_of("issue_notice", walk)
    assert client_of(cast.outsider).post(url, {"_preview": "1"}).status_code in {403, 404}
    assert client_of(cast.reviewer).post(url, {"_preview": "1"}).status_code == 403
    assert Client().post(url, {"_preview": "1"}).status_code == 302


def test_a_refusal_of_the_law_is_listed_with_article_and_cure(cast: Cast) -> None:
    walk = case_at("defence_recorded", cast)
    panel = pressed(client_of(cast.lead), url_of("review_defence", walk)).partition('id="preview"')[2]
    assert "没有需要复核的陈述申辩" in panel and "行政处罚法第四十五条" in panel and "去处理" in panel


def test_an_empty_required_field_leads_to_where_its_fact_lives(cast: Cast) -> None:
    walk = case_at("filing_recommended", cast)
    Case.objects.filter(pk=walk.case.pk).update(summary="")
    walk.case.officers.update(conflict_declared_at=None)
    panel = pressed(client_of(cast.deputy), url_of("approve_filing", walk)).partition('id="preview"')[2]
    home = reverse("case", args=[walk.case.clue_no])
    assert PICTURE.search(panel)
    assert f'《立案登记表》的“案件基本情况”是空的。 <a href="{home}">去填写' in panel
    assert "还没有作出无利害关系声明" in panel  # a guard keeps no page away
    assert panel.count('href="#id_opinion"') == 1  # what the form itself misses is not said twice


def test_a_second_preview_of_the_same_person_is_told_to_wait(cast: Cast) -> None:
    """The lock is a session's: another connection holds it."""
    walk = case_at("report_approved", cast)
    digest = hashlib.sha256(f"preview:{cast.lead.pk}".encode()).digest()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [int.from_bytes(digest[:8], "big", signed=True)])
        text = pressed(client_of(cast.lead), url_of("issue_notice", walk))
        pdf = client_of(cast.lead).post(url_of("issue_notice", walk), {"_preview_pdf": "0"})
    finally:
        other.close()
    assert "上一次预览还没有画完" in text and not PICTURE.search(text)
    assert pdf["Content-Type"].startswith("text/html") and "上一次预览还没有画完" in pdf.content.decode()


@pytest.mark.parametrize("button", ["预览", "_preview_pdf"])
@pytest.mark.parametrize("headers", [{}, {"HX_Request": "true"}])
def test_a_stale_page_is_told_so_and_keeps_what_was_typed(cast: Cast, button: str, headers: dict[str, str]) -> None:
    walk = case_at("report_endorsed", cast)
    client, url = client_of(cast.deputy), url_of("approve_report", walk)
    form = form_of(client, url).fill({"opinion": "同意<按报告>办理，注意“时效”。"})
    Case.objects.filter(pk=walk.case.pk).update(version=F("version") + 1)
    before = counts()
    if button == "预览":
        text = pressed(client, url, form, **headers)
    else:
        sent = {name: value for name, value in form.pairs("预览") if name != "_preview"}
        response = client.post(url, {**sent, button: "0"}, headers=headers)
        assert response.status_code == 200
        text = response.content.decode()
    panel = text.partition('id="preview"')[2]
    assert "有人在您打开这一页之后改过这起案件" in panel and str(walk.case.updated_by) in panel
    assert not PICTURE.search(panel) and counts() == before
    if headers:
        assert text.startswith('<section id="preview"')
    else:
        assert "同意&lt;按报告&gt;办理，注意“时效”。</textarea>" in text
        assert f'name="version" value="{walk.case.version}"' in text  # submitted, it is told again


def test_inserted_wording_with_an_open_gap_is_previewed_and_named(cast: Cast) -> None:
    approved(cast, kind="answer", item_code="", title="没有证据", text="当事人提出的【待填：意见】没有证据，不予采纳。")
    walk = case_at("notice_served", cast)
    walk.step(
        notice.record_defence, cast.lead, kind="written", received_at=walk.at, content="没有超载。", speaker="示例人",
        speaker_role="法定代表人",
    )  # fmt: skip
    client, url = client_of(cast.lead), url_of("review_defence", walk)
    sent = {"version": walk.case.version, "adopted_1": "no", "_insert_answer_1": "B-001.1"}
    page = client.post(url, sent)
    form = Page("POST", f"http://testserver{url}", 200, {}, page.content).form("预览")
    assert "【待填：意见】" in form.value("answer_1")
    text = pressed(client, url, form)
    panel = text.partition('id="preview"')[2]
    words = re.sub(r"\s", "", panel.partition("这一页的文字")[2])
    assert PICTURE.search(panel) and "【待填：意见】没有证据" in words
    assert "还有 1 处【待填：意见】没有填写" in panel and 'href="#id_answer_1"' in panel


@time_machine.travel(SPOT_AT + timedelta(hours=4), tick=False)
def test_a_decision_on_a_printed_form_is_previewed_under_its_number_without_the_scan(cast: Cast, settings: Any) -> None:
    settings.DEMO = True  # the invented identity numbers
    lease = blanks.lease_numbers(by=cast.squad_leader, holder=cast.lead, count=2, at=SPOT_AT - timedelta(hours=2))
    blank, walk = lease.numbers.get(serial=2), spot_at("heard", cast)
    typed = {
        "version": walk.case.version, "payment_way": "bank", "blank": blank.pk, "written_at": "2026-03-02 10:30",
        "paper_reason": "现场没有网络", "is_same": "on",
    }  # fmt: skip
    client, url = client_of(cast.lead), reverse("case-paper-decision", args=[walk.case.clue_no])
    before = counts()
    panel = client.post(url, {**typed, "_preview": "1"}).content.decode().partition('id="preview"')[2]
    words = re.sub(r"\s", "", panel.partition("这一页的文字")[2])
    assert PICTURE.search(panel) and blank.number in words and "未编号" not in words
    assert counts() == before and not BlankNumber.objects.exclude(end=NumberEnd.OPEN).exists()
    assert client.post(url, typed).status_code == 422  # issued it is with the scan alone


def test_what_stumbles_after_a_refusal_is_logged(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    walk = case_at("filing_recommended", cast)

    def stumble() -> None:
        approve_filing(
            case_id=walk.case.pk, version=walk.case.version, by=cast.deputy, agree=True, opinion="同意立案。"
        )
        raise KeyError("a mistake of ours")

    walk.case.officers.update(conflict_declared_at=None)
    with pytest.raises(Refused, match="无利害关系声明"):
        rehearsal.rehearse(walk.case, stumble)
    assert "KeyError: 'a mistake of ours'" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_act_runs_and_nothing_stays() -> None:
    """As on a running site: no test's transaction around it that would undo what the rehearsal left."""
    cast = make_cast()
    walk = case_at("filing_recommended", cast)
    client, url = client_of(cast.deputy), url_of("approve_filing", walk)
    before, version = counts(), walk.case.version
    with CaptureQueriesContext(connection) as queries:
        assert PICTURE.search(pressed(client, url))
    assert counts() == before
    walk.case.refresh_from_db()
    assert (walk.case.version, walk.case.case_no, connection.get_autocommit()) == (version, None, True)
    assert len(queries) <= 130
    for officer in (cast.lead, cast.assistant):
        declare_no_conflict(case_id=walk.case.pk, by=officer, at=walk.at)
    walk.step(approve_filing, cast.deputy, agree=True, opinion="同意立案。")
    assert walk.case.case_no and walk.case.case_no.endswith("0001号")  # the rehearsal used no number up
