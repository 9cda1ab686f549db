"""Two statements on one visit at the same moment: both are kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from inspections import anonymity
from inspections.actions.ratings import hand_over_ratings
from inspections.models import SealedRating, SupervisionTicket, TicketKind
from tests.cast import make_cast
from tests.inspections.rating_scenes import BAD, GOOD, TOLD_AT, ended_visits, rated
from tests.inspections.scenes import make_scene


@pytest.mark.django_db(transaction=True)
def test_neither_of_two_first_statements_is_lost() -> None:
    (row,) = ended_visits(make_scene(make_cast()), 1)
    barrier = Barrier(2)

    def say(answers: object) -> None:
        barrier.wait(timeout=30)
        try:
            rated(row, answers)  # type: ignore[arg-type]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(say, answers) for answers in (GOOD, BAD)]:
            one.result(timeout=60)
    sealed = SealedRating.objects.get()
    assert len(anonymity.unseal(sealed.slot, sealed.sealed)["statements"]) == 2
    hand_over_ratings(by=None, at=TOLD_AT)
    assert sorted(one.kind for one in SupervisionTicket.objects.all()) == [TicketKind.DOUBLE, TicketKind.RATING]
