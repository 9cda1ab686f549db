"""Similar decided cases: which count, one statement, and an amount that stands out needs its reason in the file."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.discretion import set_discretion
from cases.models import Decision, Discretion
from cases.queries.similar import mirror
from lishu_law.errors import Refused
from tests import scenarios
from tests.branch_scenes import codes
from tests.cast import Cast, make_cast
from tests.scenarios import ACT_AT, ANSWERS, FACTS, Walk, case_at

pytestmark = pytest.mark.django_db
ITEM, TIER = "frt-scatter", "较轻"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def at_hour(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The next case happens an hour later: officers are in one place at a time."""
    hours = itertools.count(1)

    def walk(state: str, cast: Cast, **more: Any) -> Walk:
        monkeypatch.setattr(scenarios, "ACT_AT", ACT_AT + timedelta(hours=next(hours)))
        return case_at(state, cast, **more)

    return walk


def choose(walk: Walk, amount: str, **changed: Any) -> Discretion:
    values = {
        "facts": FACTS,
        "factors": (),
        "answers": ANSWERS,
        "answers_note": "均无相应证据。",
        "reason": "本档内确定。",
    }
    walk.step(set_discretion, walk.cast.lead, amount=Decimal(amount), **{**values, **changed})
    return Discretion.objects.get(case=walk.case)


def test_only_standing_decisions_of_item_and_tier_without_this_case(cast: Cast, at_hour: Any) -> None:
    for amount in ("1000", "1100"):
        at_hour("decided", cast, amount=amount)
    own = at_hour("decided", cast, amount="1100")
    found = mirror(ITEM, TIER, date(2026, 12, 1), but_case=own.case.pk)
    assert found.spread.amounts == ((Decimal("1000.00"), 1), (Decimal("1100.00"), 1))
    assert [one.amount for one in found.cases] == [Decimal(1100), Decimal(1000)]
    assert mirror(ITEM, "一般", date(2026, 12, 1)).spread.count == 0
    assert mirror("road-dig", TIER, date(2026, 12, 1)).spread.count == 0
    assert mirror(ITEM, TIER, date(2031, 1, 1)).spread.count == 0
    fell = Decision.objects.get(case=own.case)
    fell.former_case, fell.case, fell.superseded_at = own.case, None, own.at
    fell.save()
    assert mirror(ITEM, TIER, date(2026, 12, 1)).spread.count == 2


def test_one_statement_from_the_index(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as captured:
        mirror(ITEM, TIER, date(2026, 12, 1))
    assert len(captured) == 1


def test_an_amount_that_stands_out_needs_a_reason_that_goes_into_the_file(cast: Cast, at_hour: Any) -> None:
    for _ in range(5):
        at_hour("decided", cast)
    walk = at_hour("evidence_verified", cast)
    with pytest.raises(Refused) as refused:
        choose(walk, "1600")
    assert codes(refused) == ["decide-discretion"]
    assert refused.value.refusals[0].fix == "outlier_reason"
    assert "高于通常的数额" in refused.value.refusals[0].message
    row = choose(walk, "1600", outlier_reason="散落在学校门前，社会影响较大。")
    assert row.similar["is_outlier"]
    assert (row.similar["count"], row.similar["usual"]) == (5, ["1000.00", "1000.00"])
    said = [text for text in row.result["report_text"] if "已决案件比较" in text]
    assert len(said) == 1
    assert "散落在学校门前，社会影响较大" in said[0]


def test_a_usual_amount_needs_none(cast: Cast, at_hour: Any) -> None:
    for _ in range(5):
        at_hour("decided", cast)
    row = choose(at_hour("evidence_verified", cast), "1000")
    assert not row.similar["is_outlier"]
    assert any("在通常的范围以内" in text for text in row.result["report_text"])
