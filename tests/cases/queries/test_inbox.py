"""The desk offers a person only what that person may do, and drafts say a thing once."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case
from cases.queries.facts import cases_with_parts, load
from cases.queries.inbox import LEADS_ONLY, inbox
from cases.queries.narrative import chinese_moment, facts_draft
from tests.cast import Cast, make_cast
from tests.scenarios import Walk, case_at, visit_road

TODAY = date(2026, 3, 20)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_assistant_is_not_offered_what_only_the_lead_may_do(cast: Cast) -> None:
    offered: dict[str, set[str]] = {"lead": set(), "assistant": set()}

    def visit(word: str, walk: Walk) -> None:
        offered["lead"] |= {row.step_code for row in inbox(cast.lead, TODAY)}
        offered["assistant"] |= {row.step_code for row in inbox(cast.assistant, TODAY)}

    visit_road(cast, visit)
    assert offered["assistant"] == {"verify_clue", "request_filing", "serve_notice", "record_defence", "serve_decision"}
    assert offered["lead"] - offered["assistant"] == {
        "submit_report", "issue_notice", "request_review", "record_payment", "propose_closing",
    }  # fmt: skip
    assert offered["lead"] - offered["assistant"] <= LEADS_ONLY


@pytest.mark.parametrize(("carried_over", "times"), [(True, 1), (False, 1)])
def test_facts_draft_names_the_moment_once(cast: Cast, *, carried_over: bool, times: int) -> None:
    case = case_at("discretion_set", cast).case
    moment = chinese_moment(case.act_at)
    if carried_over:
        summary = f"{moment}，执法人员示例甲、示例乙在梨树镇巡查时，对该车实施检查，发现：没有苫盖。"
        Case.objects.filter(pk=case.pk).update(summary=summary)
    text = facts_draft(load(cases_with_parts(Case.objects.filter(pk=case.pk)).get()))
    assert text.startswith(f"经查，{moment}，")
    assert text.count(moment) == times
