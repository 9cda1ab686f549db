"""What the papers of an inspection are filled from, read once; and the papers of a filing for its page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inspections import rules
from inspections.models import (
    CapEffect,
    FilingState,
    InspectionDocument,
    InspectionFiling,
    InspectionMatter,
    Method,
    PendingEnd,
    ResultTelling,
)
from inspections.queries.caps import cap_use
from inspections.queries.officers import officers_with_numbers
from inspections.queries.visit_record import Visit, officers_signed, visit_of
from inspections.rules import CapUse
from inspections.rules.signing import papers_signed
from lishu_law import clock
from lishu_law.documents.models import PaperState
from lishu_law.documents.shapes import Officer
from lishu_law.errors import NotFound, Refusal
from lishu_law.law.lights import Light, Timer, light
from lishu_law.law.limits import Due, compute
from lishu_law.registry.models import Unit, UnitKind

DONE = (FilingState.FINISHED, FilingState.EVALUATED, FilingState.PUBLISHED)
LIMIT, RESULT = "insp-result-tell", "inspection_result"


@dataclass(frozen=True)
class PaperFacts:
    """One filing with everything a paper may say of it. ``officers`` lead first, with the certificate of the day."""

    filing: InspectionFiling
    organ: Unit
    users: list[Any]
    officers: list[Officer]
    matters: list[InspectionMatter]
    visit: Visit
    use: CapUse
    is_counted: bool
    assistants: list[str]
    told_open: str = ""  # the number of the notice that told the result as 待后续处理
    ended: str = ""  # what was found out since

    @property
    def subject(self) -> Any:
        return self.filing.subject

    @property
    def pronoun(self) -> str:
        return "你" if self.subject.party.kind == "citizen" else "你单位"


def paper_facts(filing: InspectionFiling, now: datetime) -> PaperFacts:
    """Raises ``NotFound`` while no authority is registered: papers are issued in its name (处罚法17、20)."""
    organ = Unit.objects.filter(kind=UnitKind.AUTHORITY).first()
    if organ is None:
        raise NotFound("还没有登记执法机关，请联系系统管理员。")
    users = [one.user for one in filing.officers.select_related("user").order_by("-is_lead", "id")]
    day = clock.local(filing.window_from).date()
    told_open, ended = _told_open(results_due(filing, clock.local(now).date()))
    return PaperFacts(
        filing=filing,
        organ=organ,
        users=users,
        officers=[Officer(name=name, certificate_no=number) for name, number in officers_with_numbers(filing)],
        matters=list(filing.matters.order_by("item_code", "id")),
        visit=visit_of(filing),
        use=cap_use(filing.subject, day, now, but=filing.pk),
        is_counted=filing.cap_effect == CapEffect.COUNTED and filing.joins_id is None,
        assistants=[f"{one.name}（{one.organisation}，{one.reason}）" for one in filing.assistants.all()],
        told_open=told_open,
        ended=ended,
    )


@dataclass(frozen=True)
class ResultDue:
    """Until when a result is to be told, and how that stands.

    ``end``: of a result that was left open and told so, what ended it: then it is told once more, with a new clock.
    """

    since: datetime
    due: Due
    light: Light
    paper: InspectionDocument | None
    telling: ResultTelling | None
    end: PendingEnd | None = None


def papers_of(filing: InspectionFiling) -> list[InspectionDocument]:
    """The sealed papers of a filing in the order of their making."""
    return list(filing.documents.select_related("sealed_by").order_by("id"))


def results_due(
    filing: InspectionFiling, today: date, papers: Sequence[InspectionDocument] | None = None
) -> list[ResultDue]:
    """The clocks of the result (insp-result-tell): none before the visit is finished, then one.

    A second one where the notice said 待后续处理 and that has ended since. A notice made after the end tells the end.
    ``papers`` of the filing, where they are known already.
    """
    if filing.finished_at is None:
        return []
    told = {one.document_id: one for one in ResultTelling.objects.filter(filing=filing)}
    known = filing.documents.filter(code=RESULT) if papers is None else papers
    notices = {one.after_end_id: one for one in known if one.code == RESULT}
    first, end = notices.get(None), getattr(filing, "pending_end", None)
    rounds: list[tuple[datetime, PendingEnd | None]] = [(filing.finished_at, None)]
    if end is not None and first is not None and first.sealed_at < end.at:
        rounds.append((end.at, end))
    found = []
    for since, ended in rounds:
        paper = notices.get(ended.pk if ended else None)
        telling = told.get(paper.pk) if paper else None
        due = compute(LIMIT, clock.local(since).date())
        done = clock.local(telling.told_at).date() if telling else None
        found.append(ResultDue(since, due, light(Timer.of(due, done=done), today), paper, telling, ended))
    return found


def next_result(filing: InspectionFiling, today: date) -> ResultDue | None:
    """The first clock that still runs, else the last one; None before the visit is finished."""
    every = results_due(filing, today)
    return next((one for one in every if one.telling is None), every[-1] if every else None)


def _told_open(rounds: Sequence[ResultDue]) -> tuple[str, str]:
    """The number of the notice that told a result as 待后续处理, and what was found out since; empty for any other."""
    if len(rounds) < 2 or rounds[0].paper is None or rounds[1].end is None:
        return "", ""
    return rounds[0].paper.number, rounds[1].end.note


def made_codes(papers: Iterable[InspectionDocument], rounds: Iterable[ResultDue]) -> frozenset[str]:
    """The papers there are; the result notice only where no further one is to be made."""
    codes = {one.code for one in papers}
    return frozenset(codes - {RESULT} if any(one.paper is None for one in rounds) else codes)


def signing_refusals(filing: InspectionFiling, visit: Visit | None = None) -> list[Refusal]:
    """insp-officers-signed: only a visit on the spot has a record that two officers sign. ``visit`` if it is read.

    A paper that is signed in the system is waited for as well.
    """
    if filing.finished_at is None:
        return []
    open_papers = filing.documents.filter(signing=PaperState.OPEN).order_by("id")
    waiting = papers_signed(open_papers.values_list("pk", "title", "unsigned"))
    if filing.method != Method.ON_SITE:
        return waiting
    signed, missing = (visit.signed, visit.unsigned) if visit else officers_signed(filing)
    return [*rules.officers_signed(len(signed), [user.full_name for user in missing]), *waiting]
