"""Finding parties and vehicles while typing one of them: plate, credit code, identity number, name, or initials."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q

from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.registry.identity import InvalidValue, normalise, parse_id_card, parse_plate, parse_uscc
from lishu_law.registry.identity.names import STANDARD_OF_PRIVATE
from lishu_law.registry.models import Party, Vehicle

MOST = 20
MOST_CHARACTERS = 50


@dataclass(frozen=True)
class Found:
    """What a search gave. ``by``: what the text was taken for (plate, code, id, name); ``more``: there is more."""

    by: str
    parties: list[Party] = field(default_factory=list)
    vehicles: list[Vehicle] = field(default_factory=list)
    more: bool = False


def find(text: str, *, by: Any) -> Found:
    """Search for ``text`` (1 to 50 characters). A search by identity number is written into the journal.

    ``?`` and □ stand for one unknown character of a name.
    """
    typed = normalise.trimmed(text)[:MOST_CHARACTERS]
    try:
        normalise.refuse_hidden(typed)
    except InvalidValue:
        typed = ""
    if not typed:
        return Found("")
    for search in (_by_plate, _by_code):
        found = search(typed)
        if found is not None:
            return found
    return _by_identity(typed, by) or _by_name(typed)


def _by_plate(typed: str) -> Found | None:
    try:
        plate = parse_plate(typed)
    except InvalidValue:
        return None
    vehicles = list(Vehicle.objects.filter(plate=plate.number).select_related("owner"))
    return Found("plate", [vehicle.owner for vehicle in vehicles if vehicle.owner], vehicles)


def _by_code(typed: str) -> Found | None:
    try:
        code = parse_uscc(typed).code
    except InvalidValue:
        return None
    return Found("code", list(Party.objects.filter(uscc=code)))


def _by_identity(typed: str, by: Any) -> Found | None:
    try:
        card = parse_id_card(typed, today=clock.today(), demo=settings.DEMO)
    except InvalidValue:
        return None
    index = Party.index_of(card.number)
    parties = list(Party.objects.filter(id_index=index).order_by("name_key", "id")[:MOST])
    journal.record(
        "party.search_by_id", by=by, on=("party", parties[0].pk if parties else "none"), details={"hits": len(parties)}
    )
    return Found("id", parties)


def _by_name(typed: str) -> Found:
    name = "".join(STANDARD_OF_PRIVATE.get(character, character) for character in typed)
    if re.search(r"[?？□]", name):
        wanted = Q(name__regex="".join("." if c in "?？□" else re.escape(c) for c in name))
    else:
        wanted = Q(name__contains=name)
    if re.fullmatch(r"[A-Za-z0-9]{2,}", name):
        wanted |= Q(name_initials__startswith=name.lower()) | Q(name__icontains=name)
    parties = list(Party.objects.filter(wanted).order_by("name_key", "id")[: MOST + 1])
    # Whoever begins with the text comes first.
    parties.sort(key=lambda party: not party.name.startswith(name))
    return Found("name", parties[:MOST], more=len(parties) > MOST)
