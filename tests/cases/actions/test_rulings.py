"""Decisions that fall or change: what stands, what is owed back, where the case goes, who counts it later."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import closure, decision, discretion, investigation, legal_review, payment, revocation, serving
from cases.actions.rulings import NewRuling
from cases.actions.serving import NewServing
from cases.models import Case, Closure, Deadline, Decision, Document, Refund, Ruling
from cases.procedure.guards.remedies import not_the_same_again
from cases.procedure.overlay import overlay_text
from cases.queries.decisions import decision_facts
from cases.queries.facts import cases_with_parts, load
from cases.queries.priors import prior_record
from lishu_law.errors import Refusal, Refused
from tests.cases.actions.remedy_scenes import CHANGED, correct, end, lodge, propose, reviewed_at, today
from tests.cast import Cast, make_cast
from tests.scenarios import ANSWERS, FACTS, STAGES, SUMMARY, Walk, case_at


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def facts_of(walk: Walk) -> Any:
    return load(cases_with_parts(Case.objects.filter(pk=walk.case.pk)).get()).facts


def refused_codes(act: Any, *arguments: Any, **data: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*arguments, **data)
    return [one.code for one in refused.value.refusals]


@pytest.mark.parametrize(("outcome", "effect"), [("revoked", "revoke"), ("void", "void")])
def test_a_revoked_decision_stays_readable_and_stands_no_longer(cast: Cast, outcome: str, effect: str) -> None:
    walk, row = reviewed_at("decision_served", cast)
    number = walk.case.decision.number
    end(walk, row, outcome)
    assert not Decision.objects.filter(case=walk.case).exists()
    old = Decision.objects.get(former_case=walk.case)
    assert (old.number, old.rulings.get().effect, walk.case.state) == (number, effect, "P17")
    assert Deadline.objects.get(case=walk.case, code="pay-15d").state == "cancelled"
    assert number in overlay_text(facts_of(walk))
    assert not Refund.objects.exists()


def test_what_was_paid_goes_back_before_the_case_is_closed(cast: Cast) -> None:
    walk, row = reviewed_at("paid", cast)
    end(walk, row, "revoked")
    refund, ruling = Refund.objects.get(), Ruling.objects.get()
    assert refund.amount == Decimal("1000.00")
    closing = {"result": "处罚决定已被撤销。", "execution": "罚款已退还。"}
    assert refused_codes(walk.step, closure.propose_closing, cast.lead, **closing) == [
        "enforce-restore",
        "pub-withdraw-3d",
    ]
    back = {"paid_to": "梨树县示例运输有限公司", "receipt_no": "TK0001", "done_on": today(walk)}
    walk.step(revocation.record_refund, cast.lead, part_id=ruling.pk, **back)
    assert refused_codes(walk.step, revocation.record_refund, cast.lead, part_id=ruling.pk, **back) == [
        "enforce-restore"
    ]
    closure.mark_withdrawn_core(ruling_id=ruling.pk, on=today(walk))
    assert Deadline.objects.get(case=walk.case, code="pub-withdraw-3d").state == "met"
    walk.step(closure.propose_closing, cast.lead, **closing)
    assert Closure.objects.get(case=walk.case).kind == "revoked"


@pytest.mark.parametrize("days", [-30, 1])
def test_a_refund_has_a_day_that_can_be(cast: Cast, days: int) -> None:
    walk, row = reviewed_at("paid", cast)
    end(walk, row, "revoked")
    back = {"paid_to": "示例公司", "receipt_no": "TK0001", "done_on": today(walk) + timedelta(days=days)}
    part_id = Ruling.objects.get().pk
    assert refused_codes(walk.step, revocation.record_refund, cast.lead, part_id=part_id, **back) == ["enforce-restore"]


def test_nothing_is_collected_on_a_fallen_decision(cast: Cast) -> None:
    """The row of the payment asks; here because a decision on the spot keeps its state."""
    walk, row = reviewed_at("decision_served", cast)
    end(walk, row, "revoked")
    Case.objects.filter(pk=walk.case.pk).update(state="P13")
    paid = {"receipt_no": "R9", "amount": Decimal("1000"), "paid_on": today(walk)}
    assert "enforce-restore" in refused_codes(walk.step, payment.record_payment, cast.lead, **paid)


def test_a_changed_decision_has_a_new_number_and_amount(cast: Cast) -> None:
    walk, row = reviewed_at("paid", cast)
    end(walk, row, "changed", new_amount=CHANGED, outcome_document="梨府复决〔2026〕3号")
    stands, ruling = walk.case.decision, Ruling.objects.get()
    assert (stands.number, stands.amount, ruling.old_amount) == ("梨府复决〔2026〕3号", CHANGED, Decimal("1000.00"))
    assert (ruling.new_decision, ruling.decision.known_case) == (stands, walk.case)
    assert Refund.objects.get().amount == Decimal("600.00")
    facts = facts_of(walk)
    assert (facts.paid, facts.decision_amount, facts.disclosed_on, walk.case.state) == (CHANGED, CHANGED, None, "P17")


@pytest.mark.parametrize(("amount", "code"), [
    ("1000.01", "notice-renotice"), ("1000.00", "revoke-self"), ("999.99", ""),
])  # fmt: skip
def test_a_change_is_never_heavier(cast: Cast, amount: str, code: str) -> None:
    walk, row = reviewed_at("decision_served", cast)
    if not code:
        end(walk, row, "changed", new_amount=Decimal(amount))
        assert (walk.case.decision.amount, walk.case.state) == (Decimal(amount), "P13")
        return
    assert refused_codes(end, walk, row, "changed", new_amount=Decimal(amount)) == [code]
    assert walk.case.decision.amount == Decimal("1000.00")


def test_a_decision_confirmed_unlawful_keeps_its_effect(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    end(walk, row, "unlawful")
    assert (walk.case.state, facts_of(walk).decision_amount) == ("P13", Decimal("1000.00"))
    walk.step(payment.record_payment, cast.lead, receipt_no="R9", amount=Decimal("1000"), paid_on=today(walk))
    assert Deadline.objects.get(case=walk.case, code="pub-withdraw-3d").state == "running"


def test_the_bureau_revokes_by_a_numbered_decision_of_two_people(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    correct(walk, "revoke")
    document = Document.objects.get(case=walk.case, code="revocation_decision")
    assert (document.number, document.must_be_served) == ("吉梨交撤〔2026〕0001号", True)
    ruling = Ruling.objects.get()
    assert (ruling.source, ruling.document_no, document.part) == ("self", document.number, f"ruling:{ruling.pk}")
    assert "吉梨交罚〔2026〕0001号" in document.data["original"]


def test_the_changed_decision_is_served_by_its_own_document(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    correct(walk, "change", new_amount=CHANGED)
    number, document = walk.case.decision.number, Document.objects.get(case=walk.case, code="revocation_decision")
    assert decision_facts(walk.case.decision.pk).served_on is None
    receipt = NewServing(
        method="direct", receiver_name="示例人", relation="representative", place="梨树县梨树镇示例路1号",
        served_at=walk.at + timedelta(minutes=5), second_server=cast.assistant,
    )  # fmt: skip
    walk.step(serving.serve_document, cast.lead, part_id=document.pk, serving=receipt)
    assert (document.number, decision_facts(walk.case.decision.pk).served_on) == (number, today(walk))
    started = Deadline.objects.filter(case=walk.case, part=document.part).values_list("code", flat=True)
    assert sorted(started) == ["pub-withdraw-3d", "review-60d", "sue-6m"]


def test_a_correction_that_was_refused_changes_nothing(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    approval = propose(walk, "revoke")
    data = {"part_id": approval.pk, "agree": False}
    assert refused_codes(walk.step, revocation.decide_correction, cast.head, opinion="", **data) == ["approval-reason"]
    walk.step(revocation.decide_correction, cast.head, opinion="原决定没有错误。", **data)
    assert walk.case.decision.number
    assert not Ruling.objects.exists()


def test_the_bureau_corrects_only_what_stands(cast: Cast) -> None:
    walk = case_at("decision_served", cast)
    correct(walk, "revoke")
    assert refused_codes(propose, walk, "revoke") == ["revoke-self"]


def test_the_bureau_does_not_condemn_itself(cast: Cast) -> None:
    assert refused_codes(propose, case_at("decision_served", cast), "confirm_unlawful") == ["revoke-self"]


def test_a_decision_not_served_is_not_changed(cast: Cast) -> None:
    assert refused_codes(propose, case_at("decided", cast), "change", new_amount=CHANGED) == ["serve-7d"]


def test_a_supervising_body_may_rule_too(cast: Cast) -> None:
    walk = case_at("archived", cast)
    ruling = NewRuling("supervision", "revoke", "梨树县司法局", "梨司监〔2026〕1号", today(walk), "主要证据不足。")
    walk.step(revocation.record_ruling, cast.reviewer, ruling=ruling)
    assert (walk.case.state, Ruling.objects.get().source) == ("P20", "supervision")


@pytest.mark.parametrize(("days", "is_refused"), [(0, False), (1, True), (-60, True)])
def test_a_ruling_holds_from_a_day_that_can_be(cast: Cast, days: int, is_refused: bool) -> None:
    walk = case_at("decision_served", cast)
    on = today(walk) + timedelta(days=days)
    ruling = NewRuling("supervision", "revoke", "梨树县司法局", "梨司监〔2026〕1号", on, "主要证据不足。")
    if is_refused:
        assert refused_codes(walk.step, revocation.record_ruling, cast.reviewer, ruling=ruling) == ["revoke-self"]
    else:
        walk.step(revocation.record_ruling, cast.reviewer, ruling=ruling)


def _again(walk: Walk, *, facts: str, amount: str, reason: str) -> None:
    """The road from the investigation to the decision's approval once more."""
    cast = walk.cast
    walk.step(
        discretion.set_discretion, cast.lead, facts=FACTS, factors=(), answers=ANSWERS, answers_note="均无相应证据。",
        amount=Decimal(amount), reason=reason,
    )  # fmt: skip
    walk.step(investigation.submit_report, cast.lead, process="重新调查。", facts=facts, opinion="建议处罚款。")
    for word in ("report_endorsed", "report_approved", "notice_issued", "notice_served", "defence_recorded"):
        STAGES[word](walk, amount)
    walk.step(legal_review.request_review, cast.lead)
    STAGES["reviewed"](walk, amount)


REASON = "首次被查处，未造成危害后果，按较轻档下限处罚。"


def test_the_same_decision_is_not_made_again(cast: Cast) -> None:
    walk, row = reviewed_at("paid", cast)
    end(walk, row, "remade", back_to="P03")
    assert (walk.case.state, walk.case.decided_on) == ("P03", None)
    _again(walk, facts=f"2026年3月2日23时02分，当事人{SUMMARY}", amount="1000", reason=REASON)
    approve = {"agree": True, "opinion": "同意。"}
    assert refused_codes(walk.step, decision.approve_decision, cast.head, **approve) == ["revoke-self"]


def test_a_new_decision_on_other_grounds_is(cast: Cast) -> None:
    walk, row = reviewed_at("paid", cast)
    end(walk, row, "remade", back_to="P03")
    _again(walk, facts=f"经补充调查，{SUMMARY}撒落约两百公斤。", amount="1000", reason="撒落物及时清扫，按下限处罚。")
    walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    walk.case.refresh_from_db()
    assert (walk.case.decision.number, walk.case.state) == ("吉梨交罚〔2026〕0002号", "P12")
    STAGES["decision_served"](walk, "1000")
    assert facts_of(walk).paid == Decimal("0.00")  # what was paid for the old decision goes back
    walk.step(payment.record_payment, cast.lead, receipt_no="R9", amount=Decimal("1000"), paid_on=today(walk))
    assert walk.case.state == "P17"


def test_a_decision_that_fell_for_its_procedure_may_be_made_again(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    end(walk, row, "remade", back_to="P05", is_procedural=True)
    assert walk.case.state == "P05"
    facts = facts_of(walk)
    assert (facts.notice, facts.defence, facts.review, facts.discretion is not None) == (None, None, None, True)
    for word in ("notice_issued", "notice_served", "defence_recorded"):
        STAGES[word](walk, "1000")
    walk.step(legal_review.request_review, cast.lead)
    STAGES["reviewed"](walk, "1000")
    walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    assert walk.case.state == "P12"


def test_after_a_remand_the_old_notice_serves_no_more(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    end(walk, row, "remade", back_to="P05", is_procedural=True)
    with pytest.raises(Refused, match="还没有制作违法行为通知书"):
        STAGES["notice_served"](walk, "1000")


def test_a_remand_says_where_to_start(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    assert refused_codes(end, walk, row, "remade", back_to="P11") == ["revoke-self"]


def test_a_fallen_decision_is_changed_no_more(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    correct(walk, "revoke")
    assert refused_codes(end, walk, row, "changed", new_amount=CHANGED) == ["revoke-self"]
    end(walk, row, "unlawful")
    assert Ruling.objects.count() == 2


@pytest.mark.parametrize(("outcome", "counted"), [("revoked", 0), ("void", 0), ("unlawful", 1), ("upheld", 1)])
def test_a_revoked_decision_is_no_earlier_violation(cast: Cast, outcome: str, counted: int) -> None:
    walk, row = reviewed_at("paid", cast)
    end(walk, row, outcome)
    later = case_at("clue", cast)
    Case.objects.filter(pk=later.case.pk).update(act_at=walk.at + timedelta(days=30), party=walk.case.party)
    later.case.refresh_from_db()
    assert prior_record(later.case).counts["prior_same_12m"] == counted


def test_a_lawsuit_may_begin_while_the_case_is_walked_again(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    end(walk, row, "remade", back_to="P03")
    suit = lodge(walk, kind="lawsuit", organ="梨树县人民法院", accepted_on=None)
    assert (suit.decision.number, walk.case.state) == ("吉梨交罚〔2026〕0001号", "P03")
    end(walk, suit, "withdrawn", effective_on=None)


def test_refusal_of_the_remand_rule_names_the_article(cast: Cast) -> None:
    walk, row = reviewed_at("paid", cast)
    end(walk, row, "remade", back_to="P03")
    _again(walk, facts=f"2026年3月2日23时02分，当事人{SUMMARY}", amount="1000", reason=REASON)
    refusal = not_the_same_again(facts_of(walk), today(walk))
    assert isinstance(refusal, Refusal)
    assert refusal.citation == "行政诉讼法第七十一条"


def test_a_lawsuit_follows_a_review(cast: Cast) -> None:
    walk, row = reviewed_at("decision_served", cast)
    end(walk, row, "upheld", effective_on=None, served_on=today(walk))
    suit = lodge(walk, kind="lawsuit", organ="梨树县人民法院", accepted_on=None)
    end(walk, suit, "revoked", outcome_document="（2026）吉0322行初1号")
    assert Ruling.objects.get().source == "court"
