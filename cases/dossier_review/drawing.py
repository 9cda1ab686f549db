"""Drawing the files to review: repeatable by anybody who knows the pool and the seed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence


def draw(pool: Iterable[str], seed: str, size: int) -> tuple[str, ...]:
    """``size`` files of the pool (all of them where there are fewer), in the order they were drawn.

    Each file's place is HMAC-SHA256(seed, its number); the smallest come first. The order of the pool does not matter.
    """
    ordered = sorted(set(pool), key=lambda label: hmac.new(seed.encode(), label.encode(), hashlib.sha256).digest())
    return tuple(ordered[: max(0, size)])


def twice(chosen: Sequence[str], every: int) -> frozenset[str]:
    """Which of the chosen files get a blind second review: every n-th, none for 0."""
    return frozenset(chosen[every - 1 :: every]) if every > 0 else frozenset()


def result(scores: Sequence[tuple[float, bool]]) -> tuple[float, bool]:
    """Score and veto of a file from its rounds: the stricter counts (the handler may object)."""
    return min(score for score, _veto in scores), any(veto for _score, veto in scores)
