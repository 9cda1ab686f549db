"""Buttons inside the roadside form that fill in what is already known; the typed text stays in the draft meanwhile."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from inspections.phrases import FINDINGS, MEASURES
from inspections.queries.pickers import companies_like, vehicle_of
from lishu_law.registry.models import Party
from lishu_law.web import drafts

BUTTONS = ("_find", "_pick", "_finding", "_measure")
TITLE = "路检记录"


def is_prefill(posted: QueryDict) -> bool:
    return any(name in posted for name in BUTTONS)


def fill_draft(request: HttpRequest) -> str:
    """Do what the button says to the draft; the anchor of the field to go on with."""
    posted = request.POST.copy()
    posted.pop("_searched", None)
    anchor = "id_company_name"
    if "_find" in posted:
        _find(posted)
    elif "_pick" in posted:
        _take(posted, Party.objects.filter(reference=str(posted["_pick"])[:10]).first())
    elif "_finding" in posted:
        _append(posted, "findings", FINDINGS, str(str(posted["_finding"])))
        anchor = "id_findings"
    else:
        _append(posted, "measures", MEASURES, str(str(posted["_measure"])))
        anchor = "id_measures"
    for name in BUTTONS:
        posted.pop(name, None)
    drafts.save(request.user, request.path, posted, title=TITLE)
    return anchor


def _find(posted: QueryDict) -> None:
    """By plate the vehicle with its owner, by code or name the business; several hits are shown to choose from."""
    vehicle = vehicle_of(posted.get("plate", ""))
    if vehicle and not posted.get("vehicle_type"):
        posted["vehicle_type"] = vehicle.type_name
    text = posted.get("company_uscc") or posted.get("company_name") or ""
    if not text.strip():
        _take(posted, vehicle.owner if vehicle else None)
        return
    hits = companies_like(text)
    if len(hits) == 1:
        _take(posted, hits[0])
    else:
        posted["_searched"] = text[:50]


def _take(posted: QueryDict, party: Party | None) -> None:
    if party is not None:
        posted["company_name"], posted["company_uscc"] = party.name, party.uscc


def _append(posted: QueryDict, field: str, phrases: tuple[str, ...], number: str) -> None:
    if number.isascii() and number.isdigit() and int(number[:3]) < len(phrases):
        posted[field] = "\n".join(part for part in (posted.get(field, "").strip(), phrases[int(number[:3])]) if part)
