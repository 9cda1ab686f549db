"""Cash on the spot, its two days to the bank, the report to the bureau, and closing (处罚法52、67–71)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import payment, spot_collection, spot_decision
from cases.actions.filing import declare_no_conflict
from cases.models import Case, CaseOfficer, Deadline, DeadlineState, SpotCollection, Step
from cases.procedure.states import State
from lishu_law import clock
from lishu_law.errors import NotAllowed, Refused
from tests.cases.actions.remedy_scenes import correct
from tests.cast import Cast, make_cast
from tests.scenarios import case_at
from tests.spot_scenes import STALL, spot_at, verify_open_duties


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    settings.DEMO = True  # the invented identity numbers
    return make_cast()


def due(case: Case, code: str) -> date:
    return Deadline.objects.get(case=case, code=code, state=DeadlineState.RUNNING).due


def refused(run: Any, *arguments: Any, **words: Any) -> set[tuple[str, str]]:
    with pytest.raises(Refused) as found:
        run(*arguments, **words)
    return {(one.code, one.fix) for one in found.value.refusals}


def decide(walk: Any, **words: Any) -> Any:
    return walk.step(spot_decision.decide_on_spot, walk.cast.lead, **words)


def test_up_to_one_hundred_is_collected_on_the_spot(cast: Cast) -> None:
    walk = spot_at("delivered", cast, amount="95", payment_way="within_100")
    assert refused(walk.step, spot_collection.collect_on_spot, cast.lead, receipt_no=" ") == {
        ("collect-receipt", "receipt_no")
    }
    walk.step(spot_collection.collect_on_spot, cast.lead, receipt_no="Z0001")
    assert walk.case.state == State.COLLECTION
    assert due(walk.case, "collect-2d#1") == date(2026, 3, 4)
    data = walk.case.documents.get(code="spot_decision").data
    assert (data["pays_on_the_spot"], data["pays_at_bank"]) == (True, False)


@pytest.mark.parametrize(("amount", "is_refused"), [("100", False), ("101", True)])
def test_more_than_one_hundred_is_not_collected_for_being_small(cast: Cast, amount: str, is_refused: bool) -> None:
    """行政处罚法第六十八条第一项: up to one hundred, that included."""
    walk = spot_at("heard", cast, amount=amount, item=STALL)
    if is_refused:
        assert refused(decide, walk, payment_way="within_100") == {("collect-simple-100", "payment_way")}
    else:
        assert decide(walk, payment_way="within_100").data["pays_on_the_spot"]


def test_collecting_on_the_spot_needs_its_ground(cast: Cast) -> None:
    walk = spot_at("heard", cast)
    assert refused(decide, walk, payment_way="hard") == {("collect-simple-hard", "payment_reason")}
    assert refused(decide, walk, payment_way="remote", payment_reason="渡口离县城五十公里，不通客车") == {
        ("collect-remote", "is_asked_by_party")
    }
    assert refused(decide, walk, payment_way="remote", is_asked_by_party=True) == {("collect-remote", "payment_reason")}
    document = decide(walk, payment_way="hard", payment_reason="外省车辆，当事人在本地没有住所")
    assert "事后难以执行。外省车辆" in document.data["collection_ground"]


def test_what_is_to_be_paid_at_the_bank_is_not_collected(cast: Cast) -> None:
    walk = spot_at("delivered", cast)
    assert refused(walk.step, spot_collection.collect_on_spot, cast.lead, receipt_no="Z0001") == {
        ("pay-separation", "record_spot_payment")
    }


def test_cash_reaches_the_bank_in_two_and_two_working_days(cast: Cast) -> None:
    walk = spot_at("delivered", cast, payment_way="within_100")
    walk.step(spot_collection.collect_on_spot, cast.lead, receipt_no="Z0001")
    walk.step(spot_collection.report_to_bureau, cast.lead)
    closing = {"result": "罚款伍拾元整。", "execution": "当场收缴。"}
    found = refused(walk.step, spot_collection.close_summary, cast.lead, **closing)
    assert ("collect-2d", "hand_in_cash") in found
    walk.at += timedelta(days=1)
    walk.step(spot_collection.hand_in_cash, cast.lead, hand_in_no="JK-1")
    assert due(walk.case, "collect-2d#2") == date(2026, 3, 5)
    assert ("collect-2d", "bank_cash") in refused(walk.step, spot_collection.close_summary, cast.lead, **closing)
    with pytest.raises(NotAllowed):
        walk.step(spot_collection.bank_cash, cast.lead, bank_slip_no="YH-1")
    walk.step(spot_collection.bank_cash, cast.squad_leader, bank_slip_no="YH-1")
    cash = SpotCollection.objects.get(case=walk.case)
    assert (cash.way, cash.banked_by) == ("within_100", cast.squad_leader)
    states = dict(Deadline.objects.filter(case=walk.case).values_list("code", "state"))
    assert (states["collect-2d#1"], states["collect-2d#2"], states["pay-15d"]) == ("met", "met", "met")


def test_part_of_the_fine_does_not_end_the_limit(cast: Cast) -> None:
    walk = spot_at("reported", cast)

    def pay(receipt: str, amount: str) -> None:
        walk.step(
            spot_collection.record_spot_payment, cast.lead, receipt_no=receipt, amount=Decimal(amount),
            paid_on=clock.local(walk.at).date(),
        )  # fmt: skip

    pay("Y1", "20")
    assert due(walk.case, "pay-15d") == date(2026, 3, 17)
    assert refused(pay, "Y1", "30") == {("collect-receipt", "receipt_no")}
    pay("Y2", "30")
    assert not Deadline.objects.filter(case=walk.case, code="pay-15d", state=DeadlineState.RUNNING).exists()
    assert list(Step.objects.filter(code="record_spot_payment").values_list("outcome", flat=True)) == [
        "partial",
        "done",
    ]


@pytest.mark.parametrize(
    ("days", "reason", "is_refused"), [(5, "", False), (8, "", True), (8, "网络中断，副本未能上传。", False)]
)
def test_a_late_report_says_why(cast: Cast, days: int, reason: str, is_refused: bool) -> None:
    walk = spot_at("delivered", cast)
    assert due(walk.case, "simple-report-5d") == date(
        2026, 3, 9
    )  # five days are Saturday 7 March: the next working day
    walk.at += timedelta(days=days)
    if is_refused:
        found = refused(walk.step, spot_collection.report_to_bureau, cast.lead, reason=reason)
        assert found == {("simple-report-5d", "reason")}
    else:
        walk.step(spot_collection.report_to_bureau, cast.lead, reason=reason)
        assert walk.case.state == State.REPORTED


def test_an_unpaid_case_goes_on_to_execution_and_stays_a_summary_case(cast: Cast) -> None:
    walk = spot_at("reported", cast)
    walk.step(spot_collection.pass_to_execution, cast.lead)
    assert (walk.case.state, walk.case.procedure) == (State.PERFORMANCE, "summary")
    today = clock.local(walk.at).date()
    walk.step(payment.record_payment, cast.lead, receipt_no="Y9", amount=Decimal("50"), paid_on=today)
    assert walk.case.state == State.PERFORMANCE  # 责令改正 was not verified yet
    verify_open_duties(walk)
    assert walk.case.state == State.PERFORMED


def test_a_paid_case_does_not(cast: Cast) -> None:
    walk = spot_at("paid", cast)
    assert refused(walk.step, spot_collection.pass_to_execution, cast.lead) == {("pay-15d", "close_summary")}


def test_remote_places_of_the_ordinary_procedure(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    words = {"receipt_no": "Z7", "reason": "渡口离县城五十公里，不通客车", "is_asked_by_party": True}
    silent = {**words, "is_asked_by_party": False}
    assert refused(walk.step, spot_collection.collect_remote, cast.lead, **silent) == {
        ("collect-remote", "is_asked_by_party")
    }
    walk.step(spot_collection.collect_remote, cast.lead, **words)
    verify_open_duties(walk)
    assert walk.case.state == State.PERFORMED
    codes = set(Deadline.objects.filter(case=walk.case, state=DeadlineState.RUNNING).values_list("code", flat=True))
    assert "collect-2d#1" in codes
    assert "pay-15d" not in codes


def test_closing_waits_for_payment_and_publication(cast: Cast) -> None:
    walk = spot_at("reported", cast)
    found = refused(walk.step, spot_collection.close_summary, cast.lead, result="罚款。", execution="未缴。")
    assert ("close-conditions", "record_spot_payment") in found
    assert ("close-conditions", "verify_duties") in found
    verify_open_duties(walk)
    assert walk.case.state == State.REPORTED
    found = refused(walk.step, spot_collection.close_summary, cast.lead, result="罚款。", execution="未缴。")
    assert ("close-conditions", "verify_duties") not in found


def test_a_late_payment_at_the_bank_brings_its_additional_fine_before_the_closing(cast: Cast) -> None:
    walk = spot_at("reported", cast)
    walk.at += timedelta(days=25)
    today = clock.local(walk.at).date()
    paid = {"receipt_no": "Y1", "amount": Decimal("50"), "paid_on": today}
    walk.step(spot_collection.record_spot_payment, cast.lead, **paid)
    found = refused(walk.step, spot_collection.close_summary, cast.lead, result="罚款。", execution="迟缴。")
    assert ("close-conditions", "record_spot_payment") in found


@pytest.mark.parametrize("is_paid", [True, False])
def test_a_revoked_decision_is_closed_after_refund_and_withdrawal(cast: Cast, is_paid: bool) -> None:
    walk = spot_at("paid" if is_paid else "reported", cast)
    correct(walk, "revoke")
    paid = {"receipt_no": "Y2", "amount": Decimal("50"), "paid_on": clock.local(walk.at).date()}
    assert ("enforce-restore", "case") in refused(walk.step, spot_collection.record_spot_payment, cast.lead, **paid)
    closing = {"result": "处罚决定已被撤销。", "execution": "不再执行。"}
    found = refused(walk.step, spot_collection.close_summary, cast.lead, **closing)
    assert ("pub-withdraw-3d", "") in found
    assert (("enforce-restore", "record_refund") in found) is is_paid


def test_both_officers_declare_before_the_party_is_told(cast: Cast) -> None:
    walk = spot_at("assessed", cast)
    CaseOfficer.objects.filter(case=walk.case, user=cast.assistant).update(conflict_declared_at=None)
    assert refused(walk.step, spot_decision.tell_orally, cast.lead, told=True) == {("gen-recuse-self", "conflict")}
    declare_no_conflict(case_id=walk.case.pk, by=cast.assistant, at=walk.at)
    walk.step(spot_decision.tell_orally, cast.lead, told=True)
