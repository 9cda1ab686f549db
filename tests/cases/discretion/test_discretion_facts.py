"""Facts: the table of variables, types, sizes, defaults and nested windows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cases.discretion.facts import TABLE, VARIABLES, FactError, checked, complete, in_order, plain, read_value

pytestmark = pytest.mark.law


def test_every_variable_is_askable_and_readable() -> None:
    assert len(VARIABLES) == len(TABLE) == 53
    for variable in TABLE:
        assert variable.question.endswith("？")
        assert variable.kind != "bool" or (variable.yes and variable.no)
        assert variable.kind != "choice" or variable.choices


def test_defaults_of_a_completed_questionnaire() -> None:
    facts = complete({})
    assert facts["corrected"] is True
    assert facts["obstruct"] is False
    assert facts["harm"] == "none"
    assert facts["violations_12m"] == 1
    assert facts["party_type"] == facts["road_class"] == facts["unit_tier"] == ""
    assert facts["prior_same_total"] == 0


@pytest.mark.parametrize(
    ("given", "raised"),
    [
        ({"prior_same_12m": 1}, {"prior_same_24m": 1, "prior_same_total": 1, "prior_same_calendar_year": 0}),
        ({"prior_same_calendar_year": 2}, {"prior_same_12m": 2, "prior_same_24m": 2, "prior_same_total": 2}),
        ({"prior_same_12m": 3, "prior_same_total": 1}, {"prior_same_24m": 3, "prior_same_total": 3}),
        ({"prior_same_vehicle_12m": 1}, {"prior_same_vehicle_total": 1, "prior_same_total": 0}),
        ({"prior_same_total": 4}, {"prior_same_12m": 0, "prior_same_24m": 0}),
    ],
)
def test_windows_are_nested(given: dict[str, int], raised: dict[str, int]) -> None:
    facts = complete(given)
    assert {name: facts[name] for name in raised} == raised


def test_on_screen_an_absent_counter_stays_unknown() -> None:
    assert checked({"prior_same_12m": 1}) == {"prior_same_12m": 1}
    assert checked({"prior_same_12m": 2, "prior_same_24m": 1})["prior_same_24m"] == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nonsense", True),
        ("obstruct", 1),
        ("obstruct", "True"),
        ("harm", "huge"),
        ("harm", ""),
        ("harm", True),
        ("passengers", True),
        ("passengers", "4"),
        ("passengers", Decimal("4.5")),
        ("passengers", -1),
        ("passengers", 10**12),
        ("over_kg", Decimal("-0.01")),
        ("over_kg", Decimal("NaN")),
        ("over_kg", Decimal("Infinity")),
        ("over_kg", 1.5),
        ("illegal_income", Decimal("10000000000")),
    ],
)
def test_wrong_facts_are_refused(name: str, value: object) -> None:
    with pytest.raises(FactError):
        checked({name: value})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("obstruct", "True", True),
        ("obstruct", "False", False),
        ("harm", "minor", "minor"),
        ("passengers", "4", 4),
        ("over_kg", "3300", Decimal(3300)),
        ("rated_tonnes", "4.5", Decimal("4.5")),
    ],
)
def test_values_of_a_file(name: str, text: str, value: object) -> None:
    assert read_value(name, text) == value
    assert type(read_value(name, text)) is type(value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("obstruct", "true"),
        ("obstruct", "1"),
        ("passengers", "-1"),
        ("passengers", "4.0"),
        ("passengers", ""),
        ("passengers", "４"),
        ("over_kg", "1e3"),
        ("over_kg", "1,000"),
        ("over_kg", "1.2.3"),
        ("over_kg", "."),
        ("harm", "'none'"),
        ("nothing", "1"),
    ],
)
def test_wrong_values_of_a_file(name: str, text: str) -> None:
    with pytest.raises(FactError):
        read_value(name, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1000.00"), "1000"),
        (Decimal("2.60"), "2.6"),
        (Decimal("1E+3"), "1000"),
        (7, "7"),
        (Decimal("0.5"), "0.5"),
    ],
)
def test_plain_numbers(value: Decimal | int, text: str) -> None:
    assert plain(value) == text


def test_order_of_asking_is_the_table() -> None:
    assert [variable.name for variable in in_order({"obstruct", "prior_same_12m", "harm"})] == [
        "prior_same_12m",
        "harm",
        "obstruct",
    ]
    assert VARIABLES["harm"].phrase("minor") == "造成轻微危害后果"
    assert VARIABLES["road_class"].phrase("") == "公路等级未填写"
