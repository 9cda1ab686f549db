"""The figures of a year: counted from the records, the cases and the inspections in a fixed number of statements.

Counting rules of standards/disclosure.md §8: by the day of the decision, whatever became of it later; several types in
one decision count once, under the heaviest; money as decided, confiscated things only where their value is known.
Earlier decisions that came from a file count like all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, DecimalField, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractMonth

from cases.api import decisions_of_others, yearly_counts
from disclosure.models import DisclosureRecord
from disclosure.statistics.officers import certified_officers, last_day
from disclosure.statistics.tables import ColumnType, Form, forms_of, heaviest
from inspections.api import yearly_inspections
from lishu_law.law.parameters import DEFAULT_PARAMETERS

FigureValue = int | Decimal | str | None
WITH_ROWS = ("types", "total", "money_yuan", "money_wan", "case", "check")
WAN = Decimal(10_000)
_MONEY: Any = DecimalField(max_digits=20, decimal_places=2)
_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class TypeGroup:
    """Decisions of a year and month with exactly these types."""

    types: tuple[str, ...]
    month: int
    domain: str
    count: int
    money: Decimal


@dataclass(frozen=True)
class Figure:
    """One cell of a table; ``value`` is None where the system holds no such data. ``has_list``: it opens its rows."""

    column: ColumnType
    value: FigureValue
    has_list: bool

    @property
    def text(self) -> str:
        """As people read it: no thousands marks, 万元 with six decimals cut of their zeros."""
        if self.value is None:
            return ""
        return plain(self.value) if isinstance(self.value, Decimal) else str(self.value)


@dataclass(frozen=True)
class Table:
    """One form filled for a year."""

    form: Form
    figures: tuple[Figure, ...]

    def value(self, key: str) -> FigureValue:
        return next(one.value for one in self.figures if one.column.key == key)

    @property
    def has_gaps(self) -> bool:
        return any(one.value is None for one in self.figures)


@dataclass(frozen=True)
class YearFigures:
    """Everything the pages of a year show of the tables."""

    year: int
    organ: str
    groups: tuple[TypeGroup, ...]
    cases: Mapping[str, int]
    visits: int
    stops: int
    officers: tuple[int, int]  # with a valid certificate, all
    tables: tuple[Table, ...]

    @property
    def decisions(self) -> int:
        return sum(one.count for one in self.groups)

    @property
    def money(self) -> Decimal:
        return sum((one.money for one in self.groups), _ZERO)

    @property
    def is_empty(self) -> bool:
        return not (self.decisions or any(self.cases.values()) or self.visits or self.stops)

    def by_month(self) -> tuple[int, ...]:
        return tuple(sum(one.count for one in self.groups if one.month == month) for month in range(1, 13))

    def by_domain(self) -> list[tuple[str, int, Decimal]]:
        """Field, decisions, money; most decisions first."""
        found: dict[str, list[TypeGroup]] = {}
        for one in self.groups:
            found.setdefault(one.domain or "未注明", []).append(one)
        rows = [(name, sum(o.count for o in ones), sum((o.money for o in ones), _ZERO)) for name, ones in found.items()]
        return sorted(rows, key=lambda row: (-row[1], row[0]))


def plain(value: Decimal) -> str:
    """A decimal without exponent; zeros behind the second decimal are cut."""
    text = f"{value:f}"
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest.ljust(2, '0')}" if rest or "." in text else whole


def percent(part: int, whole: int) -> str:
    """With one decimal. ``whole`` is not 0."""
    return f"{Decimal(part * 100) / whole:.1f}%"


def decisions_of(year: int) -> QuerySet[DisclosureRecord]:
    """The penalties of the bureau decided in the year: published, withdrawn, expired, excluded or still a draft."""
    rows = DisclosureRecord.objects.filter(decided_on__range=(date(year, 1, 1), date(year, 12, 31)))
    others = decisions_of_others(year)
    rows = rows.exclude(types=[])
    return rows.exclude(decision_id__in=others) if others else rows


def _amount(name: str) -> Any:
    return Coalesce(Sum(name), _ZERO, output_field=_MONEY)


def type_groups(year: int) -> tuple[TypeGroup, ...]:
    """The decisions of a year by types, month and field. Two statements."""
    rows = decisions_of(year).annotate(month=ExtractMonth("decided_on")).values("types", "month", "domain")
    counted = rows.annotate(count=Count("pk"), fined=_amount("fine"), taken=_amount("confiscated"))
    return tuple(
        TypeGroup(tuple(row["types"]), row["month"], row["domain"], row["count"], row["fined"] + row["taken"])
        for row in counted.order_by("month", "domain", "types")
    )


def year_figures(year: int) -> YearFigures:
    """All tables of a year. Six statements."""
    groups, cases = type_groups(year), yearly_counts(year)
    visits, stops = yearly_inspections(year)
    organ = DEFAULT_PARAMETERS.value("bureau.name", max(date(year, 12, 31), date(2021, 12, 31)))
    officers = certified_officers(last_day(year))
    found = YearFigures(year, organ, groups, cases, visits, stops, officers, ())
    return replace(found, tables=tuple(_table(form, found) for form in forms_of(year)))


def _table(form: Form, found: YearFigures) -> Table:
    counted = _by_heaviest(found.groups, found.year)
    figures: list[Figure] = []
    for column in form.columns:
        kind, _, code = column.measure.partition(":")
        value: FigureValue = None
        if kind == "types":
            value = sum(counted.get(one, 0) for one in column.types)
        elif kind == "total":
            value = found.decisions
        elif kind == "money_yuan":
            value = found.money
        elif kind == "money_wan":
            value = round(found.money / WAN, 6)
        elif kind == "case":
            value = found.cases[code]
        elif kind == "check":
            value = found.visits + found.stops
        elif kind == "certified" and found.officers[1]:
            value = percent(*found.officers)
        elif kind == "organ":
            value = found.organ
        elif kind == "sum":
            value = sum(one.value for one in figures if isinstance(one.value, int))
        figures.append(Figure(column, value, kind in WITH_ROWS))
    return Table(form, tuple(figures))


def _by_heaviest(groups: Sequence[TypeGroup], year: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in groups:
        code = heaviest(one.types, year)
        found[code] = found.get(code, 0) + one.count
    return found


def records_behind(column: ColumnType, year: int) -> QuerySet[DisclosureRecord]:
    """The records a figure counts; for money all that bring some. Two statements."""
    rows = decisions_of(year)
    if column.types:
        lists = rows.order_by().values_list("types", flat=True).distinct()
        wanted = [Q(types=types) for types in lists if heaviest(types, year) in column.types]
        return rows.filter(reduce(or_, wanted)) if wanted else rows.none()
    if column.measure.startswith("money"):
        return rows.exclude(Q(content__fine="") & Q(content__confiscated=""))
    return rows


def years_with_data(today: date) -> list[int]:
    """From this year back to the first decision, newest first. One statement."""
    first = DisclosureRecord.objects.order_by("decided_on").values_list("decided_on", flat=True).first()
    return list(range(today.year, min((first or today).year, today.year - 1) - 1, -1))
