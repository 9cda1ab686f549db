"""What the dossier reviews put on a desk: the handler's corrections and answers, the reviewer's and the lawyer's part."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions import dossier_review, review_followup
from cases.actions.dossier_review import NewDraw
from cases.api import side_work
from cases.dossier_review.items import items_on
from cases.dossier_review.scoring import Judgement
from cases.models import CorrectionTask, DossierReview
from lishu_law import clock
from lishu_law.desk.work import desk_of
from lishu_law.registry.roles import Role
from tests.cast import make_cast, person
from tests.scenarios import Walk, case_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(db: None) -> Walk:
    return case_at("archived", make_cast())


def finished(walk: Walk) -> DossierReview:
    """A file reviewed with one fault that a person found."""
    reviewer = person("dossier1", "示例评一", walk.cast.authority, Role.DOSSIER_REVIEWER)
    new = NewDraw(year=2026, seed="2026-07-01 开奖 0312", size=5, reviewers=(reviewer,))
    dossier_review.draw_files(by=walk.cast.reviewer, new=new, at=walk.at)
    row = DossierReview.objects.select_related("reviewer").get()
    assert kinds(walk, reviewer) == {"score"}
    asked = {one.code: Judgement() for one in items_on(clock.local(walk.at).date()) if one.asks_person}
    asked["30"] = Judgement(lost=1, note="说理太简单。")
    return dossier_review.finish_review(by=reviewer, review_id=row.pk, answers=asked, at=walk.at)


def kinds(walk: Walk, user: Any) -> set[str]:
    return {one.kind for one in side_work(user, walk.at)}


def test_a_correction_stands_on_the_desk_of_its_handlers_with_its_day(walk: Walk) -> None:
    finished(walk)
    task = CorrectionTask.objects.get(item="30")
    for user in (walk.cast.lead, walk.cast.assistant):
        (line,) = [one for one in desk_of(user, walk.at).lines if "整改" in one.title and "30" in one.about]
        assert line.url == reverse("dossier-review-correct", args=[task.pk])
        assert line.about == "第 30 项 · 说理太简单。"
        assert line.light is not None
        assert clock.local(line.ends_at).date() == task.due_on + timedelta(days=1)
    for user in (walk.cast.outsider, walk.cast.squad_leader, walk.cast.reviewer):
        assert "correct" not in kinds(walk, user)


def test_reported_it_moves_to_the_reviewer_and_back(walk: Walk) -> None:
    row = finished(walk)
    tasks = list(CorrectionTask.objects.all())
    for task in tasks:
        review_followup.report_correction(by=walk.cast.lead, task_id=task.pk, note="已组织学习。", at=walk.at)
    assert (kinds(walk, walk.cast.lead), kinds(walk, row.reviewer)) == (set(), {"confirm"})
    for task in tasks:
        review_followup.confirm_correction(by=row.reviewer, task_id=task.pk, agree=False, remark="缺记录。", at=walk.at)
    assert (kinds(walk, walk.cast.lead), kinds(walk, row.reviewer)) == ({"correct"}, set())


def test_an_objection_waits_for_the_lawyer_and_its_answer_for_who_objected(walk: Walk) -> None:
    row = finished(walk)
    found = review_followup.object_to_item(by=walk.cast.lead, review_id=row.pk, item="30", text="有。", at=walk.at)
    lawyer = person("legal2", "示例法二", walk.cast.authority, Role.LEGAL_REVIEWER)
    (asked,) = side_work(lawyer, walk.at)
    assert kinds(walk, walk.cast.reviewer) == set()  # took part in the case (S4)
    assert (asked.kind, asked.about) == ("settle", f"第 30 项 · 提出人 {walk.cast.lead.full_name}")
    review_followup.settle_objection(by=lawyer, objection_id=found.pk, agree=True, reply="成立。", at=walk.at)
    (answer,) = [one for one in side_work(walk.cast.lead, walk.at) if one.kind == "answer"]
    assert (answer.key, answer.about) == ((row.pk,), "第 30 项 · 异议成立，恢复得分")
    assert "answer" not in kinds(walk, walk.cast.assistant)
    walk.at += timedelta(days=16)
    assert "answer" not in kinds(walk, walk.cast.lead)


def test_it_is_one_statement_for_everybody(walk: Walk) -> None:
    row = finished(walk)
    row.reviewer.roles = [Role.OFFICER, Role.DOSSIER_REVIEWER, Role.LEGAL_REVIEWER]
    for user, most in ((row.reviewer, 1), (walk.cast.lead, 1), (walk.cast.archivist, 0)):
        with CaptureQueriesContext(connection) as asked:
            side_work(user, walk.at)
        assert len(asked) == most
