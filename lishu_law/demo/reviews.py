"""A draw of closed files for the dossier review: one sheet filled in, with a correction that waits, others still to do."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from cases.actions.dossier_review import NewDraw, draw_files, finish_review
from cases.dossier_review.items import items_on
from cases.dossier_review.scoring import Judgement
from cases.models import Case, DossierReview
from lishu_law import clock
from lishu_law.demo.people import Cast

SEED = "演示种子 20260701"
SIZE = 3
THIN = Judgement(Decimal(1), note="说理只引了基准，没有结合本案情节。（演示）")


def make_reviews(cast: Cast, now: datetime) -> int:
    """Returns how many files were drawn: of the year in which the newest file was closed, none where none is."""
    newest = (
        Case.objects.filter(closed_on__isnull=False).order_by("-closed_on").values_list("closed_on", flat=True).first()
    )
    if newest is None:
        return 0
    new = NewDraw(newest.year, SEED, SIZE, (cast["dossier1"],))
    row = draw_files(by=cast["legal1"], new=new, at=now)
    first = DossierReview.objects.filter(draw=row).select_related("reviewer").earliest("pk")
    asked = [one.code for one in items_on(clock.local(now).date()) if one.asks_person]
    answers = {code: THIN if code == "30" else Judgement() for code in asked}
    finish_review(by=first.reviewer, review_id=first.pk, answers=answers, at=now)
    return len(row.chosen)
