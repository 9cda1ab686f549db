"""What the papers of an inspection are filled from, read once; and the papers of a filing for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inspections.models import (
    CapEffect,
    FilingState,
    InspectionDocument,
    InspectionFiling,
    InspectionMatter,
    ResultTelling,
)
from inspections.queries.caps import cap_use
from inspections.queries.officers import officers_with_numbers
from inspections.queries.visit_record import Visit, visit_of
from inspections.rules import CapUse
from lishu_law import clock
from lishu_law.documents.shapes import Officer
from lishu_law.errors import NotFound
from lishu_law.law.lights import Light, Timer, light
from lishu_law.law.limits import Due, compute
from lishu_law.registry.models import Unit, UnitKind

DONE = (FilingState.FINISHED, FilingState.EVALUATED, FilingState.PUBLISHED)
LIMIT = "insp-result-tell"


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
    )


@dataclass(frozen=True)
class ResultDue:
    """Until when the result is to be told, and how that stands."""

    due: Due
    light: Light
    telling: ResultTelling | None


def papers_of(filing: InspectionFiling) -> list[InspectionDocument]:
    """The sealed papers of a filing in the order of their making."""
    return list(filing.documents.select_related("sealed_by").order_by("id"))


def result_due(filing: InspectionFiling, today: date) -> ResultDue | None:
    """The clock of the result (insp-result-tell); None before the visit is finished."""
    if filing.finished_at is None:
        return None
    telling = ResultTelling.objects.filter(filing=filing).first()
    due = compute(LIMIT, clock.local(filing.finished_at).date())
    done = clock.local(telling.told_at).date() if telling else None
    return ResultDue(due, light(Timer.of(due, done=done), today), telling)
