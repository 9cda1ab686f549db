"""Writing and verifying the journal.

``record`` is called exactly once by every action, last, inside the action's transaction: if the journal cannot be
written the act does not happen. The chain is computed by one statement: the head row is advanced and the entry
inserted together, so two writers can never take the same place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection

from lishu_law import clock
from lishu_law.audit.models import JournalEntry, JournalHead

GENESIS = "0" * 64
REQUEST: ContextVar[dict[str, str] | None] = ContextVar("audit_request", default=None)

ADVANCE = """
WITH head AS (
    INSERT INTO audit_journalhead AS h (id, seq, prev_hash, hash)
    VALUES (
        1, 1, %(genesis)s,
        encode(sha256(convert_to('1' || E'\\n' || %(body)s || E'\\n' || %(genesis)s, 'UTF8')), 'hex')
    )
    ON CONFLICT (id) DO UPDATE SET
        seq = h.seq + 1,
        prev_hash = h.hash,
        hash = encode(sha256(convert_to((h.seq + 1)::text || E'\\n' || %(body)s || E'\\n' || h.hash, 'UTF8')), 'hex')
    RETURNING seq, prev_hash, hash
)
INSERT INTO audit_journalentry (seq, at, action, actor_id, object_type, object_id, body, prev_hash, hash)
SELECT seq, %(at)s, %(action)s, %(actor_id)s, %(object_type)s, %(object_id)s, %(body)s, prev_hash, hash FROM head
RETURNING seq
"""


def canonical(value: dict[str, Any]) -> str:
    """Canonical JSON: sorted keys, no spaces, UTF-8 unescaped."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def record(
    action: str,
    *,
    by: Any,
    on: tuple[str, Any],
    result: str = "ok",
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> int:
    """Append one entry and return its number.

    ``by`` is the acting user or None for the system; ``on`` is (object type, object id). ``details`` holds ids, codes
    and digests only, never personal data or document content.
    """
    at = clock.now()
    object_type, object_id = on[0], str(on[1])
    said = {
        "at": at.isoformat(timespec="microseconds"),
        "actor": None if by is None else by.staff_number,
        "action": action,
        "object": [object_type, object_id],
        "result": result,
        "reason": reason,
        "details": details or {},
        "request": REQUEST.get() or {},
    }
    row = {
        "genesis": GENESIS, "body": canonical(said), "at": at, "action": action,
        "actor_id": None if by is None else by.pk, "object_type": object_type, "object_id": object_id,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, row)
        return int(cursor.fetchone()[0])


@contextmanager
def without_request() -> Iterator[None]:
    """What is recorded inside does not say from which address it came: for people who may stay unknown."""
    token = REQUEST.set(None)
    try:
        yield
    finally:
        REQUEST.reset(token)


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold."""

    seq: int
    reason: str


def expected_hash(seq: int, body: str, prev_hash: str) -> str:
    """SHA-256 over number, body and the hash before, joined by line feeds."""
    return hashlib.sha256(f"{seq}\n{body}\n{prev_hash}".encode()).hexdigest()


def verify(rows: Iterator[tuple[int, str, str, str, str, str]] | None = None) -> tuple[int, Break | None]:
    """Recompute the whole chain. Returns how many entries hold and the first break, if any."""
    entries = rows or JournalEntry.objects.order_by("seq").values_list(
        "seq", "body", "prev_hash", "hash", "action", "object_id"
    ).iterator(chunk_size=5000)
    count, prev = 0, GENESIS
    for seq, body, prev_hash, digest, action, object_id in entries:
        fault = _place_fault((count + 1, prev), (seq, prev_hash)) or _body_fault(seq, body, prev_hash, digest)
        if not fault and not _says(body, action, object_id):
            fault = "检索列与正文不一致"
        if fault:
            return count, Break(seq, fault)
        count, prev = count + 1, digest
    head = JournalHead.objects.filter(pk=1).first()
    if (head.seq if head else 0) != count or (head and head.hash != prev):
        return count, Break(count + 1, "链尾缺失：末尾的记录被删掉了")
    return count, None


def _place_fault(expected: tuple[int, str], found: tuple[int, str]) -> str:
    """Number and hash of the entry before, as the chain expects them and as the entry says."""
    if found[0] != expected[0]:
        return f"序号不连续：应为 {expected[0]}"
    return "" if found[1] == expected[1] else "前一条的摘要对不上"


def _body_fault(seq: int, body: str, prev_hash: str, digest: str) -> str:
    return "" if digest == expected_hash(seq, body, prev_hash) else "正文与摘要不符"


def _says(body: str, action: str, object_id: str) -> bool:
    """Do the columns the viewer searches repeat what the hashed text says?"""
    said = json.loads(body)
    return bool(said["action"] == action and said["object"][1] == object_id)
