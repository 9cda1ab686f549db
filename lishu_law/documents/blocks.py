"""Building blocks of documents: dates and money in words, paragraphs, the party, how a transcript was made known."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from lishu_law import clock
from lishu_law.documents.shapes import Choice, OrganisationBlock, PartyBlock, PersonBlock
from lishu_law.law.amounts import chinese_upper, format_yuan
from lishu_law.registry.models import Party
from lishu_law.registry.models.parties import Gender

READINGS = {"read": "上述笔录我已看过，记录属实", "heard": "上述笔录已向我宣读过，记录属实"}


def moment(value: datetime) -> str:
    """2026年3月5日23时02分, in Shanghai."""
    local = clock.local(value)
    return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"


def moment_of(text: str) -> datetime:
    """The instant :func:`moment` wrote."""
    year, month, on, hour, minute = (int(part) for part in re.findall(r"\d+", text))
    return datetime(year, month, on, hour, minute, tzinfo=clock.SHANGHAI)


def day(value: date) -> str:
    """2026年3月5日."""
    return f"{value.year}年{value.month}月{value.day}日"


def day_of(value: datetime) -> str:
    """The Shanghai date of an instant."""
    return day(clock.local(value).date())


def money(amount: Decimal) -> str:
    """人民币壹仟元整（¥1,000.00）."""
    return f"人民币{chinese_upper(amount)}（¥{format_yuan(amount)}）"


def paragraphs(text: str) -> list[str]:
    """One string per line of typed text, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def age_on(id_number: str, on: date) -> str:
    """Age in years from a resident identity number; empty where it cannot be known."""
    if len(id_number) != 18 or not id_number[6:14].isdecimal():
        return ""
    born = date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    return str(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def gender(code: str) -> str:
    return Gender(code).label if code else ""


def party_block(party: Party, on: date) -> PartyBlock:
    """The party as every document names it."""
    is_person = party.kind == "citizen"
    person = organisation = None
    if party.kind != "organisation":
        name = party.name if is_person else f"{party.person_name}（经营者）"
        person = PersonBlock(
            name=name, gender=gender(party.gender), age=age_on(party.id_number, on), id_number=party.id_number,
            address=party.address, phone=party.phone, workplace="", postcode="",
        )  # fmt: skip
    if not is_person:
        organisation = OrganisationBlock(
            name=party.name, representative=party.person_name, position=party.person_post, address=party.address,
            phone=party.phone, credit_code=party.uscc,
        )  # fmt: skip
    pronoun = "你" if is_person else "你单位"
    return PartyBlock(kind=party.kind, name=party.name, pronoun=pronoun, person=person, organisation=organisation)


def reading_choices(code: str = "") -> list[Choice]:
    """The two ways in which a transcript was made known; nothing chosen leaves both to the pen."""
    return [Choice(label=label, is_chosen=key == code) for key, label in READINGS.items()]
