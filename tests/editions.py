"""The shipped editions, published as a test needs them: the day is older than any case."""

from __future__ import annotations

from datetime import date

from django.db import connection

from cases.editions.shipped import load_shipped_editions
from cases.editions.writing import Release
from lishu_law import clock

RELEASE = Release(
    document_no="测试〔2021〕1号", published_on=date(2021, 7, 15), published_at="测试", in_force_from=date(2021, 7, 15),
    filed_no="测试备案1号", filed_on=date(2021, 7, 15),
)  # fmt: skip


def publish_shipped_editions() -> None:
    """Load and release them; the journal of a test then begins with the test's own first act."""
    load_shipped_editions(clock.now(), date(2026, 3, 1), RELEASE)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_journalentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_journalentry; DELETE FROM audit_journalhead")
        cursor.execute("ALTER TABLE audit_journalentry ENABLE TRIGGER USER")
