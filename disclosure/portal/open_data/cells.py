"""Text that is safe in a cell or in XML: nothing a spreadsheet would take for a formula, no control characters. Pure."""

from __future__ import annotations

import re
import unicodedata

_FORMULA = "=+-@"
_OPENERS = "\t\r\x00"
_INVISIBLE = re.compile("^[\\s\x00-\x20\x7f\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+")
# XML 1.0 has no other control characters, no surrogates and no U+FFFE, U+FFFF.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The text without the control characters and code points that no XML and no table may hold."""
    return _NOT_XML.sub("", text)


def safe(text: str) -> str:
    """The text of a cell: one that a spreadsheet could take for a formula begins with ``'`` (security.md §9).

    Full-width and small forms count as well; white space and invisible characters before them hide nothing.
    """
    first = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)[:1])
    is_formula = bool(first) and first in _FORMULA
    kept = plain(text)
    return f"'{kept}" if is_formula or text[:1] in tuple(_OPENERS) else kept
