"""Notice, statements, waiver and renewed notice: each point answered, never heavier for it, told again where changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hearing_scenes import again, answer, choose, codes, notify_again, plead, review, told

from cases.actions import decision, legal_review, notice
from cases.models import Deadline, Defence, Document, Statement
from cases.queries.thresholds import hearing_grounds
from lishu_law.errors import Refused
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

TODAY = datetime(2026, 3, 3, tzinfo=UTC).date()
FACTS = "2026年3月2日23时02分，当事人装载碎砖未苫盖，补充查明有洒落。"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def decide(walk: Walk) -> None:
    walk.step(decision.approve_decision, walk.cast.head, agree=True, opinion="同意。")


def after_window(walk: Walk) -> None:
    walk.at += timedelta(days=9)


def test_every_point_is_answered_and_flows_into_the_decision(cast: Cast) -> None:
    walk = told(cast)
    plead(walk)
    with pytest.raises(Refused) as refused:
        answer(walk, {1: (True, "情况属实。")})
    assert codes(refused) == ["defence-review"]
    answer(walk, {1: (True, "情况属实，已在裁量时考虑。"), 2: (False, "与现场照片不符。")})
    sealed = Document.objects.get(case=walk.case, code="defence_review").data
    assert [point["verdict"] for point in sealed["points"]] == ["采纳", "不采纳"]
    after_window(walk)
    walk.step(legal_review.request_review, cast.lead)
    review(walk)
    decide(walk)
    words = "".join(Document.objects.get(case=walk.case, code="penalty_decision").data["defence"])
    assert "与现场照片不符" in words
    assert "予以采纳" in words


def test_notice_says_where_to_plead(cast: Cast) -> None:
    walk = case_at("report_approved", cast)
    cast.authority.phone = ""
    cast.authority.save(update_fields=["phone"])
    with pytest.raises(Refused) as refused:
        walk.step(notice.issue_notice, cast.lead)
    assert codes(refused) == ["notice-contents"]


def test_spoken_defence_is_put_on_record(cast: Cast) -> None:
    walk = told(cast)
    plead(walk, kind="oral", speaker="示例人", speaker_role="经营者", place="询问室")
    assert Document.objects.get(case=walk.case, code="defence_record").data["rows"][2]["paragraphs"] == ["示例人"]
    with pytest.raises(Refused) as refused:
        walk.step(notice.add_statement, cast.lead, kind="oral", received_at=walk.at, content=" ")
    assert codes(refused) == ["defence-record"]


def test_further_and_late_statements_are_heard_before_the_decision(cast: Cast) -> None:
    walk = told(cast)
    plead(walk)
    answer(walk, {1: (True, "情况属实。"), 2: (False, "与照片不符。")})
    after_window(walk)
    walk.step(legal_review.request_review, cast.lead)
    review(walk)
    late = walk.step(notice.add_statement, cast.lead, kind="written", received_at=walk.at, content="补交苫布发票。")
    assert late.is_late
    with pytest.raises(Refused) as refused:
        decide(walk)
    assert codes(refused) == ["defence-review"]
    answer(walk, {3: (False, "发票不能证明当日已经苫盖。")})
    decide(walk)
    assert Statement.objects.filter(case=walk.case).count() == 2


def test_silence_is_noted_only_after_the_last_day(cast: Cast) -> None:
    walk = told(cast)  # served on 3 March 2026: until 10 March, 24:00
    walk.at = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        walk.step(notice.record_defence, cast.lead, kind="none", received_at=walk.at)
    assert codes(refused) == ["defence-window"]
    walk.at = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
    walk.step(notice.record_defence, cast.lead, kind="none", received_at=walk.at)
    assert walk.case.state == "P07"


def test_waiver_on_the_day_of_serving_says_why_it_is_voluntary(cast: Cast) -> None:
    walk = told(cast)
    data = {"kind": "waiver", "received_at": walk.at}
    with pytest.raises(Refused) as refused:
        walk.step(notice.record_defence, cast.lead, **data)
    assert codes(refused) == ["waiver-explicit"]
    walk.step(notice.record_defence, cast.lead, waiver_note="当事人阅读通知书后另行书写声明。", **data)
    assert Document.objects.filter(case=walk.case, code="waiver_statement").count() == 1
    walk.step(legal_review.request_review, cast.lead)


def test_waiver_on_a_later_day_needs_no_more(cast: Cast) -> None:
    walk = told(cast)
    walk.at += timedelta(days=1)
    walk.step(notice.record_defence, cast.lead, kind="waiver", received_at=walk.at)
    assert Defence.objects.get(case=walk.case).kind == "waiver"


def reopened(cast: Cast) -> Walk:
    """The party pleaded; then the facts changed."""
    walk = told(cast)
    plead(walk)
    walk.step(notice.renotice, cast.lead, changes=("facts", "heavier"), facts=FACTS, reason="补充查明路面有洒落。")
    return walk


def test_changed_proposal_is_approved_told_again_and_the_windows_start_anew(cast: Cast) -> None:
    walk = reopened(cast)
    assert walk.case.state == "P05"
    with pytest.raises(Refused) as refused:
        walk.step(notice.issue_notice, cast.lead)
    assert codes(refused) == ["notice-renotice"]
    choose(walk, "1500")
    walk.step(notice.approve_revision, cast.deputy, agree=True, opinion="同意变更。")
    with pytest.raises(Refused) as refused:
        walk.step(notice.issue_notice, cast.lead)
    assert codes(refused) == ["defence-no-heavier"]
    walk.at += timedelta(days=2)
    notify_again(walk, heavier_reason="新查明路面有洒落，有照片和证言。")
    window = Deadline.objects.get(case=walk.case, code="defence-window", state="running")
    assert (window.started_on.day, window.due.day) == (5, 12)
    with pytest.raises(Refused) as refused:
        walk.step(legal_review.request_review, cast.lead)
    assert codes(refused) == ["wrong-stage"]
    after_window(walk)
    walk.step(notice.record_defence, cast.lead, kind="none", received_at=walk.at)
    walk.step(legal_review.request_review, cast.lead)
    review(walk)
    decide(walk)
    assert str(walk.case.decision.amount) == "1500.00"


def test_the_old_notice_is_not_served_once_more(cast: Cast) -> None:
    walk = reopened(cast)
    walk.step(notice.approve_revision, cast.deputy, agree=True, opinion="同意变更。")
    walk.step(notice.issue_notice, cast.lead)
    with pytest.raises(Refused) as refused:
        walk.step(notice.issue_notice, cast.lead)
    assert codes(refused) == ["notice-served"]


def test_nothing_changed_nothing_told_again(cast: Cast) -> None:
    walk = told(cast)
    plead(walk)
    with pytest.raises(Refused) as refused:
        walk.step(notice.renotice, cast.lead, changes=(), facts=FACTS, reason="只是减轻。")
    assert codes(refused) == ["notice-renotice"]


def test_approved_proposal_does_not_change_before_the_first_notice(cast: Cast) -> None:
    walk = case_at("report_approved", cast)
    with pytest.raises(Refused) as refused:
        choose(walk, "1500")
    assert codes(refused) == ["notice-renotice"]


def test_lighter_on_the_same_facts_is_not_told_again(cast: Cast) -> None:
    walk = told(cast, amount="1500")
    plead(walk)
    answer(walk, {1: (True, "情况属实。"), 2: (True, "情况属实。")})
    after_window(walk)
    walk.step(legal_review.request_review, cast.lead)
    review(walk)
    walk.case.discretion.amount = "1000.00"
    walk.case.discretion.save(update_fields=["amount"])
    decide(walk)


def test_new_investigation_after_the_notice_is_told_again(cast: Cast) -> None:
    walk = told(cast)
    plead(walk)
    answer(walk, {1: (True, "情况属实。"), 2: (False, "与照片不符。")})
    after_window(walk)
    walk.step(legal_review.request_review, cast.lead)
    review(walk, agree=False, return_to="investigation")
    assert walk.case.state == "P03"
    again(walk)
    assert walk.case.state == "P05"
    notify_again(walk)
    assert walk.case.state == "P06"
    assert Deadline.objects.filter(case=walk.case, code="defence-window").count() == 2


def chosen(amount: str | None = None, measures: tuple[str, ...] = (), gains: object = None) -> Any:
    facts = {"facts": {"illegal_income": gains}, "factors": []}
    return SimpleNamespace(amount=amount, result={"assessment": {"measures": list(measures)}}, facts=facts)


@pytest.mark.parametrize(("kind", "one", "is_due"), [
    ("citizen", {"amount": "999.99"}, False),
    ("citizen", {"amount": "1000.00"}, True),
    ("organisation", {"amount": "9999.99"}, False),
    ("organisation", {"amount": "10000.00"}, True),
    ("organisation", {"measures": ("没收违法所得",), "gains": "9999.99"}, False),
    ("organisation", {"measures": ("没收违法所得",), "gains": 10000}, True),
    ("organisation", {"measures": ("没收违法所得",)}, False),
    ("organisation", {"measures": ("吊销车辆营运证(听证告知)",)}, True),
    ("organisation", {"measures": ("责令停业整顿",)}, True),
    ("organisation", {"measures": ("责令停止经营", "责令改正")}, False),
    ("organisation", {"measures": ("责令改正;情节严重的提请吊销",)}, False),
])  # fmt: skip
def test_right_to_a_hearing_is_computed(kind: str, one: dict[str, Any], is_due: bool) -> None:

    row = chosen(**{**one, **({"amount": Decimal(one["amount"])} if "amount" in one else {})})
    assert bool(hearing_grounds(row, kind, TODAY)) is is_due
