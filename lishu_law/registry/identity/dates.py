"""Dates and moments as people type them: five spellings of a date, a time of the day behind it (ux.md §8.1)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from lishu_law.registry.identity import normalise
from lishu_law.registry.identity.invalid import InvalidValue

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
FIRST_YEAR, LAST_YEAR = 1900, 2099
_SPELLINGS = (
    r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})",
    r"(?P<y>[0-9]{4})/(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})",
    r"(?P<y>[0-9]{4})\.(?P<m>[0-9]{1,2})\.(?P<d>[0-9]{1,2})",
    r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日",
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
)
_DATES = tuple(re.compile(spelling) for spelling in _SPELLINGS)
_MOMENTS = tuple(re.compile(rf"(?P<date>{re.sub(r'[?]P<[ymd]>', '?:', s)})T?(?P<time>.+)") for s in _SPELLINGS)
_TIMES = (
    re.compile(r"(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::[0-9]{2})?"),
    re.compile(r"(?P<h>[0-9]{1,2})[时点](?:(?P<m>[0-9]{1,2})分)?"),
)


def parse_date(text: str) -> date:
    """2026-11-23, 2026/11/23, 2026.11.23, 2026年11月23日 or 20261123, also in full-width digits.

    Raises ``InvalidValue``: ``date.empty``, ``date.shape``, ``date.unreal``, ``date.year``.
    """
    typed = _with_plain_hyphens(normalise.code(text))
    if not typed:
        raise InvalidValue("date.empty", "请填写日期，例如 2026-11-23。")
    match = next((match for spelling in _DATES if (match := spelling.fullmatch(typed))), None)
    if match is None:
        raise InvalidValue("date.shape", "没看懂这个日期，请写成 2026-11-23 这样的年月日。")
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidValue("date.year", f"年份 {year} 不在 {FIRST_YEAR}–{LAST_YEAR} 之间，请核对。")
    try:
        return date(year, month, day)
    except ValueError:
        shown = f"{year}-{month:02}-{day:02}"
        raise InvalidValue("date.unreal", f"日历上没有 {shown} 这一天，请核对月份和日子。") from None


def parse_time(text: str) -> time:
    """23:02, 23:02:00, 23时02分, 23点2分 or 23时. Seconds are read and dropped: records are kept to the minute.

    Raises ``InvalidValue``: ``time.shape``, ``time.unreal``.
    """
    typed = normalise.code(text)
    match = next((match for spelling in _TIMES if (match := spelling.fullmatch(typed))), None)
    if match is None:
        raise InvalidValue("time.shape", "没看懂这个时间，请写成 23:02 这样的时和分。")
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if hour > 23 or minute > 59:
        raise InvalidValue("time.unreal", f"没有 {hour}:{minute:02} 这个时刻，时为 0–23，分为 0–59。请核对。")
    return time(hour, minute)


def parse_moment(text: str) -> datetime:
    """A date in any spelling with a time behind it, read as Asia/Shanghai wall-clock time; returned aware in UTC.

    Raises ``InvalidValue`` with the codes of :func:`parse_date` and :func:`parse_time`, and ``moment.shape``.
    """
    typed = _with_plain_hyphens(normalise.code(text))
    if not typed:
        raise InvalidValue("date.empty", "请填写日期和时间，例如 2026-11-23 23:02。")
    match = next((match for spelling in _MOMENTS if (match := spelling.fullmatch(_apart(text, typed)))), None)
    if match is None:
        if any(spelling.fullmatch(typed) for spelling in _DATES):
            raise InvalidValue("moment.shape", "还缺几点几分，请写成 2026-11-23 23:02。")
        raise InvalidValue("moment.shape", "没看懂这个时间，请写成 2026-11-23 23:02。")
    moment = datetime.combine(parse_date(match["date"]), parse_time(match["time"]), tzinfo=SHANGHAI)
    return moment.astimezone(UTC)


def weekday_text(day: date) -> str:
    """``2026-11-23（星期一）``."""
    return f"{day.isoformat()}（{WEEKDAYS[day.weekday()]}）"


def _with_plain_hyphens(typed: str) -> str:
    for hyphen in normalise.HYPHENS[1:]:
        typed = typed.replace(hyphen, "-")
    return typed


def _apart(text: str, typed: str) -> str:
    """``typed`` with T where the date ends, so that "2026-1-1 12:00" is not read as the 11th at 2 o'clock."""
    parts = normalise.line(text).split()
    if len(parts) != 2:
        return typed
    return f"{_with_plain_hyphens(normalise.code(parts[0]))}T{normalise.code(parts[1])}"
