"""The review of case files in a real Chromium: the live sheet of a case, the reviewer's page, what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page, expect

from cases.actions import dossier_review, review_followup
from cases.actions.dossier_review import NewDraw
from cases.dossier_review.items import items_on
from cases.dossier_review.scoring import Judgement
from cases.models import CorrectionTask, DossierReview
from lishu_law import clock
from lishu_law.registry.roles import Role
from tests.browser.walk import Screens
from tests.cast import make_cast, person
from tests.inspections.browsing import client_of
from tests.scenarios import Walk, case_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walk() -> Iterator[Walk]:
    made = case_at("archived", make_cast())
    with time_machine.travel(made.at, tick=True):
        yield made


def session_of(user: Any) -> dict[str, str]:
    return {"sid": client_of(user).cookies["sid"].value}


def drawn(walk: Walk, reviewers: list[Any]) -> list[DossierReview]:
    new = NewDraw(year=2026, seed="2026-07-01 开奖 0312", size=5, reviewers=tuple(reviewers), second_every=1)
    dossier_review.draw_files(by=walk.cast.reviewer, new=new, at=walk.at)
    return list(DossierReview.objects.select_related("reviewer").order_by("round"))


def finish(row: DossierReview, walk: Walk) -> None:
    asked = {one.code: Judgement() for one in items_on(clock.local(walk.at).date()) if one.asks_person}
    asked["30"] = Judgement(lost=1, note="说理太简单。")
    dossier_review.finish_review(by=row.reviewer, review_id=row.pk, answers=asked, at=walk.at)


@pytest.mark.parametrize("width", [1366, 360])
def test_a_file_is_scored_objected_to_and_mended(
    walk: Walk, open_page: Callable[..., Page], keep_screenshot: Callable[..., None], width: int
) -> None:
    cast, screens = walk.cast, Screens(width, True, keep_screenshot)
    reviewers = [person(f"dossier{n}", f"示例评{n}", cast.authority, Role.DOSSIER_REVIEWER) for n in (1, 2)]
    lead = open_page(width=width, cookies=session_of(cast.lead))
    lead.goto(reverse("case-self-review", args=[walk.case.clue_no]))
    screens.look(lead, "review-live")
    legal = open_page(width=width, cookies=session_of(cast.reviewer))
    legal.goto(reverse("dossier-review-draw"))
    screens.look(legal, "review-draw")
    first, second = drawn(walk, reviewers)
    sheet = open_page(width=width, cookies=session_of(first.reviewer))
    sheet.goto(reverse("dossier-review-score", args=[first.pk]))
    screens.look(sheet, "review-sheet")
    sheet.get_by_role("button", name="提交评查表").click()
    expect(sheet.locator(".notice-danger, [aria-invalid=true]").first).to_be_visible()  # nothing was answered
    screens.look(sheet, "review-sheet-unanswered")
    for row in (first, second):
        finish(row, walk)
    lead.goto(reverse("dossier-review-result", args=[first.pk]))
    expect(lead.get_by_text("说理太简单。").first).to_be_visible()
    screens.look(lead, "review-result")
    lead.goto(reverse("dossier-review-object", args=[first.pk]))
    screens.look(lead, "review-object")
    task = CorrectionTask.objects.filter(review=first).earliest("pk")
    lead.goto(reverse("dossier-review-correct", args=[task.pk]))
    screens.look(lead, "review-correct")
    made = review_followup.object_to_item(by=cast.lead, review_id=first.pk, item="30", text="第三页有两段说理。")
    legal.goto(reverse("dossier-review-settle", args=[made.pk]))
    screens.look(legal, "review-settle")
    for name in ("dossier-reviews", "dossier-review-year", "dossier-review-library"):
        legal.goto(f"{reverse(name)}?year=2026")
        screens.look(legal, name)
    assert screens.faults() == {}
