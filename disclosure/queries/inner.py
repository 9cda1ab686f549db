"""The internal ledger: digests of received files and of rendered documents, as leaves of a tree of its own (not public)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from disclosure.models import InnerLeaf
from disclosure.register.leaf import canonical, stamp
from disclosure.register.tree import Frontier, leaf_hash
from lishu_law.documents.models import SealedDocument
from lishu_law.registry.models import StoredFile

CHUNK = 5000


@dataclass(frozen=True)
class Source:
    """One table whose files are bound: which column holds the digest, and where the file lies under MEDIA_ROOT."""

    kind: str
    model: Any
    digest: str
    path: str

    def rows(self) -> QuerySet[Any]:
        """The rows that have a file."""
        found: QuerySet[Any] = self.model.objects.exclude(**{self.digest: ""})
        return found

    def file_of(self, row: Any) -> Path:
        return Path(settings.MEDIA_ROOT) / str(getattr(row, self.path))


def sources() -> list[Source]:
    """Received files, and every kind of sealed document there is."""
    documents = [model for model in apps.get_models() if issubclass(model, SealedDocument)]
    sealed = [Source(model._meta.model_name or "", model, "pdf_sha256", "pdf_path") for model in documents]
    return [Source("storedfile", StoredFile, "sha256", "stored_path"), *sealed]


def not_taken_in(source: Source) -> Iterator[tuple[int, str]]:
    """(id, digest) of the rows that are not in the ledger yet, in the order of their ids."""
    known = InnerLeaf.objects.filter(kind=source.kind, object_id=OuterRef("pk"))
    rows = source.rows().filter(~Exists(known)).order_by("pk")
    yield from rows.values_list("pk", source.digest).iterator(chunk_size=CHUNK)


def inner_leaf(row: InnerLeaf) -> bytes:
    """The bytes that are hashed."""
    said = {"v": 1, "seq": row.seq, "kind": row.kind, "id": row.object_id, "digest": row.digest, "at": stamp(row.at)}
    return canonical(said)


def edge_of(rows: QuerySet[InnerLeaf]) -> Frontier:
    """The tree over these leaves, which are all from the first one on."""
    edge = Frontier()
    for row in rows.order_by("seq").iterator(chunk_size=CHUNK):
        edge.append(leaf_hash(inner_leaf(row)))
    return edge


def new_leaves(start: int, at: datetime) -> list[InnerLeaf]:
    """Everything that is not in the ledger yet, numbered on from ``start``."""
    found: list[InnerLeaf] = []
    for source in sources():
        for pk, digest in not_taken_in(source):
            seq = start + len(found)
            found.append(InnerLeaf(seq=seq, kind=source.kind, object_id=pk, digest=digest, at=at))
    return found
