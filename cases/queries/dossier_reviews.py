"""Reads of the dossier reviews: what can be drawn, who took part, what waits for whom, the year in figures.

No figure is by person or squad: a review looks at files, and nobody is ranked by them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.dossier_review.scoring import FAILED, GRADES
from cases.models import (
    Case,
    CaseOfficer,
    CorrectionTask,
    DossierReview,
    HearingOfficer,
    ModelDossier,
    ReviewDraw,
    Step,
)
from cases.models import ReviewObjection as Objection
from cases.permissions import visible_cases
from cases.procedure.states import STAGES, State
from cases.queries.legal_desk import legal_rows
from lishu_law.registry.roles import Role

CLOSED = tuple(state for state in State if STAGES[state] in "CA" and state is not State.NOT_FILED)
PAGE = 20


def drawable(year: int) -> frozenset[str]:
    """Files closed in a year that no draw has taken yet."""
    closed = Case.objects.filter(closed_on__year=year, state__in=CLOSED, dossier_reviews__isnull=True)
    return frozenset(closed.values_list("clue_no", flat=True))


def taken_part(cases: Iterable[Case]) -> dict[int, frozenset[str]]:
    """Staff numbers of everybody who did anything in each case, in three statements."""
    found: dict[int, set[str]] = {case.pk: set() for case in cases}
    rows = [
        CaseOfficer.objects.filter(case__in=found).values_list("case_id", "user__staff_number"),
        Step.objects.filter(case__in=found).values_list("case_id", "by__staff_number"),
        HearingOfficer.objects.filter(hearing__case__in=found).values_list("hearing__case_id", "user__staff_number"),
    ]
    for case_id, number in (pair for some in rows for pair in some):
        found[case_id].add(number)
    return {case_id: frozenset(numbers) for case_id, numbers in found.items()}


def rounds_of(row: DossierReview) -> list[DossierReview]:
    """All rounds of the same file in the same draw, first one first."""
    return list(DossierReview.objects.filter(draw=row.draw_id, case=row.case_id).order_by("round"))


def reviews_to_do(user: Any) -> list[DossierReview]:
    """What this reviewer still has to score, oldest first."""
    mine = DossierReview.objects.filter(reviewer=user, finished_at__isnull=True).select_related("case")
    return list(mine.order_by("id")[:PAGE])


def told(rows: QuerySet[DossierReview]) -> QuerySet[DossierReview]:
    """Only reviews whose every round is finished: before that a result would not be blind."""
    waiting = DossierReview.objects.filter(draw=OuterRef("draw"), case=OuterRef("case"), finished_at__isnull=True)
    return rows.filter(~Exists(waiting))


def results(user: Any, year: int) -> list[DossierReview]:
    """The finished sheets of a year's draws that this person may read, newest first."""
    rows = told(DossierReview.objects.filter(draw__year=year)).select_related("case", "draw")
    if not user.has_role(Role.LEGAL_REVIEWER, Role.DEPUTY_HEAD, Role.HEAD):
        rows = rows.filter(case__in=visible_cases(user))
    return list(rows.order_by("-id")[:200])


def open_tasks(user: Any) -> list[CorrectionTask]:
    """Corrections that wait, of the files this person may read, by due day."""
    waiting = CorrectionTask.objects.filter(confirmed_at__isnull=True, dropped_at__isnull=True)
    mine = waiting.filter(review__case__in=visible_cases(user)).select_related("review__case", "review__reviewer")
    return list(mine.order_by("due_on", "id")[:100])


def open_objections() -> list[Objection]:
    """Objections that wait for the legal section."""
    return list(Objection.objects.filter(outcome="").select_related("review__case", "by").order_by("id")[:100])


@dataclass(frozen=True)
class ReviewWork:
    """One thing that waits on a desk: ``kind`` is score, confirm, settle or phrase; ``key`` is the act's address."""

    kind: str
    key: tuple[int | str, ...]
    label: str
    about: str


def review_work(user: Any) -> list[ReviewWork]:
    """What the dossier reviews ask of reviewers, and what waits for the legal section outside the cases.

    Handlers find their corrections on the board.
    """
    found: list[ReviewWork] = []
    if user.has_role(Role.DOSSIER_REVIEWER):
        found += [ReviewWork("score", (one.pk,), one.case.label, one.case.violation) for one in reviews_to_do(user)]
        found += [_reported(task) for task in open_tasks(user) if task.done_at and task.review.reviewer_id == user.pk]
    if user.has_role(Role.LEGAL_REVIEWER):
        found += [
            ReviewWork(kind, (code, key) if code else (key,), label, about)
            for kind, _place, key, code, label, about in legal_rows()
        ]
    return found


def _reported(task: CorrectionTask) -> ReviewWork:
    """A correction the handler has reported, for its reviewer."""
    about = f"第 {task.item} 项 · {task.text.partition(chr(10))[0]}"
    return ReviewWork("confirm", (task.pk,), task.review.case.label, about)


def draws_of(year: int) -> list[ReviewDraw]:
    return list(ReviewDraw.objects.filter(year=year).select_related("drawn_by").order_by("-id"))


@dataclass(frozen=True)
class YearTable:
    """The yearly table: files by grade, what cost points how often, corrections and objections."""

    year: int
    files: int
    grades: tuple[tuple[str, int], ...]
    average: Decimal | None
    items: tuple[tuple[str, str, int], ...]  # code, title, how many files
    tasks: int
    tasks_done: int
    objections: int
    upheld: int
    differing: int  # files whose two rounds came to different grades


def year_table(year: int) -> YearTable:
    """The figures of a year's draws, in three statements; of a file with two rounds the stricter one counts."""
    rounds: dict[tuple[int, int], list[DossierReview]] = {}
    for row in told(DossierReview.objects.filter(draw__year=year)).order_by("id"):
        rounds.setdefault((row.draw_id, row.case_id), []).append(row)
    strictest = [min(some, key=_strictness) for some in rounds.values()]
    counted = Counter(row.grade for row in strictest)
    costly: Counter[tuple[str, str]] = Counter(
        (line["code"], line["title"])
        for row in strictest
        for line in row.sheet["items"]
        if line["lost"] or line["is_vetoed"]
    )
    tasks = CorrectionTask.objects.filter(review__draw__year=year, dropped_at__isnull=True)
    outcomes = Counter(Objection.objects.filter(review__draw__year=year).values_list("outcome", flat=True))
    total = sum((row.score for row in strictest if row.score is not None), Decimal(0))
    done = list(tasks.values_list("confirmed_at", flat=True))
    return YearTable(
        year=year,
        files=len(strictest),
        grades=tuple((title, counted[code]) for code, title in GRADES.items()),
        average=(total / len(strictest)).quantize(Decimal("0.1")) if strictest else None,
        items=tuple((code, title, number) for (code, title), number in costly.most_common()),
        tasks=len(done),
        tasks_done=sum(one is not None for one in done),
        objections=sum(outcomes.values()),
        upheld=outcomes["upheld"],
        differing=sum(len({one.grade for one in some}) > 1 for some in rounds.values()),
    )


def _strictness(row: DossierReview) -> tuple[bool, Decimal]:
    return row.grade != FAILED, row.score or Decimal(0)


@dataclass(frozen=True)
class ModelRow:
    """What the library shows of a file: nothing that leads to a person or a firm."""

    cause: str
    domain: str
    procedure: str
    year: int
    score: str
    merits: str
    clue_no: str  # linked only for those who may read the case


def library(user: Any) -> list[ModelRow]:
    """The model files, newest first."""
    rows = ModelDossier.objects.select_related("review__case", "review__draw").order_by("-id")[:100]
    readable = set(visible_cases(user).filter(pk__in=[one.review.case_id for one in rows]).values_list("pk", flat=True))
    return [_model(one, one.review.case, one.review.case_id in readable) for one in rows]


def _model(one: ModelDossier, case: Case, is_readable: bool) -> ModelRow:
    return ModelRow(
        case.violation, case.domain, case.get_procedure_display(), one.review.draw.year, f"{one.review.score:f}",
        one.merits, case.clue_no if is_readable else "",
    )  # fmt: skip
