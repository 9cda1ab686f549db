"""Signed notes in the form of C2SP (signed-note, tlog-checkpoint, tlog-cosignature): security.md §11.1, rules 6 and 7."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 0x01, 0x04
KEY_SIZE = 32  # of a public key, and of a root
_DASH = "— "  # U+2014 and a space


@dataclass(frozen=True)
class Verifier:
    """Who signs: a name and a public key; written ``name+id+key``."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name ‖ LF ‖ kind ‖ public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        key = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Is this the key's signature of the message?"""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def verifier_of(text: str) -> Verifier:
    """Read ``name+id+key``. ``ValueError`` where it is no such key or the id is not its own."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ValueError("the key is not base64") from error
    if len(raw) != KEY_SIZE + 1 or raw[0] not in (ED25519, COSIGNATURE) or not name:
        raise ValueError("not an Ed25519 verifier key")
    found = Verifier(name, raw[1:], raw[0])
    if found.key_id.hex() != key_id:
        raise ValueError("the id does not belong to this key")
    return found


@dataclass(frozen=True)
class Signer:
    """A private key with its name."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._key().public_key().public_bytes_raw())

    def line(self, body: bytes) -> str:
        """The signature line under a note's body."""
        return _line(self.name, self.verifier.key_id + self._key().sign(body))

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Note:
    """A checkpoint: whose, how many leaves, which root, and the signatures as (name, id, rest)."""

    origin: str
    size: int
    root: bytes
    signatures: tuple[tuple[str, bytes, bytes], ...] = ()

    @property
    def body(self) -> bytes:
        """The signed bytes."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n".encode()

    def is_signed_by(self, verifier: Verifier) -> bool:
        """Does one line hold this key's signature? Lines of others are ignored."""
        mine = [raw for name, key_id, raw in self.signatures if (name, key_id) == (verifier.name, verifier.key_id)]
        if verifier.kind == COSIGNATURE:
            return any(verifier.signed(cosigned(self.body, raw[:8]), raw[8:]) for raw in mine)
        return any(verifier.signed(self.body, raw) for raw in mine)


def signed_note(size: int, root: bytes, signers: Sequence[Signer]) -> str:
    """The text of a checkpoint; the first signer's name is the origin, every signer adds a line."""
    note = Note(signers[0].name, size, root)
    return note.body.decode() + "\n" + "".join(signer.line(note.body) for signer in signers)


def parsed(text: str) -> Note:
    """Read a note. ``ValueError`` where it is not exactly in the form; unknown signature lines are kept as they are."""
    body, gap, lines = text.partition("\n\n")
    parts = body.split("\n")
    if not gap or len(parts) != 3 or not parts[0] or not _is_number(parts[1]):
        raise ValueError("not a checkpoint")
    root = _decoded(parts[2])
    if len(root) != KEY_SIZE or not lines.endswith("\n"):
        raise ValueError("not a checkpoint")
    return Note(parts[0], int(parts[1]), root, tuple(_signature(line) for line in lines[:-1].split("\n")))


def cosigned(body: bytes, time: bytes) -> bytes:
    """The message of a witness: cosignature/v1 over the note's body at a time (8 bytes, seconds)."""
    return b"cosignature/v1\ntime " + str(int.from_bytes(time, "big")).encode() + b"\n" + body


def _line(name: str, raw: bytes) -> str:
    return f"{_DASH}{name} {base64.b64encode(raw).decode()}\n"


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, _, encoded = line.removeprefix(_DASH).rpartition(" ")
    raw = _decoded(encoded)
    if not line.startswith(_DASH) or not name or len(raw) < 5:
        raise ValueError("not a signature line")
    return name, raw[:4], raw[4:]


def _decoded(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64") from error
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not base64 in its only form")
    return raw


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and (text == "0" or not text.startswith("0"))
