"""The frozen record of an assessment: JSON that still explains the amount when the tables have changed (step 15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cases.discretion.conditions import Condition
from cases.discretion.facts import VARIABLES, Value, plain
from cases.discretion.request import Circumstances, Request
from cases.discretion.result import Assessment

VERSION = 1


def snapshot(assessment: Assessment) -> dict[str, object]:
    """Inputs, rows with their texts, comparison, ranges, suggestion and reasons as JSON values.

    Decimals become strings, days ISO dates, conditions their source text. The same assessment gives the same record.
    """
    record = _plain(assessment)
    assert isinstance(record, dict)
    return {"version": VERSION, **record}


def freeze_request(request: Request) -> dict[str, object]:
    """What was asked, as JSON values, so that the same can be asked again for ever."""
    record = _plain(request)
    assert isinstance(record, dict)
    return record


def thaw_request(record: Mapping[str, Any]) -> Request:
    """The request a record was made from."""
    around = dict(record["circumstances"])
    for name in ("act_ended_on", "discovered_on"):
        around[name] = date.fromisoformat(around[name]) if around[name] else None
    around["factors"] = tuple(around["factors"])
    return Request(
        record["item"],
        date.fromisoformat(record["act_on"]),
        date.fromisoformat(record["decision_on"]),
        {name: _thawed(name, value) for name, value in record["facts"].items()},
        Circumstances(**around),
        record["complete"],
    )


def _thawed(name: str, value: Any) -> Value:
    is_figure = VARIABLES[name].kind in ("int", "decimal") and isinstance(value, str)
    return Decimal(value) if is_figure else value


def _plain(value: object) -> object:
    if isinstance(value, Condition):
        return value.source
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(value[name]) for name in sorted(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
