"""What every typed value goes through first (ux.md §8.1): trimmed, checked for hidden characters, and, only where the
value is a code, brought to half-width without white space. Hidden characters are refused, never dropped: what is
stored must be what was seen.
"""

from __future__ import annotations

import unicodedata

from lishu_law.registry.identity.invalid import InvalidValue

# The characters with the Unicode property White_Space; str.isspace() also takes U+001C to U+001F, which are controls.
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_ZERO_WIDTH = frozenset([0x00AD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF])
_BIDI = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_LINE_BREAKS = frozenset("\n\r\u2028\u2029\x85")

_FULL_WIDTH_CODE = {0xFF10 + n: str(n) for n in range(10)}
_FULL_WIDTH_CODE |= {0xFF21 + n: chr(0x41 + n) for n in range(26)}
_FULL_WIDTH_CODE |= {0xFF41 + n: chr(0x61 + n) for n in range(26)}
_FULL_WIDTH_CODE |= {0xFF0D: "-", 0xFF0F: "/", 0xFF1A: ":", 0xFF0E: ".", 0xFF08: "(", 0xFF09: ")"}
_FULL_WIDTH_CODE |= {0xFF0B: "+", 0xFF0C: ","}
_UPPER = {ord("a") + n: chr(ord("A") + n) for n in range(26)}
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"


def trimmed(text: str) -> str:
    """The text without white space round it."""
    return text.strip(WHITE_SPACE)


def refuse_hidden(text: str, *, line_breaks: bool = False) -> str:
    """The same text, or ``InvalidValue`` when it holds a control, zero-width or direction-changing character.

    With ``line_breaks`` line ends and tabs may stand in it (narrative texts).
    """
    if text.isprintable():  # nothing refused here is: most texts end here, at the speed of C
        return text
    for place, character in enumerate(text, start=1):
        if line_breaks and character in "\n\t":
            continue
        if not line_breaks and character in _LINE_BREAKS:
            raise InvalidValue("hidden", f"第 {place} 个字符处有换行，这里只能填一行。请删掉换行。")
        point = ord(character)
        if point in _ZERO_WIDTH or point in _BIDI or unicodedata.category(character) in ("Cc", "Cs"):
            raise InvalidValue("hidden", f"第 {place} 个字符看不见，多半是复制带来的。请删掉后手工重填。")
    return text


def half_width(text: str) -> str:
    """Full-width digits, letters and －／：．（）＋， as half-width. Only for codes, never for names."""
    return text if text.isascii() else text.translate(_FULL_WIDTH_CODE)


def line(text: str) -> str:
    """One line of text: trimmed, no hidden character. Nothing else changes."""
    return refuse_hidden(trimmed(text))


def code(text: str, *, drop: str = "") -> str:
    """A code-like value: trimmed, half-width, upper case (ASCII only), no white space.

    The characters of ``drop``, none a letter or a digit, go too.
    """
    clean = line(text)
    clean = clean.upper() if clean.isascii() else half_width(clean).translate(_UPPER)
    if clean.isalnum():  # nothing to drop
        return clean
    return "".join(character for character in clean if character not in WHITE_SPACE and character not in drop)
