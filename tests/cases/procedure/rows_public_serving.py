"""When a public notice counts as served: not before the day after its period ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import serving
from cases.procedure.serving_facts import ServingFact
from cases.procedure.states import State

TODAY = date(2026, 3, 20)
PUBLISHED = ServingFact(
    7, 7, "public", "pending", "示例公司", date(2026, 1, 18), due=date(2026, 3, 19), due_strict=date(2026, 2, 24),
    due_lenient=date(2026, 3, 19),
)  # fmt: skip
IN_ORDER = f.CaseFacts(state=State.DECIDED, focus=7, servings=(PUBLISHED,))

REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (serving.public_period_over, {"servings": (replace(PUBLISHED, due=TODAY),)}, "serve-public-30", ""),
    (serving.public_period_over, {"servings": (replace(PUBLISHED, outcome="effective"),)}, "serve-public-30", "case"),
    (serving.public_period_over, {"servings": (replace(PUBLISHED, due=None),)}, "serve-public-30", "case"),
)
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = ()
