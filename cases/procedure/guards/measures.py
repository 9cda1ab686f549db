"""Preservation and seizure: what must stand before each act on a measure (处罚法56; 强制法16–28; procedure.md §3)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from cases.procedure.guards.enforcement import not_stopped
from cases.procedure.guards.remedies import decision_stands
from cases.procedure.measure_powers import UNCLAIMED_POWERS
from cases.procedure.measures_facts import Ending, MeasureFact, MeasureState, measure_in_focus, period_end
from cases.procedure.states import State
from lishu_law.errors import Refusal

S = MeasureState
# Papers that end a measure.
RELEASE_PAPERS = frozenset({"preservation_release", "measure_lifting"})


def is_unapproved_in_time(facts: CaseFacts, measure: MeasureFact) -> bool:
    """Were the twenty-four hours found to be over without an approval?"""
    found = any(one.rule == "coerce-24h" and one.part == measure.part for one in facts.incidents)
    return measure.state is S.URGENT and found


def party_named(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-decision-list: decision and list name the party (强制法24)."""
    if facts.party is not None:
        return None
    return Refusal(
        "coerce-decision-list",
        "决定书和清单要写明当事人。请先补充当事人的姓名或者名称。",
        "行政强制法第二十四条第二款",
        "edit",
    )


def preservation_approved(facts: CaseFacts, today: date) -> Refusal | None:
    """pres-approval: the head approves before; the law knows no catching up for this measure (处罚法56)."""
    measure = measure_in_focus(facts)
    if measure and measure.is_preservation and measure.state is S.APPROVED:
        return None
    return Refusal(
        "pres-approval",
        "先行登记保存要先经负责人批准，法律没有规定事后补批。请等批准后再实施。",
        "行政处罚法第五十六条",
        "approve_preservation",
    )


def measure_approved(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-approve-before: reported to and approved by the head before acting (强制法18第一项)."""
    measure = measure_in_focus(facts)
    if measure and not measure.is_preservation and measure.state is S.APPROVED:
        return None
    return Refusal(
        "coerce-approve-before",
        "实施前要先报负责人批准。请等批准；情况紧急的，用“紧急当场实施”，并在二十四小时内补办批准。",
        "行政强制法第十八条第一项",
        "approve_measure",
    )


def preservation_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """pres-approval: there is a request for preservation to decide."""
    measure = measure_in_focus(facts)
    if measure and measure.is_preservation and measure.state is S.PROPOSED:
        return None
    return Refusal(
        "pres-approval", "没有等待审批的先行登记保存申请。请回到案件页核对。", "行政处罚法第五十六条", "case"
    )


def measure_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-approve-before: there is a request for a measure to decide."""
    measure = measure_in_focus(facts)
    if measure and not measure.is_preservation and measure.state is S.PROPOSED:
        return None
    return Refusal(
        "coerce-approve-before", "没有等待审批的强制措施申请。请回到案件页核对。", "行政强制法第十八条第一项", "case"
    )


def urgent_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-24h: a measure taken in urgency waits for its approval."""
    measure = measure_in_focus(facts)
    if measure and measure.state is S.URGENT:
        return None
    return Refusal("coerce-24h", "没有等待补办批准的紧急措施。请回到案件页核对。", "行政强制法第十九条", "case")


def extension_possible(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-extend: once, before the first period ends (强制法25)."""
    measure = measure_in_focus(facts)
    if measure is None or measure.is_preservation or measure.state is not S.TAKEN or measure.is_extended:
        return Refusal(
            "coerce-extend",
            "只有正在实施、没有延长过的扣押可以延长，而且只能延长一次。检测期间请先恢复计时。",
            "行政强制法第二十五条",
            "case",
        )
    due = period_end(facts, measure)
    if due is not None and today <= due:
        return None
    return Refusal(
        "coerce-extend", "扣押期限已经届满，不能再延长。请解除并退还。", "行政强制法第二十五条", "issue_release"
    )


def testing_possible(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-test-exclude: only of a seizure that runs; a preservation's seven days are never interrupted."""
    measure = measure_in_focus(facts)
    if measure and not measure.is_preservation and measure.state in (S.TAKEN, S.EXTENDED):
        return None
    return Refusal(
        "coerce-test-exclude",
        "只有正在实施的扣押才能扣除检测、鉴定期间；先行登记保存的七日不能扣除。",
        "行政强制法第二十五条",
        "case",
    )


def testing_told(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-test-exclude: the clock stands still only if the written period notice was served, within that period."""
    measure = measure_in_focus(facts)
    notices = [d for d in facts.documents if d.code == "testing_commission" and measure and d.part == measure.part]
    if not notices or notices[-1].served_on is None:
        return Refusal(
            "coerce-test-exclude",
            "检测、鉴定期间还没有书面告知当事人，不能停止计时。请先制作期间告知书并送达。",
            "行政强制法第二十五条",
            "notify_testing",
        )
    if measure and measure.testing_until and today <= measure.testing_until:
        return None
    return Refusal(
        "coerce-test-exclude",
        "告知的检测、鉴定期间已经过了。还需要检测的，请重新制作期间告知书并送达。",
        "行政强制法第二十五条",
        "notify_testing",
    )


def is_being_tested(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-test-exclude: the clock stands still because of testing."""
    measure = measure_in_focus(facts)
    if measure and measure.state is S.TESTING:
        return None
    return Refusal(
        "coerce-test-exclude", "这项措施没有在检测、鉴定。请回到案件页核对。", "行政强制法第二十五条", "case"
    )


def release_possible(facts: CaseFacts, today: date) -> Refusal | None:
    """pres-7d: a preservation that still holds is handled within its seven working days."""
    measure = measure_in_focus(facts)
    if measure and measure.is_preservation and measure.state is S.TAKEN:
        return None
    return Refusal("pres-7d", "这项先行登记保存没有在实施，不需要解除。", "行政处罚法第五十六条", "case")


def lifting_possible(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-lift-grounds: a measure in force is lifted as soon as a ground arises (强制法28)."""
    measure = measure_in_focus(facts)
    if measure and not measure.is_preservation and measure.in_force:
        return None
    return Refusal("coerce-lift-grounds", "这项措施没有在实施，不需要解除。", "行政强制法第二十八条", "case")


def release_paper_due(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-expire-auto: what ended by itself, or was never approved in time, still needs its paper."""
    measure = measure_in_focus(facts)
    if measure:
        papers = any(d.code in RELEASE_PAPERS and d.part == measure.part for d in facts.documents)
        has_lapsed = measure.state is S.LIFTED and measure.ending == Ending.LAPSED and not papers
        if has_lapsed or is_unapproved_in_time(facts, measure):
            return None
    return Refusal(
        "coerce-expire-auto", "这项措施没有期满自动解除，或者解除决定书已经制作。", "行政强制法第二十八条", "case"
    )


def custody_due(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-custody-24h: things were taken and the custodian does not have them (or their papers) yet."""
    measure = measure_in_focus(facts)
    if measure and measure.held and not measure.is_in_custody:
        return None
    return Refusal("coerce-custody-24h", "这些物品已经移交保管，或者已经退还、处理。", "行政强制法第二十六条", "case")


def return_due(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-return: the measure is over and things are still held."""
    measure = measure_in_focus(facts)
    if measure and measure.held and measure.state in (S.LIFTED, S.PENDING):
        return None
    return Refusal(
        "coerce-return",
        "没有可以退还的物品：措施还没有解除，或者物品已经退还。请先办理解除。",
        "行政强制法第二十八条",
        "case",
    )


def unclaimed_possible(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-unclaimed-3m: only things detained under 公路安全保护条例72 which the party does not come for."""
    measure = measure_in_focus(facts)
    waits = measure and measure.held and (measure.in_force or measure.state is S.LIFTED)
    if measure and waits and measure.power in UNCLAIMED_POWERS:
        return None
    return Refusal(
        "coerce-unclaimed-3m",
        "只有依公路安全保护条例第七十二条扣留、当事人不来接受处理的车辆、工具可以公告认领。",
        "公路安全保护条例第七十二条",
        "case",
    )


def unclaimed_waited(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-unclaimed-3m: three months of public notice have passed; disposal from the next day."""
    measure = measure_in_focus(facts)
    if measure is None or measure.state is not S.PENDING:
        return None
    part = measure.part
    due = next((one.due for one in facts.limits if one.code == "coerce-unclaimed-3m" and one.part == part), None)
    if due is not None and today > due:
        return None
    return Refusal(
        "coerce-unclaimed-3m",
        "公告还不满三个月，不能处理。请等公告期满的次日再提请处理。",
        "公路安全保护条例第七十二条",
        "case",
    )


def disposal_possible(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-decide-in-time: things are confiscated or destroyed only after a served decision (强制法27)."""
    measure = measure_in_focus(facts)
    if measure and measure.held:
        is_decided = facts.decided_on is not None and facts.decision_served_on is not None
        if measure.state is S.PENDING or is_decided:
            return None
    return Refusal(
        "coerce-decide-in-time",
        "还没有可以据以处理物品的决定：处罚决定要先作出并送达，或者无人认领的要公告期满。",
        "行政强制法第二十七条",
        "serve_decision",
    )


def followed_by_filing(facts: CaseFacts, today: date) -> Refusal | None:
    """file-before-investigate: a measure may precede the filing but is followed by it (law/procedure.md §2.4).

    No law names the days, so no clock of its own runs; without the filing it is not prolonged.
    """
    if facts.filed_on is not None:
        return None
    return Refusal(
        "file-before-investigate",
        "本案在立案前采取了措施，还没有立案，不能延长。请先办理立案；不予立案的，应当解除。",
        "行政处罚法第五十四条第二款",
        "request_filing",
    )


def incidents_explained(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: whatever went wrong with a measure is explained before the case is closed (procedure.md §0.3)."""
    waiting = next((one for one in facts.incidents if not one.is_explained), None)
    if waiting is None:
        return None
    return Refusal(
        "close-conditions",
        f"{waiting.happened_on:%Y-%m-%d} 的瑕疵还没有说明：{waiting.text}请承办人在案件页说明原因和补救情况。",
        "行政处罚法第四十七条",
        "case",
    )


def decision_carries_disposal(facts: CaseFacts, today: date) -> Refusal | None:
    """enforce-restore, enforce-no-stop: what a decision took is not disposed of while it fell or was ordered to stop.

    Things nobody claimed are disposed of for that reason, not in execution of the decision (公路安全保护条例72).
    """
    measure = measure_in_focus(facts)
    if measure is None or measure.state is S.PENDING:
        return None
    return decision_stands(facts, today) or not_stopped(facts, today)


def case_transferred(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-crime-move: seized things go along when the case goes to the police (强制法21)."""
    measure = measure_in_focus(facts)
    if measure and measure.held and facts.state is State.TRANSFERRED:
        return None
    return Refusal(
        "coerce-crime-move",
        "案件移送后，扣押的物品才随案移送。请先办理案件移送。",
        "行政强制法第二十一条",
        "case",
    )


def incident_open(facts: CaseFacts, today: date) -> Refusal | None:
    """coerce-expire-auto: an incident is explained once."""
    if any(one.id == facts.focus and not one.is_explained for one in facts.incidents):
        return None
    return Refusal("coerce-expire-auto", "这项情况已经说明过了。请回到案件页核对。", "行政强制法第二十八条", "case")


def measures_lifted(facts: CaseFacts, today: date) -> Refusal | None:
    """close-conditions: no unlifted measure, no unreturned thing (强制法28; 处罚法56)."""
    for measure in facts.measures:
        if measure.in_force:
            return Refusal(
                "close-conditions",
                f"{measure.title}还没有解除（{measure.state_title}）。请先解除并退还物品。",
                "行政强制法第二十八条",
                "case",
            )
        if measure.held:
            names = "、".join(item.name for item in measure.held[:3])
            return Refusal(
                "close-conditions",
                f"{names}还没有退还或者处理。请由涉案财物管理员办理退还。",
                "行政强制法第二十八条",
                "return_items",
            )
    return None
