"""What anybody may know of a filing from its code: genuine, finished, or nothing (standards/inspection.md §4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from inspections import evaluation
from inspections.codes import rolling_word
from inspections.models import Exemption, FilingOfficer, FilingState, InspectionFiling, InspectionMatter
from inspections.queries.caps import cap_use
from inspections.queries.ratings import rating_days
from inspections.queries.retaliation import ENDED
from inspections.rules import CapUse
from lishu_law import clock
from lishu_law.documents.codes import digest_of
from lishu_law.registry.models import Certificate

RUNNING = (FilingState.FILED, FilingState.STARTED, FilingState.SUSPENDED)


@dataclass(frozen=True)
class PublicOfficer:
    """Who comes, as the certificate valid on the day of the visit says."""

    name: str
    certificate_no: str
    valid_until: date | None


@dataclass(frozen=True)
class PublicFiling:
    """The public side of a filing. The word changes every minute; ``use`` counts this year's visits and their cap."""

    is_finished: bool
    is_suspended: bool
    filing_no: str
    unit: str
    subject: str
    people: tuple[PublicOfficer, ...]
    matters: tuple[InspectionMatter, ...]
    form: str
    source: str
    window_from: datetime
    window_to: datetime
    is_announced: bool
    finished_at: datetime | None
    result: str
    rate_until: date | None
    use: CapUse
    word: str


@dataclass(frozen=True)
class PublicVisit:
    """The least that a rating or complaint needs to know of the visit behind a token."""

    unit_code: str
    unit_name: str
    filing_no: str
    subject: str
    officers: tuple[str, ...]
    finished_on: date

    def as_words(self) -> dict[str, Any]:
        """What supervision is told where the business lets it know the visit."""
        return {
            "filing_no": self.filing_no,
            "subject": self.subject,
            "officers": list(self.officers),
            "finished_on": self.finished_on.isoformat(),
        }


def public_filing(token: str, moment: datetime) -> PublicFiling | None:
    """The filing of a token, valid inside its window and 已结束 for fifteen days after its end; else None.

    Unknown, cancelled, returned, expired and old tokens all give None: the page cannot tell them apart.
    """
    filing = _shown(token, moment)
    if filing is None:
        return None
    day = clock.local(filing.started_at or filing.window_from).date()
    users = [one.user for one in filing.officers.all()]
    held = Certificate.objects.valid_on(day).filter(user__in=users).order_by("valid_until", "id")
    by_user = {one.user_id: one for one in held}
    people = [(user.full_name, by_user.get(user.pk)) for user in users]
    return PublicFiling(
        is_finished=filing.state in ENDED,
        is_suspended=filing.state == FilingState.SUSPENDED,
        filing_no=filing.filing_no or "",
        unit=_unit_name(filing),
        subject=filing.subject.party.name,
        people=tuple(
            PublicOfficer(name, one.number if one else "", one.valid_until if one else None) for name, one in people
        ),
        matters=tuple(filing.matters.all()),
        form=filing.get_form_display(),
        source=filing.get_source_display(),
        window_from=filing.window_from,
        window_to=filing.window_to,
        is_announced=filing.notice_mode == "ahead",
        finished_at=filing.finished_at,
        result=filing.get_result_code_display() if filing.state in ENDED else "",
        rate_until=_rate_until(filing, moment),
        use=cap_use(filing.subject, day, moment),
        word=rolling_word(token, moment),
    )


def live_visit(token: str, moment: datetime) -> PublicVisit | None:
    """The visit of a token whose page is shown now, for a complaint."""
    filing = _shown(token, moment)
    if filing is None:
        return None
    return PublicVisit(
        unit_code=filing.unit.code,
        unit_name=_unit_name(filing),
        filing_no=filing.filing_no or "",
        subject=filing.subject.party.name,
        officers=tuple(one.user.full_name for one in filing.officers.all()),
        finished_on=clock.local(filing.finished_at or filing.window_from).date(),
    )


def ratable_visit(token: str, moment: datetime) -> PublicVisit | None:
    """The visit of a token that may be rated now: finished, and not longer than fifteen days ago."""
    filing = _shown(token, moment)
    return live_visit(token, moment) if filing is not None and filing.state in ENDED else None


def _shown(token: str, moment: datetime) -> InspectionFiling | None:
    filing = (
        InspectionFiling.objects.filter(token_digest=digest_of(token), state__in=(*RUNNING, *ENDED))
        .exclude(exemption=Exemption.SECRET)
        .select_related("unit__parent", "subject__party")
        .prefetch_related(
            Prefetch("officers", FilingOfficer.objects.select_related("user").order_by("-is_lead", "id")), "matters"
        )
        .first()
    )
    return filing if filing is not None and _is_shown(filing, moment) else None


def _is_shown(filing: InspectionFiling, moment: datetime) -> bool:
    if filing.state in RUNNING:
        return filing.window_from <= moment <= filing.window_to
    until = _rate_until(filing, moment)
    return until is not None and clock.local(moment).date() <= until


def _rate_until(filing: InspectionFiling, moment: datetime) -> date | None:
    if filing.state not in ENDED or filing.finished_at is None:
        return None
    days = rating_days(clock.local(moment).date())
    return evaluation.last_day(clock.local(filing.finished_at).date(), days)


def _unit_name(filing: InspectionFiling) -> str:
    unit = filing.unit
    if unit.entrusted_by:
        return f"{unit.entrusted_by}（受委托实施：{unit.name}，委托书 {unit.mandate}）"
    return f"{filing.unit.parent.name if filing.unit.parent else ''}{filing.unit.name}"
