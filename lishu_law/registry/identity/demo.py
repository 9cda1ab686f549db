"""Invented but formally right identities for demo data and tests, one for each seed (shared decision 14).

Identity numbers use the unassigned area 220399, credit codes carry DEM in the organisation code, names say 示例 or
演示: nobody can take them for real.
"""

from __future__ import annotations

from datetime import date, timedelta

from lishu_law.registry.identity.id_card import DEMO_AREA, id_check_digit
from lishu_law.registry.identity.uscc import organisation_check_digit, uscc_check_digit

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = ("演示", "示例", "演例", "例示", "演", "例")
_PLACES = ("梨树", "榆树台", "郭家店", "小城子", "喇嘛甸", "蔡家", "孤家子", "刘家馆子")
_TRADES = ("货运", "物流", "汽车运输", "砂石运输", "客运", "汽车维修", "搬运装卸", "驾驶培训")
_SHOPS = ("货运部", "汽修部", "配货站", "洗车行", "轮胎店")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
MOST_SEEDS = 10_000


def demo_id_number(seed: int, *, gender: str = "male") -> str:
    """An identity number of area 220399 with a right check digit; born between 1956 and 2005."""
    born_on = date(1956, 1, 1) + timedelta(days=(seed * 7919) % 18_000)
    serial = (seed * 2) % 998 + (1 if gender == "male" else 2)
    first_17 = f"{DEMO_AREA}{born_on:%Y%m%d}{serial:03}"
    return first_17 + id_check_digit(first_17)


def demo_uscc(seed: int, *, individual_business: bool = False) -> str:
    """A credit code of Lishu, 91220322MDEM… (92… for 个体工商户), with both check digits right."""
    organisation = f"MDEM{seed % MOST_SEEDS:04}"
    first_17 = f"{'92' if individual_business else '91'}220322{organisation}{organisation_check_digit(organisation)}"
    return first_17 + uscc_check_digit(first_17)


def demo_plate(seed: int, *, kind: str = "ordinary") -> str:
    """A plate of Siping: ``ordinary``, ``trailer``, ``small_new_energy`` or ``large_new_energy``."""
    number, letter = seed % MOST_SEEDS, _LETTERS[seed // MOST_SEEDS % len(_LETTERS)]
    return {
        "ordinary": f"吉C{letter}{number:04}",
        "trailer": f"吉C{number:04}挂",
        "small_new_energy": f"吉CD{letter}{number:04}",
        "large_new_energy": f"吉C{seed % 100_000:05}D",
    }[kind]


def demo_mobile(seed: int) -> str:
    """A mobile number of the block 1300000, which is recognisably not in use by anybody in the demo."""
    return f"1300000{seed % MOST_SEEDS:04}"


def demo_person_name(seed: int) -> str:
    """赵演示, 钱演示, …"""
    return _SURNAMES[seed % len(_SURNAMES)] + _GIVEN[seed // len(_SURNAMES) % len(_GIVEN)]


def demo_organisation_name(seed: int) -> str:
    """梨树县梨树示例货运有限公司 and so on; from the 65th on numbered."""
    place, trade = _PLACES[seed % len(_PLACES)], _TRADES[seed // len(_PLACES) % len(_TRADES)]
    round_number = seed // (len(_PLACES) * len(_TRADES))
    return f"梨树县{place}示例{trade}{f'{round_number}号' if round_number else ''}有限公司"


def demo_shop_name(seed: int) -> str:
    """The registered trade name of an invented 个体工商户."""
    place, shop = _PLACES[seed % len(_PLACES)], _SHOPS[seed // len(_PLACES) % len(_SHOPS)]
    round_number = seed // (len(_PLACES) * len(_SHOPS))
    return f"梨树县{place}演示{shop}{f'{round_number}号' if round_number else ''}"
