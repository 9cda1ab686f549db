"""Amounts of money in yuan, Decimal with two places: reading what people type, writing figures and 大写.

Typed amounts are read strictly: what could mean two things is refused with a word on how to write it.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

MAXIMUM = Decimal("9999999999.99")
_CENT = Decimal("0.01")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．－＋：／（）", "0123456789,.-+:/()")
_PLAIN = re.compile(r"(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<cents>\d+))?", re.ASCII)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("", "万", "亿")


class AmountError(ValueError):
    """The text or number is no amount in yuan; the message says what and how to go on."""


def parse_amount(text: str) -> Decimal:
    """The amount in yuan somebody typed: 0 to 9,999,999,999.99 with at most two decimals.

    Full-width digits, ¥ before, 元 after, and separators (comma or white space) in groups of three are understood.
    Raises ``AmountError`` for anything else: signs, exponents, leading zeros, wrong groups, invisible characters.
    """
    value = text.strip()
    if not value:
        raise AmountError("请填写金额，如 1000 或者 1000.50。")
    if any(unicodedata.category(character) in ("Cc", "Cf") for character in value):
        raise AmountError("金额里有看不见的字符，请删掉后重新输入数字。")
    value = value.translate(_FULL_WIDTH)
    value = value.removeprefix("¥").removeprefix("￥") if value[0] in "¥￥" else value
    value = re.sub(r"\s", ",", value.strip().removesuffix("元").strip())
    match = _PLAIN.fullmatch(value)
    if match is None:
        raise _wrong_shape(value)
    whole, cents = match["whole"].replace(",", ""), match["cents"] or ""
    if len(whole) > 1 and whole.startswith("0"):
        raise AmountError("金额前面不要写 0，请直接填数字，如 1000。")
    if len(cents) > 2:
        raise AmountError("金额最多两位小数（到分），请改为如 1000.50。")
    amount = Decimal(f"{whole}.{cents or '0'}")
    if amount > MAXIMUM:
        raise AmountError("金额不能超过 9,999,999,999.99 元，请核对位数。")
    return amount.quantize(_CENT)


def _wrong_shape(value: str) -> AmountError:
    if value[:1] in ("-", "+"):
        return AmountError("金额不带正负号，请直接填数字，如 1000。")
    if "," in value:
        return AmountError("千位分隔要每三位一组，如 12,000；也可以不写分隔符。")
    return AmountError("金额请只填数字，如 1000 或者 1000.50。")


def checked(amount: Decimal) -> Decimal:
    """The amount with two places. Raises ``AmountError`` when it is negative, too large or finer than a fen."""
    if not amount.is_finite() or not 0 <= amount <= MAXIMUM or amount != amount.quantize(_CENT):
        raise AmountError(f"{amount} 不是可以使用的金额：要在 0 到 9,999,999,999.99 元之间，精确到分。")
    return abs(amount.quantize(_CENT))


def to_fen(amount: Decimal) -> int:
    """Whole fen of an amount in yuan."""
    return int(checked(amount) * 100)


def format_yuan(amount: Decimal) -> str:
    """2,000.00 (without ¥ or 元)."""
    return f"{checked(amount):,.2f}"


def wan(amount: Decimal) -> str:
    """The amount in 万元, exact, up to six decimals, no exponent and no trailing zeros: 2000 → 0.2."""
    text = f"{checked(amount) / 10000:.6f}"
    return text.rstrip("0").rstrip(".")


def chinese_upper(amount: Decimal) -> str:
    """大写: 1680.32 → 壹仟陆佰捌拾元叁角贰分; 整 after 元 only; 0 → 零元整."""
    fen = to_fen(amount)
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    text = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return text + "整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif text:
        text += "零"
    return text + (f"{_DIGITS[cents]}分" if cents else "")


def _whole(number: int) -> str:
    """Whole yuan in groups of four digits; a gap between two groups takes one 零."""
    if number == 0:
        return "零"
    groups = []
    while number:
        number, group = divmod(number, 10000)
        groups.append(group)
    text, gap = "", False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group == 0:
            gap = True
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _four_digits(group) + _GROUPS[index]
        gap = False
    return text


def _four_digits(group: int) -> str:
    text, gap = "", False
    for digit, place in zip(f"{group:04d}", _PLACES, strict=True):
        if digit == "0":
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[int(digit)] + place
        gap = False
    return text
