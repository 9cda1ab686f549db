"""From findings to the score sheet: a hundred points less what the findings cost, and 不合格 with any veto.

Items that concern nothing in the file keep their points. The answers of a person to the sheet's questions are added by
:func:`judged`; until then the score is the machine's part and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cases.dossier_review.dossier import Dossier
from cases.dossier_review.finding import Finding
from cases.dossier_review.items import FULL, Item, items_on
from cases.dossier_review.table import CHECKS
from lishu_law.law.parameters import DEFAULT_PARAMETERS

EXCELLENT, PASSED, FAILED = "excellent", "passed", "failed"
GRADES = {EXCELLENT: "优秀", PASSED: "合格", FAILED: "不合格"}


@dataclass(frozen=True)
class Judgement:
    """What a person answered to one question of the sheet: points taken, or for a veto whether it holds."""

    lost: Decimal = Decimal(0)
    is_vetoed: bool = False
    note: str = ""


@dataclass(frozen=True)
class ItemScore:
    """One line of the sheet."""

    item: Item
    findings: tuple[Finding, ...] = ()
    judgement: Judgement | None = None

    @property
    def lost(self) -> Decimal:
        """Points lost, at most the item's."""
        by_machine = self.item.each * len(self.findings)
        by_person = self.judgement.lost if self.judgement else Decimal(0)
        return min(self.item.points, by_machine + by_person)

    @property
    def is_vetoed(self) -> bool:
        return self.item.is_veto and (bool(self.findings) or bool(self.judgement and self.judgement.is_vetoed))

    @property
    def is_waiting(self) -> bool:
        """Does a person still have to answer?"""
        return self.item.asks_person and self.judgement is None


@dataclass(frozen=True)
class Part:
    """The lines of one part of the sheet, as the machine judged them."""

    title: str
    lines: tuple[ItemScore, ...]

    @property
    def findings(self) -> int:
        return sum(len(line.findings) for line in self.lines)

    @property
    def lost(self) -> Decimal:
        return sum((line.lost for line in self.lines), Decimal(0))

    @property
    def is_vetoed(self) -> bool:
        return any(line.is_vetoed for line in self.lines)


@dataclass(frozen=True)
class Sheet:
    """The score sheet of a file on a day."""

    label: str
    on: date
    lines: tuple[ItemScore, ...]

    @property
    def score(self) -> Decimal:
        return FULL - sum((line.lost for line in self.lines), Decimal(0))

    @property
    def vetoes(self) -> tuple[ItemScore, ...]:
        return tuple(line for line in self.lines if line.is_vetoed)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for line in self.lines for finding in line.findings)

    @property
    def waiting(self) -> tuple[ItemScore, ...]:
        return tuple(line for line in self.lines if line.is_waiting)

    @property
    def costly(self) -> tuple[ItemScore, ...]:
        """Vetoes first, then the lines that cost points."""
        return (*self.vetoes, *(line for line in self.lines if line.lost))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The lines by the part their items belong to, in the order of the table."""
        titles = dict.fromkeys(line.item.part for line in self.lines)
        return tuple(Part(one, tuple(line for line in self.lines if line.item.part == one)) for one in titles)

    @property
    def grade(self) -> str:
        """excellent, passed or failed, by the parameters of the day."""
        return _grade(self.score, bool(self.vetoes), self.on)

    @property
    def grade_title(self) -> str:
        return GRADES[self.grade]

    def line(self, code: str) -> ItemScore:
        return next(line for line in self.lines if line.item.code == code)


def review(dossier: Dossier) -> Sheet:
    """Every item of the day over the file, by machine."""
    return Sheet(
        dossier.label,
        dossier.today,
        tuple(ItemScore(item, tuple(CHECKS[item.code](dossier))) for item in items_on(dossier.today)),
    )


def judged(sheet: Sheet, answers: Mapping[str, Judgement]) -> Sheet:
    """The sheet with a person's answers, by item code. Raises ``ValueError`` for an item that asks nobody."""
    known = {line.item.code for line in sheet.lines if line.item.asks_person}
    if strangers := sorted(set(answers) - known):
        raise ValueError(f"nobody is asked about {strangers}")
    lines = tuple(
        ItemScore(line.item, line.findings, answers.get(line.item.code, line.judgement)) for line in sheet.lines
    )
    return Sheet(sheet.label, sheet.on, lines)


def as_data(sheet: Sheet) -> dict[str, object]:
    """The sheet as JSON: what the command prints and a finished review keeps."""
    return {
        "case": sheet.label,
        "on": sheet.on.isoformat(),
        "score": float(sheet.score),
        "grade": sheet.grade,
        "grade_title": sheet.grade_title,
        "is_final": not sheet.waiting,
        "vetoes": [line.item.code for line in sheet.vetoes],
        "items": [_line(line) for line in sheet.lines],
    }


def _line(line: ItemScore) -> dict[str, object]:
    return {
        "code": line.item.code,
        "title": line.item.title,
        "points": float(line.item.points),
        "lost": float(line.lost),
        "is_veto": line.item.is_veto,
        "is_vetoed": line.is_vetoed,
        "judge": line.item.judge,
        "question": line.item.question,
        "is_waiting": line.is_waiting,
        "rules": list(line.item.rules),
        "citation": line.item.citation,
        "findings": [vars(finding) for finding in line.findings],
        "judgement": _answer(line.judgement),
    }


def _answer(judgement: Judgement | None) -> dict[str, object] | None:
    if judgement is None:
        return None
    return {"lost": float(judgement.lost), "is_vetoed": judgement.is_vetoed, "note": judgement.note}


def regraded(lines: Sequence[Mapping[str, Any]], on: date) -> tuple[Decimal, str]:
    """Score and grade of frozen lines (:func:`as_data`) after one of them changed."""
    score = FULL - sum((Decimal(str(line["lost"])) for line in lines), Decimal(0))
    return score, _grade(score, any(line["is_vetoed"] for line in lines), on)


def _grade(score: Decimal, is_vetoed: bool, on: date) -> str:
    if is_vetoed or score < DEFAULT_PARAMETERS.number("dossier_review.passed", on):
        return FAILED
    return EXCELLENT if score >= DEFAULT_PARAMETERS.number("dossier_review.excellent", on) else PASSED


def defects(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The names of what was found, without repetition."""
    return tuple(dict.fromkeys(finding.defect for finding in findings))
