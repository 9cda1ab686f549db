"""The internal ledger computed again: against its anchors, the tables it was made from, and the files themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from disclosure.models import InnerLeaf, LeafEvent, RegisterLeaf
from disclosure.queries.inner import Source, inner_leaf, sources
from disclosure.register.tree import EMPTY, Frontier, leaf_hash

CHUNK, BLOCK = 1000, 1 << 20
InnerFault = tuple[str, str, str, str, int | None]


def inner_faults(*, files: bool) -> Iterator[InnerFault]:
    """Every difference as (table, row, column, text, leaf of the public register); ``files`` reads the bytes too."""
    anchors = RegisterLeaf.objects.filter(ev=LeafEvent.ANCHOR, rid="ledger").order_by("seq")
    anchored = {ver: (seq, head) for seq, ver, head in anchors.values_list("seq", "ver", "commit")}
    edge, batch = Frontier(), list[InnerLeaf]()
    if 0 in anchored and anchored[0][1] != EMPTY.hex():
        yield _anchor_fault(0, anchored[0][0])
    for row in InnerLeaf.objects.order_by("seq").iterator(chunk_size=CHUNK):
        if row.seq != edge.size:
            yield "disclosure_innerleaf", str(row.seq), "seq", f"序号不连续，应为 {edge.size}", None
        edge.append(leaf_hash(inner_leaf(row)))
        if edge.size in anchored and edge.root().hex() != anchored[edge.size][1]:
            yield _anchor_fault(edge.size, anchored[edge.size][0])
        batch.append(row)
        if len(batch) == CHUNK:
            yield from _source_faults(batch, files=files)
            batch = []
    yield from _source_faults(batch, files=files)
    for ver, (seq, _head) in anchored.items():
        if ver > edge.size:
            yield "disclosure_innerleaf", str(edge.size), "seq", f"只有 {edge.size} 条，锚定时有 {ver} 条：被截短", seq


def file_faults_after(seq: int, most: int) -> tuple[list[InnerFault], int | None]:
    """What differs in the files of the next ``most`` leaves behind ``seq``, and the last of them; None when there are none."""
    batch = list(InnerLeaf.objects.filter(seq__gt=seq).order_by("seq")[:most])
    return list(_source_faults(batch, files=True)), batch[-1].seq if batch else None


def _anchor_fault(ver: int, seq: int) -> InnerFault:
    return "disclosure_innerleaf", str(ver), "digest", f"前 {ver} 条算出的根与登记簿第 {seq} 号叶子锚定的不一致", seq


def _source_faults(batch: list[InnerLeaf], *, files: bool) -> Iterator[InnerFault]:
    for source in sources():
        mine = {row.object_id: row for row in batch if row.kind == source.kind}
        if not mine:
            continue
        found = source.model.objects.in_bulk(list(mine))
        for pk, row in mine.items():
            yield from _row_faults(source, row, found.get(pk), files=files)


def _row_faults(source: Source, row: InnerLeaf, found: object | None, *, files: bool) -> Iterator[InnerFault]:
    where = (source.model._meta.db_table, str(row.object_id))
    if found is None:
        yield *where, "id", "内部账本里有，表里没有：记录被删除", None
        return
    if getattr(found, source.digest) != row.digest:
        yield *where, source.digest, "与内部账本登记的摘要不一致", None
    if files:
        path = source.file_of(found)
        digest = _digest(path)
        if digest != row.digest:
            yield *where, source.path, f"文件 {path.name[:20]} {'不见了' if not digest else '被改动'}", None


def _digest(path: Path) -> str:
    """SHA-256 of a file in hex; empty where it cannot be read."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as handle:
            while block := handle.read(BLOCK):
                found.update(block)
    except OSError:
        return ""
    return found.hexdigest()
