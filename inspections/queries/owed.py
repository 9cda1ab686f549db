"""What is owed after a visit: papers of an urgent one, the legal section's answer, the justice bureau's filing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from inspections import permissions
from inspections.models import Form, InspectionFiling, TicketState
from inspections.queries.records import WAITS_FOR_APPROVAL
from inspections.queries.retaliation import ENDED, bad_rated_on
from inspections.queries.tickets import list_tickets
from lishu_law import clock
from lishu_law.access.policy import may_ever
from lishu_law.law.lights import Light, Timer, light
from lishu_law.law.limits import Due, compute
from lishu_law.law.parameters import DEFAULT_PARAMETERS

MOST = 20
CROSSREGION = "insp-crossregion"
NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Owed:
    """One duty: what, on which filing, at which address, with its light and its end."""

    title: str
    url_name: str
    reference: str
    number: str
    about: str
    citation: str
    light: Light | None
    limit: str
    ends_at: datetime | None
    page: str = "filing"  # what the number leads to


def papers_light(filing: InspectionFiling, now: datetime) -> Light | None:
    """How the catch-up of a visit stands that was checked first; done with the approval."""
    if not filing.is_afterwards or filing.papers_due_at is None or filing.started_at is None:
        return None
    return light(Timer(filing.started_at, filing.papers_due_at, done=filing.approved_at), now)


def crossregion_due(filing: InspectionFiling) -> Due | None:
    """Until when a visit outside the county is filed with the justice bureau."""
    if not filing.assistance_letter or filing.finished_at is None:
        return None
    return compute(CROSSREGION, clock.local(filing.finished_at).date())


def crossregion_light(filing: InspectionFiling, now: datetime) -> Light | None:
    due = crossregion_due(filing)
    return light(Timer.of(due, done=filing.justice_filed_on), now) if due else None


def needs_consent(filing: InspectionFiling, now: datetime) -> bool:
    """A 个案 that waits, within the days after a visit that may have been rated, without the legal section's consent."""
    if filing.form != Form.INDIVIDUAL or not filing.is_waiting or filing.legal_consent_at is not None:
        return False
    day = clock.local(now).date()
    rated_on = bad_rated_on(filing.subject_id, day)
    days = int(DEFAULT_PARAMETERS.number("inspection.retaliation_days", day))
    return rated_on is not None and day <= rated_on + timedelta(days=days)


def owed(user: Any, now: datetime) -> Iterator[Owed]:
    """For the desk: what this person has to do."""
    if may_ever(user, "inspection.file"):
        yield from (_papers(one, now) for one in without_papers(user)[:MOST])
    if may_ever(user, "ticket.work"):
        yield from _tickets(now)
    for one in legal_work(user, now):
        if one.asks_consent:
            yield _consent(one)
        if one.asks_filing:
            yield _crossregion(one, now)


def legal_work(user: Any, now: datetime) -> list[Any]:
    """What waits for the legal section, in one statement: 个案 without its consent (``asks_consent``), ended visits outside
    the county that are not filed with the justice bureau (``asks_filing``).
    """
    abroad = ~Q(assistance_letter="") & Q(finished_at__isnull=False, justice_filed_on__isnull=True)
    asks = {
        "asks_consent": _without_consent(now) if may_ever(user, "inspection.consent") else NOBODY,
        "asks_filing": abroad if may_ever(user, "inspection.crossregion") else NOBODY,
    }
    if all(one is NOBODY for one in asks.values()):
        return []
    words = {name: ExpressionWrapper(one, output_field=BooleanField()) for name, one in asks.items()}
    rows = permissions.visible_filings(user).annotate(**words).filter(Q(asks_consent=True) | Q(asks_filing=True))
    return list(
        rows.select_related("subject__party").order_by(F("finished_at").asc(nulls_first=True), "id")[: 2 * MOST]
    )


def _without_consent(now: datetime) -> Q:
    """Asked for many objects at once as ``needs_consent`` asks for one."""
    day = clock.local(now).date()
    codes = ("inspection.rating_days", "inspection.retaliation_days")
    since = day - timedelta(days=sum(int(DEFAULT_PARAMETERS.number(code, day)) for code in codes))
    visits = InspectionFiling.objects.filter(subject=OuterRef("subject"), state__in=ENDED, finished_at__date__gte=since)
    return WAITS_FOR_APPROVAL & Q(Exists(visits), form=Form.INDIVIDUAL, legal_consent_at__isnull=True)


def _tickets(now: datetime) -> Iterator[Owed]:
    """What supervision waits for; the unit's people never get here."""
    for row in list_tickets("open", clock.local(now).date()).rows:
        waits = row.ticket.state == TicketState.OPEN
        end = row.ticket.acknowledge_by if waits else row.ticket.answer_by
        ends_at = datetime.combine(end + timedelta(days=1), datetime.min.time(), tzinfo=clock.SHANGHAI)
        title, limit = ("受理监督件", "监督件受理") if waits else ("答复监督件", "监督件答复")
        number, kind = row.ticket.ticket_no, row.ticket.get_kind_display()
        yield Owed(title, "ticket", number, number, kind, "", row.next, limit, ends_at, "ticket")


def without_papers(user: Any) -> QuerySet[InspectionFiling]:
    """Visits of this person that were checked first and whose papers are missing."""
    mine = Q(applicant=user) | Q(officers__user=user)
    rows = InspectionFiling.objects.filter(mine, papers_due_at__isnull=False, papers_at__isnull=True)
    return rows.filter(approved_at__isnull=True).select_related("subject__party").distinct().order_by("papers_due_at")


def notable_filings(user: Any, now: datetime, *, after: int | None = None) -> QuerySet[InspectionFiling]:
    """What is reported to supervision: visits above the cap, and papers that came late or not at all."""
    late = Q(papers_at__gt=F("papers_due_at")) | Q(papers_at__isnull=True, papers_due_at__lt=now)
    rows = permissions.supervised_filings(user).filter(Q(is_over_cap=True) | late)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return rows.select_related("subject__party", "unit", "approver").order_by("-pk")


def _papers(one: InspectionFiling, now: datetime) -> Owed:
    title = "补办紧急检查的备案" if one.exemption == "E2" else "补办故障期间检查的备案"
    about = one.subject.party.name
    return Owed(
        title,
        "filing-papers",
        one.reference,
        "",
        about,
        "",
        papers_light(one, now),
        "检查后补办备案",
        one.papers_due_at,
    )


def _consent(one: InspectionFiling) -> Owed:
    title, about = "审核评价保护期内的个案检查", one.subject.party.name
    return Owed(title, "filing-consent", one.reference, "", about, "", None, "", one.window_from)


def _crossregion(one: InspectionFiling, now: datetime) -> Owed:
    due = crossregion_due(one)
    end = datetime.combine(due.due + timedelta(days=1), datetime.min.time(), tzinfo=clock.SHANGHAI) if due else None
    return Owed(
        "登记异地检查备案", "filing-crossregion", one.reference, one.filing_no or "", one.subject.party.name, "",
        crossregion_light(one, now), "异地检查备案", end,
    )  # fmt: skip
