"""Papers of an inspection to be signed: their signatures, and who may sign as officer."""

from __future__ import annotations

from datetime import date
from typing import Any

from inspections.models import InspectionDocument, InspectionFiling, InspectionSignature
from inspections.queries.officers import officer_facts
from inspections.rules.signing import FORMS
from lishu_law.web.paper_signing.paper import SignedPaper


def signatures_of(paper: InspectionDocument) -> list[InspectionSignature]:
    """Every signature of a paper in the order they were given, with what is drawn of them."""
    rows = InspectionSignature.objects.filter(document=paper)
    return list(rows.select_related("signature__image", "signature__user", "by", "witness_signature").order_by("id"))


def signed_paper(paper: InspectionDocument) -> SignedPaper:
    return SignedPaper(paper, signatures_of(paper), FORMS.get(paper.code))


def signing_officers(filing: InspectionFiling, day: date) -> list[Any]:
    """Who may sign as officer: those of the visit whose certificate is valid that day; the lead first."""
    users = [one.user for one in filing.officers.select_related("user").order_by("-is_lead", "id")]
    valid = {one.staff_number for one in officer_facts(users) if one.is_certified_on(day)}
    return [one for one in users if one.staff_number in valid]
