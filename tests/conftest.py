"""Fixtures shared by all tests. Real PostgreSQL, no mocks of our own code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.testcases import TransactionTestCase

from lishu_law.law.calendar import DEFAULT_CALENDAR
from lishu_law.web import rate_limits
from tests import mutation
from tests.database import drop, keep, restore
from tests.editions import publish_shipped_editions
from tests.template import use_template

if name := os.environ.get("LISHU_TEST_DATABASE"):  # a run beside another run needs a database of its own
    connection.settings_dict["TEST"]["NAME"] = f"test_{name}"
# Not in the environment: outside a demonstration it is refused.
django_settings.SEAL_TRIAL = not django_settings.SEAL_FILE
if rule_id := os.environ.get(mutation.VARIABLE):
    mutation.switch_off(rule_id)

TransactionTestCase._fixture_teardown = restore


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """The plugin's own gives each worker's database its name; then they are all copied from one."""
    with django_db_blocker.unblock():
        use_template()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The plugin drops nothing in the end: it knows neither the connection of the browser's loop nor patience."""
    return True


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    """All the same each run begins with a new one."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # extends the plugin's own
    """The database of the tests holds the shipped editions, published: without one nobody may assess anything."""
    with django_db_blocker.unblock():
        publish_shipped_editions()
        keep()
    yield
    with django_db_blocker.unblock():
        drop()


@pytest.fixture(autouse=True)
def _shipped_calendar() -> Iterator[None]:
    """A test that publishes holidays changes the calendar of this process; the next one starts with what was shipped."""
    yield
    if DEFAULT_CALENDAR.version:
        DEFAULT_CALENDAR.enter((), 0)


@pytest.fixture(autouse=True)
def _open_doors() -> Iterator[None]:
    """What one test asked in vain does not keep the next one out."""
    yield
    rate_limits.forget_all()


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield


@pytest.fixture(autouse=True, scope="session")
def _static_root(tmp_path_factory: pytest.TempPathFactory) -> None:
    """WhiteNoise warns about a missing directory, and warnings are errors; sources are served by the finders."""
    django_settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


# Files that hold one processor longest, by what they took (README): begun first, so that no worker ends with one alone.
LONGEST = (
    "test_bench", "test_case_walk", "test_area_screens", "test_model", "test_feed_drill", "test_planted_defects",
    "test_register_screens", "test_visit_walk", "test_issuing_killed", "test_issuing",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Shared out among workers (``-n``), the longest come first; a run of one process keeps pytest-django's order."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = {name: number for number, name in enumerate(LONGEST)}
        items.sort(key=lambda item: place.get(item.path.stem, len(LONGEST)))
