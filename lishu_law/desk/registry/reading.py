"""Reading for the registry's pages: one party with what may be shown of it, and a list paged by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from lishu_law.access.policy import Subject
from lishu_law.errors import NotFound
from lishu_law.registry.models import Party, masked_id_number

PAGE = 50


@dataclass(frozen=True)
class Page:
    parties: list[Party]
    after: str = ""  # reference of the last one when there are more


def party_by(reference: str) -> Party:
    """The party of this address; ``NotFound`` otherwise."""
    party = Party.objects.filter(reference=reference).first()
    if party is None:
        raise NotFound
    return party


def page_of_parties(after: str = "") -> Page:
    """Parties by pinyin, those behind the party ``after``."""
    rows = Party.objects.order_by("name_key", "id")
    last = Party.objects.filter(reference=after).values_list("name_key", "id").first() if after else None
    if last:
        rows = rows.filter(Q(name_key__gt=last[0]) | Q(name_key=last[0], id__gt=last[1]))
    parties = list(rows[: PAGE + 1])
    more = len(parties) > PAGE
    return Page(parties[:PAGE], parties[PAGE - 1].reference if more else "")


def subject_of(party: Party, user: Any) -> Subject:
    """What the policy may know: a party is a person's own through a case that person handles now."""
    handles = party.cases.filter(officers__user=user, officers__ended_at__isnull=True).exists()
    in_unit = user.unit_id is not None and party.cases.filter(unit=user.unit_id).exists()
    return Subject(
        unit_id=user.unit_id if in_unit else None,
        assistants=frozenset({user.staff_number}) if handles else frozenset(),
    )


def masked_rows(party: Party) -> list[tuple[str, str]]:
    """What the page shows of the personal data before somebody asks for all."""
    phone = f"{party.phone[:3]}****{party.phone[-4:]}" if len(party.phone) >= 11 else "*" * len(party.phone)
    return [
        ("证件号码", masked_id_number(party.id_number)),
        ("联系电话", phone),
        ("住所或住址", party.address[:6] + "…" if len(party.address) > 6 else "*" * len(party.address)),
    ]


def full_rows(party: Party) -> list[tuple[str, str]]:
    """The personal data in full."""
    return [("证件号码", party.id_number), ("联系电话", party.phone), ("住所或住址", party.address)]
