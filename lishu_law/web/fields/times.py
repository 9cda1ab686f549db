"""Dates and moments. Dates are Asia/Shanghai calendar dates, moments aware UTC; now is always ``lishu_law.clock``."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from lishu_law import clock
from lishu_law.registry.identity import InvalidValue, parse_date, parse_moment, weekday_text
from lishu_law.web.fields.typed import TypedField


class FlexibleDateField(TypedField):
    """A date in five spellings. ``future=False`` refuses days after today, ``past=False`` days before it."""

    empty = None
    attributes = {"maxlength": "20", "data-picker": "date"}

    def __init__(self, *, future: bool = True, past: bool = True, **kwargs: Any) -> None:
        self.future, self.past = future, past
        super().__init__(**kwargs)

    def parse(self, text: str) -> date:
        day, today = parse_date(text), clock.today()
        if not self.future and day > today:
            raise InvalidValue("date.future", f"{self.label or '日期'}不能晚于今天 {weekday_text(today)}。请核对。")
        if not self.past and day < today:
            raise InvalidValue("date.past", f"{self.label or '日期'}不能早于今天 {weekday_text(today)}。请核对。")
        return day

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class FlexibleDateTimeField(TypedField):
    """A date and time in one text, 2026-11-23 23:02. ``future=False`` refuses what has not happened yet."""

    empty = None
    attributes = {"maxlength": "30", "data-picker": "moment"}

    def __init__(self, *, future: bool = True, past: bool = True, **kwargs: Any) -> None:
        self.future, self.past = future, past
        super().__init__(**kwargs)

    def parse(self, text: str) -> datetime:
        moment, now = parse_moment(text), clock.now()
        shown = f"{clock.local(now):%Y-%m-%d %H:%M}"
        if not self.future and moment > now:
            raise InvalidValue("date.future", f"{self.label or '时间'}不能晚于现在 {shown}。请核对。")
        if not self.past and moment < now - timedelta(minutes=1):
            raise InvalidValue("date.past", f"{self.label or '时间'}不能早于现在 {shown}。请核对。")
        return moment

    def prepare_value(self, value: Any) -> Any:
        return f"{clock.local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value


def check_period(
    form: forms.Form, start: str, end: str, *, longest: timedelta | None = None, midnight: str = ""
) -> None:
    """For ``clean``: the field ``end`` must lie after ``start``. ``midnight`` names the tick that allows the period to
    run past midnight; ``longest`` bounds it. Errors are put at ``end``; nothing happens while either is missing.
    """
    begin, finish = form.cleaned_data.get(start), form.cleaned_data.get(end)
    if begin is None or finish is None:
        return
    if finish <= begin:
        form.add_error(end, f"{form.fields[end].label}要晚于{form.fields[start].label}。请核对这两个时间。")
    elif midnight and clock.local(begin).date() != clock.local(finish).date() and not form.cleaned_data.get(midnight):
        form.add_error(end, f"这段时间跨过了零点。如果属实，请勾选“{form.fields[midnight].label}”。")
    elif longest is not None and finish - begin > longest:
        hours = longest.total_seconds() / 3600
        form.add_error(end, f"这段时间超过 {hours:g} 小时，请核对起止时间。")
