"""Assessments a second of one processor, over the shipped examples: what a county's worst day needs, many times over."""

from __future__ import annotations

from pathlib import Path

import cases
from cases.discretion.engine import assess
from cases.discretion.examples import read_examples, requests_of
from cases.discretion.reading import load_shipped
from lishu_law.demo.bench.measuring import Line, best, whole

LEAST = 2_000  # a second of one processor
ROUNDS = 3


def assessment(seconds: float) -> Line:
    """How many complete assessments with reasons and law comparison a second of processor time gives."""
    edition = load_shipped()
    text = Path(cases.__file__).with_name("data").joinpath("discretion_examples.csv").read_text(encoding="utf-8")
    requests = [request for row in read_examples(text) for request in requests_of(row)]
    times = max(1, int(seconds * LEAST / len(requests)))

    def run() -> None:
        for _ in range(times):
            for request in requests:
                assess(request, edition)

    cost = best([whole(run)() for _ in range(ROUNDS)])
    rate = times * len(requests) / cost.cpu
    note = f"{len(requests)} findings of the shipped examples, {len(edition.rows)} rows"
    return Line("ASSESS", "assessments", "1/s", LEAST, rate, 1, more_is_better=True, note=note)
