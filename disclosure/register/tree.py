"""The tree of RFC 6962 §2.1: hashes, appending at the right edge, inclusion and consistency proofs. No Django, no storage.

A node is (level, index): the root of the full subtree over the leaves ``index·2^level … (index+1)·2^level − 1``. Every
proof is a list of places; a place is a run of nodes, left to right, that together make one hash. So a caller can read
all nodes of a proof at once, and their number grows with the logarithm of the tree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

Node = tuple[int, int]
Place = tuple[Node, ...]
_sha256 = hashlib.sha256
EMPTY = _sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """RFC 6962 §2.1: SHA-256(0x00 ‖ leaf)."""
    return _sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right)."""
    return _sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: how many leaves it has and the roots of the full subtrees that make it up."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(self.peaks)}")

    def append(self, hashed: bytes) -> list[tuple[int, int, bytes]]:
        """Add the hash of one leaf; returns the full subtrees above it that it completed, as (level, index, hash)."""
        index, level, peaks = self.size, 0, self.peaks
        made = []
        while index & 1:
            hashed = _sha256(b"\x01" + peaks.pop() + hashed).digest()
            index >>= 1
            level += 1
            made.append((level, index, hashed))
        peaks.append(hashed)
        self.size += 1
        return made

    def root(self) -> bytes:
        """The root over all leaves so far."""
        return folded(self.peaks) if self.peaks else EMPTY


def folded(hashes: Sequence[bytes]) -> bytes:
    """One hash of neighbouring full subtrees, the largest first."""
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = node_hash(left, found)
    return found


def span(start: int, end: int) -> Place:
    """The full subtrees over the leaves ``start … end − 1``; ``start`` is a multiple of a power of two ≥ their number."""
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return tuple(nodes)


def inclusion_places(leaf: int, size: int) -> list[Place]:
    """PATH of RFC 6962 §2.1.1, from the leaf upwards. ``ValueError`` for a leaf outside the tree."""
    if not 0 <= leaf < size:
        raise ValueError(f"no leaf {leaf} in a tree of {size}")
    places, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if leaf < middle:
            places.append(span(middle, end))
            end = middle
        else:
            places.append(span(start, middle))
            start = middle
    return places[::-1]


def consistency_places(first: int, second: int) -> list[Place]:
    """PROOF of RFC 6962 §2.1.2 between the trees of ``first`` and ``second`` leaves; nothing where they are equal."""
    if not 1 <= first <= second:
        raise ValueError(f"no proof from {first} to {second}")
    places, start, end, is_whole = [], 0, second, True
    while end != first:
        middle = start + _split(end - start)
        if first <= middle:
            places.append(span(middle, end))
            end = middle
        else:
            places.append(span(start, middle))
            start, is_whole = middle, False
    if not is_whole:
        places.append(span(start, end))
    return places[::-1]


def path_of(places: Iterable[Place], nodes: Mapping[Node, bytes]) -> list[bytes]:
    """The hashes of a proof from the nodes its places name."""
    return [folded([nodes[node] for node in place]) for place in places]


def is_included(hashed: bytes, leaf: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162 §2.1.3.2: is the leaf with this hash at this place of the tree with this size and root?"""
    if not 0 <= leaf < size:
        return False
    place, last, found = leaf, size - 1, hashed
    for other in path:
        if last == 0 or len(other) != len(EMPTY):
            return False
        if place & 1 or place == last:
            found = node_hash(other, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(first: int, second: int, path: Sequence[bytes], roots: tuple[bytes, bytes]) -> bool:
    """RFC 9162 §2.1.4.2: is the tree with ``first`` leaves and the first root the beginning of the second tree?"""
    if not 1 <= first <= second or any(len(one) != len(EMPTY) for one in path):
        return False
    if first == second:
        return not path and roots[0] == roots[1]
    hashes = list(path)
    if first & (first - 1) == 0:
        hashes.insert(0, roots[0])
    if not hashes:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, other)
        place, last = place >> 1, last >> 1
    return last == 0 and (old, new) == roots


def _split(size: int) -> int:
    """The largest power of two smaller than ``size`` (> 1)."""
    return 1 << ((size - 1).bit_length() - 1)
