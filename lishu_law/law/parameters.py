"""Dated local parameters: what county or province may set, with its period, its source and whether it was confirmed.

Values whose local figure is unknown are placeholders; ``unconfirmed`` lists them for the 待确认 banner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from lishu_law.law.tables import Row, optional_date, read_table


class ParameterError(ValueError):
    """No usable value: unknown code, no value on that day, overlapping periods, or not a number."""


@dataclass(frozen=True)
class Parameter:
    """One value of a parameter from ``valid_from`` to ``valid_to`` inclusive (None: open)."""

    code: str
    title: str
    value: str
    unit: str
    valid_from: date
    valid_to: date | None
    source: str
    is_confirmed: bool

    @classmethod
    def from_row(cls, row: Row) -> Parameter:
        return cls(
            code=row["code"],
            title=row["title"],
            value=row["value"],
            unit=row["unit"],
            valid_from=date.fromisoformat(row["from"]),
            valid_to=optional_date(row["to"]),
            source=row["source"],
            is_confirmed=row["confirmed"] == "Y",
        )

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class ParameterSet:
    """All values of all parameters. Immutable; build a new one when the data change.

    Raises ``ParameterError`` when two values of one code share a day or a period ends before it begins.
    """

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self._values: dict[str, list[Parameter]] = {}
        for parameter in sorted(parameters, key=lambda one: (one.code, one.valid_from)):
            if parameter.valid_to is not None and parameter.valid_to < parameter.valid_from:
                raise ParameterError(f"参数 {parameter.code} 的截止日早于起始日，请核对。")
            earlier = self._values.setdefault(parameter.code, [])
            if earlier and earlier[-1].holds_on(parameter.valid_from):
                raise ParameterError(f"参数 {parameter.code} 在 {parameter.valid_from} 有两个值，请先截止旧值。")
            earlier.append(parameter)

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> ParameterSet:
        """From rows with the columns of parameters.csv."""
        return cls(Parameter.from_row(row) for row in rows)

    @classmethod
    def from_csv(cls) -> ParameterSet:
        """The values shipped with the project."""
        return cls.from_rows(read_table("parameters"))

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._values)

    def at(self, code: str, on: date) -> Parameter:
        """The parameter with all its marks on a day. Raises ``ParameterError``."""
        if code not in self._values:
            raise ParameterError(f"没有代码为 {code} 的参数，请在参数表中添加。")
        for parameter in self._values[code]:
            if parameter.holds_on(on):
                return parameter
        raise ParameterError(f"参数 {code} 在 {on} 没有值，请在参数表中补上这一天的值。")

    def value(self, code: str, on: date) -> str:
        """The value as text on a day. Raises ``ParameterError``."""
        return self.at(code, on).value

    def number(self, code: str, on: date) -> Decimal:
        """The value as a number on a day. Raises ``ParameterError`` when it is not one."""
        parameter = self.at(code, on)
        try:
            return Decimal(parameter.value)
        except InvalidOperation:
            raise ParameterError(f"参数 {code} 的值“{parameter.value}”不是数字，请改正。") from None

    def unconfirmed(self, on: date) -> tuple[Parameter, ...]:
        """The values in force on a day that nobody has confirmed yet, by code."""
        held = (one for values in self._values.values() for one in values if one.holds_on(on))
        return tuple(one for one in held if not one.is_confirmed)


DEFAULT_PARAMETERS = ParameterSet.from_csv()
