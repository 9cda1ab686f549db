"""Writing checked rows into the directory: new parties, vehicles and entries by COPY, changes of known ones with history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from inspections.loading.objects import OWN_FIELDS, TITLES, Key, Prepared
from inspections.numbering import object_numbers
from lishu_law import clock
from lishu_law.registry.details import PartyDetails
from lishu_law.registry.identity import parse_person_name
from lishu_law.registry.models import (
    ChangeKind,
    Party,
    PartyKind,
    RegisterImport,
    SubjectChange,
    SubjectLicence,
    SupervisedSubject,
    Vehicle,
)
from lishu_law.registry.models.parties import new_references
from lishu_law.registry.name_keys import name_initials, name_keys
from lishu_law.web.loading.copying import copy_rows, reserve_ids
from lishu_law.web.loading.register import Counts
from lishu_law.web.loading.resting import collector_resting

DETAILS = tuple(one.name for one in fields(PartyDetails))
PARTY_COLUMNS = ("id", "reference", "name_key", "name_initials", "name_needs_check", "id_index", *DETAILS)
SUBJECT_COLUMNS = (
    "id", "object_no", "party_id", "vehicle_id", "name", "name_initials", "kind", "industry", "updated_on", *OWN_FIELDS,
)  # fmt: skip
LICENCE_COLUMNS = ("id", "subject_id", "number", "scope", "issued_on", "expires_on")
LICENCE_KEYS = ("licence_no", "licence_scope", "licence_issued_on", "licence_expires_on")
_of_details = attrgetter(*DETAILS)
_FIELDS = {field.name: field for field in SupervisedSubject._meta.concrete_fields}
_DEFAULTS = tuple(_FIELDS[name].get_default() for name in OWN_FIELDS)
_LICENCE_DEFAULTS = ("", "", None, None)
HIDDEN = "（已登记，不显示）"


@collector_resting()
def write(rows: Sequence[Prepared], load: RegisterImport, at: datetime) -> Counts:
    """Write the rows inside the caller's transaction."""
    parties = _parties(rows, at)
    vehicles = _vehicles(rows, parties)
    fresh = [one for one in rows if one.known is None]
    _create(fresh, parties, vehicles, load, clock.local(at).date())
    updated = _update([one for one in rows if one.known is not None], load, at)
    return Counts(len(fresh), updated, len(rows) - len(fresh) - updated)


def _parties(rows: Sequence[Prepared], at: datetime) -> dict[Key, int]:
    """The key of each party's row: those that are known, and new ones written now."""
    keys = {one.party_key: one.known_party.pk for one in rows if one.known_party}
    fresh = {one.party_key: one.party for one in rows if one.party_key not in keys}
    ids = reserve_ids(Party, len(fresh)) if fresh else []
    rows_of_parties = [
        (pk, reference, *_party(details))
        for details, pk, reference in zip(fresh.values(), ids, new_references(len(fresh)), strict=True)
    ]
    copy_rows(Party, PARTY_COLUMNS, rows_of_parties, created_at=at, checked_on=clock.local(at).date())
    return keys | dict(zip(fresh, ids, strict=True))


def _party(details: PartyDetails) -> tuple[Any, ...]:
    """The columns behind the number and the reference."""
    needs_check = details.kind == PartyKind.CITIZEN and parse_person_name(details.name).needs_check
    return (*name_keys(details.name), needs_check, Party.index_of(details.id_number), *_of_details(details))


def _vehicles(rows: Sequence[Prepared], parties: dict[Key, int]) -> dict[str, int]:
    plates = {one.known_vehicle.plate: one.known_vehicle.pk for one in rows if one.known_vehicle}
    fresh = [one for one in rows if one.vehicle and one.vehicle.plate not in plates]
    made = []
    for one, pk in zip(fresh, reserve_ids(Vehicle, len(fresh)) if fresh else [], strict=True):
        details = one.vehicle
        assert details is not None
        made.append((pk, details.plate, details.plate_kind, details.type_name, parties[one.party_key]))
        plates[details.plate] = pk
    copy_rows(Vehicle, ("id", "plate", "plate_kind", "type_name", "owner_id"), made)
    return plates


def _create(
    rows: Sequence[Prepared], parties: dict[Key, int], vehicles: dict[str, int], load: RegisterImport, today: date
) -> None:
    if not rows:
        return
    made, licences = [], []
    numbers, ids = object_numbers(len(rows)), reserve_ids(SupervisedSubject, len(rows))
    for one, number, pk in zip(rows, numbers, ids, strict=True):
        values = one.values
        own_name = values.get("own_name", "")
        vehicle_id = vehicles[one.vehicle.plate] if one.vehicle else None
        initials = name_initials(own_name) if own_name else ""
        made.append(
            (pk, number, parties[one.party_key], vehicle_id, own_name, initials, values["kind"], values["industry"],
             values.get("updated_on", today), *map(values.get, OWN_FIELDS, _DEFAULTS))
        )  # fmt: skip
        if "licence_no" in values:
            licences.append((pk, *map(values.get, LICENCE_KEYS, _LICENCE_DEFAULTS)))
    copy_rows(SupervisedSubject, SUBJECT_COLUMNS, made, source=load.source, loaded_by_id=load.pk)
    numbered = [(pk, *licence) for pk, licence in zip(_licence_ids(licences), licences, strict=True)]
    copy_rows(SubjectLicence, LICENCE_COLUMNS, numbered)


def _licence_ids(licences: Sequence[Any]) -> list[int]:
    return reserve_ids(SubjectLicence, len(licences)) if licences else []


def _licence(values: dict[str, Any], subject_id: int) -> SubjectLicence:
    return SubjectLicence(
        subject_id=subject_id, number=values["licence_no"], scope=values.get("licence_scope", ""),
        issued_on=values.get("licence_issued_on"), expires_on=values.get("licence_expires_on"),
    )  # fmt: skip


def _update(rows: Sequence[Prepared], load: RegisterImport, at: datetime) -> int:
    """Change what the rows change; how many entries that were."""
    count = 0
    today = clock.local(at).date()
    for one in rows:
        entry = one.known
        assert entry is not None
        changes = changed_values(entry, {name: one.values[name] for name in OWN_FIELDS if name in one.values})
        licence_changes = _licence_changes(entry, one.values)
        if not changes and not licence_changes:
            continue
        entry.source, entry.updated_on = load.source, one.values.get("updated_on", today)
        entry.version += 1
        entry.save(update_fields=[*changes, "source", "updated_on", "version"])
        said = {TITLES[name]: pair for name, pair in changes.items()} | licence_changes
        SubjectChange.objects.create(
            subject=entry, kind=ChangeKind.IMPORTED, changes=said, by=load.by, at=at, load=load
        )
        count += 1
    return count


def _licence_changes(entry: SupervisedSubject, values: dict[str, Any]) -> dict[str, list[str]]:
    if "licence_no" not in values:
        return {}
    wanted = _licence(values, entry.pk)
    held = SubjectLicence.objects.filter(subject=entry, kind=wanted.kind, number=wanted.number).first()
    if held is None:
        wanted.save()
        return {"许可证": ["", wanted.number]}
    fields = [
        name for name in ("scope", "issued_on", "expires_on")
        if getattr(wanted, name) and getattr(wanted, name) != getattr(held, name)
    ]  # fmt: skip
    if not fields:
        return {}
    before = licence_words(held)
    for name in fields:
        setattr(held, name, getattr(wanted, name))
    held.save(update_fields=fields)
    return {"许可证": [before, licence_words(held)]}


def licence_words(licence: SubjectLicence) -> str:
    """The licence in one line of history."""
    period = f"{licence.issued_on or ''}–{licence.expires_on or ''}" if licence.issued_on or licence.expires_on else ""
    return " ".join(part for part in (licence.number, licence.scope, period) if part)


def changed_values(entry: SupervisedSubject, values: dict[str, Any]) -> dict[str, list[str]]:
    """Set what differs; each changed field with its words before and after. Phones are named, not shown."""
    changes = {}
    for name, value in values.items():
        before = getattr(entry, name)
        if before == value:
            continue
        pair = [shown(entry, name)]
        setattr(entry, name, value)
        pair.append(shown(entry, name))
        changes[name] = pair if name != "contact_phone" else [HIDDEN if before else "", HIDDEN if value else ""]
    return changes


def shown(entry: SupervisedSubject, name: str) -> str:
    """A field of the entry in words."""
    value = getattr(entry, name)
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        base: Any = SupervisedSubject._meta.get_field(name)
        labels = dict(base.base_field.choices or [])
        return "、".join(str(labels.get(part, part)) for part in value)
    display = getattr(entry, f"get_{name}_display", None)
    return str(display() if display else value)
