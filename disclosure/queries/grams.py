"""Single characters and pairs of neighbours as numbers, as the database's ``lishu_grams`` makes them. Pure."""

from __future__ import annotations

MOST = 12  # grams of one query that the index is asked for; the text is compared afterwards anyway
_LOW = 0xFFFF
_SIGN = 1 << 31


def grams(query: str) -> list[int]:
    """The grams every text holding ``query`` has: the pairs, or the one character of a short query.

    Characters outside the basic plane are folded into it: the index may find too much, never too little. Of a long
    query the pairs with the highest code points are taken: the rare ones, in names and in digits alike.
    """
    if len(query) == 1:
        return [numbered(query)]
    pairs = sorted({_unsigned(query[at : at + 2]) for at in range(len(query) - 1)}, reverse=True)
    return [_signed(pair) for pair in pairs[:MOST]]


def numbered(signs: str) -> int:
    """The gram of one character, or of two neighbours, as the database's signed number."""
    return _signed(_unsigned(signs))


def _unsigned(signs: str) -> int:
    number = (ord(signs[0]) & _LOW) << 16
    return number | (ord(signs[1]) & _LOW) if len(signs) > 1 else number


def _signed(number: int) -> int:
    return number - (1 << 32) if number & _SIGN else number
