"""Forty invented parties of the three kinds, their vehicles and the directory of supervised subjects."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from lishu_law.registry.actions import register_party, register_vehicle
from lishu_law.registry.details import PartyDetails, VehicleDetails
from lishu_law.registry.identity import demo
from lishu_law.registry.models import Party, PartyKind, SubjectKind, SubjectLicence, SupervisedSubject, Vehicle

ORGANISATIONS, CITIZENS, SHOPS = 18, 14, 8
TOWNSHIPS = ("梨树镇", "郭家店镇", "榆树台镇", "小城子镇", "喇嘛甸镇", "蔡家镇", "孤家子镇", "刘家馆子镇")
# Characters outside the basic plane and a name with a dot: what other systems lose (ux.md §8).
RARE_NAMES = ("𠮷演示", "䶮示例", "阿依·演示")
VEHICLE_TYPES = ("重型半挂牵引车", "重型自卸货车", "中型厢式货车", "大型普通客车", "小型轿车")
LATEST_SEED = 5000
NAMES = 128  # the invented person names that say so with two characters


@dataclass(frozen=True)
class Registered:
    """The parties by kind in the order of registration, and a vehicle for each party."""

    parties: dict[str, list[Party]]
    vehicles: dict[int, Vehicle]


def register_parties(chance: random.Random, by: Any) -> Registered:
    """Register everybody through the real actions; which identities are drawn follows from ``chance``."""
    first = chance.randrange(LATEST_SEED)
    details = [
        *(_organisation(chance, first + place) for place in range(ORGANISATIONS)),
        *(_citizen(chance, first + 100 + place, place) for place in range(CITIZENS)),
        *(_shop(chance, first + 200 + place) for place in range(SHOPS)),
    ]
    parties: dict[str, list[Party]] = {kind: [] for kind in PartyKind.values}
    vehicles = {}
    for place, one in enumerate(details):
        party = register_party(by=by, details=one)
        parties[party.kind].append(party)
        kind = "small_new_energy" if place % 9 == 4 else "ordinary"
        vehicles[party.pk] = register_vehicle(
            by=by,
            details=VehicleDetails(
                plate=demo.demo_plate(first + place, kind=kind),
                type_name=VEHICLE_TYPES[place % len(VEHICLE_TYPES)],
                owner=party,
                transport_certificate_no=f"演示220322{first + place:06d}",
            ),
        )
    return Registered(parties, vehicles)


def make_subjects(registered: Registered, today: date) -> int:
    """The directory holds every organisation and shop; returns how many."""
    listed = [*registered.parties[PartyKind.ORGANISATION], *registered.parties[PartyKind.INDIVIDUAL_BUSINESS]]
    made = SupervisedSubject.objects.bulk_create(
        SupervisedSubject(
            object_no=f"DX{serial:04d}",
            kind=SubjectKind.SHOP if party.kind == PartyKind.INDIVIDUAL_BUSINESS else SubjectKind.ENTERPRISE,
            party=party,
            industry="道路客运" if "客运" in party.name else "机动车维修" if "修" in party.name else "道路货运",
            address=party.address,
            source="演示名录",
            updated_on=today,
        )
        for serial, party in enumerate(listed, 1)
    )
    SubjectLicence.objects.bulk_create(
        SubjectLicence(subject=subject, number=f"演示交运管许可{serial:06d}号")
        for serial, subject in enumerate(made, 1)
    )
    return len(made)


def _organisation(chance: random.Random, seed: int) -> PartyDetails:
    gender = chance.choice(("male", "female"))
    return PartyDetails(
        kind=PartyKind.ORGANISATION,
        name=demo.demo_organisation_name(seed % 64),
        uscc=demo.demo_uscc(seed),
        person_name=demo.demo_person_name(seed % NAMES),
        person_post="经理",
        gender=gender,
        id_number=demo.demo_id_number(seed, gender=gender),
        phone=demo.demo_mobile(seed),
        address=_address(chance),
    )


def _citizen(chance: random.Random, seed: int, place: int) -> PartyDetails:
    gender = chance.choice(("male", "female"))
    return PartyDetails(
        kind=PartyKind.CITIZEN,
        name=RARE_NAMES[place] if place < len(RARE_NAMES) else demo.demo_person_name(seed % NAMES),
        gender=gender,
        id_number=demo.demo_id_number(seed, gender=gender),
        phone=demo.demo_mobile(seed),
        address=_address(chance),
    )


def _shop(chance: random.Random, seed: int) -> PartyDetails:
    gender = chance.choice(("male", "female"))
    return PartyDetails(
        kind=PartyKind.INDIVIDUAL_BUSINESS,
        name=demo.demo_shop_name(seed % 40),
        uscc=demo.demo_uscc(seed, individual_business=True),
        person_name=demo.demo_person_name(seed % NAMES),
        gender=gender,
        id_number=demo.demo_id_number(seed, gender=gender),
        phone=demo.demo_mobile(seed),
        address=_address(chance),
    )


def _address(chance: random.Random) -> str:
    return f"梨树县{chance.choice(TOWNSHIPS)}演示路{chance.randrange(1, 200)}号"
