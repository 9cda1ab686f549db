"""Turns the provision texts of a benchmark into citations that may be printed.

The tables carry working remarks (条次凭记忆, 条次未核, an older edition's article in brackets). None of these may reach
a document: the remark is dropped and remembered, and the article that was in force on the governing day is chosen.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

_BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_EDITION = re.compile(r"\d{4}[^第]*")
_EARLIER = re.compile(r"(\d{4}修[订正改])(第.+)")
_ITEM = re.compile(r"[一二三四五六七八九十]+")
_ITEMS = re.compile(r"第((?:\([一二三四五六七八九十]+\))+)项")
_NUMBER = "[一二三四五六七八九十百零]+"
_CLEAN = re.compile(rf"(?:[、至]?第{_NUMBER}(?:条|款|项|至{_NUMBER}项))+(?:前段|后段)?")
_ALIASES = {"网约车暂行办法": "网约车办法", "巡游出租汽车经营服务管理规定": "巡游规定"}
_INNER = str.maketrans("《》", "〈〉")


@dataclass(frozen=True)
class Provision:
    """One citation: the law's name as the table has it, the article, and whether the article was read in a text."""

    law: str
    article: str
    is_checked: bool = True

    def text(self, full_name: str = "") -> str:
        """《法名》第几条第几款."""
        return f"《{(full_name or self.law).translate(_INNER)}》{self.article}"


@dataclass(frozen=True)
class StatuteNames:
    """Full names of statutes and the first day of their editions, as statutes.csv gives them."""

    full_names: Mapping[str, str] = field(default_factory=dict)
    begun_on: Mapping[tuple[str, str], date] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> StatuteNames:
        """From the text of statutes.csv (columns short_name, full_name, version_label, effective_from)."""
        names: dict[str, str] = {}
        begun: dict[tuple[str, str], date] = {}
        for row in csv.DictReader(io.StringIO(text)):
            names[row["short_name"]] = row["full_name"]
            if row["effective_from"]:
                begun[row["short_name"], row["version_label"]] = date.fromisoformat(row["effective_from"])
        return cls(names, begun)

    def full(self, law: str) -> str:
        """The statute's full name; the given name where the table does not settle it."""
        short = _ALIASES.get(law, law)
        if short in self.full_names:
            return self.full_names[short]
        candidates = {name for name in self.full_names.values() if name.endswith(law)}
        return candidates.pop() if len(candidates) == 1 else law

    def is_before(self, law: str, edition: str, on: date) -> bool:
        """Whether the day lies before the first day of that edition (by year where the day is not known)."""
        first = self.begun_on.get((law, edition))
        return on < first if first else on.year < int(edition[:4])


def read_provisions(text: str, on: date, names: StatuteNames) -> tuple[Provision, ...]:
    """The citations of a table cell, with the articles in force on ``on``."""
    return tuple(_provision(part, on, names) for part in text.split(";") if part and not part.startswith("("))


def is_unchecked(text: str) -> bool:
    """Whether a cell says itself that its article was not read (shared rule: such a row needs confirmation)."""
    return any(mark in text for mark in ("凭记忆", "条次未核"))


def citation_texts(provisions: Iterable[Provision], names: StatuteNames) -> tuple[str, ...]:
    """Each citation with the statute's full name, each once, in the given order."""
    return tuple(dict.fromkeys(provision.text(names.full(provision.law)) for provision in provisions))


def _provision(part: str, on: date, names: StatuteNames) -> Provision:
    edition = earlier = ""
    kept = part
    for remark in _BRACKETS.findall(part):
        if _ITEM.fullmatch(remark):
            continue
        kept = kept.replace(f"({remark})", "", 1)
        if match := _EARLIER.fullmatch(remark):
            earlier = match.group(2)
        elif _EDITION.fullmatch(remark):
            edition = edition or remark
    place = kept.find("第")
    law, article = (kept, "") if place < 0 else (kept[:place], kept[place:])
    if earlier and edition and names.is_before(law, edition, on):
        article = earlier
    article = _ITEMS.sub(_spelled_items, article)
    return Provision(law, article, is_checked=bool(_CLEAN.fullmatch(article)) and "凭记忆" not in part)


def _spelled_items(match: re.Match[str]) -> str:
    return "、".join(f"第{item}项" for item in _BRACKETS.findall(match.group(1)))
