"""Two entries of the directory that are one object: merged with a record of what was kept and moved, and undone again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from inspections.actions.frame import refuse_if
from inspections.actions.subjects import LABELS
from inspections.loading.object_writing import changed_values
from inspections.models import InspectionFiling
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal
from lishu_law.registry.models import (
    ChangeKind,
    OfficerConflict,
    SubjectChange,
    SubjectLicence,
    SubjectMerge,
    SupervisedSubject,
    WhiteListing,
)

# What belongs to an entry and moves with it.
MOVING: dict[str, Any] = {
    "filings": InspectionFiling, "licences": SubjectLicence, "white_listings": WhiteListing, "conflicts": OfficerConflict,
}  # fmt: skip
WORDS = {"filings": "检查备案", "licences": "许可证", "white_listings": "白名单记录", "conflicts": "回避登记"}
# Filled from the merged entry where the kept one knows nothing.
FILLED = (
    "longitude",
    "latitude",
    "contact_name",
    "contact_phone",
    "employees",
    "vehicle_count",
    "scale",
    "quality_level",
)


@transaction.atomic(durable=True)
def merge_subjects(*, by: Any, kept_no: str, merged_no: str, reason: str, at: datetime | None = None) -> SubjectMerge:
    """Keep one entry, move to it all that belongs to the other, fill its gaps; the other leaves the directory."""
    policy.check(by, "subject.merge")
    moment = at or clock.now()
    kept, merged = _both(kept_no, merged_no)
    refuse_if(_not_one_object(kept, merged, reason))
    moved = {kind: _move(kind, merged.pk, kept.pk, _movable(kind, kept, merged)) for kind in MOVING}
    # The vehicle may stand in the directory once: the merged entry steps out first.
    merged.merged_into, merged.version = kept, merged.version + 1
    merged.save(update_fields=["merged_into", "version"])
    taken = _fill_gaps(kept, merged)
    record = SubjectMerge.objects.create(
        kept=kept, merged=merged, reason=reason.strip(), moved=moved, taken=taken, by=by, at=moment
    )
    said = {WORDS[kind]: ["", f"移入 {len(ids)} 件"] for kind, ids in moved.items() if ids}
    SubjectChange.objects.create(
        subject=kept, kind=ChangeKind.MERGED, by=by, at=moment, note=f"并入 {merged.object_no}：{reason.strip()}"[:300],
        changes=said | {LABELS[name]: ["", "取自被并入的对象"] for name in taken},
    )  # fmt: skip
    details = {"merged": merged.object_no, "merge": record.pk, **{kind: len(ids) for kind, ids in moved.items()}}
    journal.record("subject.merge", by=by, on=("subject", kept.object_no), details=details)
    return record


@transaction.atomic(durable=True)
def unmerge_subjects(*, by: Any, merge_id: int, reason: str, at: datetime | None = None) -> SubjectMerge:
    """Take a merge back: rows go where they were, filled values are emptied unless somebody changed them since."""
    policy.check(by, "subject.merge")
    moment = at or clock.now()
    record = SubjectMerge.objects.select_for_update().filter(pk=merge_id, undone_at__isnull=True).first()
    if record is None:
        raise NotFound("没有找到可以撤销的合并，可能已经撤销过了。")
    if not reason.strip():
        refuse_if([Refusal("merge-reason", "请写明撤销的理由。", "", "reason")])
    ids = sorted((record.kept_id, record.merged_id))
    entries = {one.pk: one for one in SupervisedSubject.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    kept, merged = entries[record.kept_id], entries[record.merged_id]
    if kept.merged_into_id is not None:
        refuse_if([Refusal("merge-order", f"{kept.object_no} 后来又并入了别的对象。请先撤销那一次合并。")])
    for kind, moved in record.moved.items():
        _move(kind, kept.pk, merged.pk, MOVING[kind].objects.filter(pk__in=moved))
    emptied = _empty_again(kept, record.taken)
    merged.merged_into, merged.version = None, merged.version + 1
    merged.save(update_fields=["merged_into", "version"])
    record.undone_by, record.undone_at, record.undo_reason = by, moment, reason.strip()
    record.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    for one, other in ((kept, merged), (merged, kept)):
        note = f"与 {other.object_no} 的合并已撤销：{reason.strip()}"[:300]
        SubjectChange.objects.create(subject=one, kind=ChangeKind.UNMERGED, by=by, at=moment, note=note)
    details = {"merged": merged.object_no, "merge": record.pk, "emptied": emptied}
    journal.record("subject.unmerge", by=by, on=("subject", kept.object_no), details=details)
    return record


def _both(kept_no: str, merged_no: str) -> tuple[SupervisedSubject, SupervisedSubject]:
    """Both entries, locked in the order of their keys."""
    rows = (
        SupervisedSubject.objects.listed()
        .select_for_update(of=("self",))
        .select_related("party", "vehicle")
        .filter(object_no__in=(kept_no, merged_no))
        .order_by("pk")
    )
    found = {one.object_no: one for one in rows}
    if kept_no not in found or merged_no not in found:
        raise NotFound("名录里没有这个对象，可能已经并入了别的对象。")
    return found[kept_no], found[merged_no]


def _not_one_object(kept: SupervisedSubject, merged: SupervisedSubject, reason: str) -> list[Refusal]:
    refusals = []
    if kept.pk == merged.pk:
        refusals.append(Refusal("merge-itself", "两个编号是同一个对象。请填另一个对象的编号。", "", "merged_no"))
    if kept.kind != merged.kind:
        text = f"一个是{kept.get_kind_display()}，一个是{merged.get_kind_display()}，不能合并。请先核对对象类别。"
        refusals.append(Refusal("merge-kind", text, "", "merged_no"))
    if kept.party.uscc and merged.party.uscc and kept.party.uscc != merged.party.uscc:
        text = "两个对象的信用代码不同，是两个主体，不能合并。"
        refusals.append(Refusal("merge-codes", text, "", "merged_no"))
    if kept.vehicle_id and merged.vehicle_id and kept.vehicle_id != merged.vehicle_id:
        refusals.append(Refusal("merge-plates", "两个对象的车牌不同，是两辆车，不能合并。", "", "merged_no"))
    if not reason.strip():
        refusals.append(Refusal("merge-reason", "请写明怎么知道是同一个对象。", "", "reason"))
    return refusals


def _movable(kind: str, kept: SupervisedSubject, merged: SupervisedSubject) -> QuerySet[Any]:
    """A licence the kept entry has already stays with the merged one."""
    rows: QuerySet[Any] = MOVING[kind].objects.filter(subject=merged)
    if kind == "licences":
        held = list(SubjectLicence.objects.filter(subject=kept).values_list("kind", "number"))
        rows = rows.filter(pk__in=[one.pk for one in rows if (one.kind, one.number) not in held])
    return rows


def _move(kind: str, from_id: int, to_id: int, rows: QuerySet[Any]) -> list[int]:
    ids = list(rows.filter(subject_id=from_id).order_by("pk").values_list("pk", flat=True))
    MOVING[kind].objects.filter(pk__in=ids).update(subject_id=to_id)
    return ids


def _fill_gaps(kept: SupervisedSubject, merged: SupervisedSubject) -> dict[str, list[Any]]:
    """Fill what the kept entry lacks; the position only as a pair. Numbers of persons are not repeated in the record."""
    names = [name for name in FILLED if getattr(kept, name) in (None, "") and getattr(merged, name) not in (None, "")]
    if not {"longitude", "latitude"} <= set(names):
        names = [name for name in names if name not in ("longitude", "latitude")]
    changed_values(kept, {name: getattr(merged, name) for name in names})
    kept.version += 1
    kept.save(update_fields=[*names, "version"])
    return {name: [None, _plain(getattr(kept, name)) if name != "contact_phone" else None] for name in names}


def _empty_again(kept: SupervisedSubject, taken: dict[str, list[Any]]) -> list[str]:
    """Empty what the merge filled, where it still stands as it was filled."""
    names = [
        name
        for name, (_none, value) in taken.items()
        if name == "contact_phone" or _plain(getattr(kept, name)) == value
    ]
    for name in names:
        setattr(kept, name, "" if isinstance(getattr(kept, name), str) else None)
    kept.version += 1
    kept.save(update_fields=[*names, "version"])
    return names


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal | date) else value
