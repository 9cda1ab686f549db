"""iCalendar text (RFC 5545) by hand: content lines of at most 75 octets, CRLF, escaped text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """One due date. ``on`` is a whole day, or the aware instant of a limit in hours."""

    uid: str
    on: date
    summary: str
    description: str
    url: str


def escaped(text: str) -> str:
    """A TEXT value (§3.3.11); control characters no calendar may hold are left out."""
    shown = "".join(c for c in text.replace("\r\n", "\n") if c == "\n" or (c >= " " and c != "\x7f"))
    return shown.translate(_ESCAPES)


def folded(line: str) -> bytes:
    """A content line broken after at most 75 octets (§3.1), never inside a character; ends with CRLF."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > _OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def calendar(name: str, events: Iterable[Event], made_at: datetime) -> bytes:
    """The whole VCALENDAR object."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lishu Law//Due dates//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *(line for event in events for line in _event(event, made_at)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _event(event: Event, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{_instant(made_at)}"
    if isinstance(event.on, datetime):
        yield f"DTSTART:{_instant(event.on)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"DESCRIPTION:{escaped(event.description)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
