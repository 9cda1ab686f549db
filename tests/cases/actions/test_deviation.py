"""Leaving the benchmark: each way with its ground, approval and document, impossible otherwise (discretion.md §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cases.actions.discretion import set_discretion
from cases.discretion.deviation import KINDS, OTHER_TIER, UNJUST, Deviation
from cases.models import Discretion, Edition
from cases.procedure.states import State
from cases.procedure.steps.discussion import stage_after_review
from cases.queries.facts import cases_with_parts, load
from lishu_law.errors import Refused
from tests.branch_scenes import codes
from tests.cast import Cast, make_cast
from tests.scenarios import ANSWERS, FACTS, Walk, case_at
from tests.spot_scenes import assess, spot_at

GROUND = "货物散落在学校门前，多次造成学生摔倒，有现场视频和询问笔录证实。"
OTHER = Deviation(OTHER_TIER, GROUND)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def choose(walk: Walk, amount: str, deviation: Deviation | None, **changed: Any) -> Discretion:
    values = {
        "facts": FACTS,
        "factors": (),
        "answers": ANSWERS,
        "answers_note": "均无相应证据。",
        "reason": "后果较重。",
    }
    walk.step(set_discretion, walk.cast.lead, amount=Decimal(amount), deviation=deviation, **{**values, **changed})
    return Discretion.objects.select_related("case").get(case=walk.case)


def test_without_a_way_the_tier_is_the_end(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    for amount in ("1601", "999"):
        with pytest.raises(Refused) as refused:
            choose(walk, amount, None)
        assert codes(refused) == ["amount.range"]


@pytest.mark.parametrize("kind", KINDS)
def test_another_amount_inside_the_statute_is_discussed_and_said(cast: Cast, kind: str) -> None:
    walk = case_at("evidence_verified", cast)
    row = choose(walk, "2500", replace(OTHER, kind=kind))
    assert (row.amount, row.minimum, row.maximum) == (2500, 1000, 3000)
    assert (row.deviation["kind"], row.deviation["ground"]) == (kind, GROUND)
    for text in (row.result["decision_text"], row.result["notice_text"], " ".join(row.result["report_text"])):
        assert GROUND.rstrip("。") in text
        assert "该档裁量幅度为1000元以上1600元以下" in text
    facts = load(cases_with_parts().get(pk=walk.case.pk)).facts
    assert facts.discretion is not None
    assert facts.discretion.is_heavy
    assert facts.discussion_due
    assert stage_after_review(facts) == State.DISCUSSION


@pytest.mark.parametrize(
    ("amount", "deviation", "fix"),
    [
        ("3001", OTHER, "amount"),
        ("999", OTHER, "amount"),
        ("1200", OTHER, "deviation"),
        ("2500", replace(OTHER, ground="后果较重"), "deviation_ground"),
    ],
)
def test_what_stays_impossible(cast: Cast, amount: str, deviation: Deviation, fix: str) -> None:
    walk = case_at("evidence_verified", cast)
    with pytest.raises(Refused) as refused:
        choose(walk, amount, deviation)
    assert fix in {one.fix for one in refused.value.refusals}


def test_a_superiors_benchmark_is_left_with_its_approval_only(cast: Cast) -> None:
    Edition.objects.filter(kind="benchmark").update(is_own=False)
    walk = case_at("evidence_verified", cast)
    unjust = Deviation(UNJUST, GROUND)
    with pytest.raises(Refused) as refused:
        choose(walk, "2500", unjust)
    assert {one.fix for one in refused.value.refusals} == {"approval_no"}
    approved = replace(
        unjust, approval_organ="省交通运输厅", approval_no="吉交函〔2026〕9号", approved_on=date(2099, 1, 1)
    )
    with pytest.raises(Refused) as refused:
        choose(walk, "2500", approved)
    assert {one.fix for one in refused.value.refusals} == {"approved_on"}
    row = choose(walk, "2500", replace(approved, approved_on=date(2026, 3, 1)))
    assert "经省交通运输厅批准（吉交函〔2026〕9号）" in row.result["decision_text"]
    assert row.deviation["approved_on"] == "2026-03-01"


def test_reduction_and_deviation_exclude_each_other(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    answers = {**ANSWERS, "mitigation": True}
    with pytest.raises(Refused) as refused:
        choose(walk, "500", OTHER, reduce=True, factors=("M1",), answers=answers)
    assert "deviation" in {one.fix for one in refused.value.refusals}


def test_never_on_the_spot(cast: Cast, settings: Any) -> None:
    settings.DEMO = True  # identity numbers of nobody
    walk = spot_at("evidenced", cast)
    with pytest.raises(Refused) as refused:
        assess(walk, "150", deviation=OTHER)
    assert "deviation" in {one.fix for one in refused.value.refusals}
