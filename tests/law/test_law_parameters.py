"""Dated local parameters: the value of a day, its mark, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lishu_law.law.parameters import DEFAULT_PARAMETERS, ParameterError, ParameterSet
from lishu_law.law.tables import read_table

pytestmark = pytest.mark.law

TODAY = date(2026, 2, 13)


def row(code: str, value: str, start: str, end: str = "", confirmed: str = "N") -> dict[str, str]:
    return {
        "code": code, "title": code, "value": value, "unit": "元", "from": start, "to": end,
        "source": "test", "confirmed": confirmed,
    }  # fmt: skip


TWO_VALUES = [
    row("threshold", "2000", "2026-03-01", confirmed="Y"),
    row("threshold", "1000", "2025-01-01", "2026-02-28"),
]


@pytest.mark.parametrize(
    ("on", "value"), [("2025-01-01", "1000"), ("2026-02-28", "1000"), ("2026-03-01", "2000"), ("2030-01-01", "2000")]
)
def test_the_value_of_the_day(on: str, value: str) -> None:
    assert ParameterSet.from_rows(TWO_VALUES).value("threshold", date.fromisoformat(on)) == value


def test_a_day_without_a_value_is_refused() -> None:
    gap = ParameterSet.from_rows(
        [row("threshold", "1", "2025-01-01", "2025-12-31"), row("threshold", "2", "2026-02-01")]
    )

    for day in ("2024-12-31", "2026-01-01"):
        with pytest.raises(ParameterError, match="没有值"):
            gap.value("threshold", date.fromisoformat(day))
    with pytest.raises(ParameterError, match="没有代码为 limit 的参数"):
        gap.value("limit", TODAY)


@pytest.mark.parametrize(
    "rows",
    [
        [row("a", "1", "2025-01-01"), row("a", "2", "2026-01-01")],
        [row("a", "1", "2025-01-01", "2025-06-30"), row("a", "2", "2025-06-30")],
        [row("a", "1", "2025-01-01"), row("a", "2", "2025-01-01")],
    ],
)
def test_overlapping_periods_are_refused(rows: list[dict[str, str]]) -> None:
    with pytest.raises(ParameterError, match="有两个值"):
        ParameterSet.from_rows(rows)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ParameterError, match="早于起始日"):
        ParameterSet.from_rows([row("a", "1", "2025-01-02", "2025-01-01")])


def test_only_values_in_force_and_unconfirmed_are_listed() -> None:
    values = ParameterSet.from_rows(TWO_VALUES)

    assert [one.value for one in values.unconfirmed(date(2026, 2, 28))] == ["1000"]
    assert values.unconfirmed(date(2026, 3, 1)) == ()


def test_numbers() -> None:
    assert DEFAULT_PARAMETERS.number("simple_scope.organisation", TODAY) == Decimal(3000)
    with pytest.raises(ParameterError, match="不是数字"):
        DEFAULT_PARAMETERS.number("court.name", TODAY)


LAW = {
    "simple_scope.citizen": "200",
    "simple_scope.sole_trader": "200",
    "simple_scope.organisation": "3000",
    "simple_collect.maximum": "100",
    "additional_fine.daily_percent": "3",
    "additional_fine.maximum_percent": "100",
    "review_organ.name": "梨树县人民政府",
}
LOCAL = {
    "hearing_threshold.citizen": "1000",
    "hearing_threshold.organisation": "10000",
    "defence_window_days": "5",
    "file_timely_days": "7",
    "review_days": "5",
    "archive_days": "30",
    "same_act_window_hours": "12",
    "document_number.pattern": "吉梨交{word}〔{year}〕{serial}号",
    "document_number.word.M15": "罚",
}


@pytest.mark.parametrize(("code", "value"), LAW.items())
def test_figures_of_the_law_are_confirmed(code: str, value: str) -> None:
    parameter = DEFAULT_PARAMETERS.at(code, TODAY)

    assert (parameter.value, parameter.is_confirmed) == (value, True)


@pytest.mark.parametrize(("code", "value"), LOCAL.items())
def test_local_figures_are_placeholders_until_confirmed(code: str, value: str) -> None:
    parameter = DEFAULT_PARAMETERS.at(code, TODAY)

    assert (parameter.value, parameter.is_confirmed) == (value, False)
    assert parameter in DEFAULT_PARAMETERS.unconfirmed(TODAY)


def test_the_review_organ_has_no_value_before_the_act_of_2024() -> None:
    assert DEFAULT_PARAMETERS.value("review_organ.name", date(2024, 1, 1)) == "梨树县人民政府"
    with pytest.raises(ParameterError, match="没有值"):
        DEFAULT_PARAMETERS.value("review_organ.name", date(2023, 12, 31))


def test_every_shipped_value_has_title_source_and_a_clear_mark() -> None:
    rows = read_table("parameters")

    assert len(DEFAULT_PARAMETERS.codes) == len(rows)
    for cells in rows:
        assert cells["title"]
        assert cells["value"]
        assert cells["source"]
        assert cells["confirmed"] in ("Y", "N")
        assert cells["value"] != "待确认" or cells["confirmed"] == "N"


def test_words_of_documents_belong_to_known_forms() -> None:
    forms = {cells["doc_id"] for cells in read_table("documents")}
    words = [code.rpartition(".")[2] for code in DEFAULT_PARAMETERS.codes if code.startswith("document_number.word.")]

    assert words
    assert set(words) <= forms


def test_no_two_forms_share_a_word() -> None:
    codes = [code for code in DEFAULT_PARAMETERS.codes if code.startswith("document_number.word.")]
    words = [DEFAULT_PARAMETERS.value(code, TODAY) for code in codes]

    assert len(words) == len(set(words))
