"""Check characters of credit codes (GB 32100-2015) and identity cards (GB 11643-1999)."""

import re
from datetime import date
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE: Final = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# First two characters in use start with one of these; a pair not listed only warns elsewhere, so it passes here.
_CREDIT_CODE: Final = re.compile(r"[159ANY][0-9A-HJ-NP-RTUW-Y][0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}")
_CARD: Final = re.compile(r"[0-9]{17}[0-9X]")
_CARD_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_CHECK: Final = "10X98765432"
_OLDEST: Final = 1900


def is_credit_code(code: str) -> bool:
    """Whether the 18 characters form a credit code: layout and check character.

    The organisation code inside has a check of its own (character 17); a difference there occurs in real codes and
    is a warning, never a refusal, so it is not asked about here.
    """
    if not _CREDIT_CODE.fullmatch(code):
        return False
    total = sum(_VALUE[character] * weight for character, weight in zip(code, _WEIGHTS, strict=False))
    return _ALPHABET[(31 - total % 31) % 31] == code[17]


def birth_date(card: str) -> date | None:
    """The birth date of an 18-digit identity card, None when the card cannot be a real one."""
    if not _CARD.fullmatch(card):
        return None
    total = sum(int(digit) * weight for digit, weight in zip(card, _CARD_WEIGHTS, strict=False))
    if _CARD_CHECK[total % 11] != card[17]:
        return None
    try:
        born = date(int(card[6:10]), int(card[10:12]), int(card[12:14]))
    except ValueError:
        return None
    return born if born.year >= _OLDEST else None


def is_under_18(born: date, on: date) -> bool:
    """Under 18 up to and including the 18th birthday; who was born on 29 February has it on 1 March."""
    if on.year != born.year + 18:
        return on.year < born.year + 18
    is_leap_day = (born.month, born.day) == (2, 29)
    return (on.month, on.day) <= ((3, 1) if is_leap_day else (born.month, born.day))
