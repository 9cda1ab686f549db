"""The guards of review, lawsuit and rulings: what they forbid, and the lawful neighbour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import remedies
from cases.procedure.ruling_facts import RefundFact, RulingFact
from cases.procedure.states import State

TODAY = date(2026, 5, 20)
NOON = datetime(2026, 5, 11, 4, tzinfo=UTC)
REVIEW = f.RemedyFact(1, "review", date(2026, 4, 1), date(2026, 5, 11), "remade")
OPEN_REVIEW = replace(REVIEW, id=2, ended_on=None, outcome="")
OPEN_LAWSUIT = replace(OPEN_REVIEW, id=3, kind="lawsuit")
REMAND = RulingFact(
    7, "review", "order_remake", "梨府复决〔2026〕3号", date(2026, 5, 11), NOON, old_number="吉梨交罚〔2026〕0001号",
    old_amount=Decimal("1000.00"), old_facts="2026年3月2日，当事人的货车沿途撒落碎砖。",
    old_reasons="属于“一般”档次。首次被查处，按下限处罚。决定罚款1000元。", back_to="P03",
    withdrawn_on=date(2026, 5, 13), refund=RefundFact(Decimal("1000.00"), date(2026, 5, 15), "TK0001"),
)  # fmt: skip
UNPAID_BACK = replace(REMAND, refund=RefundFact(Decimal("1000.00")))
AGAIN = f.DiscretionFact(
    "penalise", "一般", Decimal("1000.00"), Decimal("1000.00"), Decimal("3000.00"), "首次被查处， 按下限处罚",
    needs_confirmation=False,
)  # fmt: skip
SAME = "2026年3月2日当事人的货车，沿途撒落碎砖"
# In good order: the case was remanded, investigated anew, and is about to be decided on other reasons.
IN_ORDER = f.CaseFacts(
    state=State.DECISION_APPROVAL, remedies=(REVIEW, replace(OPEN_LAWSUIT, id=8)), decision_number="吉梨交罚〔2026〕0001号",
    rulings=(REMAND, replace(REMAND, id=8, effect="change")), discretion=AGAIN, report_text=SAME, focus=8,
)  # fmt: skip
IN_ORDER_OF = {remedies.remedies_over: replace(IN_ORDER, remedies=(REVIEW,))}
FALLEN = {"rulings": (REMAND,), "decision_number": ""}
RULED = {**FALLEN, "discretion": AGAIN, "report_text": SAME}

REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (remedies.no_review_open, {"remedies": (REVIEW, OPEN_REVIEW)}, "review-no-self-collect", "case"),
    (remedies.remedies_over, {"remedies": (REVIEW, OPEN_REVIEW)}, "archive-time", "case"),
    (remedies.remedies_over, {"remedies": (OPEN_LAWSUIT,)}, "archive-time", "case"),
    (remedies.decision_stands, {"rulings": (replace(REMAND, effect="revoke"),), "decision_number": ""}, "enforce-restore", "case"),
    (remedies.decision_stands, {"rulings": (replace(REMAND, effect="void"),), "decision_number": ""}, "enforce-restore", "case"),
    (remedies.decision_stands, FALLEN, "enforce-restore", "case"),
    (remedies.decision_can_be_corrected, FALLEN, "revoke-self", "case"),
    (remedies.not_the_same_again, RULED, "revoke-self", "case"),
    (remedies.remedy_is_open, {"focus": 1}, "review-decide-60d", "case"),
    (remedies.remedy_is_open, {"focus": 9}, "review-decide-60d", "case"),
    (remedies.refunds_done, {"rulings": (UNPAID_BACK, REMAND)}, "enforce-restore", "record_refund"),
    (remedies.publication_withdrawn, {"rulings": (replace(REMAND, withdrawn_on=None),)}, "pub-withdraw-3d", ""),
)  # fmt: skip

PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (remedies.no_review_open, {"remedies": (REVIEW, OPEN_LAWSUIT)}),  # 复议法46 speaks of the review alone
    (remedies.no_review_open, {"remedies": ()}),
    (remedies.remedies_over, {"remedies": (REVIEW,)}),
    (remedies.remedies_over, {"remedies": ()}),
    # Confirmed unlawful, it still stands; after a remand the new decision does.
    (remedies.decision_stands, {"rulings": (replace(REMAND, effect="confirm_unlawful"),)}),
    (remedies.decision_stands, {"rulings": (REMAND,), "decision_number": "吉梨交罚〔2026〕0009号"}),
    (remedies.decision_stands, {"rulings": (), "decision_number": ""}),
    (remedies.not_the_same_again, {**RULED, "discretion": replace(AGAIN, amount=Decimal("999.99"))}),
    (remedies.not_the_same_again, {**RULED, "discretion": replace(AGAIN, reason="当事人当场改正，危害轻微。")}),
    (remedies.not_the_same_again, {**RULED, "report_text": f"{SAME}约两百公斤。"}),
    (remedies.not_the_same_again, {**RULED, "rulings": (replace(REMAND, is_procedural=True),)}),
    (remedies.not_the_same_again, {"rulings": ()}),
    (remedies.remedy_is_open, {"remedies": (OPEN_REVIEW,), "focus": 2}),
    (remedies.refunds_done, {"rulings": ()}),
    (remedies.publication_withdrawn, {"rulings": ()}),
    (g.disclosed, {**FALLEN, "disclosed_on": None}),
)  # fmt: skip
