"""Citizen identity numbers of 18 digits (GB 11643), residence permits of Hong Kong, Macau and Taiwan residents, and
the foreign permanent residence card (ux.md §8.1). No table of six-digit areas: abolished county codes stay valid.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from lishu_law.registry.identity import normalise
from lishu_law.registry.identity.invalid import InvalidValue

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
DEMO_AREA = "220399"  # assigned to nobody: only invented people carry it
REGIONS = frozenset(
    str(number)
    for block in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71))
    for number in range(block[0], block[1] + 1)
)
RESIDENCE_AREAS = frozenset({"810000", "820000", "830000"})
EARLIEST = date(1900, 1, 1)


class IdCardKind(Enum):
    RESIDENT = "居民身份证"
    RESIDENCE_PERMIT = "港澳台居民居住证"
    FOREIGN_PERMANENT = "外国人永久居留身份证"


@dataclass(frozen=True)
class IdCard:
    """What an identity number says. ``gender`` is "male", "female", or "" where the standard does not tell."""

    number: str
    kind: IdCardKind
    area: str
    born_on: date
    gender: str


def id_check_digit(first_17: str) -> str:
    """The 18th character that belongs to 17 digits (ISO 7064, mod 11-2)."""
    return CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


def parse_id_card(text: str, *, today: date, demo: bool = False) -> IdCard:
    """Read an 18-digit number. ``today`` bounds the birth date; ``demo`` admits the invented area 220399.

    Raises ``InvalidValue``: ``id.empty``, ``id.old``, ``id.length``, ``id.characters``, ``id.region``, ``id.date``,
    ``id.check``.
    """
    number = normalise.code(text)
    _check_shape(number)
    kind = _kind(number, demo=demo)
    born_on = _birth_date(number[6:14], today)
    if id_check_digit(number[:17]) != number[17]:
        raise InvalidValue("id.check", "身份证号最后一位对不上，可能抄错了一位。请对照证件再看一遍。")
    gender = "" if kind is IdCardKind.FOREIGN_PERMANENT else _gender(number[16])
    return IdCard(number, kind, number[:6], born_on, gender)


def parse_old_id_card(text: str, *, today: date) -> IdCard:
    """Read a 15-digit number of the first generation (imports of old data only): area, yymmdd of 19yy, serial."""
    number = normalise.code(text)
    if re.fullmatch(r"[0-9]{15}", number) is None:
        raise InvalidValue("id.length", "旧身份证号应是 15 位数字，请核对原始资料。")
    _check_region(number)
    return IdCard(number, IdCardKind.RESIDENT, number[:6], _birth_date("19" + number[6:12], today), _gender(number[14]))


def _check_shape(number: str) -> None:
    if not number:
        raise InvalidValue("id.empty", "请填写身份证号，共 18 位。")
    if re.fullmatch(r"[0-9]{15}", number):
        raise InvalidValue("id.old", "这是 15 位旧号码，已经停用。请按现在的证件填写 18 位。")
    wrong = next((i for i, c in enumerate(number) if not ("0" <= c <= "9" or (c == "X" and i == 17))), None)
    if len(number) != 18:
        difference = len(number) - 18
        how = f"多 {difference} 位" if difference > 0 else f"少 {-difference} 位"
        raise InvalidValue("id.length", f"身份证号{how}，现在是 {len(number)} 位，请再核对一遍。")
    if wrong is not None:
        what = "数字或 X" if wrong == 17 else "数字"
        raise InvalidValue("id.characters", f"身份证号第 {wrong + 1} 位应是{what}，现在是“{number[wrong]}”，请改正。")


def _kind(number: str, *, demo: bool) -> IdCardKind:
    if number[:6] in RESIDENCE_AREAS:
        return IdCardKind.RESIDENCE_PERMIT
    if number[0] == "9":
        if number[1:3] not in REGIONS:
            raise InvalidValue("id.region", f"永久居留证号第 2、3 位“{number[1:3]}”没有对应的地区，请核对。")
        return IdCardKind.FOREIGN_PERMANENT
    if number[:6] == DEMO_AREA and not demo:
        raise InvalidValue("id.region", "身份证号前 6 位 220399 没有对应的地区，请对照证件核对。")
    _check_region(number)
    return IdCardKind.RESIDENT


def _check_region(number: str) -> None:
    if number[:2] not in REGIONS:
        raise InvalidValue("id.region", f"身份证号前两位“{number[:2]}”没有对应的地区，请对照证件核对。")


def _birth_date(digits: str, today: date) -> date:
    shown = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise InvalidValue("id.date", f"身份证号里的出生日期 {shown} 不存在，请检查第 7 到 14 位。") from None
    if born_on > today:
        raise InvalidValue("id.date", f"身份证号里的出生日期 {shown} 还没有到，请检查第 7 到 14 位。")
    if born_on < EARLIEST:
        raise InvalidValue("id.date", f"出生日期 {shown} 早于 1900 年，请检查身份证号第 7 到 14 位。")
    return born_on


def _gender(digit: str) -> str:
    return "male" if int(digit) % 2 else "female"
