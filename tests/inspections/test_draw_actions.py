"""A draw from its preparation to its publication: the promise, the witness, what may still change and what not."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from inspections.actions.draws import NewStratum, Witness, freeze_draw, prepare_draw, publish_draw, run_draw, void_draw
from inspections.actions.redraws import Wish, redraw
from inspections.draw import engine, files, recompute
from inspections.models import (
    Draw,
    DrawFile,
    DrawnObject,
    DrawnOfficer,
    DrawOfficer,
    DrawState,
    InspectionMatter,
    InspectionPlan,
    RedrawReason,
    VoidReason,
)
from inspections.queries.draws import drawn_rows
from lishu_law.audit.models import JournalEntry
from lishu_law.errors import Conflict, NotAllowed, NotFound, Refused
from lishu_law.registry.models import (
    OfficerAbsence,
    OfficerConflict,
    OfficerProfile,
    SubjectStatus,
    SupervisedSubject,
    WhiteListing,
)
from tests.inspections.draw_scenes import (
    DRAWN_AT,
    FREIGHT,
    FROZEN_AT,
    PREPARED_AT,
    REPAIR,
    drawn,
    enrol,
    frozen,
    make_objects,
    new_draw,
    officers,
    prepared,
    published,
    stocked,
    write_files,
)
from tests.inspections.scenes import FILED_AT, Scene, end_certificate


def refused(call: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return [one.code for one in caught.value.refusals]


def freeze(scene: Scene, row: Draw) -> Draw:
    return freeze_draw(draw_id=row.pk, version=row.version, by=scene.cast.squad_leader, at=FROZEN_AT)


def run(scene: Scene, row: Draw, witness: Witness, **changed: Any) -> Draw:
    by = changed.pop("by", scene.cast.squad_leader)
    return run_draw(draw_id=row.pk, version=row.version, by=by, witness=witness, at=DRAWN_AT, **changed)


def conflict(user: Any, entry: SupervisedSubject, **fields: Any) -> None:
    OfficerConflict.objects.create(user=user, subject=entry, reason="relative", from_on=date(2026, 1, 1), **fields)


def agrees(row: Draw, folder: Path) -> str:
    write_files(row, folder)
    words = [sys.executable, "-I", "-S", recompute.__file__, str(folder)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60).stdout.splitlines()[-1]


def test_the_whole_way_and_the_citizens_program_agrees(scene: Scene, tmp_path: Path) -> None:
    before = JournalEntry.objects.count()
    row = published(stocked(scene))
    assert (row.draw_no, row.state, row.pool_size) == ("SJ-220322-2026-000001", DrawState.PUBLISHED, 30)
    stratum = row.strata.get()
    assert (stratum.size, stratum.excluded, stratum.quota) == (30, 0, 6)
    found = list(drawn_rows(row))
    assert [one.place for one in found] == [1, 2, 3, 4, 5, 6]
    assert all(len(one.team.all()) == 2 for one in found)
    assert agrees(row, tmp_path) == "核验一致"
    assert [one.action for one in JournalEntry.objects.order_by("seq")[before:]] == [
        "draw.prepare", "draw.freeze", "draw.run", "draw.publish",
    ]  # fmt: skip


def test_the_nonce_is_promised_first_and_kept_secret_until_the_draw(scene: Scene) -> None:
    row = frozen(stocked(scene))
    row.refresh_from_db()
    assert engine.nonce_hash(row.nonce) == row.nonce_hash
    texts = "".join(DrawFile.objects.values_list("content", flat=True))
    journal = "".join(JournalEntry.objects.values_list("body", flat=True))
    assert row.nonce not in texts + journal
    assert row.nonce_hash in texts
    assert row.commitment_digest in journal
    assert set(row.files.values_list("name", flat=True)) == set(files.FROZEN)
    row = run(scene, row, Witness(scene.cast.reviewer))
    assert row.nonce in row.files.get(name=files.REVEAL).content


def test_the_draw_reads_the_frozen_files_and_not_the_register(scene: Scene) -> None:
    row = frozen(stocked(scene))
    SupervisedSubject.objects.update(status=SubjectStatus.CLOSED)
    OfficerProfile.objects.all().update(staff_type="temporary")
    make_objects(40, first=500)
    row = run(scene, row, Witness(scene.cast.reviewer))
    assert row.drawn.count() == 6
    assert max(row.drawn.values_list("object_no", flat=True)) <= "DX00030"


def test_a_frozen_file_that_was_changed_stops_the_draw(scene: Scene) -> None:
    row = frozen(stocked(scene))
    pool = row.files.get(name=files.POOL)
    DrawFile.objects.filter(pk=pool.pk).update(content=pool.content.replace("DX00001,S01,", "DX00001,S01,recent"))
    with pytest.raises(ValueError, match=r"pool\.csv was changed"):
        run(scene, row, Witness(scene.cast.reviewer))
    assert not DrawnObject.objects.exists()


def test_no_file_names_a_person_or_an_object(scene: Scene) -> None:
    row = published(stocked(scene))
    texts = "".join(row.files.values_list("content", flat=True))
    for user in officers(scene):
        assert user.full_name not in texts
        assert user.staff_number not in texts
    assert SupervisedSubject.objects.earliest("pk").party.name not in texts


def test_who_is_left_out_and_why(scene: Scene) -> None:
    entries = stocked(scene, 10).cast and list(SupervisedSubject.objects.order_by("object_no"))
    closed, white, ended, other = entries[:4]
    SupervisedSubject.objects.filter(pk=closed.pk).update(status=SubjectStatus.SUSPENDED)
    given = {"basis": "示例文号", "listed_by": scene.cast.head, "listed_at": FILED_AT, "from_on": date(2026, 1, 1)}
    WhiteListing.objects.create(subject=white, to_on=date(2026, 3, 2), **given)
    WhiteListing.objects.create(subject=ended, to_on=date(2026, 3, 1), **given)
    SupervisedSubject.objects.filter(pk=other.pk).update(valid_to=date(2026, 3, 1))
    row = frozen(scene)
    assert row.excluded == {"white_list": 1, "suspended": 2}
    assert row.pool_size == 7
    assert f"{white.object_no},S01,white_list" in row.files.get(name=files.POOL).content


def test_an_empty_stratum_is_named_and_nothing_is_frozen(scene: Scene) -> None:
    row = prepared(stocked(scene), NewStratum(FREIGHT, "货运", Decimal(5)), NewStratum(REPAIR, "维修", Decimal(5)))
    with pytest.raises(Refused, match="“维修”在名录里没有对象"):
        freeze(scene, row)
    row.refresh_from_db()
    assert (row.state, row.nonce_hash) == (DrawState.PREPARED, "")
    assert not DrawFile.objects.exists()


def test_every_officer_in_recusal_stops_the_freezing(scene: Scene) -> None:
    stocked(scene)
    entry = SupervisedSubject.objects.get(object_no="DX00007")
    for user in officers(scene)[:3]:
        conflict(user, entry)
    with pytest.raises(Refused, match="有 1 个对象因为执法人员回避，剩下的不足 2 名：DX00007"):
        freeze(scene, prepared(scene))
    OfficerConflict.objects.filter(user=scene.cast.lead).update(cancelled_at=FILED_AT)
    assert freeze(scene, Draw.objects.get()).state == DrawState.FROZEN


def test_recusal_by_party_counts_for_all_of_its_objects(scene: Scene) -> None:
    stocked(scene)
    entry = SupervisedSubject.objects.get(object_no="DX00007")
    OfficerConflict.objects.create(
        user=scene.cast.lead, party=entry.party, reason="last_post", from_on=date(2026, 1, 1), to_on=date(2026, 3, 2)
    )
    OfficerConflict.objects.create(
        user=scene.cast.assistant,
        party=entry.party,
        reason="last_post",
        from_on=date(2026, 1, 1),
        to_on=date(2026, 3, 1),
    )
    row = frozen(scene)
    code = DrawOfficer.objects.get(user=scene.cast.lead).code
    assert row.files.get(name=files.RECUSALS).content.splitlines() == ["object_no,officer", f"DX00007,{code}"]


def test_no_recusal_is_breached(scene: Scene) -> None:
    stocked(scene)
    people = officers(scene)
    for number, entry in enumerate(SupervisedSubject.objects.order_by("object_no")):
        conflict(people[number % 4], entry)
    drawn(scene, NewStratum(FREIGHT, "货运", Decimal(100)))
    for one in DrawnOfficer.objects.select_related("drawn", "officer"):
        assert not OfficerConflict.objects.filter(user=one.officer.user_id, subject=one.drawn.subject_id).exists()


@pytest.mark.parametrize("left_out", ["absent", "certificate", "profile", "assistant", "inactive", "speciality"])
def test_who_cannot_be_sent_is_not_drawn(scene: Scene, left_out: str) -> None:
    stocked(scene)
    lead = scene.cast.lead
    profile = OfficerProfile.objects.filter(user=lead)
    if left_out == "absent":
        OfficerAbsence.objects.create(user=lead, kind="leave", from_on=date(2026, 3, 2), to_on=date(2026, 3, 2))
    elif left_out == "certificate":
        end_certificate(lead, date(2026, 3, 1))
    elif left_out == "profile":
        profile.delete()
    elif left_out == "assistant":
        profile.update(staff_type="assistant")
    elif left_out == "inactive":
        type(lead).objects.filter(pk=lead.pk).update(is_active=False)
    else:
        profile.update(specialities=["water"])
    drawn(scene, NewStratum(FREIGHT, "货运", Decimal(100), "freight"))
    assert DrawnOfficer.objects.count() == 60
    assert not DrawnOfficer.objects.filter(officer__user=lead).exists()


def test_a_certificate_that_ends_today_still_counts_today(scene: Scene) -> None:
    stocked(scene)
    end_certificate(scene.cast.lead, date(2026, 3, 2))
    drawn(scene, NewStratum(FREIGHT, "货运", Decimal(100), "freight"))
    assert DrawnOfficer.objects.filter(officer__user=scene.cast.lead).count() == 15


def test_a_draw_stands_in_the_published_plan_and_list(scene: Scene) -> None:
    stocked(scene)
    InspectionPlan.objects.all().delete()
    InspectionMatter.objects.filter(pk=scene.matter.pk).update(published_on=None)
    scene.matter.refresh_from_db()
    call = lambda: prepare_draw(by=scene.cast.squad_leader, draw=new_draw(scene), at=PREPARED_AT)  # noqa: E731
    assert refused(call) == ["insp-plan", "insp-item-public"]
    assert not Draw.objects.exists()


def test_a_matter_taken_off_the_list_stops_the_freezing(scene: Scene) -> None:
    row = prepared(stocked(scene))
    InspectionMatter.objects.filter(pk=scene.matter.pk).update(published_on=date(2026, 3, 3))
    assert refused(lambda: freeze(scene, row)) == ["insp-item-public"]


def test_a_prepared_draw_can_be_changed_and_a_frozen_one_not(scene: Scene) -> None:
    row = prepared(stocked(scene))
    again = new_draw(scene, NewStratum(FREIGHT, "货运", Decimal(50)))
    leader = scene.cast.squad_leader
    row = prepare_draw(by=leader, draw=again, draw_id=row.pk, version=row.version, at=PREPARED_AT)
    assert [one.ratio for one in row.strata.all()] == [Decimal(50)]
    with pytest.raises(Conflict):
        prepare_draw(by=leader, draw=again, draw_id=row.pk, version=1, at=PREPARED_AT)
    row = freeze(scene, row)
    call = lambda: prepare_draw(by=leader, draw=again, draw_id=row.pk, version=row.version, at=PREPARED_AT)  # noqa: E731
    assert refused(call) == ["wrong-state"]
    assert refused(lambda: freeze(scene, row)) == ["wrong-state"]


def test_no_draw_without_somebody_else_watching(scene: Scene) -> None:
    row, leader = frozen(stocked(scene)), scene.cast.squad_leader
    for nobody in (Witness(), Witness(leader), Witness(None, "示例外人"), Witness(None, leader.full_name, "示例单位")):
        assert refused(lambda nobody=nobody: run(scene, row, nobody)) == ["draw-witness"]
    row = run(scene, row, Witness(None, "示例外人", "示例县纪委"), recording_no="LX-1")
    assert (row.state, row.witness_name, row.recording_no) == (DrawState.DRAWN, "示例外人", "LX-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=row.pk).update(witness_name="")


def test_a_draw_is_drawn_once(scene: Scene) -> None:
    row = drawn(stocked(scene))
    assert refused(lambda: run(scene, row, Witness(scene.cast.reviewer))) == ["wrong-state"]
    assert DrawnObject.objects.count() == 6


def test_who_may(scene: Scene) -> None:
    row = drawn(stocked(scene))
    cast = scene.cast
    with pytest.raises(NotAllowed):
        prepare_draw(by=cast.lead, draw=new_draw(scene))
    for action, by in ((freeze_draw, cast.lead), (publish_draw, cast.squad_leader), (freeze_draw, cast.deputy)):
        with pytest.raises(NotAllowed):
            action(draw_id=row.pk, version=row.version, by=by)
    with pytest.raises(NotAllowed):
        void_draw(draw_id=row.pk, version=row.version, by=cast.squad_leader, reason=VoidReason.PLAN)
    with pytest.raises(NotFound):
        publish_draw(draw_id=0, version=None, by=cast.checker)


def test_giving_up_needs_a_leader_and_a_reason_and_ends_with_the_draw(scene: Scene) -> None:
    row = frozen(stocked(scene))
    row = void_draw(draw_id=row.pk, version=row.version, by=scene.cast.head, reason=VoidReason.REGISTER, note="重复")
    assert (row.state, row.void_reason) == (DrawState.VOID, "register")
    assert refused(lambda: run(scene, row, Witness(scene.cast.reviewer))) == ["wrong-state"]
    second = drawn(scene)
    assert second.draw_no.endswith("000002")
    call = lambda: void_draw(draw_id=second.pk, version=None, by=scene.cast.head, reason=VoidReason.REGISTER)  # noqa: E731
    assert refused(call) == ["wrong-state"]


def test_the_officers_load_differs_by_one_at_most(scene: Scene) -> None:
    make_objects(21)
    make_objects(14, "机动车维修", first=100)
    enrol(*officers(scene))
    row = drawn(scene, NewStratum(FREIGHT, "货运", Decimal(50)), NewStratum(REPAIR, "维修", Decimal(50)))
    loads = sorted(one.assignments.count() for one in row.officers.all())
    assert sum(loads) == 2 * (11 + 7)
    assert loads[-1] - loads[0] <= 1


def wish(row: Draw, which: int, reason: RedrawReason, officer: str = "", note: str = "名录核对后发现") -> Wish:
    return Wish(drawn_rows(row)[which].object_no, reason, note, officer)


def again(scene: Scene, row: Draw, wanted: Wish) -> Any:
    row.refresh_from_db()
    return redraw(
        draw_id=row.pk, version=row.version, by=scene.cast.squad_leader, wish=wanted, at=DRAWN_AT + timedelta(hours=9)
    )


def test_redraws_follow_the_order_are_recorded_and_the_program_agrees(scene: Scene, tmp_path: Path) -> None:
    row = published(stocked(scene))
    seed = row.seed
    order = engine.ordered(bytes.fromhex(seed), [f"DX{n:05d}" for n in range(1, 31)])
    first = again(scene, row, wish(row, 0, RedrawReason.CLOSED))
    assert (first.replaced.object_no, first.replacement.object_no) == (order[0], order[6])
    gone = drawn_rows(row)[0].team.all()[0].officer.code
    second = again(scene, row, wish(row, 0, RedrawReason.RECUSAL, gone))
    assert gone not in second.team
    third = again(scene, row, wish(row, 1, RedrawReason.MOVED))
    assert third.replacement.object_no == order[7]
    more = drawn_rows(row)[0].team.all()[0].officer.code
    assert gone not in again(scene, row, wish(row, 0, RedrawReason.ABSENT, more)).team
    row.refresh_from_db()
    assert row.seed == seed
    assert [one.object_no for one in drawn_rows(row)] == [order[1], *order[3:6], order[6], order[7]]
    assert [one.number for one in row.redraws.all()] == [1, 2, 3, 4]
    assert agrees(row, tmp_path) == "核验一致"


def test_a_redraw_without_a_fitting_reason_is_refused(scene: Scene) -> None:
    row = published(stocked(scene))
    code = drawn_rows(row)[0].team.all()[0].officer.code
    assert refused(lambda: again(scene, row, wish(row, 0, RedrawReason.RECUSAL))) == ["draw-redraw"]
    assert refused(lambda: again(scene, row, wish(row, 0, RedrawReason.CLOSED, code))) == ["draw-redraw"]
    assert refused(lambda: again(scene, row, wish(row, 0, RedrawReason.CLOSED, note=" "))) == ["draw-redraw"]
    stranger = next(
        one.code
        for one in row.officers.all()
        if one.code not in {o.officer.code for o in drawn_rows(row)[0].team.all()}
    )
    with pytest.raises(NotFound):
        again(scene, row, wish(row, 0, RedrawReason.RECUSAL, stranger))


def test_nothing_left_to_redraw_says_so(scene: Scene) -> None:
    row = drawn(stocked(scene), NewStratum(FREIGHT, "货运", Decimal(100)))
    with pytest.raises(Refused, match="没有可以递补的"):
        again(scene, row, wish(row, 0, RedrawReason.CLOSED))
    assert DrawnObject.objects.filter(is_current=True).count() == 30
