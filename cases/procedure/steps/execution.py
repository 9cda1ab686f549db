"""Execution (law/procedure.md §6): deferral, additional fine, demand, court, own enforcement, suspension."""

from __future__ import annotations

from cases.procedure.court_answers import possible_after
from cases.procedure.execution_facts import CourtFact
from cases.procedure.facts import CaseFacts
from cases.procedure.guards import certificates_valid, decision_served, two_officers
from cases.procedure.guards import enforcement as own
from cases.procedure.guards import execution as g
from cases.procedure.guards.remedies import decision_stands
from cases.procedure.states import Procedure, State
from cases.procedure.steps.step_type import Applies, StepType

S = State
# A decision is served and something may be unpaid or undone.
UNPAID = (S.PERFORMANCE, S.DEFERRED, S.OVERDUE, S.ENFORCEMENT)
# Nobody is late yet. A summary case comes here by ``pass_to_execution``.
IN_TIME = (S.PERFORMANCE, S.DEFERRED)
LATE = (S.OVERDUE, S.ENFORCEMENT)
CASE_OFFICERS = (two_officers, certificates_valid)
# Nothing is demanded or enforced on a decision that fell (强制法41) or whose execution was ordered to stop (处罚法73).
MAY_GO_ON = (decision_stands, own.not_stopped)
# On the spot the performance is awaited before the copy is filed and after.
ON_THE_SPOT = (S.DELIVERED, S.COLLECTION, S.REPORTED)


def has_duties(facts: CaseFacts) -> bool:
    """The decision carries duties that are no money, or no fine whose payment would complete it.

    A warning on the spot is performed once it is handed over.
    """
    if facts.execution.duties or facts.procedure == Procedure.SUMMARY:
        return bool(facts.execution.duties)
    return facts.decided_on is not None and not facts.decision_amount


def is_late(facts: CaseFacts) -> bool:
    """The case was not performed in time."""
    return facts.state in LATE


def asked_for(kind: str) -> Applies:
    """The request in focus is of this kind and still waits."""

    def waits(facts: CaseFacts) -> bool:
        one = facts.focused_approval
        return bool(one and one.kind == kind and not one.outcome)

    return waits


def _court(facts: CaseFacts) -> CourtFact | None:
    return next((one for one in facts.execution.courts if one.id == facts.focus), None)


def to_be_filed(facts: CaseFacts) -> bool:
    """The application in focus is sealed and was not handed in."""
    one = _court(facts)
    return one is not None and one.filed_on is None


def waits_for_court(facts: CaseFacts) -> bool:
    """The application in focus lies with the court and something may follow."""
    one = _court(facts)
    return one is not None and one.filed_on is not None and bool(possible_after(one.last))


def agreement_runs(facts: CaseFacts) -> bool:
    """The agreement in focus was neither kept nor broken yet."""
    one = next((a for a in facts.execution.agreements if a.id == facts.focus), None)
    return one is not None and one.remedied_on is None and one.breached_on is None


def enforces(kind: str = "") -> Applies:
    """The own enforcement in focus is not over, and of this kind."""

    def runs(facts: CaseFacts) -> bool:
        one = facts.execution.enforcement(facts.focus)
        return one is not None and one.status in {"decided", "suspended"} and kind in {"", one.kind}

    return runs


STEPS: tuple[StepType, ...] = (
    StepType(
        "verify_duties", "核实其他义务履行情况", "履行", (*UNPAID, *ON_THE_SPOT), None, "承办人", "case.verify_duties",
        "行政处罚法第六十六条",
        guards=(
            decision_stands,
            decision_served,
            g.duties_to_verify,
            *CASE_OFFICERS,
        ), repeats=True, applies=has_duties,
    ),
    StepType(
        "enter_overdue", "转入逾期", "履行", IN_TIME, S.OVERDUE, "承办人", "case.enter_overdue",
        "行政处罚法第七十二条",
        guards=(
            *MAY_GO_ON,
            g.payment_overdue,
        ), starts=("enforce-30d-surcharge",), limit="pay-15d", is_side=True,
    ),
    StepType(
        "request_deferral", "申请延期、分期缴纳", "履行", (*IN_TIME, S.OVERDUE), None, "承办人", "case.request_deferral",
        "行政处罚法第六十六条第二款",
        guards=(
            decision_stands,
            decision_served,
            g.fine_to_defer,
            g.no_deferral_runs,
        ), document="deferral_form", repeats=True, is_side=True,
    ),
    StepType(
        "decide_deferral", "审批延期、分期缴纳", "履行", (*IN_TIME, S.OVERDUE), S.DEFERRED, "负责人",
        "case.decide_deferral", "行政处罚法第六十六条第二款",
        guards=(
            decision_stands,
            g.fine_to_defer,
            g.no_deferral_runs,
        ), document="deferral_notice", repeats=True, is_side=True, part="approval", applies=asked_for("deferral"),
    ),
    StepType(
        "issue_demand", "制作催告书", "履行", LATE, None, "主办人", "case.issue_demand", "行政强制法第三十五条",
        guards=(
            *MAY_GO_ON,
            g.not_performed_in_time,
            *CASE_OFFICERS,
        ), document="demand_letter", repeats=True, applies=is_late,
    ),
    StepType(
        "hear_demand", "记录催告后的陈述申辩", "履行", LATE, None, "承办人", "case.hear_demand", "行政强制法第三十六条",
        guards=(
            g.demand_served,
        ), limit="enforce-urge-10d", repeats=True, applies=is_late,
    ),
    StepType(
        "request_court", "申请法院强制执行", "履行", LATE, None, "主办人", "case.request_court", "行政强制法第五十三条",
        guards=(
            *MAY_GO_ON,
            g.demand_served,
            g.demand_over,
            g.demand_heard,
            g.thirty_days_of_additional_fine,
            g.window_open,
        ), limit="enforce-court-3m", repeats=True, applies=is_late,
    ),
    StepType(
        "decide_court", "审批强制执行申请", "履行", LATE, None, "负责人", "case.decide_court", "行政强制法第五十五条",
        guards=(
            *MAY_GO_ON,
            g.demand_over,
            g.demand_heard,
            g.window_open,
        ), document="court_application", limit="enforce-court-3m", repeats=True, is_side=True, part="approval",
        applies=asked_for("court"),
    ),
    StepType(
        "file_court", "登记已向法院递交", "履行", LATE, S.ENFORCEMENT, "法制审核员", "case.file_court",
        "行政强制法第五十三条",
        guards=(
            *MAY_GO_ON,
            g.application_not_filed,
        ), limit="enforce-court-3m", repeats=True, is_side=True, part="court", applies=to_be_filed,
    ),
    StepType(
        "record_court_answer", "登记法院答复", "履行", (S.ENFORCEMENT,), None, "法制审核员", "case.record_court_answer",
        "行政强制法第五十六条",
        guards=(
            g.application_filed,
        ), repeats=True, is_side=True, part="court", applies=waits_for_court,
    ),
    StepType(
        "request_agreement", "拟订执行协议", "履行", LATE, None, "主办人", "case.request_agreement",
        "行政强制法第四十二条",
        guards=(
            *MAY_GO_ON,
        ), repeats=True, is_side=True,
    ),
    StepType(
        "decide_agreement", "审批执行协议", "履行", LATE, None, "负责人", "case.decide_agreement",
        "行政强制法第四十二条",
        guards=(
            *MAY_GO_ON,
        ), document="execution_agreement", repeats=True, is_side=True, part="approval", applies=asked_for("agreement"),
    ),
    StepType(
        "record_agreement", "登记协议履行情况", "履行", LATE, None, "承办人", "case.record_agreement",
        "行政强制法第四十二条",
        guards=(
            own.agreement_open,
        ), repeats=True, is_side=True, part="agreement", applies=agreement_runs,
    ),
    StepType(
        "request_enforcement", "申请行政强制执行", "履行", UNPAID, None, "主办人", "case.request_enforcement",
        "行政强制法第三十七条",
        guards=(
            *MAY_GO_ON,
            own.within_three_years,
        ), document="enforcement_form", repeats=True, is_side=True,
    ),
    StepType(
        "decide_enforcement", "审批行政强制执行", "履行", UNPAID, S.ENFORCEMENT, "负责人", "case.decide_enforcement",
        "行政强制法第三十七条",
        guards=(
            *MAY_GO_ON,
            own.within_three_years,
        ), document="enforcement_decision", repeats=True, is_side=True, part="approval",
        applies=asked_for("enforcement"),
    ),
    StepType(
        "decide_proxy", "审批代履行", "履行", UNPAID, S.ENFORCEMENT, "负责人", "case.decide_enforcement",
        "行政强制法第五十条",
        guards=(
            *MAY_GO_ON,
            own.within_three_years,
        ), document="proxy_decision", repeats=True, is_side=True, part="approval",
        applies=asked_for("proxy"),
    ),
    StepType(
        "announce_demolition", "发布执行公告", "履行", (S.ENFORCEMENT,), None, "承办人", "case.perform_enforcement",
        "行政强制法第四十四条",
        guards=(
            *MAY_GO_ON,
            own.can_be_performed,
        ), document="demolition_notice", repeats=True, is_side=True, part="enforcement",
        applies=enforces("demolition"),
    ),
    StepType(
        "demand_again", "代履行前再次催告", "履行", (S.ENFORCEMENT,), None, "承办人", "case.perform_enforcement",
        "行政强制法第五十一条",
        guards=(
            *MAY_GO_ON,
            own.can_be_performed,
        ), document="demand_letter", repeats=True, is_side=True, part="enforcement", applies=enforces("proxy"),
    ),
    StepType(
        "perform_enforcement", "登记实施情况", "履行", (S.ENFORCEMENT,), None, "承办人", "case.perform_enforcement",
        "行政强制法第四十三条",
        guards=(
            *MAY_GO_ON,
            own.can_be_performed,
            own.decision_of_enforcement_served,
            own.within_three_years,
        ), repeats=True, is_side=True, part="enforcement", applies=enforces(),
    ),
    StepType(
        "request_change", "申请中止、终结、恢复执行", "履行", (S.ENFORCEMENT,), None, "主办人", "case.request_change",
        "行政强制法第三十九条",
        guards=(
            own.may_change,
            own.within_three_years,
        ), repeats=True, is_side=True, part="enforcement", applies=enforces(),
    ),
    StepType(
        "decide_change", "审批中止、终结、恢复执行", "履行", (S.ENFORCEMENT,), None, "负责人", "case.decide_change",
        "行政强制法第三十九条", document="enforcement_change", repeats=True, is_side=True, part="approval",
        applies=asked_for("suspension"),
    ),
)  # fmt: skip
