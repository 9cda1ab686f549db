"""The intake of earlier decisions is measured, and leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest

from disclosure.models import DisclosureRecord
from lishu_law.demo.bench.earlier import earlier_decisions
from lishu_law.demo.bench.people import staff


@pytest.mark.django_db
def test_the_intake_is_measured_beside_its_floor(settings: Any) -> None:
    settings.DEMO = True  # invented identity numbers
    line = earlier_decisions(staff(), 30)
    assert line.code == "G13L"
    assert line.ours > line.floor > 0
    assert not DisclosureRecord.objects.exists()
