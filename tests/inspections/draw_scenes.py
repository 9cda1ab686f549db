"""Draws brought to a state by the real actions, and the registers they need."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from inspections.actions.draws import NewDraw, NewStratum, Witness, freeze_draw, prepare_draw, publish_draw, run_draw
from inspections.models import Draw, DrawFile
from lishu_law.registry.identity import demo
from lishu_law.registry.models import (
    OfficerProfile,
    Party,
    PartyKind,
    StaffType,
    SubjectKind,
    SupervisedSubject,
    User,
)
from tests.inspections.scenes import FILED_AT, Scene

PREPARED_AT = FILED_AT
FROZEN_AT = FILED_AT + timedelta(hours=1)
DRAWN_AT = FILED_AT + timedelta(hours=2)
PUBLISHED_AT = FILED_AT + timedelta(hours=3)
FREIGHT, REPAIR = "道路货运|B", "机动车维修|B"


def make_objects(count: int, industry: str = "道路货运", first: int = 1, **fields: Any) -> list[SupervisedSubject]:
    """Invented enterprises of one industry."""
    parties = Party.objects.bulk_create(
        Party(
            kind=PartyKind.ORGANISATION, name=f"{demo.demo_organisation_name(first + n)}", uscc=demo.demo_uscc(first + n),
            created_at=FILED_AT,
        )
        for n in range(count)
    )  # fmt: skip
    given = {"kind": SubjectKind.ENTERPRISE, "industry": industry, "address": "梨树县示例路1号", **fields}
    return SupervisedSubject.objects.bulk_create(
        SupervisedSubject(object_no=f"DX{first + n:05d}", party=party, updated_on=date(2026, 1, 5), **given)
        for n, party in enumerate(parties)
    )


def enrol(*users: User, specialities: tuple[str, ...] = ("freight", "repair")) -> None:
    """The officers stand in the register as 在编在岗."""
    OfficerProfile.objects.bulk_create(
        OfficerProfile(
            user=user, staff_type=StaffType.ESTABLISHED, specialities=list(specialities), updated_at=FILED_AT
        )
        for user in users
    )


def officers(scene: Scene) -> tuple[User, ...]:
    cast = scene.cast
    return cast.lead, cast.assistant, cast.third_officer, cast.outsider


def new_draw(scene: Scene, *strata: NewStratum, **changed: Any) -> NewDraw:
    strata = strata or (NewStratum(FREIGHT, "道路货运（普货）", Decimal("20"), "freight"),)
    given = {"title": "2026 年道路货运企业双随机抽查", "matters": (scene.matter,), "recent_months": 6, **changed}
    return NewDraw(strata=strata, **given)


def prepared(scene: Scene, *strata: NewStratum, **changed: Any) -> Draw:
    return prepare_draw(by=scene.cast.squad_leader, draw=new_draw(scene, *strata, **changed), at=PREPARED_AT)


def frozen(scene: Scene, *strata: NewStratum, **changed: Any) -> Draw:
    row = prepared(scene, *strata, **changed)
    return freeze_draw(draw_id=row.pk, version=row.version, by=scene.cast.squad_leader, at=FROZEN_AT)


def drawn(scene: Scene, *strata: NewStratum, **changed: Any) -> Draw:
    row = frozen(scene, *strata, **changed)
    witness = Witness(scene.cast.reviewer)
    return run_draw(draw_id=row.pk, version=row.version, by=scene.cast.squad_leader, witness=witness, at=DRAWN_AT)


def published(scene: Scene, *strata: NewStratum, **changed: Any) -> Draw:
    row = drawn(scene, *strata, **changed)
    return publish_draw(draw_id=row.pk, version=row.version, by=scene.cast.checker, at=PUBLISHED_AT)


def write_files(draw: Draw, folder: Path) -> None:
    """What a citizen downloads."""
    for one in DrawFile.objects.filter(draw=draw):
        (folder / one.name).write_bytes(one.content.encode())


def stocked(scene: Scene, count: int = 30) -> Scene:
    """The scene with objects and enrolled officers."""
    make_objects(count)
    enrol(*officers(scene))
    return scene
