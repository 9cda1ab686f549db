"""The tree against the published vectors, against RFC 6962 written down once more, and against 20,000 forged bits."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.register import tree
from tests.disclosure.register import by_the_book

pytestmark = pytest.mark.law

LEAVES = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MOST = 600
SIZES = st.integers(min_value=1, max_value=MOST)
_CHANCE = random.Random(6962)
ALL = [_CHANCE.randbytes(40) for _ in range(MOST)]


def grown(leaves: Iterable[bytes]) -> tuple[dict[tree.Node, bytes], list[bytes]]:
    """All nodes of a tree appended leaf by leaf, and its root after each leaf."""
    nodes: dict[tree.Node, bytes] = {}
    roots, edge = [tree.EMPTY], tree.Frontier()
    for place, leaf in enumerate(leaves):
        hashed = tree.leaf_hash(leaf)
        nodes[0, place] = hashed
        nodes.update({(level, index): found for level, index, found in edge.append(hashed)})
        roots.append(edge.root())
    return nodes, roots


NODES, GROWN = grown(ALL)


def test_roots_of_the_vectors() -> None:
    assert [root.hex() for root in grown(LEAVES)[1]] == ROOTS


def test_every_root_is_the_hash_by_the_book() -> None:
    for size in (*range(70), 127, 128, 129, 255, 256, 257, 511, 512, 513, MOST):
        assert GROWN[size] == by_the_book.mth(ALL[:size]), size


@settings(max_examples=60, deadline=None)
@given(SIZES, st.data())
def test_every_inclusion_proof_holds_twice(size: int, data: st.DataObject) -> None:
    for leaf in {0, size - 1, data.draw(st.integers(0, size - 1))}:
        path = tree.path_of(tree.inclusion_places(leaf, size), NODES)
        assert tree.is_included(tree.leaf_hash(ALL[leaf]), leaf, size, path, GROWN[size])
        assert by_the_book.root_by_path(leaf, size, ALL[leaf], path) == GROWN[size]
        assert len(path) <= (size - 1).bit_length()


@settings(max_examples=100, deadline=None)
@given(SIZES, SIZES)
def test_every_consistency_proof_holds_twice(one: int, other: int) -> None:
    first, second = sorted((one, other))
    path = tree.path_of(tree.consistency_places(first, second), NODES)
    roots = GROWN[first], GROWN[second]
    assert tree.is_consistent(first, second, path, roots)
    assert by_the_book.roots_by_proof(first, second, True, path, roots[0]) == roots


def test_all_pairs_of_small_trees() -> None:
    for second in range(1, 34):
        for first in range(1, second + 1):
            path = tree.path_of(tree.consistency_places(first, second), NODES)
            assert tree.is_consistent(first, second, path, (GROWN[first], GROWN[second]))
            assert not tree.is_consistent(first, second, path, (GROWN[first], tree.EMPTY))
            assert not tree.is_consistent(first, second, [*path, tree.EMPTY], (GROWN[first], GROWN[second]))
        for leaf in range(second):
            path = tree.path_of(tree.inclusion_places(leaf, second), NODES)
            assert tree.is_included(NODES[0, leaf], leaf, second, path, GROWN[second])
            for place in set(range(second)) - {leaf}:
                assert not tree.is_included(NODES[0, leaf], place, second, path, GROWN[second])


@pytest.mark.parametrize(("leaf", "size"), [(-1, 3), (3, 3), (0, 0), (7, 3)])
def test_no_proof_for_a_leaf_outside(leaf: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        tree.inclusion_places(leaf, size)
    assert not tree.is_included(tree.EMPTY, leaf, size, [], tree.EMPTY)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (4, 3), (0, 0), (-1, 2)])
def test_no_proof_between_sizes_that_do_not_follow(first: int, second: int) -> None:
    with pytest.raises(ValueError, match="no proof"):
        tree.consistency_places(first, second)
    assert not tree.is_consistent(first, second, [], (tree.EMPTY, tree.EMPTY))


def test_an_edge_has_as_many_peaks_as_its_size_has_ones() -> None:
    assert tree.Frontier(3, [tree.EMPTY, tree.EMPTY]).size == 3
    with pytest.raises(ValueError, match="peaks"):
        tree.Frontier(4, [tree.EMPTY, tree.EMPTY])


def flipped(raw: bytes, bit: int) -> bytes:
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_twenty_thousand_single_bits_are_all_noticed() -> None:
    """Any bit of leaf, path, index, old root or new root; a size is bound to its root by the note's signature."""
    chance, tried = random.Random(20_000), 0
    while tried < 21_000:
        size = chance.randint(2, MOST)
        leaf, first = chance.randrange(size), chance.randint(1, size - 1)
        path = tree.path_of(tree.inclusion_places(leaf, size), NODES)
        for _ in range(20):
            where = chance.randrange(len(path))
            bit = chance.randrange(256)
            forged = [*path[:where], flipped(path[where], bit), *path[where + 1 :]]
            assert not tree.is_included(NODES[0, leaf], leaf, size, forged, GROWN[size])
            changed = tree.leaf_hash(flipped(ALL[leaf], chance.randrange(320)))
            assert not tree.is_included(changed, leaf, size, path, GROWN[size])
            assert not tree.is_included(NODES[0, leaf], leaf ^ 1 << chance.randrange(10), size, path, GROWN[size])
            tried += 3
        proof = tree.path_of(tree.consistency_places(first, size), NODES)
        for _ in range(10):
            where, bit = chance.randrange(len(proof)), chance.randrange(256)
            forged = [*proof[:where], flipped(proof[where], bit), *proof[where + 1 :]]
            assert not tree.is_consistent(first, size, forged, (GROWN[first], GROWN[size]))
            assert not tree.is_consistent(first, size, proof, (flipped(GROWN[first], bit), GROWN[size]))
            assert not tree.is_consistent(first, size, proof, (GROWN[first], flipped(GROWN[size], bit)))
            tried += 3
