"""Pages of the registry: list, new, edit, one party, the full number on request, and the search of the case forms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lishu_law.access import policy
from lishu_law.access.doors import requires
from lishu_law.desk.registry import reading
from lishu_law.registry import actions
from lishu_law.registry.details import VehicleDetails
from lishu_law.registry.models import Party, Vehicle
from lishu_law.registry.search import MOST_CHARACTERS, find
from lishu_law.web.acts import Act, act_page
from lishu_law.web.party_fields import PartyFields, VehicleFields, party_initial, party_kept


@requires("party.search")
@require_GET
def parties(request: HttpRequest) -> HttpResponse:
    """All parties by pinyin, fifty a page."""
    page = reading.page_of_parties(request.GET.get("after", ""))
    can_edit = policy.can(request.user, "party.edit").allowed
    context = {"title": "当事人", "page": page, "can_edit": can_edit}
    return render(request, "registry/parties.html", context)


@requires("party.search")
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Look up a party or vehicle; for htmx only the list of hits."""
    typed = request.GET.get("q", "")[:MOST_CHARACTERS]
    found = find(typed, by=request.user)
    template = "registry/_found.html" if request.headers.get("HX-Request") else "registry/search.html"
    can_edit = policy.can(request.user, "party.edit").allowed
    context = {"title": "查当事人和车辆", "typed": typed, "found": found, "can_edit": can_edit}
    return render(request, template, context)


@requires("party.search")
@require_GET
def party(request: HttpRequest, reference: str) -> HttpResponse:
    """One party with masked numbers."""
    return _party_page(request, reading.party_by(reference), is_revealed=False)


@requires("party.reveal")
@require_POST
def reveal_party(request: HttpRequest, reference: str) -> HttpResponse:
    """查看全文: the full numbers once, written into the journal. Nothing is kept: reloading masks them again."""
    shown = reading.party_by(reference)
    policy.check(request.user, "party.reveal", reading.subject_of(shown, request.user))
    return _party_page(request, actions.reveal_party(by=request.user, party_id=shown.pk), is_revealed=True)


def _party_page(request: HttpRequest, shown: Party, *, is_revealed: bool) -> HttpResponse:
    context = {
        "party": shown,
        "title": shown.name,
        "rows": reading.rows_of(shown, is_revealed=is_revealed),
        "vehicles": list(shown.vehicles.order_by("plate")[:50]),
        "is_revealed": is_revealed,
        "can_edit": policy.can(request.user, "party.edit").allowed,
        "can_reveal": policy.can(request.user, "party.reveal", reading.subject_of(shown, request.user)).allowed,
    }
    return render(request, "registry/party.html", context)


@requires("party.edit")
@require_http_methods(["GET", "POST"])
def new_party(request: HttpRequest) -> HttpResponse:
    def run(cleaned: dict[str, Any], form: PartyFields) -> Party:
        return actions.register_party(by=request.user, details=form.party_details)

    return act_page(
        request,
        Act(
            title="登记当事人",
            form_class=PartyFields,
            run=run,
            run_takes_form=True,
            done_url=lambda party: reverse("party", args=[party.reference]),
            done_message=_done_message,
            submit="登记当事人",
            back_url=reverse("party-list"),
        ),
    )


def _done_message(party: Party) -> str:
    if party.name_needs_check:
        return f"已登记“{party.name}”。姓名里有电脑字库没有收录的字，请核对证件并拍照留存。"
    return f"已登记“{party.name}”。如果早已登记过，用的是原来的记录。"


@requires("party.edit")
@require_http_methods(["GET", "POST"])
def edit_party(request: HttpRequest, reference: str) -> HttpResponse:
    shown = reading.party_by(reference)

    def run(cleaned: dict[str, Any], form: PartyFields) -> Party:
        return actions.update_party(by=request.user, party_id=shown.pk, details=form.party_details)

    return act_page(
        request,
        Act(
            title=f"修改当事人：{shown.name}",
            form_class=PartyFields,
            run=run,
            run_takes_form=True,
            initial=party_initial(shown),
            form_arguments={"kept": party_kept(shown)},
            done_url=reverse("party", args=[shown.reference]),
            done_message="已修改。已经盖章的文书不会变。",
            submit="保存修改",
            back_url=reverse("party", args=[shown.reference]),
        ),
    )


@requires("party.edit")
@require_http_methods(["GET", "POST"])
def new_vehicle(request: HttpRequest) -> HttpResponse:
    def run(cleaned: dict[str, Any], form: VehicleFields) -> Vehicle:
        return actions.register_vehicle(by=request.user, details=form.vehicle_details or VehicleDetails())

    return act_page(
        request,
        Act(
            title="登记车辆",
            form_class=VehicleFields,
            run=run,
            run_takes_form=True,
            done_url=lambda vehicle: f"{reverse('registry-search')}?q={vehicle.plate}",
            done_message=lambda vehicle: f"已登记车辆{vehicle}。如果早已登记过，用的是原来的记录。",
            submit="登记车辆",
            back_url=reverse("party-list"),
        ),
    )
