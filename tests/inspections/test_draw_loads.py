"""The year's load: what is frozen with a pool, from which draws, and who waits for whom (standards/inspection.md §6.2)."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from inspections.actions.draws import NewStratum, freeze_draw, void_draw
from inspections.actions.redraws import Wish, redraw
from inspections.draw import files, recompute
from inspections.models import Draw, DrawnOfficer, DrawState, InspectionPlan, RedrawReason, VoidReason
from inspections.queries.draw_loads import frozen_beside, officer_loads
from inspections.queries.draws import drawn_rows
from lishu_law.errors import Refused
from lishu_law.registry.models import OfficerAbsence, OfficerProfile
from tests.inspections.browsing import client_of
from tests.inspections.draw_scenes import (
    DRAWN_AT,
    FREIGHT,
    FROZEN_AT,
    drawn,
    enrol,
    frozen,
    make_objects,
    officers,
    prepared,
    published,
    stocked,
    write_files,
)
from tests.inspections.scenes import Scene

THREE = NewStratum(FREIGHT, "货运", Decimal(10), "freight")  # of thirty: six assignments among four officers


def before_of(row: Draw) -> dict[int, int]:
    """By user, what was frozen."""
    people = dict(row.officers.values_list("code", "user_id"))
    frozen_rows = files.read_officers(row.files.get(name=files.OFFICERS).content)
    return {people[one.code]: one.before for one in frozen_rows}


def visits(*rows: Draw) -> Counter[int]:
    """By user, current assignments of these draws, counted without the query under test."""
    current = DrawnOfficer.objects.filter(drawn__draw__in=rows, is_current=True, drawn__is_current=True)
    return Counter(current.values_list("officer__user", flat=True))


def agrees(row: Draw, folder: Path) -> str:
    write_files(row, folder)
    words = [sys.executable, "-I", "-S", recompute.__file__, str(folder)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60).stdout.splitlines()[-1]


def redrawn(scene: Scene, row: Draw, reason: RedrawReason, *, officer: bool = False) -> Any:
    row.refresh_from_db()
    first = drawn_rows(row)[0]
    code = first.team.all()[0].officer.code if officer else ""
    wish = Wish(first.object_no, reason, "名录核对后发现", code)
    at = DRAWN_AT + timedelta(hours=9)
    return redraw(draw_id=row.pk, version=row.version, by=scene.cast.squad_leader, wish=wish, at=at)


def test_the_first_draw_of_a_year_counts_nothing(scene: Scene) -> None:
    row = frozen(stocked(scene))
    assert row.files.get(name=files.OFFICERS).content.splitlines()[0] == "officer,specialities,absent,before"
    assert before_of(row) == dict.fromkeys([one.pk for one in officers(scene)], 0)


def test_later_draws_count_the_earlier_ones_with_their_redraws(scene: Scene, tmp_path: Path) -> None:
    first = published(stocked(scene), THREE)
    gone = redrawn(scene, first, RedrawReason.RECUSAL, officer=True).officer
    redrawn(scene, first, RedrawReason.CLOSED)
    assert sum(visits(first).values()) == 6
    assert visits(first)[gone.user_id] == first.officers.get(pk=gone.pk).assignments.count() - 1
    second = published(scene, THREE)
    assert before_of(second) == {one.pk: visits(first)[one.pk] for one in officers(scene)}
    assert agrees(second, tmp_path) == "核验一致"
    redrawn(scene, second, RedrawReason.ABSENT, officer=True)
    assert agrees(second, tmp_path) == "核验一致"
    third = frozen(scene, THREE)
    assert before_of(third) == {one.pk: visits(first, second)[one.pk] for one in officers(scene)}


def test_the_load_over_many_draws_stays_even(scene: Scene) -> None:
    stocked(scene)
    people, rows = [one.pk for one in officers(scene)], []
    for _ in range(5):
        rows.append(drawn(scene, THREE))
        loads = [visits(*rows)[user] for user in people]
        assert max(loads) - min(loads) <= 1
    assert sum(loads) == 30


def test_what_was_frozen_does_not_change_with_a_draw_in_between(scene: Scene) -> None:
    row = frozen(stocked(scene), THREE)
    before, digest = before_of(row), row.commitment_digest
    drawn(scene, THREE)
    row.refresh_from_db()
    assert before_of(row) == before
    assert row.commitment_digest == digest
    assert files.sha256(row.files.get(name=files.OFFICERS).content) in row.files.get(name=files.COMMITMENT).content


def test_draws_given_up_and_those_of_another_year_do_not_count(scene: Scene) -> None:
    row = frozen(stocked(scene), THREE)
    void_draw(draw_id=row.pk, version=row.version, by=scene.cast.head, reason=VoidReason.PLAN)
    last_year = drawn(scene, THREE)
    plan = InspectionPlan.objects.create(
        year=2025, document_no="示例计划〔2025〕1号", published_on=date(2025, 1, 20), registered_by=scene.cast.head,
        registered_at=FROZEN_AT,
    )  # fmt: skip
    Draw.objects.filter(pk=last_year.pk).update(plan=plan)
    assert set(before_of(frozen(scene, THREE)).values()) == {0}


def test_who_joins_or_comes_back_starts_with_the_average(scene: Scene) -> None:
    make_objects(30)
    lead, assistant, third, outsider = officers(scene)
    enrol(lead, assistant, third)
    OfficerAbsence.objects.create(user=third, kind="leave", from_on=date(2026, 3, 2), to_on=date(2026, 3, 2))
    drawn(scene, NewStratum(FREIGHT, "货运", Decimal(30), "freight"))
    OfficerAbsence.objects.all().delete()
    enrol(outsider)
    assert before_of(frozen(scene, THREE)) == {lead.pk: 9, assistant.pk: 9, third.pk: 9, outsider.pk: 9}


def test_a_draw_for_what_he_does_not_know_was_not_missed(scene: Scene) -> None:
    stocked(scene)
    OfficerProfile.objects.filter(user=scene.cast.outsider).update(specialities=["repair"])
    drawn(scene, NewStratum(FREIGHT, "货运", Decimal(30), "freight"))
    assert before_of(frozen(scene, THREE))[scene.cast.outsider.pk] == 0


def test_a_third_pool_waits_until_one_of_two_is_drawn_or_given_up(scene: Scene) -> None:
    first, second = frozen(stocked(scene), THREE), frozen(scene, THREE)
    row = prepared(scene, THREE)
    assert frozen_beside(row) == [first.draw_no, second.draw_no]
    with pytest.raises(Refused, match=f"{first.draw_no}、{second.draw_no}") as caught:
        freeze_draw(draw_id=row.pk, version=row.version, by=scene.cast.squad_leader, at=FROZEN_AT)
    assert [one.code for one in caught.value.refusals] == ["draw-frozen"]
    page = client_of(scene.cast.squad_leader).get(f"/inspections/draws/{row.draw_no}/").content.decode()
    assert "请先完成或者作废其中一次" in page
    void_draw(draw_id=first.pk, version=first.version, by=scene.cast.head, reason=VoidReason.PLAN)
    row = freeze_draw(draw_id=row.pk, version=row.version, by=scene.cast.squad_leader, at=FROZEN_AT)
    assert row.state == DrawState.FROZEN


def test_the_staff_sees_both_counts_and_the_public_how_officers_are_chosen(scene: Scene) -> None:
    first = published(stocked(scene), THREE)
    second = published(scene, THREE)
    loads = officer_loads(second)
    assert {one.officer.user_id: one.before for one in loads} == dict(visits(first))
    assert {one.officer.user_id: one.visits for one in loads} == dict(visits(second))
    staff = client_of(scene.cast.squad_leader)
    page = staff.get(f"/inspections/draws/{second.draw_no}/").content.decode()
    assert '<td class="num" data-label="本年此前任务">2 个</td>' in page
    waiting = prepared(scene, THREE)
    page = staff.get(f"/inspections/draws/{waiting.draw_no}/").content.decode()
    assert page.count('<td class="num" data-label="本年此前任务">3 个</td>') == 4
    public = staff.get(f"/draws/{second.draw_no}/").content.decode()
    assert "本次任务少的在先；一样多的，本年此前任务少的在先" in public
