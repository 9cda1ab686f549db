"""The law-change radar: open cases of changed violations with old and new result, decided ones never."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.documents.citing import texts_citing
from cases.models import Edition
from cases.queries.editions import changes_against
from cases.queries.radar import Radar, radar
from tests import scenarios
from tests.cases.editions.files import Table, as_csv, ordered, received, shipped_rows
from tests.cast import Cast, make_cast
from tests.scenarios import ACT_AT, FACTS, case_at

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def newer(cast: Cast, row_id: str, **changed: str) -> Edition:
    rows = [row | (changed if row["row_id"] == row_id else {}) for row in shipped_rows("benchmark")]
    return Edition.objects.get(load=ordered(cast.reviewer, received(cast.reviewer, as_csv(rows), "benchmark")))


def test_open_cases_show_old_beside_new_and_decided_ones_do_not(cast: Cast, monkeypatch: Any) -> None:
    case_at("decided", cast)
    monkeypatch.setattr(scenarios, "ACT_AT", ACT_AT + timedelta(hours=1))
    walk = case_at("discretion_set", cast)
    monkeypatch.setattr(scenarios, "ACT_AT", ACT_AT + timedelta(hours=2))
    bare = case_at("evidence_verified", cast)
    edition = newer(cast, "frt-scatter-01", penalty_max="1400")
    current = Edition.objects.get(kind="benchmark", load=None)
    found = radar(edition, changes_against(edition, current), TODAY)
    assert found.case_count == 2
    assert [(one.code, one.title) for one in found.explained] == [("frt-scatter", walk.case.violation)]
    assert found.decided_count == 1
    touched = {one.case.pk: one for one in found.cases}
    assert (touched[walk.case.pk].before, touched[walk.case.pk].after) == (
        "较轻，1000元以上1600元以下", "较轻，1000元以上1400元以下",
    )  # fmt: skip
    assert touched[walk.case.pk].moves
    assert (touched[bare.case.pk].before, touched[bare.case.pk].moves) == ("还没有裁量", False)


def test_other_violations_touch_nothing(cast: Cast) -> None:
    case_at("discretion_set", cast)
    edition = newer(cast, "pax-stops-01", conditions="另一种说法")
    current = Edition.objects.get(kind="benchmark", load=None)
    found = radar(edition, changes_against(edition, current), TODAY)
    assert (found.case_count, found.cases, found.laws) == (0, (), frozenset())


def of_kind(cast: Cast, kind: str, rows: Table) -> tuple[Radar, Edition]:
    """The radar of a new edition of lists or statutes."""
    edition = Edition.objects.get(load=ordered(cast.reviewer, received(cast.reviewer, as_csv(rows), kind)))
    return radar(edition, changes_against(edition, Edition.objects.get(kind=kind, load=None)), TODAY), edition


def test_a_new_list_shows_who_would_be_exempted(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(scenarios, "FACTS", {**FACTS, "blocked_minutes": Decimal(0), "traffic_affected": False})
    walk = case_at("discretion_set", cast)
    rows = [
        row | {"condition_expr": "prior_same_24m==0"} if (row["item_code"], row["list_type"]) == ("frt-scatter", "首违不罚")
        else row
        for row in shipped_rows("lists")
    ]  # fmt: skip
    found, edition = of_kind(cast, "lists", rows)
    assert [one.code for one in found.explained] == ["frt-scatter"]
    (touched,) = found.cases
    assert (touched.case, touched.before, touched.after) == (
        walk.case, "较轻，1000元以上1600元以下", "不予处罚",
    )  # fmt: skip
    assert "行为发生在这一版施行之前" in touched.remark
    assert touched.moves
    edition.in_force_from = ACT_AT.date()
    again = radar(edition, changes_against(edition, Edition.objects.get(kind="lists", load=None)), TODAY)
    assert again.cases[0].remark == ""


def test_what_a_new_list_asks_in_addition_is_named(cast: Cast) -> None:
    case_at("discretion_set", cast)
    rows = shipped_rows("lists")
    for row in rows:
        if (row["item_code"], row["list_type"]) == ("frt-scatter", "首违不罚"):
            row["condition_expr"] = "commitment_signed"
    found, _edition = of_kind(cast, "lists", rows)
    assert "还要查明：" in found.cases[0].after
    assert "已签订告知承诺书" in found.cases[0].after


def test_a_general_list_row_touches_no_single_violation(cast: Cast) -> None:
    case_at("discretion_set", cast)
    rows = shipped_rows("lists")
    next(row for row in rows if row["item_code"] == "*")["conditions"] = "另一种说法"
    found, _edition = of_kind(cast, "lists", rows)
    assert (found.is_general, found.explained, found.case_count) == (True, (), 0)


def statutes(short_name: str, **changed: str) -> Table:
    """The shipped statutes with the version in force of one of them changed."""
    rows = shipped_rows("statutes")
    row = next(
        one for one in rows if one["short_name"] == short_name and one["effective_from"] and not one["effective_to"]
    )
    row.update(changed)
    return rows


def test_a_new_statute_version_touches_every_violation_that_cites_it(cast: Cast) -> None:
    case_at("discretion_set", cast)
    found, _edition = of_kind(cast, "statutes", statutes("道路运输条例", number="国务院令第999号"))
    assert found.laws == {"中华人民共和国道路运输条例"}
    codes = {one.code for one in found.explained}
    assert {"frt-scatter", "pax-unlicensed", "repair-filing"} <= codes
    assert not {"road-spill", "qual-jerry"} & codes
    (touched,) = found.cases
    assert "依照《中华人民共和国道路运输条例》第六十八条第二款" in touched.before
    assert not touched.moves


def test_a_renamed_statute_moves_the_articles_of_an_open_case(cast: Cast) -> None:
    walk = case_at("notice_served", cast)
    found, _edition = of_kind(cast, "statutes", statutes("道路运输条例", full_name="中华人民共和国道路运输管理条例"))
    assert found.laws == {"中华人民共和国道路运输管理条例", "中华人民共和国道路运输条例"}
    (touched,) = found.cases
    assert (touched.case, touched.moves) == (walk.case, True)
    assert "依照《中华人民共和国道路运输管理条例》第六十八条第二款" in touched.after
    assert "重新告知" in touched.remark


def test_our_own_texts_that_name_a_statute() -> None:
    found = {one.kind: one.titles for one in texts_citing({"中华人民共和国行政处罚法"})}
    assert {"行政处罚决定书", "违法行为通知书"} <= set(found["文书模板"])
    assert found["期限"]
    assert found["程序规则"]
    powers = texts_citing({"中华人民共和国道路运输条例"})
    assert any("第六十二条" in title for one in powers if one.kind == "强制措施的权力依据" for title in one.titles)
    assert texts_citing({"没有这部法"}) == ()
