"""Review and lawsuit: their clocks, the reply, the lock on evidence, the outcome."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.actions import closure, investigation, remedies
from cases.actions.remedies import NewRemedy
from cases.models import Deadline, Document, Remedy, Step
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotFound, Refused
from lishu_law.law.limits import compute
from tests.cases.actions.remedy_scenes import correct, end, lodge, reviewed_at, today
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def limit(walk: Walk, code: str, part: str = "") -> Deadline:
    return Deadline.objects.filter(case=walk.case, code=code, part=part).latest("pk")


def codes(refused: Any) -> list[str]:
    return [one.code for one in refused.value.refusals]


@pytest.mark.parametrize(("procedure", "reply", "decide"), [
    ("normal", "review-reply-10d#1", "review-decide-60d#1"), ("simple", "review-reply-10d#2", "review-decide-60d#2"),
])  # fmt: skip
def test_the_copy_of_a_review_starts_reply_and_decision(cast: Cast, procedure: str, reply: str, decide: str) -> None:
    walk = case_at("decision_served", cast)
    row = lodge(walk, procedure=procedure)
    part, start = f"remedy:{row.pk}", row.received_on
    assert (limit(walk, reply, part).due, limit(walk, decide, part).due) == (
        compute(reply, start).due, compute(decide, start).due,
    )  # fmt: skip
    assert limit(walk, "review-60d").state == "met"
    assert JournalEntry.objects.latest("seq").action == "case.record_remedy"


@pytest.mark.parametrize(("late", "state"), [(0, "met"), (1, "met_late")])
def test_the_reply_is_sealed_with_its_list_and_ends_the_clock(cast: Cast, late: int, state: str) -> None:
    walk, row = reviewed_at("decision_served", cast)
    due = limit(walk, "review-reply-10d#1", f"remedy:{row.pk}").due
    walk.at += timedelta(days=(due - today(walk)).days + late)
    walk.step(remedies.reply_review, cast.reviewer, part_id=row.pk, answer="原决定事实清楚。", replied_on=today(walk))
    assert limit(walk, "review-reply-10d#1", f"remedy:{row.pk}").state == state
    document = Document.objects.get(case=walk.case, code="review_reply")
    assert document.number == "吉梨交复答〔2026〕0001号"
    names = [line[1] for line in document.data["tables"][0]["rows"]]
    assert names[-2:] == [walk.case.decision.breached, walk.case.decision.basis]
    assert len(names) == 2 + walk.case.evidence.count()


def test_no_file_goes_to_the_archive_while_a_review_is_open(cast: Cast) -> None:
    walk, _row = reviewed_at("closed", cast)
    with pytest.raises(Refused) as refused:
        walk.step(closure.archive, cast.archivist)
    assert codes(refused) == ["archive-time"]


def test_a_second_reply_is_not_offered(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    reply = {"part_id": row.pk, "answer": "原决定事实清楚。", "replied_on": today(walk)}
    walk.step(remedies.reply_review, cast.reviewer, **reply)
    with pytest.raises(NotFound):
        walk.step(remedies.reply_review, cast.reviewer, **reply)


def test_a_request_through_the_bureau_is_forwarded_in_five_working_days(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    row = lodge(walk, route="monitoring", accepted_on=None)
    part = f"remedy:{row.pk}"
    assert limit(walk, "review-via-bureau", part).due == compute("review-via-bureau", row.received_on).due
    assert not Deadline.objects.filter(case=walk.case, code="review-reply-10d#1").exists()
    walk.step(remedies.forward_request, cast.reviewer, part_id=row.pk, opinion="维持原决定。", forwarded_on=today(walk))
    assert limit(walk, "review-via-bureau", part).state == "met"
    assert Document.objects.get(case=walk.case, code="review_reply").data["heading"] == "行政复议申请转送函"
    walk.at += timedelta(days=3)
    walk.step(
        remedies.record_review_copy, cast.reviewer, part_id=row.pk, copy_on=today(walk), procedure="simple",
        reference="梨府复〔2026〕4号", accepted_on=today(walk),
    )  # fmt: skip
    assert limit(walk, "review-reply-10d#2", part).due == compute("review-reply-10d#2", today(walk)).due


@pytest.mark.parametrize(("kind", "route"), [("review", "on_the_spot"), ("lawsuit", "monitoring")])
def test_other_requests_do_not_come_through_the_bureau(cast: Cast, kind: str, route: str) -> None:
    walk = case_at("decision_served", cast)
    with pytest.raises(Refused) as refused:
        lodge(walk, kind=kind, route=route)
    assert codes(refused) == ["review-via-bureau"]
    assert not Remedy.objects.exists()


def test_a_complaint_is_answered_in_fifteen_days(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    row = lodge(walk, kind="lawsuit", organ="梨树县人民法院", accepted_on=None)
    assert limit(walk, "sue-reply-15d", f"remedy:{row.pk}").due == compute("sue-reply-15d", row.received_on).due
    assert limit(walk, "sue-6m").state == "met"
    walk.step(
        remedies.reply_lawsuit,
        cast.reviewer,
        part_id=row.pk,
        replied_on=today(walk),
        handed_in="答辩状一份，证据清单一份。",
    )
    assert limit(walk, "sue-reply-15d", f"remedy:{row.pk}").state == "met"


def test_the_decision_says_until_when_review_and_lawsuit_are_open(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    served = walk.case.decision_served_on
    assert served is not None
    assert limit(walk, "review-60d").due == compute("review-60d", served).due
    assert limit(walk, "sue-6m").due == compute("sue-6m", served).due


@pytest.mark.parametrize(("changes", "field"), [
    ({"received_on": date(2026, 3, 1)}, "received_on"), ({"received_on": date(2026, 12, 31)}, "received_on"),
    ({"accepted_on": date(2026, 12, 31)}, "accepted_on"),
])  # fmt: skip
def test_days_that_cannot_be_are_refused(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        lodge(case_at("decision_served", cast), **changes)
    assert {one.fix for one in refused.value.refusals} == {field}


def test_one_review_at_a_time(cast: Cast) -> None:
    walk, _row = reviewed_at("decision_served", cast)
    with pytest.raises(Refused) as refused:
        lodge(walk)
    assert codes(refused) == ["review-60d"]
    lodge(walk, kind="lawsuit", organ="梨树县人民法院", accepted_on=None)


def test_while_a_review_is_open_no_evidence_is_collected(cast: Cast) -> None:
    """复议法46: the bureau revoked its decision to decide anew while the review goes on."""
    walk, row = reviewed_at("paid", cast)
    correct(walk, "order_remake", back_to="P03")
    assert walk.case.state == "P03"
    with pytest.raises(Refused) as refused:
        walk.step(
            investigation.verify_evidence,
            cast.lead,
            evidence_ids=tuple(walk.case.evidence.values_list("pk", flat=True)),
        )
    assert codes(refused) == ["review-no-self-collect"]
    end(walk, row, "withdrawn", effective_on=None)
    walk.step(
        investigation.verify_evidence, cast.lead, evidence_ids=tuple(walk.case.evidence.values_list("pk", flat=True))
    )


def test_execution_goes_on_unless_it_was_ordered_to_stop(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    walk.step(
        remedies.record_stop_order,
        cast.reviewer,
        part_id=row.pk,
        stopped_from=today(walk),
        document="梨府复停〔2026〕1号",
    )
    row.refresh_from_db()
    assert (row.stopped_from, row.stop_document) == (today(walk), "梨府复停〔2026〕1号")


def test_an_upheld_decision_goes_on(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    end(walk, row, "upheld", effective_on=None, reason="", served_on=today(walk))
    row.refresh_from_db()
    assert (row.outcome, row.ended_on, walk.case.state) == ("upheld", row.served_on, "P13")
    assert walk.case.decision.number
    assert limit(walk, "review-reply-10d#1", f"remedy:{row.pk}").state == "met"


def test_what_ends_a_decision_needs_its_day_and_its_reasons(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    with pytest.raises(Refused) as refused:
        end(walk, row, "revoked", effective_on=None, reason="错")
    assert [one.fix for one in refused.value.refusals] == ["effective_on", "reason"]
    assert not Step.objects.filter(case=walk.case, code="end_remedy").exists()


def test_only_the_legal_section_registers(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    new = NewRemedy("review", "梨树县人民政府", "示例人", "请求撤销。", today(walk))
    with pytest.raises(Exception, match="没有“登记复议、诉讼和监督决定”的权限"):
        walk.step(remedies.record_remedy, cast.lead, remedy=new)
