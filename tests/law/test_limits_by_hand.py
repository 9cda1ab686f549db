"""Dates counted by hand from the holiday notices, each row with the rule and the article it rests on."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from lishu_law.law.citations import render
from lishu_law.law.limits import LIMITS, compute, find

pytestmark = pytest.mark.law

# code, article, event, end, working out
ONE_READING = [
    ("serve-7d", "第六十一条", "2026-02-13", "2026-03-02", "14 make-up, 24-27, 28 make-up, 2 March"),
    ("serve-7d", "第六十一条", "2024-02-08", "2024-02-23", "9, 18 make-up, 19-23"),
    ("serve-7d", "第六十一条", "2025-01-24", "2025-02-10", "26 make-up, 27, 5-7, 8 make-up, 10 February"),
    ("hearing-request", "第六十四条第一项", "2024-09-27", "2024-10-10", "29 make-up, 30, 8-10 October"),
    ("hearing-request", "第六十四条第一项", "2025-09-26", "2025-10-10", "28 make-up, 29, 30, 9, 10 October"),
    ("hearing-request", "第六十四条第一项", "2026-09-24", "2026-10-09", "28-30, 8, 9 October"),
    ("hearing-request", "第六十四条第一项", "2026-09-18", "2026-09-24", "20 make-up Sunday, 21-24"),
    ("defence-window", "第四十五条", "2026-02-13", "2026-02-27", "14 make-up, 24-27"),
    ("defence-window", "第四十五条", "2026-04-03", "2026-04-13", "7-10, 13 April"),
    ("gen-recuse-request", "第四十三条", "2026-02-13", "2026-02-25", "14 make-up, 24, 25"),
    ("hearing-report", "条次待核对", "2026-04-03", "2026-04-13", "7-10, 13 April"),
    ("hearing-notice-7d", "第六十四条第二项", "2026-09-22", "2026-10-09", "23, 24, 28-30, 8, 9 October"),
    ("hearing-notice-7d", "第六十四条第二项", "2024-04-25", "2024-05-08", "26, 28 make-up, 29, 30, 6-8 May"),
    ("pres-7d", "第五十六条", "2025-04-25", "2025-05-08", "27 make-up, 28-30, 6-8 May"),
    ("pres-7d", "第五十六条", "2026-05-06", "2026-05-14", "7, 8, 9 make-up, 11-14"),
    ("file-timely", "第五十四条", "2024-06-05", "2024-06-17", "6, 7, 11-14, 17 (10 June off)"),
    ("inv-emonitor-notify", "第四十一条", "2026-09-22", "2026-10-09", "23, 24, 28-30 September, 8, 9 October"),
    ("gen-transfer-no-jurisdiction", "第九条", "2024-06-05", "2024-06-17", "6, 7, 11-14, 17 (10 June off)"),
    ("review-deadline", "118号", "2025-05-28", "2025-06-05", "29, 30, 3-5 June"),
    ("pub-7wd", "118号", "2025-12-31", "2026-01-12", "4 make-up Sunday, 5-9, 12 January"),
    ("pub-20wd", "118号", "2024-09-10", "2024-10-14", "11-13, 14 make-up, 18-20, 23-27, 29 make-up, 30, 8-11, 12, 14"),
    ("pub-withdraw-3d", "第四十八条", "2026-06-18", "2026-06-24", "22-24 after 端午节"),
    ("collect-2d#1", "第七十一条", "2025-10-10", "2025-10-13", "11 make-up, 13"),
    ("collect-2d#2", "第七十一条", "2026-10-09", "2026-10-12", "10 make-up, 12"),
    ("enforce-urge-10d", "第五十四条", "2026-02-12", "2026-03-04", "13, 14, 24-27, 28, 2-4 March"),
    ("enforce-proxy-3d", "第五十一条", "2024-12-31", "2025-01-06", "2, 3, 6 January"),
    ("enforce-court-clock#1", "第五十六条", "2026-04-30", "2026-05-11", "6-8, 9 make-up, 11 May"),
    ("enforce-court-clock#2", "第五十七条", "2025-02-06", "2025-02-14", "7, 8 make-up, 10-14"),
    ("review-via-bureau", "第三十二条", "2024-05-08", "2024-05-14", "9, 10, 11 make-up, 13, 14"),
    ("review-reply-10d#1", "第四十八条", "2025-01-22", "2025-02-11", "23, 24, 26, 27, 5-8, 10, 11 February"),
    ("review-reply-10d#2", "第五十四条", "2024-04-03", "2024-04-11", "7 make-up Sunday, 8-11"),
    (
        "insp-result-tell",
        "严格规范涉企行政检查的意见",
        "2026-02-12",
        "2026-02-26",
        "13, 14 (make-up day), 24-26 February",
    ),
    ("insp-result-public", "118号", "2026-01-30", "2026-03-05", "2-6, 9-14, 24-28 February, 2-5 March"),
    ("pay-15d", "第六十七条", "2026-02-06", "2026-02-24", "21 February is 春节, 24 works"),
    ("pay-15d", "第六十七条", "2024-09-20", "2024-10-08", "5 October is 国庆节"),
    ("pay-15d", "第六十七条", "2025-03-10", "2025-03-25", "a Tuesday"),
    ("pay-15d", "第六十七条", "2024-01-26", "2024-02-18", "10 February is 春节, Sunday the 18th works"),
    ("pay-15d", "第六十七条", "2026-09-05", "2026-09-20", "a Sunday that is a make-up day: not rolled"),
    ("decide-90d", "第六十条", "2026-01-05", "2026-04-07", "26 + 28 + 31 + 5 = 5 April, 清明节"),
    ("decide-90d", "第六十条", "2024-01-01", "2024-04-01", "30 + 29 + 31 = 31 March, Sunday of a leap year"),
    ("decide-90d", "第六十条", "2025-07-10", "2025-10-09", "21 + 31 + 30 + 8 = 8 October, 国庆节"),
    ("decide-90d", "第六十条", "2026-03-02", "2026-06-01", "29 + 30 + 31 = 31 May, Sunday"),
    ("decide-90d-extend", "条次待核对", "2026-04-05", "2026-05-06", "25 + 5 = 5 May, 劳动节"),
    ("review-60d", "第二十条", "2025-08-02", "2025-10-09", "29 + 30 + 1 = 1 October"),
    ("review-60d", "第二十条", "2024-01-01", "2024-03-01", "30 + 29 + 1, leap year"),
    ("sue-6m", "第四十六条", "2024-08-31", "2025-02-28", "no 31 February"),
    ("sue-6m", "第四十六条", "2025-10-01", "2026-04-01", "same numbered day"),
    ("sue-6m", "第四十六条", "2025-08-15", "2026-02-24", "15 February is 春节"),
    ("sue-6m", "第四十六条", "2023-08-29", "2024-02-29", "leap day exists"),
    (
        "enforce-court-3m",
        "第五十三条",
        "2025-11-30",
        "2026-02-28",
        "no 30 February; Saturday the 28th is a make-up day",
    ),
    ("enforce-court-3m-review", "第五十三条", "2024-07-02", "2024-10-08", "2 October is 国庆节"),
    ("enforce-court-3m-defer", "第七十二条", "2024-11-30", "2025-02-28", "no 30 February"),
    ("enforce-court-objection", "第五十六条", "2025-01-17", "2025-02-05", "1 February is 春节"),
    ("enforce-court-clock#3", "第五十八条", "2026-04-02", "2026-05-06", "28 + 2 = 2 May, 劳动节"),
    ("sue-reply-15d", "第六十七条", "2026-09-11", "2026-09-28", "26 September is 中秋节"),
    ("insp-crossregion", "四平十严禁", "2024-04-15", "2024-05-06", "15 + 5 = 5 May, 劳动节"),
    ("archive-time", "第四十七条", "2025-12-02", "2026-01-04", "1 January off to the 3rd, Sunday the 4th works"),
    ("archive-av", "118号", "2024-02-29", "2024-08-29", "same numbered day"),
    ("review-decide-60d#1", "第六十二条", "2026-08-07", "2026-10-08", "24 + 30 + 6 = 6 October"),
    ("review-decide-60d#2", "第六十二条", "2024-12-02", "2025-01-02", "29 + 1 = 1 January"),
    ("coerce-unclaimed-3m", "第七十二条", "2025-11-15", "2026-02-24", "15 February is 春节"),
    ("enforce-3y", "第三十九条", "2023-02-14", "2026-02-14", "a Saturday that is a make-up day"),
    ("coerce-30d", "第二十五条", "2026-01-22", "2026-02-21", "9 + 21, not rolled over 春节"),
    ("coerce-extend", "第二十五条", "2026-02-21", "2026-03-23", "7 + 23"),
    ("file-limitation-2y", "第三十六条", "2024-02-29", "2026-02-28", "no leap day in 2026"),
    ("file-limitation-2y", "第三十六条", "2022-10-01", "2024-10-01", "not rolled over 国庆节"),
    ("file-limitation-5y", "第三十六条", "2020-02-29", "2025-02-28", "no leap day in 2025"),
    ("enforce-30d-surcharge", "第四十六条", "2025-09-05", "2025-10-05", "25 + 5, not rolled"),
    ("pub-expire#1", "信用修复管理办法", "2026-11-30", "2027-02-28", "no 30 February, Sunday, not rolled"),
    ("pub-expire#2", "信用修复管理办法", "2024-02-29", "2027-02-28", "36 months"),
    ("pub-annual", "118号", "2025-12-31", "2026-01-31", "next January, Saturday, not rolled"),
    ("pub-annual", "118号", "2024-01-01", "2025-01-31", "next January"),
    ("insp-plan", "吉林省规范涉及企业行政执法行为若干规定", "2025-12-31", "2026-03-31", "the plan of 2026"),
    ("insp-plan", "吉林省规范涉及企业行政执法行为若干规定", "2023-01-01", "2024-03-31", "Sunday, not rolled"),
]

# code, article, event, earlier, later, the one that binds
TWO_READINGS = [
    ("simple-report-5d", "第五十二条", "2026-02-13", "2026-02-24", "2026-02-27", "2026-02-24"),
    ("simple-report-5d", "第五十二条", "2024-02-05", "2024-02-18", "2024-02-18", "2024-02-18"),
    ("inv-crime-transfer-decide", "第五条", "2025-04-03", "2025-04-07", "2025-04-09", "2025-04-07"),
    ("inv-crime-material", "第十二条", "2026-01-08", "2026-01-12", "2026-01-13", "2026-01-12"),
    ("inv-crime-police-refuse", "第九条", "2024-06-07", "2024-06-11", "2024-06-13", "2024-06-11"),
    ("serve-public-30", "第九十五条", "2026-01-16", "2026-02-24", "2026-03-17", "2026-03-17"),
    ("serve-public-60", "第十八条", "2024-08-06", "2024-09-05", "2024-10-08", "2024-10-08"),
]

HOURS = [
    ("coerce-24h", "第十九条", "2026-02-14T23:02", "2026-02-15T23:02"),
    ("coerce-custody-24h", "交通运输行政执法程序规定", "2024-02-28T08:30", "2024-02-29T08:30"),
    ("inv-crime-transfer-24h", "第五条", "2025-12-31T18:00", "2026-01-01T18:00"),
]

# code, event, end, estimated
PROVISIONAL = [
    ("pub-7wd", "2026-12-28", "2027-01-06", True),
    ("serve-7d", "2026-12-22", "2026-12-31", False),
    ("serve-7d", "2026-12-23", "2027-01-01", True),
    ("decide-90d", "2026-11-05", "2027-02-03", True),
    ("pay-15d", "2026-12-16", "2026-12-31", False),
    ("pay-15d", "2026-12-17", "2027-01-01", True),
    ("coerce-30d", "2026-12-10", "2027-01-09", False),
    ("pub-expire#2", "2026-01-05", "2029-01-05", False),
    ("serve-public-30", "2026-11-20", "2027-01-19", True),
    ("serve-7d", "2023-12-28", "2024-01-09", True),
]


def shown(code: str) -> str:
    """The citation as printed, with the short name where it is a document without articles."""
    text = render(find(code).citation)
    return text.replace("行政执法公示制度", "118号") if "行政执法公示制度" in text else text


@pytest.mark.parametrize(
    ("code", "article", "start", "end", "why"), ONE_READING, ids=[f"{r[0]}-{r[1]}-{r[2]}" for r in ONE_READING]
)
def test_one_reading(code: str, article: str, start: str, end: str, why: str) -> None:
    due = compute(code, date.fromisoformat(start))

    assert due.due.isoformat() == end, why
    assert due.due == due.due_strict == due.due_lenient
    assert article in shown(code)


@pytest.mark.parametrize(
    ("code", "article", "start", "strict", "lenient", "binding"),
    TWO_READINGS,
    ids=[f"{r[0]}-{r[1]}-{r[2]}" for r in TWO_READINGS],
)
def test_two_readings(code: str, article: str, start: str, strict: str, lenient: str, binding: str) -> None:
    due = compute(code, date.fromisoformat(start))

    assert (due.due_strict.isoformat(), due.due_lenient.isoformat()) == (strict, lenient)
    assert due.due.isoformat() == binding
    assert due.limit.has_two_readings
    assert article in shown(code)


@pytest.mark.parametrize(("code", "article", "start", "end"), HOURS, ids=[f"{r[0]}-{r[1]}" for r in HOURS])
def test_hours_run_by_the_clock(code: str, article: str, start: str, end: str) -> None:
    due = compute(code, datetime.fromisoformat(f"{start}+08:00"))

    assert due.due == datetime.fromisoformat(f"{end}+08:00")
    assert not due.provisional
    assert article in shown(code)


@pytest.mark.parametrize(("code", "start", "end", "estimated"), PROVISIONAL)
def test_dates_beyond_the_notices_are_estimates(code: str, start: str, end: str, estimated: bool) -> None:
    due = compute(code, date.fromisoformat(start))

    assert due.due.isoformat() == end
    assert due.provisional is estimated


NOT_BEFORE = [
    ("hearing-notice-7d", "2024-04-25", "2024-05-09"),
    ("enforce-urge-10d", "2026-02-12", "2026-03-05"),
    ("enforce-proxy-3d", "2024-12-31", "2025-01-07"),
    ("coerce-unclaimed-3m", "2025-11-15", "2026-02-25"),
    ("enforce-30d-surcharge", "2025-09-05", "2025-10-06"),
]


@pytest.mark.parametrize(("code", "start", "may_act_from"), NOT_BEFORE)
def test_the_act_is_allowed_from_the_next_day(code: str, start: str, may_act_from: str) -> None:
    due = compute(code, date.fromisoformat(start))

    assert due.may_act_from is not None
    assert due.may_act_from.isoformat() == may_act_from


def test_only_the_not_before_limits_have_a_first_day_to_act() -> None:
    waiting = {code for code, limit in LIMITS.items() if limit.is_not_before}

    assert waiting == {row[0] for row in NOT_BEFORE}


def test_every_limit_has_a_hand_checked_row() -> None:
    checked = {row[0] for row in (*ONE_READING, *TWO_READINGS, *HOURS)}

    assert checked == set(LIMITS)


def test_at_least_sixty_dates_lie_in_the_three_published_years() -> None:
    ends = [row[3] for row in ONE_READING] + [row[5] for row in TWO_READINGS] + [row[3] for row in HOURS]

    assert sum(end[:4] in ("2024", "2025", "2026") for end in ends) >= 60
