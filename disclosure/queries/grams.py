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
    codes = [ord(sign) & _LOW for sign in query]
    if len(codes) == 1:
        return [_signed(codes[0] << 16)]
    pairs = dict.fromkeys((one << 16) | other for one, other in zip(codes, codes[1:], strict=False))
    return [_signed(pair) for pair in sorted(pairs, reverse=True)[:MOST]]


def _signed(number: int) -> int:
    return number - (1 << 32) if number & _SIGN else number
