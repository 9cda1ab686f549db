"""Number plates: every kind, every way of typing them, and what is refused."""

from __future__ import annotations

import pytest

from lishu_law.registry.identity import InvalidValue, PlateKind, parse_plate, parse_special_plate
from lishu_law.registry.identity.demo import demo_plate

pytestmark = pytest.mark.law


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("吉C12345", PlateKind.ORDINARY),
        ("吉CA123B", PlateKind.ORDINARY),
        ("吉CABCDE", PlateKind.ORDINARY),
        ("京A00001", PlateKind.ORDINARY),
        ("琼E9Z9Z9", PlateKind.ORDINARY),
        ("吉CD12345", PlateKind.SMALL_NEW_ENERGY),
        ("吉CDA1234", PlateKind.SMALL_NEW_ENERGY),
        ("吉CF12345", PlateKind.SMALL_NEW_ENERGY),
        ("吉CK12345", PlateKind.SMALL_NEW_ENERGY),
        ("吉CJZ1234", PlateKind.SMALL_NEW_ENERGY),
        ("吉C12345D", PlateKind.LARGE_NEW_ENERGY),
        ("吉C12345K", PlateKind.LARGE_NEW_ENERGY),
        ("吉C1234挂", PlateKind.TRAILER),
        ("吉C1234学", PlateKind.LEARNER),
        ("吉C1234警", PlateKind.POLICE),
        ("粤Z1234港", PlateKind.HONG_KONG),
        ("粤Z1234澳", PlateKind.MACAU),
        ("沪A1234领", PlateKind.CONSULAR),
    ],
)
def test_kinds(number: str, kind: PlateKind) -> None:
    plate = parse_plate(number)
    assert (plate.number, plate.kind) == (number, kind)


@pytest.mark.parametrize(
    "typed",
    [
        " 吉c12345",
        "吉C·12345",
        "吉C•12345",
        "吉C・12345",
        "吉C‧12345",
        "吉C．12345",
        "吉C.12345",
        "吉C-12345",
        "吉C 12345",
        "吉Ｃ１２３４５",
        "吉C－12345",
        "吉\u3000C 12345\u00a0",
        "吉c—12345",
    ],
)
def test_spelling_does_not_matter(typed: str) -> None:
    assert parse_plate(typed).number == "吉C12345"


REFUSED = [
    ("", "plate.empty"),
    (" ·- ", "plate.empty"),
    ("C12345", "plate.province"),
    ("12345", "plate.province"),
    ("A", "plate.province"),
    ("国C12345", "plate.province"),
    ("使014578", "plate.province"),
    ("WJ吉1234X", "plate.province"),
    ("无牌", "plate.province"),
    ("台A12345", "plate.province"),
    ("CC12345", "plate.province"),
    ("𠮷C12345", "plate.province"),
    ("<b>吉C12345</b>", "plate.province"),
    ("空A12345", "plate.province"),
    ("(吉C12345)", "plate.province"),
    ("'吉C12345", "plate.province"),
    ("=吉C12345", "plate.province"),
    ("吉C12O45", "plate.letters"),
    ("吉C1234I", "plate.letters"),
    ("吉O12345", "plate.letters"),
    ("吉I12345", "plate.letters"),
    ("吉CO2345D", "plate.letters"),
    ("吉CD1234O", "plate.letters"),
    ("吉CDO1234", "plate.letters"),
    ("吉o12345", "plate.letters"),
    ("吉", "plate.shape"),
    ("吉C", "plate.shape"),
    ("吉C1", "plate.shape"),
    ("吉C1234", "plate.shape"),
    ("吉C123", "plate.shape"),
    ("吉112345", "plate.shape"),
    ("吉C123456", "plate.shape"),
    ("吉C1234567", "plate.shape"),
    ("吉CDAB123", "plate.shape"),
    ("吉CL12345", "plate.shape"),
    ("吉CM12345", "plate.shape"),
    ("吉CL1234A", "plate.shape"),
    ("吉C12345L", "plate.shape"),
    ("吉C1234AD", "plate.shape"),
    ("吉CA12345D", "plate.shape"),
    ("吉C挂1234", "plate.shape"),
    ("吉C12345挂", "plate.shape"),
    ("吉C123挂", "plate.shape"),
    ("吉C1234使", "plate.shape"),
    ("吉C1234挂挂", "plate.shape"),
    ("吉C1234试", "plate.shape"),
    ("吉C1234应急", "plate.shape"),
    ("吉C12-34*", "plate.shape"),
    ("吉C12345?", "plate.shape"),
    ("吉C1234_", "plate.shape"),
    ("吉C1234五", "plate.shape"),
    ("吉C١٢٣٤٥", "plate.shape"),
    ("吉С12345", "plate.shape"),  # Cyrillic
    ("吉C①2345", "plate.shape"),
    ("吉吉C1234", "plate.shape"),
    ("吉CC", "plate.shape"),
    ("吉C12345,吉C12346", "plate.shape"),
    ("吉C12345、吉C1234挂", "plate.shape"),
    ("吉C" + "1" * 300, "plate.shape"),
    ("吉C12345；", "plate.shape"),
    ("吉C<2345", "plate.shape"),
    ("吉C12\u200b345", "hidden"),
    ("吉C12345\u202c", "hidden"),
    ("吉C12\x00345", "hidden"),
    ("吉C\n12345", "hidden"),
    ("\ufeff吉C12345", "hidden"),
]


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_plate(typed)
    assert refused.value.code == code
    assert len(refused.value.message) <= 45


@pytest.mark.parametrize(
    ("typed", "new_energy", "message"),
    [
        ("吉C12345", True, "您选了新能源，号牌应是 8 位，现在 7 位。请再核对。"),
        ("吉CDAB123", True, "车牌不像真实号牌。普通车 7 位，新能源车 8 位。没有号牌请选“无牌”。"),
        ("吉CD12345", False, "吉CD12345 是小型新能源号牌，与您选的号牌种类不一致。请核对。"),
    ],
)
def test_choice_of_new_energy(typed: str, new_energy: bool, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        parse_plate(typed, new_energy=new_energy)


def test_demo_plates() -> None:
    for kind in ("ordinary", "trailer", "small_new_energy", "large_new_energy"):
        assert parse_plate(demo_plate(12, kind=kind)).kind is PlateKind[kind.upper()]


def test_plates_without_pattern_are_kept() -> None:
    assert parse_special_plate("使 014·578").number == "使014578"
    assert parse_special_plate("吉C12345（临）", temporary=True).kind is PlateKind.TEMPORARY
    for wrong in ("", "使", "使" * 21, "使<b>1", "使1\u200b2"):
        with pytest.raises(InvalidValue):
            parse_special_plate(wrong)
