"""``manage bench`` on a few rows: every line is measured and printed; nothing here looks at seconds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from disclosure.models import DisclosureRecord
from disclosure.queries.gram_shares import gram_shares
from lishu_law.demo.bench.measuring import Cost, Line, each, in_turns
from lishu_law.demo.bench.search_rows import drop_all, register
from lishu_law.demo.management.commands.bench import CODES
from lishu_law.pdf.render import engine
from lishu_law.registry.models import User

SMALL = {"cases": 3, "records": 12, "repeat": 3, "objects": 800, "rows": 300, "decisions": 2, "quick": True}


@pytest.fixture
def _demo(settings: Any, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    settings.DEMO, settings.DEMO_CLOCK_FILE = True, str(tmp_path / "clock")
    yield
    if "django_db" in request.keywords:
        drop_all()


def _bench(**options: Any) -> str:
    said = StringIO()
    call_command("bench", stdout=said, **{**SMALL, **options})
    return said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_every_line_is_measured(_demo: None) -> None:
    lines = {line["code"]: line for line in json.loads(_bench(json=True))["lines"]}
    assert set(lines) == set(CODES) - (set() if engine else {"G20", "VOLUME", "BATCH"})
    assert all(line["floor"] > 0 and line["ours"] > 0 and isinstance(line["holds"], bool) for line in lines.values())
    assert lines["G7"]["more_is_better"]
    assert lines["G8"]["also_holds"], lines["G8"]["note"]
    assert lines["G12"]["also_holds"], lines["G12"]["note"]
    assert not engine or "2 decisions issued and drawn" in lines["BATCH"]["note"]
    assert not engine or lines["BATCH"]["also_holds"], lines["BATCH"]["note"]
    assert lines["G12"]["note"].startswith("40 of 800")
    assert not User.objects.filter(is_superuser=True).exists()
    again = _bench(only="G14").splitlines()
    assert len(again) == 1
    assert again[0].startswith("G14 ")
    assert "floor" in again[0]
    assert "goal ≤ 1.15" in again[0]


@pytest.mark.django_db(transaction=True)
def test_the_search_is_measured_and_compared_with_like(_demo: None) -> None:
    lines = {line["code"]: line for line in json.loads(_bench(json=True, only="G1,G2,G4,G5"))["lines"]}
    assert set(lines) == {"G1", "G2", "G4", "G5"}
    assert all(line["floor"] > 0 and line["ours"] > 0 for line in lines.values())
    assert "all equal LIKE" in lines["G1"]["note"]
    assert "all equal LIKE" in lines["G2"]["note"]


@pytest.mark.django_db(transaction=True)
def test_the_searched_rows_stay_between_runs_and_stand_apart(_demo: None) -> None:
    for _run in range(2):
        with register(300):
            assert DisclosureRecord.objects.count() == 300
            first = DisclosureRecord.objects.order_by("id").values_list("pk", "created_at").first()
            assert gram_shares().shown == 300
        assert not DisclosureRecord.objects.exists()
    with register(300):
        assert DisclosureRecord.objects.order_by("id").values_list("pk", "created_at").first() == first
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON SCHEMA bench_search_300 IS 'made from something else'")
    with register(300):
        assert DisclosureRecord.objects.order_by("id").values_list("created_at", flat=True).first() != first[1]


@pytest.mark.django_db
def test_foreign_database_is_left_alone(_demo: None) -> None:
    User.objects.create_user("somebody", staff_number="A1", full_name="示例人")
    with pytest.raises(CommandError, match="别的人员"):
        _bench(only="G14")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_runs_in_demo_mode_only(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="演示模式"):
        _bench()


def test_unknown_line_is_named() -> None:
    with pytest.raises(CommandError, match="G99"):
        _bench(only="G8,G99")


@pytest.mark.parametrize(
    ("ours", "more_is_better", "also_holds", "holds"),
    [(5.0, False, True, True), (5.1, False, True, False), (5.0, False, False, False), (5.0, True, True, True),
     (4.9, True, True, False)],
)  # fmt: skip
def test_goal_is_a_ratio(ours: float, more_is_better: bool, also_holds: bool, holds: bool) -> None:
    line = Line("G0", "x", "ms", 1.0, ours, 5, more_is_better, also_holds)
    assert line.holds is holds
    assert ("holds" in str(line)) is holds


def test_turns_alternate_and_the_best_counts() -> None:
    order: list[str] = []
    costs = {"floor": iter([3.0, 1.0, 2.0]), "ours": iter([6.0, 5.0, 4.0])}

    def turn(name: str) -> Cost:
        order.append(name)
        return Cost(next(costs[name]), 0.0)

    found = in_turns(lambda: turn("floor"), lambda: turn("ours"))
    assert (found[0].wall, found[1].wall) == (1.0, 4.0)
    assert order == ["floor", "ours", "ours", "floor", "floor", "ours"]


def test_a_turn_calls_as_often_as_asked() -> None:
    calls: list[int] = []
    assert each(lambda: calls.append(1), 7)().wall >= 0
    assert len(calls) == 7
