"""Which rows wait for an open request for recusal: whatever decides the case, never the investigation (处罚法43第三款)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cases.procedure.facts import CaseFacts
from cases.procedure.hearing_facts import RecusalFact
from cases.procedure.states import State
from cases.procedure.steps import BY_CODE

pytestmark = pytest.mark.law

TODAY = date(2026, 3, 20)
ASKED = RecusalFact(5, "T1", "示例甲", "officer", "执法人员", "party", date(2026, 3, 18), "亲属关系")
GRANTED = replace(ASKED, outcome="granted")
DECIDES = (
    "approve_decision", "decide_on_spot", "record_discussion", "decide_no_penalty", "decide_transfer",
    "decide_not_filing", "decide_withdrawal", "decide_termination",
)  # fmt: skip
INVESTIGATES = (
    "record_onscene",
    "record_questioning",
    "add_evidence",
    "verify_evidence",
    "submit_report",
    "tell_orally",
)


def codes(code: str, one: RecusalFact) -> set[str]:
    facts = CaseFacts(state=State.DECISION_APPROVAL, recusals=(one,))
    return {refusal.code for guard in BY_CODE[code].guards if (refusal := guard(facts, TODAY))}


@pytest.mark.parametrize("code", DECIDES)
def test_nothing_is_decided_while_a_request_is_open_or_its_effect_not_settled(code: str) -> None:
    assert "gen-recuse-request" in codes(code, ASKED)
    assert "gen-recuse-effect" in codes(code, GRANTED)
    assert not codes(code, replace(GRANTED, acts_stand=True)) & {"gen-recuse-request", "gen-recuse-effect"}
    assert not codes(code, replace(ASKED, outcome="refused")) & {"gen-recuse-request", "gen-recuse-effect"}


@pytest.mark.parametrize("code", INVESTIGATES)
def test_the_investigation_goes_on(code: str) -> None:
    assert not codes(code, ASKED) & {"gen-recuse-request", "gen-recuse-effect"}
