"""The demonstration of the dossier review: a round with blind second reviews, an objection, a correction, a model."""

from __future__ import annotations

import pytest

from cases.api import side_work
from cases.models import CorrectionTask, DossierReview, ModelDossier, ReviewDraw, ReviewObjection
from cases.queries.dossier_reviews import library, year_table
from lishu_law import clock
from lishu_law.demo.seed import Seeded
from lishu_law.registry.models import User


@pytest.fixture(scope="module")
def db(seeded: Seeded) -> Seeded:
    """The seeded database stands in for a fresh one."""
    return seeded


@pytest.mark.usefixtures("db")
def test_a_round_with_all_that_comes_of_it() -> None:
    draw = ReviewDraw.objects.get()
    rounds = list(DossierReview.objects.filter(draw=draw).select_related("reviewer"))
    assert all(one.finished_at for one in rounds)
    blind = [one for one in rounds if one.round == 2]
    assert blind
    for one in blind:
        first = next(row for row in rounds if row.case_id == one.case_id and row.round == 1)
        assert first.reviewer != one.reviewer
    objection = ReviewObjection.objects.get()
    assert objection.outcome == ""
    assert CorrectionTask.objects.filter(done_at__isnull=False, confirmed_at=None).count() == 1
    assert CorrectionTask.objects.filter(done_at=None).exists()
    assert year_table(draw.year).files == len(draw.chosen)
    model = ModelDossier.objects.get()
    assert model.review.case_id != objection.review.case_id
    (shown,) = library(User.objects.get(username="officer1"))
    assert "演示" in shown.merits


@pytest.mark.usefixtures("db")
def test_everything_that_waits_is_on_somebodys_desk() -> None:
    now = clock.now()
    kinds = {user.username: {one.kind for one in side_work(user, now)} for user in User.objects.all()}
    assert kinds["legal2"] == {"phrase", "settle"}
    assert any("correct" in found for found in kinds.values())
    assert any("confirm" in kinds[name] for name in ("dossier1", "dossier2"))
