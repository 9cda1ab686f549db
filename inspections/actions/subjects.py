"""Entries of the directory of supervised objects: entered, changed with their history, merged and taken apart again."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from inspections.actions.frame import refuse_if
from inspections.loading.object_writing import changed_values
from inspections.numbering import object_numbers
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Conflict, NotFound, Refusal
from lishu_law.registry.actions import enter_party, enter_vehicle
from lishu_law.registry.details import PartyDetails, VehicleDetails
from lishu_law.registry.models import (
    OWN_NAMED,
    ChangeKind,
    Party,
    SubjectChange,
    SubjectKind,
    SubjectLicence,
    SupervisedSubject,
    Vehicle,
)
from lishu_law.registry.name_keys import name_initials

STALE = "有人在您打开这一页之后改过这个对象。您填的内容没有丢，请核对后再提交。"
LABELS = {
    "kind": "对象类别", "party": "责任人", "vehicle": "车辆", "name": "自有名称", "industry": "行业类别", "address": "地址",
    "area_code": "行政区划代码", "longitude": "经度", "latitude": "纬度", "contact_name": "联系人",
    "contact_phone": "联系电话", "employees": "从业人数", "vehicle_count": "车辆数", "scale": "规模",
    "quality_level": "质量信誉", "risk_class": "信用风险", "risk_tags": "风险标签", "status": "状态",
    "valid_from": "有效期起", "valid_to": "有效期止",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SubjectDetails:
    """What is known of an object. ``source`` and ``updated_on`` say where that comes from and of which day it is.

    Of a new object whoever answers for it and the vehicle may be given as details: they are registered in the same act.
    """

    kind: str
    party: Party | PartyDetails
    industry: str
    address: str
    source: str
    updated_on: date
    vehicle: Vehicle | VehicleDetails | None = None
    name: str = ""
    area_code: str = "220322"
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    contact_name: str = ""
    contact_phone: str = ""
    employees: int | None = None
    vehicle_count: int | None = None
    scale: str = ""
    quality_level: str = ""
    risk_class: str = "B"
    risk_tags: tuple[str, ...] = ()
    status: str = "operating"
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class LicenceDetails:
    """One licence."""

    kind: str
    number: str
    scope: str = ""
    issued_on: date | None = None
    expires_on: date | None = None


@transaction.atomic(durable=True)
def register_subject(*, by: Any, details: SubjectDetails, at: datetime | None = None) -> SupervisedSubject:
    """Enter an object. Raises ``Refused`` with everything that is wrong, also when it is listed already."""
    policy.check(by, "subject.edit")
    moment = at or clock.now()
    refuse_if(_faults(details, clock.local(moment).date()))
    details = _registered(details)
    refuse_if(_listed_already(details))
    entry = SupervisedSubject(object_no=object_numbers(1)[0], **_values(details))
    entry.save(force_insert=True)
    SubjectChange.objects.create(subject=entry, kind=ChangeKind.CREATED, by=by, at=moment)
    journal.record("subject.register", by=by, on=("subject", entry.object_no))
    return entry


@transaction.atomic(durable=True)
def update_subject(
    *, by: Any, object_no: str, version: int | None, details: SubjectDetails, at: datetime | None = None
) -> SupervisedSubject:
    """Change an entry; what it was before stays in its history."""
    policy.check(by, "subject.edit")
    moment = at or clock.now()
    entry = lock_entry(object_no, version)
    faults = [*_faults(details, clock.local(moment).date()), *_listed_already(details, but=entry.pk)]
    if details.updated_on < entry.updated_on:
        text = f"名录里的数据是 {entry.updated_on} 的，比您填的数据日期新。请核对。"
        faults.append(Refusal("subject-older", text, "", "updated_on"))
    refuse_if(faults)
    changes = changed_values(entry, _values(details))
    said = {LABELS[name]: pair for name, pair in changes.items() if name in LABELS}
    entry.version += 1
    entry.save(update_fields=[*changes, "version"])
    SubjectChange.objects.create(subject=entry, kind=ChangeKind.UPDATED, changes=said, by=by, at=moment)
    journal.record("subject.update", by=by, on=("subject", entry.object_no), details={"fields": sorted(changes)})
    return entry


@transaction.atomic(durable=True)
def add_licence(*, by: Any, object_no: str, licence: LicenceDetails, at: datetime | None = None) -> SubjectLicence:
    """Enter a licence, or change the period and scope of the one with this number."""
    policy.check(by, "subject.edit")
    entry = lock_entry(object_no)
    if licence.issued_on and licence.expires_on and licence.expires_on < licence.issued_on:
        refuse_if([Refusal("licence-period", "许可证到期日期早于发证日期，请核对。", "", "expires_on")])
    values = {name: getattr(licence, name) for name in ("scope", "issued_on", "expires_on")}
    held, is_new = SubjectLicence.objects.update_or_create(
        subject=entry, kind=licence.kind, number=licence.number, defaults=values
    )
    word = "登记" if is_new else "更新"
    SubjectChange.objects.create(
        subject=entry, kind=ChangeKind.UPDATED, changes={"许可证": ["", f"{word} {held.number}"]}, by=by,
        at=at or clock.now(),
    )  # fmt: skip
    journal.record("subject.licence", by=by, on=("subject", entry.object_no), details={"licence": held.pk})
    return held


def lock_entry(object_no: str, version: int | None = None) -> SupervisedSubject:
    """The listed entry, locked; ``NotFound`` for one that was merged away."""
    entry = (
        SupervisedSubject.objects.listed()
        .select_for_update(of=("self",))
        .select_related("party", "vehicle")
        .filter(object_no=object_no)
        .first()
    )
    if entry is None:
        raise NotFound
    if version is not None and version != entry.version:
        raise Conflict(STALE)
    return entry


def _registered(details: SubjectDetails) -> SubjectDetails:
    """The same with party and vehicle from the registry, entered now if they are new: nothing is typed twice."""
    party, vehicle = details.party, details.vehicle
    if isinstance(party, PartyDetails):
        typed = party.name
        party, is_new = enter_party(party)
        if not is_new and party.name != typed:
            text = f"这个号码登记的名称是“{party.name[:60]}”，与填写的不一致。请核对证照。"
            refuse_if([Refusal("subject-party-name", text, "", "party_name")])
    if isinstance(vehicle, VehicleDetails):
        vehicle, _is_new = enter_vehicle(replace(vehicle, owner=party))
    return replace(details, party=party, vehicle=vehicle)


def _values(details: SubjectDetails) -> dict[str, Any]:
    values = {one.name: getattr(details, one.name) for one in fields(details)}
    values["risk_tags"] = list(details.risk_tags)
    values["name_initials"] = name_initials(details.name) if details.name else ""
    return values


def _faults(details: SubjectDetails, today: date) -> list[Refusal]:
    faults = []
    if not details.address.strip():
        faults.append(Refusal("subject-address", "请填写地址。没有地址的对象不能报备检查，也不能抽取。", "", "address"))
    if not details.source.strip():
        faults.append(Refusal("subject-source", "请写明数据来源，例如“现场核实”。", "", "source"))
    if (details.kind == SubjectKind.VEHICLE) != (details.vehicle is not None):
        text = "车辆请填车牌号。" if details.vehicle is None else "只有车辆才填车牌号，请核对对象类别。"
        faults.append(Refusal("subject-vehicle", text, "", "vehicle"))
    if (details.kind in OWN_NAMED) != bool(details.name):
        text = "这一类对象没有自有名称，请删掉。" if details.name else "场所、工程项目、线路和船舶要填自有名称。"
        faults.append(Refusal("subject-name", text, "", "name"))
    if (details.longitude is None) != (details.latitude is None):
        faults.append(Refusal("subject-position", "经度和纬度要一起填。", "", "longitude"))
    if details.updated_on > today:
        faults.append(Refusal("subject-updated", "数据日期不能晚于今天。", "", "updated_on"))
    if details.valid_from and details.valid_to and details.valid_to < details.valid_from:
        faults.append(Refusal("subject-period", "有效期止早于有效期起，请核对。", "", "valid_to"))
    return faults


def _listed_already(details: SubjectDetails, but: int | None = None) -> list[Refusal]:
    """The same vehicle, or the same party with the same kind, industry and name, stands in the directory once."""
    party, vehicle = details.party, details.vehicle
    assert isinstance(party, Party)
    listed = SupervisedSubject.objects.listed().exclude(pk__in=[but] if but else [])
    if isinstance(vehicle, Vehicle):
        other = listed.filter(vehicle=vehicle).first()
    else:
        other = listed.filter(party=party, kind=details.kind, industry=details.industry, name=details.name).first()
    if other is None:
        return []
    return [Refusal("subject-listed", f"名录里已经有这个对象（{other.object_no}），不用再登记。", "", "party")]
