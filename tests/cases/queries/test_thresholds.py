"""以上 includes the number itself (gen-above-below): the cent below is not yet above."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cases.queries.thresholds import hearing_is_due, is_major, threshold

pytestmark = pytest.mark.law
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("kind", "amount", "due"),
    [
        ("organisation", "9999.99", False), ("organisation", "10000.00", True), ("organisation", "10000.01", True),
        ("citizen", "999.99", False), ("citizen", "1000.00", True), ("individual_business", "1000.00", True),
    ],
)  # fmt: skip
def test_the_number_itself_is_included(kind: str, amount: str, due: bool) -> None:
    assert hearing_is_due(kind, Decimal(amount), DAY) is due
    limit = threshold("major_decision", kind, DAY)
    assert is_major(kind, limit, DAY)
    assert not is_major(kind, limit - Decimal("0.01"), DAY)
    assert not hearing_is_due(kind, None, DAY)
