"""Loading the list of powers and duties (权责清单): one row per power and version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inspections.loading.matters import end_earlier
from inspections.models import BodyLevel, PowerItem, PowerKind
from lishu_law.registry.models import RegisterImport
from lishu_law.web.loading.columns import Column, Fault, Row, day, narrative, one_of, read_cells, words
from lishu_law.web.loading.register import Counts

COLUMNS = (
    Column("code", "权力编码", words(40), True),
    Column("name", "权力名称", words(200), True),
    Column("sub_item", "子项", words(200)),
    Column("kind", "权力类别", one_of(PowerKind.choices), True),
    Column("basis", "设定依据", narrative(5000), True, "法律法规的名称、条款和原文"),
    Column("body", "实施主体", words(100), True),
    Column("section", "承办机构", words(60)),
    Column("level", "行使层级", one_of(BodyLevel.choices)),
    Column("duties", "责任事项", narrative(5000)),
    Column("duty_basis", "责任依据", narrative(5000)),
    Column("liability", "追责情形", narrative(5000)),
    Column("complaint_phone", "监督电话", words(30)),
    Column("published_on", "公布日期", day),
    Column("valid_from", "生效日期", day, True),
    Column("valid_to", "失效日期", day),
)
TITLES = {column.key: column.title for column in COLUMNS}


@dataclass
class Prepared:
    """A faultless power and the version it changes."""

    row: int
    values: dict[str, Any]
    known: PowerItem | None = None

    @property
    def key(self) -> tuple[str, date]:
        return self.values["code"], self.values["valid_from"]


def check(rows: Sequence[Row], seen: Any, today: date, *, demo: bool) -> tuple[list[Prepared], list[Fault]]:
    """The powers that can be written, and every fault. The whole file is one piece."""
    faults: list[Fault] = []
    found: dict[tuple[str, date], Prepared] = {}
    for row in rows:
        values, wrong = read_cells(COLUMNS, row)
        wrong += _between(row.no, values)
        if not wrong:
            one = Prepared(row.no, values)
            first = found.setdefault(one.key, one)
            if first is not one:
                wrong = [Fault(row.no, TITLES["code"], f"和第 {first.row} 行的编码、生效日期都相同。请删掉一行。")]
        faults += wrong
    for one in found.values():
        one.known = PowerItem.objects.filter(code=one.key[0], valid_from=one.key[1]).first()
    return list(found.values()), faults


def _between(no: int, values: dict[str, Any]) -> list[Fault]:
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        return [Fault(no, TITLES["valid_to"], "失效日期早于生效日期，请核对。")]
    return []


def write(rows: Sequence[Prepared], load: RegisterImport, at: datetime) -> Counts:
    """Write the powers; a new version ends the one before it on the day before."""
    counts = Counts()
    for one in rows:
        if one.known is None:
            end_earlier(PowerItem.objects.all(), "code", one.key)
            PowerItem.objects.create(**one.values)
            counts.created += 1
            continue
        changed = [key for key, value in one.values.items() if getattr(one.known, key) != value]
        for key in changed:
            setattr(one.known, key, one.values[key])
        if changed:
            one.known.version += 1
            one.known.save(update_fields=[*changed, "version"])
        counts.updated += bool(changed)
        counts.unchanged += not changed
    return counts
