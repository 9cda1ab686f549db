"""What a phone says about an item it sends later, and whether the item is the one it signed (inspection.md §4.3).

Pure of the database: the digest and the signature are computed here exactly as ``static/js/field/signing.js`` does.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lishu_law.errors import Refusal, Refused

MOST_BYTES = 8000


@dataclass(frozen=True)
class Envelope:
    """The words of the header ``X-Queue-Envelope``; times are the phone's own clock."""

    item_id: str
    path: str
    title: str
    created_at: datetime
    sent_at: datetime
    counter: int
    key_id: str
    mac: str
    is_offline: bool = False
    late_reason: str = ""
    hand_over: bool = False  # the officer gave up correcting it and leaves it to whoever settles

    @property
    def age(self) -> timedelta:
        """How long it lay on the phone; both times are of the same clock, so its error falls out."""
        return self.sent_at - self.created_at


def read_envelope(header: str) -> Envelope:
    """Raises ``Refused`` for anything that is not an envelope."""
    try:
        if len(header) > MOST_BYTES:
            raise ValueError("too long")
        words = json.loads(base64.b64decode(header, validate=True))
        found = Envelope(
            item_id=_word(words["id"], 32), path=str(words["path"])[:200], title=str(words.get("title", ""))[:100],
            created_at=_moment(words["created_at"]), sent_at=_moment(words["sent_at"]), counter=int(words["counter"]),
            key_id=_word(words["key_id"], 32), mac=str(words["mac"])[:64], is_offline=bool(words.get("offline")),
            late_reason=str(words.get("late_reason", ""))[:300].strip(), hand_over=bool(words.get("hand_over")),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, OverflowError):
        raise Refused([broken()]) from None
    if not 0 < found.counter < 2**31 or "\x00" in found.path + found.title + found.late_reason:
        raise Refused([broken()])
    return found


def broken() -> Refusal:
    return Refusal("queue-envelope", "手机送来的内容不完整，服务器没有收下，本机内容还在。请刷新页面后再上传。")


def _word(value: object, length: int) -> str:
    text = str(value)
    if len(text) != length or not text.isascii() or not text.isalnum():
        raise ValueError(text)
    return text


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    if moment.tzinfo is None or not 2000 < moment.year < 2200:
        raise ValueError(str(value))
    return moment


def content_digest(fields: Mapping[str, Iterable[str]], files: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over the fields by name and the digests of the files, in the order they were chosen."""
    lines = [[name, str(value).replace("\r\n", "\n")] for name in sorted(fields) for value in fields[name]]
    body = json.dumps([lines, [list(one) for one in files]], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def is_signed(envelope: Envelope, digest: str, secret: str) -> bool:
    """Does the phone's signature cover this content at this place in its order?"""
    created = envelope.created_at.timestamp()
    text = "\n".join((envelope.item_id, envelope.path, f"{round(created * 1000)}", str(envelope.counter), digest))
    wanted = hmac.new(base64.b64decode(secret), text.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, envelope.mac)
