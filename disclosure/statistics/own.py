"""Our own figures of a year beside the forms: how disclosure went, how long cases took, which tiers were applied (§8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q

from cases.api import days_to_decide, no_penalty_by_matter
from disclosure.models import (
    Delivery,
    DeliveryState,
    DisclosureRecord,
    LegacyDecision,
    RecordState,
    Withdrawal,
    WithdrawalReason,
)
from disclosure.statistics.figures import decisions_of, percent


@dataclass(frozen=True)
class Share:
    """A part of a whole; ``percent`` is empty where there is no whole."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        return percent(self.part, self.whole) if self.whole else ""


@dataclass(frozen=True)
class OwnFigures:
    """What the forms do not ask and the law's duties do."""

    published: int  # of the year's decisions, whatever became of the publication later
    on_time: Share
    excluded: int
    withdrawn: int  # withdrawn in the year
    withdrawn_why: tuple[tuple[str, int], ...]
    confirmed: Share  # messages about the year's decisions that the exchange confirmed
    days: Decimal | None  # from filing to decision
    days_of: int
    tiers: tuple[tuple[str, int], ...]
    first_offences: tuple[tuple[str, int], ...]  # 首违不罚 by matter
    ever_published: int  # cumulative to the end of the year


def own_figures(year: int) -> OwnFigures:
    """Nine statements."""
    rows = decisions_of(year)
    ever = ~Q(published_at=None)
    found = rows.aggregate(
        published=Count("pk", filter=ever),
        on_time=Count("pk", filter=ever & Q(is_late=False)),
        excluded=Count("pk", filter=Q(state=RecordState.EXCLUDED)),
    )
    average, count = _days(year)
    whys = _withdrawn(year)
    return OwnFigures(
        published=found["published"], on_time=Share(found["on_time"], found["published"]), excluded=found["excluded"],
        withdrawn=sum(number for _title, number in whys), withdrawn_why=whys, confirmed=_confirmed(year),
        days=average, days_of=count, tiers=_tiers(year), first_offences=tuple(no_penalty_by_matter(year)),
        ever_published=DisclosureRecord.objects.filter(ever, decided_on__lte=date(year, 12, 31)).count(),
    )  # fmt: skip


def _days(year: int) -> tuple[Decimal | None, int]:
    """Days from filing to decision, of the cases of this system and of those that came from a file."""
    average, count = days_to_decide(year)
    taken = ExpressionWrapper(F("record__decided_on") - F("filed_on"), output_field=DurationField())
    legacy = LegacyDecision.objects.filter(
        record__decided_on__range=(date(year, 1, 1), date(year, 12, 31)), filed_on__isnull=False
    ).aggregate(average=Avg(taken), count=Count("pk"))
    whole = count + legacy["count"]
    if not whole:
        return None, 0
    days = (average or 0) * count + (legacy["average"] or timedelta()).total_seconds() / 86400 * legacy["count"]
    return Decimal(str(round(days / whole, 1))), whole


def _withdrawn(year: int) -> tuple[tuple[str, int], ...]:
    """Publications taken down in the year, by reason."""
    rows = Withdrawal.objects.filter(refusal="", record__withdrawn_on__range=(date(year, 1, 1), date(year, 12, 31)))
    counted = dict(rows.exclude(done_at=None).values_list("reason_code").annotate(count=Count("pk")).order_by())
    return tuple((str(label), counted[code]) for code, label in WithdrawalReason.choices if code in counted)


def _confirmed(year: int) -> Share:
    """Of the first messages about the year's decisions, those the exchange confirmed."""
    found = Delivery.objects.filter(
        record__decided_on__range=(date(year, 1, 1), date(year, 12, 31)), data_version=1
    ).aggregate(whole=Count("pk"), confirmed=Count("pk", filter=Q(state=DeliveryState.CONFIRMED)))
    return Share(found["confirmed"], found["whole"])


def _tiers(year: int) -> tuple[tuple[str, int], ...]:
    counted = decisions_of(year).values_list("tier").annotate(count=Count("pk")).order_by("-count", "tier")
    return tuple((name or "没有适用裁量档次", count) for name, count in counted)
