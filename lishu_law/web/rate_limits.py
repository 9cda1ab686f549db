"""How often an address may ask pages that a token opens: counted in Redis, closed when Redis is gone (security.md §15).

Guessing is what is limited: only unknown tokens count, and each time the limit is crossed the wait doubles. A network
counts as one (/24, or /48 of IPv6). Keys hold a keyed digest of the network, never the address, and lapse by themselves.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MINUTE, HOUR = 60, 3600
MISSES_A_MINUTE = 10
SENDS_A_MINUTE = 10
NOT_FOUND = 404


@cache
def _store() -> Any:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)


def network_of(address: str) -> str:
    """The network of an address; anything unreadable is one network of its own."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    mapped = getattr(found, "ipv4_mapped", None) or found
    return str(ipaddress.ip_network((mapped, 24 if mapped.version == 4 else 48), strict=False))


def _key(kind: str, request: HttpRequest) -> str:
    network = network_of(request.META.get("REMOTE_ADDR", ""))
    mark = hmac.new(settings.SECRET_KEY.encode(), network.encode(), hashlib.sha256).hexdigest()[:20]
    return f"{_prefix()}{kind}:{mark}"


def _prefix() -> str:
    """Tests beside each other have databases of their own, and so limits of their own."""
    return f"limit:{connection.settings_dict['NAME']}:"


def _count(key: str, seconds: int) -> int:
    with _store().pipeline() as pipe:
        pipe.set(key, 0, ex=seconds, nx=True)
        pipe.incr(key)
        return int(pipe.execute()[1])


def seconds_to_wait(kind: str, request: HttpRequest) -> int:
    """How long this network has to wait; 0 when it may ask."""
    return max(0, int(_store().ttl(_key(f"{kind}:closed", request))))


def count_against(kind: str, request: HttpRequest, most: int) -> None:
    """One more; the one too many closes the door, each time twice as long, up to an hour."""
    if _count(_key(kind, request), MINUTE) <= most:
        return
    times = _count(_key(f"{kind}:times", request), HOUR)
    _store().set(_key(f"{kind}:closed", request), 1, ex=min(HOUR, MINUTE * 2 ** (times - 1)))


def forget_all() -> None:
    """Open every door again, for tests; costs nothing where no door was asked."""
    if not _store.cache_info().currsize:
        return
    for key in _store().scan_iter(f"{_prefix()}*"):
        _store().delete(key)


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that a token opens: unknown tokens and everything sent are counted; without Redis it stays closed."""

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            wait = max(seconds_to_wait("miss", request), seconds_to_wait("send", request))
            if wait:
                minutes = -(-wait // MINUTE)
                return _closed(render(request, "errors/429.html", {"minutes": minutes}, status=429), wait)
            if request.method == "POST":
                count_against("send", request, SENDS_A_MINUTE)
            response = view(request, *args, **kwargs)
            if response.status_code == NOT_FOUND:
                count_against("miss", request, MISSES_A_MINUTE)
        except redis.RedisError:
            return _closed(render(request, "errors/503.html", status=503), MINUTE)
        return response

    return ask


def paced(kind: str, most: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A page for programs: ``most`` requests a minute from one network; without Redis it stays open (security.md §15)."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                is_over = _count(_key(f"pace:{kind}", request), MINUTE) > most
            except redis.RedisError:
                is_over = False
            if is_over:
                return _closed(render(request, "errors/429.html", {"minutes": 1}, status=429), MINUTE)
            return view(request, *args, **kwargs)

        return ask

    return wrap


def _closed(response: HttpResponse, wait: int) -> HttpResponse:
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # the address holds a token
    return response
