"""RFC 6962 §2.1 once more, written from its text alone and importing nothing of ours: slow, short, recursive."""

from __future__ import annotations

import hashlib


def mth(leaves: list[bytes]) -> bytes:
    """The Merkle Tree Hash of a list of data entries."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = largest(len(leaves))
    return joined(mth(leaves[:k]), mth(leaves[k:]))


def joined(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def largest(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def root_by_path(m: int, n: int, leaf: bytes, path: list[bytes]) -> bytes | None:
    """What PATH(m, D[n]) says the root is; None where it has not the right length."""
    if n == 1:
        return hashlib.sha256(b"\x00" + leaf).digest() if not path else None
    if not path:
        return None
    k = largest(n)
    if m < k:
        below = root_by_path(m, k, leaf, path[:-1])
        return below and joined(below, path[-1])
    below = root_by_path(m - k, n - k, leaf, path[:-1])
    return below and joined(path[-1], below)


def roots_by_proof(m: int, n: int, whole: bool, path: list[bytes], first: bytes) -> tuple[bytes, bytes] | None:
    """What SUBPROOF(m, D[n], whole) says both roots are."""
    if m == n:
        if whole:
            return (first, first) if not path else None
        return (path[0], path[0]) if len(path) == 1 else None
    if not path:
        return None
    k = largest(n)
    if m <= k:
        below = roots_by_proof(m, k, whole, path[:-1], first)
        return below and (below[0], joined(below[1], path[-1]))
    below = roots_by_proof(m - k, n - k, False, path[:-1], first)
    return below and (joined(path[-1], below[0]), joined(path[-1], below[1]))
