"""大字版 and 高对比: plain links that set a cookie; they work before sign-in and without a script (ux.md §17)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from lishu_law.access.doors import public

AIDS = ("big", "contrast")
ONE_YEAR = 365 * 24 * 3600


@public
@require_GET
def view_mode(request: HttpRequest) -> HttpResponse:
    """``?big=1``, ``?contrast=0``, ``?reset=1`` and ``&back=`` an address of this site."""
    response = HttpResponseRedirect(_back(request), status=303)
    response["Cache-Control"] = "private, no-store"
    for aid in AIDS:
        if request.GET.get("reset") == "1":
            remember(response, aid, False)
        elif request.GET.get(aid) in ("0", "1"):
            remember(response, aid, request.GET[aid] == "1")
    return response


def remember(response: HttpResponse, aid: str, is_on: bool) -> None:
    """Set or clear the cookie of one reading aid."""
    if not is_on:
        response.delete_cookie(aid, path=settings.SESSION_COOKIE_PATH, samesite="Lax")
        return
    response.set_cookie(
        aid, "1", max_age=ONE_YEAR, path=settings.SESSION_COOKIE_PATH, httponly=True, samesite="Lax",
        secure=settings.BEHIND_TLS,
    )  # fmt: skip


def _back(request: HttpRequest) -> str:
    wanted = request.GET.get("back", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("home")
