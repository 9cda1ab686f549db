"""Fixtures shared by all tests. Real PostgreSQL, no mocks of our own code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.testcases import TransactionTestCase

_teardown = TransactionTestCase._fixture_teardown


def _teardown_with_append_only_tables(self: TransactionTestCase) -> None:
    """Flushing truncates every table; the append-only ones refuse that, so their triggers rest meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgfoid = 'lishu_append_only'::regproc"
        )
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    _teardown(self)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


TransactionTestCase._fixture_teardown = _teardown_with_append_only_tables


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield


@pytest.fixture(autouse=True, scope="session")
def _static_root(tmp_path_factory: pytest.TempPathFactory) -> None:
    """WhiteNoise warns about a missing directory, and warnings are errors; sources are served by the finders."""
    django_settings.STATIC_ROOT = tmp_path_factory.mktemp("static")
