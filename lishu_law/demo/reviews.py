"""Closed files drawn, reviewed blind by two people, objected to, to be mended, and one taken into the library.

Everything by the real actions. What waits afterwards stands on the desks: an objection with the legal section, a
correction with its handler, another with the reviewer.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.actions import dossier_review, review_followup
from cases.actions.dossier_review import NewDraw
from cases.dossier_review.items import items_on
from cases.dossier_review.scoring import EXCELLENT, Judgement
from cases.models import CaseOfficer, CorrectionTask, DossierReview, OfficerRole
from cases.queries.dossier_reviews import drawable
from lishu_law import clock
from lishu_law.demo.people import Cast

MOST = 4
SEED = "演示评查，种子事先公布"
# What the first reviewer and the second find in every file but the one that becomes a model: item → points, why.
FOUND: tuple[dict[str, tuple[int, str]], ...] = (
    {"30": (1, "说理只写了条款，没有结合现场情况。（演示）")},
    {"30": (1, "说理可以再具体些。（演示）"), "10": (1, "没有收集有利于当事人的证据。（演示）")},
)
MERITS = "现场情况写得客观，时间、地点、经过清楚，裁量理由一看就懂，票据和回证齐全。（演示）"


def make_reviews(cast: Cast, now: datetime) -> int:
    """Returns how many files were reviewed; none where nothing has been closed yet."""
    drawn_at = now - timedelta(days=1)
    today = clock.local(drawn_at).date()
    year = max((today.year, today.year - 1), key=lambda one: len(drawable(one)))
    if not drawable(year):
        return 0
    new = NewDraw(year, SEED, MOST, (cast["dossier1"], cast["dossier2"]), second_every=2)
    dossier_review.draw_files(by=cast["legal2"], new=new, at=drawn_at)
    rows = list(DossierReview.objects.select_related("reviewer", "case").order_by("pk"))
    twice = {row.case_id for row in rows if row.round == 2}
    clean = next((row.case_id for row in rows if row.case_id not in twice), None)
    for row in rows:
        _finish(row, {} if row.case_id == clean else FOUND[row.round - 1], drawn_at + timedelta(hours=3))
    _choose(clean, cast, now)
    _go_on([row for row in rows if row.case_id in twice], now)
    return len({row.case_id for row in rows})


def _finish(row: DossierReview, found: dict[str, tuple[int, str]], at: datetime) -> None:
    asked = {item.code: Judgement() for item in items_on(clock.local(at).date()) if item.asks_person}
    lost = {code: Judgement(lost=Decimal(points), note=why) for code, (points, why) in found.items()}
    dossier_review.finish_review(by=row.reviewer, review_id=row.pk, answers={**asked, **lost}, at=at)


def _choose(case_id: int | None, cast: Cast, now: datetime) -> None:
    """The file in which nothing was found becomes a model."""
    row = DossierReview.objects.filter(case=case_id, grade=EXCELLENT).first()
    if row is not None:
        dossier_review.choose_model(by=cast["legal2"], review_id=row.pk, merits=MERITS, at=now)


def _go_on(rows: list[DossierReview], now: datetime) -> None:
    """The handler objects to one item and reports what was mended of another; the rest waits on the desk."""
    if not rows:
        return
    first, lead = rows[0], _lead(rows[0])
    words = "决定书第三段结合现场装载情况说明了理由，请复核。（演示）"
    review_followup.object_to_item(by=lead, review_id=first.pk, item="30", text=words, at=now)
    task = CorrectionTask.objects.filter(review__case=first.case_id, item="10").first()
    if task is not None:
        note = "已组织中队学习证据收集要求，以后收集有利和不利两方面的证据。（演示）"
        review_followup.report_correction(by=lead, task_id=task.pk, note=note, at=now)


def _lead(row: DossierReview) -> Any:
    found = CaseOfficer.objects.filter(case=row.case_id, ended_at=None, role=OfficerRole.LEAD)
    return found.select_related("user").latest("pk").user
