"""Names of persons and organisations (ux.md §8.3). Length is counted in code points and nothing is ever composed or
decomposed: both NFC and NFKC replace compatibility Han characters, that is, they change people's names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lishu_law.registry.identity import normalise
from lishu_law.registry.identity.invalid import InvalidValue

MOST_OF_PERSON = 50
MOST_OF_ORGANISATION = 100
DOT = "·"
_DOTS = str.maketrans(dict.fromkeys("•‧・．", DOT))
# Characters old GB 18030 fonts drew at private code points, with their standard ones (GB 18030-2022), and 䶮 of GBK.
STANDARD_OF_PRIVATE = {
    "\ue81e": "\u9fb4",
    "\ue826": "\u9fb5",
    "\ue82b": "\u9fb6",
    "\ue82c": "\u9fb7",
    "\ue832": "\u9fb8",
    "\ue843": "\u9fb9",
    "\ue854": "\u9fba",
    "\ue864": "\u9fbb",
    "\ue816": "\U00020087",
    "\ue817": "\U00020089",
    "\ue818": "\U000200cc",
    "\ue831": "\U000215d7",
    "\ue83b": "\U0002298f",
    "\ue855": "\U000241fe",
    "\ue863": "\u4dae",
}
_HAN = (
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2FFFD),
    (0x30000, 0x3FFFD),
)
_COMMON_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")  # of the two blocks nearly every name stays in
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SPACE_AT_CHINESE = re.compile(
    rf"(?<=[^\x00-\x7f])[{normalise.WHITE_SPACE}]+|[{normalise.WHITE_SPACE}]+(?=[^\x00-\x7f])"
)
_JOINERS = " -'’"
_NOT_NAMES = frozenset({"未知", "无", "无名", "不详", "NULL", "NONE", "N/A", "空"})


@dataclass(frozen=True)
class PersonName:
    """A name fit for documents. ``notes`` tell the officer what was changed; ``needs_check`` asks for a photo of the
    document, because the name holds a character without a standard code point.
    """

    value: str
    notes: tuple[str, ...] = ()
    needs_check: bool = False


def is_han(character: str) -> bool:
    """A Han character of any block (radicals and strokes are not name characters)."""
    return _within(character, _HAN)


def parse_person_name(text: str) -> PersonName:
    """Read a person's name: 1 to 50 code points, Han, Latin and ``·``.

    Raises ``InvalidValue``: ``name.empty``, ``name.length``, ``name.characters``, ``name.dot``, ``name.unknown``.
    """
    typed = normalise.line(text)
    if len(typed) <= MOST_OF_PERSON and typed not in _NOT_NAMES and _COMMON_HAN.fullmatch(typed):
        return PersonName(typed)  # nothing below could change or refuse it
    typed = typed.translate(_DOTS)
    value = "".join(STANDARD_OF_PRIVATE.get(character, character) for character in typed)
    if any(is_han(character) for character in value):
        value = "".join(character for character in value if character not in normalise.WHITE_SPACE)
    _check_length(value, 1, MOST_OF_PERSON, "姓名")
    for place, character in enumerate(value):
        _check_name_character(value, place, character)
    if value.startswith(DOT) or value.endswith(DOT) or DOT * 2 in value:
        raise InvalidValue("name.dot", "姓名里的“·”要写在两个部分中间，例如“阿不都·热合曼”。请核对。")
    if value.upper() in _NOT_NAMES or not any(_is_letter(character) for character in value):
        raise InvalidValue("name.unknown", f"“{value[:10]}”不是姓名。请对照证件填写。")
    mapped = dict.fromkeys(STANDARD_OF_PRIVATE[c] for c in typed if c in STANDARD_OF_PRIVATE)
    notes = [f"已换成标准字“{character}”。" for character in mapped]
    needs_check = any(_within(character, _PRIVATE) for character in value)
    if needs_check:
        notes.append("姓名里有电脑字库没有收录的字，请核对证件并拍照留存。")
    return PersonName(value, tuple(notes), needs_check)


def parse_organisation_name(text: str) -> str:
    """Read the registered name of an organisation or shop: 2 to 100 code points, brackets brought to full width.

    Raises ``InvalidValue``: ``name.empty``, ``name.length``, ``name.unknown``, ``name.characters``.
    """
    value = normalise.line(text)
    if not value.isprintable():  # a private character is not
        value = "".join(STANDARD_OF_PRIVATE.get(character, character) for character in value)
    if _CHINESE.search(value):
        value = _SPACE_AT_CHINESE.sub("", value.replace("(", "（").replace(")", "）"))
    _check_length(value, 2, MOST_OF_ORGANISATION, "名称")
    if "<" in value or ">" in value:
        raise InvalidValue("name.characters", "名称里有“<”或“>”，营业执照上没有。请照营业执照填写。")
    has_letters = _COMMON_HAN.search(value) is not None or any(_is_letter(character) for character in value)
    if value.upper() in _NOT_NAMES or not has_letters:
        raise InvalidValue("name.unknown", f"“{value[:10]}”不是登记的名称。请照营业执照填写。")
    return value


def _check_length(value: str, least: int, most: int, what: str) -> None:
    if not value:
        raise InvalidValue("name.empty", f"请填写{what}，照证照上的写。")
    if not least <= len(value) <= most:
        raise InvalidValue("name.length", f"{what}要有 {least} 到 {most} 个字，现在是 {len(value)} 个。请核对。")


def _check_name_character(value: str, place: int, character: str) -> None:
    if is_han(character) or _is_latin(character) or character == DOT or _within(character, _PRIVATE):
        return
    before = value[place - 1] if place else ""
    after = value[place + 1 : place + 2]
    if character in _JOINERS and _is_latin(before, marks=True) and _is_latin(after):
        return
    if before and _belongs_to(before, character):
        return
    if character in "0123456789０１２３４５６７８９":
        raise InvalidValue("name.characters", f"姓名里不会有数字“{character}”。请对照证件填写。")
    hint = "中间的点请用“·”。" if character in ".。,，、*" else "只能有汉字、字母和“·”。"
    raise InvalidValue("name.characters", f"姓名第 {place + 1} 个字“{character}”不能用，{hint}")


def _belongs_to(before: str, character: str) -> bool:
    """Variation selectors belong to a Han character, combining marks to a Latin letter."""
    point = ord(character)
    if 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF:
        return is_han(before)
    return unicodedata.category(character) == "Mn" and 0x300 <= point <= 0x36F and _is_latin(before, marks=True)


def _is_latin(character: str, *, marks: bool = False) -> bool:
    if not character:
        return False
    if marks and 0x300 <= ord(character) <= 0x36F:
        return True
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN ")


def _is_letter(character: str) -> bool:
    return is_han(character) or _is_latin(character) or _within(character, _PRIVATE)


def _within(character: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= ord(character) <= high for low, high in blocks)
