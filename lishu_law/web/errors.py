"""Maps the domain's errors to pages, once for the whole site (never try/except in a view)."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from lishu_law.audit import journal
from lishu_law.errors import Conflict, DomainError, NotAllowed, NotFound, Refused
from lishu_law.web.context import bureau, reading_aids

log = logging.getLogger(__name__)
STATUS: dict[type[DomainError], int] = {NotAllowed: 403, NotFound: 404, Conflict: 409, Refused: 422}


class DomainErrorMiddleware:
    """Turns a ``DomainError`` that left a view into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return _with_allow(render(request, "errors/405.html", _report(request), status=405), response)
        return response

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
    context = {"error": error, "refusals": getattr(error, "refusals", ()), **_report(request)}
    return render(request, f"errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be read; one that is only too large gets the page that says so."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "errors/413.html", _report(request), status=413)
    return render(request, "errors/400.html", _report(request), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own PermissionDenied, in the words of ours."""
    error = NotAllowed("您没有办理这件事的权限。如工作需要，请找单位负责人授权。")
    return render(request, "errors/403.html", {"error": error, **_report(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what does not exist and for what this person may not see."""
    return render(request, "errors/404.html", {"error": NotFound(), **_report(request)}, status=404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A forged or outdated form. Says how to go on; what was typed is kept by the browser's Back."""
    log.warning("csrf refused: %s %s", request.path, reason)
    return render(request, "errors/csrf.html", _report(request), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. Rendered without session, user or query: the database may be what is broken."""
    context = {**bureau(), **reading_aids(request), **_report(request)}
    return HttpResponse(loader.render_to_string("errors/500.html", context), status=500)


def _report(request: HttpRequest) -> dict[str, str]:
    """报障编号: the number under which the log and the journal hold this request."""
    return {"report_no": getattr(request, "id", "")}


def _with_allow(page: HttpResponse, refused: HttpResponse) -> HttpResponse:
    page["Allow"] = refused["Allow"]
    return page
