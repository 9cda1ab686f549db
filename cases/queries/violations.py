"""Choosing a violation: what is searched, what this officer and the unit used lately, the choices of a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from cases.discretion.benchmark import BenchmarkRow
from cases.discretion.finding import Findable, Hit, find
from cases.discretion.provisions import StatuteNames, read_provisions
from cases.models import Case, EditionKind
from cases.queries.benchmarks import Shelf, kept_under, tiers_of, violations
from lishu_law import clock
from lishu_law.law.tables import keyed, read_table

_DATA = Path(__file__).resolve().parents[1] / "data"
EVERYDAY = {
    code: tuple(row["words"].split()) for code, row in keyed(read_table("violation_words", _DATA), "item_code").items()
}
RECENT = "最近用过"
MOST_OWN, MOST_RECENT = 5, 8
LOOKED_AT = 60  # the newest cases of an officer or a unit
FIND_HELP = "打几个字、拼音首字母或者条文，例如：黑车、hwtl、道路运输条例 68"


def findable() -> tuple[Findable, ...]:
    """All violations of the edition in force, with the articles in force today; read once per edition and day."""
    today = clock.today()
    edition = Shelf.read().on(EditionKind.BENCHMARK, today)
    if edition is None:
        return ()
    return kept_under(("findable", f"{edition.digest} {today}"), lambda: index(tiers_of(edition)[0], today))


def index(rows: tuple[BenchmarkRow, ...], today: date) -> tuple[Findable, ...]:
    """Each violation once, in the order of the table."""
    grouped: dict[str, list[BenchmarkRow]] = {}
    for row in rows:
        grouped.setdefault(row.item_code, []).append(row)
    return tuple(_findable(of_item, today) for of_item in grouped.values())


def _findable(rows: list[BenchmarkRow], today: date) -> Findable:
    first, names = rows[0], StatuteNames()
    current = [row for row in rows if row.in_force(today)] or rows[-1:]
    cells = dict.fromkeys([*(row.penalty_provision for row in current), *(row.breached_provision for row in current)])
    provisions = dict.fromkeys(one for cell in cells for one in read_provisions(cell, today, names))
    return Findable(
        first.item_code, first.violation, first.domain, tuple(provisions), EVERYDAY.get(first.item_code, ())
    )


def find_violations(text: str, by: Any) -> tuple[Hit, ...]:
    """What fits, best first; of equally good ones those this officer and the unit used lately."""
    return find(text, findable(), recent_codes(by)) if text.strip() else ()


def hits_for(by: Any) -> Callable[[str], list[tuple[str, str, str]]]:
    """The search as a search line wants it: code, name, article."""
    return lambda text: [(one.code, one.title, one.article) for one in find_violations(text, by)]


def recent_codes(user: Any) -> list[str]:
    """The violations of this officer's newest cases, then those of the unit's."""
    newest = Case.objects.order_by("-id").values_list("item_code", flat=True)
    own = list(dict.fromkeys(newest.filter(officers__user=user)[:LOOKED_AT]))[:MOST_OWN]
    units = newest.filter(unit_id=user.unit_id)[:LOOKED_AT] if user.unit_id else ()
    return list(dict.fromkeys([*own, *units]))[:MOST_RECENT]


def grouped_choices(user: Any, empty: str = "请选择案由") -> list[Any]:
    """The catalogue for a select: what was used lately first, then all by field of business."""
    everything = violations()
    titles = {one.code: one.title for one in everything}
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in everything:
        groups.setdefault(one.domain, []).append((one.code, one.title))
    recent = [(code, titles[code]) for code in recent_codes(user) if code in titles]
    return [("", empty), *([(RECENT, recent)] if recent else []), *groups.items()]
