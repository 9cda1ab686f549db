"""The public form of a person's name (standards/disclosure.md §4.3): the surname and one star for each further character.

Pure. It stands this low because a sealed paper's public entry is written with the paper, long before any publication.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

STAR = "*"
# Data of disclosure.md §4.3; replaceable.
_SURNAMES = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠"
    "公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘令狐淳于单于呼延轩辕百里东郭南门西门拓跋完颜纳兰"
)
COMPOUND_SURNAMES = frozenset(re.findall("..", _SURNAMES))
DOTS = str.maketrans("•‧・．", "····")
HAN = (
    r"〇⺀-⿟㐀-䶿一-鿿豈-﫿\ue000-\uf8ff"  # private use: old fonts put rare characters of names there (ux.md §8.3)
    r"\U00020000-\U0003fffd"
)
_ANY_HAN = re.compile(f"[{HAN}]")


def _characters(text: str) -> list[str]:
    """Code points with the combining marks and variation selectors that belong to them."""
    found: list[str] = []
    for point in text:
        if found and unicodedata.category(point).startswith("M"):
            found[-1] += point
        else:
            found.append(point)
    return found


@lru_cache(maxsize=512)
def mask_person_name(name: str) -> str:
    """The public form of a natural person's name (disclosure.md §4.3): 张三 → 张*, 欧阳修 → 欧阳*."""
    trimmed = name.strip().translate(DOTS)
    characters = _characters(trimmed)
    if len(characters) <= 1:
        return STAR
    if "·" in characters:
        first = characters.index("·")
        if first == 0:
            return STAR * len(characters)
        rest = (c if c == "·" else STAR for c in characters[first:])
        return "".join(characters[:first]) + "".join(rest)
    if _ANY_HAN.search(trimmed):
        characters = [c for c in characters if not c.isspace()]
        if len(characters) <= 1:
            return STAR
        kept = 2 if len(characters) > 2 and "".join(c[0] for c in characters[:2]) in COMPOUND_SURNAMES else 1
        return "".join(characters[:kept]) + STAR * (len(characters) - kept)
    return characters[0] + "".join(c if c.isspace() or c in "-‐'’ʼ" else STAR for c in characters[1:])
