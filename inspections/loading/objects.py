"""Loading the directory of supervised objects (监管对象名录库): known parties, vehicles and entries are used, not doubled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lishu_law.registry.details import PartyDetails, VehicleDetails, check_party, check_vehicle
from lishu_law.registry.identity import InvalidValue, normalise, parse_phone
from lishu_law.registry.models import (
    OWN_NAMED,
    Industry,
    Party,
    PartyKind,
    QualityLevel,
    RiskClass,
    RiskTag,
    SubjectKind,
    SubjectScale,
    SubjectStatus,
    SupervisedSubject,
    Vehicle,
)
from lishu_law.web.loading.columns import (
    Column,
    Fault,
    Row,
    day,
    decimal_between,
    one_of,
    raw,
    read_cells,
    remembered,
    some_of,
    whole_number,
    words,
)  # fmt: skip
from lishu_law.web.loading.resting import collector_resting


def area_code(text: str) -> str:
    value = normalise.code(text)
    if not (value.isascii() and value.isdigit() and len(value) == 6):
        raise InvalidValue("area", "行政区划代码应是 6 位数字，例如 220322。")
    return value


def contact_phone(text: str) -> str:
    return parse_phone(text)


COLUMNS = (
    Column("object_no", "对象编号", words(20), note="更新名录里已有的对象时填，新增的不填"),
    Column("kind", "对象类别", one_of(SubjectKind.choices), True, "企业、个体工商户、车辆、场所等"),
    Column("party_name", "名称", raw, True, "单位、个体工商户或者责任人的名称，与证照一致"),
    Column("uscc", "统一社会信用代码", raw, note="企业、合作社、事业单位必填"),
    Column("person_name", "负责人", raw, note="法定代表人、负责人或者经营者"),
    Column("id_number", "证件号码", raw, note="自然人必填；个体工商户没有信用代码时填经营者的"),
    Column("own_name", "对象自有名称", words(100), note="场所、工程项目、线路、船舶必填"),
    Column("plate", "车牌号", raw, note="车辆必填"),
    Column("vehicle_type", "车辆类型", raw),
    Column("industry", "行业类别", one_of([*Industry.choices, *((v, v) for v in Industry.values)]), True),
    Column("address", "地址", words(200), True, "检查时去的地方"),
    Column("area_code", "行政区划代码", area_code, note="不填按 220322"),
    Column("longitude", "经度", decimal_between("-180", "180", 6)),
    Column("latitude", "纬度", decimal_between("-90", "90", 6)),
    Column("contact_name", "联系人", words(50)),
    Column("contact_phone", "联系电话", contact_phone),
    Column("employees", "从业人数", whole_number),
    Column("vehicle_count", "车辆数", whole_number),
    Column("scale", "规模", one_of(SubjectScale.choices)),
    Column("quality_level", "质量信誉", one_of(QualityLevel.choices)),
    Column("risk_class", "信用风险", one_of([*((v, v) for v in RiskClass.values), *RiskClass.choices])),
    Column("risk_tags", "风险标签", some_of(RiskTag.choices)),
    Column("status", "状态", one_of(SubjectStatus.choices)),
    Column("licence_no", "许可证号", words(40)),
    Column("licence_scope", "许可范围", words(200)),
    Column("licence_issued_on", "许可证发证日期", day),
    Column("licence_expires_on", "许可证到期日期", day),
    Column("updated_on", "数据日期", remembered(day), note="来源给出的日期，不填按导入当天"),
)
TITLES = {column.key: column.title for column in COLUMNS}
# The fields of the entry that a row may fill, beside who and what it is.
OWN_FIELDS = (
    "address", "area_code", "longitude", "latitude", "contact_name", "contact_phone", "employees", "vehicle_count",
    "scale", "quality_level", "risk_class", "risk_tags", "status",
)  # fmt: skip
_PARTY_COLUMNS = {"name": "party_name", "id_kind": "id_number", "gender": "id_number", "kind": "kind"}
_VEHICLE_COLUMNS = {"plate": "plate", "type_name": "vehicle_type"}
# By the texts of the kinds: a member of an enumeration is slow to look up.
_PARTY_KIND = {
    kind.value: party_kind.value
    for kind, party_kind in (
        (SubjectKind.ENTERPRISE, PartyKind.ORGANISATION), (SubjectKind.COOPERATIVE, PartyKind.ORGANISATION),
        (SubjectKind.INSTITUTION, PartyKind.ORGANISATION), (SubjectKind.SHOP, PartyKind.INDIVIDUAL_BUSINESS),
        (SubjectKind.PERSON, PartyKind.CITIZEN),
    )
}  # fmt: skip
_OWN_NAMED = frozenset(kind.value for kind in OWN_NAMED)
Key = tuple[Any, ...]


@dataclass
class Prepared:
    """A faultless row: whom and what it is about, and what is known of that already."""

    row: int
    values: dict[str, Any]
    party: PartyDetails
    party_key: Key
    vehicle: VehicleDetails | None = None
    known_party: Party | None = None
    known_vehicle: Vehicle | None = None
    known: SupervisedSubject | None = None


@dataclass
class Seen:
    """What earlier rows of the same file said: which row an object stands in, and how a party is called."""

    objects: dict[Key, int] = field(default_factory=dict)
    names: dict[Key, tuple[str, int]] = field(default_factory=dict)


@collector_resting()
def check(rows: Sequence[Row], seen: Seen, today: date, *, demo: bool) -> tuple[list[Prepared], list[Fault]]:
    """The rows that can be written, and every fault of the others."""
    faults: list[Fault] = []
    shaped = [one for row in rows if (one := _shaped(row, faults, today, demo))]
    _look_up(shaped)
    good = []
    for one in shaped:
        found = [*_against_known(one, today), *_against_seen(one, seen)]
        faults += found
        if not found:
            good.append(one)
    return good, faults


def _shaped(row: Row, faults: list[Fault], today: date, demo: bool) -> Prepared | None:
    """The row by itself: its cells, its party, its vehicle and what its kind needs."""
    values, found = read_cells(COLUMNS, row)
    kind = values.get("kind", "")
    party, party_faults = _party(values, kind, today, demo)
    found += [Fault(row.no, TITLES[key], text) for key, text in party_faults]
    vehicle, vehicle_faults = _vehicle(values, kind)
    found += [Fault(row.no, TITLES[key], text) for key, text in (*vehicle_faults, *_between(values, kind, today))]
    if found:
        # The same column is not told twice.
        faults += list({fault.column: fault for fault in reversed(found)}.values())[::-1]
        return None
    key: Key = ("code", party.uscc) if party.uscc else ("id", party.kind, party.id_number, *_shop_name(party))
    return Prepared(row.no, values, party, key, vehicle)


def _shop_name(party: PartyDetails) -> tuple[str, ...]:
    """Two shops of one operator are two parties; a citizen is one whatever the spelling."""
    return (party.name,) if party.kind == PartyKind.INDIVIDUAL_BUSINESS else ()


def _party(values: dict[str, Any], kind: str, today: date, demo: bool) -> tuple[PartyDetails, list[tuple[str, str]]]:
    uscc, id_number = normalise.half_width(values.get("uscc", "")).strip(), values.get("id_number", "")
    party_kind = _PARTY_KIND.get(kind) if kind else PartyKind.ORGANISATION
    if party_kind is None:  # whoever answers for a vehicle, a site, a project: told by the code
        shop = uscc.startswith("92")
        party_kind = (PartyKind.INDIVIDUAL_BUSINESS if shop else PartyKind.ORGANISATION) if uscc else PartyKind.CITIZEN
    details = PartyDetails(
        kind=party_kind, name=values.get("party_name", ""), uscc=uscc, person_name=values.get("person_name", ""),
        id_number=id_number, address=values.get("address", ""),
    )  # fmt: skip
    checked, refusals = check_party(details, today=today, demo=demo)
    faults = [(_PARTY_COLUMNS.get(one.fix, one.fix), one.message) for one in refusals if one.fix != "address"]
    if party_kind == PartyKind.CITIZEN and not checked.id_number:
        faults.append(("id_number", "没有信用代码的，请填责任人的证件号码，否则分不清是不是同一个人。"))
    return checked, faults


def _vehicle(values: dict[str, Any], kind: str) -> tuple[VehicleDetails | None, list[tuple[str, str]]]:
    if kind != SubjectKind.VEHICLE:
        return None, [("plate", "只有车辆才填车牌号。请核对对象类别。")] if "plate" in values and kind else []
    details = VehicleDetails(plate=values.get("plate", ""), type_name=values.get("vehicle_type", ""))
    checked, refusals = check_vehicle(details)
    return checked, [(_VEHICLE_COLUMNS.get(one.fix, "plate"), one.message) for one in refusals]


def _between(values: dict[str, Any], kind: str, today: date) -> Iterable[tuple[str, str]]:
    """What holds between the cells of a row."""
    own = kind in _OWN_NAMED
    if own and "own_name" not in values:
        yield "own_name", "场所、工程项目、线路和船舶要填对象自有名称。"
    if kind and not own and "own_name" in values:
        yield "own_name", "这一类对象没有自有名称，请删掉，或者核对对象类别。"
    if ("longitude" in values) != ("latitude" in values):
        yield ("latitude" if "longitude" in values else "longitude"), "经度和纬度要一起填。"
    if values.get("updated_on", today) > today:
        yield "updated_on", "数据日期不能晚于今天，请核对。"
    issued, expires = values.get("licence_issued_on"), values.get("licence_expires_on")
    if issued and expires and expires < issued:
        yield "licence_expires_on", "许可证到期日期早于发证日期，请核对。"
    if "licence_no" not in values and (issued or expires or "licence_scope" in values):
        yield "licence_no", "填了许可范围或者日期，请把许可证号也填上。"


def _look_up(rows: Sequence[Prepared]) -> None:
    """What the registry knows already, in four statements whatever the number of rows."""
    codes = {one.party.uscc for one in rows if one.party.uscc}
    indexes = {one.row: Party.index_of(one.party.id_number) for one in rows if not one.party.uscc}
    # Empty codes and plates are excluded in words: only then may the database use the index that leaves them out.
    known = Party.objects.only("kind", "name", "uscc", "id_index")
    parties = {("code", p.uscc): p for p in known.filter(uscc__in=codes).exclude(uscc="")}
    for p in known.filter(id_index__in=set(indexes.values()) - {""}).exclude(kind=PartyKind.ORGANISATION):
        parties[("index", p.kind, p.id_index, *((p.name,) if p.kind == PartyKind.INDIVIDUAL_BUSINESS else ()))] = p
    plates = {one.vehicle.plate for one in rows if one.vehicle}
    vehicles = {v.plate: v for v in Vehicle.objects.filter(plate__in=plates).exclude(plate="")}
    for one in rows:
        key = one.party_key if one.party.uscc else ("index", one.party.kind, indexes[one.row], *_shop_name(one.party))
        one.known_party = parties.get(key)
        one.known_vehicle = vehicles.get(one.vehicle.plate) if one.vehicle else None
    entries = _entries(rows)
    for one in rows:
        numbered = one.values.get("object_no")
        one.known = entries.get(("no", numbered) if numbered else _object_key(one))


def _entries(rows: Sequence[Prepared]) -> dict[Key, SupervisedSubject]:
    known = SupervisedSubject.objects.listed().select_related("party", "vehicle")
    found: dict[Key, SupervisedSubject] = {}
    numbers = [one.values["object_no"] for one in rows if "object_no" in one.values]
    owners = {one.known_party.pk for one in rows if one.known_party}
    plated = {one.known_vehicle.pk for one in rows if one.known_vehicle}
    for entry in (*known.filter(party__in=owners), *known.filter(vehicle__in=plated)):
        code = ("code", entry.party.uscc) if entry.party.uscc else ("party", entry.party_id)
        plate = entry.vehicle.plate if entry.vehicle else ""
        found[("plate", plate) if plate else (code, entry.kind, entry.name or entry.industry)] = entry
    found.update((("no", entry.object_no), entry) for entry in known.filter(object_no__in=numbers))
    return found


def _object_key(one: Prepared) -> Key:
    """What makes two rows, or a row and an entry, the same object."""
    if one.vehicle:
        return ("plate", one.vehicle.plate)
    code: Key = one.party_key
    if code[0] != "code" and one.known_party:
        code = ("party", one.known_party.pk)
    return (code, one.values["kind"], one.values.get("own_name") or one.values["industry"])


def _against_known(one: Prepared, today: date) -> Iterable[Fault]:
    """A code that belongs to another name, a number nobody has, data older than what stands there."""
    if one.known_party and one.known_party.name != one.party.name:
        text = f"这个号码登记的名称是“{one.known_party.name[:60]}”，与填写的不一致。请核对证照。"
        yield Fault(one.row, TITLES["party_name"], text)
    if "object_no" in one.values and one.known is None:
        yield Fault(one.row, TITLES["object_no"], "名录里没有这个编号。新增的对象请不要填编号。")
    elif one.known is not None:
        if one.known.kind != one.values["kind"]:
            shown = one.known.get_kind_display()
            yield Fault(one.row, TITLES["kind"], f"名录里这个对象的类别是“{shown}”，不能改成别的。请核对。")
        if one.known_party and one.known.party_id != one.known_party.pk:
            text = f"名录里这个对象属于“{one.known.party.name[:60]}”。要改责任人的，请在对象页面上改。"
            yield Fault(one.row, TITLES["party_name"], text)
        if one.values.get("updated_on", today) < one.known.updated_on:
            text = f"名录里的数据是 {one.known.updated_on} 的，比这一行新。请不要用旧数据覆盖。"
            yield Fault(one.row, TITLES["updated_on"], text)


def _against_seen(one: Prepared, seen: Seen) -> Iterable[Fault]:
    """The same object twice in one file, or one code with two names."""
    key = ("no", one.values["object_no"]) if "object_no" in one.values else _object_key(one)
    first = seen.objects.setdefault(key, one.row)
    if first != one.row:
        column = "plate" if one.vehicle else "uscc" if one.party.uscc else "id_number"
        yield Fault(one.row, TITLES[column], f"和第 {first} 行是同一个对象。请合并成一行。")
    name, row = seen.names.setdefault(one.party_key, (one.party.name, one.row))
    if name != one.party.name:
        yield Fault(one.row, TITLES["party_name"], f"和第 {row} 行号码相同，名称不同。请核对证照。")
