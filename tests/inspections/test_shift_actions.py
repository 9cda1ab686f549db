"""Patrol shifts through the actions: the straight way, every refusal, two people at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from inspections.actions.shifts import approve_shift, file_shift, finish_shift
from inspections.models import PatrolShift, ShiftState
from lishu_law import clock
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Conflict, NotAllowed, NotFound, Refused
from tests.cast import make_cast
from tests.inspections.scenes import (
    FILED_AT,
    PATROL_FROM,
    PATROL_TO,
    Scene,
    end_certificate,
    filed_shift,
    new_shift,
    submitted_shift,
)


def refused(call: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [one.code for one in caught.value.refusals]


def test_a_shift_is_filed_approved_and_finished_with_one_entry_each(scene: Scene) -> None:
    before = JournalEntry.objects.count()
    shift = submitted_shift(scene.cast)
    assert (shift.shift_no, shift.state, shift.unit) == (
        "XL-220322-2026-000001",
        ShiftState.SUBMITTED,
        scene.cast.squad,
    )
    shift = approve_shift(shift_id=shift.pk, version=1, by=scene.cast.squad_leader, agree=True, at=FILED_AT)
    assert (shift.state, shift.approver) == (ShiftState.FILED, scene.cast.squad_leader)
    shift = finish_shift(shift_id=shift.pk, version=2, by=scene.cast.lead, at=PATROL_TO)
    assert (shift.state, shift.finished_at) == (ShiftState.FINISHED, PATROL_TO)
    entries = JournalEntry.objects.order_by("seq")[before:]
    assert [one.action for one in entries] == ["shift.file", "shift.approve", "shift.finish"]
    assert [(str(one.route), one.from_stake, one.to_stake) for one in shift.sections.all()] == [
        ("G303", "K800+000", "K830+000")
    ]


def test_a_refused_shift_writes_nothing_and_consumes_no_number(scene: Scene) -> None:
    before = JournalEntry.objects.count()
    assert refused(lambda: submitted_shift(scene.cast, officers=(scene.cast.lead,))) == ["gen-two-officers"]
    assert (PatrolShift.objects.count(), JournalEntry.objects.count()) == (0, before)
    assert submitted_shift(scene.cast).shift_no.endswith("-000001")


def test_all_refusals_come_at_once(scene: Scene) -> None:
    end_certificate(scene.cast.lead, clock.local(FILED_AT).date() - timedelta(days=1))
    past = {"planned_from": FILED_AT - timedelta(hours=1), "officers": (scene.cast.lead,), "sections": ()}
    assert refused(lambda: submitted_shift(scene.cast, **past)) == [
        "insp-file-app", "gen-two-officers", "gen-licence-valid", "shift-sections",
    ]  # fmt: skip


def test_a_certificate_that_ends_before_midnight_of_a_night_shift(scene: Scene) -> None:
    # The patrol ends at 02:00 of 3 March.
    first_day = clock.local(PATROL_FROM).date()
    end_certificate(scene.cast.assistant, first_day)
    assert refused(lambda: submitted_shift(scene.cast)) == ["gen-licence-valid"]
    end_certificate(scene.cast.assistant, first_day + timedelta(days=1))
    assert submitted_shift(scene.cast).pk


def test_nobody_is_on_two_shifts(scene: Scene) -> None:
    submitted_shift(scene.cast)
    busy = new_shift(scene.cast, officers=(scene.cast.third_officer, scene.cast.assistant))
    assert refused(lambda: file_shift(by=scene.cast.lead, shift=busy, at=FILED_AT)) == ["insp-double-booked"]
    later = new_shift(
        scene.cast,
        officers=(scene.cast.third_officer, scene.cast.assistant),
        planned_from=PATROL_TO,
        planned_to=PATROL_TO + timedelta(hours=4),
    )
    assert file_shift(by=scene.cast.lead, shift=later, at=FILED_AT).pk


def test_who_came_back_early_is_free_again(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    back = PATROL_FROM + timedelta(hours=1)
    finish_shift(shift_id=shift.pk, version=shift.version, by=scene.cast.lead, at=back)
    second = new_shift(scene.cast, planned_from=back, planned_to=PATROL_TO)
    assert file_shift(by=scene.cast.lead, shift=second, at=back).pk


@pytest.mark.parametrize("who", ["lead", "assistant", "third_officer", "outsider", "reviewer", "system_admin"])
def test_who_may_not_approve(scene: Scene, who: str) -> None:
    shift = submitted_shift(scene.cast)
    with pytest.raises((NotAllowed, NotFound)):
        approve_shift(shift_id=shift.pk, version=None, by=getattr(scene.cast, who), agree=True, at=FILED_AT)
    shift.refresh_from_db()
    assert shift.state == ShiftState.SUBMITTED


def test_the_applicant_may_not_approve_even_as_squad_leader(scene: Scene) -> None:
    shift = file_shift(by=scene.cast.squad_leader, shift=new_shift(scene.cast), at=FILED_AT)
    with pytest.raises(NotAllowed) as caught:
        approve_shift(shift_id=shift.pk, version=None, by=scene.cast.squad_leader, agree=True, at=FILED_AT)
    assert caught.value.reason == "separation"
    assert approve_shift(shift_id=shift.pk, version=None, by=scene.cast.deputy, agree=True, at=FILED_AT).pk


def test_a_returned_shift_is_filed_anew_under_its_number(scene: Scene) -> None:
    shift = submitted_shift(scene.cast)
    back = {"shift_id": shift.pk, "by": scene.cast.squad_leader, "agree": False, "at": FILED_AT}
    assert refused(lambda: approve_shift(version=1, opinion=" ", **back)) == ["return-reason"]
    approve_shift(version=1, opinion="路段写错了。", **back)
    again = file_shift(by=scene.cast.lead, shift=new_shift(scene.cast), shift_id=shift.pk, version=2, at=FILED_AT)
    assert (again.shift_no, again.state, again.officers.count()) == (shift.shift_no, ShiftState.SUBMITTED, 2)
    with pytest.raises(NotAllowed):
        file_shift(by=scene.cast.assistant, shift=new_shift(scene.cast), shift_id=shift.pk, at=FILED_AT)


def test_approval_comes_too_late(scene: Scene) -> None:
    shift = submitted_shift(scene.cast)
    late = {"shift_id": shift.pk, "version": 1, "by": scene.cast.squad_leader, "agree": True}
    assert refused(lambda: approve_shift(at=PATROL_TO, **late)) == ["insp-approve"]


def test_a_stale_page_is_told_so(scene: Scene) -> None:
    shift = filed_shift(scene.cast)
    with pytest.raises(Conflict):
        finish_shift(shift_id=shift.pk, version=1, by=scene.cast.lead, at=PATROL_TO)


@pytest.mark.django_db(transaction=True)
def test_two_shifts_filed_at_the_same_moment_book_an_officer_once() -> None:
    cast = make_cast()
    barrier = Barrier(2)

    def file(partner: Any) -> str:
        try:
            barrier.wait(timeout=10)
            shift = new_shift(cast, officers=(cast.lead, partner))
            return file_shift(by=cast.lead, shift=shift, at=FILED_AT).shift_no
        except Refused as refusal:
            return refusal.refusals[0].code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(file, (cast.assistant, cast.third_officer)))
    assert results == ["XL-220322-2026-000001", "insp-double-booked"]
    assert PatrolShift.objects.count() == 1
