"""The stories that leave the road: not filed, terminated, transferred, not penalised; walked with the real actions too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from cases.actions import correction, crime, ending, no_penalty, serving, serving_sent, transfer
from cases.actions.serving_input import NewSending
from cases.actions.transfer import NewTransfer
from cases.models import CorrectionOrder, CrimeTransfer, Document
from lishu_law import clock
from lishu_law.demo.challenged import AT_COURT, REVOKED
from lishu_law.demo.collected import DOCUMENTED, REPORTED
from lishu_law.demo.detained import DETAINED
from lishu_law.demo.execution import EXECUTION, endorse, serve_all, waiting_request
from lishu_law.demo.held import PRESERVATION
from lishu_law.demo.plans import Plan
from lishu_law.demo.pulled_down import PULLED_DOWN
from lishu_law.demo.road import new_serving, register, report_steps, road_of
from lishu_law.demo.spot import open_scene, spot_road
from lishu_law.demo.unreached import UNREACHED
from lishu_law.demo.walk import Milestone, Walk


def story_of(plan: Plan) -> tuple[Milestone, ...]:
    """The acts of one story: its part of the road, and how it leaves it."""
    if is_spot(plan):
        return spot_road(plan.until)
    return (*road_of(plan), *ENDINGS.get(plan.ending, ()))


def begin(walk: Walk, act_at: datetime) -> None:
    """What was seen or reported, as the record with which the story begins."""
    (open_scene if is_spot(walk.plan) else register)(walk, act_at)


def is_spot(plan: Plan) -> bool:
    """Does the story follow the summary procedure?"""
    return plan.until.startswith("spot_")


def _decide(action: Callable[..., Any]) -> Callable[[Walk], None]:
    def act(walk: Walk) -> None:
        walk.step(action, walk.cast["deputy1"], part_id=waiting_request(walk), agree=True, opinion="同意。")

    return act


def _serve(code: str) -> Callable[[Walk], None]:
    def act(walk: Walk) -> None:
        document = Document.objects.filter(case=walk.known_case, code=code).latest("pk")
        walk.step(serving.serve_document, walk.lead, part_id=document.pk, serving=new_serving(walk))

    return act


def _post(walk: Walk) -> None:
    """The decision by post: effective when the slip comes back."""
    document = Document.objects.get(case=walk.known_case, code="penalty_decision")
    sending = NewSending(
        method="mail", through="邮政速递（梨树）", reference=f"示例{walk.slot:010d}", place=walk.party.address,
        served_at=walk.now - timedelta(minutes=10), second_server=walk.assistant,
        reason="当事人住所在外县，直接送达有困难。", no_address_reason="当事人没有填写送达地址确认书。",
    )  # fmt: skip
    walk.step(serving_sent.send_document, walk.lead, part_id=document.pk, sending=sending)


def _propose_not_filing(walk: Walk) -> None:
    walk.step(
        ending.propose_not_filing, walk.lead, verification="调取沿线监控并询问装载货场，车辆出场时已经苫盖。",
        reason="没有证据证明存在违法事实，不符合立案条件。", informant_note="举报人没有留下姓名。",
    )  # fmt: skip


def _propose_termination(walk: Walk) -> None:
    walk.step(
        ending.propose_ending,
        walk.lead,
        ground="no_violation",
        reason="经调查，驳载地点在检测站以外，没有逃避检测的事实。",
    )


def _propose_withdrawal(walk: Walk) -> None:
    walk.step(
        ending.propose_ending, walk.lead, ground="wrong_party",
        reason="经向平台核实，当日驾驶车辆载客的是另一名驾驶员，应当另行立案。",
    )  # fmt: skip


def _report_crime(walk: Walk) -> None:
    walk.step(
        crime.report_crime, walk.lead, offence="伪造、变造、买卖国家机关公文、证件、印章罪", team=(walk.lead, walk.assistant),
        report="经向发证机关核实，当事人租借给他人使用的超限运输车辆通行证没有发放记录，印章与备案不符，涉嫌伪造。",
    )  # fmt: skip


def _crime(walk: Walk) -> int:
    return CrimeTransfer.objects.get(case=walk.known_case).pk


def _decide_crime(walk: Walk) -> None:
    walk.step(
        crime.decide_crime, walk.cast["head1"], part_id=_crime(walk), agree=True, opinion="同意移送公安机关。"
    )  # fmt: skip


def _hand_over_crime(walk: Walk) -> None:
    new = crime.NewHandOver(
        "梨树县公安局", "演示接收人", walk.now - timedelta(minutes=10),
        ("涉嫌犯罪案件情况的调查报告", "现场笔录", "发证机关核实情况说明"),
        (("超限运输车辆通行证（演示）", "纸质", "1 张"),),
    )  # fmt: skip
    walk.step(crime.hand_over_crime, walk.lead, part_id=_crime(walk), hand_over=new)


def _find_error(walk: Walk) -> None:
    document = Document.objects.get(case=walk.known_case, code="correction_order")
    walk.step(
        correction.ask_correction, walk.lead, part_id=document.pk, wrong=WRONG, right=RIGHT,
        reason="输入时有错字，与现场笔录核对后更正。",
    )  # fmt: skip


def _amend(walk: Walk) -> None:
    walk.step(
        correction.decide_clerical, walk.cast["deputy1"], part_id=waiting_request(walk), agree=True, opinion="同意更正。"
    )  # fmt: skip


def _propose_transfer(walk: Walk) -> None:
    new = NewTransfer(
        organ="演示市交通运输局", organ_phone="0434-5999999", reason="违法行为发生地经核实在演示市境内，不属于本机关管辖。",
        basis="《中华人民共和国行政处罚法》第二十二条", enclosures=("现场笔录", "立案登记表"),
    )  # fmt: skip
    walk.step(transfer.propose_transfer, walk.lead, transfer=new)


def _send(walk: Walk) -> None:
    walk.step(transfer.send_transfer, walk.lead, sent_on=clock.local(walk.now).date(), receiver="示例接收人")


RIGHT, WRONG = "苫盖", "毡盖"  # a slip of the pen, found the day after


def _order(walk: Walk) -> None:
    walk.step(
        correction.issue_correction_order, walk.lead, facts=walk.plan.deed.seen.replace(RIGHT, WRONG),
        basis="《中华人民共和国行政处罚法》第二十八条第一款", due_on=clock.local(walk.now + timedelta(days=1)).date(),
    )  # fmt: skip


def _recheck(walk: Walk) -> None:
    order = CorrectionOrder.objects.get(case=walk.known_case)
    walk.step(
        correction.recheck_correction, walk.lead, part_id=order.pk, result="corrected",
        note="执法人员到场复查，当事人已经改正并提交照片。",
    )  # fmt: skip


def _propose_no_penalty(walk: Walk) -> None:
    walk.step(
        no_penalty.propose_no_penalty, walk.lead, ground="minor",
        reason="行为持续时间很短，没有造成危害后果，当事人接到通知当日改正。",
        education="当面讲解有关规定，当事人书面承诺不再违反。",
    )  # fmt: skip


ENDINGS: dict[str, tuple[Milestone, ...]] = {
    **EXECUTION,
    "pulled_down": PULLED_DOWN,
    "at_court": AT_COURT,
    "revoked": REVOKED,
    "unreached": UNREACHED,
    "preserved": PRESERVATION,
    "detained": DETAINED,
    "documented": DOCUMENTED,
    "reported": REPORTED,
    "posted": (Milestone("posted", _post),),
    "not_filed": (
        Milestone("not_filing_proposed", _propose_not_filing, 0),
        Milestone("not_filing_endorsed", endorse, 0),
        Milestone("not_filed", _decide(ending.decide_not_filing)),
    ),
    "withdrawn": (
        Milestone("withdrawal_proposed", _propose_withdrawal, 2),
        Milestone("withdrawal_endorsed", endorse, 0),
        Milestone("withdrawn", _decide(ending.decide_withdrawal)),
    ),
    "terminated": (
        Milestone("termination_proposed", _propose_termination, 3),
        Milestone("termination_endorsed", endorse, 0),
        Milestone("terminated", _decide(ending.decide_termination)),
    ),
    "transferred": (
        Milestone("transfer_proposed", _propose_transfer, 2),
        Milestone("transfer_endorsed", endorse, 0),
        Milestone("transfer_decided", _decide(transfer.decide_transfer)),
        Milestone("transfer_sent", _send),
        Milestone("transfer_told", _serve("transfer_notice"), 0),
    ),
    "crime": (
        Milestone("crime_reported", _report_crime, 2),
        Milestone("crime_decided", _decide_crime),
        Milestone("crime_handed_over", _hand_over_crime, 0, 60),
    ),
    "no_penalty": (
        Milestone("ordered", _order),
        Milestone("order_served", _serve("correction_order"), 0),
        Milestone("error_found", _find_error),
        Milestone("error_endorsed", endorse, 0),
        Milestone("amended", _amend, 0),
        Milestone("amendment_served", serve_all, 0),
        Milestone("rechecked", _recheck),
        Milestone("no_penalty_proposed", _propose_no_penalty, 0),
        *report_steps(),
        Milestone("not_penalised", _decide(no_penalty.decide_no_penalty)),
        Milestone("no_penalty_served", _serve("no_penalty_decision"), 2),
    ),
}
