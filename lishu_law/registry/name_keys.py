"""Keys made of a name's pinyin: one sorts lists (databases here know no Chinese collation), one finds by initials.

A name is cut into the longest phrases the dictionary of pinyin knows (长春 is chang chun, 局长 is ju zhang), and each
piece is spoken once and remembered: names of a county repeat the same few thousand pieces. What comes out is what
``lazy_pinyin`` says of the whole name, but for a tail that could begin a longer phrase: there it forgets the phrases
inside the tail.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT, RE_HANS

_HAN = RE_HANS.pattern.removeprefix("^(?:").removesuffix(")+$")
_RUNS = re.compile(f"({_HAN}+)|([^{_HAN[1:]}+)")
_NO_LETTERS = re.compile("[^0-9A-Za-z]+")
MOST_OF_KEY, MOST_OF_INITIALS = 200, 100


def name_key(name: str) -> str:
    """``li shu xian``: lower-case pinyin of every character; what has none stays as it is."""
    return name_keys(name)[0]


def name_initials(name: str) -> str:
    """``lsx``: the first letter of each character's pinyin; letters and digits stay, everything else is left out."""
    return name_keys(name)[1]


def name_keys(name: str) -> tuple[str, str]:
    """Both keys of a name."""
    spoken: list[tuple[str, str]] = []
    for han, other in _RUNS.findall(name):
        if han:
            spoken += map(_spoken, _pieces(han))
        else:
            spoken.append((other.lower(), _NO_LETTERS.sub("", other).lower()))
    if not spoken:
        return "", ""
    sounds, letters = zip(*spoken, strict=True)
    return " ".join(sounds)[:MOST_OF_KEY], "".join(letters)[:MOST_OF_INITIALS]


def _pieces(han: str) -> list[str]:
    """The longest known phrase at each place, else the one character."""
    longest, end = _longest_phrases(), len(han)
    pieces, place = [], 0
    while place < end:
        length = longest.get(han[place : place + 2], 1)
        piece = han[place : place + length]
        while length > 1 and piece not in PHRASES_DICT:
            length -= 1
            piece = han[place : place + length]
        pieces.append(piece)
        place += length
    return pieces


@lru_cache(maxsize=1)
def _longest_phrases() -> dict[str, int]:
    """How long the longest phrase of the dictionary is that begins with two characters."""
    found: dict[str, int] = {}
    for phrase in PHRASES_DICT:
        found[phrase[:2]] = max(found.get(phrase[:2], 0), len(phrase))
    return found


@lru_cache(maxsize=20_000)
def _spoken(piece: str) -> tuple[str, str]:
    """The pinyin of a piece, and the first letters of it."""
    letters = "".join(lazy_pinyin(piece, style=Style.FIRST_LETTER))
    return " ".join(lazy_pinyin(piece)).lower(), _NO_LETTERS.sub("", letters).lower()
