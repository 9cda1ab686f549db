"""The straight road: every state is reached by its action, one journal entry each, numbers and limits as the law says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cases.actions import decision
from cases.models import Deadline, Document
from lishu_law.audit import journal
from lishu_law.audit.models import JournalEntry
from lishu_law.documents.models import NumberSeries
from lishu_law.errors import Refused
from tests.cast import Cast, make_cast
from tests.scenarios import ROAD, STAGES, case_at, last_document, visit_road


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


STATES = {
    "clue": "P00", "verified": "P01", "filing_requested": "P02", "filing_recommended": "P02", "filed": "P03",
    "recorded": "P03", "evidence_verified": "P03", "discretion_set": "P03", "report_submitted": "P04",
    "report_endorsed": "P04", "report_approved": "P05", "notice_issued": "P05", "notice_served": "P06",
    "defence_recorded": "P07", "review_requested": "P09", "reviewed": "P11", "decided": "P12",
    "decision_served": "P13", "duties_verified": "P13", "paid": "P17", "closing_proposed": "P18", "closing_endorsed": "P18", "closed": "P19",
    "archived": "P20",
}  # fmt: skip


def test_each_act_leads_to_its_state(cast: Cast) -> None:
    reached: dict[str, str] = {}
    visit_road(cast, lambda word, walk: reached.update({word: walk.case.state}))
    assert reached == STATES


def test_the_whole_road_leaves_documents_limits_and_a_whole_journal(cast: Cast) -> None:
    walk = case_at("archived", cast)
    case = walk.case
    assert case.case_no == "吉梨交案〔2026〕0001号"
    assert last_document(case, "penalty_decision").number == "吉梨交罚〔2026〕0001号"
    codes = list(Document.objects.filter(case=case).order_by("pk").values_list("code", flat=True))
    assert codes == [
        "filing_form", "onscene_record", "investigation_report", "prior_notice", "serving_receipt",
        "legal_review_opinion", "penalty_approval", "penalty_decision", "serving_receipt", "fine_receipt",
        "closing_report",
    ]  # fmt: skip
    assert Deadline.objects.get(case=case, code="decide-90d").state == "met"
    window = Deadline.objects.get(case=case, code="defence-window")
    assert (window.started_on, window.due) == (date(2026, 3, 3), date(2026, 3, 10))
    assert journal.verify()[1] is None


def test_every_action_writes_exactly_one_entry(cast: Cast) -> None:
    walk = case_at("clue", cast)
    for word in ROAD[1:]:
        count = JournalEntry.objects.count()
        STAGES[word](walk, "1000")
        written = JournalEntry.objects.filter(seq__gt=count).values_list("action", flat=True)
        own = [action for action in written if action not in {"case.declare_no_conflict", "case.disclosed"}]
        assert len(own) == 1, (word, list(written))


def test_refused_decision_consumes_no_number(cast: Cast) -> None:
    walk = case_at("reviewed", cast)
    walk.case.discretion.amount = Decimal("1600")
    walk.case.discretion.save(update_fields=["amount"])
    with pytest.raises(Refused) as refused:
        walk.step(decision.approve_decision, cast.head, agree=True, opinion="同意。")
    assert [refusal.code for refusal in refused.value.refusals] == ["defence-no-heavier"]
    assert not NumberSeries.objects.filter(kind="M15").exists()
