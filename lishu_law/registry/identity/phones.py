"""Mobile and landline numbers of the mainland, in one normal form each (ux.md §8.1)."""

from __future__ import annotations

import re

from lishu_law.registry.identity import normalise
from lishu_law.registry.identity.invalid import InvalidValue

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(
    r"\(?(?P<area>0[1-9][0-9]{1,2})(?:\)-?|-)(?P<number>[2-8][0-9]{6,7})(?:(?:-|转)(?P<ext>[0-9]{1,6}))?"
)
# Without a hyphen the area code tells its own length: 010 and 02x have three digits, all others four.
_RUN = re.compile(r"(?P<area>010|02[0-9]|0[3-9][0-9]{2})(?P<number>[2-8][0-9]{6,7})(?:(?:-|转)(?P<ext>[0-9]{1,6}))?")


def parse_mobile(text: str) -> str:
    """Eleven digits; ``+86`` or ``0086`` before them, hyphens and white space are dropped.

    Raises ``InvalidValue``: ``phone.empty``, ``phone.characters``, ``phone.length``, ``phone.mobile``.
    """
    number = normalise.code(text, drop=normalise.HYPHENS)
    number = number.removeprefix("+86") if number.startswith("+86") else number.removeprefix("0086")
    if not number:
        raise InvalidValue("phone.empty", "请填写手机号，共 11 位。")
    if re.fullmatch(r"[0-9]+", number) is None:
        raise InvalidValue("phone.characters", "手机号里只能有数字，请删掉其他字符。")
    if len(number) != 11:
        raise InvalidValue("phone.length", f"手机号应是 11 位，现在是 {len(number)} 位，请核对。座机请填在座机栏。")
    if _MOBILE.fullmatch(number) is None:
        raise InvalidValue("phone.mobile", f"手机号以 13 到 19 开头，现在是 {number[:2]}，请核对。")
    return number


def parse_landline(text: str) -> str:
    """``0434-5222222`` or ``0434-5222222-801``: area code required, stored with hyphens.

    Raises ``InvalidValue``: ``phone.empty``, ``phone.landline``.
    """
    number = normalise.code(text)
    for hyphen in normalise.HYPHENS:
        number = number.replace(hyphen, "-")
    if not number:
        raise InvalidValue("phone.empty", "请填写座机号，例如 0434-5222222。")
    match = _LANDLINE.fullmatch(number) or _RUN.fullmatch(number)
    if match is None or number.startswith("(") != (")" in number):
        if re.fullmatch(r"[2-8][0-9]{6,7}", number):
            raise InvalidValue("phone.landline", "座机号前面要加区号，例如 0434-5222222。请补上。")
        raise InvalidValue("phone.landline", "座机号应像 0434-5222222，分机写在后面，如 -801。请核对。")
    extension = f"-{match['ext']}" if match["ext"] else ""
    return f"{match['area']}-{match['number']}{extension}"


def parse_phone(text: str) -> str:
    """A mobile or a landline number, whichever it is."""
    number = normalise.code(text, drop=normalise.HYPHENS)
    if number.startswith(("0", "(")) and not number.startswith("0086"):
        return parse_landline(text)
    return parse_mobile(text)
