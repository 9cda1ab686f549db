"""What the launcher tells the exchange, by environment and command line; a wrong value stops the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """All settings; the rate limits' defaults are the contract's (section 7), 0 switches a limit off."""

    keys_file: Path
    host: str = "127.0.0.1"
    port: int = 8700
    database: str = ":memory:"
    clock_file: Path | None = None
    has_faults: bool = False
    rate: float = 10.0
    daily_limit: int = 20_000
    calendar: Path | None = None
    seed: int | None = None
    hostile: float = 0.0  # share of requests that go wrong from the start, without any switch set
    delay_ms: int = 1000
    public_url: str = ""  # what platform_url begins with; empty for the address listened on


class SettingsError(ValueError):
    """A setting that cannot be understood, with what to write instead."""


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the MOCK_* variables."""
    if not environment.get("MOCK_KEYS_FILE"):
        raise SettingsError("MOCK_KEYS_FILE is not set: give the JSON file of applications and keys")
    return Settings(
        keys_file=Path(environment["MOCK_KEYS_FILE"]),
        port=int(_number(environment, "MOCK_PORT", 8700)),
        database=environment.get("MOCK_DB") or ":memory:",
        clock_file=_path(environment, "MOCK_CLOCK_FILE"),
        has_faults=environment.get("MOCK_FAULTS") == "1",
        rate=_number(environment, "MOCK_RATE", 10.0),
        daily_limit=int(_number(environment, "MOCK_DAILY", 20_000)),
        calendar=_path(environment, "MOCK_CALENDAR"),
        seed=int(_number(environment, "MOCK_SEED", 0)) if environment.get("MOCK_SEED") else None,
        hostile=min(0.9, _number(environment, "MOCK_HOSTILE", 0.0)),
        delay_ms=int(_number(environment, "MOCK_DELAY", 1.0) * 1000),
        public_url=environment.get("MOCK_PUBLIC_URL", "").rstrip("/"),
    )


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    text = environment.get(name)
    return Path(text) if text else None


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError as error:
        raise SettingsError(f"{name}={text!r} is not a number") from error
    if not 0 <= value < 1e9:
        raise SettingsError(f"{name}={text!r} must lie between 0 and a thousand million")
    return value
