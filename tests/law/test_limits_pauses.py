"""Pauses, extensions and local lengths (procedure.md 0.2-7, 0.5-6; 强制法第二十五条)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from lishu_law.law.counting import Pause, months_later
from lishu_law.law.limits import Due, Extension, LimitError, compute

pytestmark = pytest.mark.law


def on(text: str) -> date:
    """A date; without a year it lies in 2026."""
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def paused(*spans: tuple[str, str]) -> tuple[Pause, ...]:
    return tuple(Pause(on(first), on(last), "鉴定中") for first, last in spans)


def end(due: Due) -> str:
    return due.due.isoformat()


# The first day of a pause is counted, its last day is not: 10–20 March leaves out 11–20, ten days.
PAUSES = [
    ("coerce-30d-none", "coerce-30d", "03-02", (), "04-01"),
    ("coerce-30d-ten-days", "coerce-30d", "03-02", (("03-10", "03-20"),), "04-11"),
    ("one-day-pause-costs-nothing", "coerce-30d", "03-02", (("03-10", "03-10"),), "04-01"),
    ("two-pauses", "coerce-30d", "03-02", (("03-10", "03-12"), ("03-20", "03-23")), "04-06"),
    ("overlapping-count-once", "coerce-30d", "03-02", (("03-10", "03-15"), ("03-12", "03-20")), "04-11"),
    ("second-reached-only-by-the-first", "coerce-30d", "03-02", (("03-10", "03-20"), ("04-05", "04-07")), "04-13"),
    ("from-the-starting-day", "coerce-30d", "03-02", (("03-02", "03-05"),), "04-04"),
    ("from-before-the-start", "coerce-30d", "03-02", (("02-20", "03-05"),), "04-04"),
    ("on-the-last-day", "coerce-30d", "03-02", (("04-01", "04-09"),), "04-01"),
    ("day-before-the-last", "coerce-30d", "03-02", (("03-31", "04-09"),), "04-10"),
    ("after-the-end", "coerce-30d", "03-02", (("04-02", "04-09"),), "04-01"),
    ("rolled-last", "review-60d", "02-28", (("03-10", "03-13"),), "05-06"),
    ("working-days", "defence-window", "03-02", (("03-04", "03-10"),), "03-13"),
    ("working-over-weekend", "defence-window", "03-02", (("03-06", "03-08"),), "03-09"),
    ("months", "sue-6m", "03-02", (("04-01", "04-11"),), "09-14"),
    ("months-after-the-end", "sue-6m", "03-02", (("09-03", "09-11"),), "09-02"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "start", "spans", "expected"), [row[1:] for row in PAUSES], ids=[r[0] for r in PAUSES]
)
def test_paused_days_are_not_counted(code: str, start: str, spans: tuple[tuple[str, str], ...], expected: str) -> None:
    assert compute(code, on(start), pauses=paused(*spans)).due == on(expected)


def test_paused_days_are_listed_with_the_reason() -> None:
    due = compute("coerce-30d", on("2026-03-02"), pauses=paused(("2026-03-10", "2026-03-12")))

    assert due.excluded == ((on("2026-03-11"), "停止计时（鉴定中）"), (on("2026-03-12"), "停止计时（鉴定中）"))
    assert "2026-03-11 周三：停止计时（鉴定中），不计" in due.derivation
    months = compute("sue-6m", on("2026-03-02"), pauses=paused(("2026-04-01", "2026-04-11")))
    assert any("停止计时 10 日" in line for line in months.derivation)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="早于开始日"):
        paused(("2026-03-10", "2026-03-09"))


def test_decide_90d_extension_counts_on_from_the_unrolled_day_90() -> None:
    first = compute("decide-90d", on("2026-01-05"))
    longer = compute("decide-90d", on("2026-01-05"), extensions=[Extension("decide-90d-extend")])

    assert (end(first), first.unrolled) == ("2026-04-07", on("2026-04-05"))
    assert (end(longer), longer.unrolled) == ("2026-05-06", on("2026-05-05"))
    assert longer.unrolled == on("2026-01-05").fromordinal(on("2026-01-05").toordinal() + 120)
    assert any("批准延长 30 日" in line for line in longer.derivation)


@pytest.mark.parametrize(
    ("days", "expected"), [(None, "2026-03-23"), (30, "2026-03-23"), (10, "2026-03-03"), (1, "2026-02-22")]
)
def test_coerce_extension_may_be_shorter_and_never_rolls(days: int | None, expected: str) -> None:
    due = compute("coerce-30d", on("2026-01-22"), extensions=[Extension("coerce-extend", days)])

    assert end(due) == expected
    assert not due.provisional


def test_pause_and_extension_together() -> None:
    due = compute(
        "coerce-30d",
        on("2026-03-02"),
        pauses=paused(("2026-03-10", "2026-03-20"), ("2026-04-20", "2026-04-25")),
        extensions=[Extension("coerce-extend")],
    )

    assert end(due) == "2026-05-16"
    assert len(due.excluded) == 15


@pytest.mark.parametrize(
    ("code", "extensions", "reason"),
    [
        ("serve-7d", [Extension("decide-90d-extend")], "没有法定的延长"),
        ("decide-90d", [Extension("coerce-extend")], "只能依 decide-90d-extend"),
        ("decide-90d", [Extension("decide-90d-extend")] * 2, "延长一次"),
        ("coerce-30d", [Extension("coerce-extend", 0)], "1 到 30 日"),
        ("coerce-30d", [Extension("coerce-extend", 31)], "1 到 30 日"),
    ],
)
def test_extensions_the_law_does_not_know_are_refused(code: str, extensions: list[Extension], reason: str) -> None:
    with pytest.raises(LimitError, match=reason):
        compute(code, on("2026-03-02"), extensions=extensions)


def test_hours_neither_pause_nor_extend() -> None:
    start = datetime.fromisoformat("2026-03-02T09:00+08:00")

    with pytest.raises(LimitError, match="不能暂停"):
        compute("coerce-24h", start, pauses=paused(("2026-03-02", "2026-03-03")))
    with pytest.raises(LimitError, match="不能暂停"):
        compute("coerce-24h", start, extensions=[Extension("coerce-extend")])


def test_a_local_length_replaces_the_shipped_one() -> None:
    assert end(compute("defence-window", on("2026-03-02"), length=3)) == "2026-03-05"
    assert end(compute("archive-av", on("2026-03-02"), length=12)) == "2027-03-02"


@pytest.mark.parametrize(("code", "length", "reason"), [("pay-15d", 20, "法律规定"), ("defence-window", 0, "大于零")])
def test_lengths_fixed_by_law_cannot_be_replaced(code: str, length: int, reason: str) -> None:
    with pytest.raises(LimitError, match=reason):
        compute(code, on("2026-03-02"), length=length)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2026-05-31", 1, "2026-06-30"),
        ("2026-06-30", 1, "2026-07-30"),
        ("2025-12-15", 12, "2026-12-15"),
    ],
)
def test_months_keep_the_number_of_the_day(start: str, months: int, expected: str) -> None:
    assert months_later(on(start), months) == on(expected)
