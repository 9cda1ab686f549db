"""Number plates (GA 36, pattern of standards/disclosure.md §2.3): kinds, normal form, and plates without a pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from lishu_law.registry.identity import normalise
from lishu_law.registry.identity.invalid import InvalidValue

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
DROPPED = "·•・‧." + normalise.HYPHENS
MOST_CHARACTERS = 20  # of a plate kept as free text
_START = f"[{PROVINCES}][A-HJ-NP-Z]"
_MESSAGE = "车牌不像真实号牌。普通车 7 位，新能源车 8 位。没有号牌请选“无牌”。"


class PlateKind(Enum):
    """Kinds with a pattern, then the explicit options without one."""

    ORDINARY = "普通号牌"
    SMALL_NEW_ENERGY = "小型新能源号牌"
    LARGE_NEW_ENERGY = "大型新能源号牌"
    TRAILER = "挂车号牌"
    LEARNER = "教练车号牌"
    POLICE = "警车号牌"
    HONG_KONG = "港澳入出境号牌（港）"
    MACAU = "港澳入出境号牌（澳）"
    CONSULAR = "领馆号牌"
    TEMPORARY = "临牌"
    SPECIAL = "其他号牌"
    NONE = "无牌"


PATTERNS = (
    (PlateKind.TRAILER, re.compile(_START + r"[A-HJ-NP-Z0-9]{4}挂")),
    (PlateKind.LEARNER, re.compile(_START + r"[A-HJ-NP-Z0-9]{4}学")),
    (PlateKind.POLICE, re.compile(_START + r"[A-HJ-NP-Z0-9]{4}警")),
    (PlateKind.HONG_KONG, re.compile(_START + r"[A-HJ-NP-Z0-9]{4}港")),
    (PlateKind.MACAU, re.compile(_START + r"[A-HJ-NP-Z0-9]{4}澳")),
    (PlateKind.CONSULAR, re.compile(_START + r"[A-HJ-NP-Z0-9]{4}领")),
    (PlateKind.ORDINARY, re.compile(_START + r"[A-HJ-NP-Z0-9]{5}")),
    (PlateKind.SMALL_NEW_ENERGY, re.compile(_START + r"[A-HJK][A-HJ-NP-Z0-9][0-9]{4}")),
    (PlateKind.LARGE_NEW_ENERGY, re.compile(_START + r"[0-9]{5}[A-HJK]")),
)
NEW_ENERGY = frozenset({PlateKind.SMALL_NEW_ENERGY, PlateKind.LARGE_NEW_ENERGY})


@dataclass(frozen=True)
class Plate:
    number: str
    kind: PlateKind


def parse_plate(text: str, *, new_energy: bool | None = None) -> Plate:
    """Read a plate with a known pattern. ``new_energy`` is what the officer chose, None when nothing was asked.

    Raises ``InvalidValue``: ``plate.empty``, ``plate.province``, ``plate.letters``, ``plate.new_energy``,
    ``plate.shape``.
    """
    number = normalise.code(text, drop=DROPPED)
    if not number:
        raise InvalidValue("plate.empty", "请填写车牌号，例如“吉C12345”。没有号牌请选“无牌”。")
    if number[0] not in PROVINCES:
        raise InvalidValue("plate.province", "车牌前面缺少省份简称，例如“吉C12345”。请补上。")
    if new_energy and len(number) != 8:
        raise InvalidValue("plate.new_energy", f"您选了新能源，号牌应是 8 位，现在 {len(number)} 位。请再核对。")
    kind = next((kind for kind, pattern in PATTERNS if pattern.fullmatch(number)), None)
    if kind is None:
        raise _wrong_shape(number)
    if new_energy is not None and (kind in NEW_ENERGY) != new_energy:
        raise InvalidValue("plate.new_energy", f"{number} 是{kind.value}，与您选的号牌种类不一致。请核对。")
    return Plate(number, kind)


def parse_special_plate(text: str, *, temporary: bool = False) -> Plate:
    """A plate kept as typed: temporary, embassy (使), emergency and military plates have no pattern here."""
    kind = PlateKind.TEMPORARY if temporary else PlateKind.SPECIAL
    number = normalise.code(text, drop="·•・‧.")
    if not 2 <= len(number) <= MOST_CHARACTERS:
        raise InvalidValue("plate.shape", f"{kind.value}号码要有 2 到 {MOST_CHARACTERS} 个字，请照原样填写。")
    if re.search(r"[<>\"'&\\]", number):
        raise InvalidValue("plate.shape", f"{kind.value}号码里只能有汉字、字母和数字，请照原样填写。")
    return Plate(number, kind)


def _wrong_shape(number: str) -> InvalidValue:
    place = next((i for i, character in enumerate(number, start=1) if character in "IO"), None)
    if place and len(number) in (7, 8):
        digit = "1" if number[place - 1] == "I" else "0"
        return InvalidValue(
            "plate.letters", f"号牌不用字母 I 和 O，第 {place} 位是“{number[place - 1]}”，是不是数字 {digit}？请核对。"
        )
    return InvalidValue("plate.shape", _MESSAGE)
