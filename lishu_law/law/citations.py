"""Citations: a statute and where in it, written out as 《中华人民共和国行政处罚法》第六十四条第一项.

Full names come from statutes.csv. ``printable`` keeps article numbers that were never checked against a text out of
every document: of the transport procedure rules only the articles seen in a copy may carry a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from lishu_law.law.tables import optional_date, read_table

_DIGITS = "零一二三四五六七八九"
_PROCEDURE_RULES = "执法程序规定"
_PRINTABLE_PROCEDURE_ARTICLES = frozenset({6, 8, 9, 18, 60, 61, 62, 63})
_ALIASES = {
    "程序规定": _PROCEDURE_RULES,
    "复议法": "行政复议法",
    "行诉解释": "解释",
    "国办发〔2018〕118号": "118号",
    "国办发〔2024〕54号": "54号",
}
# "(1)" after an article is an item, except where the second paragraph is meant.
_PARAGRAPH_MARKS = frozenset({("行政复议法", 23, 1), ("行政复议法", 23, 2)})
# These articles have two paragraphs, their items stand in the first: 第五十八条第一款第二项.
_ITEMS_IN_FIRST_PARAGRAPH = frozenset({("处罚法", 58), ("处罚法", 72), ("处罚法", 76), ("强制法", 28)})
_INNER_MARKS = str.maketrans("《》", "〈〉")
_UNCHECKED = "条次待核对"
_MARK = r"\([0-9一二三四五六七八九十]+\)"
_ARTICLE = re.compile(rf"(?P<first>\d+)(?:-(?P<last>\d+))?(?P<marks>(?:{_MARK})*)(?P<rest>左右|\([^)]*\))?")


@dataclass(frozen=True)
class Statute:
    """One version of a statute: valid from ``effective_from`` to ``effective_to`` inclusive (None: open)."""

    short_name: str
    full_name: str
    number: str
    effective_from: date | None
    effective_to: date | None
    origin_kind: str
    origin: str


def _load_statutes() -> tuple[Statute, ...]:
    return tuple(
        Statute(
            short_name=row["short_name"],
            full_name=row["full_name"],
            number=row["number"],
            effective_from=optional_date(row["effective_from"]),
            effective_to=optional_date(row["effective_to"]),
            origin_kind=row["origin_kind"],
            origin=row["origin"],
        )
        for row in read_table("statutes")
    )


STATUTES: tuple[Statute, ...] = _load_statutes()
_FULL_NAMES = {statute.short_name: statute.full_name for statute in STATUTES}


def statute_on(law: str, on: date) -> Statute | None:
    """The version of a statute in force on a day, or None when the table holds none."""
    short = _ALIASES.get(law, law)
    for statute in STATUTES:
        begun = statute.effective_from is not None and statute.effective_from <= on
        if statute.short_name == short and begun and (statute.effective_to is None or on <= statute.effective_to):
            return statute
    return None


def chinese_number(number: int) -> str:
    """1–999 as written in article numbers: 十, 二十一, 一百零三, 一百一十. Raises ``ValueError`` outside."""
    if not 1 <= number <= 999:
        raise ValueError(f"条款序号应在 1 到 999 之间，现在是 {number}。")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if not hundreds:
        ten_text = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return ten_text + (_DIGITS[ones] if ones else "")
    text = _DIGITS[hundreds] + "百"
    if tens:
        text += _DIGITS[tens] + "十"
    elif ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True)
class Cite:
    """A place in a statute. ``law`` is a short name of statutes.csv (or an alias of procedure.md's head).

    ``is_certain`` is False where the source itself marks the number as a guess (程序规定77左右).
    """

    law: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    is_certain: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "law", _ALIASES.get(self.law, self.law))

    @property
    def is_statute(self) -> bool:
        """False for sources that are not in the table of statutes (local plans, forms, "评查标准")."""
        return self.law in _FULL_NAMES

    @property
    def title(self) -> str:
        """《full name》 (a title inside it in 〈〉), or the source's own words when it is no statute of the table."""
        if not self.is_statute:
            return self.law
        return f"《{_FULL_NAMES[self.law].translate(_INNER_MARKS)}》"

    @property
    def place(self) -> str:
        """第六十四条第一项; empty when only the statute is cited."""
        if self.article is None:
            return ""
        text = f"第{chinese_number(self.article)}条"
        if self.paragraph is not None:
            text += f"第{chinese_number(self.paragraph)}款"
        if self.item is not None:
            text += f"第{chinese_number(self.item)}项"
        return text

    def __str__(self) -> str:
        return self.title + self.place


def printable(cite: Cite) -> str | None:
    """The citation as a document may print it, or None when it must stay 待核对.

    Of the transport procedure rules only articles 6, 8, 9, 18 and 60–63 were checked; their paragraphs and items were
    not, so the article is printed without them.
    """
    if not cite.is_statute or not cite.is_certain:
        return None
    if cite.law == _PROCEDURE_RULES and cite.article is not None:
        if cite.article not in _PRINTABLE_PROCEDURE_ARTICLES:
            return None
        return str(Cite(cite.law, cite.article))
    return str(cite)


def for_staff(cite: Cite) -> str:
    """The citation as staff see it: an unchecked number is shown as 条次待核对 instead of being printed."""
    if not cite.is_statute:
        return cite.law
    return printable(cite) or f"{cite.title}（{_UNCHECKED}）"


def render(cites: Iterable[Cite]) -> str:
    """Citations in one line for staff; the statute's name is written once for neighbouring articles."""
    parts = []
    for law, group in groupby(cites, key=lambda cite: cite.law):
        title = Cite(law).title
        group_cites = list(group)
        texts = [printable(cite) for cite in group_cites] if group_cites[0].is_statute else [title]
        places = list(dict.fromkeys(text.removeprefix(title) for text in texts if text is not None))
        remark = "" if None not in texts else f"（{'部分' if places else ''}{_UNCHECKED}）"
        parts.append(title + "、".join(places) + remark)
    return "；".join(parts)


def parse_basis(text: str) -> tuple[Cite, ...]:
    """The short form of legal_basis cells ("处罚法44,45;程序规定68") as citations, in their order.

    A segment that names no statute of the table is kept as it is; "—" and an empty cell give nothing.
    """
    cites: list[Cite] = []
    law = ""
    for segment in filter(None, (part.strip() for part in text.split(";"))):
        if segment == "—":
            continue
        name = _law_of(segment) or (law if segment[0].isdigit() else "")
        places = _places(name, segment.removeprefix(name)) if name else None
        law = name if places is not None else ""
        cites.extend(places if places is not None else [Cite(segment)])
    return tuple(cites)


def _law_of(segment: str) -> str:
    names = [name for name in (*_FULL_NAMES, *_ALIASES) if segment.startswith(name)]
    return max(names, key=len, default="")


def _places(law: str, tail: str) -> list[Cite] | None:
    """The places named after a statute; None when the words after it name another text (54号解答)."""
    cites: list[Cite] = []
    for part in (piece.strip() for piece in tail.split(",")):
        match = _ARTICLE.fullmatch(part)
        if match is not None:
            cites.extend(_articles(law, match))
        elif part in ("", "附则") or part.startswith("("):
            cites.append(Cite(law))
        else:
            return None
    return cites


def _articles(law: str, match: re.Match[str]) -> list[Cite]:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    certain = match["rest"] != "左右"
    cites: list[Cite] = []
    for article in range(first, last + 1):
        cites.extend(_marked(Cite(law, article, is_certain=certain), match["marks"]))
    return cites


def _marked(cite: Cite, marks: str) -> list[Cite]:
    """One citation per item named after the article: 18(7)(8) is two, 23(1)(一) is one."""
    found: list[Cite] = []
    paragraph: int | None = None
    for mark in re.findall(_MARK, marks):
        body = mark.strip("()")
        number = int(body) if body.isdecimal() else _DIGITS.index(body)
        if (cite.law, cite.article, number) in _PARAGRAPH_MARKS and body.isdecimal():
            paragraph = number
            continue
        found.append(_with_item(cite, paragraph, number))
    if not found:
        return [Cite(cite.law, cite.article, paragraph, is_certain=cite.is_certain)]
    return found


def _with_item(cite: Cite, paragraph: int | None, item: int) -> Cite:
    if paragraph is None and (cite.law, cite.article) in _ITEMS_IN_FIRST_PARAGRAPH:
        paragraph = 1
    return Cite(cite.law, cite.article, paragraph, item, is_certain=cite.is_certain)
