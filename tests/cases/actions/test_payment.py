"""Payment and performance: partial and wrong amounts, the additional fine apart, duties, nobody collects by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cases.actions.payment import record_payment, verify_duties
from cases.models import Payment
from cases.procedure.balance import balance
from lishu_law.errors import NotAllowed
from tests.cases.actions import execution_scenes as scenes
from tests.cases.actions.refusing import refused
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_paid_in_time_and_duties_verified_is_performed(cast: Cast) -> None:
    walk = scenes.served(cast)
    scenes.pay(walk, "400")
    assert scenes.state_of(walk) == "P13"
    scenes.pay(walk, "600", number="R2")
    assert walk.case.deadlines.get(code="pay-15d").state == "met"
    assert scenes.state_of(walk) == "P13"  # 责令改正 is still open
    scenes.verify(walk)
    assert scenes.state_of(walk) == "P17"


def test_the_order_of_payment_and_duties_does_not_matter(cast: Cast) -> None:
    walk = scenes.served(cast)
    scenes.verify(walk)
    assert scenes.state_of(walk) == "P13"
    scenes.pay(walk, "1000")
    assert scenes.state_of(walk) == "P17"


@pytest.mark.parametrize(("amount", "additional", "code"), [
    ("1000.01", "0", "pay-amount"),
    ("0", "0", "pay-amount"),
    ("1000", "0.01", "pay-surcharge-cap"),  # in time: no additional fine
])  # fmt: skip
def test_wrong_amounts_are_refused(cast: Cast, amount: str, additional: str, code: str) -> None:
    walk = scenes.served(cast)
    with refused(code):
        scenes.pay(walk, amount, additional)
    assert not Payment.objects.exists()


def test_late_payment_owes_the_additional_fine_of_the_day(cast: Cast) -> None:
    walk = scenes.late(cast, days=10)
    scenes.verify(walk)
    with refused("pay-surcharge-cap"):
        scenes.pay(walk, "1000", "300.01")
    scenes.pay(walk, "1000")
    assert scenes.state_of(walk) == "P15"
    assert balance(scenes.facts_of(walk), scenes.today(walk) + timedelta(days=50)).total == Decimal("300.00")
    scenes.pay(walk, "0", "300", number="R2")
    assert scenes.state_of(walk) == "P17"
    assert not walk.case.deadlines.filter(code__startswith="enforce-", state="running").exists()


def test_a_receipt_recorded_late_counts_by_its_own_day(cast: Cast) -> None:
    walk = scenes.late(cast, days=10)
    scenes.pay(walk, "1000", paid_on=scenes.due_of(walk))
    assert walk.case.deadlines.get(code="pay-15d").state == "met"
    assert balance(scenes.facts_of(walk), scenes.today(walk)).total == 0


def test_one_receipt_is_recorded_once_in_whatever_case(cast: Cast) -> None:
    walk = scenes.served(cast)
    scenes.pay(walk, "1")
    with refused("collect-receipt"):
        scenes.pay(walk, "1")


@pytest.mark.parametrize("channel", ["cash", "wechat", ""])
def test_officers_never_collect(cast: Cast, channel: str) -> None:
    walk = scenes.served(cast)
    with refused("pay-separation"):
        scenes.pay(walk, "1000", channel=channel)


@pytest.mark.parametrize("channel", ["bank", "electronic", "court"])
def test_the_lawful_channels(cast: Cast, channel: str) -> None:
    walk = scenes.served(cast)
    assert scenes.pay(walk, "1000", channel=channel).channel == channel


def test_who_approved_the_decision_does_not_record_its_payment(cast: Cast) -> None:
    walk = scenes.served(cast)
    with pytest.raises(NotAllowed):
        walk.step(record_payment, cast.head, receipt_no="R1", amount=Decimal(1000), paid_on=scenes.today(walk))


@pytest.mark.parametrize("duties", [(), ("没收违法所得",)])
def test_only_open_duties_of_the_decision_are_verified(cast: Cast, duties: tuple[str, ...]) -> None:
    walk = scenes.served(cast)
    with refused("close-conditions"):
        walk.step(verify_duties, cast.lead, duties=duties, verified_on=scenes.today(walk), note="已经改正。")


@pytest.mark.parametrize("shift", [-3, 1])
def test_a_duty_is_verified_after_the_serving_and_not_in_the_future(cast: Cast, shift: int) -> None:
    walk = scenes.served(cast)
    day = scenes.today(walk) + timedelta(days=shift)
    with refused("close-conditions"):
        walk.step(verify_duties, cast.lead, duties=("责令改正",), verified_on=day, note="已经改正。")


def test_the_database_refuses_an_empty_receipt(cast: Cast) -> None:
    walk = scenes.served(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            case=walk.case, receipt_no="R9", amount=0, additional=0, paid_on=scenes.today(walk), recorded_by=cast.lead,
            recorded_at=walk.at,
        )  # fmt: skip
