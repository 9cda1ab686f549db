"""Before a case leaves the road: requests signed, measures lifted, correction ordered, nothing else under way."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from cases.procedure.no_penalty import GROUNDS
from cases.procedure.states import State
from lishu_law.errors import Refusal


def request_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-by-head: the request is still to be decided."""
    one = facts.focused_request
    if one and one.is_open:
        return None
    return Refusal("decide-by-head", "这项申请已经审批，不用再签署意见。", "行政处罚法第五十七条", "case")


def nothing_held(facts: CaseFacts, today: date) -> Refusal | None:
    """file-withdraw, inv-terminate: every preservation and seizure is lifted first."""
    if not any(measure.in_force or measure.held for measure in facts.measures):
        return None
    return Refusal(
        "file-withdraw",
        "本案还有没有解除的先行登记保存或者强制措施。请先解除并退还财物，再审批。",
        "行政强制法第二十八条",
        "case",
    )


def no_open_transfer(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-crime-no-substitute: a penalty does not replace a criminal transfer; an open one blocks the decision."""
    one = next((crime for crime in facts.crimes if crime.is_open), None)
    if one is None:
        return None
    return Refusal(
        "inv-crime-no-substitute",
        f"本案涉嫌“{one.offence}”犯罪，正在办理移送，不得以行政处罚代替。请等移送有结果后再决定。",
        "行政处罚法第八条第二款、第二十七条",
        "case",
    )


def no_fine_after_criminal_fine(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-crime-offset: no fine for an act already fined by a criminal court."""
    fined = any(crime.criminal_fine for crime in facts.crimes)
    if not fined or facts.discretion is None or not facts.discretion.amount:
        return None
    return Refusal(
        "inv-crime-offset",
        "人民法院已经对同一行为判处罚金，行政机关尚未罚款的，不再给予罚款。请重新裁量。",
        "行政处罚法第三十五条第二款",
        "set_discretion",
    )


def no_penalty_undecided(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-by-head: the proposal not to penalise is decided before anything heavier."""
    if facts.open_request("no_penalty") is None:
        return None
    return Refusal(
        "decide-by-head",
        "承办人已提出不予处罚意见，还没有审批。请先审批不予处罚意见。",
        "行政处罚法第五十七条第一款",
        "decide_no_penalty",
    )


def no_penalty_endorsed(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-by-head, inv-report: the agency head signed the report (or the later proposal) first."""
    one = facts.focused_request
    if one is None or one.is_endorsed:
        return None
    submitted, endorsed = facts.done.get("submit_report"), facts.done.get("endorse_report")
    if facts.state == State.REPORT_APPROVAL and submitted and endorsed and endorsed >= submitted:
        return None
    return Refusal(
        "decide-by-head",
        "经办机构负责人还没有签署意见。请先由中队长签署。",
        "行政处罚法第五十七条",
        "endorse_request",
    )


def no_penalty_reviewed(facts: CaseFacts, today: date) -> Refusal | None:
    """review-triggers: a proposal not to penalise that falls under the review is reviewed before it is decided."""
    one = facts.focused_request
    if one is None or not one.is_listed or one.is_reviewed:
        return None
    return Refusal(
        "review-triggers",
        "承办人认为本案属于应当法制审核的情形，审核还没有通过。请先由法制审核员审核。",
        "行政处罚法第五十八条第一款",
        "review_no_penalty",
    )


def correction_ordered(facts: CaseFacts, today: date) -> Refusal | None:
    """inv-correct-order: an act that stands is ordered to be corrected, also when it is not penalised."""
    one = facts.focused_request
    if one is None or facts.orders or one.ground not in GROUNDS or not GROUNDS[one.ground].is_violation:
        return None
    return Refusal(
        "inv-correct-order",
        "违法行为成立而不予处罚的，也应当责令改正。请先制作责令改正违法行为通知书。",
        "行政处罚法第二十八条第一款",
        "issue_correction_order",
    )


def letter_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-transfer-no-jurisdiction: only an approved transfer is sent."""
    if facts.approved_request("transfer"):
        return None
    return Refusal(
        "gen-transfer-no-jurisdiction", "还没有批准移送，不能登记移送。", "执法程序规定第九条", "propose_transfer"
    )


def transfer_sent(facts: CaseFacts, today: date) -> Refusal | None:
    """gen-transfer-no-jurisdiction: the file went to the competent organ before the case is closed."""
    if not any(limit.code == "gen-transfer-no-jurisdiction" for limit in facts.limits):
        return None
    return Refusal(
        "gen-transfer-no-jurisdiction",
        "案卷还没有移送给有管辖权的机关。请先登记移送，再结案。",
        "执法程序规定第九条",
        "send_transfer",
    )


def not_fined_already(facts: CaseFacts, today: date) -> Refusal | None:
    """decide-double-fine: an act fined in another case is not fined again (处罚法29)."""
    if facts.same_act_note or facts.discretion is None or not facts.discretion.amount:
        return None
    fined = next((case for case in facts.same_acts if case.fine), None)
    if fined is None:
        return None
    return Refusal(
        "decide-double-fine",
        f"{fined.label}已对同一当事人（车辆）的同一违法行为罚款 {fined.fine:f} 元，不得再次罚款。请重新裁量。",
        "行政处罚法第二十九条",
        "set_discretion",
    )
