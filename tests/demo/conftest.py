"""One seeded database for a whole module: what many tests would each fill again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from lishu_law.demo.seed import Seeded, seed_demo
from tests.model.machine import undone


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Seeded]:
    """The default demonstration with fewer disclosed decisions, rolled back after the module."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings = override_settings(DEMO=True, DEMO_CLOCK_FILE="", PASSWORD_HASHERS=hashers)
    with django_db_blocker.unblock(), settings:
        outer = transaction.atomic()
        outer._from_testcase = True  # type: ignore[attr-defined]  # the actions are durable: only a test's transaction may stand around them
        with outer:
            yield seed_demo(scale=40)
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _taken_back(request: pytest.FixtureRequest) -> Iterator[None]:
    """What one test of such a module adds is gone before the next: workers share tests out in any order."""
    if "db" in request.fixturenames and isinstance(request.getfixturevalue("db"), Seeded):
        with undone():
            yield
    else:
        yield
