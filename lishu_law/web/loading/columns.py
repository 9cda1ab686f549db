"""What a column of an import file may hold, and how its cells are read; every fault has its row and its column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NamedTuple

from lishu_law.registry.identity import InvalidValue, normalise, parse_date

Parse = Callable[[str], Any]


@dataclass(frozen=True)
class Fault:
    """One fault; row 1 is the heading. A notice is worth knowing and keeps nothing back."""

    row: int
    column: str
    message: str
    is_notice: bool = False


@dataclass(frozen=True)
class Column:
    """One column. ``note`` tells in the template what to write."""

    key: str
    title: str
    parse: Parse
    required: bool = False
    note: str = ""


class Row(NamedTuple):
    """A row of the file as it stands there."""

    no: int
    cells: dict[str, str]


class Heading:
    """The columns of one file in their order, by title or key, or what is wrong with its first row."""

    def __init__(self, columns: Sequence[Column], cells: Sequence[str]) -> None:
        self.columns = columns
        known = {name: column for column in columns for name in (column.title, column.key)}
        titles = [normalise.trimmed(cell).rstrip("*＊") for cell in cells]
        titles = [known[title].title if title in known else title for title in titles]
        self.keys = [known[title].key if title in known else "" for title in titles]
        self.faults = [
            Fault(1, title, f"没有“{title[:20]}”这一列。请照模板改列名，或者删掉这一列。")
            for title in titles
            if title and title not in known
        ]
        twice = {title for title in titles if title and titles.count(title) > 1}
        self.faults += [Fault(1, title, f"“{title[:20]}”这一列出现了两次。请删掉一列。") for title in sorted(twice)]
        self.faults += [
            Fault(1, column.title, f"缺少“{column.title}”这一列。请照模板补上。")
            for column in columns
            if column.required and column.title not in titles
        ]

    def row(self, no: int, cells: Sequence[str]) -> Row | None:
        """The row by column; None when nothing stands in it."""
        found = {key: cell for key, cell in zip(self.keys, cells, strict=False) if key and cell}
        return Row(no, found) if normalise.trimmed("".join(found.values())) else None


def read_cells(columns: Iterable[Column], row: Row) -> tuple[dict[str, Any], list[Fault]]:
    """The values of a row by key (absent where nothing stands), and every fault of its cells."""
    values: dict[str, Any] = {}
    faults = []
    cells = row.cells
    for column in columns:
        if column.key not in cells and not column.required:
            continue
        cell = cells.get(column.key, "")
        if not cell or not normalise.trimmed(cell):
            if column.required:
                faults.append(Fault(row.no, column.title, f"请填写{column.title}。"))
            continue
        try:
            values[column.key] = column.parse(cell)
        except InvalidValue as wrong:
            faults.append(Fault(row.no, column.title, wrong.staff_message))
    return values, faults


def remembered(parse: Parse) -> Parse:
    """``parse`` for a column where few values stand in many rows: each is read once. Faults are not remembered."""
    return lru_cache(maxsize=1_000)(parse)


def raw(text: str) -> str:
    """As it stands: checked later, together with other cells."""
    return text


def words(most: int) -> Parse:
    """One line of at most ``most`` characters."""

    def parse(text: str) -> str:
        value = normalise.line(text)
        if len(value) > most:
            raise InvalidValue("length", f"最多 {most} 个字，现在是 {len(value)} 个。请缩短。")
        return value

    return parse


def narrative(most: int) -> Parse:
    """A text that may have several lines."""

    def parse(text: str) -> str:
        value = normalise.refuse_hidden(normalise.trimmed(text.replace("\r\n", "\n")), line_breaks=True)
        if len(value) > most:
            raise InvalidValue("length", f"最多 {most} 个字，现在是 {len(value)} 个。请缩短。")
        return value

    return parse


def one_of(choices: Iterable[tuple[str, str]]) -> Parse:
    """The code behind one of the labels; the code itself is taken too."""
    codes = {str(label): str(code) for code, label in choices}
    codes |= {code: code for code in codes.values()}
    shown = "、".join(list(codes)[: len(set(codes.values()))])

    def parse(text: str) -> str:
        value = normalise.trimmed(text)
        if value not in codes:
            raise InvalidValue("choice", f"没有“{value[:12]}”这一项。可以填：{shown}。"[:200])
        return codes[value]

    return remembered(parse)


def some_of(choices: Iterable[tuple[str, str]]) -> Parse:
    """Several of the labels, with 、 ， ; or a space between them."""
    single = one_of(choices)

    def parse(text: str) -> list[str]:
        parts = text.translate(str.maketrans("，,；;、\u3000", "      ")).split()
        return list(dict.fromkeys(single(part) for part in parts))

    return parse


def yes_or_no(text: str) -> bool:
    value = normalise.code(text)
    if value not in {"是", "否", "Y", "N"}:
        raise InvalidValue("choice", "请填“是”或者“否”。")
    return value in {"是", "Y"}


def whole_number(text: str) -> int:
    value = normalise.code(text)
    if not (value.isascii() and value.isdigit() and len(value) <= 8):
        raise InvalidValue("number", f"“{value[:12]}”不是整数，请填 0 或者更大的整数。")
    return int(value)


def decimal_between(least: str, most: str, places: int) -> Parse:
    """A decimal number inside the bounds with at most ``places`` decimals kept."""
    low, high = Decimal(least), Decimal(most)

    def parse(text: str) -> Decimal:
        try:
            value = Decimal(normalise.code(text).rstrip("%％"))
        except InvalidOperation:
            raise InvalidValue("number", "这不是一个数字，请核对。") from None
        if not value.is_finite() or not low <= value <= high:
            raise InvalidValue("number", f"应在 {least} 到 {most} 之间，请核对。")
        return round(value, places)

    return parse


def day(text: str) -> date:
    return parse_date(text)
