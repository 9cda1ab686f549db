"""A decided case asked again: the same editions, the same facts, the same answer, whatever was published since."""

from __future__ import annotations

from cases.discretion.engine import assess
from cases.discretion.result import Assessment
from cases.discretion.snapshot import snapshot, thaw_request
from cases.models import Discretion
from cases.queries.benchmarks import edition_as_it_was


def recompute(discretion: Discretion) -> Assessment:
    """Run the engine on the frozen inputs and editions."""
    frozen = discretion.result
    benchmark, earlier = edition_as_it_was(frozen["editions"], frozen["assessment"]["unconfirmed"])
    return assess(thaw_request(frozen["request"]), benchmark, earlier=earlier)


def is_the_same(discretion: Discretion) -> bool:
    """Whether the answer of today is, to the letter, the one that was frozen."""
    return bool(snapshot(recompute(discretion)) == discretion.result["assessment"])
