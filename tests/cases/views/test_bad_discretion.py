"""What goes wrong on the page of the benchmark: each is refused in words, typed answers stay, nothing is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from cases.actions.discretion import questions_for
from cases.discretion.engine import assess
from cases.discretion.request import Request, RequestError
from cases.models import Discretion, Edition, EditionState
from cases.queries.benchmarks import applicable
from tests.benchmark_scenes import Act, client_of, found
from tests.cases.editions.files import as_csv, ordered, received, shipped_rows
from tests.cast import Cast, make_cast
from tests.scenarios import Walk

pytestmark = pytest.mark.django_db
SPILL = Act("frt-scatter", "执法人员检查发现，当事人的货车装载碎砖没有苫盖，现场未作整改。", {})
OCCUPY = Act("road-occupy", "执法人员巡查发现，当事人在国道路肩上堆放砂石，尚未清除，没有影响通行。", {}, vehicle=None)
SPILLED = {
    "harm": "none", "obstruct": "no", "corrected_immediately": "no", "order_refused": "no", "blocked_minutes": "0",
    "traffic_affected": "no",
}  # fmt: skip
OCCUPIED = {**SPILLED, "damage_yuan": "300"}


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    settings.DEMO = True
    return make_cast()


def sent(walk: Walk, facts: dict[str, str], **more: Any) -> Any:
    """The page as it comes back after everything else was answered properly."""
    typed = {
        **{f"fact_{name}": value for name, value in facts.items()},
        **{f"ask_{code}": "no" for code in questions_for(walk.case)},
        "answers_note": "均无相应证据。", "amount": "1000", "reason": "按较轻档下限处罚。", "version": walk.case.version,
        **more,
    }  # fmt: skip
    with time_machine.travel(walk.at, tick=False):
        client = client_of(walk.cast.lead)
        return client.post(reverse("case-set_discretion", args=[walk.case.clue_no]), typed)


def refused(answer: Any, *words: str) -> None:
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(word in page for word in words), page
    assert not Discretion.objects.exists()


@pytest.mark.parametrize("missing", ["harm", "obstruct", "corrected_immediately"])
def test_a_fact_left_out_is_asked_for(cast: Cast, missing: str) -> None:
    walk = found(cast, SPILL)
    answer = sent(walk, {name: value for name, value in SPILLED.items() if name != missing})
    refused(answer, "请选择", f"fact_{missing}_error", "按较轻档下限处罚。")


@pytest.mark.parametrize("amount", ["-1000", "0", "1e3", "NaN", "99999999999999", "1000.005", "一千"])
def test_absurd_amounts_are_refused(cast: Cast, amount: str) -> None:
    refused(sent(found(cast, SPILL), SPILLED, amount=amount), "罚款")


@pytest.mark.parametrize("figure", ["-5", "1e400", "99999999999999999999", "abc", "NaN"])
def test_absurd_figures_are_refused(cast: Cast, figure: str) -> None:
    refused(sent(found(cast, SPILL), {**SPILLED, "blocked_minutes": figure}), "fact_blocked_minutes_error")


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "__import__('os')", "none' or 1==1"])
def test_hostile_answers_are_no_choice(cast: Cast, hostile: str) -> None:
    answer = sent(found(cast, SPILL), {**SPILLED, "harm": hostile})
    refused(answer, "fact_harm_error")
    assert "<script>alert" not in answer.content.decode()


def test_where_no_tier_matches_the_statute_is_the_limit_and_reasons_are_due(cast: Cast) -> None:
    walk = found(cast, OCCUPY)
    refused(sent(walk, OCCUPIED, amount="30001", reason="堆放面积小。"), "30000")
    refused(sent(walk, OCCUPIED, amount="2000", reason=""), "数额")
    page = sent(walk, OCCUPIED, amount="30001").content.decode()
    assert "查明的事实不符合裁量基准任何一档的条件" in page
    assert "法制审核" in page


def test_an_act_after_the_decision_is_impossible(cast: Cast) -> None:
    benchmark = applicable(date(2026, 3, 2), date(2026, 3, 2)).benchmark
    with pytest.raises(RequestError, match="晚于"):
        assess(Request("frt-scatter", date(2026, 3, 3), date(2026, 3, 2), {}), benchmark)


def test_a_violation_repealed_before_the_act_cannot_be_fined(cast: Cast) -> None:
    walk = found(cast, SPILL)
    rows = [
        row | ({"effective_to": "2026-01-31"} if row["item_code"] == "frt-scatter" and not row["effective_to"] else {})
        for row in shipped_rows("benchmark")
    ]
    edition = Edition.objects.get(load=ordered(cast.reviewer, received(cast.reviewer, as_csv(rows), "benchmark")))
    Edition.objects.filter(pk=edition.pk).update(
        state=EditionState.PUBLISHED, published_on=date(2026, 2, 1), in_force_from=date(2026, 2, 1), document_no="1号",
        released_by=cast.head, released_at=datetime(2026, 2, 1, tzinfo=UTC),
    )  # fmt: skip
    answer = sent(walk, SPILLED)
    refused(answer, "没有可以适用的裁量基准")
