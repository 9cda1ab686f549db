"""Serving by every method: who may receive, what proves it, when it takes effect, what it starts (procedure.md §5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.actions import notice, serving
from cases.actions import serving_checks as checks
from cases.models import Case, Deadline, Serving, Step
from cases.procedure.facts import CaseFacts, PartyFact
from cases.procedure.states import State
from cases.queries.facts import cases_with_parts, load
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Refused
from tests.cases.actions import serving_scenes as scenes
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at, last_document


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def decided(cast: Cast) -> Walk:
    return case_at("decided", cast)


def refusals_of(walk: Walk, new: serving.NewServing, action: Any = serving.serve_decision) -> set[str]:
    with pytest.raises(Refused) as refused:
        walk.step(action, walk.cast.lead, serving=new)
    assert all(one.message.endswith("。") and "！" not in one.message for one in refused.value.refusals)
    return {refusal.code for refusal in refused.value.refusals}


def test_handed_over_it_takes_effect_that_day(decided: Walk) -> None:
    done = decided.step(serving.serve_decision, decided.cast.lead, serving=scenes.handed(decided))
    day = clock.local(done.served_at).date()
    assert (done.effective_on, done.strict_on, done.is_for_party) == (day, day, True)
    assert decided.case.state == "P13"
    assert decided.case.decision_served_on == day
    limits = {one.code: one for one in Deadline.objects.filter(case=decided.case)}
    assert {limits[code].started_on for code in ("pay-15d", "review-60d", "sue-6m")} == {day}
    assert limits["serve-7d"].state == "met"


@pytest.mark.parametrize("relation", ["self", "family"])
def test_family_does_not_receive_for_an_organisation(decided: Walk, relation: str) -> None:
    assert refusals_of(decided, scenes.handed(decided, relation=relation)) == {"serve-direct"}


@pytest.mark.parametrize("relation", ["representative", "receiving_staff", "agent"])
def test_who_receives_for_an_organisation(decided: Walk, relation: str) -> None:
    decided.step(serving.serve_decision, decided.cast.lead, serving=scenes.handed(decided, relation=relation))
    receipt = last_document(decided.case, "serving_receipt").data
    assert "示例人（" in receipt["proxy"]


@pytest.mark.parametrize(("kind", "relation", "is_allowed"), [
    ("citizen", "self", True), ("citizen", "family", True), ("citizen", "agent", True),
    ("citizen", "representative", False), ("citizen", "receiving_staff", False),
    ("individual_business", "self", True), ("individual_business", "receiving_staff", True),
    ("individual_business", "representative", False),
])  # fmt: skip
def test_who_receives_for_a_person(kind: str, relation: str, is_allowed: bool) -> None:
    party = PartyFact(kind, "示例农", has_identity=True, has_address=True)
    found = checks.receiver_may_receive(CaseFacts(State.DECIDED, party=party), relation)
    assert {one.code for one in found} == (set() if is_allowed else {"serve-direct"})


@pytest.mark.parametrize("missing", ["receiver_name", "relation", "place"])
def test_a_receipt_names_receiver_relation_and_place(decided: Walk, missing: str) -> None:
    assert refusals_of(decided, scenes.handed(decided, **{missing: ""})) == {"serve-receipt"}


def test_left_needs_a_reason_and_a_witness_or_a_film(decided: Walk) -> None:
    assert refusals_of(decided, scenes.handed(decided, method="left")) == {"serve-refuse"}
    without_proof = scenes.handed(decided, method="left", refusal_reason="拒绝签收")
    assert refusals_of(decided, without_proof) == {"serve-refuse"}
    without_reason = scenes.handed(decided, method="left", witness_name="见证人")
    assert refusals_of(decided, without_reason) == {"serve-refuse"}


@pytest.mark.parametrize("proved", ["witness", "film"])
def test_left_with_either_proof_takes_effect(decided: Walk, proved: str) -> None:
    proof = {"witness_name": "见证人"} if proved == "witness" else {"proof": scenes.photo(decided)}
    new = scenes.handed(decided, method="left", refusal_reason="拒绝签收", **proof)
    decided.step(serving.serve_decision, decided.cast.lead, serving=new)
    assert decided.case.state == "P13"
    assert "拒收事由：拒绝签收" in last_document(decided.case, "serving_receipt").data["remarks"]


def electronic(walk: Walk, **changed: Any) -> serving.NewServing:
    typed = {
        "method": "electronic", "through": "手机短信 13800000000", "reference": "LOG-1", "proof": scenes.photo(walk, "log"),
        **changed,
    }  # fmt: skip
    return scenes.handed(walk, **typed)


def test_electronic_serving_needs_a_signed_consent(decided: Walk) -> None:
    assert refusals_of(decided, electronic(decided)) == {"serve-electronic"}
    scenes.confirm(decided, accepts_electronic=False)
    assert refusals_of(decided, electronic(decided)) == {"serve-electronic"}


def test_a_later_consent_covers_no_earlier_sending(decided: Walk) -> None:
    sent_at = decided.at + scenes.MINUTES
    decided.at += timedelta(days=1)
    scenes.confirm(decided)
    assert refusals_of(decided, electronic(decided, served_at=sent_at)) == {"serve-electronic"}


@pytest.mark.parametrize("missing", [{"reference": ""}, {"proof": None}, {"through": ""}])
def test_electronic_serving_needs_the_systems_record(decided: Walk, missing: dict[str, Any]) -> None:
    scenes.confirm(decided)
    assert refusals_of(decided, electronic(decided, **missing)) == {"serve-electronic"}


def test_electronic_serving_takes_effect_when_the_system_shows_success(decided: Walk) -> None:
    scenes.confirm(decided)
    done = decided.step(serving.serve_decision, decided.cast.lead, serving=electronic(decided))
    assert done.effective_on == clock.local(done.served_at).date()
    remarks = last_document(decided.case, "serving_receipt").data["remarks"]
    assert "同意电子送达" in remarks
    assert "LOG-1" in remarks


def test_the_servers_are_two_officers_of_the_case(decided: Walk) -> None:
    assert refusals_of(decided, scenes.handed(decided, second_server=decided.cast.lead)) == {"gen-two-officers"}
    assert refusals_of(decided, scenes.handed(decided, second_server=decided.cast.outsider)) == {"gen-two-officers"}


def test_not_before_the_document_and_not_in_the_future(decided: Walk) -> None:
    early = scenes.handed(decided, served_at=decided.at - timedelta(days=1))
    assert refusals_of(decided, early) == {"serve-order"}
    assert refusals_of(decided, scenes.handed(decided, served_at=decided.at + timedelta(days=1))) == {"serve-future"}


def test_a_party_who_is_present_gets_the_decision_on_the_spot(decided: Walk) -> None:
    later = decided.at + timedelta(days=1)
    decided.at = later
    late = scenes.handed(decided, party_present=True)
    assert refusals_of(decided, late) == {"serve-on-spot"}
    with pytest.raises(Refused) as refused:
        scenes.send(decided, party_present=True)
    assert {one.code for one in refused.value.refusals} == {"serve-on-spot"}


def test_on_the_spot_is_the_day_of_the_decision(decided: Walk) -> None:
    decided.step(serving.serve_decision, decided.cast.lead, serving=scenes.handed(decided, party_present=True))
    assert decided.case.state == "P13"


def test_somebody_else_may_be_served_too_and_nothing_moves(decided: Walk) -> None:
    new = scenes.handed(decided, recipient="示例保险公司", relation="agent")
    done = decided.step(serving.serve_decision, decided.cast.lead, serving=new)
    assert not done.is_for_party
    assert decided.case.state == "P12"
    assert decided.case.decision_served_on is None
    assert not Deadline.objects.filter(case=decided.case, code="pay-15d").exists()


def test_a_failed_attempt_is_kept_and_starts_nothing(decided: Walk) -> None:
    scenes.fail(decided)
    failed = Serving.objects.get(case=decided.case, outcome="failed")
    assert (failed.failure, failed.effective_on) == ("absent", None)
    assert decided.case.state == "P12"
    assert Deadline.objects.get(case=decided.case, code="serve-7d").state == "running"
    decided.step(serving.serve_decision, decided.cast.lead, serving=scenes.handed(decided))
    assert "此前送达情况" in last_document(decided.case, "serving_receipt").data["remarks"]


def test_a_failed_attempt_told_the_party_nothing(cast: Cast) -> None:
    walk = case_at("notice_issued", cast)
    scenes.fail(walk)
    assert notice.told_before(load(cases_with_parts(Case.objects.filter(pk=walk.case.pk)).get())) is None
    walk.step(serving.serve_notice, cast.lead, serving=scenes.handed(walk))
    assert notice.told_before(load(cases_with_parts(Case.objects.filter(pk=walk.case.pk)).get())) is not None


@pytest.mark.parametrize("missing", ["failure", "note", "place"])
def test_a_failed_attempt_says_what_was_tried_and_why(decided: Walk, missing: str) -> None:
    with pytest.raises(Refused) as refused:
        scenes.fail(decided, **{missing: ""})
    assert {one.code for one in refused.value.refusals} == {"serve-public-reason"}


def test_seven_working_days_to_serve_the_decision(decided: Walk) -> None:
    decided_on = decided.case.decided_on
    limit = Deadline.objects.get(case=decided.case, code="serve-7d")
    assert (limit.started_on, limit.due) == (decided_on, date(2026, 3, 23))
    decided.at += timedelta(days=14)
    decided.step(serving.serve_decision, decided.cast.lead, serving=scenes.handed(decided))
    limit.refresh_from_db()
    assert limit.state == "met_late"


def test_every_serving_act_writes_one_entry_and_one_step(decided: Walk) -> None:
    for act in (scenes.fail, scenes.send, scenes.confirm):
        entries, steps = JournalEntry.objects.count(), Step.objects.count()
        act(decided)
        assert (JournalEntry.objects.count() - entries, Step.objects.count() - steps) == (1, 1)
