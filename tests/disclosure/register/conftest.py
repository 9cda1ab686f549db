"""The register of these tests signs with the key of the worked example."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.disclosure.register import scenes


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    scenes.use_key(settings, folder)
    return folder
