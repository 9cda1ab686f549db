"""The exchange's clock: the machine's, plus the demo clock's file, plus what the fault switches add; times as text."""

import os
import re
import time
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

DAY_MS: Final = 86_400_000
_ZONE_MS: Final = 8 * 3_600_000
_EPOCH: Final = date(1970, 1, 1).toordinal()
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Clock:
    """Server time in Unix milliseconds. `offset_ms` is set by control paths, `skew_ms` by the clock fault."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._stamp: tuple[int, int, int] | None = None
        self._file_ms = 0
        self.offset_ms = 0
        self.skew_ms = 0

    def now_ms(self) -> int:
        """Now, as every check and every receipt of the exchange sees it."""
        if self._file is not None:
            self._reread(self._file)
        return time.time_ns() // 1_000_000 + self._file_ms + self.offset_ms + self.skew_ms

    def _reread(self, file: Path) -> None:
        try:
            state = os.stat(file)
            stamp = (state.st_mtime_ns, state.st_ino, state.st_size)
            if stamp == self._stamp:
                return
            text = file.read_text(encoding="ascii").strip()
            self._file_ms = int(float(text) * 1000) if text else 0
            self._stamp = stamp
        except FileNotFoundError:
            self._stamp, self._file_ms = None, 0
        except (OSError, ValueError, OverflowError):
            self._stamp = None  # half-written: keep the last offset, look again at the next question


def stamp(ms: int) -> str:
    """The instant as the server writes it: +08:00, exactly three decimals."""
    moment = time.gmtime((ms + _ZONE_MS) // 1000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', moment)}.{ms % 1000:03d}+08:00"


def day_of(ms: int) -> date:
    """The calendar day of an instant at +08:00."""
    return date.fromordinal(_EPOCH + (ms + _ZONE_MS) // DAY_MS)


def day_start_ms(day: date) -> int:
    """The first millisecond of a day at +08:00."""
    return (day.toordinal() - _EPOCH) * DAY_MS - _ZONE_MS


@lru_cache(maxsize=4096)
def parse_date(text: str) -> date | None:
    """A date written YYYY-MM-DD, or None when it is not written so or does not exist."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def is_datetime(text: str) -> bool:
    """Whether a text of the contract's date-time pattern names an instant that exists."""
    return parse_date(text[:10]) is not None and text[11:13] < "24" and text[14:16] < "60" and text[17:19] < "60"
