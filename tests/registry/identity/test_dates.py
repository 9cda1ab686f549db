"""Dates and moments: five spellings, real days only."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from lishu_law.registry.identity import InvalidValue, parse_date, parse_moment, weekday_text

pytestmark = pytest.mark.law


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-23",
        "2026/11/23",
        "2026.11.23",
        "2026年11月23日",
        "20261123",
        " 2026 - 11 - 23 ",
        "２０２６－１１－２３",
        "２０２６．１１．２３",
        "2026–11–23",
        "2026 年 11 月 23 日",
    ],
)
def test_spellings(typed: str) -> None:
    assert parse_date(typed) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024-2-29", date(2024, 2, 29)),
        ("2026年1月5日", date(2026, 1, 5)),
        ("1900-01-01", date(1900, 1, 1)),
        ("20991231", date(2099, 12, 31)),
    ],
)
def test_short_and_edge(typed: str, day: date) -> None:
    assert parse_date(typed) == day


REFUSED = [
    "",
    " ",
    "2026-02-30",
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-11-00",
    "2026-11-31",
    "20260230",
    "2026/2/30",
    "2026.2.30",
    "2026年2月30日",
    "1900-02-29",
    "2100-01-01",
    "1899-12-31",
    "0000-01-01",
    "9999-12-31",
    "26-11-23",
    "11-23",
    "2026-11",
    "2026",
    "11/23/2026",
    "23/11/2026",
    "2026-11/23",
    "2026.11-23",
    "2026年11月23",
    "2026年11-23",
    "2026-11-23日",
    "二〇二六年十一月二十三日",
    "今天",
    "昨天",
    "tomorrow",
    "Nov 23 2026",
    "2026-Nov-23",
    "2026-1-123",
    "2026-111-23",
    "202611233",
    "2026112",
    "2026-11-23 23:02",
    "2026-11-23T00:00",
    "2026-11-23Z",
    "-2026-11-23",
    "+2026-11-23",
    "2026--11-23",
    "2026-11-23-",
    "2026－11－３０1",
    "2026-11-2３４",
    "٢٠٢٦-١١-٢٣",
    "2026-①-23",
    "1e3-01-01",
    "2026-11-23<",
    "'2026-11-23",
    "=2026-11-23",
    "2026\u200b-11-23",
    "\u202e2026-11-23",
    "2026-11-23\ufeff",
    "2026\x00-11-23",
    "2026\n-11-23",
    "2026-11-23\u2069",
    "2026\u00ad-11-23",
    "2026-11-23" * 20,
    "45983",
    "民国115年1月1日",
]


@pytest.mark.parametrize("typed", REFUSED)
def test_refused(typed: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_date(typed)
    assert len(refused.value.message) <= 40


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-23 23:02", datetime(2026, 11, 23, 15, 2, tzinfo=UTC)),
        ("2026-11-23T23:02", datetime(2026, 11, 23, 15, 2, tzinfo=UTC)),
        ("2026/11/23 23：02", datetime(2026, 11, 23, 15, 2, tzinfo=UTC)),
        ("2026年11月23日23时02分", datetime(2026, 11, 23, 15, 2, tzinfo=UTC)),
        ("2026年11月23日 23点2分", datetime(2026, 11, 23, 15, 2, tzinfo=UTC)),
        ("2026.11.23 23:02:59", datetime(2026, 11, 23, 15, 2, tzinfo=UTC)),
        ("20261123 23:02", datetime(2026, 11, 23, 15, 2, tzinfo=UTC)),
        ("2026-1-1 12:00", datetime(2026, 1, 1, 4, 0, tzinfo=UTC)),
        ("2026-1-1 7:05", datetime(2025, 12, 31, 23, 5, tzinfo=UTC)),
        ("2026-11-23 0:00", datetime(2026, 11, 22, 16, 0, tzinfo=UTC)),
    ],
)
def test_moments(typed: str, moment: datetime) -> None:
    assert parse_moment(typed) == moment


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2026-11-23",
        "23:02",
        "2026-11-23 24:00",
        "2026-11-23 23:60",
        "2026-11-23 2302",
        "2026-02-30 10:00",
        "2026-11-23 晚上",
        "2026-11-23 23:2",
        "2026-11-23 11:02 PM",
        "2026-11-23 23:02 23:03",
        "2026-11-23 -1:00",
        "2026-11-23 23:02\u200b",
        "现在",
    ],
)
def test_moments_refused(typed: str) -> None:
    with pytest.raises(InvalidValue):
        parse_moment(typed)


def test_weekday() -> None:
    assert weekday_text(date(2026, 11, 23)) == "2026-11-23（星期一）"
    assert weekday_text(date(2026, 2, 15)) == "2026-02-15（星期日）"
