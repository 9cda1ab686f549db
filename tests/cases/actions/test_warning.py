"""A warning of the ordinary procedure leaves nothing to pay: no fifteen days run for it (处罚法67第三款)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import discretion, summary
from cases.models import Deadline
from tests.cast import Cast, make_cast
from tests.scenarios import ANSWERS, ROAD, STAGES
from tests.spot_scenes import OVERLOAD, spot_at


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    settings.DEMO = True  # the invented identity numbers
    return make_cast()


def test_the_fifteen_days_run_for_money_only(cast: Cast) -> None:
    walk = spot_at("evidenced", cast, item=OVERLOAD)
    walk.step(summary.turn_to_ordinary, cast.lead, reason="当事人对称重结果有异议，需要复核。")
    walk.at += timedelta(days=1)
    for word in ROAD[ROAD.index("filing_requested") : ROAD.index("decision_served") + 1]:
        if word == "discretion_set":
            walk.step(
                discretion.set_discretion, cast.lead, facts={"over_kg": Decimal(600)}, factors=(), answers=ANSWERS,
                answers_note="没有这些情形。", amount=None, reason="超限不足一吨，予以警告。",
            )  # fmt: skip
        else:
            STAGES[word](walk, "0")
    assert (walk.case.state, walk.case.decision.amount) == ("P13", None)
    codes = set(Deadline.objects.filter(case=walk.case, part="").values_list("code", flat=True))
    assert "pay-15d" not in codes
    assert {"review-60d", "sue-6m"} <= codes
