"""The questions silence would block, what a yes binds to, and one act fined once (处罚法28–33、37)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import filing
from cases.actions.discretion import set_discretion
from cases.models import Case, Discretion
from cases.procedure.guards.branches import not_fined_already
from cases.queries.facts import cases_with_parts, load
from lishu_law.errors import Refused
from lishu_law.registry.details import PartyDetails
from tests.branch_scenes import codes
from tests.cast import Cast, make_cast
from tests.scenarios import ANSWERS, FACTS, PARTY, STAGES, Walk, case_at

NOTE = "均无相应证据。"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def choose(walk: Walk, amount: str | None = "1000", **changed: Any) -> Discretion:
    values = {
        "facts": FACTS, "factors": (), "answers": ANSWERS, "answers_note": NOTE, "reason": "较轻档下限。", **changed,
        "amount": Decimal(amount) if amount else None,
    }  # fmt: skip
    walk.step(set_discretion, walk.cast.lead, **values)
    return Discretion.objects.get(case=walk.case)


@pytest.mark.parametrize(("changed", "rule"), [
    ({"answers": {**ANSWERS, "mitigation": True}}, "decide-mitigate-must"),
    ({"answers": {**ANSWERS, "party_doubt": True}}, "inv-party-truth"),
    ({"answers": {**ANSWERS, "illegal_gain": True}}, "inv-illegal-gain"),
    ({"answers": {**ANSWERS, "incapable": True}}, "decide-mental"),
    ({"answers": {**ANSWERS, "no_fault": True}}, "decide-no-fault"),
    ({"answers": {**ANSWERS, "minor_act": True}}, "decide-minor-act"),
    ({"answers": {**ANSWERS, "already_fined": True}}, "decide-double-fine"),
    ({"facts": {**FACTS, "illegal_income": Decimal(300)}}, "inv-illegal-gain"),
    ({"reduce": True}, "decide-below-min"),
    ({"factors": ("M7",), "reduce": True}, "decide-below-min"),
    ({"answers_note": "无"}, "decide-first-offence"),
])  # fmt: skip
def test_an_answer_binds(cast: Cast, changed: dict[str, Any], rule: str) -> None:
    walk = case_at("evidence_verified", cast)
    with pytest.raises(Refused) as refused:
        choose(walk, **changed)
    assert rule in codes(refused)


def test_silence_keeps_the_report_back(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    row = choose(walk, answers={code: value for code, value in ANSWERS.items() if code != "lighter_law"})
    assert row.answers["complete"] is False
    with pytest.raises(Refused) as refused:
        STAGES["report_submitted"](walk, "1000")
    assert codes(refused) == ["decide-mitigate-must"]


def test_a_gain_is_stated_with_what_is_refunded(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    note = "违法所得300元，其中退赔100元，其余200元没收。"
    assert choose(walk, answers={**ANSWERS, "illegal_gain": True}, answers_note=note).answers["illegal_gain"]


# The tier is 1000–1600: its lower part ends at 1180.
@pytest.mark.parametrize(("factors", "amount", "is_refused"), [
    (("M1",), "1180", False), (("M1",), "1181", True), (("M1", "A2"), "1181", True), (("M1", "A2"), "1180", False),
    (("M7", "A2"), "1181", False),
])  # fmt: skip
def test_what_must_be_lighter_is_lighter(
    cast: Cast, factors: tuple[str, ...], amount: str, *, is_refused: bool
) -> None:
    walk = case_at("evidence_verified", cast)
    answers = {**ANSWERS, "mitigation": True}
    if not is_refused:
        choose(walk, amount, factors=factors, answers=answers)
        return
    with pytest.raises(Refused) as refused:
        choose(walk, amount, factors=factors, answers=answers)
    assert "decide-mitigate-must" in codes(refused)


def young(year: int) -> PartyDetails:
    body = f"220399{year}0301001"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]
    return PartyDetails(
        kind="citizen", name="示例青年", id_kind="111", id_number=f"{body}{check}", address="梨树镇示例路2号"
    )


@pytest.mark.parametrize(("year", "is_refused"), [(2008, False), (2009, True)])
def test_under_eighteen_is_lighter(cast: Cast, settings: Any, year: int, *, is_refused: bool) -> None:
    settings.DEMO = True
    walk = case_at("evidence_verified", cast, party=young(year))  # acts on 2 March 2026
    if not is_refused:
        choose(walk, "1600")
        return
    with pytest.raises(Refused) as refused:
        choose(walk, "1600", factors=("A2",))
    assert codes(refused) == ["decide-minor-14-18"]
    choose(walk, "1180")


def test_below_the_minimum_with_a_ground_goes_to_the_heads(cast: Cast) -> None:
    walk = case_at("evidence_verified", cast)
    with pytest.raises(Refused):
        choose(walk, "999", factors=("M1",), answers={**ANSWERS, "mitigation": True})
    choose(walk, "999", factors=("M1",), answers={**ANSWERS, "mitigation": True}, reduce=True)
    for word in (
        "report_submitted", "report_endorsed", "report_approved", "notice_issued", "notice_served", "defence_recorded",
        "review_requested", "reviewed",
    ):  # fmt: skip
        STAGES[word](walk, "999")
    assert walk.case.state == "P10"


def twin(cast: Cast, *, note: str = "") -> Walk:
    """A second case about the same party and moment, filed with or without an answer."""
    walk = case_at("verified", cast)
    walk.step(filing.request_filing, cast.lead, opinion="建议立案。", same_act_note=note)
    return walk


def test_a_case_about_the_same_act_is_answered_for_before_filing(cast: Cast) -> None:
    case_at("clue", cast)
    with pytest.raises(Refused) as refused:
        twin(cast)
    assert codes(refused) == ["file-duplicate-act"]
    assert twin(cast, note="相隔一小时的另一次行为。").case.same_act_note


def test_thirteen_hours_later_it_is_another_act(cast: Cast) -> None:
    first = case_at("clue", cast).case
    Case.objects.filter(pk=first.pk).update(act_at=first.act_at.replace(day=1))
    assert twin(cast).case.state == "P02"


def test_another_filer_needs_an_agreement(cast: Cast) -> None:
    walk = case_at("verified", cast)
    with pytest.raises(Refused) as refused:
        walk.step(filing.request_filing, cast.lead, opinion="建议立案。", other_filer="铁东区交通运输局已立案")
    assert codes(refused) == ["gen-jurisdiction-first-filer"]
    walk.step(
        filing.request_filing, cast.lead, opinion="建议立案。", other_filer="铁东区交通运输局已立案，协商由本机关管辖"
    )


def test_an_act_fined_elsewhere_is_not_fined_again(cast: Cast) -> None:
    fined = case_at("decided", cast)
    second = case_at("verified", cast, party=replace(PARTY, phone="0434-5200001"))
    second.step(filing.request_filing, cast.lead, opinion="建议立案。", same_act_note="经查是另一次行为。")
    Case.objects.filter(pk=second.case.pk).update(same_act_note="")
    loaded = load(cases_with_parts(Case.objects.filter(pk=second.case.pk)).get()).facts
    assert [one.label for one in loaded.same_acts] == [fined.case.case_no]
    assert loaded.same_acts[0].fine == Decimal("1000.00")
    chosen = load(cases_with_parts(Case.objects.filter(pk=fined.case.pk)).get()).facts.discretion
    refusal = not_fined_already(replace(loaded, discretion=chosen), second.case.act_at.date())
    assert refusal is not None
    assert refusal.code == "decide-double-fine"
