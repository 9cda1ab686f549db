"""The papers of the dossier review: the sheet on one page, the yearly table as workbook and PDF; the folded sheet page."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from cases.actions import dossier_review
from cases.actions.dossier_review import NewDraw
from cases.documents.review_papers import year_workbook
from cases.dossier_review.items import items_on
from cases.dossier_review.scoring import Judgement
from cases.models import DossierReview
from cases.queries.dossier_reviews import year_table
from lishu_law import clock
from lishu_law.pdf import machine
from lishu_law.pdf.structure import text_of
from lishu_law.registry.roles import Role
from tests.cast import make_cast, person
from tests.scenarios import Walk, case_at

pytestmark = pytest.mark.django_db
PERFORMERS: tuple[str, ...] = ()  # a review stands beside the procedure, no step of it
PRINTS = pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")


@pytest.fixture
def walk(db: None) -> Walk:
    return case_at("archived", make_cast())


def drawn(walk: Walk, count: int = 1) -> list[DossierReview]:
    people = [person(f"dossier{n}", f"示例评{n}", walk.cast.authority, Role.DOSSIER_REVIEWER) for n in range(count)]
    seed = "2026-07-01 开奖 0312"
    new = NewDraw(year=2026, seed=seed, size=5, reviewers=tuple(people), second_every=1 if count > 1 else 0)
    dossier_review.draw_files(by=walk.cast.reviewer, new=new, at=walk.at)
    return list(DossierReview.objects.select_related("reviewer").order_by("round"))


def finish(row: DossierReview, walk: Walk, note: str = "说理太简单。") -> DossierReview:
    asked = {one.code: Judgement() for one in items_on(clock.local(walk.at).date()) if one.asks_person}
    asked["30"] = Judgement(lost=1, note=note)
    return dossier_review.finish_review(by=row.reviewer, review_id=row.pk, answers=asked, at=walk.at)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def pages_and_text(response: Any) -> tuple[int, str]:
    with pikepdf.open(io.BytesIO(response.content)) as opened:
        return len(opened.pages), "".join(text_of(response.content).split())


def test_the_sheet_folds_what_the_machine_judged_and_asks_the_rest(walk: Walk) -> None:
    (row,) = drawn(walk)
    page = client_of(row.reviewer).get(reverse("dossier-review-score", args=[row.pk]))
    text = unescape(page.content.decode())
    parts = page.context["parts"]
    assert sum(len(part.lines) for part in parts) == len(items_on(clock.today()))
    for part in parts:
        assert f"<details><summary>{part.title}：{len(part.lines)} 项" in text
    asked = [line.item.code for line in page.context["form"].lines]
    assert "40" not in asked  # a machine judges it
    assert re.findall(r'role="radiogroup" aria-labelledby="id_item_(\w+)_q"', text) == asked
    assert text.count("<summary>写理由") == len(asked)
    assert "<details open>" not in text
    assert f"机器评查 {page.context['score']} 分" in text


def test_a_missing_remark_is_asked_for_in_its_open_place(walk: Walk) -> None:
    (row,) = drawn(walk)
    client, address = client_of(row.reviewer), reverse("dossier-review-score", args=[row.pk])
    fields = client.get(address).context["form"].fields
    typed = {name: "no" if name.startswith("item_V") else "0" for name in fields if name.startswith("item_")}
    refused = client.post(address, {**typed, "item_30": "2", "note_21": "逐项核查过。"})
    text = unescape(refused.content.decode())
    assert refused.status_code == 422
    assert "第 30 项扣分或者否决要写明理由" in text
    for code in ("21", "30"):
        assert re.search(rf"<details open><summary>写理由[^/]*第 {code} 项", text)
    assert text.count("<details open>") == 2
    assert 'href="#id_note_30"' in text


@PRINTS
def test_the_sheet_is_one_page_before_and_after(walk: Walk) -> None:
    first, second = drawn(walk, 2)
    address = reverse("dossier-review-paper", args=[first.pk])
    empty = client_of(first.reviewer).get(address)
    pages, text = pages_and_text(empty)
    assert pages == 1
    assert walk.case.label in text
    assert "评查员签名" in text
    assert first.reviewer.full_name in text  # whoever printed it is named
    finish(first, walk, note="说理太简单，没有回应当事人说的装载情况。")
    assert client_of(second.reviewer).get(address).status_code == 404  # blind
    assert client_of(walk.cast.lead).get(address).status_code == 404
    finish(second, walk)
    pages, text = pages_and_text(client_of(walk.cast.lead).get(address))
    assert pages == 1
    assert "没有回应当事人说的装载情况" in text
    assert client_of(walk.cast.outsider).get(address).status_code == 404


def test_the_yearly_workbook_holds_the_figures_and_no_formula(walk: Walk) -> None:
    (row,) = drawn(walk)
    finish(row, walk)
    sheet = DossierReview.objects.get(pk=row.pk).sheet
    for line in sheet["items"]:
        if line["code"] == "30":
            line["title"] = "=HYPERLINK(1)"
    DossierReview.objects.filter(pk=row.pk).update(sheet=sheet)
    table = year_table(2026)
    assert table.files == 1
    book = load_workbook(io.BytesIO(year_workbook(table)))
    assert [one.title for one in book.worksheets] == ["2026年案卷评查情况", "2026年扣分项目"]
    figures = dict(one[:2] for one in book.worksheets[0].iter_rows(min_row=3, values_only=True))
    assert (figures["评查案卷（份）"], figures["整改（项）"]) == (1, table.tasks)
    cells = [cell for one in book.worksheets for line in one.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert any(cell.value == "=HYPERLINK(1)" for cell in cells)
    answer = client_of(walk.cast.lead).get(f"{reverse('dossier-review-year-workbook')}?year=2026")
    assert load_workbook(io.BytesIO(answer.content)).sheetnames == book.sheetnames


@PRINTS
def test_the_yearly_table_is_printed(walk: Walk) -> None:
    (row,) = drawn(walk)
    finish(row, walk)
    address = f"{reverse('dossier-review-year-pdf')}?year=2026"
    _pages, text = pages_and_text(client_of(walk.cast.lead).get(address))
    assert "2026年案卷评查情况表" in text
    assert "决定书" in text or "说明理由" in text
    assert client_of(walk.cast.keeper).get(address).status_code == 403
