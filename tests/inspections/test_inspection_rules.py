"""The blocking rules as a table: each refuses at its boundary and passes one step before it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from inspections import rules
from inspections.rules import Booking, MatterFacts, OfficerFacts, Window

pytestmark = pytest.mark.law

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # Monday 10:00
HOUR = timedelta(hours=1)
DAY = date(2026, 3, 2)


def officer(number: str = "A", until: date = date(2030, 12, 31), revoked: date | None = None) -> OfficerFacts:
    return OfficerFacts(number, f"示例{number}", ((date(2021, 1, 1), until, revoked),))


def codes(refusals: list[Any]) -> list[str]:
    return [one.code for one in refusals]


@pytest.mark.parametrize(
    ("officers", "days", "expected"),
    [
        ([officer("A"), officer("B")], [DAY], []),
        ([officer("A")], [DAY], ["gen-two-officers"]),
        ([officer("A"), officer("A")], [DAY], ["gen-two-officers"]),
        ([], [DAY], ["gen-two-officers"]),
        ([officer("A"), officer("B", until=DAY)], [DAY], []),  # the last day is valid
        ([officer("A"), officer("B", until=DAY - timedelta(days=1))], [DAY], ["gen-licence-valid"]),
        ([officer("A"), officer("B", until=DAY)], [DAY, DAY + timedelta(days=1)], ["gen-licence-valid"]),
        ([officer("A"), officer("B", revoked=DAY)], [DAY], ["gen-licence-valid"]),
        ([officer("A"), officer("B", revoked=DAY + timedelta(days=1))], [DAY], []),
        ([officer("A"), OfficerFacts("B", "示例B", ())], [DAY], ["gen-licence-valid"]),
        ([officer("A", until=date(2020, 1, 1))], [DAY], ["gen-two-officers", "gen-licence-valid"]),
    ],
)
def test_two_certified_officers(officers: list[OfficerFacts], days: list[date], expected: list[str]) -> None:
    refusals = rules.two_certified(officers, days)
    assert codes(refusals) == expected
    assert all("行政处罚法》第四十二条" in one.citation for one in refusals)


def test_an_expired_certificate_is_named_with_its_last_day() -> None:
    [refusal] = rules.two_certified([officer("A"), officer("B", until=date(2026, 1, 31))], [DAY])
    assert "示例B的执法证已于 2026-01-31 到期" in refusal.message


@pytest.mark.parametrize(
    ("published", "first", "last", "is_allowed"),
    [
        (DAY, DAY, None, True),
        (DAY + timedelta(days=1), DAY, None, False),
        (None, DAY, None, False),
        (DAY, DAY + timedelta(days=1), None, False),
        (DAY, DAY, DAY, True),
        (DAY - timedelta(days=9), DAY - timedelta(days=9), DAY - timedelta(days=1), False),
    ],
)
def test_only_published_matters(published: date | None, first: date, last: date | None, is_allowed: bool) -> None:
    refusals = rules.matters_published([MatterFacts("示例事项", published, first, last)], [DAY])
    assert codes(refusals) == ([] if is_allowed else ["insp-item-public"])


def test_no_matter_at_all_is_refused() -> None:
    assert codes(rules.matters_published([], [DAY])) == ["insp-item-public"]


@pytest.mark.parametrize(
    ("start", "end", "is_free"),
    [(-2, 0, True), (-2, 1, False), (1, 2, False), (3, 5, False), (4, 5, True), (-1, 9, False)],
)
def test_touching_bookings_are_allowed_overlapping_not(start: int, end: int, is_free: bool) -> None:
    booked = Booking("A", NOW, NOW + 4 * HOUR, "巡查班次 XL-1")
    refusals = rules.not_double_booked([officer("A")], [booked], NOW + start * HOUR, NOW + end * HOUR)
    assert codes(refusals) == ([] if is_free else ["insp-double-booked"])


def test_a_booking_of_somebody_else_does_not_count() -> None:
    assert not rules.not_double_booked([officer("B")], [Booking("A", NOW, NOW + HOUR, "x")], NOW, NOW + HOUR)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (NOW, NOW + 24 * HOUR, []),
        (NOW, NOW + 24 * HOUR + timedelta(minutes=1), ["shift-length"]),
        (NOW - timedelta(minutes=1), NOW + HOUR, ["insp-file-app"]),
        (NOW + HOUR, NOW + HOUR, ["period-order"]),
    ],
)
def test_shift_period(start: datetime, end: datetime, expected: list[str]) -> None:
    assert codes(rules.shift_period(start, end, NOW, 24)) == expected


def window(days: int, *, on_site: bool = False, why: str = "") -> Window:
    """A window that touches ``days`` calendar days from Monday 2 March 2026, 11:00."""
    return Window(NOW + HOUR, NOW + HOUR + timedelta(days=days - 1, hours=2), on_site, why)


@pytest.mark.parametrize(
    ("tested", "expected"),
    [
        (window(1, on_site=True), []),
        (window(2, on_site=True), ["insp-window"]),
        (window(2, on_site=True, why="企业有三处场地"), []),
        (window(2), []),
        (window(5), []),
        (window(7), []),  # Monday to Sunday holds five working days
        (window(8), ["insp-window"]),
        (window(8, on_site=True, why="理由"), ["insp-window"]),
    ],
)
def test_window_is_at_most_five_working_days_and_one_day_on_site(tested: Window, expected: list[str]) -> None:
    assert codes(rules.window_allowed(tested, NOW, 5)) == expected


def test_the_figures_are_the_bureaus_and_stand_in_the_words() -> None:
    """Another figure of the local parameters, another rule: nothing in the words is fixed."""
    (told,) = rules.window_allowed(window(4), NOW, 3)
    assert "最长 3 个工作日，现在是 4 个" in told.message
    (told,) = rules.shift_period(NOW, NOW + 13 * HOUR, NOW, 12)
    assert "最长 12 小时" in told.message
    (told,) = rules.check_moment(NOW, (NOW, NOW + HOUR), NOW + 49 * HOUR, 48)
    assert "已超过 48 小时" in told.message
    (told,) = rules.merge_answered(["JC-1"], "", 15)
    assert "前后 15 天内" in told.message


def test_window_counts_holidays_out() -> None:
    # 13 February 2026 is a Friday; the Spring Festival takes 15 to 23 February out, 14 and 28 are make-up days.
    start = datetime(2026, 2, 13, 2, 0, tzinfo=UTC)
    assert not rules.window_allowed(Window(start, datetime(2026, 2, 26, 2, 0, tzinfo=UTC), False), start, 5)
    assert rules.window_allowed(Window(start, datetime(2026, 2, 27, 2, 0, tzinfo=UTC), False), start, 5)


def test_window_in_the_past_is_refused() -> None:
    past = Window(NOW - 2 * HOUR, NOW, False)
    assert codes(rules.window_allowed(past, NOW, 5)) == ["insp-file-app"]


@pytest.mark.parametrize(
    ("approved_at", "now", "expected"),
    [
        (NOW - HOUR, NOW, []),
        (None, NOW, ["insp-approve"]),
        (NOW + HOUR, NOW, ["insp-approve"]),
        (NOW - HOUR, NOW - timedelta(seconds=1), ["insp-window"]),
        (NOW - HOUR, NOW + 8 * HOUR, []),
        (NOW - HOUR, NOW + 8 * HOUR + timedelta(seconds=1), ["insp-window"]),
    ],
)
def test_may_start_only_filed_and_inside_the_window(
    approved_at: datetime | None, now: datetime, expected: list[str]
) -> None:
    tested = Window(NOW, NOW + 8 * HOUR, True)
    assert codes(rules.may_start(tested, approved_at, now)) == expected


@pytest.mark.parametrize(
    ("at", "now", "expected"),
    [
        (NOW, NOW, []),
        (NOW + 6 * HOUR, NOW + 6 * HOUR, []),
        (NOW + timedelta(minutes=1), NOW, ["check-future"]),
        (NOW - timedelta(minutes=1), NOW, ["insp-file-app"]),
        (NOW + 6 * HOUR + timedelta(minutes=1), NOW + 7 * HOUR, ["insp-file-app"]),
        (NOW, NOW + 72 * HOUR, []),
        (NOW, NOW + 72 * HOUR + timedelta(minutes=1), ["check-late"]),
    ],
)
def test_a_stop_lies_inside_its_shift(at: datetime, now: datetime, expected: list[str]) -> None:
    assert codes(rules.check_moment(at, (NOW, NOW + 6 * HOUR), now, 72)) == expected


@pytest.mark.parametrize(
    ("finding", "problem", "item", "text", "expected"),
    [
        (True, True, "frt-scatter", "未苫盖", []),
        (True, True, "", "未苫盖", ["insp-to-case"]),
        (True, True, "frt-scatter", "  ", ["insp-record"]),
        (False, True, "", "灯光不亮", []),
        (False, True, "", "", ["insp-record"]),
        (False, False, "", "", []),
        (False, False, "frt-scatter", "", ["insp-to-case"]),
    ],
)
def test_record_complete(finding: bool, problem: bool, item: str, text: str, expected: list[str]) -> None:
    found = rules.record_complete(has_finding=finding, has_problem=problem, item_code=item, findings=text)
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("on_site", "why", "announced", "ground", "expected"),
    [
        (True, "看实物", True, "", []),
        (True, " ", True, "", ["insp-offsite-first"]),
        (False, "", True, "", []),
        (False, "", False, "", ["insp-notice"]),
        (False, "", False, "某法某条", []),
    ],
)
def test_reasons_given(on_site: bool, why: str, announced: bool, ground: str, expected: list[str]) -> None:
    found = rules.reasons_given(is_on_site=on_site, why_on_site=why, is_announced=announced, notice_ground=ground)
    assert codes(found) == expected


@pytest.mark.parametrize(("kind", "is_allowed"), [("authority", True), ("squad", True), ("section", False)])
def test_only_the_authority_and_its_squads_inspect(kind: str, is_allowed: bool) -> None:
    assert codes(rules.body_may_inspect(kind)) == ([] if is_allowed else ["insp-subject"])


@pytest.mark.parametrize(
    ("source", "published", "is_allowed"),
    [
        ("plan", DAY, True),
        ("plan", DAY + timedelta(days=1), False),
        ("draw", None, False),
        ("complaint", None, True),
        ("emergency", None, True),
        ("superior", None, True),
    ],
)
def test_a_routine_visit_stands_in_the_published_plan(source: str, published: date | None, is_allowed: bool) -> None:
    assert codes(rules.is_planned(source, DAY, published)) == ([] if is_allowed else ["insp-plan"])


@pytest.mark.parametrize(
    ("form", "source", "used", "reason", "field"),
    [
        ("01", "plan", 1, "", ""),  # the second of two
        ("01", "plan", 2, "", "source"),
        ("01", "plan", 2, "举报", "source"),  # a routine visit has no exception
        ("03", "complaint", 2, "", "over_cap_reason"),
        ("03", "complaint", 2, "收到实名举报", ""),
        ("02", "superior", 9, "", ""),  # a campaign ordered from above does not count
        ("01", "superior", 2, "", "source"),
        ("01", "recheck", 9, "", ""),
    ],
)
def test_the_yearly_cap(form: str, source: str, used: int, reason: str, field: str) -> None:
    refusals = rules.within_cap(form, source, rules.CapUse(used, 2), reason)
    assert [one.fix for one in refusals] == ([field] if field else [])
    assert codes(refusals) == (["insp-frequency"] if field else [])


def test_visits_close_together_are_merged_or_say_why() -> None:
    assert codes(rules.merge_answered(["JC-1"], "", 30)) == ["insp-merge"]
    assert rules.merge_answered(["JC-1"], "检查的事项和场地不同", 30) == []
    assert rules.merge_answered([], "", 30) == []


def test_a_visit_for_a_licence_names_the_law_that_demands_it() -> None:
    assert codes(rules.source_is_noted("request", " ")) == ["insp-not-licence-precondition"]
    assert codes(rules.source_is_noted("superior", "")) == ["source-note"]
    assert rules.source_is_noted("request", "许可延续，《示例规定》第一条") == []
    assert rules.source_is_noted("plan", "") == []


def test_an_unannounced_visit_names_its_ground() -> None:
    assert codes(rules.notice_answered(False, "")) == ["insp-notice"]
    assert rules.notice_answered(False, "《示例法》第一条") == []
    assert rules.notice_answered(True, "") == []


def test_a_filing_comes_before_the_visit() -> None:
    assert codes(rules.filed_beforehand(NOW, NOW, "已经过了。", "x")) == ["insp-file-app"]
    assert rules.filed_beforehand(NOW + timedelta(seconds=1), NOW, "已经过了。", "x") == []


def test_an_approval_comes_before_the_start() -> None:
    assert codes(rules.approved_beforehand(None, NOW)) == ["insp-approve"]
    assert codes(rules.approved_beforehand(NOW + timedelta(seconds=1), NOW)) == ["insp-approve"]
    assert rules.approved_beforehand(NOW, NOW) == []
