"""Receipts and listing items as JSON (contract sections 5 and 8)."""

import os
import threading
from collections.abc import Sequence
from typing import Final

from disclosure.mock_feed.errors import Json
from disclosure.mock_feed.moment import DAY_MS, day_of, stamp
from disclosure.mock_feed.states import State, Version, state_of

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PAIRS: Final = [first + second for first in _DIGITS for second in _DIGITS]
_PAIR: Final = len(_PAIRS)


class _Tails:
    """The last four characters: by chance at first, counted up within one millisecond, so that no two are alike."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = self._last = -1

    def next(self, now: int) -> int:
        with self._lock:
            is_again = now == self._now
            self._now, self._last = now, self._last + 1 if is_again else int.from_bytes(os.urandom(3), "big")
            return self._last % _PAIR**2


_TAILS: Final = _Tails()


def new_receipt_no(now: int) -> str:
    """HZ, the day, the millisecond of the day and four more characters.

    A number lost with its record is not given out again, and numbers grow with time, which keeps their index compact.
    """
    millisecond = (now + 8 * 3_600_000) % DAY_MS
    serial = _TAILS.next(now)
    parts = (millisecond // _PAIR // _PAIR, millisecond // _PAIR % _PAIR, millisecond % _PAIR)
    tail = "".join(_PAIRS[part] for part in (*parts, serial // _PAIR, serial % _PAIR))
    return f"HZ{day_of(now):%Y%m%d}{tail}"


def _receipt(version: Version, state: State, errors: list[Json], site: str) -> Json:
    published = state.published_ms
    return {
        "receipt_no": version.receipt_no,
        "app_id": version.app_id,
        "kind": version.kind,
        "record_unique_identity": version.rui,
        "data_version": version.version,
        "cd_operation": version.operation,
        "status": state.status,
        "content_digest": version.digest,
        "received_at": stamp(version.received_ms),
        "updated_at": stamp(state.updated_ms),
        "published_at": stamp(published) if published is not None else None,
        "platform_url": f"{site}/records/{version.receipt_no}" if published is not None else None,
        "late": version.is_late,
        "errors": errors,
    }


def first_receipt(version: Version) -> Json:
    """The receipt of the first answer, which every replay repeats; not yet signed."""
    return _receipt(version, State("RECEIVED", version.received_ms, None), [], "")


def present_receipt(version: Version, later: Sequence[Version], now: int, site: str) -> Json:
    """The receipt as `GET /receipts` shows it now; `site` is the address the public page hangs under."""
    state = state_of(version, later, now)
    return _receipt(version, state, version.errors if state.status == "REJECTED" else [], site)


def current(chain: Sequence[Version], now: int) -> Json:
    """The `current` block of E4002 and E4004: the newest known version."""
    newest = chain[-1]
    return {
        "version": newest.version,
        "digest": newest.digest,
        "receipt_no": newest.receipt_no,
        "status": state_of(newest, (), now).status,
    }


def withdrawals(chain: Sequence[Version], now: int) -> list[Json]:
    """The withdrawals in effect, in version order."""
    return [
        {
            "data_version": version.version,
            "scope": version.scope,
            "reason_code": version.reason_code,
            "event_date": version.event_date,
            "basis_doc_no": version.basis_doc_no,
            "receipt_no": version.receipt_no,
        }
        for version in chain
        if version.kind == "withdrawal" and version.is_in_effect(now)
    ]


def listing_item(newest: Version, number: str | None, now: int) -> Json:
    """One item of the reconcile listing: a record as its newest version."""
    state = state_of(newest, (), now)
    return {
        "record_unique_identity": newest.rui,
        "data_version": newest.version,
        "status": state.status,
        "content_digest": newest.digest,
        "receipt_no": newest.receipt_no,
        "punish_file_num": number if newest.record_kind == "penalty-decision" else None,
        "updated_at": stamp(state.updated_ms),
    }
