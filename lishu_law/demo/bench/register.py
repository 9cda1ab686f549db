"""G17: a leaf added to the register's tree beside one SHA-256 of the entry; an inclusion proof at a million leaves.

The goal is about the arithmetic, so processor time is compared. What the database adds to a proof (one statement by
primary keys) is told in the note.
"""

from __future__ import annotations

import hashlib

from django.db import connection

from disclosure.queries import ledger
from disclosure.register.tree import Frontier, Node, inclusion_places, is_included, leaf_hash, path_of
from lishu_law.demo.bench.measuring import Line, each, in_turns, whole

LEAVES, CALLS = 1_000_000, 500
MOST_MICROSECONDS = 150
ENTRY = (
    b'{"at":"2026-03-12T09:00:00+08:00","commit":"0b61247fc06a65e337300908d28bbc0b7f15dd8d40ca2744d606b423cddbd8ac",'
    b'"ev":"publish","rid":"2026-ABCDEFGHJK","seq":%07d,"v":1,"ver":1}'
)
STRIDE = 7919  # a prime: the proofs asked for lie all over the tree


def register_tree(leaves: int = LEAVES) -> Line:
    """G17. The proofs are checked against the root; one that fails fails the line."""
    entries = [ENTRY % place for place in range(leaves)]

    def floor() -> None:
        for entry in entries:
            hashlib.sha256(entry).digest()

    def ours() -> None:
        edge = Frontier()
        for entry in entries:
            edge.append(leaf_hash(entry))

    least, measured = in_turns(whole(floor), whole(ours))
    edge, nodes = Frontier(), dict[Node, bytes]()
    for place, entry in enumerate(entries):
        nodes[0, place] = hashed = leaf_hash(entry)
        for level, index, made in edge.append(hashed):
            nodes[level, index] = made
    asked = iter(range(leaves * STRIDE))
    proof = each(lambda: path_of(inclusion_places(next(asked) * STRIDE % leaves, leaves), nodes), CALLS)()
    root = edge.root()
    holds = all(
        is_included(nodes[0, leaf], leaf, leaves, path_of(inclusion_places(leaf, leaves), nodes), root)
        for leaf in range(0, leaves, max(1, leaves // 100))
    )
    micro = proof.wall * 1e6
    stored = _stored_proof(leaves, nodes) * 1e6
    note = f"inclusion proof at {leaves}: {micro:.0f} µs (goal ≤ {MOST_MICROSECONDS}); read from the database {stored:.0f} µs"
    return Line(
        "G17", "register append / one SHA-256", "µs", least.cpu / leaves * 1e6, measured.cpu / leaves * 1e6, 5,
        also_holds=holds and micro <= MOST_MICROSECONDS, note=note,
    )  # fmt: skip


def _stored_proof(leaves: int, nodes: dict[Node, bytes]) -> float:
    """Seconds of a proof read from tables of this size: temporary ones, which stand before those of the register."""
    above = [(level, index) for level, index in nodes if level]
    tables = ("disclosure_registerleaf", "disclosure_registernode")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING INDEXES)")
        try:
            cursor.execute(
                "INSERT INTO disclosure_registerleaf (seq, leaf, leaf_hash, rid, ver, ev, at, commit) "
                "SELECT n, '', sha256(n::text::bytea), '', n, 'anchor', now(), '' FROM generate_series(0, %s) n",
                [leaves - 1],
            )
            cursor.execute(
                "INSERT INTO disclosure_registernode (id, level, index, hash) "
                "SELECT row_number() OVER (), l, i, sha256(i::text::bytea) "
                "FROM unnest(%s::smallint[], %s::bigint[]) AS w (l, i)",
                [[level for level, _index in above], [index for _level, index in above]],
            )
            cursor.execute(f"ANALYZE {', '.join(tables)}")
            asked = iter(range(leaves * STRIDE))
            return each(lambda: ledger.inclusion_path(next(asked) * STRIDE % leaves, leaves), CALLS)().wall
        finally:
            for table in tables:
                cursor.execute(f"DROP TABLE pg_temp.{table}")
