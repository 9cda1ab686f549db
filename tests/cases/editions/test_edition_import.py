"""Editions from files: the same as the loader's, every fault at its cell, nothing half."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cases.editions.columns import titles
from cases.models import Edition, EditionKind, EditionRow, EditionState
from lishu_law.errors import NotAllowed, Refused
from lishu_law.registry.models import ImportFault, ImportState
from tests.cases.editions.files import as_csv, as_workbook, faults_of, ordered, received, shipped_rows
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.mark.parametrize("kind", EditionKind.values)
@pytest.mark.parametrize("shape", ["csv", "titled", "gb18030", "workbook"])
def test_the_shipped_table_through_a_file_is_the_loaders_edition(cast: Cast, kind: str, shape: str) -> None:
    rows = shipped_rows(kind)
    made = {
        "csv": lambda: as_csv(rows),
        "titled": lambda: as_csv(rows, titles(kind)),
        "gb18030": lambda: as_csv(rows, titles(kind), "gb18030"),
        "workbook": lambda: as_workbook(rows),
    }[shape]()
    load = received(cast.reviewer, made, kind)
    assert (load.state, load.rows, load.faults, load.failure) == (ImportState.CHECKED, len(rows), 0, "")
    assert Edition.objects.filter(load=load).count() == 0
    ordered(cast.reviewer, load)
    edition = Edition.objects.get(load=load)
    loader = Edition.objects.get(kind=kind, load=None)
    assert (edition.digest, edition.size, edition.state) == (loader.digest, loader.size, EditionState.DRAFT)
    assert edition.notices == loader.notices
    assert list(edition.rows.order_by("line").values_list("line", "key", "cells")) == list(
        loader.rows.order_by("line").values_list("line", "key", "cells")
    )


PLANTED: tuple[tuple[int, dict[str, str], str], ...] = (
    (5, {"penalty_max": "999999"}, "裁量上限"),
    (9, {"condition_expr": "prior_same_99m==0"}, "适用条件算式"),
    (14, {"penalty_provision": "道路运输条例"}, "处罚依据"),
    (20, {"effective_to": "2020-01-01"}, "本行失效日期"),
    (27, {"row_id": "pax-unlicensed-01"}, "编号"),
)


@pytest.mark.parametrize("shape", [as_csv, as_workbook])
def test_five_planted_faults_are_told_at_their_cells(cast: Cast, shape: Any) -> None:
    rows = shipped_rows("benchmark")
    for line, change, _column in PLANTED:
        rows[line - 2] |= change
    load = received(cast.reviewer, shape(rows), "benchmark")
    assert faults_of(load) == [(line, column) for line, _change, column in PLANTED]
    assert (load.faults, load.faulty_rows) == (5, 5)
    with pytest.raises(Refused, match="5 行有错"):
        ordered(cast.reviewer, load)
    assert not Edition.objects.filter(load=load).exists()


def test_two_rows_of_one_rank_that_both_match_are_refused(cast: Cast) -> None:
    rows = [row for row in shipped_rows("benchmark") if row["item_code"] == "road-dig"]
    place = next(no for no, row in enumerate(rows) if row["tier_rank"] != "0")
    rows[place + 1] |= {name: rows[place][name] for name in ("tier_rank", "condition_expr")}
    load = received(cast.reviewer, as_csv(rows), "benchmark")
    assert faults_of(load) == [(place + 3, "适用条件算式")]
    said = ImportFault.objects.get(load=load, is_notice=False).message
    assert f"和第 {place + 2} 行同一档次顺序" in said


def test_holes_gaps_and_memory_are_told_and_keep_nothing_back(cast: Cast) -> None:
    rows = [row for row in shipped_rows("benchmark") if row["item_code"] in ("road-pile", "pax-charter")]
    removed = [row for row in rows if row["tier"] != "一般" or row["item_code"] != "pax-charter"]
    load = received(cast.reviewer, as_csv(removed), "benchmark")
    said = " ".join(ImportFault.objects.filter(load=load, is_notice=True).values_list("message", flat=True))
    assert load.faults == 0
    assert all(word in said for word in ("有空档", "之间没有一档", "没有核对原文"))
    assert ordered(cast.reviewer, load).state == ImportState.LOADED


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "@SUM(A1)", "+cmd|x", "＝1"])
def test_text_that_is_a_formula_is_refused_at_its_cell(cast: Cast, text: str) -> None:
    rows = shipped_rows("lists")[:5]
    rows[2] |= {"matter": text}
    load = received(cast.reviewer, as_csv(rows), "lists")
    assert faults_of(load) == [(4, "事项")]


def test_a_computed_cell_is_refused_at_its_place(cast: Cast) -> None:
    rows = shipped_rows("benchmark")[:6]
    load = received(cast.reviewer, as_workbook(rows, {(3, "penalty_max"): "=1000+600"}), "benchmark")
    assert (3, "R 列") in faults_of(load)
    with pytest.raises(Refused):
        ordered(cast.reviewer, load)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"list_type": "新清单"}, "清单"),
        ({"condition_expr": "__import__('os').system('x')"}, "适用条件算式"),
        ({"condition_expr": "(" * 400}, "适用条件算式"),
        ({"matter": "某\u202e事项"}, "事项"),
        ({"matter": "长" * 3000}, "事项"),
        ({"list_no": ""}, "序号"),
    ],
)
def test_broken_lists(cast: Cast, change: dict[str, str], column: str) -> None:
    rows = shipped_rows("lists")[:5]
    rows[2] |= change
    load = received(cast.reviewer, as_csv(rows), "lists")
    assert faults_of(load) == [(4, column)]


def test_statutes_do_not_overlap(cast: Cast) -> None:
    rows = shipped_rows("statutes")
    again = next(row for row in rows if row["effective_from"] and not row["effective_to"])
    load = received(
        cast.reviewer, as_csv([*rows, again | {"version_label": "新", "effective_from": "2031-01-01"}]), "statutes"
    )
    assert faults_of(load) == [(len(rows) + 2, "施行日期")]
    wrong = again | {"version_label": "新", "effective_from": "2031-13-01"}
    assert faults_of(received(cast.reviewer, as_csv([*rows, wrong]), "statutes")) == [(len(rows) + 2, "施行日期")]


def test_a_file_without_a_column_is_refused_whole(cast: Cast) -> None:
    rows = [{key: value for key, value in row.items() if key != "tier"} for row in shipped_rows("benchmark")[:3]]
    load = received(cast.reviewer, as_csv(rows), "benchmark")
    assert faults_of(load) == [(1, "档次")]
    with pytest.raises(Refused, match="没有一行可以导入"):
        ordered(cast.reviewer, load)


MANY = 50_000 if os.environ.get("LISHU_LONG") else 4_000


def test_many_thousand_rows(cast: Cast) -> None:
    """Whole or not at all, in a time a person may wait for."""
    rows: list[dict[str, str]] = []
    shipped = shipped_rows("benchmark")
    for copy in range(87):
        rows += [
            row | {"row_id": f"{row['row_id']}-{copy}", "item_code": f"{row['item_code']}-{copy}"} for row in shipped
        ]
    rows = rows[:MANY]
    begun = time.monotonic()
    load = received(cast.reviewer, as_csv(rows), "benchmark")
    assert (load.state, load.rows, load.faults) == (ImportState.CHECKED, MANY, 0)
    ordered(cast.reviewer, load)
    assert Edition.objects.get(load=load).size == EditionRow.objects.filter(edition__load=load).count() == MANY
    assert time.monotonic() - begun < 600


def test_only_the_legal_section_brings_editions_in(cast: Cast) -> None:
    for person in (cast.lead, cast.squad_leader, cast.deputy):
        with pytest.raises(NotAllowed):
            received(person, as_csv(shipped_rows("lists")[:3]), "lists")


def test_frozen_rows_stay_as_they_are(cast: Cast) -> None:
    row = EditionRow.objects.first()
    assert row is not None
    for change in (lambda: EditionRow.objects.filter(pk=row.pk).update(key="x"), row.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
