"""Papers of a case to be signed: their signatures, who may sign as officer, and who handles the case."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import Document, HearingOfficer, PaperSignature
from cases.procedure.signing import FORMS
from cases.queries.facts import LoadedCase
from lishu_law.web.paper_signing.paper import SignedPaper

HEARING_RECORD = "hearing_record"


def signing_officers(loaded: LoadedCase, document: Document, day: date) -> list[Any]:
    """Who may sign as officer: of a hearing's record those who held it, of all else who handles the case that day."""
    if document.code == HEARING_RECORD:
        kept = HearingOfficer.objects.filter(hearing__case=loaded.case, hearing_id=_hearing_of(document))
        return list({one.user_id: one.user for one in kept.select_related("user").order_by("id")}.values())
    valid = {one.staff_number for one in loaded.facts.officers if one.certificate_on(day)}
    return [one.user for one in loaded.current_officers if one.user.staff_number in valid]


def officer_names(loaded: LoadedCase) -> frozenset[str]:
    """Everybody who handles or handled the case or holds its hearing: no party, no witness."""
    names = {one.user.full_name for one in loaded.officers}
    return frozenset(names | {one.name for hearing in loaded.facts.hearings for one in hearing.people})


def _hearing_of(document: Document) -> int:
    return int(document.part.partition(":")[2] or 0)


def signed_paper(document: Document) -> SignedPaper:
    rows = PaperSignature.objects.filter(document=document).select_related("signature__image", "by").order_by("id")
    return SignedPaper(document, list(rows), FORMS.get(document.code))
