"""How often an address may ask pages that a token opens: counted in Redis, closed when Redis is gone (security.md §15);
and how often it may search and read records, which stays open then.

Guessing is what is limited: only unknown tokens count, and each time the limit is crossed the wait doubles. A network
counts as one (/24, or /48 of IPv6). Keys hold a keyed digest of the network, never the address, and lapse by themselves.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
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


def tries_today(kind: str, about: str) -> int:
    """How often anybody tried this today (the number of a decision, say), this time counted; kept as a keyed digest."""
    mark = hmac.new(settings.SECRET_KEY.encode(), about.encode(), hashlib.sha256).hexdigest()[:20]
    return _count(f"{_prefix()}tries:{kind}:{mark}", DAY)


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


@dataclass(frozen=True)
class Pace:
    """How often one network may ask what costs something: so many times a minute, and a day (0: as often as it likes)."""

    kind: str
    a_minute: int
    a_day: int = 0

    def seconds_over(self, request: HttpRequest) -> int:
        """Count this request; how long to wait before the next one, 0 when it may go on."""
        for name, seconds, most in (("pace", MINUTE, self.a_minute), ("pace-day", DAY, self.a_day)):
            key = _key(f"{name}:{self.kind}", request)
            if most and _count(key, seconds) > most:
                return max(1, int(_store().ttl(key)))
        return 0


SEARCH = Pace("search", 30, 600)
JSON = Pace("json", 60)


def paced(
    pace: Pace, costs: Callable[[HttpRequest], bool] = lambda _request: True
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A page anybody may ask, but not without end; without Redis it stays open (security.md §15).

    Requests for which ``costs`` says no are not counted, nor those the program makes itself (export, leak gate).
    """

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            wait = 0
            if "REMOTE_ADDR" in request.META and costs(request):
                try:
                    wait = pace.seconds_over(request)
                except redis.RedisError:
                    wait = 0
            if wait:
                page = {"minutes": -(-wait // MINUTE)}
                return _closed(render(request, "errors/429.html", page, status=429), wait)
            return view(request, *args, **kwargs)

        return ask

    return wrap


def _closed(response: HttpResponse, wait: int) -> HttpResponse:
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # the address holds a token
    return response
