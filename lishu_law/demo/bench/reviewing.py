"""G21: the automatic review of one case file beside loading its facts."""

from __future__ import annotations

from cases.dossier_review.scoring import review
from cases.queries.dossier_review import load_dossier
from cases.queries.facts import load_case
from lishu_law import clock
from lishu_law.demo.bench.cases import deepest_case
from lishu_law.demo.bench.measuring import Line, each, in_turns
from lishu_law.demo.bench.pages import warm_up
from lishu_law.demo.bench.people import Staff

LONGEST = 1.0  # seconds


def file_review(staff: Staff, times: int) -> Line:
    """G21: loading the file and judging all items of it, beside loading it alone; at most a second."""
    case = deepest_case(staff)

    def load() -> None:
        load_dossier(load_case(case.pk), clock.today())

    def ours() -> None:
        review(load_dossier(load_case(case.pk), clock.today()))

    warm_up(load, ours)
    floor, cost = in_turns(each(load, times), each(ours, times))
    return Line(
        "G21", "review of one file / loading it", "ms", floor.wall * 1000, cost.wall * 1000, 3,
        also_holds=cost.wall <= LONGEST, note=f"at most {LONGEST:g} s; judging alone {(cost.wall - floor.wall) * 1000:.1f} ms",
    )  # fmt: skip
