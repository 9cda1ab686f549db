"""The hearing a party asks for: from the request to the chair's report (处罚法63–65)."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.actions import hearing, serving
from cases.models import Document
from lishu_law import clock
from lishu_law.demo.walk import Milestone, Walk
from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.registry.models import User

ROOM = "梨树县交通运输局二楼会议室"
SAID = """主持人宣布听证会纪律，核对听证参加人身份，告知权利义务，询问是否申请回避，当事人表示不申请。
调查人员陈述违法事实，出示现场笔录、询问笔录和行程记录，提出处罚建议。
当事人承认载客的起点和终点都不在许可的经营区域内，称是返程顺路载客，请求从轻处罚。
双方对证据进行质证和辩论，当事人对证据的真实性没有异议。
当事人作最后陈述：今后遵守规定，请求从轻处罚。"""
UNTIL_HEARD = 16  # working days from the notice of the hearing to its day


def _request_hearing(walk: Walk) -> None:
    new = hearing.NewHearing(
        applicant=walk.party.name, requested_at=walk.now - timedelta(minutes=15), is_oral=True,
        reason="当事人对拟处罚款的数额有异议，要求举行听证。",
    )  # fmt: skip
    walk.step(hearing.request_hearing, walk.lead, request=new)


def _appoint_hearing(walk: Walk) -> None:
    """Chair and recorder come from outside the squad that investigated."""
    people = hearing.HearingPeople(walk.cast["archive1"], _recorder(walk))
    walk.step(hearing.appoint_hearing, walk.cast["head1"], part_id=_hearing_id(walk), people=people)


def _recorder(walk: Walk) -> User:
    return walk.cast["officer4" if walk.plan.squad == "Z1" else "officer3"]


def _notify_hearing(walk: Walk) -> None:
    """In good time: the notice is still to be served."""
    walk.step(
        hearing.issue_hearing_notice, walk.cast["archive1"], part_id=_hearing_id(walk),
        scheduled_at=_hearing_day(walk.now), place=ROOM, is_public=True,
    )  # fmt: skip


def _hearing_id(walk: Walk) -> int:
    return walk.known_case.hearings.latest("pk").pk


def _hearing_day(now: datetime) -> datetime:
    """Nine in the morning, so many working days later."""
    moment, left = clock.local(now).replace(hour=9, minute=0, second=0, microsecond=0), UNTIL_HEARD
    while left:
        moment += timedelta(days=1)
        left -= DEFAULT_CALENDAR.is_working_day(moment.date())
    return moment


def _serve_hearing_notice(walk: Walk) -> None:
    document = Document.objects.filter(case=walk.known_case, code="hearing_notice").latest("pk")
    new = serving.NewServing(
        method="direct", receiver_name=walk.party.name, relation="self", place=walk.party.address,
        served_at=walk.now - timedelta(minutes=10), second_server=walk.assistant,
    )  # fmt: skip
    walk.step(serving.serve_document, walk.lead, part_id=document.pk, serving=new)


def _hold(walk: Walk) -> None:
    """The recorder's transcript, signed at the end of the session."""
    one = walk.known_case.hearings.latest("pk")
    if one.scheduled_at is None:
        raise ValueError("the hearing has no day yet")
    session = hearing.NewSession(
        started_at=one.scheduled_at, ended_at=one.scheduled_at + timedelta(minutes=70), place=ROOM,
        attendance="attended", body=SAID, signing="signed", investigators_stated=True, party_answered=True,
    )  # fmt: skip
    walk.at = max(walk.now, one.scheduled_at + timedelta(minutes=80))
    walk.step(hearing.record_hearing, _recorder(walk), part_id=one.pk, session=session)


def _report(walk: Walk) -> None:
    walk.step(
        hearing.report_hearing, walk.cast["archive1"], part_id=_hearing_id(walk),
        summary="双方对现场笔录、询问笔录和行程记录进行了质证。当事人承认事实，请求从轻处罚。",
        conclusion="事实清楚，证据充分，建议按告知的处罚意见办理。",
    )  # fmt: skip


# What follows the served notice where the party asks for a hearing.
HEARING = (
    Milestone("hearing_requested", _request_hearing, 2),
    Milestone("hearing_appointed", _appoint_hearing),
    Milestone("hearing_notified", _notify_hearing, 0),
    Milestone("hearing_served", _serve_hearing_notice, 0),
    Milestone("hearing_held", _hold, UNTIL_HEARD),
    Milestone("hearing_reported", _report),
)
