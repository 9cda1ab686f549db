"""Where the runs start: cases brought to their places by the real actions, one scene a test."""

from __future__ import annotations

from collections.abc import Callable

from tests import measure_scenes, spot_scenes
from tests.cases.actions import execution_scenes, hearing_scenes, remedy_scenes
from tests.cast import Cast
from tests.scenarios import Walk, case_at

Scene = Callable[[Cast], Walk]


def _road(word: str) -> Scene:
    return lambda cast: case_at(word, cast)


def _spot(word: str) -> Scene:
    return lambda cast: spot_scenes.spot_at(word, cast)


def _seized(cast: Cast) -> Walk:
    walk = measure_scenes.filed(cast)
    measure_scenes.taken(walk)
    return walk


def _kept(cast: Cast) -> Walk:
    walk = measure_scenes.filed(cast)
    measure_scenes.kept(walk)
    return walk


def _taken_urgently(cast: Cast) -> Walk:
    walk = measure_scenes.filed(cast)
    measure_scenes.taken_urgently(walk)
    return walk


def _reviewed_after(word: str) -> Scene:
    return lambda cast: remedy_scenes.reviewed_at(word, cast)[0]


def _pleaded(cast: Cast) -> Walk:
    walk = hearing_scenes.told(cast)
    hearing_scenes.plead(walk)
    return walk


def _at_window(cast: Cast) -> Walk:
    walk = execution_scenes.urged(cast)
    execution_scenes.to_window(walk)
    return walk


SCENES: dict[str, Scene] = {
    **{word: _road(word) for word in (
        "clue", "verified", "filing_recommended", "filed", "evidence_verified", "report_submitted", "report_approved",
        "notice_served", "review_requested", "reviewed", "decided", "decision_served", "paid", "closing_endorsed", "closed",
    )},
    **{f"spot-{word}": _spot(word) for word in ("opened", "assessed", "decided", "delivered", "reported")},
    "seized": _seized,
    "kept": _kept,
    "taken-urgently": _taken_urgently,
    "pleaded": _pleaded,
    "hearing-asked": lambda cast: hearing_scenes.arranged(cast)[0],
    "heard": lambda cast: hearing_scenes.heard(cast)[0],
    "late": execution_scenes.late,
    "urged": execution_scenes.urged,
    "court-window": _at_window,
    "at-court": lambda cast: execution_scenes.at_court(cast)[0],
    "enforced": lambda cast: execution_scenes.enforced(cast)[0],
    "under-review": _reviewed_after("decision_served"),
    "review-after-payment": _reviewed_after("paid"),
}  # fmt: skip
