"""The stories in which the fine is not simply paid: paid later by leave, paid too late, enforced."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from cases.actions import deferral, demand, enforcement, overdue, requests, serving
from cases.models import Approval, Document, Serving
from cases.procedure.enforcement_plan import NewEnforcement
from lishu_law import clock
from lishu_law.demo.road import new_serving
from lishu_law.demo.walk import Milestone, Walk
from lishu_law.law.calendar import DEFAULT_CALENDAR


def waiting_request(walk: Walk) -> int:
    """The request that waits for its decision."""
    return Approval.objects.filter(case=walk.known_case, outcome="").latest("pk").pk


def endorse(walk: Walk) -> None:
    """The squad leader signs the request that waits."""
    walk.step(
        requests.endorse_request, walk.leader, part_id=waiting_request(walk), agree=True, opinion="情况属实，同意。"
    )  # fmt: skip


def serve_all(walk: Walk) -> None:
    """Everything of the case that must still be served, at one visit."""
    served = Serving.objects.filter(case=walk.known_case).values("document")
    waiting = Document.objects.filter(case=walk.known_case, must_be_served=True).exclude(pk__in=served)
    for document in waiting.order_by("pk"):
        walk.step(serving.serve_document, walk.lead, part_id=document.pk, serving=new_serving(walk))


def _today(walk: Walk) -> date:
    return clock.local(walk.now).date()


def _request_deferral(walk: Walk) -> None:
    """Two instalments, the first half rounded down to whole yuan."""
    owed, day = walk.known_case.decision.amount or Decimal(0), _today(walk)
    first = Decimal(int(owed / 2))
    walk.step(
        deferral.request_deferral, walk.lead, applied_on=day, reason="经核实，当事人确有经济困难，建议准许分期缴纳。",
        hardship="当事人近期货款没有收回，一次缴清罚款确有困难，提交了银行流水。",
        plan=((day + timedelta(days=30), first), (day + timedelta(days=60), owed - first)),
    )  # fmt: skip


def _decide_deferral(walk: Walk) -> None:
    walk.step(
        deferral.decide_deferral, walk.cast["head1"], part_id=waiting_request(walk), agree=True, opinion="同意分期缴纳。"
    )  # fmt: skip


def _enter_overdue(walk: Walk) -> None:
    walk.step(overdue.enter_overdue, walk.lead)


def _urge(walk: Walk) -> None:
    walk.step(
        demand.issue_demand, walk.lead, measures=("court",), manner="持处罚决定书到代收银行缴款。",
        requirement="全部履行。",
    )  # fmt: skip


def _silence(walk: Walk) -> None:
    """The ten working days passed and the party said nothing."""
    walk.step(demand.hear_demand, walk.lead, kind="none", stated_on=_today(walk) - timedelta(days=1))


def _request_proxy(walk: Walk) -> None:
    new = NewEnforcement(
        kind="proxy", power="行政强制法第五十条", grounds="当事人逾期不履行，经催告仍不履行，没有正当理由。",
        manner="组织清除路面扬撒的砂石，恢复路面原状。", planned_at=next_week(walk.now), spares_household=True,
        danger="路面扬撒砂石，危害交通安全。", budget="人民币捌佰元整（¥800.00）",
    )  # fmt: skip
    walk.step(enforcement.request_enforcement, walk.lead, new=new)


def next_week(now: datetime) -> datetime:
    """Nine in the morning of the first working day at least a week later."""
    moment = clock.local(now + timedelta(days=7)).replace(hour=9, minute=0, second=0, microsecond=0)
    while not DEFAULT_CALENDAR.is_working_day(moment.date()):
        moment += timedelta(days=1)
    return moment


def _decide_proxy(walk: Walk) -> None:
    walk.step(
        enforcement.decide_proxy, walk.cast["head1"], part_id=waiting_request(walk), agree=True,
        opinion="同意，请依法组织代履行。",
    )  # fmt: skip


# Fifteen natural days and a holiday at their end are over after sixteen working days, whatever month it is.
_LATE = Milestone("overdue", _enter_overdue, 17)
URGED_IN_VAIN = (
    _LATE,
    Milestone("urged", _urge, 2),
    Milestone("urging_served", serve_all, 0),
    Milestone("urging_heard", _silence, 12),
)
EXECUTION: dict[str, tuple[Milestone, ...]] = {
    "deferred": (
        Milestone("deferral_requested", _request_deferral, 2),
        Milestone("deferral_decided", _decide_deferral),
        Milestone("deferral_served", serve_all),
    ),
    "overdue": (_LATE,),
    "urged": (_LATE, Milestone("urged", _urge, 2), Milestone("urging_served", serve_all)),
    "enforced": (
        *URGED_IN_VAIN,
        Milestone("proxy_requested", _request_proxy, 0),
        Milestone("proxy_decided", _decide_proxy),
    ),
}
