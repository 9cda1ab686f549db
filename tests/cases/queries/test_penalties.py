"""What a decision confiscates in money, for the exchange (V04): gains, nothing, or things that are no money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cases.models import Discretion
from cases.queries.penalties import confiscated_of, penalties_of


def chosen(*measures: str, gains: str = "") -> Discretion:
    facts = {"illegal_income": gains} if gains else {}
    assessed = {"measures": list(measures), "unit": "yuan", "facts": facts}
    return Discretion(result={"assessment": assessed}, amount=Decimal(1000))


@pytest.mark.parametrize(
    ("discretion", "kinds", "money"),
    [
        (chosen("责令改正"), ["02"], None),
        (chosen("没收违法所得", gains="30000"), ["03", "02"], Decimal(30000)),
        (chosen("没收违法所得", gains="0"), ["02"], None),
        (chosen("没收违法所得"), ["02"], None),
        (chosen("没收假冒伪劣配件及报废车辆"), ["04", "02"], Decimal("0.00")),
        (chosen("没收违法所得、假冒伪劣配件", gains="500"), ["03", "04", "02"], Decimal(500)),
        (chosen("没收违法所得、假冒伪劣配件"), ["04", "02"], Decimal("0.00")),
    ],
)
def test_money_stands_beside_every_confiscation(discretion: Discretion, kinds: list[str], money: Decimal) -> None:
    assert [one.kind for one in penalties_of(discretion)] == kinds
    assert confiscated_of(discretion) == money
