"""Days, windows and their words, and the citation of a rule: what the other modules of this package share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lishu_law.errors import Refusal
from lishu_law.law.citations import parse_basis, render
from lishu_law.law.rules import RULES

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Window:
    """When a filed inspection takes place, and why it lasts longer than a day."""

    starts_at: datetime
    ends_at: datetime
    is_on_site: bool
    why_longer: str = ""


def citation(rule_id: str) -> str:
    """The articles of a rule of procedure_rules.csv, as staff see them."""
    return render(parse_basis(RULES[rule_id].legal_basis))


def days_of(starts_at: datetime, ends_at: datetime) -> tuple[date, ...]:
    """Every Shanghai calendar day a period touches."""
    first, last = starts_at.astimezone(SHANGHAI).date(), ends_at.astimezone(SHANGHAI).date()
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def filed_beforehand(moment: datetime, now: datetime, text: str, field: str) -> list[Refusal]:
    """insp-file-app: filed first, then done."""
    if moment > now:
        return []
    return [Refusal("insp-file-app", text, citation("insp-file-app"), field)]


def in_order(starts_at: datetime, ends_at: datetime, field: str) -> list[Refusal]:
    if ends_at > starts_at:
        return []
    return [Refusal("period-order", "结束时间要晚于开始时间，请核对。", "", field)]


def moment_words(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def period_words(starts_at: datetime, ends_at: datetime) -> str:
    start, end = starts_at.astimezone(SHANGHAI), ends_at.astimezone(SHANGHAI)
    return (
        f"{start:%m-%d %H:%M}–{end:%H:%M}" if start.date() == end.date() else f"{start:%m-%d %H:%M}–{end:%m-%d %H:%M}"
    )
