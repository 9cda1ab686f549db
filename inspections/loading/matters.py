"""Loading the published matters: one row per check point, the rows of one code and first day are one matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from cases.api import violations
from inspections.models import (
    OUTCOMES,
    BodyLevel,
    Category,
    Form,
    InspectionFiling,
    InspectionMatter,
    Method,
    RoadsideCheck,
)
from lishu_law.registry.identity import InvalidValue, normalise
from lishu_law.registry.models import Industry, RegisterImport
from lishu_law.web.loading.columns import (
    Column,
    Fault,
    Row,
    day,
    decimal_between,
    narrative,
    one_of,
    raw,
    read_cells,
    some_of,
    words,
    yes_or_no,
)  # fmt: skip
from lishu_law.web.loading.register import Counts


def item_code(text: str) -> str:
    value = normalise.code(text)
    if not (value.isascii() and value.isdigit() and len(value) == 14):
        raise InvalidValue("code", f"事项编码应是 14 位数字，现在是 {len(value)} 位。请核对。")
    return value


COLUMNS = (
    Column("item_code", "事项编码", item_code, True, "14 位数字"),
    Column("name", "事项名称", words(100), True),
    Column("sub_item", "子项", words(100)),
    Column("object_class", "检查对象", words(30), True),
    Column("basis", "检查依据", words(300), True, "法律法规的名称和条款"),
    Column("basis_kind", "设定依据", words(60)),
    Column("list_code", "检查实施清单编码", words(40)),
    Column("body_level", "实施层级", one_of(BodyLevel.choices)),
    Column("exercised_level", "行使层级", one_of(BodyLevel.choices)),
    Column("industries", "适用行业", some_of([(v, v) for v in Industry.values])),
    Column("forms", "检查形式", some_of(Form.choices), note="不填为全部"),
    Column("methods", "检查方式", some_of(Method.choices), note="不填为全部"),
    Column("categories", "检查类别", some_of(Category.choices), note="不填为全部"),
    Column("frequency", "检查频次", words(100)),
    Column("draw_ratio", "抽取比例", decimal_between("0.01", "100", 2), note="每年百分之几"),
    Column("violations", "关联案由", raw, note="案由代码，用空格隔开"),
    Column("is_key", "重点事项", yes_or_no),
    Column("at_roadside", "巡查可查", yes_or_no),
    Column("published_on", "公布日期", day),
    Column("valid_from", "生效日期", day, True),
    Column("valid_to", "失效日期", day),
    Column("no", "检查点编号", words(20), True),
    Column("content", "检查内容", narrative(300), True),
    Column("method", "检查方法", narrative(300), True),
    Column("standard", "检查标准", narrative(500), True),
    Column("options", "结果选项", some_of([(one, one) for one in OUTCOMES]), note="不填为全部四种"),
)
TITLES = {column.key: column.title for column in COLUMNS}
POINT_KEYS = ("no", "content", "method", "standard", "options")
HEAD_KEYS = tuple(column.key for column in COLUMNS if column.key not in POINT_KEYS)


@dataclass
class Prepared:
    """A faultless matter with its points, the version it changes, or the one it follows."""

    row: int
    values: dict[str, Any]
    points: list[dict[str, Any]]
    known: InspectionMatter | None = None

    @property
    def key(self) -> tuple[str, date]:
        return self.values["item_code"], self.values["valid_from"]


def check(rows: Sequence[Row], seen: Any, today: date, *, demo: bool) -> tuple[list[Prepared], list[Fault]]:
    """The matters that can be written, and every fault. The whole file is one piece."""
    faults: list[Fault] = []
    found: dict[tuple[str, date], Prepared] = {}
    broken: set[tuple[str, date]] = set()
    for row in rows:
        values, wrong = read_cells(COLUMNS, row)
        wrong += _between(row.no, values)
        faults += wrong
        if "item_code" not in values or "valid_from" not in values:
            continue
        key = (values["item_code"], values["valid_from"])
        if wrong:
            broken.add(key)
            continue
        head, point = _split(values)
        matter = found.setdefault(key, Prepared(row.no, head, []))
        trouble = _joins(row.no, matter, head, point)
        faults += trouble
        if trouble:
            broken.add(key)
        matter.points.append(point)
    good = [matter for key, matter in found.items() if key not in broken]
    kept = []
    for one in good:
        trouble = list(against_known(one))
        faults += trouble
        if not trouble:
            kept.append(one)
    return kept, faults


def _split(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    head = {key: values[key] for key in HEAD_KEYS if key in values}
    return head, {key: values[key] for key in POINT_KEYS if key in values}


def _between(no: int, values: dict[str, Any]) -> list[Fault]:
    faults = []
    if "violations" in values:
        known = {one.code for one in violations()}
        values["violations"] = values["violations"].replace(",", " ").replace("、", " ").split()
        unknown = [code for code in values["violations"] if code not in known]
        if unknown:
            faults.append(Fault(no, TITLES["violations"], f"没有“{unknown[0][:30]}”这个案由代码。请照裁量基准里的填。"))
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        faults.append(Fault(no, TITLES["valid_to"], "失效日期早于生效日期，请核对。"))
    return faults


def _joins(no: int, matter: Prepared, head: dict[str, Any], point: dict[str, Any]) -> Iterable[Fault]:
    """A further point of a matter repeats its head and has a number of its own."""
    if head != matter.values:
        key = next(k for k in HEAD_KEYS if head.get(k) != matter.values.get(k))
        return [Fault(no, TITLES[key], f"和第 {matter.row} 行是同一个事项，但“{TITLES[key]}”不一样。请改成一样。")]
    if point["no"] in {one["no"] for one in matter.points}:
        return [Fault(no, TITLES["no"], "这个事项里已经有这个检查点编号。请改编号。")]
    return []


def against_known(matter: Prepared) -> Iterable[Fault]:
    code, first = matter.key
    matter.known = InspectionMatter.objects.filter(item_code=code, valid_from=first).first()
    if matter.known and differs(matter.known, matter) and is_used(matter.known):
        text = "这一版已经用于检查备案，不能再改。请用新的生效日期另起一版。"
        yield Fault(matter.row, TITLES["valid_from"], text)
    later = InspectionMatter.objects.filter(item_code=code, valid_from__gt=first).order_by("valid_from").first()
    last = matter.values.get("valid_to")
    if later and matter.known is None and (last is None or last >= later.valid_from):
        text = f"这个事项从 {later.valid_from} 起已有新版，请把失效日期填到那一天以前。"
        yield Fault(matter.row, TITLES["valid_to"], text)


def is_used(matter: InspectionMatter) -> bool:
    """Does a filing or a roadside check stand on this version? Then it is history."""
    return (
        InspectionFiling.objects.filter(matters=matter).exists() or RoadsideCheck.objects.filter(matter=matter).exists()
    )


def differs(known: InspectionMatter, matter: Prepared) -> bool:
    return known.check_points != matter.points or any(
        getattr(known, key) != value for key, value in matter.values.items()
    )


def write(rows: Sequence[Prepared], load: RegisterImport, at: datetime) -> Counts:
    """Write the matters; a new version ends the one before it on the day before."""
    counts = Counts()
    for one in rows:
        what = write_one(one)
        setattr(counts, what, getattr(counts, what) + 1)
    return counts


def write_one(one: Prepared) -> str:
    """Write one matter; which of the counts it goes into."""
    if one.known is None:
        end_earlier(InspectionMatter.objects.all(), "item_code", one.key)
        InspectionMatter.objects.create(**one.values, check_points=one.points)
        return "created"
    if not differs(one.known, one):
        return "unchanged"
    for key, value in (*one.values.items(), ("check_points", one.points)):
        setattr(one.known, key, value)
    one.known.save(update_fields=[*one.values, "check_points"])
    return "updated"


def end_earlier(versions: Any, name: str, key: tuple[str, date]) -> None:
    """The versions in force before the new one end on the day before it begins."""
    code, first = key
    versions.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first), **{name: code}, valid_from__lt=first).update(
        valid_to=first - timedelta(days=1)
    )
