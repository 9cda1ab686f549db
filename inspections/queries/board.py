"""The board of frequency and fairness: what was done to whom how often, and what went round the rules (Build 7).

No figure stands beside a person, units stand in the order of their codes and objects in that of their numbers, and
nothing can be sorted: 五个严禁 forbids targets, 八个不得 forbids tying appraisal to counts of visits or sums of fines
(国办发〔2024〕54号; standards/inspection.md §2, rows 8 and 9). Fines stand nowhere on it. A secret joint action (E4)
is the legal section's only. Ratings come in released groups alone.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from inspections import evaluation
from inspections.models import Exemption, InspectionFiling, Method, OverCapAttempt, RatingGroup, StartedHow
from inspections.queries.caps import Caps, counted_visits, used_visits
from inspections.queries.ratings import rating_quarters
from inspections.rules import CapUse
from lishu_law import clock
from lishu_law.registry.models import SupervisedSubject, Unit
from lishu_law.web.charts import ColumnChart

PAGE = 20
MOST_MONTHS = 24
AFTERWARDS = (Exemption.URGENT, Exemption.FAILURE)


@dataclass(frozen=True)
class Period:
    """Whole months, both included, and one unit or all."""

    first: date
    last: date
    unit: Unit | None = None

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time(), clock.SHANGHAI)

    @property
    def ends(self) -> datetime:
        return datetime.combine(_next_month(self.last), time(), clock.SHANGHAI)

    def months(self) -> list[date]:
        found, day = [], self.first
        while day <= self.last:
            found.append(day)
            day = _next_month(day)
        return found


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


@dataclass(frozen=True)
class MonthRow:
    """One month. ``unscanned`` of the visits on site; ``late`` of those filed afterwards."""

    month: date
    visits: int = 0
    on_site: int = 0
    unscanned: int = 0
    afterwards: int = 0
    late: int = 0
    over_cap: int = 0
    attempts: int = 0

    @property
    def title(self) -> str:
        return f"{self.month.year} 年 {self.month.month} 月"


TITLES = {
    "visits": "检查次数", "on_site": "其中现场检查", "unscanned": "现场检查没有扫码开始", "afterwards": "先查后报",
    "late": "其中补报超过期限", "over_cap": "超过上限、经批准的", "attempts": "超过上限、被拦住的",
}  # fmt: skip


def months_of(period: Period, now: datetime) -> list[MonthRow]:
    """The figures of each month, in two statements."""
    within = {"started_at__gte": period.begins, "started_at__lt": period.ends}
    on_site = Q(method=Method.ON_SITE)
    late = Q(exemption__in=AFTERWARDS) & (
        Q(papers_at__gt=F("papers_due_at")) | Q(papers_at__isnull=True, papers_due_at__lt=now)
    )
    rows = (
        _of_unit(InspectionFiling.objects.filter(**within), period)
        .exclude(exemption=Exemption.SECRET)
        .annotate(month=TruncMonth("started_at", tzinfo=clock.SHANGHAI))
        .values("month")
        .annotate(
            visits=Count("pk"),
            on_site=Count("pk", filter=on_site),
            unscanned=Count("pk", filter=on_site & Q(started_how=StartedHow.PAPER)),
            afterwards=Count("pk", filter=Q(exemption__in=AFTERWARDS)),
            late=Count("pk", filter=late),
            over_cap=Count("pk", filter=Q(is_over_cap=True)),
        )
        .order_by("month")
    )
    tried = (
        _of_unit(OverCapAttempt.objects.filter(at__gte=period.begins, at__lt=period.ends), period)
        .annotate(month=TruncMonth("at", tzinfo=clock.SHANGHAI))
        .values_list("month")
        .annotate(found=Count("pk"))
        .order_by("month")
    )
    by_month = {row.pop("month").date(): row for row in rows}
    attempts = {month.date(): found for month, found in tried}
    return [MonthRow(day, **by_month.get(day, {}), attempts=attempts.get(day, 0)) for day in period.months()]


def _of_unit(rows: QuerySet[Any], period: Period) -> QuerySet[Any]:
    return rows.filter(unit=period.unit) if period.unit else rows


@dataclass(frozen=True)
class ObjectRow:
    """One object with how often it was visited this year, of how many."""

    object_no: str
    name: str
    use: CapUse

    @property
    def kind(self) -> str:
        return "danger" if self.use.used > self.use.cap else "warning" if self.use.is_reached else "neutral"

    @property
    def word(self) -> str:
        words = {"danger": "超过上限", "warning": "到了上限", "neutral": "没到上限"}
        return words[self.kind]


@dataclass(frozen=True)
class ObjectPage:
    year: int
    rows: tuple[ObjectRow, ...]
    next_key: str


def visited_objects(day: date, now: datetime, *, after: str = "", most: int | None = PAGE) -> ObjectPage:
    """The objects visited in the year of ``day``, in the order of their numbers; ``most`` None: all of them."""
    visited = counted_visits(day, now).exclude(exemption=Exemption.SECRET).values("subject")
    found = SupervisedSubject.objects.filter(pk__in=visited, object_no__gt=after).order_by("object_no")
    rows = list(found.select_related("party", "vehicle")[: most + 1 if most else None])
    shown = rows[:most] if most else rows
    used, caps = used_visits(day, now, subjects=[one.pk for one in shown]), Caps(day)
    return ObjectPage(
        day.year,
        tuple(
            ObjectRow(one.object_no, one.title, CapUse(used.get(one.pk, 0), caps.most(one.industry, one.risk_class)))
            for one in shown
        ),
        shown[-1].object_no if len(rows) > len(shown) else "",
    )


def recent_attempts(period: Period) -> list[OverCapAttempt]:
    """The newest attempts the cap refused; who tried is the journal's, not the board's."""
    rows = _of_unit(OverCapAttempt.objects.filter(at__gte=period.begins, at__lt=period.ends), period)
    return list(rows.select_related("subject__party", "subject__vehicle", "unit").order_by("-at")[:PAGE])


def approved_over_cap(period: Period) -> list[InspectionFiling]:
    """Visits above the cap that were approved for a clue, newest first, with their reasons (§3.2)."""
    rows = InspectionFiling.objects.filter(approved_at__gte=period.begins, approved_at__lt=period.ends)
    rows = _of_unit(rows.filter(is_over_cap=True).exclude(exemption=Exemption.SECRET), period)
    return list(rows.select_related("subject__party", "subject__vehicle", "unit").order_by("-approved_at")[:PAGE])


def rating_rows(period: Period) -> list[RatingGroup]:
    """The released groups of the period's quarters, oldest first, units by code."""
    found = rating_quarters(
        first=evaluation.quarter_of(period.first), last=evaluation.quarter_of(period.last), most=MOST_MONTHS
    )
    rows = [row for quarter in reversed(found) for row in quarter.rows]
    return [row for row in rows if period.unit is None or row.unit_code == period.unit.code]


def visits_chart(rows: list[MonthRow]) -> ColumnChart:
    """On site, scanned or not, and elsewhere."""
    columns = tuple(
        (f"{row.month.month}月", (row.on_site - row.unscanned, row.visits - row.on_site, row.unscanned)) for row in rows
    )
    return ColumnChart("每月检查", ("现场检查，扫了码", "非现场检查", "现场检查，没有扫码"), columns)


def cap_chart(rows: list[MonthRow]) -> ColumnChart:
    columns = tuple((f"{row.month.month}月", (row.over_cap, row.late, row.attempts)) for row in rows)
    return ColumnChart("每月例外", ("超过上限、经批准的", "补报超过期限的", "超过上限、被拦住的"), columns)


def rating_chart(rows: list[RatingGroup]) -> ColumnChart:
    """The shown groups of each quarter together; hidden ones are in no figure."""
    quarters = sorted({row.quarter for row in rows})
    columns = tuple(
        (
            f"{quarter[2:4]}年{quarter[5]}季",
            tuple(sum(getattr(row, level) for row in rows if row.quarter == quarter) for level in evaluation.LEVELS),
        )
        for quarter in quarters
    )
    return ColumnChart("每季评价", ("满意", "基本满意", "不满意"), columns, "份")


def months_table(rows: list[MonthRow]) -> list[list[str]]:
    """The export of the months: a heading and one line each."""
    names = [one.name for one in fields(MonthRow) if one.name != "month"]
    return [["月份", *(TITLES[name] for name in names)]] + [
        [f"{row.month:%Y-%m}", *(str(getattr(row, name)) for name in names)] for row in rows
    ]


def objects_table(page: ObjectPage) -> list[list[str]]:
    heading = ["对象编号", "名称", f"{page.year} 年计入次数", "年度上限", "情况"]
    return [heading] + [[row.object_no, row.name, str(row.use.used), str(row.use.cap), row.word] for row in page.rows]


def ratings_table(rows: list[RatingGroup]) -> list[list[str]]:
    """The export of the ratings: exactly what the pages show."""
    heading = ["季度", "单位", "可评价的检查", "已评价", "未评价", "满意", "基本满意", "不满意"]
    return [heading] + [
        [row.quarter, row.unit_name]
        + [str(n) for n in (row.visits, row.given, row.unrated, row.good, row.fair, row.bad)]
        for row in rows
    ]
