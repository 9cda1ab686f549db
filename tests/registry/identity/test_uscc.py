"""Credit codes and organisation codes: golden values, warnings, and what is refused."""

from __future__ import annotations

import pytest

from lishu_law.registry.identity import InvalidValue, parse_organisation_code, parse_uscc, uscc_check_digit
from lishu_law.registry.identity.demo import demo_uscc
from lishu_law.registry.identity.uscc import organisation_check_digit

pytestmark = pytest.mark.law


def _with_check(first_17: str) -> str:
    return first_17 + uscc_check_digit(first_17)


@pytest.mark.parametrize(
    "code",
    [
        "91220322MA17ABCD2L",
        "91220322MA0Y1C2E3N",
        "912203227340328107",
        "9144030071526726XG",
        "914403001922038216",
        "91230500MA1B3N1N2M",
        "11230500001755309F",
        "91350100M000100Y43",
    ],
)
def test_right_codes(code: str) -> None:
    assert parse_uscc(code).code == code


@pytest.mark.parametrize(
    "typed",
    [
        " 91220322ma17abcd2l ",
        "9122 0322 MA17 ABCD 2L",
        "91220322-MA17ABCD-2L",
        "９１２２０３２２ＭＡ１７ＡＢＣＤ２Ｌ",
        "91220322－MA17ABCD2L",
        "91220322—ma17abcd2l\u3000",
    ],
)
def test_spelling_does_not_matter(typed: str) -> None:
    assert parse_uscc(typed).code == "91220322MA17ABCD2L"


REFUSED = [
    ("", "code.empty"),
    (" - ", "code.empty"),
    ("91220322MA17ABCD2", "code.length"),
    ("91220322MA17ABCD2LL", "code.length"),
    ("220322000012345", "code.length"),
    ("9", "code.length"),
    ("梨树县示例货运有限公司", "code.length"),
    ("91220322MA17ABCD2L" * 2, "code.length"),
    ("<script>alert(1)</script>", "code.length"),
    ("91220322_MA17ABCD2L", "code.length"),
    ("MA17ABCD2", "code.length"),
    ("91220322MA17ABCD2M", "code.check"),
    ("91220322MA17ABCD20", "code.check"),
    ("91220322MA17ABDC2L", "code.check"),
    ("91220322MA71ABCD2L", "code.check"),
    ("92220322MA17ABCD2L", "code.check"),
    ("91220323MA17ABCD2L", "code.check"),
    ("912203227340328106", "code.check"),
    ("91220322MA0Y1C2E3M", "code.check"),
    ("9144030071526726XH", "code.check"),
    ("914403001922038215", "code.check"),
    ("91230500MA1B3N1N2N", "code.check"),
    ("11230500001755309E", "code.check"),
    ("91350100M000100Y44", "code.check"),
    ("000000000000000001", "code.department"),
    ("91220322MI17ABCD2L", "code.characters"),
    ("91220322MO17ABCD2L", "code.characters"),
    ("91220322MS17ABCD2L", "code.characters"),
    ("91220322MV17ABCD2L", "code.characters"),
    ("91220322MZ17ABCD2L", "code.characters"),
    ("91220322MA17ABCD2I", "code.characters"),
    ("91220322MA17ABCD2O", "code.characters"),
    ("I1220322MA17ABCD2L", "code.characters"),
    ("9O220322MA17ABCD2L", "code.characters"),
    ("9122O322MA17ABCD2L", "code.characters"),
    ("91220322MA17ABCD2*", "code.characters"),
    ("9122**********CD2L", "code.characters"),
    ("91220322MA17ABC号2L", "code.characters"),
    ("91220322MA17ABCD2!", "code.characters"),
    ("91220322MA17ABCD2.", "code.characters"),
    ("91220322МА17ABCD2L", "code.characters"),  # Cyrillic М and А
    ("٩1220322MA17ABCD2L", "code.characters"),
    ("𝟗1220322MA17ABCD2L", "code.characters"),
    ("91220322ßA17ABCD2L", "code.characters"),
    ("91220322ıA17ABCD2L", "code.characters"),
    (_with_check("01220322MA17ABCD2"), "code.department"),
    (_with_check("B1220322MA17ABCD2"), "code.department"),
    (_with_check("M1220322MA17ABCD2"), "code.department"),
    (_with_check("X1220322MA17ABCD2"), "code.department"),
    (_with_check("H1220322MA17ABCD2"), "code.department"),
    (_with_check("U1220322MA17ABCD2"), "code.department"),
    (_with_check("91A20322MA17ABCD2"), "code.area"),
    (_with_check("9122032AMA17ABCD2"), "code.area"),
    (_with_check("91ABCDEFMA17ABCD2"), "code.area"),
    (_with_check("91XXXXXXMA17ABCD2"), "code.area"),
    (_with_check("912203M2MA17ABCD2"), "code.area"),
    ("91220322MA17\u200bABCD2L", "hidden"),
    ("\u202e91220322MA17ABCD2L", "hidden"),
    ("91220322MA17ABCD2L\ufeff", "hidden"),
    ("91220322MA17\x00ABCD2L", "hidden"),
    ("91220322\r\nMA17ABCD2L", "hidden"),
    ("91220322\u2067MA17ABCD2L", "hidden"),
    ("91220322\x7fMA17ABCD2L", "hidden"),
]


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_uscc(typed)
    assert refused.value.code == code
    assert len(refused.value.message) <= 45


def test_expected_digit_is_for_staff_only() -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_uscc("91220322MA17ABCD2M")
    assert refused.value.message == "信用代码校验不通过，请对照营业执照逐位核对。"
    assert refused.value.staff_message == "第 18 位校验码不对（应为 L），请对照营业执照。"


@pytest.mark.parametrize(
    ("first_17", "warnings"),
    [
        (f"91220322MA17ABCD{organisation_check_digit('MA17ABCD')}", 0),
        ("91220322MA17ABCDX", 1),
        (f"13220322MA17ABCD{organisation_check_digit('MA17ABCD')}", 1),
        (f"52220322MA17ABCD{organisation_check_digit('MA17ABCD')}", 0),
        (f"N2220322MA17ABCD{organisation_check_digit('MA17ABCD')}", 0),
        (f"Y1220322MA17ABCD{organisation_check_digit('MA17ABCD')}", 0),
        (f"A1220322MA17ABCD{organisation_check_digit('MA17ABCD')}", 0),
        ("72220322MA17ABCDX", 2),
    ],
)
def test_unusual_codes_only_warn(first_17: str, warnings: int) -> None:
    assert len(parse_uscc(_with_check(first_17)).warnings) == warnings


def test_demo_codes() -> None:
    codes = [demo_uscc(seed, individual_business=seed % 2 == 1) for seed in range(300)]
    assert len(set(codes)) == 300
    assert all(parse_uscc(code).warnings == () for code in codes)
    assert codes[0].startswith("91220322M")


@pytest.mark.parametrize(("typed", "code"), [("MA1B3N1N-2", "MA1B3N1N2"), ("71526726x", "71526726X")])
def test_organisation_codes(typed: str, code: str) -> None:
    assert parse_organisation_code(typed) == code


@pytest.mark.parametrize("typed", ["", "MA1B3N1N", "MA1B3N1N3", "00000000-0", "MA1B3N1N22", "ma1b3n1n-a"])
def test_organisation_codes_refused(typed: str) -> None:
    with pytest.raises(InvalidValue):
        parse_organisation_code(typed)
