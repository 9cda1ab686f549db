"""首违查询: window, subject, match and territory are dated parameters; what was asked is printed with its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.discretion import set_discretion
from cases.models import Case, CasePerson, Decision, Discretion
from cases.queries.first_violation import UNREACHED, first_violation
from lishu_law.errors import Refused
from lishu_law.law import parameters
from lishu_law.law.parameters import DEFAULT_PARAMETERS, Parameter, ParameterError
from lishu_law.registry.models import Party, Unit
from tests import scenarios
from tests.cast import Cast, make_cast
from tests.scenarios import ANSWERS, Walk, case_at

pytestmark = pytest.mark.django_db
Put = Callable[[str, str], None]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """Another value of a parameter, as a new row of the table would give it."""
    values = dict(DEFAULT_PARAMETERS._values)

    def change(code: str, value: str) -> None:
        old = values[f"first_violation.{code}"][0]
        new = Parameter(old.code, old.title, value, old.unit, old.valid_from, None, "测试", True)
        values[f"first_violation.{code}"] = [new]

    monkeypatch.setattr(DEFAULT_PARAMETERS, "_values", values)
    yield change
    assert parameters.DEFAULT_PARAMETERS is DEFAULT_PARAMETERS


def pair(cast: Cast, settled_on: date) -> tuple[Case, Case]:
    """A decided case, and a later one of the same party and vehicle whose act was on 2 March 2026."""
    earlier = the_day_before("decided", cast).case
    Case.objects.filter(pk=earlier.pk).update(decided_on=settled_on, filed_on=date(2020, 1, 1))
    earlier.refresh_from_db()
    return earlier, case_at("evidence_verified", cast).case


def the_day_before(state: str, cast: Cast) -> Walk:
    """Officers are in one place at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenarios, "ACT_AT", scenarios.ACT_AT - timedelta(days=1))
        return case_at(state, cast)


@pytest.mark.parametrize(
    ("settled_on", "is_first"),
    [
        (date(2024, 3, 1), True),
        (date(2024, 3, 2), False),
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
    ],
)
def test_the_window_of_months_ends_the_day_before_the_act(cast: Cast, settled_on: date, is_first: bool) -> None:
    _earlier, case = pair(cast, settled_on)
    assert first_violation(case).is_first is is_first


@pytest.mark.parametrize(
    ("kind", "settled_on", "is_first"),
    [
        ("calendar_year", date(2025, 12, 31), True),
        ("calendar_year", date(2026, 1, 1), False),
        ("since_list_start", date(2021, 7, 14), True),
        ("since_list_start", date(2021, 7, 15), False),
        ("lifetime", date(2020, 1, 1), False),
    ],
)
def test_other_windows(cast: Cast, put: Put, kind: str, settled_on: date, is_first: bool) -> None:
    put("window_kind", kind)
    _earlier, case = pair(cast, settled_on)
    assert first_violation(case).is_first is is_first


def test_the_number_of_months_is_the_parameter(cast: Cast, put: Put) -> None:
    _earlier, case = pair(cast, date(2025, 3, 2))
    put("look_back_months", "11")
    assert first_violation(case).is_first
    put("look_back_months", "12")
    assert not first_violation(case).is_first
    assert "以前12个月" in first_violation(case).sentence()


def other_party(case: Case) -> None:
    party = Party.objects.get(pk=case.party_id)
    party.pk, party.reference, party.uscc, party.kind = None, "DSRTEST001", "", "individual_business"
    party.save(force_insert=True)
    Case.objects.filter(pk=case.pk).update(party=party)


def test_party_or_vehicle_or_driver(cast: Cast, put: Put) -> None:
    earlier, case = pair(cast, date(2026, 1, 5))
    other_party(case)
    case.refresh_from_db()
    assert not first_violation(case).is_first  # the vehicle
    put("subject", "party")
    assert first_violation(case).is_first
    put("subject", "party+driver")
    assert first_violation(case).is_first  # without a number nobody is known to be the same
    for one in CasePerson.objects.filter(case__in=[earlier, case], role="driver"):
        one.id_number = "220399198506300011"
        one.save(update_fields=["id_number"])
    assert not first_violation(case).is_first
    CasePerson.objects.filter(case=earlier).update(name="示例他人")
    assert first_violation(case).is_first


def test_same_item_same_article_or_same_field(cast: Cast, put: Put) -> None:
    earlier, case = pair(cast, date(2026, 1, 5))
    Case.objects.filter(pk=earlier.pk).update(item_code="frt-solicit")
    assert first_violation(case).is_first
    put("match", "article")
    assert not first_violation(case).is_first  # both 道路运输条例68(2)
    Case.objects.filter(pk=earlier.pk).update(item_code="frt-modify")
    assert first_violation(case).is_first
    put("match", "domain")
    assert not first_violation(case).is_first
    Case.objects.filter(pk=earlier.pk).update(domain="道路客运")
    assert first_violation(case).is_first


def test_own_authority_or_everything_reached_and_what_was_not_reached_is_said(cast: Cast, put: Put) -> None:
    earlier, case = pair(cast, date(2026, 1, 5))
    other = Unit.objects.exclude(pk=case.authority_id).first()
    Case.objects.filter(pk=earlier.pk).update(authority=other)
    found = first_violation(case)
    assert not found.is_first
    assert found.sentence().endswith(UNREACHED)
    put("territory", "authority")
    assert first_violation(case).is_first
    assert UNREACHED not in first_violation(case).sentence()


@pytest.mark.parametrize(
    ("code", "value"), [("window_kind", "两年"), ("subject", "party+车"), ("match", ""), ("territory", "county")]
)
def test_a_word_nobody_knows_is_an_error_not_a_guess(cast: Cast, put: Put, code: str, value: str) -> None:
    case = case_at("clue", cast).case
    put(code, value)
    with pytest.raises(ParameterError):
        first_violation(case)


def test_a_decision_that_fell_does_not_count(cast: Cast) -> None:
    earlier, case = pair(cast, date(2026, 1, 5))
    Decision.objects.filter(case=earlier).update(case=None, former_case=earlier, superseded_at=earlier.created_at)
    assert first_violation(case).is_first


def test_the_query_is_printed_with_time_person_window_and_hits(cast: Cast) -> None:
    earlier, case = pair(cast, date(2026, 1, 5))
    said = first_violation(case, cast.lead).sentence()
    for part in (
        "首违查询：",
        cast.lead.full_name,
        "2024-03-02至2026-03-01",
        "当事人、车辆",
        "同一案由",
        f"{earlier.case_no}（2026-01-05）",
    ):
        assert part in said


def test_it_costs_few_statements(cast: Cast) -> None:
    _earlier, case = pair(cast, date(2026, 1, 5))
    first_violation(case)
    with CaptureQueriesContext(connection) as queries:
        first_violation(case)
    assert len(queries) <= 1


SPILL = {
    "harm": "none", "obstruct": False, "order_refused": False, "reloaded_properly": True, "cleaned_in_time": True,
    "blocked_minutes": 0, "traffic_affected": False,
}  # fmt: skip


def spilled(cast: Cast) -> Walk:
    walk = case_at("evidence_verified", cast)
    Case.objects.filter(pk=walk.case.pk).update(item_code="road-spill")
    return walk


def assessed(walk: Walk) -> Discretion:
    given = {
        "facts": SPILL, "factors": (), "answers": ANSWERS, "answers_note": "有现场照片证明已经清理。", "amount": None,
        "reason": "",
    }  # fmt: skip
    walk.step(set_discretion, walk.cast.lead, **given)
    return Discretion.objects.get(case=walk.case)


def test_a_first_violation_is_exempted_and_the_query_stands_in_file_and_report(cast: Cast) -> None:
    row = assessed(spilled(cast))
    assert row.action == "no_penalty"
    asked = row.result["first_violation"]
    assert asked["hits"] == []
    assert asked["text"].startswith("首违查询：")
    assert any(line.startswith("首违查询：") for line in row.result["report_text"])


def test_a_hit_by_the_vehicle_bars_the_list_though_the_party_is_new(cast: Cast) -> None:
    earlier = the_day_before("decided", cast).case
    Case.objects.filter(pk=earlier.pk).update(
        item_code="road-spill", decided_on=date(2026, 1, 5), filed_on=date(2026, 1, 1)
    )
    walk = spilled(cast)
    other_party(walk.case)
    with pytest.raises(Refused) as refused:
        assessed(walk)
    assert {one.fix for one in refused.value.refusals} >= {"amount"}
