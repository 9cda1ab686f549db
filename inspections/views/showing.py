"""亮证: the officer's own card on the phone, and the public page behind its code (§4.2, shared decision 16)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from inspections import codes, permissions
from inspections.actions.passes import issue_pass
from inspections.models import InspectionFiling
from inspections.queries.passes import card_by_token, card_of, is_certified, pass_of
from inspections.queries.records import open_filing
from inspections.views.kept import keepable
from inspections.views.public import quiet
from lishu_law import clock
from lishu_law.access.doors import public, requires
from lishu_law.documents.codes import drawing
from lishu_law.errors import NotFound
from lishu_law.web.acts import SEE_OTHER
from lishu_law.web.rate_limits import limited


@requires("certificate.show")
@require_http_methods(["GET", "POST"])
def my_certificate(request: HttpRequest) -> HttpResponse:
    """On patrol: the card of the day without a visit."""
    return _own_page(request, None, reverse("mobile-home"))


@requires("inspection.act")
@require_http_methods(["GET", "POST"])
def visit_certificate(request: HttpRequest, reference: str) -> HttpResponse:
    """The card of the day for one visit: its public page leads to the visit's check page."""
    found = open_filing(request.user, reference)
    permissions.check(request.user, "inspection.act", found.subject)
    return _own_page(request, found.filing, reverse("mobile-filing", args=[reference]))


def _own_page(request: HttpRequest, filing: InspectionFiling | None, back_url: str) -> HttpResponse:
    if request.method == "POST":
        issue_pass(by=request.user, filing_id=filing.pk if filing else None)
        return HttpResponseRedirect(request.path, status=SEE_OTHER)
    moment = clock.now()
    found = pass_of(request.user, clock.local(moment).date(), filing)
    card = card_of(found, moment) if found else None
    context = {
        "card": card, "drawing": drawing(card.address) if card else "", "now": moment, "filing": filing,
        "is_certified": card is not None or is_certified(request.user, clock.local(moment).date()),
        "word_url": f"{request.path}word/", "title": "亮证", "back_url": back_url, "expires": _midnight(moment),
    }  # fmt: skip
    response = keepable(request, render(request, "inspections/m_certificate.html", context))
    response["X-Field-Expires"] = str(int(_midnight(moment).timestamp()))
    return response


def _midnight(moment: datetime) -> datetime:
    """The end of the day of a card."""
    return datetime.combine(clock.local(moment).date() + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)


@requires("certificate.show")
@require_GET
def my_word(request: HttpRequest) -> JsonResponse:
    return _word(request, None)


@requires("inspection.act")
@require_GET
def visit_word(request: HttpRequest, reference: str) -> JsonResponse:
    found = open_filing(request.user, reference)
    permissions.check(request.user, "inspection.act", found.subject)
    return _word(request, found.filing)


def _word(request: HttpRequest, filing: InspectionFiling | None) -> JsonResponse:
    """The word of the card now; a card of another day has none."""
    moment = clock.now()
    found = pass_of(request.user, clock.local(moment).date(), filing)
    if found is None:
        raise NotFound
    return word_answer(found.token, moment)


def word_answer(token: str, moment: datetime) -> JsonResponse:
    """The changing word with the server's time, for ``static/js/word.js``."""
    local = clock.local(moment)
    words: dict[str, Any] = {
        "word": codes.rolling_word(token, moment),
        "now": f"{local:%Y-%m-%d %H:%M:%S}",
        "seconds": codes.seconds_left(moment),
    }
    return JsonResponse(words)


@public
@require_safe
@limited
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """Is this officer genuine? Valid today, or the one page 查不到 for everything else."""
    moment = clock.now()
    card = card_by_token(token, moment)
    if card is None:
        context = {"now": moment, "title": "查不到"}
        response = render(request, "inspections/certificate_unknown.html", context, status=404)
    else:
        context = {"card": card, "now": moment, "title": "执法人员证件"}
        response = render(request, "inspections/certificate.html", context)
    return quiet(response)
