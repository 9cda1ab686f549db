"""The condition language: three-valued logic, and nothing outside the grammar."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from cases.discretion.benchmark import Benchmark
from cases.discretion.conditions import ConditionError, parse, unknown_facts

pytestmark = pytest.mark.law

T, F, U = True, False, None


def with_truth(first: bool | None, second: bool | None) -> dict[str, bool]:
    values = {"obstruct": first, "restored": second}
    return {name: value for name, value in values.items() if value is not None}


AND = {(T, T): T, (T, F): F, (T, U): U, (F, T): F, (F, F): F, (F, U): F, (U, T): U, (U, F): F, (U, U): U}
OR = {(T, T): T, (T, F): T, (T, U): T, (F, T): T, (F, F): F, (F, U): U, (U, T): T, (U, F): U, (U, U): U}


@pytest.mark.parametrize(("first", "second"), list(itertools.product((T, F, U), repeat=2)))
def test_three_valued_tables(first: bool | None, second: bool | None) -> None:
    facts = with_truth(first, second)
    assert parse("obstruct and restored").holds(facts) is AND[first, second]
    assert parse("obstruct or restored").holds(facts) is OR[first, second]
    assert parse("not obstruct").holds(facts) is (None if first is None else not first)


@pytest.mark.parametrize(
    ("text", "facts", "truth"),
    [
        ("", {}, T),
        ("   ", {}, T),
        ("True", {}, T),
        ("False or obstruct", {"obstruct": True}, T),
        ("1<=months<3", {"months": Decimal(1)}, T),
        ("1<=months<3", {"months": Decimal(3)}, F),
        ("1<=months<3", {}, U),
        ("0<days_expired<=30", {"days_expired": 30}, T),
        ("0<days_expired<=30", {"days_expired": 0}, F),
        ("not blocked_minutes>0", {"blocked_minutes": Decimal(0)}, T),
        ("not blocked_minutes>0 and obstruct", {"blocked_minutes": Decimal(0), "obstruct": False}, F),
        ("obstruct or restored and corrected", {"obstruct": True, "restored": False, "corrected": False}, T),
        ("(obstruct or restored) and corrected", {"obstruct": True, "restored": False, "corrected": False}, F),
        ("harm!='none'", {"harm": "minor"}, T),
        ('harm=="none"', {"harm": "none"}, T),
        ("party_type=='org'", {"party_type": ""}, F),
        ("party_type!='org'", {"party_type": ""}, F),
        ("party_type!='org'", {"party_type": "person"}, T),
        ("corrected==True", {"corrected": True}, T),
        ("5>passengers", {"passengers": 4}, T),
        ("over_ratio>0.10", {"over_ratio": Decimal("0.1")}, F),
        ("prior_same_24m>=prior_same_12m", {"prior_same_24m": 1, "prior_same_12m": 1}, T),
        ("not not obstruct", {"obstruct": True}, T),
    ],
)
def test_outcome(text: str, facts: dict[str, object], truth: bool | None) -> None:
    assert parse(text).holds(facts) is truth  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "obstruct.__class__",
        "len(harm)",
        "import os",
        "lambda: 1",
        "obstruct if restored else corrected",
        "harm in ('none',)",
        "harm is 'none'",
        "[obstruct]",
        "{obstruct}",
        "obstruct; restored",
        "obstruct\nor restored",
        "obstruct = True",
        "obstruct := True",
        "passengers + 1 > 2",
        "passengers > -1",
        "passengers > 1e3",
        "passengers > 0x10",
        "passengers > 1_000",
        "passengers > .5",
        "passengers > 5.",
        "passengers > １０",
        "ｏbstruct",
        "оbstruct",  # Cyrillic о
        "obstruct\u00a0and restored",
        "obstruct\u200b",
        "obstruct & restored",
        "obstruct && restored",
        "!obstruct",
        "~obstruct",
        "obstruct and",
        "and obstruct",
        "not",
        "()",
        "(obstruct",
        "obstruct)",
        "obstruct restored",
        "'none'",
        "5",
        "passengers",
        "harm",
        "harm=='huge'",
        "harm=='none",
        "harm=='no\\'ne'",
        "'none'=='none'",
        "harm==road_class",
        "harm>'none'",
        "obstruct>restored",
        "obstruct==1",
        "passengers=='4'",
        "passengers>",
        "passengers<>4",
        "unknown_thing",
        "None",
        "true",
        "os",
        "#obstruct",
        'f"{harm}"=="none"',
        "\ufeffobstruct",
        "obstruct or " * 200 + "obstruct",
        "obstruct" + " " * 3000 + "or restored",
        "(" * 60 + "obstruct" + ")" * 60,
        "not " * 60 + "obstruct",
        "passengers==4" + "==4" * 200,
    ],
)
def test_outside_the_language_is_refused(text: str) -> None:
    with pytest.raises(ConditionError):
        parse(text)


def test_faults_say_where() -> None:
    with pytest.raises(ConditionError, match="第 14 个字符"):
        parse("obstruct and wrong_name")
    with pytest.raises(ConditionError, match="没有写完"):
        parse("obstruct or")


@pytest.mark.parametrize(
    ("text", "facts", "open_names"),
    [
        ("obstruct and restored", {}, {"obstruct", "restored"}),
        ("obstruct and restored", {"obstruct": False}, set()),
        ("obstruct and restored", {"obstruct": True}, {"restored"}),
        ("obstruct or restored", {"obstruct": True}, set()),
        ("not obstruct", {}, {"obstruct"}),
        ("(obstruct and restored) or passengers>3", {"obstruct": False}, {"passengers"}),
        ("0<over_kg<=1000", {}, {"over_kg"}),
        ("", {}, set()),
    ],
)
def test_only_facts_that_still_matter_are_asked(text: str, facts: dict[str, bool], open_names: set[str]) -> None:
    assert unknown_facts(parse(text), facts) == open_names


@pytest.mark.parametrize(
    ("text", "facts", "names"),
    [
        ("prior_same_12m>=2 or harm=='serious'", {"prior_same_12m": 1, "harm": "serious"}, ("harm",)),
        (
            "prior_same_12m==0 and not obstruct",
            {"prior_same_12m": 0, "obstruct": False},
            ("prior_same_12m", "obstruct"),
        ),
        ("obstruct", {"obstruct": False}, ()),
        ("", {}, ()),
    ],
)
def test_deciding_names(text: str, facts: dict[str, object], names: tuple[str, ...]) -> None:
    assert parse(text).deciding(facts) == names  # type: ignore[arg-type]


def test_clauses_are_the_outer_conjunction() -> None:
    assert len(parse("obstruct and (restored or corrected) and passengers>1").clauses()) == 3
    assert len(parse("1<=months<3").clauses()) == 1
    assert parse("").clauses() == ()


def test_every_shipped_expression_is_in_the_language(shipped: Benchmark) -> None:
    conditions = [row.condition for row in shipped.rows] + [row.branch for row in shipped.rows]
    listed = [row.condition for row in shipped.lists if row.condition is not None]
    assert len(conditions) == 2 * 581
    assert len(listed) == 59
    assert all(condition.root is not None for condition in (row.condition for row in shipped.rows))
