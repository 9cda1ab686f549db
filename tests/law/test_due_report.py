"""What ``./lishu manage due`` prints, as data and as text, and the generated page of limits."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from lishu_law.law.docs import render_time_limits
from lishu_law.law.due_report import parse_start, render_text, report
from lishu_law.law.limits import LIMITS, LimitError

pytestmark = pytest.mark.law


def test_the_report_of_serving_over_the_spring_festival() -> None:
    found = report("serve-7d", "2026-02-13")

    assert found["code"] == "serve-7d"
    assert found["title"] == "七日内送达"
    assert found["from"] == "2026-02-13"
    assert found["due"] == "2026-03-02"
    assert (found["unit"], found["calendar"]) == ("工作日", "working")
    assert found["excluded"] == [
        *({"date": f"2026-02-{day}", "name": "春节"} for day in range(15, 24)),
        {"date": "2026-03-01", "name": "周日"},
    ]
    assert found["provisional"] is False
    assert found["citation"] == "《中华人民共和国行政处罚法》第六十一条、第八十五条"
    assert found["notices"] == ["国办发明电〔2025〕7号"]
    assert found["derivation"][:3] == [
        "2026-02-13 周五：起算日，不计入",
        "2026-02-14 周六 调休上班：第 1 个工作日",
        "2026-02-15 周日 春节：休息，不计",
    ]
    assert found["derivation"][-1] == "2026-03-02 周一：24:00 期满"
    assert "due_strict" not in found
    assert "may_act_from" not in found


def test_natural_days_are_derived_day_by_day_and_rolled_by_name() -> None:
    found = report("pay-15d", "2026-02-06")

    assert found["derivation"][15] == "2026-02-21 周六 春节：第 15 日"
    assert found["derivation"][16:19] == [
        "2026-02-21 周六 春节：最后一日休息，顺延",
        "2026-02-22 周日 春节：最后一日休息，顺延",
        "2026-02-23 周一 春节：最后一日休息，顺延",
    ]
    assert found["excluded"] == [{"date": f"2026-02-{day}", "name": "春节"} for day in (21, 22, 23)]
    assert found["unrolled"] == "2026-02-21"


@pytest.mark.parametrize(
    ("code", "start", "strict", "lenient", "due"),
    [
        ("simple-report-5d", "2026-02-13", "2026-02-24", "2026-02-27", "2026-02-24"),
        ("serve-public-60", "2026-01-16", "2026-02-24", "2026-03-17", "2026-03-17"),
        ("simple-report-5d", "2024-02-05", "2024-02-18", "2024-02-18", "2024-02-18"),
    ],
)
def test_two_readings_are_both_reported(code: str, start: str, strict: str, lenient: str, due: str) -> None:
    found = report(code, start)

    assert (found["due_strict"], found["due_lenient"], found["due"]) == (strict, lenient, due)
    assert any("本期限按此确定" in line and due in line for line in found["derivation"])


def test_an_unpublished_year_says_estimated() -> None:
    found = report("pub-7wd", "2026-12-28")

    assert found["provisional"] is True
    assert found["provisional_note"] == "2027 年放假安排还没有导入，这个日期是估算的。"
    assert "到期：2027-01-06（估算）" in render_text(found)
    assert found["provisional_note"] in render_text(found)


def test_hours_months_and_calendar_dates() -> None:
    assert report("coerce-24h", "2026-02-13T23:02")["due"] == "2026-02-14T23:02:00+08:00"
    assert report("pub-annual", "2025-06-01")["derivation"] == [
        "2025-06-01 属于 2025 年度",
        "2026-01-31 周六：次年固定日期，不顺延",
    ]
    assert report("sue-6m", "2024-08-31")["derivation"][:3] == [
        "2024-08-31 周六：起算日",
        "2025-02-28 周五：6 个月后的对应日",
        "2025 年 2 月没有 31 日，取当月最后一日",
    ]
    assert "2 年后的对应日" in report("file-limitation-2y", "2024-02-29")["derivation"][1]


def test_the_text_names_everything_a_reader_needs() -> None:
    text = render_text(report("hearing-notice-7d", "2026-09-22"))

    for part in (
        "七日前通知（hearing-notice-7d）",
        "到期：2026-10-09",
        "最早可以办理：2026-10-10",
        "起算：2026-09-22（听证通知书送达）",
        "期限：7 个工作日（按工作日计算）",
        "性质：等待期（听证机构）",
        "第六十四条第二项",
        "日历：国办发明电〔2025〕7号",
        "  2026-09-25 周五 中秋节：休息，不计",
    ):
        assert part in text
    assert "从严：2026-02-24　从宽：2026-02-27" in render_text(report("simple-report-5d", "2026-02-13"))
    assert "日历" not in render_text(report("coerce-30d", "2026-02-13"))


@pytest.mark.parametrize("code", LIMITS)
def test_every_limit_can_be_reported(code: str) -> None:
    found = report(code, "2026-02-13 09:30")

    assert json.loads(json.dumps(found)) == found
    assert found["title"] in render_text(found)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-13", date(2026, 2, 13)),
        (" 2026-02-13 ", date(2026, 2, 13)),
        ("2026-02-13T23:02+08:00", datetime.fromisoformat("2026-02-13T23:02+08:00")),
        ("2026-02-13T15:02:09Z", datetime.fromisoformat("2026-02-13T15:02:09+00:00")),
    ],
)
def test_starts_that_are_understood(text: str, moment: date) -> None:
    assert parse_start(text) == moment


@pytest.mark.parametrize(
    "text", ["", "20260213", "2026-2-13", "13.02.2026", "昨天", "2026-02-13T9:30", "2026-02-13T", "2026-02-13+08:00"]
)
def test_starts_that_are_not_understood(text: str) -> None:
    with pytest.raises(LimitError, match="看不懂"):
        parse_start(text)


@pytest.mark.parametrize("text", ["2026-02-30", "2025-02-29", "2026-13-01", "0000-01-01", "2026-02-13T24:30"])
def test_dates_that_do_not_exist(text: str) -> None:
    with pytest.raises(LimitError, match="没有“"):
        parse_start(text)


def test_the_generated_page_lists_every_limit_once() -> None:
    page = render_time_limits()

    for code in LIMITS:
        assert page.count(f"| `{code}` |") == 1
    assert "| 7 个工作日（参数 `file_timely_days`） |" in page
    assert "natural, later reading binds" in page
    assert "working, not before" in page
    assert "- 2026: 国办发明电〔2025〕7号" in page
    assert page.endswith("|\n")
    assert page == render_time_limits()
