"""无事不扰: who is put on the white list and who leaves it before the period ends (standards/inspection.md §6.3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from cases.api import Case
from inspections.actions.frame import refuse_if
from inspections.actions.subjects import lock_entry
from inspections.models import Exemption, InspectionFiling, ResultCode, Source
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import (
    ChangeKind,
    RemovalReason,
    RiskClass,
    RiskTag,
    SubjectChange,
    WhiteListing,
)


@transaction.atomic(durable=True)
def put_on_white_list(
    *, by: Any, object_no: str, from_on: date, to_on: date, basis: str, at: datetime | None = None
) -> WhiteListing:
    """List an object of class A without complaint, for a limited time (standards/inspection.md §6.3)."""
    policy.check(by, "subject.white_list")
    moment = at or clock.now()
    entry = lock_entry(object_no)
    refusals = []
    if entry.risk_class != RiskClass.A:
        refusals.append(Refusal("white-list-class", "只有信用风险 A 类的对象能列入白名单。请先核对信用等级。"))
    if {RiskTag.COMPLAINT, RiskTag.PENALTY, RiskTag.ACCIDENT, RiskTag.MAJOR_HAZARD} & set(entry.risk_tags):
        refusals.append(Refusal("white-list-tags", "近一年有处罚、事故、投诉或者重大隐患的对象，不能列入白名单。"))
    if not basis.strip():
        refusals.append(Refusal("white-list-basis", "请写明列入的依据。", "", "basis"))
    most = int(DEFAULT_PARAMETERS.number("inspection.white_list_days", clock.local(moment).date()))
    if not timedelta(0) <= to_on - from_on <= timedelta(days=most):
        text = f"有效期从开始日起最长 {most} 日，请核对起止日期。"
        refusals.append(Refusal("white-list-period", text, "", "to_on"))
    if WhiteListing.objects.filter(
        subject=entry, removed_on__isnull=True, from_on__lte=to_on, to_on__gte=from_on
    ).exists():
        refusals.append(Refusal("white-list-twice", "这段时间里这个对象已经在白名单上。", "", "from_on"))
    refuse_if(refusals)
    listing = WhiteListing.objects.create(
        subject=entry, from_on=from_on, to_on=to_on, basis=basis.strip(), listed_by=by, listed_at=moment
    )
    note = f"{from_on} 至 {to_on}：{basis.strip()}"[:300]
    SubjectChange.objects.create(subject=entry, kind=ChangeKind.LISTED, note=note, by=by, at=moment)
    journal.record("subject.white_list", by=by, on=("subject", object_no), details={"listing": listing.pk})
    return listing


@transaction.atomic(durable=True)
def remove_from_white_list(
    *, by: Any, listing_id: int, reason: str, note: str, at: datetime | None = None
) -> WhiteListing:
    """Take an object off the list; ``by`` is None where the program does it because of a penalty."""
    if by is not None:
        policy.check(by, "subject.white_list")
    moment = at or clock.now()
    listing = (
        WhiteListing.objects.select_for_update(of=("self",))
        .select_related("subject")
        .filter(pk=listing_id, removed_on__isnull=True)
        .first()
    )
    if listing is None:
        raise NotFound("没有找到这条白名单记录，可能已经移出了。")
    refusals = []
    if reason not in RemovalReason.values:
        refusals.append(Refusal("white-list-reason", "请选择移出的原因。", "", "reason"))
    if not note.strip():
        refusals.append(Refusal("white-list-note", "请写明移出的具体情况。", "", "note"))
    refuse_if(refusals)
    listing.removed_on, listing.removal_reason = clock.local(moment).date(), reason
    listing.removal_note, listing.removed_by = note.strip()[:300], by
    listing.save(update_fields=["removed_on", "removal_reason", "removal_note", "removed_by"])
    said = f"{RemovalReason(reason).label}：{note.strip()}"[:300]
    SubjectChange.objects.create(subject=listing.subject, kind=ChangeKind.REMOVED, note=said, by=by, at=moment)
    details = {"listing": listing.pk, "reason": reason}
    journal.record("subject.white_list_removed", by=by, on=("subject", listing.subject.object_no), details=details)
    return listing


def remove_punished(limit: int = 200) -> int:
    """Whoever got a penalty decision since being listed leaves the list; how many."""
    today = clock.today()
    rows = (
        Case.objects.filter(decision__isnull=False, party__subjects__white_listings__removed_on__isnull=True)
        .filter(decided_on__gte=F("party__subjects__white_listings__from_on"))
        .filter(party__subjects__white_listings__to_on__gte=today)
        .order_by("pk")
        .values_list("party__subjects__white_listings__pk", "case_no")[:limit]
    )
    found = dict(rows)
    for listing_id, case_no in found.items():
        note = f"案件 {case_no or '（简易程序）'} 作出行政处罚决定，系统自动移出。"
        remove_from_white_list(by=None, listing_id=listing_id, reason=RemovalReason.PENALTY, note=note)
    return len(found)


def remove_fallen(limit: int = 200) -> int:
    """Whoever was punished, had an accident or a verified complaint since being listed leaves the list; how many."""
    return remove_punished(limit) + _remove_after_accidents(limit) + _remove_after_complaints(limit)


def _remove_after_accidents(limit: int) -> int:
    """Nobody is listed with the mark 近一年事故, so whoever bears it now got it since."""
    rows = WhiteListing.objects.active_on(clock.today()).filter(subject__risk_tags__contains=[RiskTag.ACCIDENT])
    found = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    for listing_id in found:
        note = "名录标记近一年发生事故，系统自动移出。"
        remove_from_white_list(by=None, listing_id=listing_id, reason=RemovalReason.ACCIDENT, note=note)
    return len(found)


def _remove_after_complaints(limit: int) -> int:
    """A complaint is verified by the visit it led to, when that found something."""
    verified = (
        InspectionFiling.objects.filter(source=Source.COMPLAINT, finished_at__isnull=False)
        .exclude(result_code__in=("", ResultCode.R1, ResultCode.R4, ResultCode.R7))
        .exclude(exemption=Exemption.SECRET)
        .filter(subject__white_listings__removed_on__isnull=True)
        .filter(finished_at__date__gte=F("subject__white_listings__from_on"))
        .filter(subject__white_listings__to_on__gte=clock.today())
    )
    found = dict(verified.order_by("pk").values_list("subject__white_listings__pk", "check_code")[:limit])
    for listing_id, check_code in found.items():
        note = f"投诉经检查 {check_code} 查证属实，系统自动移出。"
        remove_from_white_list(by=None, listing_id=listing_id, reason=RemovalReason.COMPLAINT, note=note)
    return len(found)
