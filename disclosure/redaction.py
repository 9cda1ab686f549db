"""Masking of names and free text for the public copy (standards/disclosure.md §4). Pure.

The public copy is built from a whitelist; this module masks the few texts that enter it and finds what must never be
in any public byte. Whatever is doubtful is masked: a checker sees both texts side by side before anything is public.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from disclosure.detectors import DETECTORS, OMITTED, VEHICLE
from lishu_law.registry.identity.masking import DOTS, HAN, STAR, mask_person_name

SOMEBODY = "某人"

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SAME_LENGTH = _HALF_WIDTH | DOTS
_TO_FOLD = re.compile(f"[{''.join(map(chr, _SAME_LENGTH))}]")
_IGNORED = re.compile(r"[\s\-‐-―·\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
OFFICE_WORDS = 80  # shorter texts are office words mostly, the same in many decisions: looked at once
SHORTEST_KNOWN = 2  # a one-character value is not searched: the draft is held for a person's look


# ── structured fields ────────────────────────────────────────────────────────────────────────────────────────────


def mask_uscc(code: str) -> str:
    """The credit code of an 个体工商户, which leads to a person: first four, stars, last four."""
    if len(code) <= 8:
        return STAR * len(code)
    return code[:4] + STAR * (len(code) - 8) + code[-4:]


def mask_licence_numbers(text: str) -> str:
    """Licence and certificate numbers inside ``text``: first two, ``***``, last two."""
    return re.sub(
        r"(?<![0-9A-Za-z])(?=[A-Za-z]*[0-9])[0-9A-Za-z]{5,}(?![0-9A-Za-z])",
        lambda hit: f"{hit[0][:2]}***{hit[0][-2:]}",
        text,
    )


_VILLAGE = re.compile(
    f"[{HAN}0-9]{{0,8}}?(?:村|屯|社区|小区|[一二三四五六七八九十0-9]+组|[一二三四五六七八九十0-9]+号)"
)
_ROAD = re.compile(
    f"[{HAN}0-9A-Za-z]*(?:国道|省道|县道|乡道|高速公路|高速|公路|大街|大道|街道|路段|路|街|线|镇|乡|县|市|区|码头|航道|河)"
)


def public_place(place: str) -> str:
    """The scene of the act at road or township level: house, village and group are cut off; unknown means empty."""
    folded = place.strip().translate(_HALF_WIDTH)
    found = ""
    for part in re.split(r"[,，、;；\s]+", folded):
        village = _VILLAGE.search(part)
        road = _ROAD.match(part if village is None else part[: village.end()])
        if road and len(road[0]) > len(found):
            found = road[0]
    coded = re.match(f"[{HAN}]*[GSXY][0-9]{{2,4}}(?:国道|省道|县道|乡道|线)?", folded)
    if coded and len(coded[0]) > len(found) and not _VILLAGE.search(coded[0]):
        found = coded[0]
    return found


# ── free text ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Known:
    """The personal values of one case. ``punished`` is the punished natural person's name (empty for organisations)."""

    punished: str = ""
    people: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    shown_names: tuple[str, ...] = ()  # registered names that are themselves public

    def every_value(self) -> tuple[str, ...]:
        """All values that may never be public, for the leak gate."""
        return tuple(v for v in (self.punished, *self.people, *self.plates, *self.values) if v.strip())

    def too_short(self) -> tuple[str, ...]:
        """Names of one character: they cannot be searched, so a person has to look."""
        return tuple(v for v in (self.punished, *self.people) if len(v.strip()) == 1)

    @property
    def searched(self) -> tuple[tuple[str, str, str], ...]:
        """What the texts are searched for, flat, with what stands there instead and the rule; made once for a case."""
        made = self.__dict__
        if "_searched" not in made:
            made["_searched"] = tuple(self._searched_for())
        found: tuple[tuple[str, str, str], ...] = made["_searched"]
        return found

    def _searched_for(self) -> Iterator[tuple[str, str, str]]:
        kinds = (
            ((self.punished,), mask_person_name(self.punished), "当事人姓名"),
            (self.people, SOMEBODY, "他人姓名"),
            (self.plates, VEHICLE, "车牌"),
            (self.values, OMITTED, "本案个人信息"),
        )
        for values, replacement, rule in kinds:
            for value in values:
                if len(value.strip()) >= SHORTEST_KNOWN and (flat := _flat_value(value)):
                    yield flat, replacement, rule


class Hit(NamedTuple):
    """One masked place of the original text, with the rule that masked it."""

    start: int
    end: int
    original: str
    replacement: str
    rule: str


class Redaction(NamedTuple):
    text: str
    hits: tuple[Hit, ...]

    def segments(self, original: str) -> list[tuple[str, Hit | None]]:
        """The original text cut at its hits, for the two columns of the check page."""
        parts: list[tuple[str, Hit | None]] = []
        at = 0
        for hit in self.hits:
            parts += [(original[at : hit.start], None), (hit.original, hit)]
            at = hit.end
        parts.append((original[at:], None))
        return [part for part in parts if part[0]]


def _folded(text: str) -> str:
    """Same length as ``text``: full-width to half-width, all dots one dot."""
    return text.translate(_SAME_LENGTH) if _TO_FOLD.search(text) else text


class _Flat:
    """A text without gaps, in upper case, that knows where each character stood: for finding known values."""

    def __init__(self, text: str) -> None:
        self.folded = folded = _folded(text)
        upper = folded.upper()
        self.places: Sequence[int] = range(len(folded))
        if len(upper) != len(folded):  # ß and its kin grow: keep those as they are
            upper = "".join(c.upper() if len(c.upper()) == 1 else c for c in folded)
        if _IGNORED.search(upper):
            self.places = [place for place, c in enumerate(upper) if not _IGNORED.match(c)]
            upper = _IGNORED.sub("", upper)
        self.text = upper

    def spans(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Start and end in the original text of every place where the flat value stands, gaps and case aside."""
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            yield self.places[at], self.places[at + len(wanted) - 1] + 1
            at = self.text.find(wanted, at + len(wanted))


@lru_cache(maxsize=512)
def _flat_value(value: str) -> str:
    return _Flat(value).text


Span = tuple[int, int, str, str]


def _known_hits(flat: _Flat, known: Known) -> Iterator[Span]:
    for wanted, replacement, rule in known.searched:
        if wanted in flat.text:
            yield from ((start, end, replacement, rule) for start, end in flat.spans(wanted))


def _detected(text: str) -> Iterator[Span]:
    for rule, pattern, holds, replacement in DETECTORS:
        yield from ((m.start(), m.end(), replacement, rule) for m in pattern.finditer(text) if holds(m[0]))


def _looked_at(text: str, detectors: bool) -> tuple[_Flat, tuple[Span, ...]]:
    """A text ready to be searched, and what the detectors find in it."""
    flat = _Flat(text)
    return flat, tuple(_detected(flat.folded)) if detectors else ()


_known_words = lru_cache(maxsize=1024)(_looked_at)


def forget() -> None:
    """Drop what was remembered of texts and values, so that nothing personal outlives the work it was read for."""
    _known_words.cache_clear()
    _flat_value.cache_clear()
    _flat_known.cache_clear()
    mask_person_name.cache_clear()


_BEHIND_PLATE = re.compile("号(?![牌码])")


def redact(text: str, known: Known, *, detectors: bool = True) -> Redaction:
    """The public form of a free text (disclosure.md §4.4-1, -2); the longest hit wins, shown names stay."""
    if not text:
        return Redaction("", ())
    is_short = len(text) <= OFFICE_WORDS
    flat, detected = _known_words(text, detectors) if is_short else _looked_at(text, detectors)
    found = [*_known_hits(flat, known), *detected]
    if not found:
        return Redaction(text, ())
    taken = [span for name in known.shown_names for span in flat.spans(_flat_value(name))]
    hits: list[Hit] = []
    for start, found_end, replacement, rule in sorted(found, key=lambda hit: (hit[0] - hit[1], hit[0])):
        # 吉C12345号货车 reads 涉案车辆货车
        end = found_end + (replacement == VEHICLE and bool(_BEHIND_PLATE.match(text, found_end)))
        if all(end <= begin or start >= stop for begin, stop in taken):
            taken.append((start, end))
            hits.append(Hit(start, end, text[start:end], replacement, rule))
    hits.sort(key=lambda hit: hit.start)
    pieces, at = [], 0
    for hit in hits:
        pieces += [text[at : hit.start], hit.replacement]
        at = hit.end
    return Redaction("".join([*pieces, text[at:]]), tuple(hits))


# ── the leak gate ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Leak:
    """One hit of the gate. ``position`` is the place of the value among the known values: the value is never logged."""

    rule: str
    position: int


_MASK = "*×✕●○█■□#•…"
_HALF_MASKED = re.compile(rf"(?<![0-9])([0-9]*)[{_MASK}]+([0-9]*X?)(?![0-9])")
_LONG_NUMBER = re.compile(
    r"[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9X]|[1-9][0-9]{14}|1[3-9][0-9]{9}|0[0-9]{9,11}|[1-9][0-9]{15,18}"
)
_SPLIT = "\x00"


def _flat(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).upper()


@lru_cache(maxsize=512)
def _flat_known(value: str) -> str:
    return _flat(value)


def leaks(text: str, known_values: Iterable[str], shown_names: Iterable[str] = ()) -> list[Leak]:
    """Every known value that stands in ``text`` or is masked too little there (disclosure.md §4.4-3).

    An empty list lets the text pass. Both sides are compared NFKC, without white space, zero-width characters, hyphens
    and ``·``, in upper case; the registered names that are themselves shown are taken out first.
    """
    flat = _flat(text)
    for name in sorted((_flat_known(n) for n in shown_names), key=len, reverse=True):
        if len(name) >= SHORTEST_KNOWN:
            flat = flat.replace(name, _SPLIT)
    found = []
    for position, value in enumerate(known_values):
        wanted = _flat_known(value)
        if len(wanted) < SHORTEST_KNOWN:
            continue
        if wanted in flat:
            found.append(Leak("原值", position))
        elif _LONG_NUMBER.fullmatch(wanted):
            if _number_shows(flat, wanted):
                found.append(Leak("号码遮盖不足", position))
        elif not any(c.isdigit() for c in wanted) and _name_shows(flat, wanted, _flat_known(mask_person_name(value))):
            found.append(Leak("姓名遮盖不足", position))
    return found


def _number_shows(flat: str, number: str) -> bool:
    """True when digits of ``number`` stand beside mask characters."""
    for hit in _HALF_MASKED.finditer(flat):
        left, right = hit[1], hit[2]
        both = bool(left and right) and number.startswith(left) and number.endswith(right)
        one = (len(left) >= 3 and number.startswith(left)) or (len(right) >= 4 and number.endswith(right))
        if both or one:
            return True
    return False


def _name_shows(flat: str, name: str, masked: str) -> bool:
    """True when a window of the text shows a character of ``name`` that its mask hides, with a mask beside it."""
    if len(masked) != len(name):
        return False
    hidden = [(place, real) for place, (real, shown) in enumerate(zip(name, masked, strict=True)) if shown == STAR]
    if not any(real in flat for _place, real in hidden):
        return False
    rest = flat.replace(masked, _SPLIT)
    for place, real in hidden:
        at = rest.find(real)
        while at >= 0:
            window = rest[max(0, at - place) : at - place + len(name)]
            if at >= place and len(window) == len(name) and _shows_more(window, name):
                return True
            at = rest.find(real, at + 1)
    return False


def _shows_more(window: str, name: str) -> bool:
    """Every character is the name's or a mask, and at least one is a mask."""
    fits = all(shown == real or shown in _MASK for shown, real in zip(window, name, strict=True))
    return fits and any(shown in _MASK for shown in window)
