"""One seeded database for a whole module: what many tests would each fill again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from lishu_law.demo.seed import Seeded, seed_demo


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
