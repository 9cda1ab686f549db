"""The guards of the ways off the road, the discussion, the ninety days, a suspected crime, orders and contents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cases.procedure import branches_facts as bf
from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import branches as b
from cases.procedure.guards import contents as co
from cases.procedure.guards import correction as cr
from cases.procedure.guards import discussion as d
from cases.procedure.measures_facts import ItemFact, MeasureFact, MeasureKind, MeasureState
from cases.procedure.states import State

TODAY = date(2026, 6, 1)


def at(day: int) -> datetime:
    return datetime(2026, 5, day, 1, tzinfo=UTC)


CHOSEN = f.DiscretionFact(
    "penalise", "一般", Decimal("1000.00"), Decimal("1000.00"), Decimal("3000.00"), "理由", needs_confirmation=False,
    basis=("《中华人民共和国道路运输条例》第六十八条第二款",),
)  # fmt: skip
ASKED = bf.RequestFact(7, "no_penalty", "", "minor", date(2026, 5, 20), is_endorsed=True)
LETTER = f.LimitFact("gen-transfer-no-jurisdiction", "", date(2026, 5, 29), date(2026, 6, 9))
CRIME = bf.CrimeFact(7, "ended", "危险驾驶罪", date(2026, 5, 1))
DONE_ORDER = bf.OrderFact(7, date(2026, 5, 1), None, "corrected")
HELD = bf.DiscussionFact(date(2026, 5, 25), at(25), ("甲", "乙", "丙"), "penalise")
SAME_ACT = bf.SameActFact("吉梨交案〔2026〕0001号", at(1), Decimal("500.00"))

IN_ORDER = f.CaseFacts(
    state=State.DECISION_APPROVAL, act_on=date(2026, 3, 2), place="国道303线", is_in_county=True,
    discovered_on=date(2026, 3, 2), party=f.PartyFact("organisation", "示例公司", has_identity=True, has_address=True),
    evidence=(f.EvidenceFact("照片", "证明扬撒", is_verified=True),), discretion=CHOSEN, questions_answered=True,
    report_text="当事人未苫盖。", decide_due=date(2026, 6, 1), focus=7, requests=(ASKED,), orders=(DONE_ORDER,),
    discussion_due=True, discussed_on=date(2026, 5, 25), discussions=(HELD,),
    documents=(f.DocumentFact("penalty_decision", "行政处罚决定书", True, TODAY, TODAY, id=7),),
    done={"review": at(22), "record_discussion": at(25), "submit_report": at(10), "endorse_report": at(11)},
)  # fmt: skip


def asked(**changed: Any) -> dict[str, Any]:
    return {"requests": (replace(ASKED, **changed),)}


def crime(state: str, **changed: Any) -> dict[str, Any]:
    return {"crimes": (replace(CRIME, state=state, **changed),)}


def measure(state: MeasureState, item_state: str = "held") -> dict[str, Any]:
    """A vehicle that was taken: in force or lifted, held or given back."""
    item = ItemFact(1, "吉C12345", "1 辆", item_state)
    taken_at = datetime(2026, 3, 3, 1, tzinfo=UTC)
    return {"measures": (MeasureFact(12, MeasureKind.VEHICLE, state, "hp-72", taken_at=taken_at, items=(item,)),)}


def done(**moments: datetime | None) -> dict[str, Any]:
    return {"done": {code: moment for code, moment in {**IN_ORDER.done, **moments}.items() if moment}}


# guard, what is different, code of the refusal, what cures it
REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (d.discussed_after_review, done(review=at(26)), "decide-collective-before", "refer_to_discussion"),
    (d.discussion_agreed, {"discussions": (replace(HELD, outcome="no_penalty"),)}, "decide-collective", "propose_no_penalty"),
    (d.before_expiry, {"decide_due": date(2026, 5, 31)}, "decide-90d-extend", "explain_lateness"),
    (d.before_expiry, {"decide_due": None}, "decide-90d-extend", "explain_lateness"),
    (d.not_extended_yet, asked(kind="extension", outcome="approved"), "decide-90d-extend", "case"),
    (d.request_endorsed, asked(is_endorsed=False), "file-approval", "endorse_request"),
    (g.in_ninety_days, {"decide_due": date(2026, 5, 31)}, "decide-90d", "explain_lateness"),
    (g.in_ninety_days, {"decide_due": date(2026, 5, 31),
                        **asked(kind="lateness", outcome="approved", asked_on=date(2026, 5, 31))}, "decide-90d", "explain_lateness"),
    (b.request_waits, asked(outcome="approved"), "decide-by-head", "case"),
    (b.nothing_held, measure(MeasureState.TAKEN), "file-withdraw", "case"),
    (b.nothing_held, measure(MeasureState.LIFTED), "file-withdraw", "case"),
    (b.no_open_transfer, crime("reported"), "inv-crime-no-substitute", "case"),
    (b.no_open_transfer, crime("material_given"), "inv-crime-no-substitute", "case"),
    (b.no_fine_after_criminal_fine, crime("ended", criminal_fine=Decimal(2000)), "inv-crime-offset", "set_discretion"),
    (b.no_penalty_endorsed, asked(is_endorsed=False), "decide-by-head", "endorse_request"),
    (b.no_penalty_endorsed, {**asked(is_endorsed=False), "state": State.REPORT_APPROVAL,
                             **done(submit_report=at(12))}, "decide-by-head", "endorse_request"),
    (b.no_penalty_reviewed, asked(is_listed=True), "review-triggers", "review_no_penalty"),
    (b.correction_ordered, {"orders": ()}, "inv-correct-order", "issue_correction_order"),
    (b.transfer_sent, {"limits": (LETTER,)}, "gen-transfer-no-jurisdiction", "send_transfer"),
    (b.not_fined_already, {"same_acts": (SAME_ACT,)}, "decide-double-fine", "set_discretion"),
    (cr.correction_rechecked, {"orders": (replace(DONE_ORDER, result=""),)}, "close-conditions", "recheck_correction"),
    (cr.correction_rechecked, {"orders": (replace(DONE_ORDER, result="not_corrected"),)}, "close-conditions", "recheck_correction"),
    (cr.document_at_hand, {"focus": 8}, "decide-correct-clerical", "case"),
    (co.issued_by_the_bureau, {"is_organs_own": False}, "gen-jurisdiction-county", ""),
    (co.basis_in_force, {"discretion": replace(CHOSEN, basis=())}, "gen-legal-basis-published", "set_discretion"),
    (co.basis_in_force, {"discretion": replace(CHOSEN, basis=("《关于加强货运管理的通知》第二条",))}, "gen-legal-basis-published", "set_discretion"),
    (co.basis_in_force, {"act_on": date(1980, 1, 1), "discretion": replace(CHOSEN, basis=("《中华人民共和国行政处罚法》第一条",)),
                         }, "gen-legal-basis-published", "set_discretion"),
    (co.contents_complete, {"report_text": " "}, "decide-contents", ""),
    (co.contents_complete, {"evidence": ()}, "decide-contents", ""),
    (co.contents_complete, {"party": None}, "decide-contents", ""),
    (co.contents_complete, {"discretion": None}, "decide-contents", ""),
    (g.discretion_or_no_penalty, {"requests": (), "discretion": None}, "decide-discretion", "set_discretion"),
    (g.discretion_or_no_penalty, {"requests": (), "discretion": replace(CHOSEN, action="no_penalty")}, "decide-discretion", "propose_no_penalty"),
    (g.within_five_years, {"has_safety_harm": True, "act_on": date(2021, 3, 1)}, "file-limitation-5y", "edit"),
    (g.in_jurisdiction, {"is_in_county": False}, "gen-jurisdiction-place", "edit"),
)  # fmt: skip

# Just on the lawful side.
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (d.discussed_after_review, done(review=at(25))),
    (d.discussed_after_review, {"discussion_due": False, **done(review=at(26))}),
    (d.before_expiry, {"decide_due": TODAY}),
    (d.not_extended_yet, asked(kind="extension", outcome="refused")),
    (g.in_ninety_days, {"decide_due": date(2026, 5, 31), **asked(kind="lateness", outcome="approved", asked_on=TODAY)}),
    (b.nothing_held, measure(MeasureState.LIFTED, "returned")),
    (b.no_open_transfer, crime("declined")),
    (b.no_fine_after_criminal_fine, {**crime("ended", criminal_fine=Decimal(2000)), "discretion": replace(CHOSEN, amount=None)}),
    (b.no_penalty_endorsed, {**asked(is_endorsed=False), "state": State.REPORT_APPROVAL}),
    (b.no_penalty_reviewed, asked(is_listed=True, is_reviewed=True)),
    (b.correction_ordered, {"orders": (), **asked(ground="not_established")}),
    (b.not_fined_already, {"same_acts": (SAME_ACT,), "same_act_note": "相隔两日的另一次行为。"}),
    (b.not_fined_already, {"same_acts": (replace(SAME_ACT, fine=None),)}),
    (cr.correction_rechecked, {"orders": (replace(DONE_ORDER, result="not_possible"),)}),
    (co.contents_complete, {}),
    (g.within_five_years, {"has_safety_harm": True, "act_on": date(2021, 3, 2)}),
    (g.in_jurisdiction, {"is_in_county": False, "designation": "四平市交通运输局指定管辖决定"}),
    (g.disclosed, {"state": State.NO_PENALTY, "decided_on": None}),
    (g.not_under_fourteen, {**asked(ground="under_14"),
                            "party": f.PartyFact("citizen", "示例", has_identity=True, has_address=True, age_at_act=13)}),
)  # fmt: skip
