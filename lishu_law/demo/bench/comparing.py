"""G19: the mirror of similar cases among 100,000 decided ones, beside its SQL alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import connection, transaction

from cases.models import Case, Decision
from cases.queries.benchmarks import violations
from cases.queries.priors import months_before
from cases.queries.similar import SQL, mirror, parameters, shown
from lishu_law.demo.bench.cases import make_cases
from lishu_law.demo.bench.measuring import Line, each, in_turns
from lishu_law.demo.bench.people import Staff
from lishu_law.web.loading.copying import copy_rows, reserve_ids

CASES = 100_000
CHUNK = 5_000
TIERS = ("较轻", "一般", "严重")
TODAY = date(2026, 6, 30)


def similar_cases(staff: Staff, count: int, times: int) -> Line:
    """G19, in milliseconds of one look at the most frequent item and tier. What is written is rolled back."""
    make_cases(staff, 1)
    with transaction.atomic():
        item = _decide(staff, count)
        values = parameters(item, TIERS[0], months_before(TODAY, 36), 0)
        raw = connection.connection.cursor()

        def bare() -> None:
            raw.execute(SQL, values)
            raw.fetchall()

        def ours() -> None:
            shown(mirror(item, TIERS[0], TODAY), Decimal(1500))

        found = mirror(item, TIERS[0], TODAY).spread.count
        floor, mine = in_turns(each(bare, times), each(ours, times))
        transaction.set_rollback(True)
    note = f"{count} decided cases, {found} of them compared"
    return Line("G19", "similar cases", "ms", floor.wall * 1000, mine.wall * 1000, 1.5, note=note)


def _decide(staff: Staff, count: int) -> str:
    """Decided cases over all items; every tenth is of the first, as one violation leads every county's list."""
    items, template = [one.code for one in violations()], Case.objects.order_by("pk").first()
    if template is None:
        raise ValueError("there is no case to copy")
    own_names = ("id", "clue_no", "case_no")
    like = {field.attname: getattr(template, field.attname) for field in Case._meta.concrete_fields}
    said = dict.fromkeys(("facts", "breached", "basis", "discretion_text", "result_text"), "示例")
    for start in range(0, count, CHUNK):
        places, ids = range(start, start + CHUNK), reserve_ids(Case, CHUNK)
        cases = [(pk, f"B{place:09d}", f"B{place:09d}") for place, pk in zip(places, ids, strict=True)]
        copy_rows(Case, own_names, cases, **{name: value for name, value in like.items() if name not in own_names})
        decisions = [
            (own, pk, f"示例〔2026〕{place}号", TODAY - timedelta(days=place % 1_500), Decimal(1000 + place % 37 * 50),
             items[0] if place % 10 == 0 else items[place % len(items)], TIERS[place % 7 % 3])
            for place, pk, own in zip(places, ids, reserve_ids(Decision, CHUNK), strict=True)
        ]  # fmt: skip
        copy_rows(
            Decision, ("id", "case_id", "number", "decided_on", "amount", "item_code", "tier"), decisions,
            approved_by_id=staff.head.pk, approved_at=template.received_at, **said,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_decision")
    return items[0]
