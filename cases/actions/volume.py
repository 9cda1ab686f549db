"""Taking the file out: a binding asked for, and an archive fetched. Both are exports and stand in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import permissions
from cases.actions.doing import lock_case
from cases.models import Case, Document, VolumeBuild, VolumePurpose, VolumeState
from cases.queries.facts import LoadedCase, load_case
from lishu_law import clock
from lishu_law.access.policy import Subject
from lishu_law.audit import journal
from lishu_law.celery import app
from lishu_law.errors import NotFound, Refusal, Refused

LAW = "行政处罚法第四十七条"
TASK = "cases.tasks.build_volume"
ARCHIVE = "archive"  # what may be fetched of a finished build beside each of its volumes


@dataclass(frozen=True)
class VolumeOrder:
    """What is asked for, and why the file leaves its place."""

    purpose: str
    with_secondary: bool = False


def _known(case_id: int) -> tuple[LoadedCase, Subject]:
    loaded = load_case(case_id)
    involved = permissions.involved_in(loaded.facts)
    return loaded, permissions.subject_of(loaded.case, loaded.officers, loaded.steps, involved)


@transaction.atomic(durable=True)
def order_volume(*, case_id: int, by: Any, order: VolumeOrder, at: datetime | None = None) -> VolumeBuild:
    """Have the file bound in the background. One binding of a case at a time; the case itself is not changed."""
    lock_case(case_id, None)
    loaded, subject = _known(case_id)
    case = loaded.case
    permissions.check_visible(by, subject)
    permissions.check(by, "volume.make", subject)
    if order.with_secondary:
        permissions.check(by, "volume.secondary", subject)
    if refusals := _not_to_be_bound(case, order):
        raise Refused(refusals)
    is_reported = order.with_secondary and bool(loaded.facts.informants)
    knows = is_reported and permissions.may_read_informant(by, subject)
    build = VolumeBuild.objects.create(
        case=case, purpose=order.purpose, with_secondary=order.with_secondary, with_informant=knows, asked_by=by,
        asked_at=at or clock.now(),
    )  # fmt: skip
    details = {"reference": build.reference, "purpose": order.purpose, "with_secondary": order.with_secondary}
    journal.record("volume.ordered", by=by, on=("case", case.pk), details=details)
    transaction.on_commit(lambda: app.send_task(TASK, args=[build.pk]), robust=True)
    return build


def _not_to_be_bound(case: Case, order: VolumeOrder) -> list[Refusal]:
    refusals = []
    if order.purpose not in VolumePurpose.values:
        refusals.append(Refusal("archive-one-case", "请选择用途。", LAW, "purpose"))
    if order.purpose == VolumePurpose.CONSULT and order.with_secondary:
        text = "当事人查阅的是正卷，副卷是内部材料，不能一起导出。请去掉“同时装订副卷”。"
        refusals.append(Refusal("archive-one-case", text, LAW, "with_secondary"))
    if not Document.objects.filter(case=case).exists():
        text = "本案还没有文书，不能成卷。请先办理立案等步骤，生成文书以后再来。"
        refusals.append(Refusal("archive-one-case", text, LAW, "case"))
    if VolumeBuild.objects.filter(case=case, state__in=(VolumeState.WAITING, VolumeState.BUILDING)).exists():
        text = "本案正在成卷，请等这一次完成。进度在案卷页可以看到。"
        refusals.append(Refusal("archive-one-case", text, LAW, "volume"))
    return refusals


@transaction.atomic(durable=True)
def fetch_volume(*, case_id: int, by: Any, reference: str, part: str) -> VolumeBuild:
    """Somebody takes an archive, or one of its volumes, away. Raises ``NotFound`` for what is not kept."""
    loaded, subject = _known(case_id)
    case = loaded.case
    permissions.check_visible(by, subject)
    done = VolumeBuild.objects.filter(case=case, reference=reference, state=VolumeState.DONE)
    build = done.select_related("asked_by").first()
    if build is not None:
        permissions.check(by, "volume.fetch", permissions.ordered_by(subject, build.asked_by))
    if build is None or (part != ARCHIVE and part not in build.pages):
        raise NotFound
    if not build.path:
        raise NotFound("这一份数据包已经被后一次成卷代替，服务器上不再保存。请下载新的，或者重新成卷。")
    for action in build.guarded_by(part):
        permissions.check(by, action, subject)
    details = {"reference": reference, "part": part, "purpose": build.purpose, "sha256": build.sha256}
    journal.record("volume.fetched", by=by, on=("case", case.pk), details=details)
    return build
