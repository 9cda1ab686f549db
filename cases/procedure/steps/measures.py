"""先行登记保存 and 行政强制措施: sub-machine C0–C8 (law/procedure.md §3)."""

from __future__ import annotations

from cases.procedure.facts import CaseFacts
from cases.procedure.guards import measures as m
from cases.procedure.measure_powers import UNCLAIMED_POWERS
from cases.procedure.measures_facts import Ending, MeasureState, measure_in_focus
from cases.procedure.states import OPEN, ROAD, State
from cases.procedure.steps.ordinary import CASE_OFFICERS
from cases.procedure.steps.step_type import Applies, StepType

S = MeasureState
# Taken before filing or during the case, never after the decision; what was taken is looked after while the case is open.
WHO = (m.party_named, *CASE_OFFICERS)
BEFORE_DECISION: tuple[State, ...] = ROAD[: ROAD.index(State.DECIDED)]


def in_states(*states: MeasureState, preservation: bool | None = None) -> Applies:
    """The measure in focus is in one of these states (and a preservation, or none)."""

    def applies(facts: CaseFacts) -> bool:
        measure = measure_in_focus(facts)
        if measure is None or measure.state not in states:
            return False
        return preservation is None or measure.is_preservation is preservation

    return applies


def waits_for(kind: str, *, preservation: bool | None = None) -> Applies:
    """A request of this kind about the measure in focus waits for the leader."""

    def applies(facts: CaseFacts) -> bool:
        measure = measure_in_focus(facts)
        if measure is None or (preservation is not None and measure.is_preservation is not preservation):
            return False
        if measure.ended_on and kind != "measure-disposal":
            return False
        asked = facts.approval(kind, measure.part)
        return bool(asked and not asked.outcome)

    return applies


def not_asked(kind: str, applies: Applies) -> Applies:
    """As ``applies`` says, while no request of this kind waits."""
    return lambda facts: applies(facts) and not waits_for(kind)(facts)


def _has_no_paper(facts: CaseFacts) -> bool:
    measure = measure_in_focus(facts)
    if measure is None or not (m.is_unapproved_in_time(facts, measure) or measure.ending == Ending.LAPSED):
        return False
    return not any(d.code in m.RELEASE_PAPERS and d.part == measure.part for d in facts.documents)


def _waits_for_custody(facts: CaseFacts) -> bool:
    measure = measure_in_focus(facts)
    return bool(measure and measure.held and not measure.is_in_custody and measure.state is not S.LIFTED)


def _waits_for_return(facts: CaseFacts) -> bool:
    measure = measure_in_focus(facts)
    return bool(measure and measure.held and measure.state in (S.LIFTED, S.PENDING))


def _may_be_unclaimed(facts: CaseFacts) -> bool:
    measure = measure_in_focus(facts)
    return bool(
        measure
        and measure.held
        and measure.power in UNCLAIMED_POWERS
        and measure.state in (S.TAKEN, S.EXTENDED, S.LIFTED)
    )


def _may_be_disposed(facts: CaseFacts) -> bool:
    measure = measure_in_focus(facts)
    return bool(measure and measure.held and (measure.state is S.PENDING or facts.decision_served_on))


def _may_be_transferred(facts: CaseFacts) -> bool:
    measure = measure_in_focus(facts)
    return bool(measure and measure.held and facts.state is State.TRANSFERRED)


def _is_open_incident(facts: CaseFacts) -> bool:
    return any(one.id == facts.focus and not one.is_explained for one in facts.incidents)


STEPS: tuple[StepType, ...] = (
    StepType(
        "request_preservation", "申请先行登记保存", "证据保存和强制措施", BEFORE_DECISION, None, "承办人",
        "case.request_measure", "行政处罚法第五十六条", guards=WHO, repeats=True, is_side=True,
    ),
    StepType(
        "approve_preservation", "审批先行登记保存", "证据保存和强制措施", BEFORE_DECISION, None, "负责人",
        "case.approve_measure", "行政处罚法第五十六条",
        guards=(
            m.preservation_waits,
        ),
        document="preservation_approval", repeats=True, is_side=True, part="measure",
        applies=waits_for("measure", preservation=True),
    ),
    StepType(
        "take_preservation", "实施先行登记保存", "证据保存和强制措施", BEFORE_DECISION, None, "承办人",
        "case.take_measure", "行政处罚法第五十六条",
        guards=(
            m.preservation_approved,
            *WHO,
        ),
        starts=("pres-7d", "coerce-custody-24h"), document="preservation_list", repeats=True, is_side=True,
        part="measure", applies=in_states(S.APPROVED, preservation=True),
    ),
    StepType(
        "request_preservation_release", "申请解除先行登记保存", "证据保存和强制措施", OPEN, None, "承办人",
        "case.handle_measure", "行政处罚法第五十六条",
        guards=(
            m.release_possible,
        ),
        document="preservation_release_approval", limit="pres-7d", repeats=True, is_side=True, part="measure",
        applies=not_asked("measure-lifting", in_states(S.TAKEN, preservation=True)),
    ),
    StepType(
        "approve_preservation_release", "审批解除先行登记保存", "证据保存和强制措施", OPEN, None, "负责人",
        "case.approve_measure", "行政处罚法第五十六条",
        guards=(
            m.release_possible,
        ),
        stops=("pres-7d",), document="preservation_release", limit="pres-7d", repeats=True, is_side=True,
        part="measure", applies=waits_for("measure-lifting", preservation=True),
    ),
    StepType(
        "request_measure", "申请扣押、扣留", "证据保存和强制措施", BEFORE_DECISION, None, "承办人",
        "case.request_measure", "行政强制法第十八条第一项", guards=WHO, repeats=True, is_side=True,
    ),
    StepType(
        "approve_measure", "审批扣押、扣留", "证据保存和强制措施", BEFORE_DECISION, None, "负责人",
        "case.approve_measure", "行政强制法第十八条第一项",
        guards=(
            m.measure_waits,
        ),
        document="measure_approval", repeats=True, is_side=True, part="measure",
        applies=in_states(S.PROPOSED, preservation=False),
    ),
    StepType(
        "take_measure", "实施扣押、扣留", "证据保存和强制措施", BEFORE_DECISION, None, "承办人", "case.take_measure",
        "行政强制法第十八条",
        guards=(
            m.measure_approved,
            *WHO,
        ),
        starts=("coerce-30d", "coerce-custody-24h"), document="measure_decision", repeats=True, is_side=True,
        part="measure", applies=in_states(S.APPROVED, preservation=False),
    ),
    StepType(
        "take_measure_urgent", "紧急当场扣押、扣留", "证据保存和强制措施", BEFORE_DECISION, None, "承办人",
        "case.take_measure", "行政强制法第十九条", guards=WHO,
        starts=("coerce-24h", "coerce-30d", "coerce-custody-24h"), document="measure_decision", repeats=True,
        is_side=True,
    ),
    StepType(
        "approve_urgent_measure", "补办紧急措施的批准", "证据保存和强制措施", OPEN, None, "负责人",
        "case.approve_measure", "行政强制法第十九条",
        guards=(
            m.urgent_waits,
        ),
        stops=("coerce-24h",), document="measure_approval", limit="coerce-24h", repeats=True, is_side=True,
        part="measure", applies=in_states(S.URGENT),
    ),
    StepType(
        "hand_over_items", "接收涉案财物", "证据保存和强制措施", OPEN, None, "涉案财物管理员", "case.keep_property",
        "行政强制法第二十六条",
        guards=(
            m.custody_due,
        ),
        stops=("coerce-custody-24h",), document="custody_ledger", limit="coerce-custody-24h", repeats=True,
        is_side=True, part="measure", applies=_waits_for_custody,
    ),
    StepType(
        "request_lifting", "申请解除扣押、扣留", "证据保存和强制措施", OPEN, None, "承办人", "case.handle_measure",
        "行政强制法第二十八条",
        guards=(
            m.lifting_possible,
        ),
        document="measure_change_approval", limit="coerce-30d", repeats=True, is_side=True, part="measure",
        applies=not_asked("measure-lifting", in_states(S.URGENT, S.TAKEN, S.EXTENDED, S.TESTING, preservation=False)),
    ),
    StepType(
        "approve_lifting", "审批解除扣押、扣留", "证据保存和强制措施", OPEN, None, "负责人", "case.approve_measure",
        "行政强制法第二十八条",
        guards=(
            m.lifting_possible,
        ),
        stops=("coerce-30d",), document="measure_lifting", limit="coerce-30d", repeats=True, is_side=True,
        part="measure", applies=waits_for("measure-lifting", preservation=False),
    ),
    StepType(
        "request_measure_extension", "申请延长扣押期限", "证据保存和强制措施", OPEN, None, "承办人",
        "case.handle_measure", "行政强制法第二十五条",
        guards=(
            m.extension_possible,
            m.followed_by_filing,
        ),
        document="measure_change_approval", limit="coerce-30d", repeats=True, is_side=True, part="measure",
        applies=not_asked("measure-extension", in_states(S.TAKEN, preservation=False)),
    ),
    StepType(
        "approve_measure_extension", "审批延长扣押期限", "证据保存和强制措施", OPEN, None, "负责人",
        "case.approve_measure", "行政强制法第二十五条",
        guards=(
            m.extension_possible,
            m.followed_by_filing,
        ),
        document="measure_extension", limit="coerce-30d", repeats=True, is_side=True, part="measure",
        applies=waits_for("measure-extension"),
    ),
    StepType(
        "notify_testing", "制作检测、鉴定期间告知书", "证据保存和强制措施", OPEN, None, "承办人",
        "case.handle_measure", "行政强制法第二十五条",
        guards=(
            m.testing_possible,
        ),
        document="testing_commission", repeats=True, is_side=True, part="measure",
        applies=in_states(S.TAKEN, S.EXTENDED, preservation=False),
    ),
    StepType(
        "send_for_testing", "送检测、鉴定（停止计时）", "证据保存和强制措施", OPEN, None, "承办人",
        "case.handle_measure", "行政强制法第二十五条",
        guards=(
            m.testing_possible,
            m.testing_told,
        ),
        repeats=True, is_side=True, part="measure", applies=in_states(S.TAKEN, S.EXTENDED, preservation=False),
    ),
    StepType(
        "finish_testing", "检测、鉴定结束（恢复计时）", "证据保存和强制措施", OPEN, None, "承办人",
        "case.handle_measure", "行政强制法第二十五条",
        guards=(
            m.is_being_tested,
        ),
        repeats=True, is_side=True, part="measure", applies=in_states(S.TESTING),
    ),
    StepType(
        "issue_release", "制作解除决定书", "证据保存和强制措施", OPEN, None, "承办人", "case.handle_measure",
        "行政强制法第二十八条",
        guards=(
            m.release_paper_due,
        ),
        document="measure_lifting", repeats=True, is_side=True, part="measure", applies=_has_no_paper,
    ),
    StepType(
        "return_items", "退还物品", "证据保存和强制措施", OPEN, None, "涉案财物管理员", "case.keep_property",
        "行政强制法第二十八条",
        guards=(
            m.return_due,
        ),
        stops=("coerce-custody-24h", "coerce-unclaimed-3m"), document="custody_ledger", repeats=True, is_side=True,
        part="measure", applies=_waits_for_return,
    ),
    StepType(
        "publish_unclaimed", "发布认领公告", "证据保存和强制措施", OPEN, None, "承办人", "case.handle_measure",
        "公路安全保护条例第七十二条",
        guards=(
            m.unclaimed_possible,
        ),
        starts=("coerce-unclaimed-3m",), repeats=True, is_side=True, part="measure", applies=_may_be_unclaimed,
    ),
    StepType(
        "request_disposal", "申请处理涉案财物", "证据保存和强制措施", OPEN, None, "承办人", "case.handle_measure",
        "行政强制法第二十七条",
        guards=(
            m.disposal_possible,
            m.decision_carries_disposal,
            m.unclaimed_waited,
        ),
        repeats=True, is_side=True, part="measure", applies=not_asked("measure-disposal", _may_be_disposed),
    ),
    StepType(
        "approve_disposal", "审批处理涉案财物", "证据保存和强制措施", OPEN, None, "负责人", "case.approve_measure",
        "行政强制法第二十七条",
        guards=(
            m.disposal_possible,
            m.decision_carries_disposal,
            m.unclaimed_waited,
        ),
        stops=("coerce-30d", "coerce-unclaimed-3m", "coerce-custody-24h"), repeats=True, is_side=True, part="measure",
        applies=waits_for("measure-disposal"),
    ),
    StepType(
        "transfer_items", "移送涉案财物", "证据保存和强制措施", (State.TRANSFERRED,), None, "涉案财物管理员",
        "case.keep_property", "行政强制法第二十一条",
        guards=(
            m.case_transferred,
        ),
        stops=("pres-7d", "coerce-24h", "coerce-30d", "coerce-custody-24h"), document="custody_ledger", repeats=True,
        is_side=True, part="measure", applies=_may_be_transferred,
    ),
    StepType(
        "explain_incident", "说明情况", "证据保存和强制措施", OPEN, None, "承办人", "case.handle_measure",
        "行政强制法第二十八条",
        guards=(
            m.incident_open,
        ),
        repeats=True, is_side=True, part="incident", applies=_is_open_incident,
    ),
)  # fmt: skip
