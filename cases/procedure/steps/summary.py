"""The summary procedure 简易程序: S0–S10 (law/procedure.md §1), from the roadside to the closed case.

S8 is passed only where the fine was collected on the spot; a fine paid at the bank may come before or after the report.
"""

from __future__ import annotations

from cases.procedure import guards as g
from cases.procedure.facts import CaseFacts
from cases.procedure.guards import execution, measures, recusal, remedies, signing
from cases.procedure.guards import summary as s
from cases.procedure.states import Procedure, State
from cases.procedure.steps.step_type import StepType

S = State
SUMMARY = Procedure.SUMMARY
WHO = (s.two_on_scene, g.certificates_valid)
STAYS = (s.punishable_age, s.stays_summary)
LAWFUL_SIZE = (s.benchmark_looked_up, s.within_scope, s.benchmark_row_read)
# Where money may still be on its way: every state between the decision and the closing, of both procedures.
MONEY = (
    S.DELIVERED, S.COLLECTION, S.REPORTED, S.PERFORMANCE, S.DEFERRED, S.OVERDUE, S.ENFORCEMENT, S.PERFORMED,
    S.CLOSING_APPROVAL,
)  # fmt: skip


def collects_on_the_spot(facts: CaseFacts) -> bool:
    """The decision says that the fine is collected on the spot, or it is not made yet."""
    return facts.spot is None or not facts.spot.payment_way or facts.spot.pays_on_the_spot


def pays_at_the_bank(facts: CaseFacts) -> bool:
    """There is a fine, and it was not collected on the spot."""
    if not facts.decided_on:
        return True
    return bool(facts.decision_amount) and (owes(facts) or "record_spot_payment" in facts.done)


def owes(facts: CaseFacts) -> bool:
    return facts.paid < (facts.decision_amount or 0)


def cash_at_officer(facts: CaseFacts) -> bool:
    return any(limit.code == "collect-2d#1" for limit in facts.limits)


def cash_at_bureau(facts: CaseFacts) -> bool:
    return any(limit.code == "collect-2d#2" for limit in facts.limits)


STEPS: tuple[StepType, ...] = (
    StepType(
        "open_summary", "当场处罚：记下现场发现", "当场处罚", (), S.SCENE, "执法人员", "case.open_summary",
        "行政处罚法第五十一条", procedure=SUMMARY,
    ),
    StepType(
        "identify", "亮证、查明身份", "当场处罚", (S.SCENE,), S.IDENTIFIED, "承办人", "case.identify",
        "行政处罚法第五十二条第一款", guards=(
            *WHO,
            g.in_jurisdiction,
        ), procedure=SUMMARY,
    ),
    StepType(
        "secure_evidence", "现场取证", "当场处罚", (S.IDENTIFIED,), S.EVIDENCED, "承办人", "case.secure_evidence",
        "行政处罚法第四十条", guards=(
            *WHO,
            s.party_identified,
            *STAYS,
            g.within_limitation,
        ), document="onscene_record", procedure=SUMMARY,
    ),
    StepType(
        "assess_on_spot", "当场裁量", "当场处罚", (S.EVIDENCED,), S.ASSESSED, "承办人", "case.assess_on_spot",
        "行政处罚法第三十四条", guards=(
            s.evidence_secured,
            *STAYS,
        ), procedure=SUMMARY,
    ),
    StepType(
        "reassess", "重新裁量", "当场处罚", (S.ASSESSED, S.HEARD), S.ASSESSED, "承办人", "case.assess_on_spot",
        "行政处罚法第三十四条", guards=(
            s.evidence_secured,
            *STAYS,
        ), procedure=SUMMARY, is_side=True, repeats=True,
    ),
    StepType(
        "tell_orally", "口头告知", "当场处罚", (S.ASSESSED,), S.TOLD, "承办人", "case.tell_orally",
        "行政处罚法第四十四条", guards=(
            *WHO,
            g.no_conflict,
            *STAYS,
            s.evidence_secured,
            *LAWFUL_SIZE,
            s.not_heavier_than_told,
        ), procedure=SUMMARY,
    ),
    StepType(
        "hear", "听取陈述申辩并复核", "当场处罚", (S.TOLD,), S.HEARD, "承办人", "case.hear",
        "行政处罚法第四十五条", guards=(
            s.told_before_decision,
        ), procedure=SUMMARY,
    ),
    StepType(
        "decide_on_spot", "当场作出决定", "当场处罚", (S.HEARD,), S.DECIDED_ON_SPOT, "承办人", "case.decide_on_spot",
        "行政处罚法第五十一条、第五十二条",
        guards=(
            *WHO,
            g.no_conflict,
            recusal.no_recusal_open,
            recusal.recusal_effect_settled,
            g.in_jurisdiction,
            g.within_limitation,
            s.party_identified,
            *STAYS,
            s.evidence_secured,
            signing.records_signed,
            *LAWFUL_SIZE,
            s.told_before_decision,
            s.heard_before_decision,
            s.not_heavier_than_told,
        ),
        starts=("simple-report-5d", "pub-7wd"), document="spot_decision", procedure=SUMMARY,
    ),
    StepType(
        "hand_over", "当场交付", "当场处罚", (S.DECIDED_ON_SPOT,), S.DELIVERED, "承办人", "case.hand_over",
        "行政处罚法第五十二条第一款", guards=(
            *WHO,
            signing.spot_decision_signed,
        ), starts=("pay-15d", "review-60d"), procedure=SUMMARY,
    ),
    StepType(
        "collect_on_spot", "当场收缴罚款", "缴款和备案", (S.DELIVERED,), S.COLLECTION, "承办人", "case.collect_on_spot",
        "行政处罚法第六十八条、第六十九条", guards=(
            g.decision_served,
            remedies.decision_stands,
        ), starts=("collect-2d#1",), stops=("pay-15d",), document="fine_receipt",
        applies=collects_on_the_spot, procedure=SUMMARY,
    ),
    StepType(
        "report_to_bureau", "报所属执法部门备案", "缴款和备案", (S.DELIVERED, S.COLLECTION), S.REPORTED, "承办人",
        "case.report_to_bureau", "行政处罚法第五十二条第三款", stops=("simple-report-5d",), limit="simple-report-5d",
        procedure=SUMMARY,
    ),
    StepType(
        "record_spot_payment", "登记缴款", "缴款和备案", (S.DELIVERED, S.COLLECTION, S.REPORTED), None, "主办人",
        "case.record_payment", "行政处罚法第六十七条", guards=(
            g.decision_served,
            remedies.decision_stands,
        ), stops=("pay-15d",), document="fine_receipt", limit="pay-15d", repeats=True, applies=pays_at_the_bank, procedure=SUMMARY,
    ),
    StepType(
        "collect_remote", "边远地区当场收缴罚款", "履行", (S.PERFORMANCE,), None, "承办人", "case.collect_on_spot",
        "行政处罚法第六十九条", guards=(
            g.decision_served,
            remedies.decision_stands,
        ), starts=("collect-2d#1",), stops=("pay-15d",), document="fine_receipt", is_side=True, applies=owes,
    ),
    StepType(
        "hand_in_cash", "交回当场收缴的罚款", "缴款和备案", MONEY, None, "承办人", "case.hand_in_cash",
        "行政处罚法第七十一条", starts=("collect-2d#2",), stops=("collect-2d#1",), limit="collect-2d#1", is_side=True,
        applies=cash_at_officer,
    ),
    StepType(
        "bank_cash", "登记罚款缴付银行", "缴款和备案", MONEY, None, "中队长", "case.bank_cash",
        "行政处罚法第七十一条", stops=("collect-2d#2",), limit="collect-2d#2", is_side=True, applies=cash_at_bureau,
    ),
    StepType(
        "pass_to_execution", "没有缴清，转执行", "缴款和备案", (S.REPORTED,), S.PERFORMANCE, "主办人",
        "case.pass_to_execution", "行政处罚法第七十二条", guards=(
            remedies.decision_stands,
        ), procedure=SUMMARY, is_side=True, applies=owes,
    ),
    StepType(
        "close_summary", "简易案件结案", "结案", (S.REPORTED,), S.SUMMARY_CLOSED, "主办人", "case.close_summary",
        "行政处罚法第四十七条、第五十二条第三款", guards=(
            recusal.no_recusal_open,
            s.fine_settled,
            execution.additional_fine_settled,
            execution.duties_verified,
            g.everything_served,
            signing.file_signed,
            s.cash_banked,
            measures.incidents_explained,
            g.disclosed,
            remedies.refunds_done,
            remedies.publication_withdrawn,
        ), starts=("archive-time",), document="closing_report", procedure=SUMMARY,
    ),
    StepType(
        "turn_to_ordinary", "转普通程序", "当场处罚",
        (S.IDENTIFIED, S.EVIDENCED, S.ASSESSED, S.TOLD, S.HEARD), S.VERIFIED, "承办人", "case.turn_to_ordinary",
        "行政处罚法第五十四条", starts=("file-timely",), procedure=SUMMARY, is_side=True,
    ),
)  # fmt: skip
