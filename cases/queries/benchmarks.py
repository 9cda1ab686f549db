"""The benchmark edition in force and the catalogue of violations, loaded once per process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cases.discretion.benchmark import Benchmark, load_shipped
from lishu_law.law.tables import DATA_FOLDER


@dataclass(frozen=True)
class Violation:
    """One 案由 an officer may pick."""

    code: str
    title: str
    domain: str


@lru_cache(maxsize=1)
def benchmark() -> Benchmark:
    """The shipped starter edition (imports of real editions follow)."""
    return load_shipped((DATA_FOLDER / "statutes.csv").read_text(encoding="utf-8-sig"))


@lru_cache(maxsize=1)
def violations() -> tuple[Violation, ...]:
    """All violations of the edition, in its order."""
    found = {}
    for item in benchmark().items:
        row = benchmark().item_rows(item)[0]
        found[item] = Violation(item, row.violation, row.domain)
    return tuple(found.values())


def violation(code: str) -> Violation | None:
    """The violation of a code, or None."""
    return next((one for one in violations() if one.code == code), None)
