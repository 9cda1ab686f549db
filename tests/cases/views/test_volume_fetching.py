"""Who takes a bound file away that somebody ordered, who stands where in the queue, what a killed writer leaves."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from cases.actions.volume import fetch_volume
from cases.dossier import building
from cases.models import VolumeBuild, VolumeState
from cases.queries.volumes import ahead_of
from inspections.tasks import clear_pieces
from lishu_law import clock
from lishu_law.errors import NotAllowed, NotFound
from lishu_law.registry.roles import Role
from tests.cast import Cast, make_cast, person
from tests.scenarios import Walk, case_at

pytestmark = pytest.mark.django_db
PERFORMERS: tuple[str, ...] = ()  # a volume is made beside the procedure, by no step of it


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_cast()


def built(walk: Walk, by: Any, **changed: Any) -> VolumeBuild:
    words = {
        "case": walk.case, "purpose": "lawsuit", "asked_by": by, "asked_at": walk.at, "finished_at": walk.at,
        "state": VolumeState.DONE, "pages": {"main": 3}, "path": "volumes/1/a.zip", "sha256": "a" * 64,
        "manifest_sha256": "b" * 64, **changed,
    }  # fmt: skip
    return VolumeBuild.objects.create(**words)


def takes(walk: Walk, build: VolumeBuild, by: Any) -> bool:
    try:
        fetch_volume(case_id=walk.case.pk, by=by, reference=build.reference, part="main")
    except (NotAllowed, NotFound):
        return False
    return True


def test_whoever_did_not_order_it_and_has_no_part_in_the_case_takes_nothing(cast: Cast) -> None:
    walk = case_at("filed", cast)  # approved by the deputy, endorsed by the squad leader
    ordered_by_lawyer = built(walk, cast.reviewer)
    may = {name for name, user in cast.everybody().items() if takes(walk, ordered_by_lawyer, user)}
    approver = next(one.by for one in walk.case.steps.filter(code="approve_filing").select_related("by"))
    names = {user.pk: name for name, user in cast.everybody().items()}
    assert may == {"lead", "assistant", "squad_leader", "reviewer", "archivist", names[approver.pk]}
    second_lawyer = person("legal2", "示例法二", cast.authority, Role.LEGAL_REVIEWER)
    assert not takes(walk, ordered_by_lawyer, second_lawyer)
    assert takes(walk, built(walk, second_lawyer), second_lawyer)


def test_the_place_in_the_queue_follows_state_and_order_of_request(cast: Cast) -> None:
    walks = [case_at("clue", cast) for _n in range(4)]
    hour = timedelta(hours=1)
    waiting = {"state": VolumeState.WAITING, "finished_at": None, "path": "", "sha256": "", "manifest_sha256": ""}
    late = built(walks[0], cast.lead, **waiting | {"asked_at": walks[0].at + hour})
    early = built(walks[1], cast.lead, **waiting)
    put_back = built(walks[2], cast.lead, **waiting | {"beat_at": clock.now() - hour})
    made = built(walks[3], cast.lead, **waiting | {"state": VolumeState.BUILDING, "beat_at": clock.now()})
    assert [ahead_of(one) for one in (made, early, late, put_back)] == [0, 1, 2, 3]
    assert building.waiting_ids() == [early.pk, late.pk, put_back.pk]
    VolumeBuild.objects.filter(pk=made.pk).update(state=VolumeState.FAILED, failure="停了。")
    assert [ahead_of(one) for one in (early, late, put_back)] == [0, 1, 2]


def test_drafts_of_a_killed_writer_are_swept_and_nothing_else(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    folder = tmp_path / "documents" / "7"
    folder.mkdir(parents=True)
    for name in (".1-ab.pdf.0a1b2c3d", ".2-ab.pdf.0a1b2c3d", "3-ab.pdf", ".keep"):
        (folder / name).write_bytes(b"%PDF-")
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        old = clock.now() - timedelta(minutes=90)
        for name in (".1-ab.pdf.0a1b2c3d", "3-ab.pdf", ".keep"):
            os.utime(folder / name, (old.timestamp(), old.timestamp()))
        os.utime(folder / ".2-ab.pdf.0a1b2c3d", (clock.now().timestamp(), clock.now().timestamp()))
        clear_pieces()
    assert {one.name for one in folder.iterdir()} == {".2-ab.pdf.0a1b2c3d", "3-ab.pdf", ".keep"}
