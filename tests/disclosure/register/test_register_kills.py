"""Writers killed in the middle of an append: the register never forks, never loses what was said to be committed."""

from __future__ import annotations

import os
import random
import threading
from typing import Any

import pytest
import time_machine
from django.db import InterfaceError, OperationalError, connection, transaction

from disclosure.actions import ledger as acts
from disclosure.models import DisclosureRecord, RegisterLeaf
from disclosure.queries.ledger_check import verify
from disclosure.register.leaf import CORRECT
from disclosure.register.shown import published_content
from lishu_law import clock
from tests.disclosure.register import scenes

KILLS = 200 if os.environ.get("LISHU_LONG") else 12


class Writer(threading.Thread):
    """Corrects one record again and again; the connection it loses is opened anew."""

    def __init__(self, pk: int) -> None:
        super().__init__()
        self.pk, self.pid, self.stopped = pk, 0, threading.Event()
        self.committed: list[int] = []
        self.killed = 0

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    self.pid = cursor.fetchone()[0]
                while not self.stopped.is_set():
                    self.committed.append(self.correct())
            except (OperationalError, InterfaceError):
                self.killed += 1
                connection.close()
        connection.close()

    def correct(self) -> int:
        with transaction.atomic():
            record = DisclosureRecord.objects.select_for_update().get(pk=self.pk)
            leaf = acts.append_core(acts.Event(record, CORRECT, published_content(record), clock.now()))
            record.save(update_fields=["content_digest"])
        return leaf.seq


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_killed_writers_never_fork() -> None:
    scene, chance = scenes.grown(), random.Random(200)
    with time_machine.travel(scenes.START, tick=True):
        writers = [Writer(scene.records[name].pk) for name in ("company", "person")]
        for writer in writers:
            writer.start()
        _kill(writers, chance)
        for writer in writers:
            writer.stopped.set()
            writer.join()
        acts.make_checkpoint()
        written = list(RegisterLeaf.objects.order_by("seq").values_list("seq", flat=True))
        assert written == list(range(len(written)))
        said = sorted(seq for writer in writers for seq in writer.committed)
        assert len(set(said)) == len(said)
        assert set(said) <= set(written)
        assert sum(writer.killed for writer in writers) >= KILLS // 2
        assert verify().faults == []


def _kill(writers: list[Writer], chance: random.Random) -> None:
    waiting: Any = threading.Event()
    for turn in range(KILLS):
        waiting.wait(chance.random() * 0.08)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [writers[turn % 2].pid])
