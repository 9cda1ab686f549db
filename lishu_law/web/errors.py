"""Maps the domain's errors to pages, once for the whole site (never try/except in a view)."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lishu_law.audit import journal
from lishu_law.errors import Conflict, DomainError, NotAllowed, NotFound, Refused

log = logging.getLogger(__name__)
STATUS: dict[type[DomainError], int] = {NotAllowed: 403, NotFound: 404, Conflict: 409, Refused: 422}


class DomainErrorMiddleware:
    """Turns a ``DomainError`` that left a view into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        return error_page(request, error)


def error_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page for one error; a denied access is remembered in the journal (outside any rolled-back transaction)."""
    status = STATUS.get(type(error), 400)
    user = getattr(request, "user", None)
    if isinstance(error, NotAllowed) and user is not None and user.is_authenticated:
        journal.record("access.denied", by=user, on=("url", request.path[:64]), result="denied", reason=error.reason)
    return render(request, f"errors/{status}.html", {"error": error, "report_no": request.id}, status=status)  # type: ignore[attr-defined]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", {"report_no": getattr(request, "id", "")}, status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(
        request, "errors/404.html", {"error": NotFound(), "report_no": getattr(request, "id", "")}, status=404
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A forged or outdated form. Says how to go on; what was typed is kept by the browser's Back."""
    log.warning("csrf refused: %s %s", request.path, reason)
    return render(request, "errors/csrf.html", {"report_no": getattr(request, "id", "")}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", {"report_no": getattr(request, "id", "")}, status=500)
