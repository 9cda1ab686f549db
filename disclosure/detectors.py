"""What is personal by its shape, whoever it belongs to: numbers, plates, addresses (standards/disclosure.md §4.3). Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from lishu_law.registry.identity.masking import HAN

VEHICLE = "涉案车辆"
OMITTED = "（略）"
_GAP = r"[\s\-‐-―]*"  # white space and hyphens inside a hit do not hide it
_NUMERAL = r"[0-9一二三四五六七八九十百零〇]+"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# A run of an address stops at the small words that stand before one.
_RUN = f"(?:(?![住在于至到从为是的和与及由])[{HAN}0-9A-Za-z])"


def is_id_number(text: str) -> bool:
    """True for an 18-digit identity number with the right check digit (GB 11643), or a 15-digit one with a date."""
    digits = re.sub(_GAP, "", text).upper()
    if re.fullmatch(r"[1-9][0-9]{14}", digits):
        return 1 <= int(digits[8:10]) <= 12 and 1 <= int(digits[10:12]) <= 31
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", digits):
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11] == digits[17]


def passes_luhn(text: str) -> bool:
    """True for a bank card number by its check digit."""
    total = 0
    for place, digit in enumerate(reversed(re.sub(_GAP, "", text))):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _always(text: str) -> bool:
    return True


def _spaced(count: str) -> str:
    return rf"(?:{_GAP}[0-9]){{{count}}}"


# 18 digits are masked whatever their check digit says: the exchange refuses any such run in a public text (V16).
DETECTORS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool], str], ...] = (
    ("电子邮箱", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), _always, OMITTED),
    (
        "身份证号",
        re.compile(rf"(?<![0-9])[1-9]{_spaced('16')}{_GAP}[0-9Xx](?![0-9A-Za-z])"),
        _always,
        OMITTED,
    ),
    ("身份证号", re.compile(rf"(?<![0-9])[1-9]{_spaced('14')}(?![0-9])"), is_id_number, OMITTED),
    ("银行账号", re.compile(rf"(?<![0-9])[1-9]{_spaced('15,18')}(?![0-9])"), passes_luhn, OMITTED),
    ("手机号", re.compile(rf"(?<![0-9])1{_GAP}[3-9]{_spaced('9')}(?![0-9])"), _always, OMITTED),
    ("固定电话", re.compile(r"(?<![0-9])[（(]?0[0-9]{2,3}[)）]?[\s\-‐-―]?[2-8][0-9]{6,7}(?![0-9])"), _always, OMITTED),
    (
        "车牌",
        re.compile(
            rf"[{_PROVINCES}][·\s\-]?[A-HJ-NP-Za-hj-np-z][·\s\-]?"
            rf"[A-HJ-NP-Za-hj-np-z0-9](?:[·\s\-]?[A-HJ-NP-Za-hj-np-z0-9]){{3,4}}[·\s\-]?[A-HJ-NP-Za-hj-np-z0-9挂学警港澳领]"
        ),
        _always,
        VEHICLE,
    ),
    (
        "微信、QQ",
        re.compile(r"(?:微信|QQ|qq)(?:号码|号)?\s*(?:为|是|:)?\s*[A-Za-z0-9_-]{5,20}"),
        _always,
        OMITTED,
    ),
    (
        "住址",
        re.compile(
            rf"{_RUN}{{1,20}}(?:路|街|道|镇|乡|村|巷|胡同|小区|社区|县|市|区|里){_RUN}{{0,15}}?(?<![第0-9一二三四五六七八九十百零〇]){_NUMERAL}(?:号楼|号|室|单元|组|栋|幢)"
            rf"(?:{_NUMERAL}(?:号楼|号|室|单元|组|栋|幢|层))*"
        ),
        _always,
        OMITTED,
    ),
    ("住址", re.compile(rf"{_NUMERAL}(?:号楼|单元|室)(?:{_NUMERAL}(?:号|室|单元|层))*"), _always, OMITTED),
    ("住址", re.compile(rf"{_RUN}{{1,12}}(?:村|社区){_RUN}{{0,6}}?(?:屯|组)|{_RUN}{{1,6}}屯"), _always, OMITTED),
)
