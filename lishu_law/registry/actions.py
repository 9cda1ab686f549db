"""Every write to parties and vehicles. Entered once, reused: registering what exists gives the existing record.

The public actions open the transaction and write the journal; the cores ``enter_party`` and ``enter_vehicle`` are for
an action that registers a party as part of its own act and journals that. Who may is asked by the caller (the policy
stands above this package).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.registry.details import PartyDetails, VehicleDetails, check_party, check_vehicle
from lishu_law.registry.identity import parse_person_name
from lishu_law.registry.models import Party, PartyKind, Vehicle
from lishu_law.registry.name_keys import name_initials, name_key


@transaction.atomic(durable=True)
def register_party(*, by: Any, details: PartyDetails) -> Party:
    """Register a party, or give the one that has this credit code or identity number already (unchanged).

    Raises ``Refused`` with every value that cannot be used.
    """
    party, is_new = enter_party(details)
    journal.record("party.register" if is_new else "party.reuse", by=by, on=("party", party.pk))
    return party


@transaction.atomic(durable=True)
def update_party(*, by: Any, party_id: int, details: PartyDetails) -> Party:
    """Correct a party's data. Sealed documents keep what they were sealed with.

    Raises ``Refused``, also when the new credit code or identity number belongs to somebody else.
    """
    party, changed = amend_party(party_id, details)
    journal.record("party.update", by=by, on=("party", party.pk), details={"fields": sorted(changed)})
    return party


def amend_party(party_id: int, details: PartyDetails) -> tuple[Party, list[str]]:
    """The core of :func:`update_party`: the party and the names of what changed. Runs in the caller's transaction."""
    party = _locked_party(party_id)
    checked = _checked_party(details)
    other = _same_party(checked)
    if other is not None and other.pk != party.pk:
        raise Refused([Refusal("party.taken", f"这个号码已经登记在“{other.name}”名下。请核对，或者直接选用该当事人。")])
    changed = _fill_party(party, checked)
    party.checked_on = clock.today()
    party.save(update_fields=[*changed, "checked_on"])
    return party, list(changed)


@transaction.atomic(durable=True)
def register_vehicle(*, by: Any, details: VehicleDetails) -> Vehicle:
    """Register a vehicle, or give the one with this plate; what was unknown of it is filled in.

    Raises ``Refused`` with every value that cannot be used.
    """
    vehicle, is_new = enter_vehicle(details)
    journal.record("vehicle.register" if is_new else "vehicle.reuse", by=by, on=("vehicle", vehicle.pk))
    return vehicle


@transaction.atomic(durable=True)
def reveal_party(*, by: Any, party_id: int, reason: str = "") -> Party:
    """Give the party with its full numbers to the person who asked, and remember that it was asked for."""
    party = _locked_party(party_id)
    journal.record("party.reveal", by=by, on=("party", party.pk), reason=reason)
    return party


def enter_party(details: PartyDetails) -> tuple[Party, bool]:
    """The core of :func:`register_party`: the party and whether it is new. Runs in the caller's transaction."""
    checked = _checked_party(details)
    existing = _same_party(checked)
    if existing is not None:
        return existing, False
    party = Party(created_at=clock.now(), checked_on=clock.today())
    _fill_party(party, checked)
    try:
        with transaction.atomic():
            party.save(force_insert=True)
    except IntegrityError:
        existing = _same_party(checked)
        if existing is None:
            raise
        return existing, False
    return party, True


def enter_vehicle(details: VehicleDetails) -> tuple[Vehicle, bool]:
    """The core of :func:`register_vehicle`: the vehicle and whether it is new. Runs in the caller's transaction."""
    checked, faults = check_vehicle(details)
    if faults:
        raise Refused(faults)
    existing = _same_vehicle(checked)
    if existing is None:
        vehicle = Vehicle(**{name: getattr(checked, name) for name in checked.__dataclass_fields__})
        try:
            with transaction.atomic():
                vehicle.save(force_insert=True)
        except IntegrityError:
            existing = _same_vehicle(checked)
            if existing is None:
                raise
        else:
            return vehicle, True
    _fill_gaps(existing, checked)
    return existing, False


def _checked_party(details: PartyDetails) -> PartyDetails:
    checked, faults = check_party(details, today=clock.today(), demo=settings.DEMO)
    if faults:
        raise Refused(faults)
    return checked


def _locked_party(party_id: int) -> Party:
    party = Party.objects.select_for_update().filter(pk=party_id).first()
    if party is None:
        raise NotFound
    return party


def _fill_party(party: Party, details: PartyDetails) -> list[str]:
    """Write the details into the record; the names of the fields that changed."""
    values = {name: getattr(details, name) for name in details.__dataclass_fields__}
    values["name_key"] = name_key(details.name)
    values["name_initials"] = name_initials(details.name)
    values["id_index"] = Party.index_of(details.id_number)
    checked_name = parse_person_name(details.name) if details.kind == PartyKind.CITIZEN else None
    values["name_needs_check"] = bool(checked_name and checked_name.needs_check)
    changed = [name for name, value in values.items() if getattr(party, name) != value]
    for name in changed:
        setattr(party, name, values[name])
    return changed


def _fill_gaps(vehicle: Vehicle, details: VehicleDetails) -> None:
    names = ("type_name", "owner", "transport_certificate_no", "rated_tonnes", "plate_reason")
    changed = [name for name in names if getattr(details, name) and not getattr(vehicle, name)]
    for name in changed:
        setattr(vehicle, name, getattr(details, name))
    if changed:
        vehicle.save(update_fields=changed)


def _same_party(details: PartyDetails) -> Party | None:
    """The registered party these details are about: by credit code, by a citizen's number, by shop and operator."""
    index = Party.index_of(details.id_number)
    if details.uscc:
        return Party.objects.filter(uscc=details.uscc).first()
    if index and details.kind == PartyKind.CITIZEN:
        return Party.objects.filter(id_index=index, kind=PartyKind.CITIZEN).first()
    if index:
        return Party.objects.filter(id_index=index, kind=details.kind, name=details.name).first()
    return None


def _same_vehicle(details: VehicleDetails) -> Vehicle | None:
    return Vehicle.objects.select_for_update().filter(plate=details.plate).first() if details.plate else None
