"""Closed files drawn, scored blind twice, objected to, mended, chosen as a model (sup-case-review)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.actions import dossier_review, review_followup
from cases.actions.dossier_review import NewDraw
from cases.dossier_review.items import items_on
from cases.dossier_review.scoring import Judgement
from cases.models import CorrectionTask, DossierReview, ReviewDraw
from cases.permissions import visible_cases
from cases.queries.dossier_reviews import library, results, year_table
from lishu_law import clock
from lishu_law.errors import NotAllowed, NotFound, Refused
from lishu_law.registry.roles import Role
from tests.cast import make_cast, person
from tests.scenarios import Walk, case_at

YEAR = 2026


@pytest.fixture
def walk(db: None) -> Walk:
    return case_at("archived", make_cast())


@pytest.fixture
def reviewers(walk: Walk) -> tuple[Any, Any]:
    unit = walk.cast.authority
    return tuple(person(f"dossier{n}", f"示例评{n}", unit, Role.DOSSIER_REVIEWER) for n in (1, 2))  # type: ignore[return-value]


@pytest.fixture
def legal(walk: Walk) -> Any:
    """Of the legal section, and without any part in the case."""
    return person("legal2", "示例法二", walk.cast.authority, Role.LEGAL_REVIEWER)


def drawn(walk: Walk, reviewers: tuple[Any, ...], **changed: Any) -> ReviewDraw:
    words = {
        "year": YEAR,
        "seed": "2026-07-01 开奖 0312",
        "size": 5,
        "reviewers": reviewers,
        "second_every": 1,
        **changed,
    }
    return dossier_review.draw_files(by=walk.cast.reviewer, new=NewDraw(**words), at=walk.at)


def answers(**lost: Judgement) -> dict[str, Judgement]:
    asked = {one.code: Judgement() for one in items_on(date(YEAR, 7, 1)) if one.asks_person}
    return {**asked, **lost}


def finish(row: DossierReview, walk: Walk, **lost: Judgement) -> DossierReview:
    return dossier_review.finish_review(by=row.reviewer, review_id=row.pk, answers=answers(**lost), at=walk.at)


def rounds(draw: ReviewDraw) -> list[DossierReview]:
    return list(DossierReview.objects.filter(draw=draw).select_related("reviewer", "case").order_by("round"))


def test_a_drawn_file_is_scored_blind_twice(walk: Walk, reviewers: tuple[Any, Any]) -> None:
    row = drawn(walk, reviewers)
    assert row.chosen == row.pool == [walk.case.clue_no]
    first, second = rounds(row)
    assert {first.reviewer, second.reviewer} == set(reviewers)
    finish(first, walk, **{"30": Judgement(lost=2, note="说理太简单。")})
    assert results(walk.cast.reviewer, YEAR) == []  # nothing is told before both are done
    assert not CorrectionTask.objects.exists()
    with pytest.raises(NotFound):
        review_followup.object_to_item(by=walk.cast.lead, review_id=first.pk, item="30", text="已经写明。", at=walk.at)
    finish(second, walk)
    assert {one.pk for one in results(walk.cast.reviewer, YEAR)} == {first.pk, second.pk}
    table = year_table(YEAR)
    assert table.files == 1
    assert table.average == DossierReview.objects.get(pk=first.pk).score  # of two rounds the stricter counts
    assert "30" in {code for code, _title, _number in table.items}


def test_the_days_to_object_run_from_the_last_round(walk: Walk, reviewers: tuple[Any, Any]) -> None:
    first, second = rounds(drawn(walk, reviewers))
    finish(first, walk)
    walk.at += timedelta(days=30)
    last = finish(second, walk).tell_until
    assert last is not None
    assert last > walk.at.date()
    assert {one.tell_until for one in DossierReview.objects.all()} == {last}


def test_the_task_goes_when_no_round_charges_the_item(walk: Walk, reviewers: tuple[Any, Any], legal: Any) -> None:
    pair = rounds(drawn(walk, reviewers))
    for one in pair:
        finish(one, walk, **{"30": Judgement(lost=2, note="说理太简单。")})
    for one, dropped in zip(pair, (None, walk.at), strict=True):
        found = review_followup.object_to_item(by=walk.cast.lead, review_id=one.pk, item="30", text="有。", at=walk.at)
        review_followup.settle_objection(by=legal, objection_id=found.pk, agree=True, reply="成立。", at=walk.at)
        assert CorrectionTask.objects.get(item="30").dropped_at == dropped


@pytest.mark.parametrize("who", ["case's own reviewer", "other round's reviewer"])
def test_who_reviewed_the_case_or_the_file_settles_and_chooses_nothing(
    walk: Walk, reviewers: tuple[Any, Any], who: str
) -> None:
    first, second = rounds(drawn(walk, reviewers))
    for one in (first, second):
        finish(one, walk, **{"30": Judgement(lost=1, note="说理太简单。")})
    by = walk.cast.reviewer if who == "case's own reviewer" else second.reviewer
    by.roles = [Role.LEGAL_REVIEWER, Role.DOSSIER_REVIEWER]
    by.save(update_fields=["roles"])
    found = review_followup.object_to_item(by=walk.cast.lead, review_id=first.pk, item="30", text="有。", at=walk.at)
    with pytest.raises(NotAllowed):
        review_followup.settle_objection(by=by, objection_id=found.pk, agree=True, reply="成立。", at=walk.at)
    with pytest.raises(NotAllowed):
        dossier_review.choose_model(by=by, review_id=first.pk, merits="裁量理由写得具体。", at=walk.at)


def test_objection_gives_points_back_and_drops_the_task(walk: Walk, reviewers: tuple[Any, Any], legal: Any) -> None:
    (one,) = rounds(drawn(walk, reviewers[:1], second_every=0))
    finish(one, walk, **{"30": Judgement(lost=2, note="说理太简单。")})
    one.refresh_from_db()
    before = one.score
    with pytest.raises(NotAllowed):
        review_followup.object_to_item(by=walk.cast.outsider, review_id=one.pk, item="30", text="不同意。", at=walk.at)
    objection = review_followup.object_to_item(
        by=walk.cast.lead, review_id=one.pk, item="30", text="第三页有两段说理。", at=walk.at
    )
    with pytest.raises(Refused):
        review_followup.object_to_item(by=walk.cast.lead, review_id=one.pk, item="30", text="再提。", at=walk.at)
    review_followup.settle_objection(by=legal, objection_id=objection.pk, agree=True, reply="异议成立。", at=walk.at)
    one.refresh_from_db()
    assert (one.score, one.sheet["score"]) == (before + 2, float(before + 2))
    assert CorrectionTask.objects.get(item="30").dropped_at == walk.at


def test_objection_comes_in_time_or_not_at_all(walk: Walk, reviewers: tuple[Any, Any]) -> None:
    (one,) = rounds(drawn(walk, reviewers[:1], second_every=0))
    finish(one, walk, **{"30": Judgement(lost=1, note="说理太简单。")})
    one.refresh_from_db()
    late = walk.at + timedelta(days=(one.tell_until - walk.at.date()).days + 1)
    with pytest.raises(Refused):
        review_followup.object_to_item(by=walk.cast.lead, review_id=one.pk, item="30", text="不同意。", at=late)


def test_correction_is_reported_sent_back_and_confirmed(walk: Walk, reviewers: tuple[Any, Any]) -> None:
    (one,) = rounds(drawn(walk, reviewers[:1], second_every=0))
    finish(one, walk, **{"30": Judgement(lost=1, note="说理太简单。")})
    task = CorrectionTask.objects.get(review=one, item="30")
    review_followup.report_correction(by=walk.cast.lead, task_id=task.pk, note="已组织学习。", at=walk.at)
    review_followup.confirm_correction(
        by=reviewers[0], task_id=task.pk, agree=False, remark="请附学习记录。", at=walk.at
    )
    review_followup.report_correction(by=walk.cast.assistant, task_id=task.pk, note="附学习记录。", at=walk.at)
    with pytest.raises(NotAllowed):
        review_followup.confirm_correction(by=walk.cast.lead, task_id=task.pk, agree=True, at=walk.at)
    review_followup.confirm_correction(by=reviewers[0], task_id=task.pk, agree=True, at=walk.at)
    task.refresh_from_db()
    assert not task.is_open


def reads(walk: Walk, user: Any) -> set[bool]:
    """By the page of the case, and by the list: both must say the same."""
    with time_machine.travel(walk.at, tick=False):
        page = client_of(user).get(reverse("case", args=[walk.case.clue_no])).status_code == 200
        return {page, visible_cases(user).filter(pk=walk.case.pk).exists()}


def mend(walk: Walk, row: DossierReview) -> None:
    for task in CorrectionTask.objects.filter(dropped_at=None):
        review_followup.report_correction(by=walk.cast.lead, task_id=task.pk, note="已组织学习。", at=walk.at)
        review_followup.confirm_correction(by=row.reviewer, task_id=task.pk, agree=True, at=walk.at)


def test_the_file_is_read_until_its_review_is_over(walk: Walk, reviewers: tuple[Any, Any], legal: Any) -> None:
    first, second = rounds(drawn(walk, reviewers))
    finish(first, walk, **{"30": Judgement(lost=1, note="说理太简单。")})
    assert reads(walk, first.reviewer) == {True}  # the other round is not done
    finish(second, walk)
    objection = review_followup.object_to_item(
        by=walk.cast.lead, review_id=first.pk, item="30", text="有。", at=walk.at
    )
    first.refresh_from_db()
    last = first.tell_until
    walk.at += timedelta(days=(last - clock.local(walk.at).date()).days + 1)
    assert reads(walk, first.reviewer) == {True}  # an objection and a correction are open
    review_followup.settle_objection(by=legal, objection_id=objection.pk, agree=False, reply="不成立。", at=walk.at)
    assert reads(walk, second.reviewer) == {True}
    mend(walk, first)
    assert [reads(walk, one.reviewer) for one in (first, second)] == [{False}, {False}]


def test_the_last_day_to_object_is_the_last_day_of_reading(walk: Walk, reviewers: tuple[Any, Any], legal: Any) -> None:
    (one,) = rounds(drawn(walk, reviewers[:1], second_every=0))
    finish(one, walk)
    one.refresh_from_db()
    mend(walk, one)
    walk.at += timedelta(days=(one.tell_until - clock.local(walk.at).date()).days)
    assert reads(walk, reviewers[0]) == {True}
    walk.at += timedelta(days=1)
    assert reads(walk, reviewers[0]) == {False}
    reviewers[0].roles = [Role.LEGAL_REVIEWER, Role.DOSSIER_REVIEWER]  # S4 holds also when the review is over
    reviewers[0].save(update_fields=["roles"])
    with pytest.raises(NotAllowed):
        dossier_review.choose_model(by=reviewers[0], review_id=one.pk, merits="裁量理由写得具体。", at=walk.at)


def test_every_question_is_answered_and_lost_points_say_why(walk: Walk, reviewers: tuple[Any, Any]) -> None:
    (one,) = rounds(drawn(walk, reviewers[:1], second_every=0))
    with pytest.raises(Refused) as refused:
        dossier_review.finish_review(by=reviewers[0], review_id=one.pk, answers={}, at=walk.at)
    assert len(refused.value.refusals) == len(answers())
    for wrong in (Judgement(lost=1), Judgement(lost=4, note="过多")):
        with pytest.raises(Refused) as refused:
            finish(one, walk, **{"30": wrong})
        assert len(refused.value.refusals) == 1


def test_who_took_part_reviews_nothing_of_it(walk: Walk, reviewers: tuple[Any, Any]) -> None:
    lead = walk.cast.lead
    lead.roles = [Role.OFFICER, Role.DOSSIER_REVIEWER]
    lead.save(update_fields=["roles"])
    with pytest.raises(Refused) as refused:
        drawn(walk, (lead,), second_every=0)
    assert "办过这起案件" in refused.value.message
    (one,) = rounds(drawn(walk, (lead, reviewers[0]), second_every=0))
    assert one.reviewer == reviewers[0]


def test_a_seed_draws_once_a_year(walk: Walk, reviewers: tuple[Any, Any]) -> None:
    drawn(walk, reviewers)
    with pytest.raises(Refused):
        drawn(walk, reviewers)


def test_the_library_names_nobody(walk: Walk, reviewers: tuple[Any, Any], legal: Any) -> None:
    (one,) = rounds(drawn(walk, reviewers[:1], second_every=0))
    finish(one, walk)
    DossierReview.objects.filter(pk=one.pk).update(grade="excellent")
    by = legal
    for words in (f"{walk.case.known_party.name}的案卷说理充分，值得学习。", "示例甲办的案卷说理充分，值得学习。"):
        with pytest.raises(Refused):
            dossier_review.choose_model(by=by, review_id=one.pk, merits=words, at=walk.at)
    dossier_review.choose_model(by=by, review_id=one.pk, merits="裁量理由写得具体，当事人一看就懂。", at=walk.at)
    (shown,) = library(walk.cast.outsider)
    assert (shown.cause, shown.clue_no) == (walk.case.violation, "")
    assert "示例" not in repr(shown)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_pages(walk: Walk, reviewers: tuple[Any, Any], django_assert_max_num_queries: Any) -> None:
    (one,) = rounds(drawn(walk, reviewers[:1], second_every=0))
    reviewer, sheet = client_of(reviewers[0]), reverse("dossier-review-score", args=[one.pk])
    assert client_of(reviewers[1]).get(sheet).status_code == 404
    assert reviewer.get(reverse("case", args=[walk.case.clue_no])).status_code == 200  # drawn: may be read
    assert client_of(reviewers[1]).get(reverse("case", args=[walk.case.clue_no])).status_code == 404
    with django_assert_max_num_queries(27):
        page = reviewer.get(sheet)
    assert page.status_code == 200
    typed = {}
    for name in page.context["form"].fields:
        if name.startswith("item_"):
            typed[name] = "no" if name.startswith("item_V") else "0"
    assert reviewer.post(sheet, {**typed, "item_30": "1"}).status_code == 422
    assert reviewer.post(sheet, {**typed, "item_30": "1", "note_30": "说理太简单。"}).status_code == 303
    officer = client_of(walk.cast.lead)
    found = officer.get(reverse("dossier-review-result", args=[one.pk]))
    assert "说理太简单" in found.content.decode()
    task = CorrectionTask.objects.get(item="30")
    for name, arguments in (("object", [one.pk]), ("correct", [task.pk])):
        assert officer.get(reverse(f"dossier-review-{name}", args=arguments)).status_code == 200
    legal = client_of(walk.cast.reviewer)
    for name in ("dossier-reviews", "dossier-review-draw", "dossier-review-year", "dossier-review-library"):
        with django_assert_max_num_queries(14):
            assert legal.get(reverse(name)).status_code == 200


def test_the_panel_of_the_case_page(walk: Walk, django_assert_max_num_queries: Any) -> None:
    officer, address = client_of(walk.cast.lead), reverse("case-self-review", args=[walk.case.clue_no])
    with django_assert_max_num_queries(25):
        part = officer.get(address, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert "逐项查看" in part.content.decode()
    whole = officer.get(address).content.decode()
    assert "全部 55 个项目" in whole
    assert client_of(walk.cast.outsider).get(address).status_code == 404
