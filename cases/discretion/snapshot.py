"""The frozen record of an assessment: JSON that still explains the amount when the tables have changed (step 15)."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from cases.discretion.conditions import Condition
from cases.discretion.facts import plain
from cases.discretion.result import Assessment

VERSION = 1


def snapshot(assessment: Assessment) -> dict[str, object]:
    """Inputs, rows with their texts, comparison, ranges, suggestion and reasons as JSON values.

    Decimals become strings, days ISO dates, conditions their source text. The same assessment gives the same record.
    """
    record = _plain(assessment)
    assert isinstance(record, dict)
    return {"version": VERSION, **record}


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
