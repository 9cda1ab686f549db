"""People who sign in, for the tests of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from lishu_law.registry.models.people import Unit, UnitKind, User
from lishu_law.registry.roles import Role

PASSWORD = "correct horse battery"


@pytest.fixture
def person(db) -> Callable[..., User]:
    """Makes a user with roles; the staff number is made from the name."""

    def make(username: str, *roles: str, **fields: object) -> User:
        unit, _made = Unit.objects.get_or_create(code="S1", defaults={"name": "执法一中队", "kind": UnitKind.SQUAD})
        names = {"staff_number": f"N-{username}", "full_name": f"演示{username}", "unit": unit, "roles": list(roles)}
        return User.objects.create_user(username, PASSWORD, **{**names, **fields})

    return make


@pytest.fixture
def officer(person: Callable[..., User]) -> User:
    return person("officer", Role.OFFICER)


@pytest.fixture
def administrator(person: Callable[..., User]) -> User:
    return person("admin", Role.SYSTEM_ADMIN)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def demo(settings, tmp_path: Path) -> Iterator[Path]:
    """Demo mode with a clock file of its own."""
    settings.DEMO = True
    settings.DEMO_CLOCK_FILE = str(tmp_path / "clock")
    yield tmp_path / "clock"
