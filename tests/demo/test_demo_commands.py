"""load_law in any mode; the demo commands in demo mode only; the same seed gives the same data."""

from __future__ import annotations

import random
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction

from cases.models import Case, Deadline, DeadlineState, Discretion
from cases.queries.limits import limit_lines
from inspections.models import InspectionMatter
from lishu_law import clock
from lishu_law.demo.law_data import load_law
from lishu_law.demo.parties import register_parties
from lishu_law.demo.people import make_cast
from lishu_law.demo.plans import PLANS, Plan
from lishu_law.demo.seed import walk_all, working_days_before
from lishu_law.law.lights import LightState
from lishu_law.law.limits import LIMITS
from lishu_law.registry.models import Party, Unit, User, Vehicle

pytestmark = pytest.mark.django_db
FEW = (PLANS[6], next(plan for plan in PLANS if plan.until == "clue"))  # one published decision, one clue
LIT = {("decided", 8), ("decided", 7), ("filed", 3)}  # late, about to be late, far from it


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, ""


def test_load_law_counts_and_makes_no_account(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO = False
    call_command("load_law")
    printed = capsys.readouterr().out
    assert "程序规则 262" in printed
    assert "裁量基准 581" in printed
    assert "待确认" in printed
    unit = Unit.objects.get()
    assert (unit.name, unit.kind, unit.uscc, unit.phone) == ("梨树县交通运输局", "authority", "", "")
    assert not User.objects.exists()


def test_load_law_again_keeps_what_was_entered(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO = False
    call_command("load_law")
    Unit.objects.update(uscc="11220322MB0T00023G")
    matters = InspectionMatter.objects.count()
    call_command("load_law")
    assert Unit.objects.get().uscc == "11220322MB0T00023G"
    assert InspectionMatter.objects.count() == matters > 0
    assert capsys.readouterr().out.count("（新建）") == 1


def test_load_law_in_demo_mode_has_a_code(demo: None) -> None:
    call_command("load_law", verbosity=0)
    assert Unit.objects.get().uscc == "11220322MB0T00015M"


@pytest.mark.parametrize("command", ["seed_demo", "demo_accounts"])
def test_the_demo_commands_refuse_outside_demo_mode(command: str, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="演示模式"):
        call_command(command)
    assert not User.objects.exists()
    assert not Unit.objects.exists()


def test_accounts_before_seeding(demo: None) -> None:
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("demo_accounts")


def test_a_negative_scale_is_refused(demo: None) -> None:
    with pytest.raises(CommandError, match="scale"):
        call_command("seed_demo", scale=-1)
    assert not User.objects.exists()


def _walk(seed: int, plans: tuple[Plan, ...]) -> None:
    """These stories and what they need."""
    today = clock.today()
    authority = load_law(today).authority
    assert authority is not None
    cast = make_cast(authority, today)
    registered = register_parties(random.Random(seed), cast["officer1"])
    walk_all(cast, registered, today, seed, plans)


def _made(seed: int) -> dict[str, Any]:
    """What a small demonstration consists of, without keys; nothing of it stays."""
    inner = transaction.atomic()
    inner._from_testcase = True  # type: ignore[attr-defined]  # the actions are durable
    with inner:
        _walk(seed, FEW)
        made = {
            "parties": list(Party.objects.order_by("pk").values_list("name", "uscc", "person_name", "gender")),
            "numbers": [(party.id_number, party.phone, party.address) for party in Party.objects.order_by("pk")],
            "plates": list(Vehicle.objects.order_by("pk").values_list("plate", flat=True)),
            "cases": list(Case.objects.order_by("pk").values_list("clue_no", "case_no", "act_at", "route", "stake")),
            "amounts": list(Discretion.objects.order_by("pk").values_list("amount", flat=True)),
        }
        transaction.set_rollback(True)
    return made


def test_the_same_seed_gives_the_same_data_and_another_seed_does_not(demo: None) -> None:
    first, again, other = _made(7), _made(7), _made(8)
    assert first == again
    assert [name for name in first if first[name] == other[name]] == []


@pytest.mark.parametrize("weekday", ["2026-11-27", "2026-11-29", "2026-11-30", "2026-10-05"])
def test_lights_of_every_colour_whatever_day_it_is(demo: None, weekday: str) -> None:
    """A Friday, a Sunday, a Monday, and a day within a long holiday."""
    plans = tuple(plan for plan in PLANS if (plan.until, plan.rest) in LIT)
    with time_machine.travel(datetime.fromisoformat(f"{weekday}T09:30:00+08:00")):
        _walk(1, plans)
        running = Deadline.objects.filter(state=DeadlineState.RUNNING)
        lights = {line.light.state for line in limit_lines([one for one in running if not LIMITS[one.code].lapses])}
    assert {LightState.OVERDUE, LightState.URGENT, LightState.NORMAL} <= lights


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (
            date(2026, 3, 4),
            [date(2026, 3, 3), date(2026, 3, 3), date(2026, 3, 2), date(2026, 2, 28)],
        ),  # make-up Saturday
        (date(2026, 3, 9), [date(2026, 3, 6), date(2026, 3, 6), date(2026, 3, 5), date(2026, 3, 4)]),
    ],
)
def test_working_days_before(today: date, expected: list[date]) -> None:
    assert working_days_before(today, 3) == expected
