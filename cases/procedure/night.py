"""When enforcement must rest (强制法43): at night, whose hours are a local parameter, and on statutory holidays."""

from __future__ import annotations

from datetime import datetime, time

from lishu_law.law.calendar import DEFAULT_CALENDAR, WorkCalendar
from lishu_law.law.parameters import DEFAULT_PARAMETERS


def night_hours(moment: datetime) -> tuple[time, time]:
    """From when to when it is night on that day (``night.starts_at``, ``night.ends_at``)."""
    value, day = DEFAULT_PARAMETERS.value, moment.date()
    return time.fromisoformat(value("night.starts_at", day)), time.fromisoformat(value("night.ends_at", day))


def is_night(moment: datetime) -> bool:
    """``moment`` on the clock of Asia/Shanghai; the first minute of the night is night, its last moment is not."""
    starts, ends = night_hours(moment)
    at = moment.time()
    return at >= starts or at < ends if starts > ends else starts <= at < ends


def holiday_on(moment: datetime, calendar: WorkCalendar = DEFAULT_CALENDAR) -> str:
    """The name of the statutory holiday (a day off by notice), empty on any other day, weekends included."""
    day = moment.date()
    name = calendar.day_name(day)
    return name if not calendar.is_working_day(day) and not name.startswith("周") else ""
