"""G1, G2, G4, G5: the public search beside the best of its two ways, each taken alone, in the same run.

The floor knows nothing of Django: for every query the faster of reading the rows newest first and of asking the gram
index, by the driver itself. Every answer is compared with what ``LIKE`` finds.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection

from disclosure.models import DisclosureRecord
from disclosure.queries.grams import grams
from disclosure.queries.search import COUNT_CAP, NEWEST, PAGE, PublicSearch, find, fold, on_show
from lishu_law import clock
from lishu_law.demo.bench.measuring import Line
from lishu_law.demo.bench.search_rows import RARE, register

SELECT = "SELECT id, public_id, party_display, violation, number, decided_on FROM disclosure_disclosurerecord WHERE state = 'published' AND display_until >= %s"
ORDER = "ORDER BY decided_on DESC, public_id DESC LIMIT 21"
WALK = f"{SELECT} AND search_text LIKE %s {ORDER}"
GRAM = f"WITH hits AS MATERIALIZED ({SELECT} AND lishu_grams(search_text) @> %s AND search_text LIKE %s) SELECT * FROM hits {ORDER}"
SHOWN = "FROM disclosure_disclosurerecord WHERE state = 'published' AND display_until >= %s"
COUNT_WALK = f"SELECT count(*) FROM (SELECT 1 {SHOWN} AND search_text LIKE %s LIMIT {COUNT_CAP + 1}) AS capped"
COUNT_GRAM = (
    f"SELECT count(*) FROM (SELECT 1 {SHOWN} AND lishu_grams(search_text) @> %s AND search_text LIKE %s"
    f" LIMIT {COUNT_CAP + 1}) AS capped"
)


@dataclass(frozen=True)
class Measured:
    """One query: milliseconds of the floor and of ours."""

    query: str
    floor: float
    ours: float


def search_small(count: int, queries: int) -> Line:
    """G1: the worst query of 1–6 characters at the bureau's scale; the ratio is its milliseconds to the five allowed."""
    with register(count):
        found = [_measure(query, repeats=5) for query in _queries(queries)]
    worst = max(found, key=lambda one: one.ours)
    note = f"worst “{worst.query}” of {len(found)}, its floor {worst.floor:.2f} ms; all equal LIKE"
    return Line("G1", f"search in {count} rows against 5 ms", "ms", 5.0, worst.ours, 1.0, note=note)


def search_large(count: int, queries: int) -> Line:
    """G2: at most 1.5 times the floor and 4 ms, for every query."""
    with register(count):
        found = [_measure(query, repeats=3) for query in _queries(queries)]
    over = [one for one in found if one.ours > 1.5 * one.floor + 4]
    worst = max(found, key=lambda one: one.ours / (1.5 * one.floor + 4))
    note = f"{len(over)} of {len(found)} queries over; worst “{worst.query}” floor {worst.floor:.2f} ms; all equal LIKE"
    return Line(
        "G2", f"search in {count} rows against 1.5 × floor + 4 ms", "ms", 1.5 * worst.floor + 4, worst.ours, 1.0,
        also_holds=not over, note=note,
    )  # fmt: skip


def capped_count(count: int) -> Line:
    """G4: the number over the list, the worst of common, middling and rare words."""
    today, worst = clock.today(), (0.0, 1.0, 1.0, "")
    with register(count):
        for query in ("梨", "公司", "超限", "顺达", "璟", "1234"):
            pattern = f"%{query}%"
            floor = min(
                _best(lambda pattern=pattern: _rows(COUNT_WALK, [today, pattern]), 3),  # type: ignore[misc]  # bound in the loop
                _best(lambda pattern=pattern, query=query: _rows(COUNT_GRAM, [today, grams(query), pattern]), 3),  # type: ignore[misc]  # bound in the loop
            )
            page = _best(lambda query=query: find(PublicSearch(query=query), today, counted=False), 3)  # type: ignore[misc]  # bound in the loop
            both = _best(lambda query=query: find(PublicSearch(query=query), today), 3)  # type: ignore[misc]  # bound in the loop
            ours = max(both - page, 0.001)
            worst = max(worst, ((ours - 1) / floor, floor, ours, query))
    _ratio, floor, ours, query = worst
    return Line(
        "G4", f"capped count in {count} rows", "ms", floor + 1, ours, 1.5, note=f"worst “{query}”; 1 ms of grace"
    )


def last_page(count: int) -> Line:
    """G5: the last page of the list, or one in the middle where that is slower, beside the first one, by key."""
    today = clock.today()
    with register(count):
        rows = on_show(today).order_by(*NEWEST)
        first = _best(lambda: find(PublicSearch(), today), 20)
        places = {"last": rows.reverse()[PAGE], "middle": rows[count // 2]}
        taken = {
            name: _best(lambda row=row: find(PublicSearch(after=(row.decided_on, row.public_id)), today), 20)  # type: ignore[misc]  # bound in the loop
            for name, row in places.items()
        }
    note = ", ".join(f"{name} {ours:.2f} ms" for name, ours in taken.items())
    return Line("G5", f"last page of {count} rows", "ms", first, max(taken.values()), 2.0, note=note)


def _measure(query: str, repeats: int) -> Measured:
    today, folded = clock.today(), fold(query)
    pattern = "%" + folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    walked: list[tuple[Any, ...]] = []
    ways: tuple[Callable[[], Any], ...] = (
        lambda: _rows(WALK, [today, pattern]), lambda: _rows(GRAM, [today, grams(folded), pattern]),
    )  # fmt: skip
    # In a million rows the wrong way takes seconds: only the better one is asked again.
    walk = _best(lambda: walked.extend(ways[0]()), 1)
    once = [walk, _given_up_after(walk, ways[1])]
    page = find(PublicSearch(query=query), today, counted=False)
    if [row[1] for row in walked[:PAGE]] != [row.public_id for row in page.rows]:
        raise ValueError(f"the search for {query!r} does not find what LIKE finds")
    floor = min(*once, _best(ways[once.index(min(once))], repeats))
    return Measured(query, floor, _best(lambda: find(PublicSearch(query=query), today, counted=False), repeats))


def _given_up_after(most: float, way: Callable[[], Any]) -> float:
    """Milliseconds of ``way``, or infinity where the database needs more than ``most`` and a little."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [str(round(most) + 20)])
        try:
            return _best(way, 1)
        except OperationalError:
            return math.inf
        finally:
            cursor.execute("SELECT set_config('statement_timeout', '0', false)")


def _queries(count: int) -> list[str]:
    """Pieces of what is there and what is nowhere, of 1–6 characters."""
    chance = random.Random(7)
    texts = list(DisclosureRecord.objects.order_by("-id").values_list("search_text", flat=True)[:400])
    found = ["梨", "公司", RARE[0], "龘", "查不到的词", "%", "2026"]
    while len(found) < count:
        line = chance.choice(chance.choice(texts).split("\n"))
        start, length = chance.randrange(len(line)), chance.randrange(1, 7)
        found.append(line[start : start + length])
    return found[:count]


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _best(act: Callable[[], Any], repeats: int) -> float:
    """Milliseconds of the fastest of some calls."""
    taken = []
    for _ in range(repeats):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return min(taken) * 1000
