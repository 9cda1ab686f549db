"""May this fine be decided: range, statute, whole yuan, reason, minutes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cases.discretion.checks import CITATION, allowed_range, check_amount

pytestmark = pytest.mark.law


def refused(result: Any, amount: str | None, reason: str = "首次违法，配合调查") -> list[str]:
    refusals = check_amount(result, None if amount is None else Decimal(amount), reason=reason)
    for refusal in refusals:
        assert refusal.citation
        assert "！" not in refusal.message
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize(
    ("amount", "codes"),
    [
        ("1000", []),
        ("1000.00", []),
        ("1600", []),
        ("999", ["amount.range"]),
        ("1601", ["amount.range"]),
        ("3000", ["amount.range"]),
        ("3001", ["amount.statute"]),
        ("1000.50", ["amount.whole"]),
        ("0", ["amount.size"]),
        ("-1000", ["amount.size"]),
        ("NaN", ["amount.size"]),
        ("Infinity", ["amount.size"]),
        ("1E+12", ["amount.size"]),
        (None, ["amount.missing"]),
    ],
)
def test_the_demo_story(run: Any, amount: str | None, codes: list[str]) -> None:
    assert refused(run("frt-scatter"), amount) == codes


def test_wording_and_citation(run: Any) -> None:
    result = run("frt-scatter")
    (refusal,) = check_amount(result, Decimal(900), reason="首次违法")
    assert refusal.message == "罚款应在 1000–1600 元之间（裁量基准“较轻”档）。如需减轻，请先选减轻理由。"
    assert refusal.citation == CITATION
    assert refused(result, "900", "  ") == ["amount.reason", "amount.range"]


def test_reduction_needs_minutes_and_its_own_range(run: Any) -> None:
    facts = {"passengers": 2}
    pending = run("pax-unlicensed", facts, factors=("M4",), reduce=True)
    assert refused(pending, "9999") == ["amount.minutes"]
    result = run("pax-unlicensed", facts, factors=("M4",), reduce=True, minutes=True)
    assert refused(result, "9999") == []
    assert refused(result, "1000") == []
    assert refused(result, "999") == ["amount.range"]
    assert refused(result, "10000") == ["amount.range"]
    assert "十分之一" in check_amount(result, Decimal(999), reason="立功")[0].message


@pytest.mark.parametrize(
    ("item", "facts", "circumstances"),
    [
        ("gps-offline", {}, {}),
        ("taxi-receipt", {"corrected_immediately": True}, {}),
        ("pax-stops", {}, {"competent": False}),
    ],
)
def test_no_fine_where_none_is_possible(run: Any, item: str, facts: Any, circumstances: Any) -> None:
    result = run(item, facts, **circumstances)
    assert refused(result, "500") == ["amount.no_fine"]
    assert refused(result, None, "") == []


def test_unanswered_questions_block_everything(run: Any) -> None:
    result = run("frt-scatter", complete=False)
    assert refused(result, None) == refused(result, "1000") == ["amount.no_fine"]


def test_warning_and_other_penalties_take_no_amount(run: Any) -> None:
    warning = run("ovl-mass", {"over_kg": Decimal(500)})
    assert refused(warning, None) == []
    assert refused(warning, None, "") == ["amount.reason"]
    assert refused(warning, "100") == ["amount.no_fine"]
    assert refused(run("ovl-repeat", {"violations_12m": 4}), "100") == ["amount.no_fine"]


def test_multiples_allow_cents(run: Any) -> None:
    result = run("pax-unlicensed", {"illegal_income": Decimal("30000.25")})
    assert refused(result, "60000.50") == []
    assert refused(result, "60000.505") == ["amount.whole"]
    assert refused(result, "60000.49") == ["amount.range"]


def test_without_a_tier_the_statute_is_the_limit(run: Any) -> None:
    result = run("road-occupy", {"corrected": False})
    assert result.action == "no_suggestion"
    assert refused(result, "30000") == []
    assert refused(result, "30001") == ["amount.statute"]
    unknown = run("nonsense")
    assert allowed_range(unknown) is None
    assert refused(unknown, "100") == ["amount.no_fine"]
    other = run("waterway-dump", {})
    assert allowed_range(other) is None


def test_the_older_text_opens_the_range_downwards(run: Any) -> None:
    result = run("pax-unlicensed", {"passengers": 6}, act="2023-06-20", decision="2023-09-01")
    assert refused(result, "30000") == []
    assert refused(result, "29999") == ["amount.range"]
