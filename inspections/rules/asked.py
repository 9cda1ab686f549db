"""What a rule answered when a filing was submitted or approved: kept with the filing for whoever reviews it later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lishu_law.errors import Refusal


@dataclass(frozen=True)
class Asked:
    """One rule, its refusals, and the officer's answer where the rule takes a reason."""

    rule: str
    refusals: Sequence[Refusal]
    answer: str = ""


def all_refusals(asked: Iterable[Asked]) -> list[Refusal]:
    """Everything that stands against the act, in the order it was asked."""
    return [refusal for one in asked for refusal in one.refusals]


def snapshot(asked: Iterable[Asked]) -> list[dict[str, Any]]:
    """The answers as they are stored, one row a rule."""
    rows: dict[str, dict[str, Any]] = {}
    for one in asked:
        row = rows.setdefault(one.rule, {"rule": one.rule, "passed": True, "answer": ""})
        row["passed"] = row["passed"] and not one.refusals
        row["answer"] = row["answer"] or one.answer.strip()
    return list(rows.values())
