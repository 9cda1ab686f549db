"""Building blocks that several documents share: the party, officers, opinions, dates and money in words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from cases.documents import shapes
from cases.models import Case, CaseOfficer, Step
from cases.queries.facts import LoadedCase
from lishu_law import clock
from lishu_law.law.amounts import chinese_upper, format_yuan
from lishu_law.registry.models import Party, User
from lishu_law.registry.models.parties import Gender


def moment(value: datetime) -> str:
    """2026年3月5日23时02分, in Shanghai."""
    local = clock.local(value)
    return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"


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


def party_block(party: Party, on: date) -> shapes.PartyBlock:
    """The party as every document names it."""
    is_person = party.kind == "citizen"
    person = organisation = None
    if party.kind != "organisation":
        name = party.name if is_person else f"{party.person_name}（经营者）"
        person = shapes.PersonBlock(
            name=name, gender=gender(party.gender), age=age_on(party.id_number, on), id_number=party.id_number,
            address=party.address, phone=party.phone, workplace="", postcode="",
        )  # fmt: skip
    if not is_person:
        organisation = shapes.OrganisationBlock(
            name=party.name, representative=party.person_name, position=party.person_post, address=party.address,
            phone=party.phone, credit_code=party.uscc,
        )  # fmt: skip
    pronoun = "你" if is_person else "你单位"
    return shapes.PartyBlock(
        kind=party.kind, name=party.name, pronoun=pronoun, person=person, organisation=organisation
    )


def officer_block(user: User, loaded: LoadedCase, on: date) -> shapes.Officer:
    """Name and the certificate that was valid on the day."""
    fact = next((o for o in loaded.facts.officers if o.staff_number == user.staff_number), None)
    certificate = fact.certificate_on(on) if fact else None
    return shapes.Officer(name=user.full_name, certificate_no=certificate.number if certificate else "")


def officer_blocks(loaded: LoadedCase, on: date) -> list[shapes.Officer]:
    """The handling officers, 主办 first."""
    return [officer_block(officer.user, loaded, on) for officer in lead_first(loaded.current_officers)]


def lead_first(officers: list[CaseOfficer]) -> list[CaseOfficer]:
    return sorted(officers, key=lambda officer: officer.role != "lead")


def opinion(step: Step | None) -> shapes.SignedOpinion:
    """A recorded opinion with who gave it and when; empty room for the hand where there is none."""
    if step is None:
        return shapes.SignedOpinion(text="", name="", signed_on="")
    return shapes.SignedOpinion(text=step.opinion, name=step.by.full_name, signed_on=day_of(step.at))


def last_step(loaded: LoadedCase, code: str) -> Step | None:
    """The newest time a step was done (not returned)."""
    return next((step for step in reversed(loaded.steps) if step.code == code and step.outcome == "done"), None)


def place_in_words(case: Case) -> str:
    return case.place or "【地点】"
