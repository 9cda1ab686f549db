"""Reading the register: newest events, nodes, checkpoints, tiles and proofs, each in a few statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from disclosure.models import RegisterCheckpoint, RegisterContent, RegisterKey, RegisterLeaf
from disclosure.register import keys
from disclosure.register.tree import Node, Place, consistency_places, folded, inclusion_places, path_of, span
from lishu_law import clock

TILE = 256
LISTED = 1000
_READ = """
SELECT 0::smallint, seq, leaf_hash FROM disclosure_registerleaf WHERE seq = ANY(%(leaves)s)
UNION ALL
SELECT n.level, n.index, n.hash FROM disclosure_registernode n
JOIN unnest(%(levels)s::smallint[], %(indexes)s::bigint[]) AS w (level, index) USING (level, index)
"""
_NEWEST = "SELECT DISTINCT ON (rid) * FROM disclosure_registerleaf WHERE rid = ANY(%s) ORDER BY rid, seq DESC"


def leaf_count() -> int:
    """How many leaves are written; leaves are numbered from 0 without gaps."""
    last = RegisterLeaf.objects.order_by("-seq").values_list("seq", flat=True).first()
    return 0 if last is None else last + 1


def newest_leaves(rids: Iterable[str]) -> dict[str, RegisterLeaf]:
    """The newest event of each of these records that has one."""
    return {row.rid: row for row in RegisterLeaf.objects.raw(_NEWEST, [list(rids)])}


def newest_said(rid: str) -> RegisterContent | None:
    """The newest event of a record with what it says."""
    newest = RegisterLeaf.objects.filter(rid=rid).order_by("-seq").values("seq")[:1]
    return RegisterContent.objects.select_related("leaf").filter(leaf__in=newest).first()


def nodes_at(places: Iterable[Place]) -> dict[Node, bytes]:
    """The hashes of these nodes, in one statement."""
    wanted = {node for place in places for node in place}
    above = sorted(node for node in wanted if node[0])
    asked = {
        "leaves": [index for level, index in wanted if not level],
        "levels": [level for level, _index in above],
        "indexes": [index for _level, index in above],
    }
    with connection.cursor() as cursor:
        cursor.execute(_READ, asked)
        return {(level, index): bytes(found) for level, index, found in cursor.fetchall()}


def peaks(size: int) -> list[bytes]:
    """The full subtrees of a tree of this size, left to right."""
    place = span(0, size)
    nodes = nodes_at([place])
    return [nodes[node] for node in place]


def root_of(size: int) -> bytes:
    """The root over the first ``size`` (≥ 1) leaves."""
    return folded(peaks(size))


def inclusion_path(leaf: int, size: int) -> tuple[bytes, list[bytes]]:
    """The leaf's hash and its path in the tree of ``size`` leaves. ``ValueError`` for a leaf outside."""
    places = inclusion_places(leaf, size)
    own = (0, leaf)
    nodes = nodes_at([*places, (own,)])
    return nodes[own], path_of(places, nodes)


def consistency_path(first: int, second: int) -> list[bytes]:
    """The proof between two sizes. ``ValueError`` where they do not follow."""
    places = consistency_places(first, second)
    return path_of(places, nodes_at(places))


def newest_checkpoint() -> RegisterCheckpoint | None:
    return RegisterCheckpoint.objects.order_by("-size").first()


def newest_size() -> int:
    """The size of the newest checkpoint; 0 before the first."""
    return RegisterCheckpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0


def checkpoints_before(size: int | None) -> list[dict[str, Any]]:
    """Sizes and roots, largest first, all of them below ``size`` (None: all)."""
    rows = RegisterCheckpoint.objects.order_by("-size")
    if size is not None:
        rows = rows.filter(size__lt=size)
    return [{"size": one, "root": bytes(root).hex()} for one, root in rows.values_list("size", "root")[:LISTED]]


def tile(number: int, size: int) -> list[str]:
    """The leaves of one tile that lie below ``size``, each its exact text."""
    start = number * TILE
    rows = RegisterLeaf.objects.filter(seq__gte=start, seq__lt=min(start + TILE, size)).order_by("seq")
    return list(rows.values_list("leaf", flat=True))


def log_name() -> str:
    """What this log is called: as its first key was, else as a new one is."""
    first = RegisterKey.objects.order_by("id").values_list("verifier", flat=True).first()
    return first.partition("+")[0] if first else keys.first_name()


def verifier_keys() -> list[str]:
    """All keys that ever signed, the one in force first."""
    listed = list(RegisterKey.objects.order_by("-id").values_list("verifier", flat=True))
    if not keys.has_key():
        return listed
    current = str(keys.signers(log_name(), clock.today())[0].verifier)
    return [current, *(one for one in listed if one != current)]
