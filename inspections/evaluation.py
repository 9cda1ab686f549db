"""事后评价 as pure functions: which rating is bad, which counts, when its window closes, what may be shown.

standards/inspection.md §4.4 and shared decision 26: three levels, one per visit within fifteen days, groups of five.
Codes of the models' lists are plain words here: this module knows no models.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

FEWEST = 5  # shared decision 26; the database refuses a smaller group, too
MOST_STATEMENTS = 5  # of one visit: the code may be in several hands, but not in every hand of the town
LEVELS = ("good", "fair", "bad")


@dataclass(frozen=True)
class Answers:
    """One filled questionnaire. The truth values say what went wrong, so that nothing wrong is all False."""

    overall: str
    no_certificate: bool = False  # q1
    beyond_told: bool = False  # q2
    disturbance: str = "none"  # q3
    demanded: bool = False  # q4
    uncivil: bool = False  # q5
    bans: tuple[str, ...] = ()  # of the 八个不得
    text: str = ""
    contact: str = ""
    is_named: bool = False  # the business lets supervision know which visit it was

    def as_words(self) -> dict[str, Any]:
        return {**asdict(self), "bans": list(self.bans)}

    @classmethod
    def from_words(cls, words: Mapping[str, Any]) -> Answers:
        return cls(**{**words, "bans": tuple(words["bans"])})


def is_bad(answers: Answers) -> bool:
    """insp-evaluate: 不满意, or money, meals, agencies or contributions were asked for, goes to supervision.

    insp-five-ban: so does every one of the 八个不得.
    """
    return answers.overall == "bad" or answers.demanded or bool(answers.bans)


def counted(statements: Sequence[Answers]) -> Answers:
    """One visit counts once. Of several statements the least favourable: nobody improves a rating by adding another."""
    return max(statements, key=lambda one: (is_bad(one), LEVELS.index(one.overall), _complaints(one)))


def _complaints(one: Answers) -> int:
    wrong = (one.no_certificate, one.beyond_told, one.disturbance != "none", one.demanded, one.uncivil)
    return sum(wrong) + len(one.bans)


def last_day(finished_on: date, days: int) -> date:
    """The last day on which a visit may be rated and its rating changed."""
    return finished_on + timedelta(days=days)


def quarter_of(day: date) -> str:
    """2026Q1."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def quarter_title(quarter: str) -> str:
    """2026 年第 1 季度."""
    return f"{quarter[:4]} 年第 {quarter[5]} 季度"


def quarter_end(quarter: str) -> date:
    year, month = int(quarter[:4]), int(quarter[5]) * 3
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)


def may_release(quarter: str, days: int, today: date) -> bool:
    """All of a quarter's windows have closed: what is counted now never changes, so no difference can be taken."""
    return today > last_day(quarter_end(quarter), days)


@dataclass(frozen=True)
class UnitQuarter:
    """One unit in one quarter: how many visits could be rated, and what counts of each that was."""

    code: str
    name: str
    visits: int
    given: tuple[Answers, ...] = field(default=())


def groups(units: Iterable[UnitQuarter]) -> list[UnitQuarter]:
    """What may be shown: units with five ratings or more, and the others together where they have five together.

    There is no total beside them: from a total and its parts the hidden part could be computed.
    """
    found = sorted(units, key=lambda one: one.code)
    shown = [one for one in found if len(one.given) >= FEWEST]
    rest = [one for one in found if 0 < len(one.given) < FEWEST]
    given = tuple(answers for one in rest for answers in one.given)
    if len(given) >= FEWEST:
        shown.append(UnitQuarter("", "其余单位合计", sum(one.visits for one in rest), given))
    return shown


def counts(given: Sequence[Answers]) -> dict[str, int]:
    """The figures of a group, by the names of its columns."""
    return {
        "given": len(given),
        **{level: sum(one.overall == level for one in given) for level in LEVELS},
        "no_certificate": sum(one.no_certificate for one in given),
        "beyond_told": sum(one.beyond_told for one in given),
        "disturbed_slightly": sum(one.disturbance == "slight" for one in given),
        "disturbed_seriously": sum(one.disturbance == "serious" for one in given),
        "demanded": sum(one.demanded for one in given),
        "uncivil": sum(one.uncivil for one in given),
        "banned": sum(bool(one.bans) for one in given),
    }
