"""Tables of editions through the screen: the loader's edition comes out, faults are told at their cells, nothing half."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.editions.columns import titles
from cases.models import Edition, EditionKind, EditionRow
from lishu_law.registry.models import ImportState, RegisterImport
from tests import scenarios
from tests.cases.editions.files import Table, as_csv, as_workbook, ordered, received, shipped_rows
from tests.cast import Cast, make_cast
from tests.scenarios import ACT_AT, FACTS, case_at

pytestmark = pytest.mark.django_db
TITLE = {"name": "交通运输行政处罚裁量基准", "label": "2026年版", "level": "own"}


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Any) -> Cast:
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path
    return make_cast()


def legal(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.reviewer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def hand_in(client: Client, kind: str, file: SimpleUploadedFile) -> str:
    """Type the title, choose the file, send: the reference of the checked load."""
    answer = client.post(reverse("edition-import-new", args=[kind]), {**TITLE, "file": file})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


@pytest.mark.parametrize("kind", EditionKind.values)
def test_the_shipped_table_through_the_screen_is_the_loaders_edition(cast: Cast, kind: str) -> None:
    client, rows = legal(cast), shipped_rows(kind)
    reference = hand_in(client, kind, as_csv(rows, titles(kind)))
    page = client.get(reverse("edition-import", args=[reference])).content.decode()
    assert f"检查了 {len(rows)} 行，没有发现错误" in page
    assert not Edition.objects.filter(load__reference=reference).exists()
    client.post(reverse("edition-import-order", args=[reference]))
    made, loaders = Edition.objects.get(load__reference=reference), Edition.objects.get(kind=kind, load=None)
    assert (made.digest, made.size, made.notices) == (loaders.digest, loaders.size, loaders.notices)
    columns = ("line", "key", "item_code", "cells")
    assert list(made.rows.order_by("line").values_list(*columns)) == list(
        loaders.rows.order_by("line").values_list(*columns)
    )
    shown = client.get(reverse("edition", args=[made.reference])).content.decode()
    assert "内容完全一样" in shown


PLANTED: tuple[tuple[int, dict[str, str], str, str], ...] = (
    (5, {"penalty_max": "999999"}, "裁量上限", "裁量上限高于法定上限"),
    (9, {"condition_expr": "prior_same_99m==0"}, "适用条件算式", "prior_same_99m"),
    (14, {"penalty_provision": "道路运输条例"}, "处罚依据", "第几条"),
    (20, {"effective_to": "2020-01-01"}, "本行失效日期", ""),
    (27, {"row_id": "pax-unlicensed-01"}, "编号", ""),
)


@pytest.mark.parametrize("shape", [as_csv, as_workbook])
def test_five_planted_faults_stand_at_their_cells_on_the_page(cast: Cast, shape: Any) -> None:
    client, rows = legal(cast), shipped_rows("benchmark")
    for line, change, _column, _words in PLANTED:
        rows[line - 2] |= change
    reference = hand_in(client, "benchmark", shape(rows))
    answer = client.get(reverse("edition-import", args=[reference]))
    assert "5 行有错" in answer.content.decode()
    told = [(one.row, one.column) for one in answer.context["faults"]]
    assert told == [(line, column) for line, _change, column, _words in PLANTED]
    for one, (line, _change, column, words) in zip(answer.context["faults"], PLANTED, strict=True):
        assert words in one.message
        assert f"{line}" in answer.content.decode()
        assert column in answer.content.decode()
    table = client.get(reverse("edition-import-faults", args=[reference])).content.decode("utf-8-sig")
    listed = [row[:3] for row in csv.reader(io.StringIO(table)) if row[2] == "错误"]
    assert listed == [[str(line), column, "错误"] for line, _change, column, _words in PLANTED]
    before = EditionRow.objects.count()
    assert client.post(reverse("edition-import-order", args=[reference])).status_code == 422
    assert EditionRow.objects.count() == before


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"penalty_min": "-500"}, "裁量下限"),
        ({"penalty_max": "1e9"}, "裁量上限"),
        ({"penalty_max": "99999999999999"}, "裁量上限"),
        ({"penalty_max": "NaN"}, "裁量上限"),
        ({"statute_max": "-1"}, "法定上限"),
        ({"condition_expr": "__import__('os').system('x')"}, "适用条件算式"),
        ({"condition_expr": "harm=='none' and"}, "适用条件算式"),
        ({"branch": "(" * 400}, "法条分支"),
        ({"branch": "9" * 5000 + ">passengers"}, "法条分支"),
        ({"violation": '=HYPERLINK("http://x")'}, "违法行为"),
        ({"tier_rank": "9"}, "档次顺序"),
        ({"effective_from": "2026-02-30"}, "本行生效日期"),
        ({"penalty_provision": ""}, "处罚依据"),
    ],
)
def test_bad_cells_of_a_benchmark(cast: Cast, change: dict[str, str], column: str) -> None:
    client, rows = legal(cast), shipped_rows("benchmark")[:6]
    rows[2] |= change
    reference = hand_in(client, "benchmark", as_csv(rows))
    faults = client.get(reverse("edition-import", args=[reference])).context["faults"]
    assert (4, column) in {(one.row, one.column) for one in faults}
    assert {one.row for one in faults} == {4}
    assert client.post(reverse("edition-import-order", args=[reference])).status_code == 422
    assert not Edition.objects.filter(load__reference=reference).exists()


def test_a_load_that_breaks_while_writing_leaves_nothing(cast: Cast, monkeypatch: Any) -> None:
    """The edition and its first rows are written when the database gives up: all of it is gone again."""
    client, rows = legal(cast), shipped_rows("benchmark")
    reference = hand_in(client, "benchmark", as_csv(rows))
    monkeypatch.setattr("cases.editions.writing.copy_rows", _broken)
    before = Edition.objects.count(), EditionRow.objects.count()
    client.post(reverse("edition-import-order", args=[reference]))
    assert (Edition.objects.count(), EditionRow.objects.count()) == before
    load = RegisterImport.objects.get(reference=reference)
    assert not hasattr(load, "edition")
    assert (load.state, load.progress) == (ImportState.FAILED, 0)
    assert "写入数据库时出错" in client.get(reverse("edition-import", args=[reference])).content.decode()


def _broken(*_args: Any, **_more: Any) -> None:
    raise DatabaseError("disk full")


def drafted(cast: Cast, kind: str, rows: Table) -> Edition:
    return Edition.objects.get(load=ordered(cast.reviewer, received(cast.reviewer, as_csv(rows), kind)))


def test_the_page_of_a_statutes_edition_names_what_is_to_be_read_again(cast: Cast) -> None:
    walk = case_at("discretion_set", cast)
    rows = shipped_rows("statutes")
    for row in rows:
        if row["short_name"] in ("处罚法", "道路运输条例") and row["effective_from"] and not row["effective_to"]:
            row["number"] = "第999号"
    edition = drafted(cast, "statutes", rows)
    client, page = legal(cast), reverse("edition", args=[edition.reference])
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        text = client.get(page).content.decode()
    assert len(captured) - 2 <= 20, [one["sql"] for one in captured]
    for said in (
        "公开网站上要变的说明", "货运经营者没有采取必要措施防止货物脱落、扬撒", "引用这些法律法规的文书模板", "行政处罚决定书",
        "引用这些法律法规的期限", "引用这些法律法规的程序规则", "没有决定的相关案件 1 件", str(walk.case),
    ):  # fmt: skip
        assert said in text, said


def test_the_page_of_a_lists_edition_shows_old_beside_new(cast: Cast, monkeypatch: Any) -> None:
    case_at("decided", cast)
    monkeypatch.setattr(scenarios, "FACTS", {**FACTS, "blocked_minutes": Decimal(0), "traffic_affected": False})
    monkeypatch.setattr(scenarios, "ACT_AT", ACT_AT + timedelta(hours=2))
    other = case_at("discretion_set", cast)
    rows = shipped_rows("lists")
    for row in rows:
        if (row["item_code"], row["list_type"]) == ("frt-scatter", "首违不罚"):
            row["condition_expr"] = "harm=='none'"
    page = legal(cast).get(reverse("edition", args=[drafted(cast, "lists", rows).reference])).content.decode()
    assert "没有决定的相关案件 1 件" in page
    assert str(other.case) in page
    assert "<b>不予处罚</b>" in page
    assert "行为发生在这一版施行之前" in page
    assert "已经决定的案件 1 件不受影响" in page
