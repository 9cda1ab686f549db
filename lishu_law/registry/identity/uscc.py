"""Unified social credit codes (GB 32100-2015) and the organisation codes inside them (GB 11714)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import mul

from lishu_law.registry.identity import normalise
from lishu_law.registry.identity.invalid import InvalidValue

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_SHAPE = re.compile(f"[1-9ANY][{ALPHABET}][0-9]{{6}}[{ALPHABET}]{{10}}")
KNOWN_PAIRS = re.compile(r"11|12|91|92|93|5.|N.|A.|Y.")


@dataclass(frozen=True)
class Uscc:
    """A credit code."""

    code: str

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is unusual about it without being wrong."""
        warnings = []
        if self.code[16] != organisation_check_digit(self.code[8:16]):
            warnings.append("第 9–17 位组织机构代码的校验码与常见规则不同，请对照营业执照核对。")
        if KNOWN_PAIRS.fullmatch(self.code[:2]) is None:
            warnings.append(f"前两位“{self.code[:2]}”少见，请对照登记证照核对。")
        return tuple(warnings)

    @property
    def organisation_code(self) -> str:
        return self.code[8:17]


def uscc_check_digit(first_17: str) -> str:
    """The 18th character that belongs to the first 17."""
    total = sum(map(mul, map(_VALUES.__getitem__, first_17), WEIGHTS))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check_digit(first_8: str) -> str:
    """The ninth character that belongs to the eight of an organisation code."""
    total = sum(int(character, 36) * weight for character, weight in zip(first_8, ORGANISATION_WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def parse_uscc(text: str) -> Uscc:
    """Read a credit code. Hyphens and white space are dropped.

    Raises ``InvalidValue``: ``code.empty``, ``code.length``, ``code.characters``, ``code.department``, ``code.area``,
    ``code.check``. An inner organisation code that does not check and a rare first pair only warn.
    """
    code = normalise.code(text, drop=normalise.HYPHENS)
    if _SHAPE.fullmatch(code) is None:
        _check_shape(code)
    expected = uscc_check_digit(code[:17])
    if code[17] != expected:
        raise InvalidValue(
            "code.check",
            "信用代码校验不通过，请对照营业执照逐位核对。",
            staff_message=f"第 18 位校验码不对（应为 {expected}），请对照营业执照。",
        )
    return Uscc(code)


def parse_organisation_code(text: str) -> str:
    """Read an organisation code standing in a field of its own: eight characters and the check, without the hyphen."""
    code = normalise.code(text, drop=normalise.HYPHENS)
    if re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code) is None:
        raise InvalidValue("orgcode.shape", f"组织机构代码应是 9 位，现在是“{code[:12]}”。请对照代码证填写。")
    if code[:8] == "00000000":
        raise InvalidValue("orgcode.shape", "组织机构代码不能全是 0，请对照代码证填写。")
    if code[8] != organisation_check_digit(code[:8]):
        raise InvalidValue("orgcode.check", "组织机构代码最后一位对不上，请对照代码证逐位核对。")
    return code


def _check_shape(code: str) -> None:
    if not code:
        raise InvalidValue("code.empty", "请填写统一社会信用代码，共 18 位。")
    if len(code) != 18:
        difference = len(code) - 18
        how = f"多 {difference} 位" if difference > 0 else f"少 {-difference} 位"
        raise InvalidValue("code.length", f"信用代码{how}，现在是 {len(code)} 位，应是 18 位。请核对。")
    for place, character in enumerate(code, start=1):
        if character in "IOSVZ":
            raise InvalidValue(
                "code.characters", f"信用代码里没有字母 I、O、S、V、Z，第 {place} 位是“{character}”，请核对。"
            )
        if character not in ALPHABET:
            raise InvalidValue("code.characters", f"信用代码第 {place} 位“{character}”不是数字或大写字母，请改正。")
    if code[0] not in "123456789ANY":
        raise InvalidValue("code.department", f"信用代码第 1 位不会是“{code[0]}”，请对照营业执照核对。")
    if re.fullmatch(r"[0-9]{6}", code[2:8]) is None:
        raise InvalidValue("code.area", "信用代码第 3 到 8 位是地区码，应全是数字，请核对。")
