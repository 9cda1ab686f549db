"""The demonstration can be filled at any hour: what it files around now never books one officer twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import override_settings

from inspections.models import InspectionFiling, PatrolShift
from lishu_law import clock
from lishu_law.demo.law_data import load_law
from lishu_law.demo.parties import make_subjects, register_parties
from lishu_law.demo.patrols import make_patrols
from lishu_law.demo.people import make_cast
from lishu_law.demo.registers import make_registers
from lishu_law.demo.visits import make_visits
from tests.model.machine import undone

DAY = datetime(2026, 11, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
HOURS = (0, 4, 8, 12, 16, 17, 18, 20, 22, 23)


@pytest.fixture(autouse=True)
def _demo() -> Iterator[None]:
    with override_settings(DEMO=True, DEMO_CLOCK_FILE=""):
        yield


@pytest.mark.django_db
def test_patrols_and_visits_can_be_filed_at_any_hour() -> None:
    with time_machine.travel(DAY, tick=False) as travel:
        report = load_law(DAY.date())
        cast = make_cast(report.authority, DAY.date())
        registered = register_parties(random.Random(7), cast["officer1"])
        make_subjects(registered, DAY.date())
        make_registers(registered, cast, DAY.date())
        for hour in HOURS:
            travel.move_to(DAY.replace(hour=hour, minute=55))
            with undone():
                assert (make_patrols(cast, registered, clock.now()), PatrolShift.objects.count()) == (3, 3), hour
                assert (make_visits(cast, registered, clock.now()), InspectionFiling.objects.count()) == (3, 3), hour
