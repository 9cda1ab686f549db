"""The summary procedure through its real actions, from the scene to the archive (处罚法51–53)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.actions import filing, recusal, spot_decision, summary
from cases.actions.officers import replace_officer
from cases.actions.summary import SceneNote
from cases.api import decision_facts, sealed_decision_ids
from cases.models import Case, CaseOfficer, Deadline, DeadlineState, Document, SpotRecord
from cases.procedure.states import Procedure, State
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import NotAllowed, Refused
from tests.cast import Cast, make_cast
from tests.scenarios import ANSWERS
from tests.spot_scenes import (
    COMPANY,
    DRIVER,
    OVERLOAD,
    SPOT_ROAD,
    SUMMARY,
    TRADER,
    assess,
    hand_over,
    id_number,
    identify,
    opened,
    spot_at,
    visit_spot_road,
)


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    settings.DEMO = True  # the invented identity numbers
    return make_cast()


def running(case: Case) -> dict[str, date]:
    return {one.code: one.due for one in Deadline.objects.filter(case=case, state=DeadlineState.RUNNING)}


def refused(run: Any, *arguments: Any, **words: Any) -> set[tuple[str, str]]:
    with pytest.raises(Refused) as found:
        run(*arguments, **words)
    return {(one.code, one.fix) for one in found.value.refusals}


def test_the_road_from_the_scene_to_the_archive(cast: Cast) -> None:
    seen: dict[str, tuple[str, set[str], int]] = {}

    def visit(word: str, walk: Any) -> None:
        entries = JournalEntry.objects.filter(object_type="case", object_id=str(walk.case.pk)).count()
        seen[word] = (walk.case.state, set(running(walk.case)), entries)

    walk = visit_spot_road(cast, visit)
    assert list(seen) == list(SPOT_ROAD)
    assert [state for state, _limits, _entries in seen.values()] == [
        "S0", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S9", "S9", "S10", "P20",
    ]  # fmt: skip
    assert seen["decided"][1] == {"simple-report-5d", "pub-7wd"}
    assert seen["delivered"][1] == {
        "simple-report-5d",
        "pub-7wd",
        "pay-15d",
        "review-60d",
    }  # never sue-6m: review first
    assert seen["reported"][1] == {"pub-7wd", "pay-15d", "review-60d"}
    assert seen["closed"][1] == {"review-60d", "archive-time"}
    assert [entries for _s, _l, entries in seen.values()] == [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16]
    # + both declared, + made public and duties verified
    case = walk.case
    assert case.procedure == Procedure.SUMMARY
    assert case.filed_on is None
    assert case.case_no
    assert case.decision.number == "吉梨交当罚〔2026〕0001号"
    assert case.decision_served_on == case.decided_on == date(2026, 3, 2)


def test_the_decision_reaches_the_publication(cast: Cast) -> None:
    walk = spot_at("decided", cast)
    facts = decision_facts(sealed_decision_ids()[-1])
    assert (facts.procedure, facts.filed_on, facts.fine, facts.penalty_types) == (
        "summary",
        None,
        Decimal("50.00"),
        ("02",),
    )
    assert facts.case_no == walk.case.case_no
    assert facts.handlers == {"Tlead", "Tassistant"}


def test_without_licence_or_address_nobody_is_identified(cast: Cast) -> None:
    walk = opened(cast)
    bare = DRIVER.__class__(kind="citizen", name="示例司机", id_number=DRIVER.id_number)
    found = refused(identify, walk, bare, licence_shown=False)
    assert found == {("simple-identify", "licence_shown"), ("simple-identify", "party_address")}
    assert refused(identify, walk, None) == {("simple-identify", "party_name")}
    identify(walk, DRIVER)
    assert walk.case.state == State.IDENTIFIED


def test_without_any_evidence_the_scene_is_not_left(cast: Cast) -> None:
    walk = spot_at("identified", cast)
    assert refused(walk.step, summary.secure_evidence, cast.lead) == {("simple-evidence", "photos")}
    walk.step(summary.secure_evidence, cast.lead, note=SceneNote(body=SUMMARY))
    assert walk.case.documents.get().code == "onscene_record"


@pytest.mark.parametrize(
    ("age", "code"), [(13, "decide-minor-u14"), (14, "simple-to-ordinary"), (17, "simple-to-ordinary")]
)
def test_the_young_are_not_penalised_on_the_spot(cast: Cast, age: int, code: str) -> None:
    walk = opened(cast)
    born = f"{2026 - age}0301"
    identify(walk, DRIVER.__class__(
        kind="citizen", name="示例少年", id_kind="111", id_number=id_number(born), address="梨树镇示例街8号"
    ))  # fmt: skip
    found = refused(walk.step, summary.secure_evidence, cast.lead, note=SceneNote(body=SUMMARY))
    assert (code, "turn_to_ordinary") in found
    walk.step(summary.turn_to_ordinary, cast.lead, reason="当事人是未成年人")
    assert (walk.case.state, walk.case.procedure) == (State.VERIFIED, Procedure.ORDINARY)


def test_eighteen_today_is_grown_up(cast: Cast) -> None:
    walk = opened(cast)
    identify(walk, DRIVER.__class__(
        kind="citizen", name="示例青年", id_kind="111", id_number=id_number("20080302"), address="梨树镇示例街8号"
    ))  # fmt: skip
    walk.step(summary.secure_evidence, cast.lead, note=SceneNote(body=SUMMARY))
    assert walk.case.state == State.EVIDENCED


def test_unanswered_questions_block(cast: Cast) -> None:
    walk = spot_at("evidenced", cast)
    silent = {code: value for code, value in ANSWERS.items() if code != "mitigation"}
    assert refused(assess, walk, answers=silent) == {("decide-mitigate-must", "answers_note")}


def test_a_business_fined_above_its_cap_goes_the_ordinary_way(cast: Cast) -> None:
    """The same act of a company may be fined 1,000 on the spot; a trader has the citizen's limit (decision 25)."""
    scatter = ("frt-scatter", "货运经营者没有采取必要措施防止货物脱落、扬撒", "道路货运")
    facts = {"harm": "none", "obstruct": False, "corrected_immediately": False, "order_refused": False}
    company = spot_at("evidenced", cast, party=COMPANY, item=scatter)
    assess(company, "1000", facts=facts)
    company.step(spot_decision.tell_orally, cast.lead, told=True)
    assert company.case.state == State.TOLD
    trader = spot_at("evidenced", cast, party=TRADER, item=scatter, hours=3)
    assess(trader, "1000", facts=facts)
    found = refused(trader.step, spot_decision.tell_orally, cast.lead, told=True)
    assert {("simple-scope", "turn_to_ordinary"), ("simple-discretion", "turn_to_ordinary")} <= found


def test_a_warning_has_nothing_to_pay(cast: Cast) -> None:
    walk = spot_at("delivered", cast, item=OVERLOAD, amount=None)
    assert walk.case.decision.amount is None
    assert walk.case.decision.penalty_types == ["01"]
    assert "pay-15d" not in running(walk.case)
    data = walk.case.documents.get(code="spot_decision").data
    assert (data["penalty"], data["is_fined"]) == ("警告", False)


def test_what_was_not_told_is_not_decided(cast: Cast) -> None:
    walk = spot_at("assessed", cast)
    assert refused(walk.step, spot_decision.tell_orally, cast.lead, told=False) == {("simple-oral-notice", "told")}
    walk.step(spot_decision.tell_orally, cast.lead, told=True)
    record = SpotRecord.objects.get(case=walk.case)
    for words in (
        "示例甲",
        "违反了",
        "拟处罚：罚款人民币伍拾元整",
        "陈述和申辩",
        "60 日内先向梨树县人民政府申请行政复议",
    ):
        assert words in record.told_text


def test_a_plea_is_reviewed_and_never_makes_it_heavier(cast: Cast) -> None:
    walk = spot_at("told", cast, amount="60")
    plea = {"statement": "乘客自己要求下车。"}
    assert refused(walk.step, spot_decision.hear, cast.lead, **plea) == {("simple-hear", "review")}
    walk.step(spot_decision.hear, cast.lead, **plea, is_adopted=True, review="乘客证实属实，从轻处罚。")
    heavier = refused(assess, walk, "61", action=summary.reassess)
    assert heavier == {("defence-no-heavier", "amount")}
    assess(walk, "50", action=summary.reassess)
    assert walk.case.state == State.ASSESSED
    walk.step(spot_decision.tell_orally, cast.lead, told=True)
    walk.step(spot_decision.hear, cast.lead)
    walk.step(spot_decision.decide_on_spot, cast.lead)
    assert walk.case.decision.amount == Decimal("50.00")


def test_disputed_facts_go_the_ordinary_way_with_everything(cast: Cast) -> None:
    walk = spot_at("told", cast)
    walk.step(spot_decision.hear, cast.lead, statement="我没有甩客。", is_disputed=True)
    found = refused(walk.step, spot_decision.decide_on_spot, cast.lead)
    assert ("simple-to-ordinary", "turn_to_ordinary") in found
    evidence = walk.case.evidence.count()
    walk.step(summary.turn_to_ordinary, cast.assistant, reason="当事人对违法事实有争议")
    assert (walk.case.state, walk.case.procedure) == (State.VERIFIED, Procedure.ORDINARY)
    assert walk.case.evidence.count() == evidence > 0
    assert set(running(walk.case)) == {"file-timely"}
    walk.step(filing.request_filing, cast.lead, opinion="建议立案。")
    assert walk.case.state == State.FILING_APPROVAL


def test_after_the_decision_there_is_no_way_back(cast: Cast) -> None:
    walk = spot_at("decided", cast)
    assert refused(walk.step, summary.turn_to_ordinary, cast.lead, reason="事实有争议") == {("wrong-stage", "case")}


def test_turning_needs_its_reason(cast: Cast) -> None:
    walk = spot_at("identified", cast)
    assert refused(walk.step, summary.turn_to_ordinary, cast.lead, reason=" ") == {("simple-to-ordinary", "reason")}


def test_the_form_is_complete_or_not_sealed(cast: Cast) -> None:
    walk = spot_at("decided", cast)
    data = walk.case.documents.get(code="spot_decision").data
    assert spot_decision.form_gaps(data) == []
    for name in ("facts", "act_at", "place", "breached", "basis", "penalty", "remedy", "organ"):
        assert [one.code for one in spot_decision.form_gaps({**data, name: ""})] == ["simple-form"]
    alone = {**data, "officers": data["officers"][:1]}
    assert "两名执法人员" in spot_decision.form_gaps(alone)[0].message


def test_the_decision_says_review_first(cast: Cast) -> None:
    walk = spot_at("decided", cast)
    remedy = "".join(walk.case.documents.get(code="spot_decision").data["remedy"])
    assert "60日内先向梨树县人民政府申请行政复议" in remedy
    assert "对行政复议决定不服的" in remedy
    assert "6个月" not in remedy


def test_a_refusal_to_sign_is_noted(cast: Cast) -> None:
    walk = spot_at("decided", cast)
    assert refused(hand_over, walk, signing="refused") == {("simple-deliver", "refusal_note")}
    serving = hand_over(walk, signing="refused", refusal_note="当事人看过后拒绝签名。")
    assert (serving.method, serving.effective_on) == ("left", walk.case.decided_on)


def test_strangers_and_the_squad_leader_do_not_decide(cast: Cast) -> None:
    walk = spot_at("heard", cast)
    with pytest.raises(NotAllowed):
        walk.step(spot_decision.decide_on_spot, cast.squad_leader)
    assert not Document.objects.filter(code="spot_decision").exists()


def test_no_number_is_lost_when_the_decision_is_refused(cast: Cast) -> None:
    walk = spot_at("heard", cast)
    refused(walk.step, spot_decision.decide_on_spot, cast.lead, payment_way="hard")
    walk.at -= timedelta(minutes=10)
    document = walk.step(spot_decision.decide_on_spot, cast.lead)
    assert document.number == "吉梨交当罚〔2026〕0001号"


def test_one_officer_alone_goes_nowhere(cast: Cast) -> None:
    walk = opened(cast)
    CaseOfficer.objects.filter(case=walk.case, user=cast.assistant).update(ended_at=walk.at)
    assert refused(identify, walk) == {("simple-two-officers", "officers")}


def test_nothing_is_heard_or_decided_before_it_was_told(cast: Cast) -> None:
    walk = spot_at("told", cast)
    SpotRecord.objects.filter(case=walk.case).update(told_at=None)
    assert refused(walk.step, spot_decision.hear, cast.lead) == {("simple-oral-notice", "tell_orally")}


def test_a_benchmark_above_the_cap_leads_to_the_ordinary_procedure(cast: Cast) -> None:
    """Above the cap, or no penalty at all: 首违不罚 is not decided on the scene either."""
    scatter = ("frt-scatter", "货运经营者没有采取必要措施防止货物脱落、扬撒", "道路货运")
    walk = spot_at("evidenced", cast, item=scatter)
    facts = {
        "harm": "none", "obstruct": False, "corrected_immediately": True, "order_refused": False,
        "blocked_minutes": Decimal(0), "traffic_affected": False,
    }  # fmt: skip
    assess(walk, None, facts=facts)
    assert walk.case.discretion.action == "no_penalty"
    found = refused(walk.step, spot_decision.tell_orally, cast.lead, told=True)
    assert found == {("simple-discretion", "turn_to_ordinary")}


@pytest.mark.parametrize("word", ["identified", "decided"])
def test_after_an_officer_withdrew_another_one_comes_before_the_next_act(cast: Cast, word: str) -> None:
    walk = spot_at(word, cast)
    walk.step(recusal.declare_conflict, cast.assistant, reason="当事人是本人的近亲属。")
    if word == "decided":
        assert refused(hand_over, walk, by=cast.lead) == {("simple-two-officers", "officers")}
    else:
        note = SceneNote(body="现场查看，货物没有苫盖。")
        found = refused(walk.step, summary.secure_evidence, cast.lead, photos=(), note=note)
        assert ("simple-two-officers", "officers") in found
    walk.step(replace_officer, cast.squad_leader, incoming=cast.third_officer, reason="协办人员已经回避。")
    if word == "decided":
        hand_over(walk, by=cast.third_officer)
        assert walk.case.state == State.DELIVERED
