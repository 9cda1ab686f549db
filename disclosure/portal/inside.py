"""A public page as anybody gets it, asked from inside: for the export and for the nightly look for leaks.

The view answers, without middleware and whichever site this process serves; only public views are asked.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponseBase
from django.urls import resolve

from lishu_law.access.doors import PUBLIC
from lishu_law.addresses import below_prefix


def ask(address: str) -> HttpResponseBase:
    """The answer to GET ``address`` (path and query). Raises ``Http404``, and ``ValueError`` for a page of the staff."""
    whole, _, query = address.partition("?")
    path = below_prefix(whole)
    site = urlsplit(settings.PUBLIC_BASE_URL)
    request = WSGIRequest({
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": site.hostname or "localhost", "SERVER_PORT": str(site.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": site.scheme or "http", "wsgi.input": io.BytesIO(),
    })  # fmt: skip
    match = resolve(path)
    if getattr(match.func, "policy", None) != PUBLIC:
        raise ValueError(f"{path} is no public page")
    request.user = AnonymousUser()
    request.resolver_match = match
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return response


def pieces(response: HttpResponseBase) -> Iterable[bytes]:
    """The body of an answer, to be written piece by piece."""
    return cast("Iterable[bytes]", response)  # both kinds of answers are iterated by the server too
