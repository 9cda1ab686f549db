"""What stands in front of the site: a proxy that shows it below a path of another site, and hands on who asked.

Whether that proxy takes the path off or leaves it on, the site is the same. Whom a request comes from is believed of
trusted proxies only: rate limits, lock-outs and the journal go by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

Network = IPv4Network | IPv6Network
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def behind_proxy(application: Application, prefix: str, proxies: Sequence[Network]) -> Application:
    """The WSGI application as it is reached from outside; ``prefix`` as of ``env.path_prefix``."""

    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        peer, said = environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR", "")
        environ["REMOTE_ADDR"] = client_address(peer, said, proxies)
        return application(environ, start_response)

    return serve


def client_address(peer: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """The last address that is no proxy of ours; what a client wrote in front of it counts for nothing."""
    found = peer
    for one in [*reversed(forwarded.split(",")), ""]:
        if not _is_proxy(found, proxies):
            break
        if not _is_address(one.strip()):
            break
        found = one.strip()
    return found


def _is_proxy(text: str, proxies: Sequence[Network]) -> bool:
    return _is_address(text) and any(ip_address(text) in network for network in proxies)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
