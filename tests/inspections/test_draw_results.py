"""The results of drawn inspections: linked to their visit, public in time, shown by number where a person may stand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from inspections.actions.draw_results import publish_results
from inspections.actions.draws import NewStratum, freeze_draw, prepare_draw, void_draw
from inspections.actions.filings import approve_inspection, file_inspection
from inspections.actions.redraws import Wish, redraw
from inspections.actions.visits import NewOrder, NewPoint, finish_inspection, start_inspection
from inspections.models import CapRule, Draw, DrawnOfficer, InspectionFiling, RedrawReason, VoidReason
from inspections.queries.draw_results import draws_to_publish, is_shown, public_name, result_rows
from inspections.queries.draws import drawn_rows
from inspections.queries.exchange import exchange_facts
from lishu_law.audit.models import JournalEntry
from lishu_law.desk.work import desk_of
from lishu_law.errors import Refused
from lishu_law.registry.models import PartyKind, SubjectKind, SupervisedSubject
from tests.inspections.draw_scenes import FREIGHT, PUBLISHED_AT, drawn, new_draw, published, stocked
from tests.inspections.scenes import VISIT_FROM, Scene, new_filing, new_result, signed_by_party

ALL_OF_THEM = NewStratum(FREIGHT, "货运", Decimal(100))


def visited(scene: Scene, entry: SupervisedSubject, code: str = "R1", **changed: Any) -> InspectionFiling:
    """A visit by lot, filed after the draw and finished on Wednesday 4 March 2026 at 11:00."""
    cast = scene.cast
    team = drawn_officers(entry)
    filing = new_filing(scene, entry, source="draw", category="01", officers=team, **changed)
    row = file_inspection(by=team[0], filing=filing, at=PUBLISHED_AT + timedelta(minutes=5))
    row = approve_inspection(
        filing_id=row.pk, version=row.version, by=cast.deputy, agree=True, at=PUBLISHED_AT + timedelta(minutes=9)
    )
    row = start_inspection(
        filing_id=row.pk, version=row.version, by=team[0], how="code", at=VISIT_FROM + timedelta(minutes=5)
    )
    points = tuple(NewPoint(scene.matter.pk, number, "合格") for number in ("1", "2"))
    order = NewOrder("限期改正", "", date(2026, 3, 20)) if code == "R5" else NewOrder("")
    result = new_result(scene, result_code=code, item_code="", points=points, order=order)
    return finish_inspection(
        filing_id=row.pk,
        version=row.version,
        by=team[0],
        result=result,
        photos=(),
        signatures=(signed_by_party(cast),),
        at=VISIT_FROM + timedelta(hours=2),
    )


def drawn_officers(entry: SupervisedSubject) -> tuple[Any, ...]:
    team = DrawnOfficer.objects.filter(drawn__subject=entry, is_current=True, drawn__is_current=True)
    return tuple(one.officer.user for one in team.select_related("officer__user__unit").order_by("officer__code"))


def publish(scene: Scene, row: Draw, at: Any) -> Draw:
    row.refresh_from_db()
    return publish_results(draw_id=row.pk, version=row.version, by=scene.cast.checker, at=at)


def test_a_result_is_public_within_twenty_working_days(scene: Scene) -> None:
    row = published(stocked(scene, 2), ALL_OF_THEM)
    first = drawn_rows(row)[0]
    filing = visited(scene, first.subject, "R5")
    found = result_rows(row, VISIT_FROM + timedelta(days=1))
    assert [one.filing for one in found] == [filing, None]
    assert found[0].due == date(2026, 4, 1)  # twenty working days after 4 March 2026
    assert found[0].light is not None
    assert found[0].light.state == "normal"
    assert found[0].is_waiting
    publish(scene, row, VISIT_FROM + timedelta(days=5))
    done = result_rows(row, VISIT_FROM + timedelta(days=6))[0]
    assert (done.is_waiting, done.is_corrected, done.light and done.light.state) == (False, True, "done")
    assert JournalEntry.objects.latest("seq").action == "draw.results"


def test_a_late_publication_is_marked(scene: Scene) -> None:
    row = published(stocked(scene, 2), ALL_OF_THEM)
    visited(scene, drawn_rows(row)[0].subject)
    late = VISIT_FROM + timedelta(days=29)  # 2 April
    assert result_rows(row, late)[0].light.state == "overdue"  # type: ignore[union-attr]
    publish(scene, row, late)
    assert result_rows(row, late)[0].light.state == "done-late"  # type: ignore[union-attr]
    assert '"late":1' in JournalEntry.objects.latest("seq").body


def test_only_finished_visits_filed_for_the_drawn_object_count(scene: Scene) -> None:
    row = published(stocked(scene, 2), ALL_OF_THEM)
    first, second = drawn_rows(row)
    filing = visited(scene, first.subject)
    assert filing.drawn == first
    InspectionFiling.objects.filter(pk=filing.pk).update(drawn=second, state="started")
    with pytest.raises(Refused, match="没有新的检查结果"):
        publish(scene, row, VISIT_FROM + timedelta(days=5))
    InspectionFiling.objects.filter(pk=filing.pk).update(drawn=None, state="finished")
    with pytest.raises(Refused, match="没有新的检查结果"):
        publish(scene, row, VISIT_FROM + timedelta(days=5))
    InspectionFiling.objects.filter(pk=filing.pk).update(drawn=first)
    publish(scene, row, VISIT_FROM + timedelta(days=5))
    with pytest.raises(Refused, match="没有新的检查结果"):
        publish(scene, row, VISIT_FROM + timedelta(days=5))


def test_an_object_whose_result_is_public_is_not_redrawn(scene: Scene) -> None:
    row = published(stocked(scene, 20))
    first = drawn_rows(row)[0]
    visited(scene, first.subject)
    publish(scene, row, VISIT_FROM + timedelta(days=5))
    row.refresh_from_db()
    wish = Wish(first.object_no, RedrawReason.CLOSED, "名录核对后发现")
    with pytest.raises(Refused, match="已经公示"):
        redraw(draw_id=row.pk, version=row.version, by=scene.cast.squad_leader, wish=wish)


def test_a_result_is_shown_for_a_year(scene: Scene) -> None:
    row = published(stocked(scene, 2), ALL_OF_THEM)
    visited(scene, drawn_rows(row)[0].subject)
    publish(scene, row, VISIT_FROM + timedelta(days=5))  # 9 March 2026
    shown, waiting = result_rows(row, VISIT_FROM + timedelta(days=9))
    assert is_shown(shown, date(2027, 3, 8))
    assert not is_shown(shown, date(2027, 3, 9))
    assert not is_shown(waiting, date(2026, 3, 10))


@pytest.mark.parametrize(
    ("kind", "party_kind", "has_name"),
    [
        (SubjectKind.ENTERPRISE, PartyKind.ORGANISATION, True), (SubjectKind.COOPERATIVE, PartyKind.ORGANISATION, True),
        (SubjectKind.SHOP, PartyKind.INDIVIDUAL_BUSINESS, False), (SubjectKind.PERSON, PartyKind.CITIZEN, False),
        (SubjectKind.ENTERPRISE, PartyKind.CITIZEN, False),
    ],
)  # fmt: skip
def test_only_organisations_are_named_in_public(scene: Scene, kind: str, party_kind: str, has_name: bool) -> None:
    row = published(stocked(scene, 2), ALL_OF_THEM)
    first = drawn_rows(row)[0]
    first.subject.kind, first.subject.party.kind = kind, party_kind
    assert public_name(first) == (first.subject.party.name if has_name else "")


def test_recently_visited_objects_and_used_caps_stay_out_of_the_next_draw(scene: Scene) -> None:
    row = published(stocked(scene, 5), ALL_OF_THEM)
    entry = drawn_rows(row)[0].subject
    visited(scene, entry)
    later = VISIT_FROM + timedelta(days=20)
    assert excluded_at(scene, later, 6) == {"recent": 1}
    assert excluded_at(scene, later, 0) == {}
    CapRule.objects.create(industry="道路货运", most=1, basis="示例", valid_from=date(2026, 1, 1))
    assert excluded_at(scene, later, 0) == {"cap": 1}
    CapRule.objects.create(industry="道路货运", risk_class="B", most=3, basis="示例", valid_from=date(2026, 1, 1))
    assert excluded_at(scene, later, 0) == {}


def excluded_at(scene: Scene, moment: Any, months: int) -> dict[str, int]:
    row = prepare_draw(by=scene.cast.squad_leader, draw=new_draw(scene, ALL_OF_THEM, recent_months=months), at=moment)
    row = freeze_draw(draw_id=row.pk, version=row.version, by=scene.cast.squad_leader, at=moment)
    # Frozen pools do not pile up (draw-frozen).
    void_draw(draw_id=row.pk, version=row.version, by=scene.cast.head, reason=VoidReason.PLAN, at=moment)
    return row.excluded


def test_the_desk_says_what_waits_to_be_published(scene: Scene) -> None:
    row = published(stocked(scene, 2), ALL_OF_THEM)
    now = VISIT_FROM + timedelta(days=1)
    assert draws_to_publish(now) == []
    visited(scene, drawn_rows(row)[0].subject)
    (waiting,) = draws_to_publish(now)
    assert (waiting.draw_no, waiting.count, waiting.due) == (row.draw_no, 1, date(2026, 4, 1))
    (line,) = [line for line in desk_of(scene.cast.checker, now).lines if line.title == "公示检查结果"]
    assert (line.label, line.url) == (row.draw_no, reverse("draw-results", args=[row.draw_no]))
    assert line.about.endswith("1 个对象的检查已完成")
    assert not [line for line in desk_of(scene.cast.lead, now).lines if line.title == "公示检查结果"]
    publish(scene, row, VISIT_FROM + timedelta(days=5))
    assert draws_to_publish(now) == []


def test_the_desk_says_that_a_draw_itself_waits(scene: Scene) -> None:
    row = drawn(stocked(scene, 2), ALL_OF_THEM)
    (waiting,) = draws_to_publish(PUBLISHED_AT)
    assert (waiting.draw_no, waiting.count) == (row.draw_no, 0)
    (line,) = [line for line in desk_of(scene.cast.checker, PUBLISHED_AT).lines if line.title == "公布抽取结果"]
    assert line.url == reverse("draw-publish", args=[row.draw_no])


def test_the_exchange_is_told_the_number_of_the_draw(scene: Scene) -> None:
    row = published(stocked(scene, 2), ALL_OF_THEM)
    code = visited(scene, drawn_rows(row)[0].subject).check_code or ""
    facts = exchange_facts(code)
    assert facts is not None
    assert facts.plan_id == row.draw_no
