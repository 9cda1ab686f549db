"""The text of a phrase: its placeholders filled in, what is still a gap, and what became of it in a submitted text.

Pure. ``{当事人}`` stands for a fact of the case; a fact the case does not have yet, and ``【待填：经过】`` written by the
author, stay as marked gaps which no form accepts (ux.md §7 rule 12).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from lishu_law.law.citations import Cite, chinese_number, printable

KEPT, CHANGED, DROPPED = "kept", "changed", ""
SAME, OUT, IN = "", "del", "ins"
LEAST, MOST = 10, 3000
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_GAP = re.compile(r"【待填：[^【】\n]{1,30}】")
_OPENING = re.compile(r"【(?=待填|[\s_＿　]*】)")
_CLAUSE = re.compile(r"[^。；，\n]+")
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")
_LEAST_CLAUSE = 6  # shorter ones stand in any text
_MOST_IN_GAP = 500
_PROCEDURE_RULES = re.compile(r"执法程序规定》?(?:[（(][^）)]*[）)])?\s*第([〇零一二三四五六七八九十百]+|\d+)条")
_PRINTED = {
    word for number in range(1, 200) if printable(Cite("执法程序规定", number)) for word in (str(number), chinese_number(number))
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A stretch of the filled text; a gap is what somebody still has to write."""

    text: str
    is_gap: bool = False


def faults(text: str, known: Collection[str]) -> list[str]:
    """What keeps a text out of the library, in words."""
    found = []
    unknown = [name for name in dict.fromkeys(_PLACEHOLDER.findall(text)) if name not in known]
    if unknown:
        named = "、".join(f"{{{name}}}" for name in unknown)
        found.append(f"没有{named}这个填空。可以用的有：{'、'.join(f'{{{name}}}' for name in known)}。")
    if set(_PLACEHOLDER.sub("", text)) & {"{", "}"}:
        found.append("花括号只用来写填空，要成对。例如：{当事人}。")
    if _OPENING.search(_GAP.sub("", text)):
        found.append("要承办人补写的地方写成【待填：要写什么】，30 字以内。例如：【待填：现场情况】。")
    unchecked = [number for number in _PROCEDURE_RULES.findall(text) if number not in _PRINTED]
    if unchecked:
        found.append(
            f"《交通运输行政执法程序规定》第{unchecked[0]}条的条次还没有核对，不能写进文书。请改引处罚法，或者不写条次。"
        )
    return found


def pieces(text: str, values: Mapping[str, str]) -> tuple[Piece, ...]:
    """The text with the facts of a case. Filled once: what stands in a fact is never read as a placeholder."""
    return tuple(_pieces(text, values))


def _pieces(text: str, values: Mapping[str, str]) -> Iterator[Piece]:
    end = 0
    for match in re.finditer(rf"{_PLACEHOLDER.pattern}|{_GAP.pattern}", text):
        if match.start() > end:
            yield Piece(text[end : match.start()])
        end, name = match.end(), match.group(1)
        value = values.get(name, "") if name is not None else ""
        yield Piece(value) if value else Piece(match.group() if name is None else f"【待填：{name}】", is_gap=True)
    if end < len(text):
        yield Piece(text[end:])


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text as it is inserted."""
    return "".join(piece.text for piece in pieces(text, values))


def standing(inserted: str, submitted: str) -> str:
    """Are the inserted words still there: word for word with the gaps written in, in part, or not at all?"""
    if _stands(_GAP.split(inserted), submitted):
        return KEPT
    clauses = [clause.strip() for part in _GAP.split(inserted) for clause in _CLAUSE.findall(part)]
    is_part = any(len(clause) >= _LEAST_CLAUSE and clause in submitted for clause in clauses)
    return CHANGED if is_part else DROPPED


def _stands(parts: list[str], text: str) -> bool:
    """The parts in their order, something short written between each two."""
    first, *rest = [part for part in parts if part] or [""]
    start = text.find(first) if first else -1
    while start >= 0:
        if _follow(rest, text, start + len(first)):
            return True
        start = text.find(first, start + 1)
    return False


def _follow(parts: list[str], text: str, end: int) -> bool:
    for part in parts:
        place = text.find(part, end + 1, end + _MOST_IN_GAP + len(part))
        if place < 0:
            return False
        end = place + len(part)
    return True


def difference(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Sentence by sentence: what went, what came, what stayed."""
    before, after = _sentences(old), _sentences(new)
    found: list[tuple[str, str]] = []
    for mark, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if mark == "equal":
            found.append((SAME, "".join(before[a:b])))
            continue
        found += [(OUT, "".join(before[a:b]))] if b > a else []
        found += [(IN, "".join(after[c:d]))] if d > c else []
    return tuple(found)


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE.findall(text) if one]
