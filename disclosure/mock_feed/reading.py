"""What the exchange answers to GET: receipts, records, code lists, and the listings for comparison (section 8)."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from disclosure.mock_feed.errors import ExchangeError, Json, detail, schema_error
from disclosure.mock_feed.intake import Sender
from disclosure.mock_feed.moment import DAY_MS, day_of, day_start_ms, parse_date, stamp
from disclosure.mock_feed.receipts import listing_item, present_receipt, withdrawals
from disclosure.mock_feed.signing import sign_receipt
from disclosure.mock_feed.states import NEVER_MS, Version
from disclosure.mock_feed.storage import Storage

_CURSOR: Final = re.compile(r"[A-Za-z0-9_-]{1,200}")
_CURSOR_MS: Final = 15 * 60_000
_MOST: Final = 500
_UPDATED: Final = "CASE WHEN :now < accept_ms THEN received_ms WHEN :now < final_ms THEN accept_ms ELSE final_ms END"
_WINDOW: Final = (
    "WHERE app_id = :app AND record_kind = :kind AND is_newest = 1 AND final_ms >= :start AND received_ms < :end"
    f" AND {_UPDATED} >= :start AND {_UPDATED} < :end"
)
_PAGE: Final = (
    f"{_WINDOW} AND ({_UPDATED} > :after_ms OR ({_UPDATED} = :after_ms AND rui > :after_rui))"
    f" ORDER BY {_UPDATED}, rui LIMIT :limit"
)
_NUMBER: Final = (
    "SELECT number FROM version WHERE app_id = ? AND rui = ? AND number IS NOT NULL ORDER BY version DESC LIMIT 1"
)


def parse_query(query: str, allowed: frozenset[str]) -> dict[str, str]:
    """The query's parameters; E3001 for one that is unknown, stands twice or is not UTF-8."""
    found: dict[str, str] = {}
    for part in query.split("&") if query else ():
        name, _, raw = part.partition("=")
        if name not in allowed or name in found:
            raise ExchangeError("E3001", [detail("schema", None, "查询参数不认识或重复，请核对")])
        try:
            found[name] = unquote_to_bytes(raw).decode("utf-8")
        except UnicodeDecodeError as error:
            raise _bad_parameter(name) from error
    return found


def _bad_parameter(name: str) -> ExchangeError:
    return schema_error(None, f"查询参数 {name} 缺失或不合要求，请核对")


@dataclass(frozen=True)
class Window:
    """The days a listing covers, both inclusive."""

    first: date
    last: date

    @classmethod
    def of(cls, parameters: dict[str, str]) -> "Window":
        """From `date_from` and `date_to`, both required."""
        first, last = parse_date(parameters.get("date_from", "")), parse_date(parameters.get("date_to", ""))
        if first is None:
            raise _bad_parameter("date_from")
        if last is None or last < first:
            raise _bad_parameter("date_to")
        return cls(first, last)


class Reader:
    """Answers GETs for one application at a time. Runs inside a storage transaction."""

    def __init__(self, storage: Storage, site: str) -> None:
        self._storage = storage
        self._site = site

    def receipt(self, sender: Sender, receipt_no: str, now: int) -> Json:
        """The present state of a receipt, signed."""
        version = self._storage.by_receipt(sender.app_id, receipt_no)
        if version is None:
            raise ExchangeError("E4040")
        chain = self._storage.chain(sender.app_id, version.rui)
        later = [other for other in chain if other.version > version.version]
        return sign_receipt(present_receipt(version, later, now, self._site), sender.algorithm, sender.secret)

    def record(self, sender: Sender, kind: str, rui: str, now: int) -> Json:
        """The state of a record, which is that of its newest version."""
        chain = self._storage.chain(sender.app_id, rui)
        if not chain or chain[0].record_kind != kind:
            raise ExchangeError("E4040")
        newest = chain[-1]
        return {
            **listing_item(newest, self._number(newest), now),
            "kind": newest.record_kind,
            "cd_operation": newest.operation,
            "withdrawals": withdrawals(chain, now),
        }

    def listing(self, sender: Sender, kind: str, parameters: dict[str, str], now: int) -> Json:
        """One page of the records whose newest version changed within the window."""
        window = Window.of(parameters)
        limit = parameters.get("limit", "200")
        if not re.fullmatch(r"[1-9][0-9]{0,2}", limit) or int(limit) > _MOST:
            raise _bad_parameter("limit")
        scope = hashlib.sha256(f"{sender.app_id} {kind} {window.first} {window.last}".encode()).hexdigest()[:8]
        after_ms, after_rui = _open_cursor(parameters.get("cursor"), scope, now)
        bound = {"after_ms": after_ms, "after_rui": after_rui, "limit": int(limit) + 1}
        rows = self._storage.versions(_PAGE, self._bind(sender, kind, window, now) | bound)
        page = rows[: int(limit)]
        items = [listing_item(newest, self._number(newest), now) for newest in page]
        is_last = len(rows) <= int(limit)
        return {
            "items": items,
            "next_cursor": None if is_last else _cursor(page[-1], scope, now),
            "as_of": stamp(now),
        }

    def summary(self, sender: Sender, kind: str, parameters: dict[str, str], now: int) -> Json:
        """Per day the number of records and the digest over their content digests."""
        window = Window.of(parameters)
        sql = f"SELECT {_UPDATED}, digest FROM version {_WINDOW}"
        days: dict[date, list[str]] = {}
        for updated_ms, digest in self._storage.rows(sql, self._bind(sender, kind, window, now)):
            days.setdefault(day_of(updated_ms), []).append(digest)
        return {
            "days": [
                {"date": day.isoformat(), "count": len(digests), "digest": day_digest(digests)}
                for day, digests in sorted(days.items())
            ],
            "as_of": stamp(now),
        }

    def _bind(self, sender: Sender, kind: str, window: Window, now: int) -> dict[str, Any]:
        return {
            "app": sender.app_id,
            "kind": kind,
            "now": now,
            "start": day_start_ms(window.first),
            "end": day_start_ms(window.last) + DAY_MS,
        }

    def _number(self, newest: Version) -> str | None:
        if newest.number is not None:
            return newest.number
        found = self._storage.rows(_NUMBER, (newest.app_id, newest.rui))
        return found[0][0] if found else None


def day_digest(digests: list[str]) -> str:
    """SHA-256 of the content digests, sorted and joined by line breaks."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def _cursor(last: Version, scope: str, now: int) -> str:
    updated_ms = last.received_ms if now < last.accept_ms else last.accept_ms if now < last.final_ms else last.final_ms
    text = f"{updated_ms} {last.rui} {now} {scope}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _open_cursor(cursor: str | None, scope: str, now: int) -> tuple[int, str]:
    if cursor is None:
        return -1, ""
    try:
        if not _CURSOR.fullmatch(cursor):
            raise ValueError
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        updated_ms, rui, issued, of = text.split(" ")
        is_valid = of == scope and abs(now - int(issued)) <= _CURSOR_MS
        position = int(updated_ms), rui
        if not 0 <= position[0] < NEVER_MS:
            raise ValueError
    except (ValueError, binascii.Error) as error:
        raise _bad_parameter("cursor") from error
    if not is_valid:
        raise schema_error(None, "游标已过期或不属于此查询，请从头查询")
    return position
