"""The registers of the demonstration by themselves, and the measurement of their import at a small size."""

from __future__ import annotations

import random
from typing import Any

import pytest

from inspections.models import PowerItem
from inspections.queries.officer_register import drawable_officers
from lishu_law import clock
from lishu_law.demo.bench.importing import objects_import
from lishu_law.demo.bench.people import staff
from lishu_law.demo.law_data import load_law
from lishu_law.demo.parties import make_subjects, register_parties
from lishu_law.demo.people import make_cast
from lishu_law.demo.registers import make_registers
from lishu_law.registry.models import SupervisedSubject, WhiteListing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True


def test_the_registers_of_the_demonstration() -> None:
    today = clock.today()
    authority = load_law(today).authority
    assert authority is not None
    cast = make_cast(authority, today)
    registered = register_parties(random.Random(1), cast["officer1"])
    make_subjects(registered, today)
    assert make_registers(registered, cast, today) == 10
    assert SupervisedSubject.objects.count() == 36
    assert WhiteListing.objects.active_on(today).count() == 2
    # officer3 is away, the certificate of officer6 is over
    assert len(drawable_officers(today)) == 4
    assert PowerItem.objects.published_on_day(today).count() == 5


def test_the_import_is_measured_beside_its_floor() -> None:
    line = objects_import(staff(), 50)
    assert line.code == "G13"
    assert line.floor > 0
    assert line.ours > line.floor
    assert not SupervisedSubject.objects.exists()
