"""Amounts: what may be typed, how figures and 大写 are written (golden values of ux.md §8.2)."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from lishu_law.law.amounts import AmountError, chinese_upper, format_yuan, parse_amount, to_fen, wan

pytestmark = pytest.mark.law

UPPER = [
    ("0", "零元整"),
    ("10", "壹拾元整"),
    ("1010", "壹仟零壹拾元整"),
    ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
    ("1409.50", "壹仟肆佰零玖元伍角"),
    ("325.04", "叁佰贰拾伍元零肆分"),
    ("0.05", "伍分"),
    ("107000.53", "壹拾万柒仟元伍角叁分"),
    ("100000001", "壹亿零壹元整"),
    ("1000001000", "壹拾亿零壹仟元整"),
    ("2000", "贰仟元整"),
    ("0.50", "伍角"),
    ("0.57", "伍角柒分"),
    ("1000.04", "壹仟元零肆分"),
    ("1000.40", "壹仟元肆角"),
    ("30000", "叁万元整"),
    ("105000", "壹拾万伍仟元整"),
    ("100500", "壹拾万零伍佰元整"),
    ("10000500", "壹仟万零伍佰元整"),
    ("10010001", "壹仟零壹万零壹元整"),
    ("20010000", "贰仟零壹万元整"),
    ("100010000", "壹亿零壹万元整"),
    ("1001", "壹仟零壹元整"),
    ("1100", "壹仟壹佰元整"),
    ("9999999999.99", "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
]


@pytest.mark.parametrize(("amount", "text"), UPPER)
def test_upper_case_figures(amount: str, text: str) -> None:
    assert chinese_upper(Decimal(amount)) == text


def read_upper(text: str) -> Decimal:
    """The amount a 大写 stands for, read the way a cashier does."""
    digits = {name: value for value, name in enumerate("零壹贰叁肆伍陆柒捌玖")}
    total = section = digit = 0
    fen = 0
    for character in text.removesuffix("整"):
        if character in digits:
            digit = digits[character]
        elif character in "仟佰拾":
            section += digit * {"仟": 1000, "佰": 100, "拾": 10}[character]
            digit = 0
        elif character in "万亿":
            total += (section + digit) * {"万": 10**4, "亿": 10**8}[character]
            section = digit = 0
        elif character == "元":
            total += section + digit
            digit = 0
        else:
            fen += digit * {"角": 10, "分": 1}[character]
            digit = 0
    return Decimal(total) + Decimal(fen) / 100


def test_upper_case_reads_back_to_the_same_amount() -> None:
    chance = random.Random(20260213)
    for _ in range(4000):
        amount = Decimal(chance.randrange(10 ** chance.randint(1, 12))) / 100
        text = chinese_upper(amount)
        assert read_upper(text) == amount, text
        assert "零零" not in text
        assert not any(pair in text for pair in ("零万", "零亿", "零整", "零角", "零分"))
        assert text.endswith(("整", "角", "分"))


ACCEPTED = [
    ("0", "0.00"),
    ("0.5", "0.50"),
    ("0.05", "0.05"),
    ("1000", "1000.00"),
    ("1000.5", "1000.50"),
    ("  1000 ", "1000.00"),
    ("1,000", "1000.00"),
    ("1,234,567.89", "1234567.89"),
    ("12，000", "12000.00"),
    ("１２，０００．５０", "12000.50"),
    ("¥2,000.00", "2000.00"),
    ("￥2000", "2000.00"),
    ("¥ 2000 元", "2000.00"),
    ("2000元", "2000.00"),
    ("1 000 000", "1000000.00"),
    ("9,999,999,999.99", "9999999999.99"),
]


@pytest.mark.parametrize(("text", "amount"), ACCEPTED)
def test_typed_amounts_are_understood(text: str, amount: str) -> None:
    assert str(parse_amount(text)) == amount


REFUSED = [
    ("", "请填写金额"),
    ("   ", "请填写金额"),
    ("-5", "正负号"),
    ("+5", "正负号"),
    ("－５", "正负号"),
    ("1e3", "只填数字"),
    ("0x10", "只填数字"),
    ("一千", "只填数字"),
    ("¥", "只填数字"),
    ("元", "只填数字"),
    ("¥¥5", "只填数字"),
    ("5元元", "只填数字"),
    (".5", "只填数字"),
    ("5.", "只填数字"),
    ("1.2.3", "只填数字"),
    ("٣٤", "只填数字"),
    ("NaN", "只填数字"),
    ("007", "前面不要写 0"),
    ("00", "前面不要写 0"),
    ("0,123", "前面不要写 0"),
    ("1.234", "两位小数"),
    ("1.000", "两位小数"),
    ("1,00", "每三位一组"),
    ("1000,000", "每三位一组"),
    ("1,000000", "每三位一组"),
    ("1,,000", "每三位一组"),
    ("10 00", "每三位一组"),
    ("10000000000", "不能超过"),
    ("9999999999.990001", "两位小数"),
    ("1\u200b000", "看不见"),
    ("\u202e1000", "看不见"),
    ("1\t000", "看不见"),
    ("9" * 20000, "不能超过"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[f"{r[0][:12]!r}-{r[1]}" for r in REFUSED])
def test_other_text_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(AmountError, match=reason) as raised:
        parse_amount(text)
    assert len(str(raised.value)) <= 40


@pytest.mark.parametrize(
    ("amount", "fen", "figures", "in_wan"),
    [
        ("0", 0, "0.00", "0"),
        ("-0", 0, "0.00", "0"),
        ("0.01", 1, "0.01", "0.000001"),
        ("2000", 200000, "2,000.00", "0.2"),
        ("1000.50", 100050, "1,000.50", "0.10005"),
        ("100000", 10000000, "100,000.00", "10"),
        ("1000000", 100000000, "1,000,000.00", "100"),
        ("9999999999.99", 999999999999, "9,999,999,999.99", "999999.999999"),
    ],
)
def test_fen_figures_and_ten_thousands(amount: str, fen: int, figures: str, in_wan: str) -> None:
    assert to_fen(Decimal(amount)) == fen
    assert format_yuan(Decimal(amount)) == figures
    assert wan(Decimal(amount)) == in_wan


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "10000000000", "NaN", "Infinity", "1E+30"])
@pytest.mark.parametrize("write", [to_fen, format_yuan, wan, chinese_upper])
def test_numbers_that_are_no_amount_are_refused(amount: str, write: object) -> None:
    assert callable(write)
    with pytest.raises(AmountError, match="精确到分"):
        write(Decimal(amount))
