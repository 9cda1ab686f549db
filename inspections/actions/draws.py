"""双随机抽取 from its preparation to its publication (standards/inspection.md §6.2, insp-no-selective).

Freezing takes the registers once and publishes what was taken together with the hash of a secret number; the draw
itself reads nothing but the frozen files. Whoever draws cannot choose, and anybody can do it again.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from inspections import numbering
from inspections.actions.draw_frame import in_state, lock_draw, plan_and_matters, save
from inspections.actions.frame import refuse_if
from inspections.draw import checks, engine, files
from inspections.draw.pools import excluded, pool_digest
from inspections.models import (
    Draw,
    DrawFile,
    DrawnObject,
    DrawnOfficer,
    DrawOfficer,
    DrawState,
    DrawStratum,
    InspectionMatter,
    InspectionPlan,
    VoidReason,
)
from inspections.queries.draw_loads import frozen_beside
from inspections.queries.draws import Gathered, frozen_pool, gather
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import Refusal
from lishu_law.registry.models import SupervisedSubject

LOT = 2000  # rows written by one statement


@dataclass(frozen=True)
class NewStratum:
    key: str
    title: str
    ratio: Decimal
    speciality: str = ""


@dataclass(frozen=True)
class NewDraw:
    """What is prepared: for which matters, from which strata, without whom, with how many officers each."""

    title: str
    matters: tuple[InspectionMatter, ...]
    strata: tuple[NewStratum, ...]
    recent_months: int
    team_size: int = 2
    plan_line: str = ""


@dataclass(frozen=True)
class Witness:
    """Who watched: somebody of the staff, or a name and unit from outside."""

    user: Any = None
    name: str = ""
    unit: str = ""


@transaction.atomic(durable=True)
def prepare_draw(
    *, by: Any, draw: NewDraw, draw_id: int | None = None, version: int | None = None, at: datetime | None = None
) -> Draw:
    """Prepare a draw, or change one that is not frozen. It stands in the published plan of the year."""
    moment = at or clock.now()
    day = clock.local(moment).date()
    row = lock_draw(draw_id, version, by, "draw.prepare") if draw_id else None
    policy.check(by, "draw.prepare")
    if row:
        in_state(row, (DrawState.PREPARED,), "修改")
    refusals = plan_and_matters(list(draw.matters), day)
    if not draw.strata:
        text = "没有要抽取的类别。请至少给一类对象填写抽取比例。"
        refusals.append(Refusal("draw-strata", text, "", "strata"))
    refuse_if(refusals)
    fields = {
        "title": draw.title, "plan": InspectionPlan.objects.get(year=day.year), "plan_line": draw.plan_line,
        "recent_months": draw.recent_months, "team_size": draw.team_size, "prepared_by": by, "prepared_at": moment,
    }  # fmt: skip
    if row is None:
        area = by.unit.area_code if by.unit else "220322"
        row = Draw.objects.create(draw_no=numbering.draw_number(area, day), state=DrawState.PREPARED, **fields)
    else:
        save(row, **fields)
        row.strata.all().delete()
    row.matters.set(draw.matters)
    DrawStratum.objects.bulk_create(
        DrawStratum(draw=row, code=f"S{number:02d}", **vars(stratum)) for number, stratum in enumerate(draw.strata, 1)
    )
    journal.record("draw.prepare", by=by, on=("draw", row.pk), details={"draw_no": row.draw_no})
    return row


@transaction.atomic(durable=True)
def freeze_draw(*, draw_id: int, version: int | None, by: Any, at: datetime | None = None) -> Draw:
    """Fix the pool, promise the secret number by its hash. Raises ``Refused`` with everything that stops a draw."""
    moment = at or clock.now()
    row = lock_draw(draw_id, version, by, "draw.freeze")
    in_state(row, (DrawState.PREPARED,), "冻结名单")
    # Whoever freezes another pool of the year waits here, so that no two overlook each other.
    InspectionPlan.objects.select_for_update().get(pk=row.plan_id)
    refusals = checks.frozen_refusals(frozen_beside(row))
    strata = list(row.strata.all())
    gathered = gather(row, strata, moment)
    refusals += plan_and_matters(list(row.matters.all()), clock.local(moment).date())
    refuse_if(refusals + checks.pool_refusals(gathered.pool))
    nonce = secrets.token_hex(32)
    texts = files.frozen_files(gathered.pool, engine.nonce_hash(nonce))
    _keep_frozen(row, strata, gathered, texts)
    save(
        row,
        state=DrawState.FROZEN,
        nonce=nonce,
        nonce_hash=engine.nonce_hash(nonce),
        pool_digest=pool_digest(gathered.pool.open_numbers()),
        commitment_digest=files.sha256(texts[files.COMMITMENT]),
        pool_size=len(gathered.pool.open_numbers()),
        excluded=excluded(gathered.pool.rows),
        frozen_by=by,
        frozen_at=moment,
    )
    promised = {"draw_no": row.draw_no, "commitment": row.commitment_digest, "nonce_hash": row.nonce_hash}
    journal.record("draw.freeze", by=by, on=("draw", row.pk), details=promised)
    return row


def _keep_frozen(row: Draw, strata: list[DrawStratum], gathered: Gathered, texts: dict[str, str]) -> None:
    for stratum, (_rule, size, out, quota) in zip(strata, checks.counts(gathered.pool), strict=True):
        stratum.size, stratum.excluded, stratum.quota = size, out, quota
    DrawStratum.objects.bulk_update(strata, ["size", "excluded", "quota"])
    _keep_files(row, texts)
    DrawOfficer.objects.bulk_create(
        DrawOfficer(draw=row, code=code, user_id=one.user_id) for code, one in gathered.officers.items()
    )


def _keep_files(row: Draw, texts: dict[str, str]) -> None:
    DrawFile.objects.bulk_create(
        DrawFile(draw=row, name=name, content=text, sha256=files.sha256(text)) for name, text in texts.items()
    )


@transaction.atomic(durable=True)
def run_draw(
    *, draw_id: int, version: int | None, by: Any, witness: Witness, recording_no: str = "", at: datetime | None = None
) -> Draw:
    """Draw from the frozen pool before a witness, and reveal the secret number."""
    moment = at or clock.now()
    row = lock_draw(draw_id, version, by, "draw.run")
    in_state(row, (DrawState.FROZEN,), "抽取")
    refuse_if(_witnessed(witness, by))
    pool = frozen_pool(row)
    result = engine.draw(pool, row.nonce)
    _keep_drawn(row, result)
    _keep_files(row, files.drawn_files(result, row.nonce) | {files.REDRAWS: files.redraw_file(())})
    save(
        row,
        state=DrawState.DRAWN,
        seed=result.seed,
        drawn_by=by,
        drawn_at=moment,
        witness=witness.user,
        witness_name=witness.name,
        witness_unit=witness.unit,
        recording_no=recording_no,
    )
    said = {"draw_no": row.draw_no, "seed": result.seed, "count": len(result.drawn)}
    journal.record("draw.run", by=by, on=("draw", row.pk), details=said)
    return row


def _witnessed(witness: Witness, by: Any) -> list[Refusal]:
    if witness.user is not None and witness.user.pk == by.pk:
        return [Refusal("draw-witness", "操作人不能给自己见证。请另请一名见证人。", "", "witness")]
    if witness.user is None and not (witness.name.strip() and witness.unit.strip()):
        text = "抽取要有人见证。请选本局的见证人，或者写明外单位见证人的姓名和单位。"
        return [Refusal("draw-witness", text, "", "witness")]
    if witness.user is None and witness.name.strip() == by.full_name:
        return [Refusal("draw-witness", "操作人不能给自己见证。请另请一名见证人。", "", "witness_name")]
    return []


def _keep_drawn(row: Draw, result: engine.Result) -> None:
    strata = {one.code: one for one in row.strata.all()}
    officers = {one.code: one for one in row.officers.all()}
    numbers = [one.object_no for one in result.drawn]
    subjects = dict(SupervisedSubject.objects.filter(object_no__in=numbers).values_list("object_no", "pk"))
    objects = DrawnObject.objects.bulk_create(
        [
            DrawnObject(
                draw=row, stratum=strata[one.stratum], subject_id=subjects[one.object_no], object_no=one.object_no,
                place=one.place, passed=list(one.passed),
            )
            for one in result.drawn
        ],
        batch_size=LOT,
    )  # fmt: skip
    DrawnOfficer.objects.bulk_create(
        [
            DrawnOfficer(drawn=drawn, officer=officers[code], position=position)
            for drawn, one in zip(objects, result.drawn, strict=True)
            for position, code in enumerate(one.team, 1)
        ],
        batch_size=LOT,
    )


@transaction.atomic(durable=True)
def publish_draw(*, draw_id: int, version: int | None, by: Any, at: datetime | None = None) -> Draw:
    """The result and every file become public."""
    row = lock_draw(draw_id, version, by, "draw.publish")
    in_state(row, (DrawState.DRAWN,), "公布")
    save(row, state=DrawState.PUBLISHED, published_by=by, published_at=at or clock.now())
    journal.record("draw.publish", by=by, on=("draw", row.pk), details={"draw_no": row.draw_no})
    return row


@transaction.atomic(durable=True)
def void_draw(
    *, draw_id: int, version: int | None, by: Any, reason: VoidReason, note: str = "", at: datetime | None = None
) -> Draw:
    """Give up a draw that was not drawn yet. Its number stays, and the public reads why."""
    row = lock_draw(draw_id, version, by, "draw.void")
    in_state(row, (DrawState.PREPARED, DrawState.FROZEN), "作废")
    save(row, state=DrawState.VOID, void_reason=reason, void_note=note, voided_by=by, voided_at=at or clock.now())
    journal.record("draw.void", by=by, on=("draw", row.pk), details={"draw_no": row.draw_no, "reason": str(reason)})
    return row
