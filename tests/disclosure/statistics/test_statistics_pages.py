"""The pages and files of the yearly figures: who may, what opens, how many statements, and nothing personal."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from disclosure.statistics.figures import year_figures
from lishu_law.pdf import machine, structure
from lishu_law.registry.roles import Role
from lishu_law.web.workbooks import Sheet, workbook
from tests.disclosure.facts import checker, user
from tests.disclosure.statistics.invented_years import B, Invented, column_counts, money_of, of, store, years

NOW = datetime(2026, 1, 20, 2, 0, tzinfo=UTC)
PAGE_MOST, SESSION = 25, 2
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def whole() -> list[Invented]:
    found = years(40)
    store(found)
    return found


def test_every_number_of_the_staff_page_opens_its_rows(
    client: Client, whole: list[Invented], django_assert_max_num_queries: Any
) -> None:
    client.force_login(checker())
    with django_assert_max_num_queries(PAGE_MOST + SESSION):
        page = client.get("/disclosure/figures/?year=2025").content.decode()
    links = re.findall(r'href="(/disclosure/figures/([A-Z])/([a-z_]+)/\?year=2025)">(\d[\d.]*)<', page)
    figures = {
        (one.form.code, figure.column.key): figure for one in year_figures(2025).tables for figure in one.figures
    }
    assert {(form, key) for _url, form, key, _text in links} == {
        at for at, figure in figures.items() if figure.has_list and figure.value
    }
    counts = column_counts(of(whole, 2025), B)
    for url, form, key, text in set(links):
        with django_assert_max_num_queries(12 + SESSION):
            rows = client.get(url).content.decode()
        assert f"：{text}。" in rows
        if form == "B" and key in counts:
            assert rows.count('<th scope="row">') == counts[key]


def test_every_role_that_may_not_is_refused(client: Client) -> None:
    client.force_login(user("O001", Role.OFFICER))
    for url in (
        "/disclosure/figures/",
        "/disclosure/figures/yearly.xlsx",
        "/disclosure/figures/yearly.pdf",
        "/disclosure/figures/report/",
        "/disclosure/figures/B/fine/",
    ):
        assert client.get(url).status_code == 403
    client.force_login(user("L001", Role.LEGAL_REVIEWER))
    assert client.get("/disclosure/figures/").status_code == 200
    assert client.get("/disclosure/intake/").status_code == 403


@pytest.mark.parametrize("query", ["year=0", "year=2199", "year=%D9%A2026", "year=abcd", "year=2025&page=0"])
def test_what_is_no_year_is_not_found(client: Client, query: str) -> None:
    client.force_login(checker())
    url = "/disclosure/figures/B/fine/" if "page" in query else "/disclosure/figures/"
    assert client.get(f"{url}?{query}").status_code == 404
    assert client.get("/disclosure/figures/Z/fine/").status_code == 404
    assert client.get("/disclosure/figures/E/levy/").status_code == 404


def test_the_workbook_holds_the_same_figures(client: Client, whole: list[Invented]) -> None:
    client.force_login(checker())
    answer = client.get("/disclosure/figures/yearly.xlsx?year=2024")
    assert 'filename="statistics-2024.xlsx"' in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 7
    sheet = book.worksheets[1]
    titles, values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=3)]
    filled = dict(zip(titles, values, strict=True))
    counts = column_counts(of(whole, 2024), B)
    assert (filled["警告"], filled["罚款"], filled["吊销许可证件"]) == (
        counts["warning"], counts["fine"], counts["revocation"],
    )  # fmt: skip
    assert Decimal(str(filled["罚没金额（元）"])) == money_of(of(whole, 2024))
    third = book.worksheets[2]
    assert third["A2"].value == "单位名称"
    assert third["B2"].value == "行政处罚案件数量"
    assert "B2:O2" in {str(one) for one in third.merged_cells.ranges}
    assert third["A4"].value == "梨树县交通运输局"
    assert "2024 年 1 月 1 日" in str(third["A5"].value)


def test_a_workbook_takes_any_text_and_is_the_same_every_time() -> None:
    made = workbook([Sheet("甲/乙", [["名"]], [["=1+1"], ['<&"\x00\x0b'], [date(2026, 1, 2)], [None]], widths=[9])] * 2)
    assert made == workbook(
        [Sheet("甲/乙", [["名"]], [["=1+1"], ['<&"\x00\x0b'], [date(2026, 1, 2)], [None]], widths=[9])] * 2
    )
    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["甲乙", "甲乙（2）"]
    assert [cell.value for cell in book.worksheets[0]["A"]] == ["甲/乙", "名", "=1+1", '<&"', "2026-01-02", None]
    assert book.worksheets[0]["A3"].data_type != "f"


@pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="this machine cannot print")
@pytest.mark.parametrize("name", ["yearly", "report"])
def test_the_papers_say_their_year(client: Client, whole: list[Invented], name: str) -> None:
    client.force_login(checker())
    for year in (2025, 2020):
        answer = client.get(f"/disclosure/figures/{name}.pdf?year={year}")
        assert answer["Content-Type"] == "application/pdf", answer.content.decode()
        text = structure.text_of(answer.content)
        assert f"{year}年度" in text
        assert f"{year - 1}年1月1日" not in text.replace(" ", "")


def test_the_report_page_shows_gaps_and_figures(client: Client, whole: list[Invented]) -> None:
    client.force_login(checker())
    page = client.get("/disclosure/figures/report/?year=2025").content.decode()
    assert f"共作出行政处罚决定 {len(of(whole, 2025))} 件" in page
    assert "请填写" in page
    assert "三、2025年度党政主要负责人" in page


def test_the_public_page(client: Client, whole: list[Invented], django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(PAGE_MOST):
        answer = client.get("/statistics/?year=2024")
    page = answer.content.decode()
    assert not answer.cookies
    assert "max-age=60" in answer["Cache-Control"]
    assert page.count("<svg viewBox") >= 2
    assert f'<td class="num">{len(of(whole, 2024))}</td>' in page
    assert "/disclosure/figures/" not in page
    assert "<script" not in page.split("<main")[1]
    assert client.get("/statistics/?year=2024", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert "还没有结束" in client.get("/statistics/").content.decode()
    assert client.get("/statistics/?year=2019").status_code == 200
    wrong = client.get("/statistics/?year=20x4")
    assert wrong.status_code == 400
    assert "四位数字" in wrong.content.decode()
