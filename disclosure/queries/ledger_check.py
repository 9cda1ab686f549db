"""Recompute the whole register from its tables and name whatever differs (security.md §11, drills T-1…T-12).

Nothing is believed because it is stored: leaves are parsed and hashed, every subtree and every checkpoint's root is
computed again, contents are committed to again, and the records and pages are compared with what was committed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from disclosure.models import (
    LeafEvent,
    RegisterCheckpoint,
    RegisterContent,
    RegisterKey,
    RegisterLeaf,
    RegisterNode,
)
from disclosure.queries.inner_check import inner_faults
from disclosure.queries.ledger_records import record_faults
from disclosure.register.kept import kept_copies
from disclosure.register.leaf import ANCHOR, LAST_EVENTS, PUBLISH, canonical, commit, stamp
from disclosure.register.note import Note, Verifier, parsed, verifier_of
from disclosure.register.tree import Frontier, leaf_hash
from lishu_law.audit.models import JournalEntry

CHUNK = 5000
KEYS = {"at", "commit", "ev", "rid", "seq", "v", "ver"}


@dataclass(frozen=True)
class Fault:
    """One difference: where it is, what it is, and the first leaf it concerns (None: none)."""

    table: str
    row: str
    column: str
    text: str
    leaf: int | None = None

    def __str__(self) -> str:
        return f"{self.table} 第 {self.row} 行 {self.column} 列：{self.text}"


@dataclass
class Report:
    """What was found. ``last_good`` is the largest checkpoint in front of every fault, None where there is none."""

    leaves: int = 0
    records: int = 0
    checkpoints: int = 0
    faults: list[Fault] = field(default_factory=list)
    last_good: int | None = None


@dataclass(frozen=True)
class _Said:
    """What a leaf says, as far as its bytes can be read."""

    rid: str
    ver: int
    ev: str
    at: str
    commit: str
    seq: int


def verify(*, pages: bool = True, files: bool = True) -> Report:
    """Everything, from the tables and the kept copies.

    ``pages`` renders every record on show, ``files`` reads every received file and rendered document. What is written
    meanwhile is not seen: the tables are read as they were at one moment, and the copies before it.
    """
    copies = list(kept_copies())
    with _one_moment():
        return _verified(copies, pages=pages, files=files)


@contextmanager
def _one_moment() -> Iterator[None]:
    """A snapshot, unless the caller is inside a transaction already."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _verified(copies: list[tuple[Path, str]], *, pages: bool, files: bool) -> Report:
    report = Report()
    walk = _Walk(report)
    sizes = {int(path.stem) for path, _text in copies}
    roots = walk.leaves(sizes | set(RegisterCheckpoint.objects.values_list("size", flat=True)))
    good = _checkpoints(report, roots, copies)
    _contents(report, walk.newest, walk.ended)
    _anchors(report)
    report.records, found = record_faults(walk.newest, pages=pages)
    found += inner_faults(files=files)
    report.faults += [Fault(*one) for one in found]
    first = min((fault.leaf for fault in report.faults if fault.leaf is not None), default=report.leaves)
    report.last_good = max((size for size in good if size <= first), default=None)
    return report


class _Walk:
    """One pass over the leaves in their order."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.newest: dict[str, _Said] = {}
        self.ended: set[str] = set()
        self.at = ""

    def leaves(self, sizes: set[int]) -> dict[int, bytes]:
        """Check every leaf and node; returns the roots at these sizes, as far as the tree goes."""
        edge, roots = Frontier(), {}
        nodes = _Nodes(self.report)
        for row in RegisterLeaf.objects.order_by("seq").iterator(chunk_size=CHUNK):
            hashed = self._leaf(row, edge.size)
            for level, index, made in edge.append(hashed):
                nodes.expect(level, index, made, edge.size - 1)
            if edge.size in sizes:
                roots[edge.size] = edge.root()
        nodes.finish()
        self.report.leaves = edge.size
        return roots

    def _leaf(self, row: RegisterLeaf, place: int) -> bytes:
        raw = row.leaf.encode()
        hashed = leaf_hash(raw)
        said = _read(raw)
        if row.seq != place:
            self._fault(row, "seq", f"序号不连续，应为 {place}")
        if hashed != bytes(row.leaf_hash):
            self._fault(row, "leaf_hash", "与叶子原文算出的摘要不一致")
        if said is None:
            self._fault(row, "leaf", "不是规定格式的叶子")
            return hashed
        copies = {
            "seq": row.seq,
            "rid": row.rid,
            "ver": row.ver,
            "ev": row.ev,
            "at": stamp(row.at),
            "commit": row.commit,
        }
        for column, value in copies.items():
            if getattr(said, column) != value:
                self._fault(row, column, f"检索列是 {value}，叶子原文是 {getattr(said, column)}")
        if said.at < self.at:
            self._fault(row, "at", "早于前一条登记，有人倒填")
        self._follows(row, said)
        self.at = said.at
        self.newest[said.rid] = said
        return hashed

    def _follows(self, row: RegisterLeaf, said: _Said) -> None:
        before = self.newest.get(said.rid)
        if said.ev == ANCHOR:
            is_next = before is None or said.ver >= before.ver
        elif before is None:
            is_next = (said.ev, said.ver) == (PUBLISH, 1)
        else:
            is_next = said.rid not in self.ended and said.ev != PUBLISH and said.ver == before.ver + 1
        if not is_next:
            self._fault(row, "ev", f"不能接在 {said.rid} 以前的登记后面")
        if said.ev in LAST_EVENTS:
            self.ended.add(said.rid)

    def _fault(self, row: RegisterLeaf, column: str, text: str) -> None:
        self.report.faults.append(Fault("disclosure_registerleaf", str(row.seq), column, text, row.seq))


class _Nodes:
    """The stored subtrees beside the computed ones; both run through each level in order."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.stored = {(level, index): bytes(made) for level, index, made in RegisterNode.objects.values_list(
            "level", "index", "hash").iterator(chunk_size=CHUNK)}  # fmt: skip

    def expect(self, level: int, index: int, made: bytes, leaf: int) -> None:
        found = self.stored.pop((level, index), None)
        if found != made:
            text = "缺少" if found is None else "与叶子算出的摘要不一致"
            self.report.faults.append(Fault("disclosure_registernode", f"{level}/{index}", "hash", text, leaf))

    def finish(self) -> None:
        for level, index in self.stored:
            text = "没有对应的叶子，登记簿被截短"
            self.report.faults.append(Fault("disclosure_registernode", f"{level}/{index}", "hash", text))


def _checkpoints(report: Report, roots: dict[int, bytes], copies: list[tuple[Path, str]]) -> list[int]:
    """Stored notes and kept copies; returns the sizes that hold."""
    verifiers = _verifiers(report)
    good = []
    for row in RegisterCheckpoint.objects.order_by("size").iterator(chunk_size=CHUNK):
        report.checkpoints += 1
        where = ("disclosure_registercheckpoint", str(row.size))
        texts = list(_note_faults(row.note, row.size, roots, verifiers))
        if not texts and bytes(row.root) != roots.get(row.size):
            texts = [("root", "与叶子算出的根不一致")]
        report.faults += [Fault(*where, column, text, min(row.size, report.leaves)) for column, text in texts]
        if not texts:
            good.append(row.size)
    for path, note in copies:
        texts = list(_note_faults(note, int(path.stem), roots, verifiers))
        stored = RegisterCheckpoint.objects.filter(size=int(path.stem)).values_list("note", flat=True).first()
        if not texts and stored != note:
            texts = [("note", "与库里的检查点不一致")]
        report.faults += [Fault(str(path), "1", column, text) for column, text in texts]
    return good


def _note_faults(text: str, size: int, roots: dict[int, bytes], verifiers: list[Verifier]) -> Iterator[tuple[str, str]]:
    try:
        note: Note = parsed(text)
    except ValueError:
        yield "note", "不是检查点"
        return
    if note.size != size:
        yield "size", f"检查点写的大小是 {note.size}"
    if not any(note.origin == one.name and note.is_signed_by(one) for one in verifiers):
        yield "note", "没有登记过的公钥的签名"
    if size not in roots:
        yield "size", "登记簿比检查点短：末尾被截掉，或者恢复了旧的备份"
    elif note.root != roots[size]:
        yield "root", f"与前 {size} 条登记算出的根不一致"


def _verifiers(report: Report) -> list[Verifier]:
    found = []
    for pk, text in RegisterKey.objects.order_by("id").values_list("id", "verifier"):
        try:
            found.append(verifier_of(text))
        except ValueError:
            report.faults.append(Fault("disclosure_registerkey", str(pk), "verifier", "不是公钥"))
    return found


def _contents(report: Report, newest: dict[str, _Said], ended: set[str]) -> None:
    """Salt and content of every event that is not destroyed lawfully: all of a living record, the notice of an ended one."""
    rows = (
        RegisterLeaf.objects.exclude(ev=LeafEvent.ANCHOR)
        .order_by("seq")
        .select_related("said")
        .annotate(public_id=F("record__public_id"))
    )
    for row in rows.iterator(chunk_size=CHUNK):
        last = newest.get(row.rid)
        is_due = row.rid not in ended or (last is not None and last.seq == row.seq)
        said: RegisterContent | None = getattr(row, "said", None)
        where = ("disclosure_registercontent", str(row.seq))
        if row.public_id != row.rid:
            text = f"指向 {row.public_id}，叶子是 {row.rid} 的"
            report.faults.append(Fault("disclosure_registerleaf", str(row.seq), "record_id", text, row.seq))
        if said is None:
            if is_due:
                report.faults.append(Fault(*where, "content", f"{row.rid} 的内容和盐不见了", row.seq))
        elif not is_due:
            report.faults.append(Fault(*where, "salt", f"{row.rid} 已经结束，内容和盐应当销毁", None))
        elif not _commits(said, row.commit):
            report.faults.append(Fault(*where, "salt, content", f"{row.rid} 的盐或者内容与叶子的摘要不一致", row.seq))


def _commits(said: RegisterContent, wanted: str) -> bool:
    try:
        return commit(bytes(said.salt), said.content) == wanted
    except (ValueError, TypeError):
        return False


def _anchors(report: Report) -> None:
    """The journal stands as it was anchored."""
    anchors = RegisterLeaf.objects.filter(ev=LeafEvent.ANCHOR, rid="journal").order_by("seq")
    for seq, ver, head in anchors.values_list("seq", "ver", "commit"):
        found = JournalEntry.objects.filter(seq=ver).values_list("hash", flat=True).first()
        if found != head:
            text = f"与登记簿第 {seq} 号叶子锚定的摘要不一致"
            report.faults.append(Fault("audit_journalentry", str(ver), "hash", text))


def _read(raw: bytes) -> _Said | None:
    try:
        said: dict[str, Any] = json.loads(raw)
        is_whole = set(said) == KEYS and canonical(said) == raw and said["v"] == 1
        datetime.fromisoformat(said["at"])
        return _Said(*(said[name] for name in ("rid", "ver", "ev", "at", "commit", "seq"))) if is_whole else None
    except (ValueError, TypeError):
        return None
