"""Results of visits that were not drawn: which wait to become public, and what everybody may read (inspection.md §9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Value

from inspections.draw.pools import months_before
from inspections.models import Exemption, InspectionFiling, RectificationOrder, ResultTelling
from inspections.queries.draw_results import LIMIT, NAMED, ToPublish, draws_to_publish
from inspections.queries.papers import DONE
from lishu_law import clock
from lishu_law.law.lights import Light, Timer, light
from lishu_law.law.limits import compute
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import PartyKind

PAGE, MOST = 20, 100


@dataclass(frozen=True)
class WaitingResult:
    """A result that has to become public, and by when. ``why_not``: what has to come before; empty when nothing."""

    filing: InspectionFiling
    name: str
    due: date
    light: Light
    why_not: str


@dataclass(frozen=True)
class PublicResult:
    """What everybody may read of one visit; ``name`` is empty where a person may stand behind it."""

    number: str
    object_no: str
    name: str
    matters: tuple[str, ...]
    finished_on: date
    result: str
    is_ordered: bool


@dataclass(frozen=True)
class ResultPage:
    rows: list[PublicResult]
    next_key: str


def _of_organisations() -> QuerySet[InspectionFiling]:
    """Finished visits to everybody but natural persons, not drawn (a draw publishes its own), never a secret one."""
    return (
        InspectionFiling.objects.filter(state__in=DONE, drawn__isnull=True, check_code__isnull=False)
        .exclude(exemption=Exemption.SECRET)
        .exclude(subject__party__kind=PartyKind.CITIZEN)
        .select_related("subject__party")
        .prefetch_related("matters")
    )


def waiting_rows() -> QuerySet[InspectionFiling]:
    """What is not public yet, the oldest first."""
    return _of_organisations().filter(result_published_at__isnull=True).order_by("finished_at", "id")


def told_rows() -> QuerySet[InspectionFiling]:
    """Of these what may be published: the inspected heard the result before everybody else."""
    return waiting_rows().filter(Exists(ResultTelling.objects.filter(filing=OuterRef("pk"))))


def waiting_results(now: datetime) -> list[WaitingResult]:
    """For whoever publishes, with the clock of insp-result-public."""
    told = set(told_rows().values_list("pk", flat=True))
    found = []
    for one in waiting_rows()[:MOST]:
        due = _due(one)
        why_not = "" if one.pk in told else "还没有告知被检查人"
        found.append(WaitingResult(one, public_name(one), due.due, light(Timer.of(due), now), why_not))
    return found


def results_to_publish(now: datetime) -> list[ToPublish]:
    """For the desk, in one statement: what :func:`draws_to_publish` gives, and the results of visits not drawn."""
    told: QuerySet[Any, Any] = told_rows().prefetch_related(None).order_by()
    waiting = told.values("result_published_at")  # not public yet: one group, or none
    counted: Any = waiting.annotate(no=Value(""), title=Value(""), count=Count("pk"), first=Min("finished_at"))
    return draws_to_publish(now, counted.values_list("no", "title", "count", "first"))


def _due(filing: InspectionFiling) -> Any:
    assert filing.finished_at is not None  # only finished visits are asked for
    return compute(LIMIT, clock.local(filing.finished_at).date())


def display_months(today: date) -> int:
    """How long a result is shown."""
    return int(DEFAULT_PARAMETERS.number("inspection.result_display_months", today))


def public_results(now: datetime, *, after: int | None = None, words: str = "") -> ResultPage:
    """Published results within their period, newest first; ``words`` is part of a name, or a number."""
    today = clock.local(now).date()
    begin = datetime.combine(
        months_before(today, display_months(today)) + timedelta(days=1), time(), tzinfo=clock.SHANGHAI
    )
    rows = _of_organisations().filter(result_published_at__gte=begin, result_published_at__lte=now)
    if words:
        named = Q(subject__kind__in=NAMED, subject__party__kind=PartyKind.ORGANISATION)
        named &= Q(subject__party__name__icontains=words)
        rows = rows.filter(named | Q(check_code=words) | Q(subject__object_no=words))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    ordered = RectificationOrder.objects.filter(filing=OuterRef("pk"))
    found = list(rows.annotate(is_ordered=Exists(ordered)).order_by("-pk")[: PAGE + 1])
    return ResultPage([_shown(one) for one in found[:PAGE]], str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def public_name(filing: InspectionFiling) -> str:
    """The name of an organisation; empty for everything behind which a person may stand."""
    subject = filing.subject
    is_open = subject.kind in NAMED and subject.party.kind == PartyKind.ORGANISATION
    return subject.party.name if is_open else ""


def _shown(filing: Any) -> PublicResult:
    return PublicResult(
        number=filing.check_code,
        object_no=filing.subject.object_no,
        name=public_name(filing),
        matters=tuple(one.name for one in filing.matters.all()),
        finished_on=clock.local(filing.finished_at).date(),
        result=filing.get_result_code_display(),
        is_ordered=filing.is_ordered,
    )
