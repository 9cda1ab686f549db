"""Every guard: passes on a case in good order, refuses what it is there for, and turns on the right day.

The rows stand in ``rows_<part>.py`` beside this file, one for each part of the procedure: ``IN_ORDER`` a case the part's
guards refuse nothing, ``TODAY``, ``REFUSED`` (guard, what is different, code of the refusal, what cures it) and
``PASSED`` (guard, what is different: just on the lawful side).
"""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cases.procedure import guards as g
from cases.procedure.steps import STEPS

pytestmark = pytest.mark.law


def loaded(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PARTS = [loaded(path) for path in sorted(Path(__file__).parent.glob("rows_*.py"))]
ORDINARY = next(part for part in PARTS if part.__name__ == "rows_ordinary")
REFUSED = [(part, *row) for part in PARTS for row in part.REFUSED]
PASSED = [(part, *row) for part in PARTS for row in part.PASSED]
GUARDS = sorted(
    {guard for step in STEPS for guard in step.guards}, key=lambda guard: (guard.__module__, guard.__name__)
)


def in_order(part: Any, guard: g.Guard) -> Any:
    """The part's case in good order; guards of a sub-object in another state name their own in ``IN_ORDER_OF``."""
    return getattr(part, "IN_ORDER_OF", {}).get(guard, part.IN_ORDER)


def named(row: Any) -> str:
    return getattr(row, "__name__", "").removeprefix("rows_")


@pytest.mark.parametrize(("part", "guard"), sorted({(row[0], row[1]) for row in REFUSED}, key=str), ids=named)
def test_a_case_in_good_order_is_refused_nothing(part: Any, guard: g.Guard) -> None:
    assert guard(in_order(part, guard), part.TODAY) is None


@pytest.mark.parametrize(("part", "guard", "changed", "code", "fix"), REFUSED, ids=named)
def test_what_is_missing_is_refused_with_its_cure(
    part: Any, guard: g.Guard, changed: dict[str, Any], code: str, fix: str
) -> None:
    refusal = guard(replace(in_order(part, guard), **changed), part.TODAY)
    assert refusal is not None
    assert (refusal.code, refusal.fix) == (code, fix)
    assert refusal.message.endswith("。")
    assert "！" not in refusal.message


@pytest.mark.parametrize(("part", "guard", "changed"), PASSED, ids=named)
def test_the_lawful_side_of_the_boundary_passes(part: Any, guard: g.Guard, changed: dict[str, Any]) -> None:
    assert guard(replace(in_order(part, guard), **changed), part.TODAY) is None


@pytest.mark.parametrize(("ended", "discovered", "is_refused"), [
    (date(2024, 3, 4), date(2026, 3, 4), False),  # 行政处罚法第三十六条: the day two years later still counts
    (date(2024, 3, 4), date(2026, 3, 5), True),
    (date(2024, 2, 29), date(2026, 2, 28), False),
])  # fmt: skip
def test_two_years_of_limitation(ended: date, discovered: date, is_refused: bool) -> None:
    facts = replace(ORDINARY.IN_ORDER, act_on=date(2020, 1, 1), act_ended_on=ended, discovered_on=discovered)
    assert (g.within_limitation(facts, ORDINARY.TODAY) is not None) is is_refused


def test_every_guard_has_a_refusing_row() -> None:
    assert set(GUARDS) == {row[1] for row in REFUSED} | {g.within_limitation}
