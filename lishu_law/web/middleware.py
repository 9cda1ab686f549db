"""Request id for logs and journal, and the door: a view without a declared policy is never served."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from lishu_law.access.doors import PUBLIC, SIGNED_IN
from lishu_law.access.matrix import RULES
from lishu_law.access.policy import may_ever
from lishu_law.audit.journal import REQUEST
from lishu_law.errors import NotAllowed, NotFound
from lishu_law.registry import holidays
from lishu_law.web.errors import error_page

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Gives each request an id (报障编号) that stands in the journal, the log and the error page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = secrets.token_hex(6)  # type: ignore[attr-defined]
        token = REQUEST.set({"id": request.id, "ip": request.META.get("REMOTE_ADDR", "")})  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            REQUEST.reset(token)


PUBLIC_PAGES = frozenset({
    "penalty-list", "public-day", "public-procedures", "public-procedure", "public-record", "public-record-json",
    "verify", "certificate", "rate", "complaint", "public-ratings",
    "paper-check", "paper-scanned", "public-objections", "public-objection",
    "public-draws", "public-draw", "public-draw-file", "public-results", "public-units",
    "public-draw-archive", "draw-program",
    "register", "register-checkpoint", "register-checkpoint-at", "register-checkpoints", "register-tile", "register-proof",
    "register-consistency", "register-key", "register-tool",
    "open-json", "open-csv", "open-csv-metadata", "open-atom", "open-rss", "open-linked", "public-data", "open-year",
    "open-header", "open-fields", "open-catalog", "open-tombstones", "open-manifest", "open-api", "open-sitemap", "robots",
})  # fmt: skip
# Shown to a reader alone, never inside a page of others: what a token opens, and what takes something in.
OWN_WINDOW = frozenset(
    {"verify", "certificate", "rate", "complaint", "paper-check", "paper-scanned", "public-objection", "view-mode"}
)
# Public by policy because nobody is signed in there, but part of the staff site.
STAFF_DOORS = frozenset({"sign-in", "calendar-feed", "phone-worker", "phone-manifest", "phone-offline"})


def _is_served(policy: str | None, name: str | None) -> bool:
    """Does this process serve the address (shared decision 17)? A public process has no staff page at all."""
    if settings.SITE == "public":
        return policy == PUBLIC and name not in STAFF_DOORS
    if settings.SITE == "staff":
        return name not in PUBLIC_PAGES
    return True


class PolicyMiddleware:
    """Deny by default: asks the declared policy before any view runs; staff pages are never cached."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_staff_page", False) and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        elif response.get("Content-Type", "").startswith("text/html"):
            # A public page looks different by the reading aids' cookies (大字版, 高对比): caches must know.
            patch_vary_headers(response, ["Cookie"])
        if settings.FRAME_PARENTS and getattr(request, "may_be_framed", False):
            response._csp_replace = {"frame-ancestors": settings.FRAME_PARENTS}  # type: ignore[attr-defined]
            response.xframe_options_exempt = True  # it knows no list of parents
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        policy = getattr(view, "policy", None)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not _is_served(policy, name):
            return error_page(request, NotFound())
        if policy == PUBLIC:
            request.may_be_framed = name not in STAFF_DOORS | OWN_WINDOW  # type: ignore[attr-defined]
            return None
        # Refusals are answered here, not raised: process_exception hears of views' exceptions only.
        request.is_staff_page = True  # type: ignore[attr-defined]
        if policy is None:
            return error_page(request, NotAllowed("这个页面没有登记权限，不能打开。", reason="no_policy"))
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        holidays.follow(getattr(request.user, "calendar_version", None))
        if policy != SIGNED_IN and not may_ever(request.user, policy):
            rule = RULES[policy]
            words = f"您没有“{rule.title}”的权限。如工作需要，请找{rule.who}办理。"
            return error_page(request, NotAllowed(words, reason="denied", who_may=rule.who))
        return None
