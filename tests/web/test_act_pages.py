"""A page that performs an act: nothing typed is lost, nothing is done twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from lishu_law import urls
from lishu_law.access.doors import signed_in as signed_in_only
from lishu_law.errors import Conflict, Refusal, Refused
from lishu_law.registry.models.people import User
from lishu_law.web.acts import Act, ActForm, act_page
from lishu_law.web.models import Draft, Operation

pytestmark = pytest.mark.urls(__name__)

DONE: list[dict[str, Any]] = []
OVERLAP = threading.Event()


class ToyForm(ActForm):
    fieldsets = (("经过", ("facts", "kind")),)
    facts = forms.CharField(label="违法事实", max_length=50, widget=forms.Textarea)
    kind = forms.ChoiceField(label="类型", choices=[("a", "甲类"), ("b", "乙类")], widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(label="情形", choices=[("x", "第一种"), ("y", "第二种")], required=False)
    paper = forms.FileField(label="附件", required=False)


def _run(data: dict[str, Any]) -> int:
    if data["facts"] == "违法":
        raise Refused([Refusal("officer2", "至少要有 2 名执法人员。", "行政处罚法第四十二条", fix="officers")])
    if data["facts"] == "冲突":
        raise Conflict("演示员乙 在 10:02 改过这份内容。", changed_by="演示员乙", changed_at="10:02")
    DONE.append(data)
    if data["facts"] == "同时":
        OVERLAP.wait(0.4)
    return len(DONE)


@signed_in_only
def toy(request: HttpRequest) -> HttpResponse:
    act = Act(
        title="提交试验",
        form_class=ToyForm,
        run=_run,
        done_url=lambda number: f"/help/?n={number}",
        done_message="已提交。",
        submit="提交试验",
        initial={"facts": "原来的内容", "version": 7},
        fixes=lambda refusal: "/me/" if refusal.fix == "officers" else "",
        back_url="/me/",
    )
    return act_page(request, act)


urlpatterns = [*urls.urlpatterns, path("toy/", toy, name="toy")]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def client(officer: User, signed_in: Callable[[User], Client]) -> Client:
    DONE.clear()
    OVERLAP.clear()
    return signed_in(officer)


def typed(**changes: Any) -> dict[str, Any]:
    return {"facts": "夜间未苫盖", "kind": "b", "op_id": "op-1", "version": "7", **changes}


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def test_page_shows_form_with_initial_values_and_a_fresh_operation(client: Client) -> None:
    first, second = text_of(client.get("/toy/")), text_of(client.get("/toy/"))
    assert "原来的内容" in first
    assert 'name="version" value="7"' in first
    assert first.split('name="op_id" value="')[1][:32] != second.split('name="op_id" value="')[1][:32]
    assert 'enctype="multipart/form-data"' in first


def test_success_redirects_and_second_submit_gets_first_result(client: Client) -> None:
    first = client.post("/toy/", typed())
    again = client.post("/toy/", typed(facts="又改了几个字"), follow=True)
    assert (first.status_code, first["Location"]) == (303, "/help/?n=1")
    assert again.redirect_chain == [("/help/?n=1", 303)]
    assert [done["facts"] for done in DONE] == ["夜间未苫盖"]
    assert Operation.objects.count() == 1


def test_same_operation_of_another_person_is_another_operation(
    client: Client, person: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    client.post("/toy/", typed())
    other = signed_in(person("other", "officer")).post("/toy/", typed())
    assert other["Location"] == "/help/?n=2"


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_are_one_act(client: Client, officer: User, signed_in: Callable[[User], Client]) -> None:
    both = threading.Barrier(2)
    found: list[str] = []

    def submit(browser: Client) -> None:
        both.wait()
        found.append(browser.post("/toy/", typed(facts="同时"))["Location"])
        connections.close_all()

    threads = [threading.Thread(target=submit, args=(signed_in(officer),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["/help/?n=1", "/help/?n=1"]
    assert len(DONE) == 1


def test_refusal_shows_reason_article_cure_and_keeps_the_text(client: Client, officer: User) -> None:
    response = client.post("/toy/", typed(facts="违法", tags=["x"]))
    page = text_of(response)
    assert response.status_code == 422
    assert "至少要有 2 名执法人员。" in page
    assert "行政处罚法第四十二条" in page
    assert '<a class="cure" href="/me/">' in page
    assert ">\n违法</textarea>" in page
    assert 'value="op-1"' in page
    assert "<title>有错误：" in page
    draft = Draft.objects.get(user=officer, key="/toy/")
    assert json.loads(draft.payload) == {"facts": ["违法"], "kind": ["b"], "tags": ["x"]}
    assert not Operation.objects.exists()


def test_shape_errors_stand_in_summary_and_at_the_field(client: Client) -> None:
    response = client.post("/toy/", typed(facts="长" * 51, kind="?"))
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("违法事实最多 50 字，现在 51 字，请精简。") == 2
    assert '<a href="#id_facts">' in page
    assert '<a href="#id_kind_0">' in page
    assert "有 2 处需要修改，改完再提交。" in page
    assert 'aria-describedby="id_facts_error" aria-invalid="true"' in page
    assert "长" * 51 in page
    assert DONE == []


def test_empty_form_asks_in_our_words(client: Client) -> None:
    page = text_of(client.post("/toy/", {"op_id": "op-2"}))
    assert "请填写违法事实。" in page
    assert "请选择类型。" in page


def test_conflict_page_shows_what_was_typed(client: Client) -> None:
    response = client.post("/toy/", typed(facts="冲突", tags=["y"]))
    page = text_of(response)
    assert response.status_code == 409
    assert "演示员乙 在 10:02 改过这份内容。" in page
    for words in ("冲突", "乙类", "第二种"):
        assert f'<div class="typed">{words}</div>' in page
    assert 'href="/toy/"' in page
    assert "冲突" in text_of(client.get("/toy/"))


def test_draft_comes_back_and_dies_on_success(client: Client) -> None:
    client.post("/toy/", typed(facts="违法", tags=["x", "y"]))
    page = text_of(client.get("/toy/"))
    assert "已恢复您" in page
    assert ">\n违法</textarea>" in page
    assert page.count("selected") == 2
    assert 'name="version" value="7"' in page
    client.post("/toy/", typed())
    assert not Draft.objects.exists()
    assert "原来的内容" in text_of(client.get("/toy/"))


def test_save_draft_button_works_without_script_and_checks_nothing(client: Client) -> None:
    response = client.post("/toy/", {"facts": "", "kind": "a", "op_id": "op-3", "_save_draft": "1"})
    assert (response.status_code, response["Location"]) == (303, "/toy/")
    page = text_of(client.get("/toy/"))
    assert "草稿已保存" in page
    assert 'value="a" aria' not in page
    assert "checked" in page
    assert DONE == []


def test_draft_can_be_thrown_away(client: Client) -> None:
    client.post("/toy/", typed(_save_draft="1"))
    client.post("/toy/", {"_drop_draft": "1"})
    assert not Draft.objects.exists()
    assert "原来的内容" in text_of(client.get("/toy/"))


@pytest.mark.parametrize("extra", [{}, {"_save_draft": "1"}], ids=["submit", "save draft"])
def test_text_too_long_for_a_draft_stays_on_the_page(client: Client, extra: dict[str, str]) -> None:
    long = "很长" * 100_001
    response = client.post("/toy/", typed(facts=long, **extra))
    assert response.status_code in (413, 422)
    assert long in text_of(response)
    assert not Draft.objects.exists()


def test_nul_character_is_refused_and_not_a_crash(client: Client) -> None:
    response = client.post("/toy/", typed(facts="看\x00见", op_id="op\x00"))
    assert response.status_code == 422
    assert "看不见的字符" in text_of(response)


def test_files_reach_the_action_and_are_named_again_after_an_error(client: Client) -> None:
    response = client.post("/toy/", typed(paper=SimpleUploadedFile("笔录.pdf", b"%PDF")))
    assert response.status_code == 303
    assert DONE[0]["paper"].name == "笔录.pdf"
    wrong = client.post("/toy/", typed(op_id="op-9", facts="", paper=SimpleUploadedFile("空.pdf", b"")))
    page = text_of(wrong)
    assert "附件是空文件，没有内容。请重新选择文件。" in page
    assert "选过的文件请重新选择一次" in page


def test_markup_typed_into_a_field_is_shown_as_text(client: Client) -> None:
    page = text_of(client.post("/toy/", typed(facts="<script>alert(1)</script>", kind="")))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
