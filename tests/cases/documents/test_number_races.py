"""200 documents issued at once, every fifth thrown away after it got its number: 1…n without gap or double (issue 7)."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction

from cases.actions import blanks
from cases.documents.issue import seal
from cases.models import BlankNumber, Document, NumberEnd
from cases.queries.blanks import series_rows
from lishu_law import clock
from lishu_law.documents.models import NumberSeries
from lishu_law.documents.numbering import number_of
from lishu_law.documents.sealing import left_to_the_sweep
from tests.cast import Cast, make_cast
from tests.spot_scenes import SPOT_AT, opened

TRIES, FAILURES, AT_ONCE, BLOCKS, BLOCK = 200, 40, 16, 4, 5


class Thrown(Exception):
    """The act failed after its document had got a number."""


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    settings.DEMO = True  # the invented identity numbers
    return make_cast()


def test_two_hundred_documents_at_once_with_every_fifth_failing(cast: Cast) -> None:
    walk, start = opened(cast), Barrier(AT_ONCE)
    failing = set(random.Random(7).sample(range(TRIES), FAILURES))

    def issue(order: int) -> bool:
        with left_to_the_sweep(), transaction.atomic():
            seal(walk.case, "spot_decision", {}, by=cast.lead, at=SPOT_AT)
            if order in failing:
                raise Thrown
        return True

    def one(order: int) -> bool:
        try:
            if order < AT_ONCE:
                start.wait()
            if order % (TRIES // BLOCKS) == AT_ONCE:  # meanwhile blocks of printed forms are given out
                block = blanks.lease_numbers(by=cast.squad_leader, holder=cast.lead, count=BLOCK, at=SPOT_AT)
                spoiled = block.numbers.order_by("serial").first()
                assert spoiled is not None
                blanks.void_blank(blank_id=spoiled.pk, by=cast.lead, reason="填写错误", at=SPOT_AT)
            return issue(order)
        except Thrown:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(one, range(TRIES)))
    issued, last = TRIES - FAILURES, TRIES - FAILURES + BLOCKS * BLOCK
    assert sum(done) == issued
    numbers = [
        *Document.objects.values_list("number", flat=True),
        *BlankNumber.objects.values_list("number", flat=True),
    ]
    on = clock.local(SPOT_AT).date()
    assert sorted(numbers) == sorted(number_of("M14", serial, on) for serial in range(1, last + 1))
    assert NumberSeries.objects.get(kind="M14", year=on.year).last == last
    (row,) = series_rows()
    assert (row.sealed, row.leased, row.missing) == (issued, BLOCKS * BLOCK, 0)
    void = BlankNumber.objects.filter(end=NumberEnd.VOID)
    assert void.count() == BLOCKS
    assert all(one.reason and one.ended_by_id == cast.lead.pk and one.ended_at for one in void)
