"""Fixtures of the inspections' tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import make_cast
from tests.inspections.scenes import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene(make_cast())


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    yield
