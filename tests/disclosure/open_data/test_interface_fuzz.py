"""The interface for programs against its own description: whatever the description allows or forbids is answered as it says.

A short seeded run with all tests; ``LISHU_LONG=1`` asks five hundred questions of each address (security.md §18, 4).
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from disclosure.demo import seed_records
from disclosure.models import DisclosureRecord
from disclosure.portal.open_data.interface import openapi
from tests.database import kept_connection

CASES = 500 if os.environ.get("LISHU_LONG") else 12
NOW = datetime(2026, 4, 13, 2, 0, tzinfo=UTC)
APPLICATION = get_wsgi_application()  # without an address of a client, so that no question is one too many
SCHEMA = schemathesis.openapi.from_dict(openapi("示例局"))
OPERATIONS = {f"{one.ok().method} {one.ok().path}": one.ok() for one in SCHEMA.get_all_operations()}

# Where nothing may be said, nothing wrong can be said.
QUESTIONS = [
    pytest.param(name, mode, id=f"{mode.value} {name}")
    for name, one in OPERATIONS.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or one.definition.raw["parameters"]
]


@pytest.fixture
def records(db: None) -> Any:
    with time_machine.travel(NOW, tick=False), kept_connection():
        seed_records(12, pending=0)
        yield list(DisclosureRecord.objects.order_by("pk"))


@pytest.mark.parametrize(("name", "mode"), QUESTIONS)
def test_every_answer_is_one_the_description_knows(records: Any, name: str, mode: GenerationMode) -> None:
    operation = OPERATIONS[name]

    @settings(
        max_examples=CASES, derandomize=True, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        # A day to come and a place nobody was sent to have the right form and are refused all the same.
        case.call_and_validate(app=APPLICATION, excluded_checks=[positive_data_acceptance])

    ask()
