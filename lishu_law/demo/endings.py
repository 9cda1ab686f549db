"""The stories that leave the road: not filed, terminated, transferred, not penalised; walked with the real actions too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from cases.actions import correction, ending, no_penalty, requests, serving, serving_sent, transfer
from cases.actions.serving_input import NewSending
from cases.actions.transfer import NewTransfer
from cases.models import CorrectionOrder, Document
from lishu_law import clock
from lishu_law.demo.collected import DOCUMENTED, REPORTED
from lishu_law.demo.execution import EXECUTION, waiting_request
from lishu_law.demo.held import PRESERVATION
from lishu_law.demo.plans import Plan
from lishu_law.demo.road import Milestone, new_serving, register, report_steps, road_of
from lishu_law.demo.spot import open_scene, spot_road
from lishu_law.demo.walk import Walk


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


def _endorse(walk: Walk) -> None:
    walk.step(
        requests.endorse_request, walk.leader, part_id=waiting_request(walk), agree=True, opinion="情况属实，同意。"
    )


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


def _propose_transfer(walk: Walk) -> None:
    new = NewTransfer(
        organ="演示市交通运输局", organ_phone="0434-5999999", reason="违法行为发生地经核实在演示市境内，不属于本机关管辖。",
        basis="《中华人民共和国行政处罚法》第二十二条", enclosures=("现场笔录", "立案登记表"),
    )  # fmt: skip
    walk.step(transfer.propose_transfer, walk.lead, transfer=new)


def _send(walk: Walk) -> None:
    walk.step(transfer.send_transfer, walk.lead, sent_on=clock.local(walk.now).date(), receiver="示例接收人")


def _order(walk: Walk) -> None:
    walk.step(
        correction.issue_correction_order, walk.lead, facts=walk.plan.deed.seen,
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
        reason="行为持续时间很短，没有造成危害后果，当事人接到通知当日改正，属于轻微并及时改正。",
        education="当面讲解有关规定，当事人书面承诺不再违反。",
    )  # fmt: skip


ENDINGS: dict[str, tuple[Milestone, ...]] = {
    **EXECUTION,
    "preserved": PRESERVATION,
    "documented": DOCUMENTED,
    "reported": REPORTED,
    "posted": (Milestone("posted", _post),),
    "not_filed": (
        Milestone("not_filing_proposed", _propose_not_filing, 0),
        Milestone("not_filing_endorsed", _endorse, 0),
        Milestone("not_filed", _decide(ending.decide_not_filing)),
    ),
    "terminated": (
        Milestone("termination_proposed", _propose_termination, 3),
        Milestone("termination_endorsed", _endorse, 0),
        Milestone("terminated", _decide(ending.decide_termination)),
    ),
    "transferred": (
        Milestone("transfer_proposed", _propose_transfer, 2),
        Milestone("transfer_endorsed", _endorse, 0),
        Milestone("transfer_decided", _decide(transfer.decide_transfer)),
        Milestone("transfer_sent", _send),
        Milestone("transfer_told", _serve("transfer_notice"), 0),
    ),
    "no_penalty": (
        Milestone("ordered", _order),
        Milestone("order_served", _serve("correction_order"), 0),
        Milestone("rechecked", _recheck, 2),
        Milestone("no_penalty_proposed", _propose_no_penalty, 0),
        *report_steps(),
        Milestone("not_penalised", _decide(no_penalty.decide_no_penalty)),
        Milestone("no_penalty_served", _serve("no_penalty_decision"), 2),
    ),
}
