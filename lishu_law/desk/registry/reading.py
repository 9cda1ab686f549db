"""Reading for the registry's pages: one party with what may be shown of it, and a list paged by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lishu_law.access.policy import Subject
from lishu_law.errors import NotFound
from lishu_law.keyset import beyond
from lishu_law.registry.models import Party, masked_id_number

PAGE = 50


@dataclass(frozen=True)
class Page:
    parties: list[Party]
    next_url: str = ""  # empty on the last page


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
        rows = beyond(rows, ("name_key", "id"), last)
    parties = list(rows[: PAGE + 1])
    more = len(parties) > PAGE
    return Page(parties[:PAGE], f"?after={parties[PAGE - 1].reference}" if more else "")


def subject_of(party: Party, user: Any) -> Subject:
    """What the policy may know: a party is a person's own through a case that person handles now."""
    handles = party.cases.filter(officers__user=user, officers__ended_at__isnull=True).exists()
    in_unit = user.unit_id is not None and party.cases.filter(unit=user.unit_id).exists()
    return Subject(
        unit_id=user.unit_id if in_unit else None,
        assistants=frozenset({user.staff_number}) if handles else frozenset(),
    )


def rows_of(party: Party, *, is_revealed: bool) -> list[tuple[str, str]]:
    """What the page shows, label and value; the sensitive values masked until somebody asked for them."""
    person = f"{party.person_name}（{party.person_post}）" if party.person_post else party.person_name
    open_rows = [
        ("类型", party.get_kind_display()),
        ("统一社会信用代码", party.uscc),
        ("法定代表人、负责人或经营者", person),
        ("性别", party.get_gender_display()),
        ("证件类型", party.get_id_kind_display()),
    ]
    sensitive = (
        [("证件号码", party.id_number), ("联系电话", party.phone), ("住所或住址", party.address)]
        if is_revealed
        else [
            ("证件号码", masked_id_number(party.id_number)),
            ("联系电话", _masked_phone(party.phone)),
            ("住所或住址", _masked_address(party.address)),
        ]
    )
    checked = party.checked_on.isoformat() if party.checked_on else ""
    return [(label, value) for label, value in [*open_rows, *sensitive, ("上次核对", checked)] if value]


def _masked_phone(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else "*" * len(phone)


def _masked_address(address: str) -> str:
    return f"{address[:6]}…" if len(address) > 6 else "*" * len(address)
