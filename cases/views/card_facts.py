"""What a kind of sub-object says of one of its objects on the case page, before the acts are added."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CardFacts:
    """``lines`` are label and text; ``part`` and ``id`` say which steps work on it."""

    part: str
    id: int
    title: str
    state: str
    lines: tuple[tuple[str, str], ...]
