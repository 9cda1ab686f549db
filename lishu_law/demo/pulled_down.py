"""A shed beside the road: the decision orders it down, it stays, the bureau enforces, and an agreement holds that up."""

from __future__ import annotations

from datetime import timedelta

from cases.actions import agreement, demand, enforcement, enforcement_changes
from cases.models import Enforcement
from cases.procedure.enforcement_plan import NewEnforcement
from lishu_law import clock
from lishu_law.demo.execution import URGED_IN_VAIN, next_week, serve_all, waiting_request
from lishu_law.demo.walk import Milestone, Walk

REMEDIES_OVER = timedelta(days=170)  # no demolition before review and lawsuit are out of time (强制法44)


def _urge(walk: Walk) -> None:
    walk.step(
        demand.issue_demand, walk.lead, measures=(), other_measure="依法强制拆除。", requirement="全部履行。",
        manner="自行拆除房屋并清运建筑垃圾；持处罚决定书到代收银行缴清罚款。",
    )  # fmt: skip


def _request(walk: Walk) -> None:
    new = NewEnforcement(
        kind="demolition", power="《中华人民共和国公路法》第八十一条", grounds="当事人逾期不拆除，经催告仍不履行，没有正当理由。",
        manner="组织拆除公路建筑控制区内的彩钢房，清运建筑垃圾。", planned_at=next_week(walk.now + REMEDIES_OVER),
        spares_household=True,
    )  # fmt: skip
    walk.step(enforcement.request_enforcement, walk.lead, new=new)


def _decide(walk: Walk) -> None:
    walk.step(
        enforcement.decide_enforcement, walk.cast["head1"], part_id=waiting_request(walk), agree=True,
        opinion="同意强制拆除，请依法公告。",
    )  # fmt: skip


def _announce(walk: Walk) -> None:
    walk.step(
        enforcement.announce_demolition, walk.lead, part_id=_enforcement(walk),
        demolish_by=clock.local(next_week(walk.now)).date(),
    )  # fmt: skip


def _enforcement(walk: Walk) -> int:
    return Enforcement.objects.get(case=walk.known_case).pk


def _ask_agreement(walk: Walk) -> None:
    walk.step(
        agreement.request_agreement, walk.lead, harmless=True, ends_on=clock.local(walk.now + timedelta(days=40)).date(),
        terms="十日内搬出存放的农资。\n三十日内拆除房屋并清运建筑垃圾。\n四十日内缴清罚款。",
        harmless_reason="分阶段拆除期间设置警示标志，不影响公路通行和他人权益。",
    )  # fmt: skip


def _agree(walk: Walk) -> None:
    walk.step(
        agreement.decide_agreement, walk.cast["head1"], part_id=waiting_request(walk), agree=True,
        opinion="同意签订执行协议。",
    )  # fmt: skip


def _ask_to_suspend(walk: Walk) -> None:
    walk.step(
        enforcement_changes.request_change, walk.lead, part_id=_enforcement(walk), change="suspend", ground="other",
        reason="当事人已按执行协议开始搬迁，履行期间暂不强制拆除。",
    )  # fmt: skip


def _suspend(walk: Walk) -> None:
    walk.step(
        enforcement_changes.decide_change, walk.cast["head1"], part_id=waiting_request(walk), agree=True,
        opinion="同意中止执行。",
    )  # fmt: skip


PULLED_DOWN = (
    URGED_IN_VAIN[0],
    Milestone("urged", _urge, 2),
    *URGED_IN_VAIN[2:],
    Milestone("demolition_requested", _request, 0),
    Milestone("demolition_decided", _decide),
    Milestone("demolition_served", serve_all, 0),
    Milestone("demolition_announced", _announce),
    Milestone("agreement_requested", _ask_agreement, 2),
    Milestone("agreement_made", _agree, 0),
    Milestone("suspension_requested", _ask_to_suspend),
    Milestone("suspended", _suspend, 0),
    Milestone("suspension_served", serve_all),
)
