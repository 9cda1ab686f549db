"""What anybody may know of a filing from its code: genuine, finished, or nothing (standards/inspection.md §4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch

from inspections.codes import digest_of, rolling_word
from inspections.models import FilingOfficer, FilingState, InspectionFiling, InspectionMatter
from lishu_law import clock
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import Certificate

RUNNING = (FilingState.FILED, FilingState.STARTED)
ENDED = (FilingState.FINISHED, FilingState.EVALUATED, FilingState.PUBLISHED)


@dataclass(frozen=True)
class PublicFiling:
    """The public side of a filing. ``people`` are (name, certificate number); the word changes every minute."""

    is_finished: bool
    filing_no: str
    unit: str
    subject: str
    people: tuple[tuple[str, str], ...]
    matters: tuple[InspectionMatter, ...]
    window_from: datetime
    window_to: datetime
    is_announced: bool
    finished_at: datetime | None
    word: str


def public_filing(token: str, moment: datetime) -> PublicFiling | None:
    """The filing of a token, valid inside its window and 已结束 for fifteen days after its end; else None.

    Unknown, cancelled, returned, expired and old tokens all give None: the page cannot tell them apart.
    """
    filing = (
        InspectionFiling.objects.filter(token_digest=digest_of(token), state__in=(*RUNNING, *ENDED))
        .select_related("unit__parent", "subject__party")
        .prefetch_related(
            Prefetch("officers", FilingOfficer.objects.select_related("user").order_by("-is_lead", "id")), "matters"
        )
        .first()
    )
    if filing is None or not _is_shown(filing, moment):
        return None
    day = clock.local(filing.started_at or filing.window_from).date()
    users = [one.user for one in filing.officers.all()]
    held = Certificate.objects.valid_on(day).filter(user__in=users).order_by("valid_until", "id")
    numbers = {one.user_id: one.number for one in held}
    return PublicFiling(
        is_finished=filing.state in ENDED,
        filing_no=filing.filing_no or "",
        unit=f"{filing.unit.parent.name if filing.unit.parent else ''}{filing.unit.name}",
        subject=filing.subject.party.name,
        people=tuple((user.full_name, numbers.get(user.pk, "")) for user in users),
        matters=tuple(filing.matters.all()),
        window_from=filing.window_from,
        window_to=filing.window_to,
        is_announced=filing.notice_mode == "ahead",
        finished_at=filing.finished_at,
        word=rolling_word(token, moment),
    )


def _is_shown(filing: InspectionFiling, moment: datetime) -> bool:
    if filing.state in RUNNING:
        return filing.window_from <= moment <= filing.window_to
    if filing.finished_at is None:
        return False
    days = int(DEFAULT_PARAMETERS.number("inspection.rating_days", clock.local(moment).date()))
    last_day = clock.local(filing.finished_at).date() + timedelta(days=days)
    return clock.local(moment).date() <= last_day
