"""Fixtures of the inspections' tests."""

from __future__ import annotations

import pytest

from tests.cast import make_cast
from tests.inspections.scenes import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene(make_cast())
