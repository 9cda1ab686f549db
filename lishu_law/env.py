"""Settings from the environment: small typed readers that fail loudly on a typo, and secrets from files."""

from __future__ import annotations

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}
_PREFIX = re.compile(r"(/[A-Za-z0-9_-]+)*")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")


def text(name: str, default: str | None = None) -> str:
    """``NAME``, else the content of the file named by ``NAME_FILE``, else the default; no default means required."""
    if name in os.environ:
        return os.environ[name]
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    if default is None:
        raise ImproperlyConfigured(f"{name} (or {name}_FILE) is not set; ./lishu sets it, production must too.")
    return default


def flag(name: str, *, default: bool) -> bool:
    """A yes/no setting; any other word is an error, never silently false."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.lower() in TRUE_WORDS:
        return True
    if raw.lower() in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={raw!r} is neither yes nor no.")


def number(name: str, default: int) -> int:
    """A whole number."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={raw!r} is not a whole number.") from error


def path_prefix(name: str) -> str:
    """The path below which the site stands, as ``/xzcf``; empty for the root."""
    raw = os.environ.get(name, "").rstrip("/")
    if not _PREFIX.fullmatch(raw):
        raise ImproperlyConfigured(f"{name}={raw!r} is no path like /xzcf.")
    return raw


def origins(name: str) -> list[str]:
    """Addresses of sites, comma-separated, as ``https://www.example.gov.cn``; nothing behind the host."""
    found = [one.strip() for one in os.environ.get(name, "").split(",") if one.strip()]
    if wrong := [one for one in found if not _ORIGIN.fullmatch(one)]:
        raise ImproperlyConfigured(f"{name}: {wrong[0]!r} is no address like https://www.example.gov.cn.")
    return found


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Networks or single addresses, comma-separated."""
    try:
        return [ip_network(one.strip()) for one in os.environ.get(name, "").split(",") if one.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}.") from error


def database(url: str) -> dict[str, object]:
    """``postgresql://user:password@host:port/name?host=/socket/folder`` as Django's DATABASES entry."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://; other databases are not supported.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "lishu",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": query,
    }
