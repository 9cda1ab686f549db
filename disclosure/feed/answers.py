"""What an answer of the exchange means for the row that was sent (feed_api.md §6, last column)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Meaning(StrEnum):
    ACCEPTED = "accepted"  # a receipt that is proof; also a replayed one
    FIX = "fix"  # the data have to be mended by a person
    DEAD = "dead"  # the message can never succeed
    RETRY = "retry"  # not taken; the same again later
    UNKNOWN = "unknown"  # taken or not, nobody knows: the same key again
    HALT = "halt"  # our credentials or clock: stop everything and call a person


@dataclass(frozen=True)
class Answer:
    """One row's outcome. ``message`` is shown to staff and holds no personal data."""

    meaning: Meaning
    code: str = ""
    message: str = ""
    receipt: dict[str, Any] | None = None
    is_replay: bool = False
    retry_after: int | None = None
    trace_id: str = ""
    current: dict[str, Any] | None = field(default=None, compare=False)
    rules: tuple[str, ...] = ()  # the broken rules an E3002 names
    codes: tuple[tuple[str, str], ...] = ()  # list and JSON pointer of each code an E3003 misses
    withdrawals: tuple[dict[str, Any], ...] = field(default=(), compare=False)  # in force, as an E4004 lists them

    @property
    def is_outage(self) -> bool:
        """True for what the circuit breaker counts: 5xx, time-outs, broken answers."""
        return self.meaning is Meaning.UNKNOWN or (self.meaning is Meaning.RETRY and self.code.startswith("E5"))


# code → meaning; E1002, E1003, E1004 have had their one retry when they get here.
BY_CODE = {
    "E1001": Meaning.HALT,
    "E1002": Meaning.HALT,
    "E1003": Meaning.HALT,
    "E1004": Meaning.RETRY,
    "E1005": Meaning.HALT,
    "E1006": Meaning.HALT,
    "E2001": Meaning.DEAD,
    "E2002": Meaning.DEAD,
    "E2003": Meaning.DEAD,
    "E2004": Meaning.DEAD,
    "E3001": Meaning.FIX,
    "E3002": Meaning.FIX,
    "E3003": Meaning.FIX,
    "E4001": Meaning.DEAD,
    "E4002": Meaning.FIX,
    "E4003": Meaning.FIX,
    "E4004": Meaning.FIX,
    "E4005": Meaning.FIX,
    "E4006": Meaning.FIX,
    "E4040": Meaning.DEAD,
    "E5001": Meaning.RETRY,
    "E5002": Meaning.RETRY,
    "E5003": Meaning.UNKNOWN,
    "E6001": Meaning.RETRY,
    "E6002": Meaning.RETRY,
}
DAILY_QUOTA = "E6002"
LIMITED = ("E6001", DAILY_QUOTA, "E429")  # asked too often: nothing is wrong with the row


def from_error(body: Any, http_status: int, *, retry_after: int | None = None, trace_id: str = "") -> Answer:
    """The answer for an error body, also for the old form ``{"errCode", "errMsg"}`` inside 200.

    An unknown code of the old form counts as E5001; a body that is no error body is an unknown outcome, except that
    a 5xx without one is a plain retry.
    """
    body = body if isinstance(body, dict) else {}
    code = body.get("code") or body.get("errCode")
    text = str(body.get("message") or body.get("errMsg") or "")
    details = body.get("details") if isinstance(body.get("details"), list) else []
    said = [f"{d.get('rule') or ''} {d.get('message') or ''}".strip() for d in details if isinstance(d, dict)]
    message = "；".join([text, *said])[:500]
    if not isinstance(code, str):
        meaning = Meaning.RETRY if http_status in (502, 503, 429) else Meaning.UNKNOWN
        return Answer(
            meaning, f"E{http_status}", f"平台返回 {http_status}，没有说明原因", None, False, retry_after, trace_id
        )
    if code not in BY_CODE:
        code = "E5001"
    entries = [d for d in details if isinstance(d, dict)]
    known = body.get("withdrawals") if isinstance(body.get("withdrawals"), list) else []
    return Answer(
        BY_CODE[code],
        code,
        message,
        retry_after=retry_after,
        trace_id=trace_id,
        current=body.get("current") if isinstance(body.get("current"), dict) else None,
        rules=tuple(str(d.get("rule")) for d in entries),
        codes=tuple((str(d["list"]), str(d.get("path") or "")) for d in entries if d.get("list")),
        withdrawals=tuple(one for one in known if isinstance(one, dict)),
    )
