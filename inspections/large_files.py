"""How a phone speaks of the pieces of a large file: beside each piece, and in the form that names the whole files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspections.envelope import broken
from lishu_law.errors import Refused
from lishu_law.web.uploads.pieces import Announced

MOST_FILES = 60


@dataclass(frozen=True)
class Piece:
    """The words beside one piece of a large file; without ``offset`` it is only the question how much is here."""

    file: Announced
    offset: int | None
    sum: str


def read_piece(said: Mapping[str, str]) -> Piece | None:
    """None for anything that is not the description of a file."""
    try:
        file = Announced(_digest(said["sha256"]), _natural(said["size"]), said["name"].replace("\x00", "")[:200])
        if "offset" not in said:
            return Piece(file, None, "")
        return Piece(file, _natural(said["offset"]), _digest(said["sum"]))
    except (KeyError, ValueError):
        return None


def read_pieces(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Field and digest of each file that came in pieces, in the order they were chosen; raises ``Refused``."""
    try:
        pairs = [json.loads(text) for text in texts[:MOST_FILES]]
        return [(str(one["field"])[:60], _digest(one["sha256"])) for one in pairs]
    except (ValueError, KeyError, TypeError):
        raise Refused([broken()]) from None


def _digest(value: object) -> str:
    text = str(value)
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise ValueError(text)
    return text


def _natural(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise ValueError(text)
    return int(text)
