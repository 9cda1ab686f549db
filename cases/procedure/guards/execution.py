"""Money, demand and court: what must hold before each step of the execution (处罚法66–74; 强制法35–36、46、53–55)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cases.procedure.balance import balance, first_due, is_overdue, pauses, payment_due
from cases.procedure.closing import closing_kind, ends_unpaid
from cases.procedure.court_window import court_window
from cases.procedure.facts import CaseFacts
from cases.procedure.states import OFF_ROAD, State
from cases.procedure.urging import last_day, served_on
from lishu_law.errors import Refusal
from lishu_law.law.limits import compute


def something_to_pay(facts: CaseFacts, today: date) -> Refusal | None:
    """pay-15d: there is a fine or an additional fine still to be paid."""
    if balance(facts, today).total > 0:
        return None
    return Refusal(
        "pay-15d", "罚款和加处罚款已经缴清，不需要再登记缴款。请核实其他义务的履行情况。",
        "行政处罚法第六十七条第三款", "verify_duties",
    )  # fmt: skip


def fine_to_defer(facts: CaseFacts, today: date) -> Refusal | None:
    """pay-defer: only a fine that is not paid can be deferred (处罚法66第二款)."""
    if balance(facts, today).fine_open > 0:
        return None
    return Refusal("pay-defer", "罚款没有未缴的部分，不需要延期、分期缴纳。", "行政处罚法第六十六条第二款", "case")


def no_deferral_runs(facts: CaseFacts, today: date) -> Refusal | None:
    """pay-defer: one approved plan at a time."""
    deferral = facts.execution.deferral
    if deferral is None or today > deferral.ends_on:
        return None
    return Refusal(
        "pay-defer", f"已经批准延期、分期缴纳到 {deferral.ends_on:%Y-%m-%d}，期满前不再受理新的申请。",
        "行政处罚法第六十六条第二款", "case",
    )  # fmt: skip


def payment_overdue(facts: CaseFacts, today: date) -> Refusal | None:
    """pay-15d: nobody is late before the last day to pay has passed; then an open duty counts as well (处罚法67第三款)."""
    due = payment_due(facts)
    if is_overdue(facts, today) or (facts.execution.open_duties and due and today > due):
        return None
    until = f"缴款期限到 {due:%Y-%m-%d} 24 时届满，" if due and today <= due else "当事人没有逾期未履行的义务，"
    return Refusal("pay-15d", f"{until}现在不能转入逾期。", "行政处罚法第六十七条第三款", "record_payment")


def duties_to_verify(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: a duty of the decision that is no money has not been verified yet, or it has no fine at all."""
    if facts.execution.open_duties or not facts.decision_amount:
        return None
    return Refusal("close-conditions", "其他义务都已经核实，不需要再核实。", "行政处罚法第六十六条", "case")


def not_performed_in_time(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-urge: only who has not performed in time is urged (强制法35)."""
    if is_overdue(facts, today) or facts.execution.open_duties or balance(facts, today).additional_open > 0:
        return None
    return Refusal("enforce-urge", "当事人没有逾期未履行的义务，不需要催告。", "行政强制法第三十五条", "record_payment")


def demand_served(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-urge: urged in writing, the letter sealed and served (强制法35、54)."""
    demand = facts.execution.demand
    if demand is None:
        return Refusal("enforce-urge", "还没有制作催告书。请先催告。", "行政强制法第三十五条", "issue_demand")
    if served_on(facts, demand) is None:
        return Refusal("enforce-urge", "催告书还没有送达。请先在案件页送达。", "行政强制法第三十五条", "case")
    return None


def demand_heard(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-urge-hear: what the party says to the demand is heard and reviewed (强制法36)."""
    demand = facts.execution.demand
    if demand is None or demand.statement == "none" or (demand.statement and demand.is_reviewed):
        return None
    return Refusal(
        "enforce-urge-hear", "催告后当事人的陈述、申辩还没有记录和复核。请先记录，没有意见的也要记明。",
        "行政强制法第三十六条", "hear_demand",
    )  # fmt: skip


def demand_over(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-urge-10d: not before the eleventh working day after the demand was served (强制法54、69)."""
    last = last_day(facts, facts.execution.demand)
    if last is None or today > last:
        return None
    return Refusal(
        "enforce-urge-10d", f"催告书送达后要满十个工作日，到 {last:%Y-%m-%d} 24 时届满，之前不能申请。请届满后再办。",
        "行政强制法第五十四条", "",
    )  # fmt: skip


def thirty_days_of_additional_fine(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-30d-surcharge: an additional fine that was announced must have run for more than thirty days (强制法46)."""
    due, owed = first_due(facts), balance(facts, today)
    if due is None or owed.accrual is None or owed.fine_open == 0 or owed.accrual.capped_on:
        return None
    last = compute("enforce-30d-surcharge", due.due, pauses=pauses(facts, today)).due
    if today > last:
        return None
    return Refusal(
        "enforce-30d-surcharge", f"加处罚款要超过三十日才能进入强制执行，到 {last:%Y-%m-%d} 满三十日。请从次日起办理。",
        "行政强制法第四十六条", "",
    )  # fmt: skip


def window_open(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-court-3m, -review, -defer: after the remedy periods, within three months (强制法53; 处罚法72)."""
    window = court_window(facts, today)
    if window.state == "open":
        return None
    message = f"{_SAYS[window.state]}{window.why[-1]}"
    return Refusal("enforce-court-3m", message, "行政强制法第五十三条", "case")


def application_not_filed(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-court-docs: a signed and sealed application is handed in, once (强制法55)."""
    one = next((court for court in facts.execution.courts if court.id == facts.focus), None)
    if one and one.filed_on is None:
        return None
    return Refusal(
        "enforce-court-docs",
        "没有负责人已签署、尚未递交的强制执行申请书。请回到案件页核对。",
        "行政强制法第五十五条",
        "case",
    )


def application_filed(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-court-clock: the court answers what was handed in."""
    one = next((court for court in facts.execution.courts if court.id == facts.focus), None)
    if one and one.filed_on:
        return None
    return Refusal("enforce-court-clock", "申请书还没有递交法院。请先登记递交。", "行政强制法第五十六条", "case")


_SAYS = {
    "before": "现在还不能向法院申请强制执行。",
    "missed": "申请法院强制执行的期限已过，不能再申请。请报负责人研究处理。",
    "waiting": "现在不能向法院申请强制执行。",
    "none": "不能由本系统计算申请期限。",
}


def additional_fine_settled(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: the additional fine is paid, or reduced by an execution agreement (强制法42)."""
    missing = balance(facts, today).additional_open
    if missing == 0 or ends_unpaid(facts, today):
        return None
    refusal = Refusal(
        "close-conditions", f"加处罚款还有 {missing:f} 元没有缴清。请登记缴款，依法减免的先签执行协议。",
        "行政处罚法第七十二条", "record_payment",
    )  # fmt: skip
    return replace(refusal, fix="record_spot_payment") if facts.state == State.REPORTED else refusal


def duties_verified(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: every other duty of the decision was seen to be performed; a case without one has none."""
    open_duties = facts.execution.open_duties
    if not open_duties or facts.state in OFF_ROAD or ends_unpaid(facts, today):
        return None
    return Refusal(
        "close-conditions", f"“{open_duties[0].text}”还没有核实是否履行。请先核实。", "行政处罚法第六十六条",
        "verify_duties",
    )  # fmt: skip


def enforcement_ended(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: from the enforcement a case is closed once the court accepted or nothing can be enforced."""
    if facts.state != State.ENFORCEMENT or closing_kind(facts, today):
        return None
    return Refusal(
        "close-conditions", "法院还没有受理强制执行申请，强制执行也没有终结，不能结案。请先登记法院答复或者办理终结。",
        "行政强制法第四十条", "case",
    )  # fmt: skip
