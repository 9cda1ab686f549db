"""Writing the register: an event becomes a leaf in the transaction of its act, a size becomes a signed checkpoint.

One advisory lock puts all writers in one line until they commit, and the number of a leaf is a primary key: a crash
leaves either the whole act or nothing of it, and never two trees. Order of locks: record, series, register, journal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction

from disclosure.models import (
    DisclosureRecord,
    InnerLeaf,
    RegisterCheckpoint,
    RegisterContent,
    RegisterKey,
    RegisterLeaf,
    RegisterNode,
)
from disclosure.queries import inner, ledger
from disclosure.register import keys
from disclosure.register.leaf import ANCHOR, LAST_EVENTS, PUBLISH, Entry, commit, leaf_bytes, new_salt
from disclosure.register.note import signed_note
from disclosure.register.tree import Frontier, leaf_hash
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.audit.models import JournalHead
from lishu_law.web.loading.copying import copy_rows

LOCK = int.from_bytes(hashlib.sha256(b"disclosure.register").digest()[:8], "big", signed=True)
BATCH = 2000


@dataclass(frozen=True)
class Event:
    """What happened to a record: ``content`` is what the public sees from now on, without its version."""

    record: DisclosureRecord
    ev: str
    content: Mapping[str, Any]
    at: datetime


class Leaf(NamedTuple):
    """A leaf as it is written: the columns of :class:`RegisterLeaf`, without the cost of an instance for each."""

    seq: int
    leaf: str
    leaf_hash: bytes
    rid: str
    ver: int
    ev: str
    at: datetime
    commit: str
    record_id: int | None


def append_core(event: Event) -> Leaf:
    """One event inside the transaction of the act; sets the record's ``content_digest``, which the caller saves.

    A withdrawal or expiry destroys salt and content of everything the record showed before. ``ValueError`` for an event
    that cannot follow: a second publication, or anything after the end.
    """
    return append_many_core([event])[0]


def append_many_core(events: Sequence[Event]) -> list[Leaf]:
    """Several events in their order, as :func:`append_core`. The records are saved before, their digests after."""
    lock()
    known: dict[str, Leaf | RegisterLeaf] = {**ledger.newest_leaves({event.record.public_id for event in events})}
    earlier, made, said, ended = set(known), [], [], set()
    writer = _Writer()
    for event in events:
        rid = event.record.public_id
        ver = _next_version(known.get(rid), event)
        content, salt = {**event.content, "version": ver}, new_salt()
        entry = Entry(rid, ver, event.ev, commit(salt, content))
        row = known[rid] = writer.add(entry, event.at, event.record)
        event.record.content_digest = entry.commit
        made.append(row)
        said.append((row, salt, content))
        if event.ev in LAST_EVENTS:
            ended.add(rid)
    writer.save()
    if gone := ended & earlier:  # nothing of the others is stored yet
        RegisterContent.objects.filter(leaf__rid__in=gone).delete()
    newest = {row.rid: row.seq for row in made}
    kept = [
        (row.seq, salt, content) for row, salt, content in said if row.rid not in ended or newest[row.rid] == row.seq
    ]
    copy_rows(RegisterContent, ("leaf_id", "salt", "content"), kept)
    return made


def lock() -> None:
    """Wait for the writer before us; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


class _Writer:
    """Leaves and nodes at the right edge, written in one go."""

    def __init__(self) -> None:
        last = RegisterLeaf.objects.order_by("-seq").first()
        self.at = last.at if last else None
        self.edge = Frontier(last.seq + 1 if last else 0, ledger.peaks(last.seq + 1) if last else ())
        self.leaves: list[Leaf] = []
        self.nodes: list[tuple[int, int, bytes]] = []

    def add(self, entry: Entry, at: datetime, record: DisclosureRecord | None) -> Leaf:
        at = at.replace(microsecond=0)
        self.at = at = max(at, self.at) if self.at else at  # never earlier than the leaf before
        seq = self.edge.size
        leaf = leaf_bytes(seq, at, entry)
        hashed = leaf_hash(leaf)
        self.nodes += self.edge.append(hashed)
        row = Leaf(
            seq, leaf.decode(), hashed, entry.rid, entry.ver, entry.ev, at, entry.commit, record.pk if record else None
        )
        self.leaves.append(row)
        return row

    def save(self) -> None:
        copy_rows(RegisterLeaf, Leaf._fields, self.leaves)
        copy_rows(RegisterNode, ("level", "index", "hash"), self.nodes)


def _next_version(newest: Leaf | RegisterLeaf | None, event: Event) -> int:
    if (newest is None) is not (event.ev == PUBLISH):
        raise ValueError(f"{event.ev} cannot be the {'first' if newest is None else 'next'} event of a record")
    if newest is None:
        return 1
    if newest.ev in LAST_EVENTS:
        raise ValueError(f"nothing follows {newest.ev}")
    return newest.ver + 1


@transaction.atomic(durable=True)
def make_checkpoint(*, by: Any = None, at: datetime | None = None) -> RegisterCheckpoint | None:
    """Sign the tree as it is; None where its size has a checkpoint already. One note per size, never changed."""
    lock()
    size = ledger.leaf_count()
    if size == 0 or RegisterCheckpoint.objects.filter(size=size).exists():
        return None
    now = at or clock.now()
    signers = keys.signers(ledger.log_name(), clock.local(now).date())
    root = ledger.root_of(size)
    for signer in signers:
        RegisterKey.objects.get_or_create(verifier=str(signer.verifier), defaults={"since": now})
    made = RegisterCheckpoint.objects.create(size=size, root=root, note=signed_note(size, root, signers), made_at=now)
    details = {"size": size, "root": root.hex(), "key": signers[0].verifier.key_id.hex()}
    journal.record("disclosure.checkpoint", by=by, on=("register", size), details=details)
    return made


@transaction.atomic(durable=True)
def anchor_logs(*, by: Any = None, at: datetime | None = None) -> list[Leaf]:
    """Once a day put the heads of internal ledger and journal into the register; nothing where today has its anchors."""
    lock()
    now = at or clock.now()
    if _is_anchored(clock.local(now).date()):
        return []
    head = JournalHead.objects.filter(pk=1).first()
    if head is None:
        return []
    inner_size, inner_root = _take_in(now.replace(microsecond=0))
    writer = _Writer()
    made = [
        writer.add(Entry("ledger", inner_size, ANCHOR, inner_root.hex()), now, None),
        writer.add(Entry("journal", head.seq, ANCHOR, head.hash), now, None),
    ]
    writer.save()
    details = {row.rid: row.ver for row in made}
    journal.record("disclosure.anchor", by=by, on=("register", made[-1].seq), details=details)
    return made


def _take_in(at: datetime) -> tuple[int, bytes]:
    """Bring the internal ledger up to date; returns its size and root."""
    edge = inner.edge_of(InnerLeaf.objects.all())
    rows = inner.new_leaves(edge.size, at)
    for row in rows:
        edge.append(leaf_hash(inner.inner_leaf(row)))
    InnerLeaf.objects.bulk_create(rows, batch_size=BATCH)
    return edge.size, edge.root()


def _is_anchored(day: date) -> bool:
    start = datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)
    found = RegisterLeaf.objects.filter(rid="journal", at__gte=start, at__lt=start + timedelta(days=1))
    return found.exists()
