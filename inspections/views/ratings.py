"""评价 and 投诉 from the page behind the code, and what everybody may read of ratings.

No sign-in, no cookie, no session: so there is nothing a foreign page could act in the name of, and no CSRF token to check.
The answer to what was sent is the page itself, not a redirect: an address with the 修改码 in it would stay in histories.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from secrets import token_urlsafe
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from inspections import anonymity
from inspections.actions.ratings import give_rating
from inspections.actions.tickets import complain
from inspections.forms.ratings import ComplaintForm, RatingForm
from inspections.queries.public import public_filing, ratable_visit
from inspections.queries.ratings import rating_quarters
from inspections.views.public import quiet, unknown
from lishu_law import clock
from lishu_law.access.doors import public
from lishu_law.errors import Refusal, Refused
from lishu_law.web.rate_limits import limited

CACHE = "public, max-age=60, stale-if-error=240"
UNAVAILABLE = Refusal("rating-closed", "这个网址现在不能收评价。请从检查码打开公示网站评价，或者打电话。")


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire: the same page whether the visit was rated or not."""
    moment, is_change = clock.now(), request.GET.get("change") == "1"
    found = public_filing(token, moment)
    if found is None or ratable_visit(token, moment) is None:
        return unknown(request, moment)

    def send(form: Any) -> dict[str, Any]:
        code = form.cleaned_data["code"]
        was_changed = give_rating(by=None, token=token, code=code, answers=form.answers(), is_change=is_change)
        return {"code": code, "was_changed": was_changed, "title": "评价已收到"}

    initial = {} if is_change else {"code": anonymity.new_code()}
    form = RatingForm(_sent(request), is_change=is_change, initial=initial)
    title = "修改评价" if is_change else "评价这次检查"
    page = {"found": found, "token": token, "is_change": is_change, "title": title, "form": form}
    return _filled_in(request, "rate", page, send, () if anonymity.has_key() else (UNAVAILABLE,))


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def complaint(request: HttpRequest, token: str) -> HttpResponse:
    """投诉, while the page behind the code is shown."""
    moment = clock.now()
    found = public_filing(token, moment)
    if found is None:
        return unknown(request, moment)

    def send(form: Any) -> dict[str, Any]:
        return {
            "ticket": complain(by=None, token=token, complaint=form.complaint(), mark=form.cleaned_data["mark"]),
            "title": "投诉已收到",
        }

    page = {
        "found": found,
        "token": token,
        "title": "投诉这次检查",
        "form": ComplaintForm(_sent(request), initial={"mark": token_urlsafe()}),
    }
    return _filled_in(request, "complain", page, send)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _filled_in(
    request: HttpRequest, name: str, page: dict[str, Any], send: Callable[[Any], dict[str, Any]],
    refusals: Sequence[Refusal] = (),
) -> HttpResponse:  # fmt: skip
    """The form, or what came of it; what is wrong stands above it and everything typed stays in it."""
    form = page["form"]
    if form.is_valid() and not refusals:
        try:
            done = {**page, **send(form)}
            return quiet(render(request, f"inspections/ratings/{name}_done.html", done))
        except Refused as refused:
            refusals = refused.refusals
    has_errors = form.is_bound and bool(form.errors or refusals)
    page = {**page, "refusals": refusals, "has_errors": has_errors}
    return quiet(render(request, f"inspections/ratings/{name}.html", page, status=422 if has_errors else 200))


@public
@require_safe
def public_ratings(request: HttpRequest) -> HttpResponse:
    """What the ratings of each quarter say: units with five or more, the others together."""
    context = {"quarters": rating_quarters(), "title": "企业对检查的评价"}
    response = render(request, "inspections/ratings/public.html", context)
    response["Cache-Control"] = CACHE
    return response
