"""The registry is complete, and what is no time limit is refused with a reason (procedure.md 0.5-1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from lishu_law.law.limits import LIMITS, LimitError, Role, Unit, compute, find, is_time_limit
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.law.rules import RULES
from lishu_law.law.tables import DATA_FOLDER, keyed, optional_date, read_table

pytestmark = pytest.mark.law

A_DAY = date(2026, 2, 13)


def test_all_rules_are_loaded_with_their_ids() -> None:
    assert len(RULES) == 262
    assert RULES["serve-7d"].legal_basis == "处罚法61,85"
    assert RULES["serve-7d"].is_seen
    assert not RULES["serve-7d"].is_hard
    assert RULES["pay-15d"].is_hard
    assert not RULES["pub-7wd"].is_seen
    assert not RULES["coerce-custody-24h"].is_seen


def test_every_rule_with_a_number_of_time_is_in_the_registry() -> None:
    expected = {rule.rule_id for rule in RULES.values() if is_time_limit(rule)}

    assert {limit.rule_id for limit in LIMITS.values()} == expected
    assert len(expected) == 55
    assert len(LIMITS) == 61


def test_titles_hold_no_row_that_is_no_limit() -> None:
    assert {row["code"] for row in read_table("time_limits")} == set(LIMITS)


def test_every_entry_is_complete() -> None:
    for limit in LIMITS.values():
        assert limit.title
        assert limit.event
        assert limit.event_title
        assert limit.citation
        assert limit.length > 0


def test_local_limits_have_a_parameter_of_the_same_length_and_unit() -> None:
    local = [limit for limit in LIMITS.values() if limit.parameter]

    assert {limit.code for limit in local} == {
        "file-timely", "review-deadline", "defence-window", "archive-time", "archive-av", "gen-recuse-request",
        "hearing-report", "inv-emonitor-notify",
        "gen-transfer-no-jurisdiction", "insp-result-tell",
    }  # fmt: skip
    for limit in local:
        parameter = DEFAULT_PARAMETERS.at(limit.parameter, A_DAY)
        assert int(parameter.value) == limit.length
        assert parameter.unit == limit.unit


def test_parts_take_their_own_unit_and_calendar() -> None:
    parts = [find(f"enforce-court-clock#{k}") for k in (1, 2, 3)]

    assert [(p.length, p.unit, p.calendar) for p in parts] == [
        (5, "工作日", "working"),
        (7, "工作日", "working"),
        (30, "日", "natural"),
    ]
    assert [find(f"pub-expire#{k}").length for k in (1, 2)] == [3, 36]
    assert {find("pub-expire#1").calendar, find("pub-expire#2").calendar} == {"natural-noroll"}


def test_the_bare_code_means_part_one() -> None:
    assert find("collect-2d") is LIMITS["collect-2d#1"]
    assert find("serve-7d#1") is LIMITS["serve-7d"]
    assert (find("pub-annual").month, find("pub-annual").length, find("pub-annual").unit) == (1, 31, Unit.DATE)


def test_lengths_in_words() -> None:
    codes = ("serve-7d", "sue-6m", "file-limitation-2y", "pay-15d", "coerce-24h", "pub-annual")

    assert [find(code).length_text for code in codes] == [
        "7 个工作日", "6 个月", "2 年", "15 日", "24 小时", "次年 1 月 31 日"
    ]  # fmt: skip


def test_rights_and_waiting_times_lapse_and_duties_do_not() -> None:
    assert find("hearing-request").role is Role.RIGHT
    assert find("hearing-request").lapses
    assert find("enforce-urge-10d").lapses
    assert not find("serve-7d").lapses
    assert not find("enforce-court-clock#1").lapses


REFUSED = [
    ("gen-two-officers", "人"),
    ("simple-two-officers", "人"),
    ("hearing-proxy", "人"),
    ("inv-crime-transfer-team", "人"),
    ("insp-two", "人"),
    ("simple-scope", "元"),
    ("simple-scope#2", "元"),
    ("collect-simple-100", "元"),
    ("pay-surcharge", "%/日"),
    ("pay-surcharge-cap", "%"),
    ("review-major-threshold", "没有法定数字"),
    ("hearing-threshold", "没有法定数字"),
    ("coerce-test-exclude", "没有法定数字"),
    ("archive-retention", "没有法定数字"),
    ("decide-reason", "没有法定数字"),
    ("collect-2d#3", "只有 2 个部分"),
    ("collect-2d#0", "只有 2 个部分"),
    ("serve-7d#2", "只有 1 个部分"),
    ("serve-7", "serve-7d"),
    ("qqqq", "docs/time-limits.md"),
    ("", "docs/time-limits.md"),
]


@pytest.mark.parametrize(("code", "reason"), REFUSED)
def test_what_is_no_time_limit_is_refused(code: str, reason: str) -> None:
    with pytest.raises(LimitError, match=reason):
        compute(code, A_DAY)


def test_every_rule_either_computes_or_is_refused() -> None:
    for rule_id, rule in RULES.items():
        if is_time_limit(rule):
            assert compute(rule_id, datetime(2026, 2, 13, 9, tzinfo=UTC)).due
        else:
            with pytest.raises(LimitError):
                find(rule_id)


def test_hours_without_a_time_are_refused() -> None:
    with pytest.raises(LimitError, match="日期和时间"):
        compute("coerce-24h", A_DAY)


@pytest.mark.parametrize("year", [1, 1948, 2201, 9999])
def test_years_outside_the_law_are_refused(year: int) -> None:
    with pytest.raises(LimitError, match="1949 到 2200"):
        compute("serve-7d", date(year, 12, 31))


def test_an_instant_counts_by_its_date_in_shanghai() -> None:
    late_in_utc = datetime(2026, 2, 12, 16, 30, tzinfo=UTC)

    due = compute("pay-15d", late_in_utc)

    assert due.start == A_DAY
    assert type(due.start) is date
    assert compute("pay-15d", datetime.fromisoformat("2026-02-13T23:59")).due == due.due
    assert compute("coerce-24h", late_in_utc).due.isoformat() == "2026-02-14T00:30:00+08:00"
    elsewhere = datetime(2026, 2, 13, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    assert compute("pay-15d", elsewhere).start == date(2026, 2, 12)


def test_a_repeated_key_in_a_table_is_refused() -> None:
    rows = [{"rule_id": "a"}, {"rule_id": "b"}, {"rule_id": "a"}]

    with pytest.raises(ValueError, match="rule_id a"):
        keyed(rows, "rule_id")


def test_tables_keep_their_ids_and_origin_columns() -> None:
    assert set(read_table("statutes")[0]) >= {"short_name", "full_name", "origin_kind", "origin"}
    assert set(read_table("documents")[0]) >= {"doc_id", "title_zh", "source"}
    assert len(keyed(read_table("documents"), "doc_id")) == 74
    assert set(read_table("holidays", DATA_FOLDER)[0]) >= {"date", "kind", "notice_number", "source"}
    assert optional_date("") is None
    assert optional_date("2026-02-28") == date(2026, 2, 28)
