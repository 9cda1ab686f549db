"""What every act on a shift or filing begins and ends with: the locked row, the stale page, the locked officers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from inspections import permissions
from inspections.models import FilingStep, InspectionFiling, PatrolShift
from inspections.moves import Move
from inspections.queries.officers import bookings, officer_facts
from inspections.rules import OfficerFacts, days_of, not_double_booked, two_certified, witness_outside
from lishu_law.access.policy import Subject
from lishu_law.errors import Conflict, NotFound, Refusal, Refused
from lishu_law.registry.identity import Insiders
from lishu_law.registry.models import SupervisedSubject, User
from lishu_law.registry.named import officers_named

STALE = "有人在您打开这一页之后改过这份备案。您填的内容没有丢，请核对后再提交。"


def lock_shift(shift_id: int, version: int | None, by: Any) -> tuple[PatrolShift, Subject]:
    """The shift, locked until the transaction ends, and what the policy knows of it."""
    shift = PatrolShift.objects.select_for_update(of=("self",)).select_related("applicant").filter(pk=shift_id).first()
    if shift is None:
        raise NotFound
    subject = permissions.shift_subject(shift, shift.officers.select_related("user"))
    permissions.check_visible(by, "shift.read", subject)
    if version is not None and version != shift.version:
        raise Conflict(STALE)
    return shift, subject


def lock_filing(filing_id: int, version: int | None, by: Any) -> tuple[InspectionFiling, Subject]:
    """The filing, locked until the transaction ends, and what the policy knows of it."""
    filing = (
        InspectionFiling.objects.select_for_update(of=("self",))
        .select_related("applicant", "subject__party", "unit", "joins")
        .filter(pk=filing_id)
        .first()
    )
    if filing is None:
        raise NotFound
    subject = permissions.filing_subject(filing, filing.officers.select_related("user"))
    permissions.check_visible(by, "inspection.read", subject)
    if version is not None and version != filing.version:
        raise Conflict(STALE)
    return filing, subject


def lock_officers(users: Sequence[Any]) -> None:
    """Serialise bookings of the same people: the second of two acts sees what the first one booked."""
    ids = sorted({user.pk for user in users})
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def lock_subject(subject_id: int) -> None:
    """Serialise approvals of visits to one object: two at once cannot both take the last visit of the cap."""
    list(SupervisedSubject.objects.select_for_update(no_key=True).filter(pk=subject_id).values_list("pk"))


def officer_refusals(
    users: Sequence[Any], starts_at: datetime, ends_at: datetime, **exceptions: int | None
) -> list[Refusal]:
    """Two certified officers on every day, none of them double-booked. Call after :func:`lock_officers`."""
    facts: tuple[OfficerFacts, ...] = officer_facts(users)
    refusals = two_certified(facts, days_of(starts_at, ends_at)) if ends_at > starts_at else []
    return refusals + not_double_booked(facts, bookings(users, starts_at, ends_at, **exceptions), starts_at, ends_at)


def in_state(record: PatrolShift | InspectionFiling, states: Sequence[str], act: str) -> list[Refusal]:
    """A refusal when the record is in another state than the act needs."""
    if record.state in states:
        return []
    return [Refusal("wrong-state", f"现在的状态是“{record.get_state_display()}”，不能{act}。请刷新页面核对。")]


def may_move(filing: InspectionFiling, move: Move) -> list[Refusal]:
    """A refusal when the row of the table does not begin in the state the filing is in."""
    return in_state(filing, move.from_states, move.title)


def refuse_if(refusals: Sequence[Refusal]) -> None:
    if refusals:
        raise Refused(list(refusals))


def save(record: PatrolShift | InspectionFiling, **changed: Any) -> None:
    """Write the changed fields and count the version up."""
    for name, value in changed.items():
        setattr(record, name, value)
    record.version += 1
    record.save(update_fields=[*changed, "version"])


def add_step(
    row: InspectionFiling, title: str, *, by: Any, at: datetime, note: str = "", results: Sequence[Any] = ()
) -> None:
    """Remember how the filing came to its state, with what the rules answered."""
    FilingStep.objects.create(
        filing=row, state=row.state, title=title, by=by, at=at, note=note[:500], results=list(results)
    )


def journal_digests(files: Sequence[Any]) -> list[str]:
    """Digests of stored files, for the journal."""
    return [file.sha256 for file in files]


def witness_refusals(
    filing: InspectionFiling, name: str, rule: str, *, field: str = "witness_name", own: tuple[str, ...] = ()
) -> list[Refusal]:
    """The typed witness is no officer of the visit or the authority and nobody of the inspected; ``own`` are more of them."""
    return witness_outside(name, insiders_of(filing, name, own=own), rule, field) if name.strip() else []


def insiders_of(filing: InspectionFiling, *typed: str, own: tuple[str, ...] = ()) -> Insiders:
    """Who is no witness of this visit. ``typed`` are the names in question."""
    party = filing.subject.party
    officers = frozenset(one.user.full_name for one in filing.officers.select_related("user"))
    parties = frozenset(one.strip() for one in (party.name, party.person_name, *own)) - {""}
    return Insiders(officers, parties, officers_named(*typed), role="本次检查的执法人员")
