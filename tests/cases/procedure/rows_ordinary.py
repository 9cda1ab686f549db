"""The guards of the straight road: a case in good order, what each refuses, and the lawful side of each boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure import hearing_facts as h
from cases.procedure.states import State

TODAY = date(2026, 3, 20)


def officer(number: str, *, is_lead: bool = False, declared: bool = True, **certificate: Any) -> f.OfficerFact:
    dates = {"valid_from": date(2021, 1, 1), "valid_until": date(2030, 12, 31), **certificate}
    return f.OfficerFact(number, f"示例{number}", is_lead, declared, (f.CertificateFact("JL-1", **dates),))


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 1, tzinfo=UTC)


LEAD, OTHER = officer("甲", is_lead=True), officer("乙")
SCENE = f.TranscriptFact("onscene", "现场笔录", at(2), at(2), ("甲", "乙"), is_signed=True, licence_shown=True)
CHOSEN = f.DiscretionFact(
    "penalise", "一般", Decimal("1000.00"), Decimal("1000.00"), Decimal("3000.00"), "理由", needs_confirmation=False
)
NOTICE = f.NoticeFact(Decimal("1000.00"), date(2026, 3, 10), date(2026, 3, 11), hearing_offered=False)
SILENCE = f.DefenceFact("none", is_reviewed=False, recorded_on=date(2026, 3, 19))
SPOKEN = f.DefenceFact("written", is_reviewed=False, recorded_on=date(2026, 3, 12))
SERVED = f.DocumentFact("penalty_decision", "行政处罚决定书", True, date(2026, 3, 21), date(2026, 3, 20))
PARTY = f.PartyFact("organisation", "示例公司", has_identity=True, has_address=True)

IN_ORDER = f.CaseFacts(
    state=State.DECISION_APPROVAL, officers=(LEAD, OTHER), source="inspection", act_on=date(2026, 3, 2),
    discovered_on=date(2026, 3, 2), is_in_county=True, place="国道303线K1+500",
    summary="重型半挂牵引车装载碎砖，未采取必要措施防止货物扬撒。", violation="未采取必要措施防止货物脱落、扬撒",
    party=PARTY, evidence=(f.EvidenceFact("照片", "证明扬撒", is_verified=True),), transcripts=(SCENE,),
    discretion=CHOSEN, questions_answered=True, filed_on=date(2026, 3, 3), report_approved_on=date(2026, 3, 9),
    notice=NOTICE, defence=SILENCE, defence_due=date(2026, 3, 18),
    reviews=(h.ReviewFact(date(2026, 3, 19), "passed", date(2026, 3, 19)),), decide_due=date(2026, 6, 1),
    decided_on=TODAY, decision_amount=Decimal("1000.00"), decision_served_on=date(2026, 3, 21),
    paid=Decimal("1000.00"), documents=(SERVED,), disclosed_on=date(2026, 3, 23),
    done={
        "request_filing": at(3), "recommend_filing": at(3), "submit_report": at(8), "endorse_report": at(9),
        "propose_closing": at(24), "endorse_closing": at(25),
    },
)  # fmt: skip


def done(**moments: datetime | None) -> dict[str, datetime]:
    return {code: moment for code, moment in {**IN_ORDER.done, **moments}.items() if moment}


# guard, what is different, code of the refusal, what cures it
REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (g.two_officers, {"officers": (LEAD,)}, "gen-two-officers", "officers"),
    (g.two_officers, {"officers": (LEAD, LEAD)}, "gen-two-officers", "officers"),
    (g.two_officers, {"officers": (OTHER, officer("丙"))}, "gen-two-officers", "officers"),
    (g.certificates_valid, {"officers": (LEAD, officer("乙", valid_until=date(2026, 3, 19)))}, "gen-licence-valid", "officers"),
    (g.certificates_valid, {"officers": (LEAD, officer("乙", valid_from=date(2026, 3, 21)))}, "gen-licence-valid", "officers"),
    (g.certificates_valid, {"officers": (LEAD, officer("乙", revoked_on=TODAY))}, "gen-licence-valid", "officers"),
    (g.certificates_valid, {"officers": (LEAD, replace(OTHER, certificates=()))}, "gen-licence-valid", "officers"),
    (g.no_conflict, {"officers": (LEAD, officer("乙", declared=False))}, "gen-recuse-self", "conflict"),
    (g.in_jurisdiction, {"is_in_county": False}, "gen-jurisdiction-place", "edit"),
    (g.in_jurisdiction, {"place": ""}, "gen-jurisdiction-place", "edit"),
    (g.filing_criteria, {"party": None}, "file-criteria", "edit"),
    (g.filing_criteria, {"party": replace(PARTY, has_identity=False)}, "file-criteria", "edit"),
    (g.filing_criteria, {"violation": ""}, "file-criteria", "edit"),
    (g.filing_criteria, {"summary": "字" * 19}, "file-criteria", "edit"),
    (g.filing_criteria, {"act_on": None}, "file-criteria", "edit"),
    (g.filing_recommended, {"done": done(recommend_filing=None)}, "file-approval", "recommend_filing"),
    (g.filing_recommended, {"done": done(request_filing=at(4))}, "file-approval", "recommend_filing"),
    (g.transcripts_present, {"transcripts": ()}, "inv-transcript-required", "record_onscene"),
    (g.transcripts_present, {"transcripts": (replace(SCENE, kind="questioning"),)}, "inv-transcript-required", "record_onscene"),
    (g.transcripts_lawful, {"transcripts": (replace(SCENE, licence_shown=False),)}, "gen-show-licence", "record_onscene"),
    (g.transcripts_lawful, {"transcripts": (replace(SCENE, officers=("甲", "甲")),)}, "gen-two-officers", "record_onscene"),
    (g.no_overlap, {"overlaps": ("示例甲同时在两处。",)}, "transcript-overlap", "record_onscene"),
    (g.evidence_verified, {"evidence": (f.EvidenceFact("照片", "", is_verified=False),)}, "inv-evidence-verified", "evidence"),
    (g.party_true, {"party": None}, "inv-party-truth", "edit"),
    (g.party_true, {"party": replace(PARTY, has_address=False)}, "inv-party-truth", "edit"),
    (g.not_under_fourteen, {"party": replace(PARTY, age_at_act=13)}, "decide-minor-u14", "propose_no_penalty"),
    (g.discretion_chosen, {"discretion": None}, "decide-discretion", "set_discretion"),
    (g.discretion_chosen, {"discretion": replace(CHOSEN, action="waive")}, "decide-discretion", "propose_no_penalty"),
    (g.discretion_chosen, {"discretion": replace(CHOSEN, amount=Decimal("999.99"))}, "decide-discretion", "set_discretion"),
    (g.discretion_chosen, {"discretion": replace(CHOSEN, amount=Decimal("3000.01"))}, "decide-discretion", "set_discretion"),
    (g.questions_answered, {"questions_answered": False}, "decide-mitigate-must", "set_discretion"),
    (g.benchmark_confirmed, {"discretion": replace(CHOSEN, needs_confirmation=True)}, "benchmark-unconfirmed", "set_discretion"),
    (g.report_endorsed, {"done": done(endorse_report=None)}, "inv-report", "endorse_report"),
    (g.report_endorsed, {"done": done(submit_report=at(10))}, "inv-report", "endorse_report"),
    (g.notice_sealed, {"notice": None}, "notice-before-decision", "issue_notice"),
    (g.window_over, {"notice": None}, "notice-served", "serve_notice"),
    (g.window_over, {"notice": replace(NOTICE, served_on=None)}, "notice-served", "serve_notice"),
    (g.window_over, {"defence_due": TODAY}, "hearing-block-decision", ""),
    (g.no_hearing_open, {"hearings": (h.HearingFact(1, "requested", "已申请", TODAY),)}, "hearing-block-decision", "case"),
    (g.defence_reviewed, {"defence": None}, "defence-record", "record_defence"),
    (g.defence_reviewed, {"defence": SPOKEN}, "defence-review", "review_defence"),
    (g.defence_reviewed, {"defence": replace(SPOKEN, kind="oral")}, "defence-review", "review_defence"),
    (g.review_passed, {"reviews": ()}, "review-no-pass-no-decision", "review"),
    (g.review_passed, {"reviews": (h.ReviewFact(TODAY, "", None),)}, "review-no-pass-no-decision", "review"),
    (g.review_passed, {"reviews": (h.ReviewFact(TODAY, "returned", TODAY),)}, "review-no-pass-no-decision", "review"),
    (g.discussed_where_due, {"discussion_due": True}, "decide-collective", "refer_to_discussion"),
    (g.not_heavier_than_notice, {"discretion": replace(CHOSEN, amount=Decimal("1000.01"))}, "defence-no-heavier", "renotice"),
    (g.not_heavier_than_notice, {"notice": replace(NOTICE, amount=None)}, "defence-no-heavier", "renotice"),
    (g.in_ninety_days, {"decide_due": date(2026, 3, 19)}, "decide-90d", "explain_lateness"),
    (g.in_order, {"report_approved_on": date(2026, 3, 12)}, "order-invariant", ""),
    (g.in_order, {"filed_on": date(2026, 3, 21)}, "order-invariant", ""),
    (g.in_order, {"notice": replace(NOTICE, served_on=TODAY)}, "order-invariant", ""),
    (g.in_order, {"notice": replace(NOTICE, served_on=TODAY), "defence": replace(SILENCE, kind="waiver")}, "order-invariant", ""),
    (g.decision_served, {"decision_served_on": None}, "serve-7d", "serve_decision"),
    (g.fine_paid, {"paid": Decimal("999.99")}, "close-conditions", "record_payment"),
    (g.everything_served, {"documents": (replace(SERVED, served_on=None),)}, "close-conditions", "case"),
    (g.disclosed, {"disclosed_on": None}, "close-conditions", ""),
    (g.closing_endorsed, {"done": done(endorse_closing=None)}, "close-approval", "endorse_closing"),
    (g.closing_endorsed, {"done": done(propose_closing=at(26))}, "close-approval", "endorse_closing"),
)  # fmt: skip

# Just on the lawful side.
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (g.certificates_valid, {"officers": (LEAD, officer("乙", valid_until=TODAY))}),
    (g.certificates_valid, {"officers": (LEAD, officer("乙", valid_from=TODAY))}),
    (g.certificates_valid, {"officers": (LEAD, officer("乙", revoked_on=date(2026, 3, 21)))}),
    (g.filing_criteria, {"summary": "字" * 20}),
    (g.not_under_fourteen, {"party": replace(PARTY, age_at_act=14)}),
    (g.not_under_fourteen, {"party": None}),
    (g.discretion_chosen, {"discretion": replace(CHOSEN, amount=Decimal("3000.00"))}),
    (g.discretion_chosen, {"discretion": replace(CHOSEN, amount=None)}),
    (g.benchmark_confirmed, {"discretion": None}),
    (g.window_over, {"defence_due": date(2026, 3, 19)}),
    (g.window_over, {"defence_due": TODAY, "defence": replace(SILENCE, kind="waiver")}),
    (g.defence_reviewed, {"defence": replace(SPOKEN, is_reviewed=True)}),
    (g.defence_reviewed, {"defence": replace(SILENCE, kind="waiver")}),
    (g.discussed_where_due, {"discussion_due": True, "discussed_on": TODAY}),
    (g.not_heavier_than_notice, {"discretion": replace(CHOSEN, amount=Decimal("999.99"))}),
    (g.not_heavier_than_notice, {"discretion": None, "notice": None}),
    (g.in_ninety_days, {"decide_due": TODAY}),
    (g.in_ninety_days, {"decide_due": None}),
    (g.in_order, {"notice": None, "filed_on": TODAY, "report_approved_on": TODAY}),
    (g.in_order, {"notice": replace(NOTICE, served_on=date(2026, 3, 19))}),
    (g.fine_paid, {"decision_amount": None, "paid": Decimal("0.00")}),
    (g.everything_served, {"documents": (replace(SERVED, must_be_served=False, served_on=None),)}),
    (g.within_limitation, {"discovered_on": None}),
    (g.within_limitation, {"act_on": None}),
)  # fmt: skip
