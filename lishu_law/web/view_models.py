"""The small objects components show. Views build them; templates only print them.

A dictionary with the same keys works as well, but a typo in a dictionary shows nothing and a typo here fails.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Link:
    title: str
    url: str = ""


@dataclass(frozen=True)
class SummaryRow:
    """One line of a summary list. ``source`` says where a filled-in value came from (来源：检查记录 03-02 14:20)."""

    label: str
    value: Any
    source: str = ""
    change_url: str = ""
    change_word: str = "修改"


@dataclass(frozen=True)
class TaskRow:
    """One row of the task list (ux.md §5).

    ``status``: locked, ready, started, waiting, done, returned or not_needed; ``word`` replaces its usual word
    (等待法制审核员, 已完成 03-18). ``until`` is text; ``light`` shows the deadline badge instead. ``why`` says what is
    missing, why it was returned or why it is not needed.
    """

    code: str
    title: str
    status: str
    word: str = ""
    url: str = ""
    who: str = ""
    until: str = ""
    light: Any = None
    citation: str = ""
    why: str = ""
    documents: tuple[Link, ...] = field(default_factory=tuple)
    is_next: bool = False


@dataclass(frozen=True)
class TimelineEntry:
    """Who did what, when. ``at`` is an aware instant; the page shows Shanghai time."""

    at: datetime
    title: str
    who: str = ""
    note: str = ""
    url: str = ""
