"""The papers of an inspection are made, and its result is told (standards/inspection.md §2 row 7, §8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections import permissions, rules
from inspections.actions.frame import lock_filing, refuse_if, witness_refusals
from inspections.actions.handing_over import hand_over_later
from inspections.documents import contexts, issue
from inspections.documents.contexts.typed import Inquest, Questioning, Sampling, Written
from inspections.models import InspectionDocument, InspectionFiling, PaperSigning, ResultTelling, TellingWay
from inspections.queries.papers import (
    RESULT,
    PaperFacts,
    made_codes,
    next_result,
    paper_facts,
    results_due,
    signing_refusals,
)
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import NotFound

ACTION = "inspection.paper"
MADE_BY_HAND = ("inspection_notice", "inspection_result", "inspection_slip")


@transaction.atomic(durable=True)
def make_paper(
    *, filing_id: int, version: int | None, by: Any, code: str, at: datetime | None = None
) -> InspectionDocument:
    """Seal a paper that follows from the filing: notice, result notice or filing slip.

    A result that was left open, told so and ended since gets a second notice.
    """
    moment = at or clock.now()
    if code not in MADE_BY_HAND:
        raise NotFound
    filing = _opened(filing_id, version, by, code, moment)
    rounds = results_due(filing, clock.local(moment).date()) if code == RESULT else []
    due = next((one for one in rounds if one.paper is None), None)
    paper = issue.seal_of_filing(
        paper_facts(filing, moment), code, by=by, at=moment, after_end=due.end if due else None
    )
    return _journalled(paper, by, moment)


@transaction.atomic(durable=True)
def record_questioning(
    *, filing_id: int, version: int | None, by: Any, made: Questioning, at: datetime | None = None
) -> InspectionDocument:
    """J04: one person, one sitting."""
    moment = at or clock.now()
    facts = _written(_opened(filing_id, version, by, "inspection_questioning", moment), made, moment)
    before = facts.filing.documents.filter(code="inspection_questioning", data__person__name=made.person.name)
    data = contexts.questioning(facts, made, before.count() + 1)
    return _sealed(facts, "inspection_questioning", data, made, by=by, at=moment)


@transaction.atomic(durable=True)
def record_sampling(
    *, filing_id: int, version: int | None, by: Any, made: Sampling, at: datetime | None = None
) -> InspectionDocument:
    """J05: what was taken, sealed on the spot."""
    moment = at or clock.now()
    facts = _written(_opened(filing_id, version, by, "inspection_sampling", moment), made, moment)
    return _sealed(facts, "inspection_sampling", contexts.sampling(facts, made), made, by=by, at=moment)


@transaction.atomic(durable=True)
def record_inquest(
    *, filing_id: int, version: int | None, by: Any, made: Inquest, at: datetime | None = None
) -> InspectionDocument:
    """J06: a place or a thing was examined."""
    moment = at or clock.now()
    facts = _written(_opened(filing_id, version, by, "inspection_inquest", moment), made, moment)
    return _sealed(facts, "inspection_inquest", contexts.inquest(facts, made), made, by=by, at=moment)


@dataclass(frozen=True)
class NewTelling:
    """How the result was told; ``way`` is a ``TellingWay``."""

    way: str
    told_at: datetime
    receiver: str
    receiver_post: str = ""
    note: str = ""
    witness_name: str = ""


@transaction.atomic(durable=True)
def tell_result(
    *, filing_id: int, version: int | None, by: Any, telling: NewTelling, at: datetime | None = None
) -> ResultTelling:
    """The result notice reached the inspected; the clock of insp-result-tell stops on that day, late or not."""
    moment = at or clock.now()
    filing = _locked(filing_id, version, by)
    due = next_result(filing, clock.local(moment).date())
    refuse_if(rules.may_tell(filing.state, due is not None and due.telling is not None))
    refuse_if(signing_refusals(filing))
    told = rules.Told(telling.way, telling.told_at, telling.note, telling.witness_name)
    assert due is not None  # a visit that is done has an end
    paper = due.paper
    seen = witness_refusals(
        filing, told.witness, "insp-result-tell", own=(telling.receiver,) if told.way == TellingWay.LEFT else ()
    )
    since = due.since, due.due.due
    refuse_if([*rules.telling_complete(told, since, paper.sealed_at if paper else None, moment), *seen])
    assert paper is not None  # refused above
    row = ResultTelling.objects.create(
        filing=filing, document=paper, recorded_at=moment, recorded_by=by, **vars(telling)
    )
    details = {"filing_no": filing.filing_no, "paper": paper.number, "way": row.way}
    journal.record("inspection.tell_result", by=by, on=("inspection_filing", filing.pk), details=details)
    return row


def _locked(filing_id: int, version: int | None, by: Any) -> InspectionFiling:
    filing, subject = lock_filing(filing_id, version, by)
    permissions.check(by, ACTION, subject)
    return filing


def _opened(filing_id: int, version: int | None, by: Any, code: str, moment: datetime) -> InspectionFiling:
    """The locked filing, if this paper may be made of it now."""
    filing = _locked(filing_id, version, by)
    papers = list(filing.documents.all())
    rounds = results_due(filing, clock.local(moment).date(), papers)
    refuse_if(rules.paper_fits(code, filing.state, made_codes(papers, rounds)))
    refuse_if(signing_refusals(filing) if code == RESULT else [])
    return filing


def _written(filing: InspectionFiling, made: Written, moment: datetime) -> PaperFacts:
    """The facts of a paper that was written by two officers during the visit."""
    facts = paper_facts(filing, moment)
    sitting = rules.Sitting(
        made.started_at, made.ended_at, made.first.staff_number, made.second.staff_number,
        made.signing == PaperSigning.REFUSED, made.refusal_note, made.witness_name,
    )  # fmt: skip
    visit = (filing.started_at or moment, filing.finished_at or moment)
    own = (made.person.name,) if isinstance(made, (Questioning, Inquest)) else ()
    seen = witness_refusals(filing, made.witness_name, "insp-record", own=own)
    if isinstance(made, Inquest):
        seen += witness_refusals(filing, made.invited_name, "insp-record", field="invited_name", own=own)
    inspecting = frozenset(user.staff_number for user in facts.users)
    refuse_if([*rules.sitting_allowed(sitting, visit, inspecting), *seen])
    return facts


def _sealed(
    facts: PaperFacts, code: str, data: Mapping[str, object], made: Written, *, by: Any, at: datetime
) -> InspectionDocument:
    is_later = made.signing == PaperSigning.PENDING
    return _journalled(issue.seal(facts, code, data, by=by, at=at, to_be_signed=is_later), by, at)


def _journalled(paper: InspectionDocument, by: Any, at: datetime) -> InspectionDocument:
    is_evidence = hand_over_later(paper, by=by, at=at)
    details = {"document": paper.pk, "code": paper.code, "number": paper.number, "evidence": is_evidence}
    journal.record("inspection.make_paper", by=by, on=("inspection_filing", paper.filing_id), details=details)
    return paper
