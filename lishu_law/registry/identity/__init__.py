"""Checks of identity numbers, codes, plates, phones, names, dates and places: one pure function per kind.

The same functions serve forms, imports and the API (ux.md §8). Each returns a value in normal form or raises
``InvalidValue`` with the sentence a person reads. Nothing here knows Django or the clock: the day is an argument.
"""

from lishu_law.registry.identity.dates import parse_date, parse_moment, weekday_text
from lishu_law.registry.identity.id_card import IdCard, IdCardKind, id_check_digit, parse_id_card, parse_old_id_card
from lishu_law.registry.identity.invalid import InvalidValue
from lishu_law.registry.identity.names import PersonName, parse_organisation_name, parse_person_name
from lishu_law.registry.identity.phones import parse_landline, parse_mobile, parse_phone
from lishu_law.registry.identity.places import Place, parse_place, parse_route, parse_stake
from lishu_law.registry.identity.plates import Plate, PlateKind, parse_plate, parse_special_plate
from lishu_law.registry.identity.uscc import Uscc, parse_organisation_code, parse_uscc, uscc_check_digit
from lishu_law.registry.identity.witness import NAMESAKE, Insiders, parse_outsider_name, why_no_witness

__all__ = [
    "NAMESAKE",
    "IdCard",
    "IdCardKind",
    "Insiders",
    "InvalidValue",
    "PersonName",
    "Place",
    "Plate",
    "PlateKind",
    "Uscc",
    "id_check_digit",
    "parse_date",
    "parse_id_card",
    "parse_landline",
    "parse_mobile",
    "parse_moment",
    "parse_old_id_card",
    "parse_organisation_code",
    "parse_organisation_name",
    "parse_outsider_name",
    "parse_person_name",
    "parse_phone",
    "parse_place",
    "parse_plate",
    "parse_route",
    "parse_special_plate",
    "parse_stake",
    "parse_uscc",
    "uscc_check_digit",
    "weekday_text",
    "why_no_witness",
]
