"""Results of visits that were not drawn become public, and what everybody reads of them (inspection.md §9)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspections.actions.documents import NewTelling, make_paper, tell_result
from inspections.actions.ratings import close_evaluations
from inspections.actions.results import publish_results
from inspections.actions.visits import NewOrder, NewPoint
from inspections.models import FilingState, InspectionFiling
from inspections.queries.results import public_results, results_to_publish, waiting_results
from lishu_law.audit.models import JournalEntry
from lishu_law.desk.work import desk_of
from lishu_law.errors import NotAllowed, Refused
from lishu_law.registry.actions import enter_party
from lishu_law.registry.details import PartyDetails
from lishu_law.registry.models import SupervisedSubject
from tests.inspections.browsing import client_of
from tests.inspections.scenes import COMPANY, VISIT_FROM, Scene, finished_filing, signed_by_officers, subject

TOLD_AT = VISIT_FROM + timedelta(hours=3)
NOW = VISIT_FROM + timedelta(days=2)  # Friday 6 March 2026
SECRET = {"exemption": "E4", "exemption_reason": "与公安机关联合行动", "token_digest": None, "token": ""}


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def ordered(scene: Scene) -> dict[str, Any]:
    failed = NewPoint(scene.matter.pk, "1", "不合格", "未苫盖", "某条", "by_date", "录像")
    points = (failed, NewPoint(scene.matter.pk, "2", "合格"))
    return {
        "result_code": "R5",
        "item_code": "",
        "points": points,
        "order": NewOrder("配齐苫布", "", date(2026, 3, 11)),
    }


def finished(scene: Scene, **changed: Any) -> InspectionFiling:
    return signed_by_officers(finished_filing(scene, subject(), **(changed or ordered(scene))))


def told(scene: Scene, filing: InspectionFiling) -> InspectionFiling:
    who: dict[str, Any] = {"filing_id": filing.pk, "version": None, "by": scene.cast.lead, "at": TOLD_AT}
    make_paper(**who, code="inspection_result")
    tell_result(**who, telling=NewTelling("on_spot", TOLD_AT, "示例厂长"))
    filing.refresh_from_db()
    return filing


def publish(scene: Scene, *filings: InspectionFiling, by: Any = None) -> int:
    return publish_results(by=by or scene.cast.checker, references=[one.reference for one in filings], at=NOW)


def refused(scene: Scene, *filings: InspectionFiling) -> list[str]:
    with pytest.raises(Refused) as caught:
        publish(scene, *filings)
    return [one.code for one in caught.value.refusals]


def page(**asked: str) -> str:
    return Client().get(reverse("public-results"), asked).content.decode()


def test_a_told_result_becomes_public_with_what_the_standard_names(scene: Scene) -> None:
    filing = told(scene, finished(scene))
    (waiting,) = waiting_results(NOW)
    assert (waiting.why_not, waiting.due) == ("", date(2026, 4, 1))  # twenty working days after 4 March
    assert filing.check_code not in page()
    before = JournalEntry.objects.count()
    assert publish(scene, filing) == 1
    assert [one.action for one in JournalEntry.objects.order_by("seq")[before:]] == ["inspection.publish"]
    filing.refresh_from_db()
    assert (filing.result_published_at, filing.state) == (NOW, FilingState.FINISHED)  # it may be rated still
    (row,) = public_results(NOW).rows
    assert (row.number, row.name, row.finished_on) == (filing.check_code, COMPANY.name, date(2026, 3, 4))
    assert (row.result, row.is_ordered, row.matters) == ("发现问题已责令改正", True, (scene.matter.name,))
    shown = page()
    for words in (filing.check_code, COMPANY.name, "发现问题已责令改正", scene.matter.name):
        assert words in shown
    for inside in ("未苫盖", "示例厂长", "配齐苫布", scene.cast.lead.full_name, str(filing.filing_no)):
        assert inside not in shown
    assert waiting_results(NOW) == []


def test_what_is_not_told_or_public_already_is_refused(scene: Scene) -> None:
    filing = finished(scene)
    assert [one.why_not for one in waiting_results(NOW)] == ["还没有告知被检查人"]
    assert results_to_publish(NOW) == []
    assert refused(scene, filing) == ["insp-result-public"]
    assert refused(scene) == ["insp-result-public"]
    told(scene, filing)
    (owed,) = results_to_publish(NOW)
    assert (owed.draw_no, owed.count, owed.due) == ("", 1, date(2026, 4, 1))
    assert publish(scene, filing) == 1
    assert refused(scene, filing) == ["insp-result-public"]
    with pytest.raises(NotAllowed):
        publish(scene, filing, by=scene.cast.lead)


@pytest.mark.parametrize("kind", ["secret", "citizen"])
def test_neither_a_secret_visit_nor_a_person_is_published(scene: Scene, kind: str) -> None:
    filing = told(scene, finished(scene))
    if kind == "secret":
        InspectionFiling.objects.filter(pk=filing.pk).update(**SECRET)
    else:
        party = enter_party(PartyDetails(kind="citizen", name="示例车主"))[0]
        SupervisedSubject.objects.filter(pk=filing.subject_id).update(kind="person", party=party)
    assert waiting_results(NOW) == []
    assert refused(scene, filing) == ["insp-result-public"]
    InspectionFiling.objects.filter(pk=filing.pk).update(result_published_at=NOW)
    assert public_results(NOW).rows == []


def test_a_trader_is_shown_by_its_number_only(scene: Scene) -> None:
    filing = told(scene, finished(scene))
    SupervisedSubject.objects.filter(pk=filing.subject_id).update(kind="individual")
    publish(scene, filing)
    shown = page()
    assert filing.subject.object_no in shown
    assert COMPANY.name not in shown
    assert public_results(NOW, words=COMPANY.name[:4]).rows == []
    assert len(public_results(NOW, words=filing.subject.object_no).rows) == 1


def test_results_are_found_by_name_and_number_and_gone_after_a_year(scene: Scene) -> None:
    filing = told(scene, finished(scene))
    publish(scene, filing)
    assert len(public_results(NOW, words="示例运输").rows) == 1
    assert len(public_results(NOW, words=str(filing.check_code)).rows) == 1
    assert public_results(NOW, words="别的公司").rows == []
    assert "没有找到" in page(q="别的公司")
    last = datetime(2027, 3, 6, 15, 59, tzinfo=NOW.tzinfo)
    assert len(public_results(last - timedelta(days=1)).rows) == 1
    assert public_results(last + timedelta(days=1)).rows == []


def test_the_state_is_published_when_the_time_for_ratings_is_over_too(scene: Scene) -> None:
    early, late = told(scene, finished(scene)), VISIT_FROM + timedelta(days=16)
    publish(scene, early)
    close_evaluations(by=None, at=late)
    early.refresh_from_db()
    assert early.state == FilingState.PUBLISHED


def test_published_after_the_ratings_are_closed(scene: Scene) -> None:
    filing = told(scene, finished(scene))
    close_evaluations(by=None, at=VISIT_FROM + timedelta(days=16))
    filing.refresh_from_db()
    assert filing.state == FilingState.EVALUATED
    publish(scene, filing)
    filing.refresh_from_db()
    assert filing.state == FilingState.PUBLISHED


def test_the_desk_and_the_form_of_whoever_publishes(scene: Scene) -> None:
    filing = told(scene, finished(scene))
    url = reverse("results-publish")
    lines = [line for line in desk_of(scene.cast.checker, NOW).lines if line.url == url]
    assert [line.title for line in lines] == ["公示检查结果"]
    client = client_of(scene.cast.checker)
    assert str(filing.check_code) in client.get(url).content.decode()
    done = client.post(url, {"references": [filing.reference]})
    assert done.headers["Location"] == url
    assert filing.check_code in page()
    assert not [line for line in desk_of(scene.cast.checker, NOW).lines if line.url == url]
    assert "现在没有可以公示的检查结果" in client.get(url).content.decode()


def test_the_public_page_asks_little_and_keeps_no_cookie(scene: Scene) -> None:
    publish(scene, told(scene, finished(scene)))
    client = Client()
    with CaptureQueriesContext(connection) as counted:
        answer = client.get(reverse("public-results"))
    assert len(counted) <= 3
    assert not answer.cookies
    assert "max-age=60" in answer.headers["Cache-Control"]


def test_the_database_publishes_nothing_that_runs(scene: Scene) -> None:
    filing = finished(scene)
    broken = {"state": "started", "finished_at": None, "result_code": "", "result_published_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionFiling.objects.filter(pk=filing.pk).update(**broken)
