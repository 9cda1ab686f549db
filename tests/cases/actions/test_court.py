"""The court: asked only when everything holds, inside the window, answered in order, each answer with its clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.actions import closure, court, overdue
from cases.api import decision_facts
from cases.models import Approval, CourtApplication, Deadline, Document
from cases.procedure import execution_facts as e
from cases.procedure.closing import closing_kind
from cases.procedure.facts import CaseFacts
from cases.procedure.states import Procedure, State
from lishu_law.documents.blocks import day
from lishu_law.law.limits import compute
from tests.cases.actions import execution_scenes as scenes
from tests.cases.actions.refusing import refused
from tests.cases.actions.remedy_scenes import end, lodge
from tests.cast import Cast, make_cast
from tests.scenarios import case_at

ONE = timedelta(days=1)
TODAY = date(2026, 9, 18)
FILED = e.CourtFact(3, date(2026, 9, 17), date(2026, 9, 17))
FACTS = CaseFacts(state=State.OVERDUE, decision_served_on=date(2026, 3, 16))


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def codes(refusals: list) -> list[str]:
    return [one.code for one in refusals]


def answered(*kinds: str, on: date = TODAY) -> e.CourtFact:
    return replace(FILED, answers=tuple(e.CourtAnswerFact(kind, on) for kind in kinds))


def test_the_whole_way_to_the_courts_acceptance_and_the_closing(cast: Cast) -> None:
    walk = scenes.urged(cast)
    with refused("enforce-court-3m"):
        scenes.ask_court(walk)
    scenes.to_window(walk)
    with refused("enforce-court-docs"):
        scenes.ask_court(walk, enclosures=("application", "decision"))
    approval = scenes.ask_court(walk, by=cast.reviewer)
    with refused("approval-reason"):
        walk.step(court.decide_court, cast.head, part_id=approval.pk, agree=False, opinion=" ")
    scenes.decide(walk, court.decide_court, approval)
    document = Document.objects.get(case=walk.case, code="court_application")
    text = "".join(part["text"] for part in document.data["parts"])
    assert document.data["addressee"] == "梨树县人民法院"
    for words in ("请求事项", "第五十三条", "吉梨交催〔2026〕0001号", "合计人民币贰仟元整", "附件清单"):
        assert words in text
    application = CourtApplication.objects.get()
    assert scenes.state_of(walk) == "P15"
    walk.step(court.file_court, cast.reviewer, part_id=application.pk, filed_on=scenes.today(walk))
    assert scenes.state_of(walk) == "P16"
    part = f"court:{application.pk}"
    assert Deadline.objects.get(case=walk.case, code="enforce-court-clock#1", part=part).state == "running"
    _accept_and_close(walk, application)


def _accept_and_close(walk, application) -> None:
    with refused("enforce-court-clock"):
        scenes.answer(walk, application, "execute")
    closure.mark_disclosed(case_id=walk.case.pk, by=walk.cast.checker, at=walk.at)
    with refused("close-conditions"):
        walk.step(closure.propose_closing, walk.cast.lead, result="申请法院执行。", execution="法院尚未受理。")
    scenes.answer(walk, application, "accepted")
    assert Deadline.objects.get(case=walk.case, code="enforce-court-clock#1").state == "met"
    assert Deadline.objects.get(case=walk.case, code="enforce-court-clock#2").state == "running"
    walk.step(closure.propose_closing, walk.cast.lead, result="申请法院执行。", execution="法院已受理。")
    assert (scenes.state_of(walk), walk.case.closure.kind) == ("P18", "court_accepted")
    assert decision_facts(walk.case.decision.pk).closing_kind == ""  # only proposed
    walk.step(closure.endorse_closing, walk.cast.squad_leader, agree=False, opinion="请补充法院受理通知书。")
    assert scenes.state_of(walk) == "P16"  # not into 履行完毕


def test_the_application_tells_of_a_review_that_left_the_decision_standing(cast: Cast) -> None:
    """强制法53 speaks of parties that asked for nothing; after a review that would be untrue."""
    walk = scenes.served(cast)
    remedy = lodge(walk)
    end(walk, remedy, "upheld", effective_on=None, served_on=scenes.today(walk), reason="处罚决定合法。")
    scenes.on(walk, scenes.due_of(walk) + timedelta(days=40))
    walk.step(overdue.enter_overdue, cast.lead)
    scenes.urge(walk)
    scenes.silent(walk)
    scenes.decide(walk, court.decide_court, scenes.ask_court(walk))
    text = "".join(part["text"] for part in Document.objects.get(code="court_application").data["parts"])
    ended = day(remedy.received_on)
    assert f"被申请人申请行政复议，{ended}维持原决定，{ended}送达。被申请人此后在法定期限内没有提起行政诉讼" in text
    assert "没有申请行政复议" not in text


def test_other_packages_learn_how_a_case_was_closed(cast: Cast) -> None:
    assert decision_facts(case_at("closed", cast).case.decision.pk).closing_kind == "performed"


def test_a_refused_request_changes_nothing_and_a_judged_one_may_be_paid(cast: Cast) -> None:
    walk = scenes.urged(cast)
    scenes.to_window(walk)
    scenes.decide(walk, court.decide_court, scenes.ask_court(walk), agree=False)
    assert not CourtApplication.objects.exists()
    assert Approval.objects.get(kind="court").outcome == "refused"
    scenes.decide(walk, court.decide_court, scenes.ask_court(walk))
    application = CourtApplication.objects.get()
    walk.step(court.file_court, cast.reviewer, part_id=application.pk, filed_on=scenes.today(walk))
    for kind in ("accepted", "hearing", "not_execute", "objected", "objection_upheld", "execute", "completed"):
        scenes.answer(walk, application, kind)
    assert Deadline.objects.get(case=walk.case, code="enforce-court-clock#3").state == "met"
    assert Deadline.objects.get(case=walk.case, code="enforce-court-objection").state == "met"
    scenes.verify(walk)
    scenes.pay(walk, "1000", "1000", channel="court")
    assert scenes.state_of(walk) == "P17"


def test_every_enclosure_of_the_law_is_named() -> None:
    assert court.enclosures_complete(tuple(court.ENCLOSURES)) == []
    for missing in court.ENCLOSURES:
        rest = tuple(code for code in court.ENCLOSURES if code != missing)
        assert codes(court.enclosures_complete(rest)) == ["enforce-court-docs"]


def test_a_decision_on_the_spot_needs_the_courts_own_reading() -> None:
    spot = replace(FACTS, procedure=Procedure.SUMMARY)
    assert codes(court.readings_asked(spot, " ")) == ["enforce-court-simple-unclear"]
    assert court.readings_asked(spot, "9 月 2 日立案庭答复：按六个月起算。") == []
    assert court.readings_asked(FACTS, "") == []


@pytest.mark.parametrize(("filed_on", "today", "is_refused"), [
    (date(2026, 9, 17), TODAY, False),
    (date(2026, 9, 16), TODAY, True),  # before the application was sealed
    (date(2026, 9, 19), TODAY, True),  # in the future
    (date(2026, 12, 16), date(2026, 12, 20), False),  # the last day of the window
    (date(2026, 12, 17), date(2026, 12, 20), True),
])  # fmt: skip
def test_it_is_handed_in_inside_the_window(filed_on: date, today: date, is_refused: bool) -> None:
    application = e.CourtFact(3, date(2026, 9, 17))
    found = court.filed_in_window(FACTS, application, filed_on, today)
    assert codes(found) == (["enforce-court-3m"] if is_refused else [])


@pytest.mark.parametrize(("application", "kind", "is_refused"), [
    (FILED, "accepted", False),
    (FILED, "not_accepted", False),
    (FILED, "execute", True),
    (FILED, "nonsense", True),
    (answered("accepted"), "execute", False),
    (answered("accepted"), "objected", True),
    (answered("not_accepted"), "objected", False),
    (answered("accepted", "execute"), "suspended", False),
    (answered("accepted", "execute", "suspended"), "resumed", False),
    (answered("accepted", "execute", "ended"), "resumed", True),
    (e.CourtFact(3, TODAY), "accepted", True),
])  # fmt: skip
def test_an_answer_follows_where_the_application_stands(application: e.CourtFact, kind: str, is_refused: bool) -> None:
    assert bool(court.answer_follows(application, kind)) is is_refused


@pytest.mark.parametrize("shift", [-2, 1])
def test_an_answer_is_dated_in_order(shift: int) -> None:
    assert codes(court.answer_dated(FILED, TODAY + shift * ONE, TODAY)) == ["enforce-court-clock"]
    assert court.answer_dated(FILED, TODAY, TODAY) == []


@pytest.mark.parametrize(("shift", "is_refused"), [(0, False), (1, True)])
def test_the_objection_within_fifteen_days(shift: int, is_refused: bool) -> None:
    due = compute("enforce-court-objection", TODAY).due
    found = court.objection_in_time(answered("not_accepted"), "objected", due + shift * ONE)
    assert codes(found) == (["enforce-court-objection"] if is_refused else [])


@pytest.mark.parametrize(("kinds", "kind"), [
    (("accepted",), "court_accepted"),
    (("accepted", "execute"), "court_accepted"),
    (("not_accepted",), ""),
    (("accepted", "not_execute"), ""),
    (("accepted", "not_execute", "objected", "objection_upheld"), "court_accepted"),
    (("accepted", "execute", "ended"), "unenforceable"),
    ((), ""),
])  # fmt: skip
def test_how_a_case_at_court_may_be_closed(kinds: tuple[str, ...], kind: str) -> None:
    facts = replace(
        FACTS, decision_amount=scenes.FINE, execution=e.ExecutionFacts(courts=(answered(*kinds),), announced=True)
    )
    assert closing_kind(facts, TODAY) == kind
