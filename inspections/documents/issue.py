"""Sealing a paper of an inspection inside the act that makes it (see ``lishu_law.documents.sealing``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from inspections import rules
from inspections.documents import contexts
from inspections.documents.catalogue import by_code
from inspections.models import InspectionDocument, InspectionFiling, Method, NoticeMode, PendingEnd
from inspections.queries.papers import PaperFacts, paper_facts
from inspections.queries.visit_record import officers_signed
from inspections.rules.signing import FORMS
from lishu_law.documents import check_entries, sealing
from lishu_law.documents.models import PaperState
from lishu_law.documents.seats import all_in_words

TASK = "inspections.tasks.render_paper"
NOT_YET = "事后补报"  # an urgent visit has no number before its papers follow (standards/inspection.md §3.2)
# Papers that need nothing typed: their data follow from the filing.
OF_FILING = {
    "inspection_approval": contexts.approval,
    "inspection_notice": contexts.notice,
    "inspection_record": contexts.record,
    "inspection_result": contexts.result,
    "inspection_slip": contexts.slip,
}


def seal(
    facts: PaperFacts,
    code: str,
    data: Mapping[str, object],
    *,
    by: Any,
    at: datetime,
    after_end: PendingEnd | None = None,
    to_be_signed: bool = False,
) -> InspectionDocument:
    """Freeze one paper with the next number of its series, in the name of the authority.

    ``to_be_signed``: it is signed by hand in the system, and waited for.
    """
    kind = by_code(code)
    number = sealing.number_for(kind, facts.organ, at)
    filing_no = facts.filing.filing_no or NOT_YET
    paper = InspectionDocument.objects.create(
        filing=facts.filing,
        after_end=after_end,
        signing=PaperState.OPEN if to_be_signed else PaperState.ON_PAPER,
        unsigned=all_in_words(FORMS[code], data)[:300] if to_be_signed else "",
        **sealing.frozen(kind, {**data, "filing_no": filing_no}, number=number, by=by, at=at),
    )
    check_entries.enter(paper, check_entries.Belongs(check_entries.FILING_WORD, facts.filing.filing_no or ""))
    sealing.announce(paper, TASK)
    return paper


def seal_of_filing(
    facts: PaperFacts, code: str, *, by: Any, at: datetime, after_end: PendingEnd | None = None
) -> InspectionDocument:
    """A paper of :data:`OF_FILING`."""
    return seal(facts, code, OF_FILING[code](facts, at), by=by, at=at, after_end=after_end)


def seal_on_approval(filing: InspectionFiling, *, by: Any, at: datetime) -> list[InspectionDocument]:
    """With the approval: J01, and J02 where the object is told beforehand and nobody has gone yet (insp-notice)."""
    facts = paper_facts(filing, at)
    is_announced = filing.notice_mode == NoticeMode.AHEAD and filing.started_at is None
    codes = ("inspection_approval", *(("inspection_notice",) if is_announced else ()))
    return [seal_of_filing(facts, code, by=by, at=at) for code in codes]


def seal_when_signed(filing: InspectionFiling, *, by: Any, at: datetime) -> InspectionDocument | None:
    """Of a visit on the spot J03, with the signature of its second officer: it carries them all (insp-record)."""
    code = "inspection_record"
    if filing.method != Method.ON_SITE or filing.documents.filter(code=code).exists():
        return None
    signed, missing = officers_signed(filing)
    if rules.officers_signed(len(signed), [user.full_name for user in missing]):
        return None
    return seal_of_filing(paper_facts(filing, at), code, by=by, at=at)
