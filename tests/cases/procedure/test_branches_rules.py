"""The rules of the branches that are one pure function each: off the road and back on it, by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cases.actions import decision as decisions
from cases.procedure import facts as f
from cases.procedure.branches_facts import CrimeFact, SameActFact
from cases.procedure.guards import branches, closure, contents, decision, discretion, filing, investigation
from cases.procedure.states import State, has_passed
from lishu_law import clock

pytestmark = pytest.mark.law

DAY = date(2026, 6, 1)
CHOSEN = f.DiscretionFact(
    "penalise", "一般", Decimal(1000), Decimal(1000), Decimal(3000), "理由", needs_confirmation=False,
    basis=("《中华人民共和国道路运输条例》第六十八条第二款",),
)  # fmt: skip
PARTY = f.PartyFact("organisation", "示例公司", has_identity=True, has_address=True)
FACTS = f.CaseFacts(
    state=State.DECISION_APPROVAL, act_on=date(2026, 3, 2), discovered_on=date(2026, 3, 2), is_in_county=True,
    place="国道303线", summary="重型半挂牵引车装载碎砖，没有采取苫盖等必要措施。", violation="扬撒", party=PARTY, discretion=CHOSEN,
    questions_answered=True, report_text="未苫盖。", evidence=(f.EvidenceFact("照片", "证明", is_verified=True),),
)  # fmt: skip


def refused(refusal: object) -> str:
    assert refusal is not None
    return str(refusal.code)  # type: ignore[attr-defined]


def test_acts_outside_the_county_need_a_designation() -> None:
    away = replace(FACTS, is_in_county=False)
    assert refused(filing.in_jurisdiction(away, DAY)) == "gen-jurisdiction-place"
    assert filing.in_jurisdiction(replace(away, designation="指定管辖决定"), DAY) is None


def test_the_bureau_decides_never_a_squad() -> None:
    assert refused(contents.issued_by_the_bureau(replace(FACTS, is_organs_own=False), DAY)) == "gen-jurisdiction-county"
    assert contents.issued_by_the_bureau(FACTS, DAY) is None


@pytest.mark.parametrize("basis", [(), ("《关于加强货运管理的通知》第二条",)])
def test_no_penalty_without_a_published_basis_in_force(basis: tuple[str, ...]) -> None:
    facts = replace(FACTS, discretion=replace(CHOSEN, basis=basis))
    assert refused(contents.basis_in_force(facts, DAY)) == "gen-legal-basis-published"
    assert contents.basis_in_force(FACTS, DAY) is None


def test_filing_needs_party_facts_clause_and_time() -> None:
    assert refused(filing.filing_criteria(replace(FACTS, party=None), DAY)) == "file-criteria"
    assert filing.filing_criteria(FACTS, DAY) is None


def test_the_squad_leader_signs_the_filing_first() -> None:
    assert refused(filing.filing_recommended(FACTS, DAY)) == "file-approval"
    done = {"request_filing": clock.now(), "recommend_filing": clock.now()}
    assert filing.filing_recommended(replace(FACTS, done=done), DAY) is None


@pytest.mark.parametrize(("act_on", "is_refused"), [(date(2024, 3, 2), False), (date(2024, 3, 1), True)])
def test_two_years(act_on: date, *, is_refused: bool) -> None:
    assert (filing.within_limitation(replace(FACTS, act_on=act_on), DAY) is not None) is is_refused


@pytest.mark.parametrize(("act_on", "is_refused"), [(date(2021, 3, 2), False), (date(2021, 3, 1), True)])
def test_five_years_where_safety_was_harmed(act_on: date, *, is_refused: bool) -> None:
    facts = replace(FACTS, act_on=act_on, has_safety_harm=True)
    assert filing.within_limitation(facts, DAY) is None
    assert (filing.within_five_years(facts, DAY) is not None) is is_refused


def test_the_party_is_identified_by_its_own_document() -> None:
    facts = replace(FACTS, party=replace(PARTY, has_identity=False))
    assert refused(investigation.party_true(facts, DAY)) == "inv-party-truth"


def test_the_report_is_signed_by_the_squad_leader_first() -> None:
    assert refused(investigation.report_endorsed(FACTS, DAY)) == "inv-report"


def test_the_benchmark_is_applied_inside_its_range() -> None:
    assert refused(discretion.discretion_chosen(replace(FACTS, discretion=None), DAY)) == "decide-discretion"
    outside = replace(FACTS, discretion=replace(CHOSEN, amount=Decimal("3000.01")))
    assert refused(discretion.discretion_chosen(outside, DAY)) == "decide-discretion"


def test_under_fourteen_there_is_no_penalty() -> None:
    child = replace(FACTS, party=replace(PARTY, age_at_act=13))
    assert refused(discretion.not_under_fourteen(child, DAY)) == "decide-minor-u14"
    assert discretion.not_under_fourteen(replace(FACTS, party=replace(PARTY, age_at_act=14)), DAY) is None


def test_an_unanswered_question_keeps_the_report_back() -> None:
    silent = replace(FACTS, questions_answered=False)
    assert refused(discretion.questions_answered(silent, DAY)) == "decide-mitigate-must"


def test_large_cases_wait_for_the_heads() -> None:
    assert refused(decision.discussed_where_due(replace(FACTS, discussion_due=True), DAY)) == "decide-collective"


def test_the_decision_has_its_six_items() -> None:
    assert refused(contents.contents_complete(replace(FACTS, report_text=""), DAY)) == "decide-contents"
    assert contents.contents_complete(FACTS, DAY) is None


def test_one_act_is_fined_once() -> None:
    twin = replace(FACTS, same_acts=(SameActFact("吉梨交案〔2026〕0001号", clock.now(), Decimal(500)),))
    assert refused(branches.not_fined_already(twin, DAY)) == "decide-double-fine"
    assert branches.not_fined_already(replace(twin, same_act_note="另一次行为。"), DAY) is None


def test_no_fine_on_top_of_a_criminal_fine() -> None:
    judged = replace(FACTS, crimes=(CrimeFact(1, "ended", "危险驾驶罪", DAY, Decimal(2000)),))
    assert refused(branches.no_fine_after_criminal_fine(judged, DAY)) == "inv-crime-offset"


def test_the_closing_report_is_signed_by_the_squad_leader_first() -> None:
    assert refused(closure.closing_endorsed(FACTS, DAY)) == "close-approval"


def test_a_fine_is_paid_before_the_case_is_closed() -> None:
    owed = replace(FACTS, decision_amount=Decimal(1000), paid=Decimal("999.99"))
    assert refused(closure.fine_paid(owed, DAY)) == "close-conditions"


@pytest.mark.parametrize(("state", "other", "is_behind"), [
    (State.ENDED, State.INVESTIGATION, True), (State.ENDED, State.CLOSING_APPROVAL, False),
    (State.NO_PENALTY, State.CLOSED, False), (State.NOT_FILED, State.CLOSING_APPROVAL, True),
    (State.NOT_FILED, State.CLOSED, False),
])  # fmt: skip
def test_an_end_off_the_road_still_has_its_closing(state: State, other: State, *, is_behind: bool) -> None:
    assert has_passed(state, other) is is_behind


SAID = {
    "payment": {"bank": "示例银行", "account": "0000"}, "review_organ": "梨树县人民政府", "court": "梨树县人民法院",
}  # fmt: skip


def test_a_fine_names_bank_and_account() -> None:
    assert decisions.payment_named(SAID, Decimal(1000)) == []
    assert decisions.payment_named({**SAID, "payment": None}, None) == []
    (refusal,) = decisions.payment_named({**SAID, "payment": {"bank": "示例银行", "account": ""}}, Decimal(1000))
    assert refusal.code == "decide-bank-surcharge"


def test_review_lies_with_the_county_government() -> None:
    assert decisions.review_organ_named(SAID) == []
    (refusal,) = decisions.review_organ_named({**SAID, "review_organ": "四平市交通运输局"})
    assert refusal.code == "decide-remedy-review-organ"


def test_both_remedies_are_named() -> None:
    assert decisions.remedies_named(SAID) == []
    (refusal,) = decisions.remedies_named({**SAID, "court": ""})
    assert refusal.code == "decide-remedy-60d"
