"""A party objects to a publication: a clock, a look, an answer, and what follows from it by another person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection

from disclosure.actions.correct import WantedCorrection, decide_correction
from disclosure.actions.draft import draft
from disclosure.actions.objection import NewObjection, ObjectionDecision, decide_objection, register_objection
from disclosure.actions.publish import publish
from disclosure.actions.refusing import WithdrawalRefusal, refuse_withdrawal
from disclosure.actions.withdraw import WantedWithdrawal, propose_withdrawal, withdraw
from disclosure.correcting import Change
from disclosure.models import DisclosureRecord, Objection, RecordCorrection, Withdrawal
from disclosure.queries.requests import objection_reply, refusals_of
from disclosure.queries.requests_waiting import requests_waiting
from lishu_law.errors import Conflict, NotAllowed, Refused
from lishu_law.registry.models import User
from lishu_law.registry.roles import Role
from tests.disclosure.facts import COMPANY, checker, user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)  # a Monday
SAID = NewObjection(date(2026, 4, 13), "counter", "赵示例", "19900001234", "核对了法定代表人证件。", "地点写错了。")
CORRECTION = WantedCorrection((Change("place", "G303国道", "G230国道"),), "地点录入有误。", "公示异议核实。")
REASON = "经核实，该信息依法不应当公示，现依法撤回公示信息。"


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def record() -> DisclosureRecord:
    made = draft(COMPANY)
    return publish(record_id=made.pk, version=made.version, facts=COMPANY, by=checker())


@pytest.fixture
def clerk() -> Any:
    return user("F001", Role.LEGAL_REVIEWER)


@pytest.fixture
def other() -> Any:
    return user("F002", Role.LEGAL_REVIEWER)


def objected(record: DisclosureRecord, by: Any, said: NewObjection = SAID) -> Objection:
    return register_objection(record_id=record.pk, version=record.version, by=by, said=said)


def answered(found: Objection, by: Any, **changes: Any) -> Objection:
    said = {"outcome": "refuse", "findings": "核对了现场笔录。", "answer": "公示与决定书一致，不予更正。", **changes}
    version = DisclosureRecord.objects.get().version
    return decide_objection(
        objection_id=found.pk, version=version, facts=COMPANY, by=by, decision=ObjectionDecision(**said)
    )  # fmt: skip


def test_it_is_registered_with_a_number_and_a_clock_and_names_nobody_in_the_clear(
    record: DisclosureRecord, clerk: Any
) -> None:
    found = objected(record, clerk)
    assert (found.ticket_no, found.due) == ("YY-2026-0001", date(2026, 4, 20))
    with connection.cursor() as cursor:
        cursor.execute("SELECT applicant || contact FROM disclosure_objection")
        assert "赵示例" not in cursor.fetchone()[0]
    assert record.events.order_by("-id")[0].kind == "objection"


@pytest.mark.parametrize(("day", "reason", "is_refused"), [
    (20, "", False), (21, "", True), (21, "承办人出差，核实延迟。", False),
])  # fmt: skip
def test_the_last_day_and_the_day_after(
    record: DisclosureRecord, clerk: Any, other: Any, day: int, reason: str, *, is_refused: bool
) -> None:
    found = objected(record, clerk)
    with time_machine.travel(datetime(2026, 4, day, 2, 0, tzinfo=UTC), tick=False):
        if is_refused:
            with pytest.raises(Refused, match="超期的原因"):
                answered(found, other, late_reason=reason)
        else:
            assert answered(found, other, late_reason=reason).outcome == "refuse"


def test_upheld_it_asks_for_the_correction_that_another_person_decides(
    record: DisclosureRecord, clerk: Any, other: Any
) -> None:
    found = objected(record, clerk)
    with pytest.raises(NotAllowed):
        answered(found, clerk)  # who registered it
    answered(found, other, outcome="correct", answer="属实，予以更正。", correction=CORRECTION)
    asked = RecordCorrection.objects.get()
    assert (asked.source, asked.objection, asked.proposed_by) == ("objection", found, "F002")
    record.refresh_from_db()
    assert record.content["place"] == "G303国道"  # it stays up until that
    with pytest.raises(Conflict):
        answered(found, other)
    found.refresh_from_db()
    assert (found.outcome, found.answered_at) == ("correct", None)
    assert asked.due == date(2026, 4, 16) < found.due
    settle(record, agree=True)
    found.refresh_from_db()
    assert found.answered_at == NOW
    lines = dict(objection_reply(record, found)["lines"])
    assert lines["已经更正"] == "2026-04-13 地点：“G303国道”改为“G230国道”。公开说明：地点录入有误。"


def settle(record: DisclosureRecord, *, agree: bool) -> None:
    data = {"record_id": record.pk, "version": record.version, "facts": COMPANY, "agree": agree}
    decide_correction(**data, by=checker_again(), opinion="" if agree else "现场笔录写的就是 G303。")


def checker_again() -> Any:
    return User.objects.filter(staff_number="C009").first() or user("C009", Role.DISCLOSURE_CHECKER)


LATER = datetime(2026, 4, 21, 2, 0, tzinfo=UTC)  # the day after the objection's last


def test_agreed_to_after_the_last_day_of_the_objection_it_says_why(
    record: DisclosureRecord, clerk: Any, other: Any
) -> None:
    found = objected(record, clerk)
    answered(found, other, outcome="correct", answer="属实，予以更正。", correction=CORRECTION)
    data = {"record_id": record.pk, "version": record.version, "facts": COMPANY, "by": checker_again(), "agree": True}
    with time_machine.travel(LATER, tick=False):
        with pytest.raises(Refused) as refused:
            decide_correction(**data, opinion="")
        assert [one.code for one in refused.value.refusals] == ["objection.late"]
        decide_correction(**data, opinion="", late_reason="审核人出差。")
    found.refresh_from_db()
    assert (found.answered_at, found.late_reason) == (LATER, "审核人出差。")


def test_a_withdrawal_asked_for_by_an_objection_is_due_with_it_and_late_only_with_a_reason(
    record: DisclosureRecord, clerk: Any, other: Any
) -> None:
    """Asked for on the objection's last day the three working days would end after it."""
    found, by = objected(record, clerk), user("C005", Role.DISCLOSURE_CHECKER)
    with time_machine.travel(datetime(2026, 4, 20, 2, 0, tzinfo=UTC), tick=False):
        wanted = WantedWithdrawal("W9", date(2026, 4, 20), "公示异议核实记录", REASON)
        answered(found, by, outcome="withdraw", answer="属实，予以撤回。", withdrawal=wanted)
    assert Withdrawal.objects.get().due == found.due == date(2026, 4, 20)
    data = {"record_id": record.pk, "version": record.version, "facts": COMPANY, "by": checker_again()}
    with time_machine.travel(LATER, tick=False):
        with pytest.raises(Refused, match="已经超过答复期限"):
            withdraw(**data, reason=REASON)
        withdraw(**data, reason=REASON, late_reason="审核人出差。")
    found.refresh_from_db()
    assert (found.answered_at, found.late_reason) == (LATER, "审核人出差。")


def test_not_agreed_to_the_objection_is_open_again_with_its_deadline(
    record: DisclosureRecord, clerk: Any, other: Any
) -> None:
    found = objected(record, clerk)
    answered(found, other, outcome="correct", answer="属实，予以更正。", correction=CORRECTION)
    settle(record, agree=False)
    found.refresh_from_db()
    assert (found.outcome, found.decided_by, found.answered_at, found.due) == ("", None, None, date(2026, 4, 20))
    assert found.findings == "核对了现场笔录。"  # what was written so far stays
    assert refusals_of(found) == [(date(2026, 4, 13), "现场笔录写的就是 G303。")]
    assert [one.title for one in requests_waiting(date(2026, 4, 13))] == ["答复公示异议"]
    answered(found, other, outcome="correct", answer="属实，予以更正。", correction=CORRECTION)  # once more
    settle(record, agree=False)
    assert answered(found, other).answered_at == NOW  # not true after all: answered by that
    assert RecordCorrection.objects.filter(objection=found, outcome="refused").count() == 2


def test_a_refused_withdrawal_opens_it_again_and_one_done_answers_it(
    record: DisclosureRecord, clerk: Any, other: Any
) -> None:
    found, by = objected(record, clerk), user("C005", Role.DISCLOSURE_CHECKER)
    wanted = WantedWithdrawal("W9", date(2026, 4, 13), "公示异议核实记录", REASON)
    said = {"outcome": "withdraw", "answer": "属实，予以撤回。", "withdrawal": wanted}
    answered(found, by, **said)
    data = {"record_id": record.pk, "version": record.version, "facts": COMPANY, "by": checker_again()}
    refuse_withdrawal(**data, said=WithdrawalRefusal("公示依据充分，不应当撤回。"))
    found.refresh_from_db()
    assert (found.outcome, found.answered_at) == ("", None)
    answered(found, by, **said)
    withdraw(**data, reason=REASON)
    found.refresh_from_db()
    assert found.answered_at == NOW
    record.refresh_from_db()
    assert (
        dict(objection_reply(record, found)["lines"])["已经撤回"] == f"2026-04-13 撤回公示。向社会公开的理由：{REASON}"
    )


def test_upheld_without_what_follows_is_refused(record: DisclosureRecord, clerk: Any, other: Any) -> None:
    found = objected(record, clerk)
    for outcome, code in (
        ("correct", "correction.same"),
        ("withdraw", "objection.withdrawal"),
        ("ended", "objection.shown"),
    ):
        with pytest.raises(Refused) as refused:
            answered(found, other, outcome=outcome)
        assert code in [one.code for one in refused.value.refusals]


def test_when_the_publication_has_ended_meanwhile_the_answer_says_so(
    record: DisclosureRecord, clerk: Any, other: Any
) -> None:
    found, asker = objected(record, clerk), user("C005", Role.DISCLOSURE_CHECKER)
    wanted = WantedWithdrawal("W9", date(2026, 4, 13), "核查记录", REASON)
    at = {"record_id": record.pk, "version": record.version, "facts": COMPANY}
    propose_withdrawal(**at, by=asker, wanted=wanted)
    withdraw(**at, by=checker_again(), reason=REASON)
    with pytest.raises(Refused, match="不能更正"):
        answered(found, other, outcome="correct", correction=CORRECTION)
    done = answered(found, other, outcome="ended", answer="公示已经撤回，不用再更正。")
    record.refresh_from_db()
    assert dict(objection_reply(record, done)["lines"])["公示状态"] == "已撤回，2026-04-13 起不再公开"


def test_upheld_it_asks_for_the_withdrawal_and_whoever_asked_may_not_withdraw(
    record: DisclosureRecord, clerk: Any
) -> None:
    by = user("C005", Role.DISCLOSURE_CHECKER)
    wanted = WantedWithdrawal("W9", date(2026, 4, 13), "公示异议核实记录", REASON)
    answered(objected(record, clerk), by, outcome="withdraw", answer="属实，予以撤回。", withdrawal=wanted)
    assert Withdrawal.objects.get().ruling_id is None
    data = {"record_id": record.pk, "version": record.version, "facts": COMPANY, "reason": REASON}
    with pytest.raises(NotAllowed):
        withdraw(by=by, **data)
    assert withdraw(by=user("C006", Role.DISCLOSURE_CHECKER), **data).state == "withdrawn"


def test_a_handler_answers_no_objection_and_a_ruling_goes_by_the_case(
    record: DisclosureRecord, clerk: Any, other: Any
) -> None:
    found = objected(record, clerk)
    with pytest.raises(NotAllowed):
        answered(found, user("D001", Role.LEGAL_REVIEWER))
    wanted = WantedWithdrawal("W2", date(2026, 4, 13), "示复决〔2026〕5号", REASON)
    with pytest.raises(Refused, match="在案件里登记"):
        answered(found, other, outcome="withdraw", withdrawal=wanted)


@pytest.mark.parametrize(("changes", "code"), [
    ({"received_on": date(2026, 4, 14)}, "objection.received"), ({"claim": "错"}, "objection.claim"),
    ({"identity": ""}, "objection.identity"),
])  # fmt: skip
def test_what_is_not_registered(record: DisclosureRecord, clerk: Any, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        objected(record, clerk, NewObjection(**{**vars(SAID), **changes}))
    assert [one.code for one in refused.value.refusals] == [code]
