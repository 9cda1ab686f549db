"""Keys made of a name's pinyin: one sorts lists (databases here know no Chinese collation), one finds by initials."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def name_key(name: str) -> str:
    """``li shu xian``: lower-case pinyin of every character; what has none stays as it is."""
    return " ".join(lazy_pinyin(name)).lower()[:200]


def name_initials(name: str) -> str:
    """``lsx``: the first letter of each character's pinyin; letters and digits stay, everything else is left out."""
    parts = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(c for part in parts for c in part if c.isascii() and c.isalnum()).lower()[:100]
