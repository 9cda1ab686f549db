"""The one source of "now" for the whole system.

Outside demo mode this is the machine's clock. In demo mode (``settings.DEMO``) an offset in seconds is read from the
file ``settings.DEMO_CLOCK_FILE`` so that web, worker, commands and the mock exchange (which reads the same file) agree.
The offset only ever grows: time never runs backwards.
"""

from __future__ import annotations

import fcntl
import os
import time
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")


def demo_offset() -> float:
    """Seconds the demo clock runs ahead of the machine's clock; 0 outside demo mode."""
    if not settings.DEMO or not settings.DEMO_CLOCK_FILE:
        return 0.0
    try:
        found = os.stat(settings.DEMO_CLOCK_FILE)
    except FileNotFoundError:
        return 0.0
    return _offset_in(settings.DEMO_CLOCK_FILE, found.st_mtime_ns, found.st_ino, found.st_size)


@lru_cache(maxsize=4)
def _offset_in(path: str, _changed_at: int, _inode: int, _size: int) -> float:
    """Read again only when the file is another one: every page asks for the time many times."""
    try:
        return float(Path(path).read_text(encoding="ascii").strip() or 0)
    except FileNotFoundError:
        return 0.0


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.fromtimestamp(time.time() + demo_offset(), tz=UTC)


def today() -> date:
    """The calendar date in Asia/Shanghai: the only date the law knows."""
    return now().astimezone(SHANGHAI).date()


def local(moment: datetime) -> datetime:
    """The same instant as wall-clock time in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI)


def move_demo_clock(to: datetime) -> datetime:
    """Move the demo clock forward to ``to`` (aware); ``ValueError`` outside demo mode or when it would go back."""
    if not settings.DEMO or not settings.DEMO_CLOCK_FILE:
        raise ValueError("演示时钟只在演示模式下存在。")
    path = Path(settings.DEMO_CLOCK_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_suffix(".lock"), "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if to < now():
            raise ValueError("演示时钟只能向前拨，不能回拨。")
        offset = to.timestamp() - time.time()
        fresh = path.with_suffix(".new")
        fresh.write_text(f"{offset:.3f}\n", encoding="ascii")
        os.replace(fresh, path)
    return now()
