"""A suspected crime: team and report, the head's decision, the hand-over, the police's answer, what comes of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import closure, crime, decision
from cases.actions.crime import NewHandOver
from cases.models import CrimeTransfer, Deadline
from lishu_law import clock
from lishu_law.errors import NotAllowed, Refused
from tests.branch_scenes import codes, document_codes
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

REPORT = "当事人从事旅客运输，核载九人实载二十人，严重超过额定乘员，涉嫌危险驾驶。"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def report(walk: Walk, *team: Any, text: str = REPORT) -> CrimeTransfer:
    members = team or (walk.cast.lead, walk.cast.third_officer)
    return walk.step(crime.report_crime, walk.cast.lead, offence="危险驾驶罪", report=text, team=members)


def decide(walk: Walk, *, agree: bool = True, opinion: str = "同意移送公安机关。", by: Any = None) -> None:
    walk.step(crime.decide_crime, by or walk.cast.head, part_id=row(walk).pk, agree=agree, opinion=opinion)


def row(walk: Walk) -> CrimeTransfer:
    return CrimeTransfer.objects.filter(case=walk.case).latest("pk")


def hand_over(walk: Walk, **changed: Any) -> None:
    new = NewHandOver(**{
        "police": "梨树县公安局", "receiver": "示例警官", "handed_over_at": walk.at + timedelta(minutes=5),
        "enclosures": ("涉嫌犯罪案件情况的调查报告", "检验报告"), "goods": (("行驶证", "吉C12345", "1本"),), **changed,
    })  # fmt: skip
    walk.step(crime.hand_over_crime, walk.cast.lead, part_id=row(walk).pk, hand_over=new)


def answered(walk: Walk, *, is_filed: bool) -> None:
    walk.step(
        crime.record_police_answer, walk.cast.lead, part_id=row(walk).pk, is_filed=is_filed,
        answered_on=clock.local(walk.at).date(), note="梨公（刑）立字〔2026〕1号",
    )  # fmt: skip


def handed_over(cast: Cast, state: str = "recorded") -> Walk:
    walk = case_at(state, cast)
    report(walk)
    decide(walk)
    hand_over(walk)
    return walk


def limit(walk: Walk, code: str) -> Deadline:
    return Deadline.objects.get(case=walk.case, code=code)


def test_report_decision_and_hand_over_each_under_its_limit(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    report(walk)
    assert limit(walk, "inv-crime-transfer-decide").due == date(2026, 3, 6)
    decide(walk)
    assert limit(walk, "inv-crime-transfer-decide").state == "met"
    day = limit(walk, "inv-crime-transfer-24h")
    assert day.due_at == row(walk).decided_at + timedelta(hours=24)
    hand_over(walk)
    assert (walk.case.state, limit(walk, "inv-crime-transfer-24h").state) == ("X3", "met")
    assert document_codes(walk)[-1] == "crime_transfer_letter"


def test_a_team_of_two_officers_with_certificates(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    for team in ((cast.lead, cast.lead), (cast.lead, cast.squad_leader)):
        with pytest.raises(Refused) as refused:
            report(walk, *team)
        assert codes(refused) == ["inv-crime-transfer-team"]
    with pytest.raises(Refused) as refused:
        report(walk, text="涉嫌犯罪。")
    assert codes(refused) == ["inv-crime-transfer-team"]
    report(walk)
    with pytest.raises(Refused) as refused:
        report(walk)
    assert codes(refused) == ["inv-crime-transfer-team"]


def test_only_the_head_of_the_bureau_decides_and_a_no_has_reasons(cast: Cast) -> None:
    walk = case_at("recorded", cast)
    report(walk)
    with pytest.raises(NotAllowed):
        decide(walk, by=cast.deputy)
    with pytest.raises(Refused) as refused:
        decide(walk, agree=False, opinion="不移送。")
    assert codes(refused) == ["inv-crime-transfer-decide"]
    decide(walk, agree=False, opinion="经核实未达到刑事立案追诉标准，不移送。")
    assert (row(walk).state, walk.case.state) == ("declined", "P03")
    assert limit(walk, "inv-crime-transfer-decide").state == "met"
    assert not Deadline.objects.filter(case=walk.case, code="inv-crime-transfer-24h").exists()


def at_hour(walk: Walk, hours: float) -> datetime:
    decided = row(walk).decided_at
    assert decided is not None
    return decided + timedelta(hours=hours)


@pytest.mark.parametrize(("hours", "state"), [(24, "met"), (24.01, "met_late")])
def test_twenty_four_hours_by_the_clock(cast: Cast, hours: float, state: str) -> None:
    walk = case_at("recorded", cast)
    report(walk)
    decide(walk)
    walk.at = at_hour(walk, 30)
    hand_over(walk, handed_over_at=at_hour(walk, hours))
    assert limit(walk, "inv-crime-transfer-24h").state == state


@pytest.mark.parametrize(
    "changed", [{"enclosures": ("照片",)}, {"handed_over_at": datetime(2026, 3, 1, tzinfo=clock.SHANGHAI)}]
)
def test_what_goes_along_and_when(cast: Cast, changed: dict[str, Any]) -> None:
    walk = case_at("recorded", cast)
    report(walk)
    decide(walk)
    with pytest.raises(Refused) as refused:
        hand_over(walk, **changed)
    assert codes(refused) == ["inv-crime-transfer-24h"]


def test_an_open_transfer_blocks_the_fine(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    report(walk)
    with pytest.raises(Refused) as refused:
        walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    assert codes(refused) == ["inv-crime-no-substitute"]
    decide(walk, agree=False, opinion="经核实未达到刑事立案追诉标准，不移送。")
    walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")


def test_filed_by_the_police_the_goods_follow_and_the_case_is_closed(cast: Cast) -> None:
    walk = handed_over(cast)
    with pytest.raises(Refused) as refused:
        walk.step(closure.propose_closing, cast.lead, result="移送公安机关。", execution="无需执行。")
    assert codes(refused) == ["close-conditions"]
    answered(walk, is_filed=True)
    assert limit(walk, "inv-crime-material").due == date(2026, 3, 6)
    assert not Deadline.objects.filter(case=walk.case, code="inv-crime-police-refuse", state="running").exists()
    walk.step(
        crime.hand_over_material, cast.lead, part_id=row(walk).pk, given_at=walk.at, note="行驶证1本，示例警官签收。"
    )
    assert limit(walk, "inv-crime-material").state == "met"
    walk.step(closure.propose_closing, cast.lead, result="移送公安机关。", execution="无需执行。")
    assert walk.case.closure.kind == "transferred"


def test_the_answer_does_not_come_before_the_hand_over(cast: Cast) -> None:
    """Handed over at half past six in the morning: in Greenwich it is still the day before."""
    walk = case_at("recorded", cast)
    report(walk)
    decide(walk)
    walk.at = datetime(2026, 3, 4, 6, 30, tzinfo=clock.SHANGHAI)
    hand_over(walk, handed_over_at=walk.at)
    answer = {"part_id": row(walk).pk, "is_filed": True, "note": "梨公（刑）立字〔2026〕1号"}
    with pytest.raises(Refused) as refused:
        walk.step(crime.record_police_answer, cast.lead, answered_on=date(2026, 3, 3), **answer)
    assert codes(refused) == ["inv-crime-material"]
    walk.step(crime.record_police_answer, cast.lead, answered_on=date(2026, 3, 4), **answer)


@pytest.mark.parametrize(("minutes", "is_lawful"), [(-1, False), (0, True)])
def test_nothing_is_given_to_the_police_before_the_case(cast: Cast, minutes: int, is_lawful: bool) -> None:
    walk = handed_over(cast)
    answered(walk, is_filed=True)
    sent_at = row(walk).handed_over_at
    assert sent_at is not None
    given = {"part_id": row(walk).pk, "given_at": sent_at + timedelta(minutes=minutes), "note": "行驶证1本，已签收。"}
    if is_lawful:
        walk.step(crime.hand_over_material, cast.lead, **given)
        return
    with pytest.raises(Refused) as refused:
        walk.step(crime.hand_over_material, cast.lead, **given)
    assert codes(refused) == ["inv-crime-material"]


def test_refused_by_the_police_reconsidered_and_back_to_the_investigation(cast: Cast) -> None:
    walk = handed_over(cast)
    answered(walk, is_filed=False)
    assert limit(walk, "inv-crime-police-refuse").due == date(2026, 3, 6)
    with pytest.raises(Refused) as refused:
        walk.step(crime.hand_over_material, cast.lead, part_id=row(walk).pk, given_at=walk.at, note="移交。")
    assert codes(refused) == ["inv-crime-material"]
    walk.step(
        crime.object_to_refusal, cast.lead, part_id=row(walk).pk, way="reconsideration",
        objected_on=clock.local(walk.at).date(), reason="已达到追诉标准，请复议。",
    )  # fmt: skip
    assert limit(walk, "inv-crime-police-refuse").state == "met"
    answered(walk, is_filed=False)
    walk.step(crime.end_crime, cast.lead, part_id=row(walk).pk, outcome="refused", note="复议维持不予立案。")
    assert (walk.case.state, row(walk).state) == ("P03", "ended")
    assert limit(walk, "decide-90d").state == "running"


def test_a_judgment_does_not_follow_from_a_refusal(cast: Cast) -> None:
    walk = handed_over(cast)
    answered(walk, is_filed=False)
    with pytest.raises(Refused) as refused:
        walk.step(crime.end_crime, cast.lead, part_id=row(walk).pk, outcome="judged", note="判决书。")
    assert codes(refused) == ["inv-crime-offset"]


def ended(walk: Walk, **changed: Any) -> None:
    walk.step(
        crime.end_crime, walk.cast.lead, part_id=row(walk).pk,
        **{"outcome": "judged", "note": "（2026）吉0322刑初1号", "criminal_fine": Decimal("2000.00"), **changed},
    )  # fmt: skip


def test_a_fine_already_imposed_is_offset_in_words(cast: Cast) -> None:
    walk = handed_over(cast, "decision_served")
    assert walk.case.state == "P13"
    answered(walk, is_filed=True)
    with pytest.raises(Refused) as refused:
        ended(walk)
    assert codes(refused) == ["inv-crime-offset"]
    ended(walk, offset_note="已缴罚款1000元，已书面告知人民法院折抵罚金。")


def test_no_fine_after_a_criminal_fine(cast: Cast) -> None:
    walk = handed_over(cast, "reviewed")
    answered(walk, is_filed=True)
    ended(walk, outcome="returned", note="免予刑事处罚，退回处理。")
    assert walk.case.state == "P03"
