"""Leaves, commits and signed notes: the worked example to the byte, and every forged bit of a note."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from disclosure.register import leaf, note, tree
from tests.disclosure.register import worked

pytestmark = pytest.mark.law

SIGNER = note.Signer(worked.ORIGIN, worked.SEED)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_leaves_of_the_worked_example(place: int) -> None:
    said = json.loads(worked.LEAVES[place])
    commit = leaf.commit(worked.SALTS[place], worked.CONTENTS[place])
    entry = leaf.Entry(said["rid"], said["ver"], said["ev"], commit)
    made = leaf.leaf_bytes(place, datetime.fromisoformat(said["at"]).astimezone(UTC), entry)
    assert made.decode() == worked.LEAVES[place]
    assert tree.leaf_hash(made).hex() == worked.HASHES[place]


def test_roots_proof_and_consistency_of_the_worked_example() -> None:
    hashes = [bytes.fromhex(one) for one in worked.HASHES]
    edge, nodes = tree.Frontier(), {(0, place): one for place, one in enumerate(hashes)}
    for one, root in zip(hashes, worked.ROOTS, strict=True):
        nodes.update({(level, index): made for level, index, made in edge.append(one)})
        assert edge.root().hex() == root
    assert tree.path_of(tree.inclusion_places(1, 3), nodes) == [hashes[0], hashes[2]]
    assert tree.path_of(tree.consistency_places(2, 3), nodes) == [hashes[2]]


def test_key_and_note_of_the_worked_example() -> None:
    assert str(SIGNER.verifier) == worked.KEY
    assert note.signed_note(3, bytes.fromhex(worked.ROOTS[2]), [SIGNER]) == worked.NOTE
    read = note.parsed(worked.NOTE)
    assert (read.origin, read.size, read.root.hex()) == (worked.ORIGIN, 3, worked.ROOTS[2])
    assert read.is_signed_by(note.verifier_of(worked.KEY))


def test_every_forged_bit_of_a_note_is_noticed() -> None:
    """All 1,576 bits: of origin, size, root, name, id and signature."""
    key, raw, told = note.verifier_of(worked.KEY), worked.NOTE.encode(), 0
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with suppress(ValueError):
            assert not note.parsed(bytes(changed).decode()).is_signed_by(key), bit
        told += 1
    assert told == 1_576


def test_two_keys_sign_during_a_change_and_unknown_lines_are_ignored() -> None:
    old = note.Signer(worked.ORIGIN, bytes(32))
    text = note.signed_note(3, bytes(32), [SIGNER, old]) + "— somebody.example AAAAAAAA\n"
    read = note.parsed(text)
    assert read.is_signed_by(SIGNER.verifier)
    assert read.is_signed_by(old.verifier)
    assert not read.is_signed_by(note.Signer(worked.ORIGIN, b"x" * 32).verifier)
    assert not read.is_signed_by(note.Signer("other.example/register", worked.SEED).verifier)


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\nAA==\n\n", worked.NOTE[:-1], worked.NOTE.replace("\n3\n", "\n03\n"), worked.NOTE.replace("\n3\n", "\n-3\n"),
     worked.NOTE.replace("— ", "- "), worked.NOTE.replace("\n\n", "\n"), worked.NOTE.replace("M3LU", "M3L!")],
)  # fmt: skip
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not"):
        note.parsed(text)


@pytest.mark.parametrize(
    "text",
    ["", "name", "name+00000000+AQ==", worked.KEY.replace("6c91", "6c92"), worked.KEY.replace("AQOh", "AgOh"),
     worked.KEY + "!"],
)  # fmt: skip
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="key|base64"):
        note.verifier_of(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": '〔é😀〕\n"', "n": None}, '{"a":"〔é😀〕\\n\\"","b":1}'),
        ({"x": ["b", "a"], "t": True}, '{"t":true,"x":["b","a"]}'),
    ],
)
def test_canonical_form(value: dict[str, Any], text: str) -> None:
    assert leaf.canonical(value).decode() == text


@pytest.mark.parametrize("value", [1.0, b"x", datetime(2026, 1, 1, tzinfo=UTC), {1}])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="canonical"):
        leaf.canonical({"a": [value]})


def test_salts_are_fresh_and_whole() -> None:
    assert len({leaf.new_salt() for _ in range(100)}) == 100
    with pytest.raises(ValueError, match="32"):
        leaf.commit(b"short", {})
