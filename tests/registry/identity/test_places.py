"""Places: route and stake in one normal form, addresses as they are."""

from __future__ import annotations

import pytest

from lishu_law.registry.identity import InvalidValue, Place, parse_place, parse_route, parse_stake

pytestmark = pytest.mark.law


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("G303 K12+300", Place("G303 K12+300", "G303", "K12+300")),
        ("g303k12+300", Place("G303 K12+300", "G303", "K12+300")),
        ("Ｇ３０３ Ｋ１２＋３００", Place("G303 K12+300", "G303", "K12+300")),
        ("G303线K12+5", Place("G303 K12+005", "G303", "K12+005")),
        ("G303 K0+0", Place("G303 K0+000", "G303", "K0+000")),
        ("S216 K012+300 处路南", Place("S216 K12+300 处路南", "S216", "K12+300")),
        ("国道G303 K12+300处", Place("国道G303 K12+300处", "G303", "K12+300")),
        ("京抚线 K812+40 附近", Place("京抚线 K812+40 附近", "", "K812+040")),
        ("梨树县梨树镇奉化大街 1 号", Place("梨树县梨树镇奉化大街 1 号")),
        ("梨树镇KTV门前", Place("梨树镇KTV门前")),
        ("𠮷祥村委会门前", Place("𠮷祥村委会门前")),
    ],
)
def test_places(typed: str, place: Place) -> None:
    assert parse_place(typed) == place


PLACES_REFUSED = [
    "",
    " ",
    "\u3000",
    "路",
    "K",
    "路" * 201,
    "𠮷" * 201,
    "G303 K12+3000",
    "G303 K12",
    "G303 K12.3",
    "G303 K",
    "G303 K12+",
    "K12+3000",
    "G303 K12+30a0".replace("a", "0"),
    "G303 K12345+300",
    "国道 K12 处",
    "G303\u200bK12+300",
    "\u202eG303 K12+300",
    "G303\x00K12+300",
    "G303\nK12+300",
    "G303 K12+300\u2069",
    "路\ufeff口",
    "路\u00ad口",
    "路\t口",
    "x" * 20000,
]
STAKES_REFUSED = [
    "",
    "12+300",
    "K12",
    "K12+",
    "K+300",
    "K12+3000",
    "K12-300",
    "K12 300",
    "K12.3",
    "K12+3.5",
    "KK12+300",
    "K12+30O",
    "K１２",
    "K-1+300",
    "K12++300",
    "K12345+1",
    "L12+300",
    "K12+300m",
    "桩号",
    "K十二+三百",
    "K12+300,",
    "K12+300K13",
    "K12\u200b+300",
    "K12\n+300",
]
ROUTES_REFUSED = [
    "",
    "303",
    "G",
    "G12345",
    "B303",
    "GG303",
    "G3O3",
    "国道303",
    "G303 K1",
    "G\u200b303",
    "G-303",
    "G303号",
    "<G303>",
]


@pytest.mark.parametrize("typed", PLACES_REFUSED)
def test_places_refused(typed: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_place(typed)
    assert len(refused.value.message) <= 40


@pytest.mark.parametrize("typed", STAKES_REFUSED)
def test_stakes_refused(typed: str) -> None:
    with pytest.raises(InvalidValue):
        parse_stake(typed)


@pytest.mark.parametrize("typed", ROUTES_REFUSED)
def test_routes_refused(typed: str) -> None:
    with pytest.raises(InvalidValue):
        parse_route(typed)
