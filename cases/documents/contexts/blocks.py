"""Building blocks that several documents share: the party, officers, opinions, dates and money in words."""

from __future__ import annotations

from datetime import date

from cases.documents import shapes
from cases.models import Case, CaseOfficer, Step
from cases.queries.facts import LoadedCase
from lishu_law.documents.blocks import day_of
from lishu_law.registry.models import User


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
