"""The exchange's own SQLite database: one writer connection, write-ahead log, one transaction per signed request.

The connection is shared by all request threads under one lock. That is also what makes two requests with the same
key or record identity go one after the other. `synchronous=NORMAL` keeps every committed transaction when the
process is killed; only a power cut may lose the newest ones.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, Final

from disclosure.mock_feed.states import Version

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS version (
    id INTEGER PRIMARY KEY,
    app_id TEXT NOT NULL, rui TEXT NOT NULL, version INTEGER NOT NULL,
    record_kind TEXT NOT NULL, kind TEXT NOT NULL, operation TEXT NOT NULL,
    digest TEXT NOT NULL, receipt_no TEXT NOT NULL UNIQUE,
    received_ms INTEGER NOT NULL, accept_ms INTEGER NOT NULL, final_ms INTEGER NOT NULL,
    final_status TEXT NOT NULL, is_late INTEGER NOT NULL,
    number TEXT, scope TEXT, reason_code TEXT, event_date TEXT, basis_doc_no TEXT, reason_public TEXT,
    party_display TEXT, errors TEXT NOT NULL, content TEXT NOT NULL,
    is_newest INTEGER NOT NULL DEFAULT 1,
    body_digest BLOB,  -- of the request that bound this version's idempotency key; NULL while unbound
    UNIQUE (app_id, rui, version)
);
CREATE INDEX IF NOT EXISTS version_number ON version (app_id, number) WHERE number IS NOT NULL;
CREATE INDEX IF NOT EXISTS version_window ON version (app_id, record_kind, final_ms) WHERE is_newest = 1;
CREATE TABLE IF NOT EXISTS batch (
    app_id TEXT NOT NULL, cd_batch TEXT NOT NULL, body_digest BLOB NOT NULL, result TEXT NOT NULL,
    PRIMARY KEY (app_id, cd_batch)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS daily (
    app_id TEXT NOT NULL, day TEXT NOT NULL, accepted INTEGER NOT NULL, PRIMARY KEY (app_id, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS request_log (
    id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, app_id TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    status INTEGER NOT NULL, code TEXT NOT NULL, subject TEXT NOT NULL, trace_id TEXT NOT NULL,
    took_us INTEGER NOT NULL, nonce TEXT
);
"""
_TABLES: Final = ("version", "batch", "daily", "request_log")
_COLUMNS: Final = tuple(item.name for item in fields(Version))
Parameters = Sequence[Any] | dict[str, Any]
SELECT_VERSION: Final = f"SELECT {', '.join(_COLUMNS)} FROM version"
_INSERT_VERSION: Final = (
    f"INSERT INTO version ({', '.join(_COLUMNS)}, body_digest) VALUES ({', '.join('?' * len(_COLUMNS))}, ?)"
)
_KEEP_LINES: Final = 20_000
_KEEP_MS: Final = 15 * 60_000
LogLine = tuple[int, str, str, str, int, str, str, str, int, str | None]


class Storage:
    """Everything the exchange keeps. Call inside `transaction()`, which holds the lock."""

    def __init__(self, path: str) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA wal_autocheckpoint=8000")
        self._db.execute("PRAGMA cache_size=-65536")
        self._db.executescript(_SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Lock, begin, and commit at the end; an exception rolls everything back."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Fold the log back into the database file and close it."""
        with self._lock:
            self._db.close()

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows of a reading statement."""
        with self._lock:
            return self._db.execute(sql, parameters).fetchall()

    def versions(self, where: str, parameters: Parameters) -> list[Version]:
        """The versions that match, with `where` following the SELECT."""
        return [_version(row) for row in self.rows(f"{SELECT_VERSION} {where}", parameters)]

    def chain(self, app_id: str, rui: str) -> list[Version]:
        """All versions of one record in order."""
        return self.versions("WHERE app_id = ? AND rui = ? ORDER BY version", (app_id, rui))

    def by_receipt(self, app_id: str, receipt_no: str) -> Version | None:
        """The version a receipt stands for, None when this application has no such receipt."""
        found = self.versions("WHERE receipt_no = ? AND app_id = ?", (receipt_no, app_id))
        return found[0] if found else None

    def chains_with_number(self, app_id: str, record_kind: str, number: str) -> list[list[Version]]:
        """The chains of all records of which some version carries this document number or check code."""
        found = self.rows(
            "SELECT DISTINCT rui FROM version INDEXED BY version_number"
            " WHERE app_id = ? AND number = ? AND record_kind = ?",
            (app_id, number, record_kind),
        )
        return [self.chain(app_id, rui) for (rui,) in found]

    def add_version(self, version: Version, has_earlier: bool, body_digest: bytes | None = None) -> None:
        """Store a version as its record's newest, with its key bound if the digest of the body is given."""
        if has_earlier:
            self._db.execute(
                "UPDATE version SET is_newest = 0 WHERE app_id = ? AND rui = ? AND is_newest = 1",
                (version.app_id, version.rui),
            )
        values: list[Any] = [getattr(version, name) for name in _COLUMNS]
        values[-2] = json.dumps(version.errors, ensure_ascii=False)
        self._db.execute(_INSERT_VERSION, (*values, body_digest))

    def bound(self, app_id: str, key: str) -> tuple[bytes, Version] | None:
        """Body digest and version a record's idempotency key is bound to, None while the key is free.

        The key names its version, so the binding is a column of it. A key of another form is never bound.
        """
        rui, _, rest = key.partition(":")
        number, _, letter = rest.partition(":")
        if not (number.isascii() and number.isdigit() and len(number) < 7 and str(int(number)) == number):
            return None
        where = "WHERE app_id = ? AND rui = ? AND version = ? AND body_digest IS NOT NULL"
        found = self.rows(f"SELECT body_digest, {', '.join(_COLUMNS)} FROM version {where}", (app_id, rui, int(number)))
        if not found:
            return None
        version = _version(found[0][1:])
        is_its_key = letter == ("w" if version.kind == "withdrawal" else version.operation)
        return (found[0][0], version) if is_its_key else None

    def bind(self, app_id: str, receipt_no: str, body_digest: bytes) -> None:
        """Bind a version's key to the bytes that were answered with 2xx."""
        self._db.execute(
            "UPDATE version SET body_digest = ? WHERE receipt_no = ? AND app_id = ?", (body_digest, receipt_no, app_id)
        )

    def add_batch(self, app_id: str, cd_batch: str, body_digest: bytes, result: str) -> None:
        """Store a batch's result and bind its key."""
        self._db.execute("INSERT INTO batch VALUES (?, ?, ?, ?)", (app_id, cd_batch, body_digest, result))

    def batch(self, app_id: str, cd_batch: str) -> tuple[bytes, str] | None:
        """A batch's body digest and stored result."""
        found = self.rows("SELECT body_digest, result FROM batch WHERE app_id = ? AND cd_batch = ?", (app_id, cd_batch))
        return (found[0][0], found[0][1]) if found else None

    def nonces_since(self, at_ms: int) -> list[tuple[Any, ...]]:
        """The nonces used since then: application, nonce, instant."""
        return self.rows("SELECT app_id, nonce, at_ms FROM request_log WHERE nonce IS NOT NULL AND at_ms > ?", (at_ms,))

    def accepted_on(self, app_id: str, day: str) -> int:
        """Records newly accepted on a +08:00 day while the quota was on."""
        found = self.rows("SELECT accepted FROM daily WHERE app_id = ? AND day = ?", (app_id, day))
        return int(found[0][0]) if found else 0

    def count_accepted(self, app_id: str, day: str) -> None:
        """Count one record to the day's quota."""
        self._db.execute(
            "INSERT INTO daily VALUES (?, ?, 1) ON CONFLICT (app_id, day) DO UPDATE SET accepted = accepted + 1",
            (app_id, day),
        )

    def log(self, line: LogLine) -> None:
        """Write one line of the request log; it never holds bodies, names or secrets.

        The log also keeps the nonces over a restart, so lines younger than `_KEEP_MS` always stay.
        """
        cursor = self._db.execute(
            "INSERT INTO request_log (at_ms, app_id, method, path, status, code, subject, trace_id, took_us, nonce)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            line,
        )
        if cursor.lastrowid and cursor.lastrowid % 1000 == 0:
            self._db.execute(
                "DELETE FROM request_log WHERE id < ? AND at_ms < ?",
                (cursor.lastrowid - _KEEP_LINES, line[0] - _KEEP_MS),
            )

    def wipe(self) -> None:
        """Forget all data."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")


def _version(row: tuple[Any, ...]) -> Version:
    version = Version(*row)
    version.is_late = bool(version.is_late)
    version.errors = json.loads(row[-2])
    return version
