"""The hearing from request to report (处罚法63–65): acceptance, people, notice, postponement, transcript, report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import permissions
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.hearing_checks import (
    closed_for_a_reason,
    ground_is_listed,
    hearing_people_apart,
    order_kept,
    outcome_of,
    proxies_authorised,
    record_signed,
    request_in_time,
    scheduled_late_enough,
    session_times,
)
from cases.actions.limits import cancel_limit, stop_limit
from cases.actions.phrase_use import Insertion, keep_phrases
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Document, Hearing, HearingOfficer, HearingRole, HearingState, HearingTranscript, Signing
from cases.procedure.phrase_places import CONCLUSION
from cases.procedure.states import State
from lishu_law.access.grants import grant, revoke
from lishu_law.errors import NotFound, Refused

NOTICE_LIMIT = "hearing-notice-7d"


@dataclass(frozen=True)
class NewHearing:
    """The request as it was handed in or said. ``refusal_reason`` only for one that came too late."""

    applicant: str
    requested_at: datetime
    is_oral: bool = False
    reason: str = ""
    refusal_reason: str = ""


@dataclass(frozen=True)
class NewSession:
    """What the recorder types at the hearing. ``proxies`` are (name, details, has written authority)."""

    started_at: datetime
    ended_at: datetime
    place: str
    attendance: str
    body: str
    signing: str
    proxies: tuple[tuple[str, str, bool], ...] = ()
    third_party: str = ""
    others: str = ""
    investigators_stated: bool = False
    party_answered: bool = False
    order_note: str = ""
    refusal_note: str = ""


@dataclass(frozen=True)
class HearingPeople:
    chair: Any
    recorder: Any
    members: tuple[Any, ...] = field(default=())

    @property
    def everybody(self) -> tuple[tuple[Any, str], ...]:
        members = tuple((user, HearingRole.MEMBER.value) for user in self.members)
        return ((self.chair, HearingRole.CHAIR.value), (self.recorder, HearingRole.RECORDER.value), *members)


@transaction.atomic(durable=True)
def request_hearing(*, case_id: int, version: int, by: Any, request: NewHearing, at: datetime | None = None) -> Hearing:
    """Register the party's request: in time, it opens the hearing; too late, it is refused with the reason."""
    doing = begin("request_hearing", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := request_in_time(doing.loaded.facts, request.requested_at, request.refusal_reason, doing.at):
        raise Refused(refusals)
    is_late = bool(request.refusal_reason)
    notice = next(one for one in reversed(doing.loaded.documents) if one.code == "prior_notice")
    hearing = Hearing.objects.create(
        case=doing.case, notice=notice, recorded_by=by,
        state=HearingState.NOT_ACCEPTED if is_late else HearingState.REQUESTED, **vars(request),
    )  # fmt: skip
    details = {"hearing": hearing.pk, "late": is_late}
    if is_late:
        conclude(
            doing, to_state=State(doing.case.state), outcome="refused", opinion=request.refusal_reason, details=details
        )
    else:
        conclude(doing, opinion=request.reason, details=details)
    return hearing


@transaction.atomic(durable=True)
def appoint_hearing(
    *, case_id: int, version: int, by: Any, part_id: int, people: HearingPeople, at: datetime | None = None
) -> Hearing:
    """Accept the request and name chair, recorder and members; named anew where somebody had to withdraw."""
    doing = begin("appoint_hearing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    if refusals := hearing_people_apart(doing.subject.involved, [user for user, _role in people.everybody]):
        raise Refused(refusals)
    hearing = _hearing(doing)
    for gone in HearingOfficer.objects.filter(hearing=hearing, ended_at__isnull=True).select_related("user"):
        revoke(permissions.HEAR, gone.user, doing.case)
    HearingOfficer.objects.filter(hearing=hearing, ended_at__isnull=True).update(ended_at=doing.at)
    for user, role in people.everybody:
        HearingOfficer.objects.create(hearing=hearing, user=user, role=role, assigned_at=doing.at)
        grant(permissions.HEAR, user, doing.case)
    if hearing.state == HearingState.REQUESTED:
        _move(hearing, HearingState.ACCEPTED)
    elif hearing.state == HearingState.SCHEDULED:  # the notice named somebody else
        _move(hearing, HearingState.POSTPONED)
    conclude(doing, details={"people": [f"{role}:{user.staff_number}" for user, role in people.everybody]})
    return hearing


@transaction.atomic(durable=True)
def issue_hearing_notice(
    *, case_id: int, version: int, by: Any, part_id: int, scheduled_at: datetime, place: str, is_public: bool,
    closed_reason: str = "", at: datetime | None = None,
) -> Document:  # fmt: skip
    """Fix time and place and seal the 听证通知书; seven working days run from its serving (hearing-notice-7d)."""
    doing = begin("issue_hearing_notice", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    refusals = [*scheduled_late_enough(scheduled_at, doing.today), *closed_for_a_reason(is_public, closed_reason)]
    if refusals:
        raise Refused(refusals)
    hearing = _hearing(doing)
    hearing.scheduled_at, hearing.place = scheduled_at, place
    hearing.is_public, hearing.closed_reason = is_public, "" if is_public else closed_reason
    hearing.state = HearingState.SCHEDULED
    hearing.save(update_fields=["scheduled_at", "place", "is_public", "closed_reason", "state"])
    cancel_limit(doing.case, NOTICE_LIMIT, part=doing.part)
    _drop_unserved(doing)
    data = contexts.hearing_notice(doing.loaded, hearing, doing.today)
    document = seal(doing.case, "hearing_notice", data, by=by, at=doing.at, part=doing.part)
    conclude(doing, details={"document": document.pk, "scheduled_at": scheduled_at.isoformat()})
    return document


@transaction.atomic(durable=True)
def postpone_hearing(
    *, case_id: int, version: int, by: Any, part_id: int, is_listed: bool, reason: str, at: datetime | None = None
) -> Hearing:
    """The hearing takes place later; time and place are told anew (hearing-postpone)."""
    doing = begin("postpone_hearing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    return _interrupt(doing, HearingState.POSTPONED, is_listed, reason)


@transaction.atomic(durable=True)
def suspend_hearing(
    *, case_id: int, version: int, by: Any, part_id: int, is_listed: bool, reason: str, at: datetime | None = None
) -> Hearing:
    """The hearing stands still until its cause is gone (hearing-postpone)."""
    doing = begin("suspend_hearing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    return _interrupt(doing, HearingState.SUSPENDED, is_listed, reason)


@transaction.atomic(durable=True)
def resume_hearing(
    *, case_id: int, version: int, by: Any, part_id: int, reason: str, at: datetime | None = None
) -> Hearing:
    """The cause is gone: time and place are fixed and told anew."""
    doing = begin("resume_hearing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    hearing = _move(_hearing(doing), HearingState.ACCEPTED)
    conclude(doing, opinion=reason)
    return hearing


@transaction.atomic(durable=True)
def terminate_hearing(
    *, case_id: int, version: int, by: Any, part_id: int, is_listed: bool, reason: str, at: datetime | None = None
) -> Hearing:
    """The hearing ends without a session: the party withdrew the request, or another ground (hearing-postpone).

    The case goes back to where the request found it: to its answer to the notice, or to that answer's review.
    """
    doing = begin("terminate_hearing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    back = State.DEFENCE_REVIEW if doing.loaded.facts.defence else State.NOTICE_WINDOW
    return _interrupt(doing, HearingState.TERMINATED, is_listed, reason, to_state=back)


@transaction.atomic(durable=True)
def record_hearing(
    *, case_id: int, version: int, by: Any, part_id: int, session: NewSession, at: datetime | None = None
) -> Hearing:
    """The transcript: order kept, checked and signed; absence or leaving is the right given up (处罚法64(6)–(8))."""
    doing = begin("record_hearing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    refusals = [
        *session_times(session.started_at, session.ended_at, doing.loaded.facts.focused_hearing, doing.at),
        *proxies_authorised(session.proxies),
        *order_kept(session.attendance, session.investigators_stated, session.party_answered, session.order_note),
        *record_signed(session.attendance, session.signing, session.refusal_note),
    ]
    if refusals:
        raise Refused(refusals)
    hearing = _hearing(doing)
    kept = {name: value for name, value in vars(session).items() if name not in {"attendance", "proxies"}}
    kept["proxies"] = [{"name": name, "details": details} for name, details, _authority in session.proxies]
    transcript = HearingTranscript.objects.create(hearing=hearing, recorded_by=by, **kept)
    hearing.state, hearing.ended_at, hearing.attendance = HearingState.ENDED, session.ended_at, session.attendance
    hearing.save(update_fields=["state", "ended_at", "attendance"])
    stop_limit(doing.case, NOTICE_LIMIT, doing.at, part=doing.part)
    data = contexts.hearing_record(doing.loaded, hearing, transcript, outcome_of(session.attendance))
    document = seal(
        doing.case, "hearing_record", data, by=by, at=doing.at, part=doing.part,
        to_be_signed=session.signing == Signing.PENDING,
    )  # fmt: skip
    conclude(
        doing, limit_start=session.ended_at, opinion=outcome_of(session.attendance),
        details={"document": document.pk, "attendance": session.attendance},
    )  # fmt: skip
    return hearing


@transaction.atomic(durable=True)
def report_hearing(
    *, case_id: int, version: int, by: Any, part_id: int, summary: str, conclusion: str,
    phrases: Sequence[Insertion] = (), at: datetime | None = None,
) -> Hearing:  # fmt: skip
    """The chair's report with an opinion; the case then goes on to the legal review (hearing-report)."""
    doing = begin("report_hearing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    hearing = _hearing(doing)
    hearing.summary, hearing.conclusion = summary, conclusion
    hearing.reported_by, hearing.reported_at, hearing.state = by, doing.at, HearingState.REPORTED
    hearing.save(update_fields=["summary", "conclusion", "reported_by", "reported_at", "state"])
    data = contexts.hearing_report(doing.loaded, hearing)
    document = seal(doing.case, "hearing_report", data, by=by, at=doing.at, part=doing.part)
    used = keep_phrases(doing, phrases, {CONCLUSION.home: conclusion})
    conclude(doing, opinion=conclusion, details={"document": document.pk, **used})
    return hearing


def _interrupt(
    doing: Doing, state: HearingState, is_listed: bool, reason: str, to_state: State | None = None
) -> Hearing:
    check_guards(doing)
    if refusals := ground_is_listed(is_listed, reason):
        raise Refused(refusals)
    hearing = _move(_hearing(doing), state)
    cancel_limit(doing.case, NOTICE_LIMIT, part=doing.part)
    _drop_unserved(doing)
    conclude(doing, to_state=to_state, opinion=reason)
    return hearing


def _hearing(doing: Doing) -> Hearing:
    found = Hearing.objects.filter(case=doing.case, pk=doing.known_part).first()
    if found is None:
        raise NotFound("没有找到这件听证。")
    return found


def _move(hearing: Hearing, state: HearingState) -> Hearing:
    hearing.state = state
    hearing.save(update_fields=["state"])
    return hearing


def _drop_unserved(doing: Doing) -> None:
    """A hearing notice overtaken by a new one, or by the end of the hearing, need not be served any more."""
    notices = Document.objects.filter(case=doing.case, code="hearing_notice", part=doing.part)
    notices.exclude(servings__outcome="effective").update(must_be_served=False)


__all__ = [
    "HearingPeople", "NewHearing", "NewSession", "appoint_hearing", "issue_hearing_notice", "postpone_hearing",
    "record_hearing", "report_hearing", "request_hearing", "resume_hearing", "suspend_hearing", "terminate_hearing",
]  # fmt: skip
