"""The law-change radar: open cases of changed violations with old and new result, decided ones never."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.models import Edition
from cases.queries.editions import changes_against
from cases.queries.radar import radar
from tests import scenarios
from tests.cases.editions.files import as_csv, ordered, received, shipped_rows
from tests.cast import Cast, make_cast
from tests.scenarios import ACT_AT, case_at

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def newer(cast: Cast, row_id: str, **changed: str) -> Edition:
    rows = [row | (changed if row["row_id"] == row_id else {}) for row in shipped_rows("benchmark")]
    return Edition.objects.get(load=ordered(cast.reviewer, received(cast.reviewer, as_csv(rows), "benchmark")))


def test_open_cases_show_old_beside_new_and_decided_ones_do_not(cast: Cast, monkeypatch: Any) -> None:
    case_at("decided", cast)
    monkeypatch.setattr(scenarios, "ACT_AT", ACT_AT + timedelta(hours=1))
    walk = case_at("discretion_set", cast)
    monkeypatch.setattr(scenarios, "ACT_AT", ACT_AT + timedelta(hours=2))
    bare = case_at("evidence_verified", cast)
    edition = newer(cast, "frt-scatter-01", penalty_max="1400")
    current = Edition.objects.get(kind="benchmark", load=None)
    found = radar(edition, changes_against(edition, current), TODAY)
    assert found.case_count == 2
    assert len(found.violations) == 1
    touched = {one.case.pk: one for one in found.cases}
    assert (touched[walk.case.pk].before, touched[walk.case.pk].after) == (
        "较轻，1000元以上1600元以下", "较轻，1000元以上1400元以下",
    )  # fmt: skip
    assert touched[walk.case.pk].moves
    assert (touched[bare.case.pk].before, touched[bare.case.pk].moves) == ("还没有裁量", False)


def test_other_violations_touch_nothing(cast: Cast) -> None:
    case_at("discretion_set", cast)
    edition = newer(cast, "pax-stops-01", conditions="另一种说法")
    current = Edition.objects.get(kind="benchmark", load=None)
    found = radar(edition, changes_against(edition, current), TODAY)
    assert (found.case_count, found.cases) == (0, ())
