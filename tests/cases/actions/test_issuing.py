"""Decisions signed one by one and issued together: each in its own transaction, through the same guards, exactly once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from cases.actions import decision, issuing
from cases.models import Case, Decision, Document, IssueItem, ItemOutcome, SignatureState, SignedApproval
from cases.procedure.states import State
from cases.queries.issuing import next_items, signed_by
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.demo.bench.cases import cases_to_decide
from lishu_law.demo.bench.people import staff
from lishu_law.documents.models import PdfState
from lishu_law.errors import NotAllowed, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.pdf import machine
from lishu_law.registry.actions import update_party
from lishu_law.registry.details import PartyDetails
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at

pytestmark = pytest.mark.django_db
WORDS = "事实清楚，同意处罚。"


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_cast()


def sign(walk: Walk, by: Any = None) -> SignedApproval:
    walk.step(decision.approve_decision, by or walk.cast.head, agree=True, opinion=WORDS, in_batch=True)
    return SignedApproval.objects.get(case=walk.case, state=SignatureState.WAITING)


def order(by: Any, *signed: SignedApproval) -> list[IssueItem]:
    batch = issuing.order_issue(by=by, references=[one.reference for one in signed])
    return list(batch.items.order_by("pk"))


def issue(walk: Walk, item: IssueItem, *, days: int = 0) -> IssueItem:
    issuing.issue_item(item.pk, at=walk.at + timedelta(days=days, minutes=30))
    item.refresh_from_db()
    walk.case.refresh_from_db()
    return item


def test_signing_numbers_nothing_and_leaves_every_clock_running(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    before = list(walk.case.deadlines.order_by("pk").values_list("code", "state"))
    entries = JournalEntry.objects.count()
    signed = sign(walk)
    assert walk.case.state == State.DECISION_APPROVAL
    assert (signed.version, signed.by) == (walk.case.version, cast.head)
    assert not Decision.objects.exists()
    assert not Document.objects.filter(case=walk.case, code__in=("penalty_decision", "penalty_approval")).exists()
    assert list(walk.case.deadlines.order_by("pk").values_list("code", "state")) == before
    assert JournalEntry.objects.count() == entries + 1
    assert [one.why_not for one in signed_by(cast.head)] == [""]
    assert signed_by(cast.deputy) == []


def test_issued_as_signed_with_the_day_of_each(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    signed = sign(walk)
    (item,) = order(cast.head, signed)
    issue(walk, item, days=1)
    made = walk.case.decision
    assert (item.state, item.number) == (ItemOutcome.ISSUED, made.number)
    assert walk.case.state == State.DECIDED
    assert (made.approved_by, made.approved_at, made.opinion) == (cast.head, signed.at, WORDS)
    assert made.decided_on == clock.local(signed.at).date() + timedelta(days=1)
    day = clock.local(signed.at)
    sheet = Document.objects.get(case=walk.case, code="penalty_approval")
    assert sheet.data["opinions"][-1]["opinion"]["name"] == cast.head.full_name
    assert sheet.data["opinions"][-1]["opinion"]["signed_on"] == f"{day.year}年{day.month}月{day.day}日"
    entry = JournalEntry.objects.get(action="case.approve_decision")
    assert json.loads(entry.body)["details"]["batch"] == item.batch.reference
    assert set(walk.case.deadlines.filter(state="running").values_list("code", flat=True)) >= {"serve-7d", "pub-7wd"}


def test_nothing_is_issued_twice(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    signed = sign(walk)
    (item,) = order(cast.head, signed)
    with pytest.raises(Refused, match="已经列入一批"):
        order(cast.head, signed)
    issue(walk, item)
    assert issuing.issue_item(item.pk) is False
    with pytest.raises(Refused, match="已经制发"):
        order(cast.head, signed)
    assert Decision.objects.count() == 1
    assert Document.objects.filter(code="penalty_decision").count() == 1


def _evidence_added(walk: Walk) -> None:
    Case.objects.filter(pk=walk.case.pk).update(version=walk.case.version + 1)


def _signer_without_role(walk: Walk) -> None:
    walk.cast.head.roles = []
    walk.cast.head.save(update_fields=["roles"])


def _signer_became_reviewer(walk: Walk) -> None:
    walk.cast.head.roles = ["legal_reviewer"]
    walk.cast.head.save(update_fields=["roles"])


def _signer_gone(walk: Walk) -> None:
    walk.cast.head.is_active = False
    walk.cast.head.save(update_fields=["is_active"])


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (_evidence_added, "issue-changed", "有改动，这一次签署不再适用"),
        (_signer_without_role, "issue-denied", "签署人现在无权审批"),
        (_signer_became_reviewer, "issue-denied", "没有“审批处罚决定”的权限"),
        (_signer_gone, "issue-denied", "签署人现在无权审批"),
    ],
    ids=["changed since", "no longer head", "reviewer now", "account closed"],
)
def test_what_no_longer_holds_is_not_issued(cast: Cast, change: Callable[[Walk], None], code: str, words: str) -> None:
    walk = case_at("reviewed", cast)
    (item,) = order(cast.head, sign(walk))
    change(walk)
    issue(walk, item)
    assert (item.state, item.number) == (ItemOutcome.FAILED, "")
    assert item.problems[0]["code"] == code
    assert words in item.problems[0]["message"]
    assert walk.case.state == State.DECISION_APPROVAL
    assert not Decision.objects.exists()
    assert JournalEntry.objects.filter(action="decisions.failed").count() == 1


def _moved(walk: Walk) -> None:
    party = walk.case.known_party
    names = ("kind", "name", "uscc", "person_name", "person_post", "gender", "id_kind", "id_number", "phone")
    details = PartyDetails(**{name: getattr(party, name) for name in names}, address="吉林省四平市梨树县郭家店镇")
    before = walk.case.version
    update_party(by=walk.cast.third_officer, party_id=party.pk, details=details)
    walk.case.refresh_from_db()
    assert walk.case.version == before, "or the case's own version would have told"


@pytest.mark.parametrize("what", ["party", "bank"])
def test_what_the_head_did_not_see_is_not_sealed(cast: Cast, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The party moved, or the collecting bank changed, between signing and issuing: the case itself kept its version."""
    walk = case_at("reviewed", cast)
    (item,) = order(cast.head, sign(walk))
    if what == "party":
        _moved(walk)
    else:
        changed = [replace(one, value="另一家银行") for one in DEFAULT_PARAMETERS._values["payment.bank"]]
        monkeypatch.setitem(DEFAULT_PARAMETERS._values, "payment.bank", changed)
    issue(walk, item)
    assert (item.state, item.number) == (ItemOutcome.FAILED, "")
    assert item.problems[0]["code"] == "issue-changed"
    assert "当事人信息" in item.problems[0]["message"]
    assert not Decision.objects.exists()
    again = sign(walk)
    (item,) = order(cast.head, again)
    issue(walk, item)
    assert item.state == ItemOutcome.ISSUED, "looked at and signed anew"


def test_the_guards_are_asked_on_the_day_of_issuing(cast: Cast) -> None:
    """Signed in time, issued after the ninety days: refused with the article and the way to the cure (处罚法60)."""
    walk = case_at("reviewed", cast)
    (item,) = order(cast.head, sign(walk))
    issue(walk, item, days=120)
    assert item.state == ItemOutcome.FAILED
    late = next(one for one in item.problems if one["code"] == "decide-90d")
    assert "第六十条" in late["citation"]
    assert late["fix"]


def test_a_later_approval_replaces_the_signature(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    first = sign(walk)
    second = sign(walk, cast.deputy)
    first.refresh_from_db()
    assert first.state == SignatureState.REPLACED
    with pytest.raises(Refused, match="请重新查看案卷并审批"):
        order(cast.head, first)
    with pytest.raises(Refused, match="没有您的签署记录"):
        order(cast.head, second)
    walk.step(decision.approve_decision, cast.head, agree=False, opinion="补正送达回证。")
    assert signed_by(cast.deputy) == []
    assert SignedApproval.objects.filter(state=SignatureState.WAITING).count() == 0


@pytest.mark.parametrize(("count", "words"), [(0, "请选择"), (101, "一次最多制发 100 件")])
def test_a_batch_has_one_to_a_hundred(cast: Cast, count: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        issuing.order_issue(by=cast.head, references=[f"reference{number}" for number in range(count)])


def test_who_may_not_approve_signs_nothing_either(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    with pytest.raises(NotAllowed):
        walk.step(decision.approve_decision, cast.reviewer, agree=True, opinion=WORDS, in_batch=True)
    assert not SignedApproval.objects.exists()


def test_who_lost_the_role_orders_nothing(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    signed = sign(walk)
    cast.head.roles = ["officer"]
    with pytest.raises(NotAllowed):
        order(cast.head, signed)
    assert not IssueItem.objects.exists()


def test_one_that_keeps_killing_the_worker_ends_as_failed(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    (item,) = order(cast.head, sign(walk))
    IssueItem.objects.filter(pk=item.pk).update(attempts=issuing.MOST_ATTEMPTS)  # each counted before it was made
    issue(walk, item)
    assert (item.state, item.problems[0]["code"]) == (ItemOutcome.FAILED, "issue-broken")
    assert [one.why_not for one in signed_by(cast.head)] == [""], "the signature holds: it can be ordered again"


@pytest.mark.skipif(bool(machine.missing(machine.PANGO)), reason="Pango is not installed")
def test_twenty_fail_the_others_are_issued_with_numbers_in_a_row(settings: Any, tmp_path: Path) -> None:
    """Of twenty-four, twenty are forced to fail; the numbers of the others have no gap and their papers are drawn."""
    settings.MEDIA_ROOT, settings.DEMO = tmp_path / "media", True
    people = staff()
    walks = cases_to_decide(people, 24)
    for walk in walks:
        walk.step(decision.approve_decision, people.head, agree=True, opinion=WORDS, in_batch=True)
    items = order(people.head, *SignedApproval.objects.order_by("pk"))
    Case.objects.filter(pk__in=[walk.case.pk for walk in walks[2:22]]).update(version=F("version") + 1)
    assert issuing.issue_waiting(seconds=300) is False
    assert next_items(1) == []
    found = list(IssueItem.objects.filter(batch=items[0].batch).order_by("pk"))
    assert [one.state for one in found] == ["issued"] * 2 + ["failed"] * 20 + ["issued"] * 2
    serials = [int(one.number.rstrip("号").rpartition("〕")[2]) for one in found if one.number]
    assert serials == list(range(serials[0], serials[0] + 4))
    assert all(one.problems[0]["message"] and one.problems[0]["fix"] for one in found[2:22])
    papers = Document.objects.filter(code__in=("penalty_decision", "penalty_approval"))
    assert list(papers.values_list("pdf_state", flat=True)) == [PdfState.DONE] * 8


@pytest.mark.django_db(transaction=True)
def test_another_worker_at_it_leaves_everything_alone(cast: Cast) -> None:
    """The lock is a session's: a killed worker's ends with its connection, so no lease has to run out."""
    walk = case_at("reviewed", cast)
    (item,) = order(cast.head, sign(walk))
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [issuing._LOCK])
        assert issuing.issue_waiting(seconds=5) is False
        item.refresh_from_db()
        assert (item.state, item.attempts) == (ItemOutcome.WAITING, 0)
    finally:
        other.close()
