"""Finding a violation by what an officer types: words of its name, everyday words, pinyin initials, an article.

A character with several readings is found by the first letter of any of them: 重 by z and by c. Every part typed has to
fit; the better it fits, the earlier the violation stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, pinyin

from cases.discretion.provisions import Provision
from lishu_law.law.citations import chinese_number

MOST_CHARACTERS = 50
SLACK = 4  # letters may be left out in between: hwts finds 货物脱落扬撒
SHORTEST_LOOSE = 3
CALLED, NAME, EVERYDAY, LETTERS, LAW, LOOSE = range(6)  # how well a part fits, best first

_ARTICLES = {chinese_number(number): number for number in range(1, 400)}
_PLACE = re.compile(r"第([一二三四五六七八九十百零]+)条(?:至第([一二三四五六七八九十百零]+)条)?")
_ARTICLE = re.compile(r"第?(\d{1,3}|[一二三四五六七八九十百零]+)条?$")
_LAW_WITH_ARTICLE = re.compile(r"(\D*?[^\d第])(第[一二三四五六七八九十百零]+条?|第?\d{1,3}条?)$")
_LETTERS_ONLY = re.compile(r"(?=.*[a-z])[a-z0-9]+$")
_MARKS = re.compile(r"[\s,，、;；。:：()（）《》\"“”]+")


@dataclass(frozen=True)
class Findable:
    """A violation with all it may be found by. ``words`` are everyday names for it."""

    code: str
    title: str
    domain: str
    provisions: tuple[Provision, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A violation that fits, with the article it is found by (empty where it is found by its name)."""

    code: str
    title: str
    article: str = ""


def find(text: str, among: Iterable[Findable], known: Sequence[str] = ()) -> tuple[Hit, ...]:
    """All violations that fit every part of ``text``; of equally good ones those of ``known`` first, in its order."""
    words, number = _parts(text)
    if not words and number is None:
        return ()
    place = {code: index for index, code in enumerate(known)}
    ranked = [
        ((rank, place.get(one.code, len(place)), order), hit)
        for order, one in enumerate(among)
        if (found := _fits(one, words, number)) is not None
        for rank, hit in [found]
    ]
    ranked.sort(key=lambda pair: pair[0])
    sure = [hit for key, hit in ranked if key[0] < LOOSE]
    return tuple(sure or [hit for _key, hit in ranked])


def _parts(text: str) -> tuple[list[str], int | None]:
    """The words typed and the article's number, if one was typed."""
    words: list[str] = []
    number: int | None = None
    for part in _MARKS.sub(" ", text[:MOST_CHARACTERS].lower()).split():
        if (found := _article(part)) is not None:
            number = found
        elif (match := _LAW_WITH_ARTICLE.match(part)) and (found := _article(match.group(2))) is not None:
            words.append(match.group(1))
            number = found
        else:
            words.append(part)
    return words, number


def _article(text: str) -> int | None:
    match = _ARTICLE.match(text)
    if match is None:
        return None
    written = match.group(1)
    return int(written) if written.isascii() else _ARTICLES.get(written)


def _fits(one: Findable, words: list[str], number: int | None) -> tuple[int, Hit] | None:
    ranks = [_in_name(one, word) for word in words]
    legal = [word for word, rank in zip(words, ranks, strict=True) if rank is None]
    if not legal and number is None:
        return max(rank or CALLED for rank in ranks), Hit(one.code, one.title)
    worst = max((rank for rank in ranks if rank is not None), default=LAW)
    for provision in one.provisions:
        is_place = number is None or number in _numbers(provision.article)
        if is_place and all(_in_law(provision.law, word, by_letters=number is not None) for word in legal):
            return worst, Hit(one.code, one.title, provision.text())
    return None


def _in_name(one: Findable, word: str) -> int | None:
    """How well a word fits the name, the field of business, or what people call it."""
    if word in one.words:
        return CALLED
    if word in _MARKS.sub("", one.title):
        return NAME
    if word in one.domain or any(word in other for other in one.words):
        return EVERYDAY
    if not _LETTERS_ONLY.match(word):
        return None
    spoken = [letters(text) for text in (one.title, *one.words)]
    if any(_runs_in(word, text) for text in spoken):
        return LETTERS
    is_loose = len(word) >= SHORTEST_LOOSE and any(_scattered_in(word, text) for text in spoken)
    return LOOSE if is_loose else None


def _in_law(law: str, word: str, *, by_letters: bool) -> bool:
    """Part of a statute's name; its initials only beside an article, or every second word would be a statute."""
    return word in law or bool(by_letters and _LETTERS_ONLY.match(word) and _runs_in(word, letters(law)))


@lru_cache(maxsize=2_000)
def _numbers(article: str) -> frozenset[int]:
    """The articles a citation names; 第十八条至第二十条 names three."""
    found: set[int] = set()
    for match in _PLACE.finditer(article):
        first = _ARTICLES.get(match.group(1), 0)
        last = _ARTICLES.get(match.group(2) or match.group(1), first)
        found.update(range(first, last + 1))
    return frozenset(found)


@lru_cache(maxsize=2_000)
def letters(text: str) -> tuple[frozenset[str], ...]:
    """For each character the first letters of all its readings; marks are left out."""
    return tuple(found for char in text if (found := _letters_of(char)))


@lru_cache(maxsize=4_000)
def _letters_of(char: str) -> frozenset[str]:
    if char.isascii():
        return frozenset(char.lower()) if char.isalnum() else frozenset()
    readings = pinyin(char, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    return frozenset(letter for one in readings for letter in one if letter)


def _runs_in(word: str, spoken: tuple[frozenset[str], ...]) -> bool:
    """Whether the letters follow one another somewhere."""
    size = len(word)
    return any(
        all(letter in spoken[start + place] for place, letter in enumerate(word))
        for start in range(len(spoken) - size + 1)
    )


def _scattered_in(word: str, spoken: tuple[frozenset[str], ...]) -> bool:
    """Whether the letters follow one another with a few characters left out in between."""
    return any(_scattered_from(word, spoken[start : start + len(word) + SLACK]) for start in range(len(spoken)))


def _scattered_from(word: str, spoken: tuple[frozenset[str], ...]) -> bool:
    wanted = 0
    for place, found in enumerate(spoken):
        if word[wanted] in found:
            wanted += 1
            if wanted == len(word):
                return True
        elif place == 0:
            return False
    return False
