"""Three invented years of decisions, and what a person would count in them with a pencil.

The counting here shares nothing with the product: the order of the types and the columns are written down again from
standards/disclosure.md.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from disclosure.actions.draft import new_public_id, record_fields
from disclosure.actions.ending import DESTROYED, destroy_content
from disclosure.actions.ledger import Event, append_many_core
from disclosure.models import DisclosureRecord, RecordState
from disclosure.register.leaf import EXPIRE, PUBLISH, WITHDRAW
from disclosure.register.shown import notice_content, published_content
from tests.disclosure.facts import COMPANY, decision

YEARS = (2023, 2024, 2025)
LIGHT_TO_HEAVY = [
    "99",
    "01",
    "08",
    "02",
    "03",
    "04",
    "05",
    "09",
    "10",
    "06",
    "11",
    "12",
    "07",
]  # 99: a named type goes before it
A = {
    "warning": {"01", "08"}, "fine": {"02"}, "confiscation": {"03", "04"}, "suspension": {"05", "09"},
    "revocation": {"07"}, "restriction": {"10"}, "stop": {"06", "11", "12"}, "detention": {"13"}, "other": {"99"},
}  # fmt: skip
B = {
    "warning": {"01"}, "criticism": {"08"}, "fine": {"02"}, "confiscation": {"03", "04"}, "suspension": {"05"},
    "downgrading": {"09"}, "restriction": {"10"}, "stop": {"06"}, "closure": {"11", "12"}, "revocation": {"07"},
    "detention": {"13"}, "other": {"99"},
}  # fmt: skip
C = {
    "warning": {"01"}, "fine": {"02"}, "criticism": {"08"}, "illegal_income": {"03"}, "illegal_goods": {"04"},
    "suspension": {"05"}, "downgrading": {"09"}, "revocation": {"07"}, "restriction": {"10"}, "stop": {"06"},
    "closure": {"11"}, "employment": {"12"}, "detention": {"13"}, "other": {"99"},
}  # fmt: skip
DOMAINS = ("道路货运", "客运", "出租", "")
TIERS = ("较轻", "一般", "较重", "")


@dataclass(frozen=True)
class Invented:
    """One decision as the pencil knows it."""

    decided_on: date
    types: tuple[str, ...]
    fine: Decimal | None
    confiscated: Decimal | None
    domain: str
    tier: str
    state: str
    published: bool
    late: bool


def invented(chance: random.Random, year: int) -> Invented:
    day = date(year, 1, 1) + timedelta(days=chance.choice((0, 364, chance.randrange(365))))
    types = tuple(sorted(chance.sample(LIGHT_TO_HEAVY, chance.choice((1, 1, 1, 2, 3)))))
    fine = Decimal(chance.randrange(1, 500_000)) / 100 if "02" in types else None
    known = "03" in types or ("04" in types and chance.random() < 0.5)
    confiscated = Decimal(chance.randrange(1, 900_000)) / 100 if known else None
    state = chance.choice(("published", "published", "expired", "withdrawn", "excluded", "draft"))
    published = state in ("published", "expired", "withdrawn")
    return Invented(
        day, types, fine, confiscated, chance.choice(DOMAINS), chance.choice(TIERS), state, published,
        published and chance.random() < 0.2,
    )  # fmt: skip


def years(count: int = 60, *, seed: int = 3) -> list[Invented]:
    chance = random.Random(seed)
    return [invented(chance, year) for year in YEARS for _ in range(count)]


def store(whole: Iterable[Invented], *, first: int = 1) -> None:
    """The decisions as records."""
    rows = []
    for serial, one in enumerate(whole, first):
        facts = decision(
            COMPANY, decision_id=None, number=f"吉梨交罚〔{one.decided_on.year}〕{serial:04d}号",
            decided_on=one.decided_on, act_on=one.decided_on, penalty_types=one.types, fine=one.fine,
            confiscated=one.confiscated, domain=one.domain, tier=one.tier,
        )  # fmt: skip
        rows.append(
            DisclosureRecord(public_id=new_public_id(one.decided_on.year), **_fields(one, record_fields(facts)))
        )
    states = [row.state for row in rows]
    for row in rows:
        row.state = RecordState.DRAFT if row.published_at else row.state
    DisclosureRecord.objects.bulk_create(rows)
    with transaction.atomic():
        _enter(rows, states)


def _enter(rows: list[DisclosureRecord], states: list[str]) -> None:
    """In the register as real ones; the public content of what has ended is destroyed, the figures remain."""
    ends = {"expired": EXPIRE, "withdrawn": WITHDRAW}
    began = [row for row in rows if row.published_at]
    events = [Event(row, PUBLISH, published_content(row), row.created_at) for row in began]
    for row, state in zip(rows, states, strict=True):
        row.state = state
        if state in ends:
            events.append(Event(row, ends[state], notice_content(row), row.created_at))
    append_many_core(events)
    for row in rows:
        if row.state in ends:
            destroy_content(row)
    DisclosureRecord.objects.bulk_update(rows, ["state", "content_digest", *DESTROYED])


def _fields(one: Invented, fields: dict[str, Any]) -> dict[str, Any]:
    at = datetime(one.decided_on.year, one.decided_on.month, one.decided_on.day, tzinfo=UTC)
    fields |= {"state": one.state, "is_late": one.late, "created_at": at, "updated_at": at}
    fields["published_at"] = at if one.published else None
    fields["exclusion_code"] = "X06" if one.state == "excluded" else ""
    if one.state == "withdrawn":
        fields |= {"withdrawn_on": one.decided_on, "withdrawal_reason": "原决定被撤销，依法撤回公示。"}
    return fields


def of(whole: Iterable[Invented], year: int) -> list[Invented]:
    return [one for one in whole if one.decided_on.year == year]


def heaviest_of(types: tuple[str, ...]) -> str:
    return sorted(types, key=LIGHT_TO_HEAVY.index)[-1]


def column_counts(ones: list[Invented], columns: dict[str, set[str]]) -> dict[str, int]:
    found = dict.fromkeys(columns, 0)
    for one in ones:
        for key, types in columns.items():
            if heaviest_of(one.types) in types:
                found[key] += 1
    return found


def money_of(ones: list[Invented]) -> Decimal:
    total = Decimal(0)
    for one in ones:
        total += one.fine or Decimal(0)
        total += one.confiscated or Decimal(0)
    return total
