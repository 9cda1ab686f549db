"""Serving in two acts and by public notice: pending until the receipt is back or the period is over (民诉91–95)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from cases.actions import public_serving, serving
from cases.models import Deadline, Document, Serving
from cases.tasks import complete_public_servings
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from tests.cases.actions import serving_scenes as scenes
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at, last_document


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def decided(cast: Cast) -> Walk:
    return case_at("decided", cast)


def codes(refused: Any) -> set[str]:
    return {one.code for one in refused.value.refusals}


@pytest.mark.parametrize("method", ["mail", "entrusted", "transferred"])
def test_what_is_sent_is_served_on_the_date_of_the_receipt(decided: Walk, method: str) -> None:
    one = scenes.send(decided, method=method, through="示例机关")
    assert (one.outcome, decided.case.state) == ("pending", "P12")
    assert Deadline.objects.get(case=decided.case, code="serve-7d").state == "met"
    signed_at = decided.at + timedelta(days=3)
    decided.at += timedelta(days=5)
    done = scenes.come_back(decided, one, received_at=signed_at)
    day = clock.local(signed_at).date()
    assert (done.outcome, done.effective_on, decided.case.decision_served_on) == ("effective", day, day)
    assert decided.case.state == "P13"
    assert Deadline.objects.get(case=decided.case, code="pay-15d").started_on == day
    row = last_document(decided.case, "serving_receipt").data["rows"][0]
    assert row["served_at"] == f"{day.year}年{day.month}月{day.day}日"


def test_a_letter_needs_a_tracking_number(decided: Walk) -> None:
    with pytest.raises(Refused) as refused:
        scenes.send(decided, reference="")
    assert codes(refused) == {"serve-mail"}


def test_a_letter_is_served_by_its_return_slip(decided: Walk) -> None:
    one = scenes.send(decided)
    with pytest.raises(Refused) as refused:
        scenes.come_back(decided, one, receipt=None)
    assert codes(refused) == {"serve-mail"}


@pytest.mark.parametrize(("method", "code"), [("entrusted", "serve-entrust"), ("transferred", "serve-transfer")])
def test_who_was_asked_is_named(decided: Walk, method: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        scenes.send(decided, method=method, through="")
    assert codes(refused) == {code}


def test_without_an_address_confirmation_the_reason_is_asked(decided: Walk) -> None:
    with pytest.raises(Refused) as refused:
        scenes.send(decided, no_address_reason=" ")
    assert codes(refused) == {"serve-address-confirm"}
    scenes.confirm(decided)
    assert scenes.send(decided, no_address_reason="").warnings == {}


def test_the_reason_for_no_confirmation_is_kept(decided: Walk) -> None:
    assert scenes.send(decided).warnings == {"serve-address-confirm": "当事人拒绝填写。"}


def test_a_confirmation_is_signed_and_sealed(decided: Walk) -> None:
    with pytest.raises(Refused) as refused:
        scenes.confirm(decided, file=None)
    assert codes(refused) == {"serve-address-confirm"}
    scenes.confirm(decided)
    rows = last_document(decided.case, "address_confirmation").data["rows"]
    assert {"label": "是否接受电子送达", "paragraphs": ["接受"], "is_long": False} in rows


def test_a_returned_letter_is_no_serving(decided: Walk) -> None:
    one = scenes.returned(decided, scenes.send(decided))
    assert (one.outcome, one.failure, decided.case.state) == ("failed", "returned", "P12")
    assert scenes.send(decided).outcome == "pending"


def test_not_twice_on_its_way(decided: Walk) -> None:
    scenes.send(decided)
    with pytest.raises(Refused) as refused:
        scenes.send(decided)
    assert codes(refused) == {"serve-receipt"}


def test_handing_over_ends_what_was_on_its_way(decided: Walk) -> None:
    one = scenes.send(decided)
    decided.step(serving.serve_decision, decided.cast.lead, serving=scenes.handed(decided))
    one.refresh_from_db()
    assert (one.outcome, decided.case.state) == ("failed", "P13")


def test_the_receipt_is_not_older_than_the_sending(decided: Walk) -> None:
    one = scenes.send(decided)
    with pytest.raises(Refused) as refused:
        scenes.come_back(decided, one, received_at=decided.at - timedelta(days=2))
    assert codes(refused) == {"serve-order"}


def test_a_public_notice_needs_failed_attempts_first(decided: Walk) -> None:
    scenes.fail(decided)
    with pytest.raises(Refused) as refused:
        scenes.ask(decided)
    assert codes(refused) == {"serve-public-reason"}
    scenes.returned(decided, scenes.send(decided))
    assert scenes.ask(decided).kind == "public_serving"


def test_a_public_notice_needs_its_reason(decided: Walk) -> None:
    scenes.tried_everything(decided)
    with pytest.raises(Refused) as refused:
        scenes.ask(decided, reason="找不到人")
    assert codes(refused) == {"serve-public-reason"}


@pytest.mark.parametrize("leak", ["220399197904120031", "联系13812345678", "【机密】", "吉C12345"])
def test_a_public_notice_leaks_nothing(decided: Walk, leak: str) -> None:
    scenes.tried_everything(decided)
    with pytest.raises(Refused) as refused:
        scenes.ask(decided, summary=f"对当事人作出处罚决定{leak}，请领取。")
    assert codes(refused) == {"gen-confidential"}


def test_only_the_head_approves_and_the_notice_is_sealed(decided: Walk) -> None:
    scenes.tried_everything(decided)
    with pytest.raises(Refused) as refused:
        scenes.put_up(decided)
    assert codes(refused) == {"serve-public-reason"}
    approval = scenes.ask(decided)
    decide: dict[str, Any] = {"part_id": approval.pk, "agree": True, "opinion": "同意公告。"}
    with pytest.raises(NotAllowed):
        decided.step(public_serving.decide_public_serving, decided.cast.lead, **decide)
    decided.step(public_serving.decide_public_serving, decided.cast.deputy, **decide)
    notice = last_document(decided.case, "public_serving_notice")
    assert any("经过60日，即视为送达" in text for text in notice.data["paragraphs"])


@pytest.mark.parametrize("missing", [{"photo": None}, {"through": ""}])
def test_a_public_notice_is_proved_by_a_photo_and_a_place(decided: Walk, missing: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        scenes.publish(decided, **missing)
    assert codes(refused) == {"serve-public-reason"}


def published(walk: Walk) -> Serving:
    one = scenes.publish(walk)
    assert clock.local(one.served_at).date() == date(2026, 3, 12)
    return one


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.SHANGHAI)


def test_both_readings_of_the_period_run_and_the_later_counts(decided: Walk) -> None:
    one = published(decided)
    limit = Deadline.objects.get(case=decided.case, part=f"serving:{one.pk}")
    assert (limit.due_strict, limit.due_lenient) == (date(2026, 4, 13), date(2026, 5, 11))
    assert Deadline.objects.get(case=decided.case, code="serve-7d").state == "met"
    for day, is_over in ((date(2026, 5, 11), False), (date(2026, 5, 12), True)):
        with time_machine.travel(noon(day), tick=False):
            complete_public_servings()
        one.refresh_from_db()
        assert (one.outcome == "effective") is is_over
    decided.case.refresh_from_db()
    assert (one.effective_on, one.strict_on) == (date(2026, 5, 11), date(2026, 4, 13))
    assert decided.case.state == "P13"
    assert decided.case.decision_served_on == date(2026, 5, 11)
    assert Deadline.objects.get(case=decided.case, code="pay-15d").started_on == date(2026, 5, 11)


def test_the_sweep_may_run_twice(decided: Walk) -> None:
    published(decided)
    with time_machine.travel(noon(date(2026, 5, 12)), tick=False):
        entries = JournalEntry.objects.count()
        complete_public_servings()
        complete_public_servings()
        assert JournalEntry.objects.count() == entries + 1
    assert (
        Document.objects.filter(case=decided.case, code="serving_receipt", data__rows__0__method="公告送达").count()
        == 1
    )


def test_an_officer_may_confirm_it_but_not_before(decided: Walk) -> None:
    one = published(decided)
    decided.at = noon(date(2026, 5, 11))
    with pytest.raises(Refused) as refused:
        decided.step(public_serving.complete_public_serving, decided.cast.lead, part_id=one.pk)
    assert codes(refused) == {"serve-public-30"}
    decided.at = noon(date(2026, 5, 12))
    decided.step(public_serving.complete_public_serving, decided.cast.lead, part_id=one.pk)
    assert decided.case.state == "P13"


def test_thirty_days_where_the_province_says_so(decided: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {**DEFAULT_PARAMETERS._values}
    (known,) = values["public_serving_days"]
    monkeypatch.setitem(DEFAULT_PARAMETERS._values, "public_serving_days", [_thirty(known)])
    one = published(decided)
    with time_machine.travel(noon(date(2026, 4, 14)), tick=False):
        complete_public_servings()
    one.refresh_from_db()
    assert one.effective_on == one.strict_on == date(2026, 4, 13)


def _thirty(known: Any) -> Any:
    return type(known)(**{**vars(known), "value": "30", "is_confirmed": True})


def test_a_notice_served_by_public_notice_opens_the_window(cast: Cast) -> None:
    walk = case_at("notice_issued", cast)
    one = scenes.publish(walk)
    limit = Deadline.objects.get(case=walk.case, part=f"serving:{one.pk}")
    with time_machine.travel(noon(limit.due_lenient + timedelta(days=1)), tick=False):
        complete_public_servings()
    walk.case.refresh_from_db()
    assert walk.case.state == "P06"
    assert Deadline.objects.get(case=walk.case, code="defence-window").started_on == limit.due_lenient
