"""What several architecture tests read: the addresses of the site and the tree of the project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One entry of the address tables."""

    name: str
    policy: str
    module: str
    view: str


def _patterns(resolver: Any) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


@pytest.fixture(scope="session")
def addresses() -> list[Address]:
    """Every address of the site with what its view declares."""
    return [
        Address(
            str(entry.name or ""),
            str(getattr(entry.callback, "policy", "")),
            entry.callback.__module__,
            entry.callback.__name__,
        )
        for entry in _patterns(get_resolver("lishu_law.urls"))
    ]


@pytest.fixture(scope="session")
def tree() -> Path:
    """The folder of the project."""
    return Path(settings.ROOT)
