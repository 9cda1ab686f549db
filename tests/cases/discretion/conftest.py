"""The shipped edition, read once for all discretion tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cases.discretion.benchmark import Benchmark
from cases.discretion.engine import assess
from cases.discretion.reading import load_shipped
from cases.discretion.request import Circumstances, Request
from cases.discretion.result import Assessment

Assess = Callable[..., Assessment]


@pytest.fixture(scope="session")
def shipped() -> Benchmark:
    return load_shipped()


@pytest.fixture
def run(shipped: Benchmark) -> Assess:
    """Assess an item on completely answered facts; circumstances by keyword after ``facts``."""

    def call(
        item: str,
        facts: dict[str, Any] | None = None,
        *,
        act: str = "2025-06-20",
        decision: str = "2025-07-10",
        complete: bool = True,
        **circumstances: Any,
    ) -> Assessment:
        days = date.fromisoformat(act), date.fromisoformat(decision)
        return assess(Request(item, *days, facts or {}, Circumstances(**circumstances), complete), shipped)

    return call
