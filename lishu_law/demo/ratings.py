"""What businesses said of inspections: a released quarter for both squads, a rating just given, and one complaint.

The visits of the quarter are invented with their ratings: so many rated visits would cost the demonstration minutes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from inspections import anonymity, evaluation
from inspections.actions.ratings import give_rating
from inspections.actions.tickets import NewComplaint, complain
from inspections.evaluation import Answers
from inspections.models import InspectionFiling, Rating, RatingGroup, RatingRelease
from inspections.queries.ratings import rating_days
from lishu_law import clock
from lishu_law.registry.models import Unit, UnitKind

GOOD, FAIR = Answers("good"), Answers("fair", disturbance="slight", text="来的时间正赶上装车，其他都好。（演示）")
BAD = Answers("bad", uncivil=True, text="说话生硬，没有讲清楚为什么查。（演示）")
SAID = ((GOOD, GOOD, GOOD, GOOD, FAIR, GOOD, BAD), (GOOD, GOOD, FAIR, GOOD, GOOD, GOOD))
UNRATED = 3
COMPLAINT = NewComplaint("检查以外还要我们填表、拍照上传，和检查的事项没有关系。（演示）", is_anonymous=True)


def make_ratings(now: datetime) -> int:
    """Returns how many ratings of the released quarter there are."""
    quarter = _last_released(clock.local(now).date())
    squads = Unit.objects.filter(kind=UnitKind.SQUAD).order_by("code")
    RatingRelease.objects.create(quarter=quarter)
    for unit, said in zip(squads, SAID, strict=False):
        RatingGroup.objects.create(
            quarter=quarter, unit_code=unit.code, unit_name=unit.name, visits=len(said) + UNRATED,
            **evaluation.counts(said),
        )  # fmt: skip
        Rating.objects.bulk_create(
            Rating(quarter=quarter, content=anonymity.padded({"unit_name": unit.name, "answers": one.as_words()}))
            for one in said
        )
    _of_visits(now)
    return Rating.objects.count()


def _of_visits(now: datetime) -> None:
    """The two finished visits: of one a complaint came in, the other was rated."""
    tokens = InspectionFiling.objects.filter(finished_at__isnull=False).exclude(token="").order_by("id")
    first, *others = [one.token for one in tokens] or [""]
    if first:
        complain(by=None, token=first, complaint=COMPLAINT, at=now)
    if others and anonymity.has_key():
        give_rating(by=None, token=others[0], code="DEMO0000DEMO0000", answers=GOOD, at=now)


def _last_released(today: date) -> str:
    """The newest quarter all of whose windows have closed."""
    day, days = today, rating_days(today)
    while not evaluation.may_release(evaluation.quarter_of(day), days, today):
        day -= timedelta(days=28)
    return evaluation.quarter_of(day)
