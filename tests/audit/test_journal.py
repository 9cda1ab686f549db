"""The journal: chained, complete, and closed against change."""

from __future__ import annotations

import threading

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from lishu_law.audit import journal
from lishu_law.audit.models import JournalEntry, JournalHead

REFUSED = (InternalError, ProgrammingError)


@pytest.mark.django_db
def test_entries_are_chained_from_the_first() -> None:
    first = journal.record("case.create", by=None, on=("case", 1))
    second = journal.record("case.edit", by=None, on=("case", 1), details={"字段": "地点"})
    assert (first, second) == (1, 2)
    rows = list(JournalEntry.objects.order_by("seq"))
    assert rows[0].prev_hash == journal.GENESIS
    assert rows[1].prev_hash == rows[0].hash
    assert journal.verify() == (2, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_journalentry SET body = '{}' WHERE seq = 1",
        "DELETE FROM audit_journalentry",
        "TRUNCATE audit_journalentry",
    ],
)
def test_database_refuses_every_change(statement: str) -> None:
    journal.record("case.create", by=None, on=("case", 1))
    with pytest.raises(REFUSED, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert journal.verify() == (1, None)


def _without_triggers(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_journalentry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_journalentry ENABLE TRIGGER USER")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE audit_journalentry SET body = replace(body, 'case.edit', 'case.read') WHERE seq = 2", 2),
        ("UPDATE audit_journalentry SET action = 'case.read' WHERE seq = 2", 2),
        ("DELETE FROM audit_journalentry WHERE seq = 2", 3),
        ("DELETE FROM audit_journalentry WHERE seq = 3", 3),
        ("UPDATE audit_journalentry SET prev_hash = repeat('0', 64) WHERE seq = 3", 3),
    ],
)
def test_tampering_past_the_triggers_is_found(statement: str, seq: int) -> None:
    for action in ("case.create", "case.edit", "case.read"):
        journal.record(action, by=None, on=("case", 1))
    _without_triggers(statement)
    _count, broken = journal.verify()
    assert broken is not None
    assert broken.seq == seq


@pytest.mark.django_db
def test_rolled_back_act_leaves_no_entry_and_no_gap() -> None:
    journal.record("case.create", by=None, on=("case", 1))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        journal.record("case.edit", by=None, on=("case", 1))
        raise ZeroDivisionError
    assert journal.record("case.read", by=None, on=("case", 1)) == 2
    assert journal.verify() == (2, None)


@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_never_fork_the_chain() -> None:
    def write() -> None:
        for number in range(20):
            journal.record("case.read", by=None, on=("case", number))
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.verify() == (80, None)
    assert JournalHead.objects.get(pk=1).seq == 80
