"""Numbered blank forms: a block leased to an officer, and the end of every number (处罚法52, shared decision 24)."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import transaction

from cases.documents.catalogue import by_code
from cases.models import BlankNumber, NumberEnd, NumberLease
from cases.permissions import lease_subject
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.audit import journal
from lishu_law.documents import numbering
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import Certificate, StoredFile, Unit, UnitKind, User

LAW = "行政处罚法第五十二条第一款"
FORM = "spot_decision"


@transaction.atomic(durable=True)
def lease_numbers(*, by: Any, holder: User, count: int, at: datetime | None = None) -> NumberLease:
    """Take the next ``count`` numbers out of the series for this officer. Not for oneself (the policy's ``apart``)."""
    moment = at or clock.now()
    day = clock.local(moment).date()
    policy.check(by, "blank.lease", lease_subject(holder.unit_id, holder))
    # The holder's row serialises two leases to one person: the second sees what the first left open.
    User.objects.select_for_update(no_key=True).get(pk=holder.pk)
    if refusals := _lease_gaps(holder, count, moment):
        raise Refused(refusals)
    organ = Unit.objects.get(kind=UnitKind.AUTHORITY)
    series = by_code(FORM).doc_id
    last = numbering.allot(organ, series, day, count)
    lease = NumberLease.objects.create(
        reference=secrets.token_hex(5), organ=organ, kind=series, year=day.year, first=last - count + 1, last=last,
        holder=holder, unit=by.unit, leased_by=by, leased_at=moment, valid_until=_valid_until(moment),
    )  # fmt: skip
    BlankNumber.objects.bulk_create(
        BlankNumber(lease=lease, serial=serial, number=numbering.number_of(series, serial, day))
        for serial in range(lease.first, lease.last + 1)
    )
    details = {"first": lease.first, "last": lease.last, "year": lease.year, "holder": holder.staff_number}
    journal.record("blank.lease", by=by, on=("number_lease", lease.pk), details=details)
    return lease


def _lease_gaps(holder: User, count: int, moment: datetime) -> list[Refusal]:
    day, refusals = clock.local(moment).date(), []
    most = int(DEFAULT_PARAMETERS.number("blank_forms.most", day))
    if not 1 <= count <= most:
        refusals.append(Refusal("blank-count", f"一次可以领取 1 至 {most} 份。请改填份数。", "", "count"))
    if not Certificate.objects.filter(user=holder).valid_on(day).exists():
        text = f"{holder.full_name}现在没有有效的执法证，不能领用空白文书。请换人领取。"
        refusals.append(Refusal("gen-two-officers", text, "行政处罚法第四十二条", "holder"))
    late = BlankNumber.objects.filter(lease__holder=holder, end=NumberEnd.OPEN, lease__valid_until__lt=moment).count()
    if late:
        text = f"{holder.full_name}还有 {late} 个号码过了领用期限没有交代。请先补录、作废或者交回，再领新的。"
        refusals.append(Refusal("decide-number-unique", text, LAW, "blank"))
    return refusals


def _valid_until(moment: datetime) -> datetime:
    """So many days, and never into the next year: the number carries the year."""
    local = clock.local(moment)
    days = int(DEFAULT_PARAMETERS.number("blank_forms.days", local.date()))
    end = datetime.combine(local.date() + timedelta(days=days), time(23, 59, 59), tzinfo=clock.SHANGHAI)
    new_year = datetime(local.year, 12, 31, 23, 59, 59, tzinfo=clock.SHANGHAI)
    return min(end, new_year).astimezone(UTC)


def lock_blank(blank_id: int, by: Any, action: str) -> BlankNumber:
    """One number, locked until the transaction ends, for whoever may do ``action`` with it."""
    blank = (
        BlankNumber.objects.select_for_update(of=("self",)).select_related("lease__holder").filter(pk=blank_id).first()
    )
    if blank is None:
        raise NotFound
    policy.check(by, action, lease_subject(blank.lease.unit_id, blank.lease.holder))
    return blank


def must_be_open(blank: BlankNumber) -> None:
    if blank.end == NumberEnd.OPEN:
        return
    text = f"{blank.number}已经登记为“{blank.get_end_display()}”，不能再改。请核对号码。"
    raise Refused([Refusal("decide-number-unique", text, LAW, "")])


@transaction.atomic(durable=True)
def void_blank(
    *, blank_id: int, by: Any, reason: str, scan: StoredFile | None = None, at: datetime | None = None
) -> BlankNumber:
    """Spoiled or lost: the number stays in the register with its reason and is never used again."""
    blank = lock_blank(blank_id, by, "blank.void")
    must_be_open(blank)
    if not reason.strip():
        raise Refused(
            [Refusal("decide-number-unique", "请写明为什么作废，例如：填写错误、纸张损坏、遗失。", LAW, "reason")]
        )
    return _ended(blank, NumberEnd.VOID, by, at or clock.now(), reason=reason.strip(), scan=scan)


@transaction.atomic(durable=True)
def return_blanks(*, lease_id: int, by: Any, serials: tuple[int, ...], at: datetime | None = None) -> int:
    """The unused forms of a block came back to whoever gave them out; taken in one act, each number on its own row."""
    moment = at or clock.now()
    lease = NumberLease.objects.select_related("holder").filter(pk=lease_id).first()
    if lease is None:
        raise NotFound
    policy.check(by, "blank.take_back", lease_subject(lease.unit_id, lease.holder))
    blanks = list(
        BlankNumber.objects.select_for_update()
        .filter(lease=lease, serial__in=serials, end=NumberEnd.OPEN)
        .order_by("pk")
    )
    if not blanks or len(blanks) != len(set(serials)):
        text = "选的号码里有的已经交代过了。请刷新页面，只选手上收到的空白文书。"
        raise Refused([Refusal("decide-number-unique", text, LAW, "serials")])
    BlankNumber.objects.filter(pk__in=[one.pk for one in blanks]).update(
        end=NumberEnd.RETURNED, ended_at=moment, ended_by=by
    )
    details = {"serials": sorted(set(serials)), "year": lease.year}
    journal.record("blank.take_back", by=by, on=("number_lease", lease.pk), details=details)
    return len(blanks)


@transaction.atomic(durable=True)
def allow_late_entry(*, blank_id: int, by: Any, reason: str) -> BlankNumber:
    """A paper decision may still be entered after the last day: it was made and binds, so its number must end as used."""
    blank = lock_blank(blank_id, by, "blank.allow_late")
    must_be_open(blank)
    if not reason.strip():
        raise Refused([Refusal("blank-late", "请写明为什么没有按时补录，准予补录的理由。", "", "reason")])
    blank.late_allowed_by, blank.late_reason = by, reason.strip()[:300]
    blank.save(update_fields=["late_allowed_by", "late_reason"])
    journal.record("blank.allow_late", by=by, on=("number_lease", blank.lease_id), details={"number": blank.number})
    return blank


@transaction.atomic(durable=True)
def print_blanks(*, lease_id: int, by: Any) -> NumberLease:
    """Noted before every printing: a second sheet with the same number is a danger somebody has to answer for."""
    lease = NumberLease.objects.select_for_update(of=("self",)).select_related("holder").filter(pk=lease_id).first()
    if lease is None:
        raise NotFound
    policy.check(by, "blank.print", lease_subject(lease.unit_id, lease.holder))
    lease.prints += 1
    lease.save(update_fields=["prints"])
    journal.record("blank.print", by=by, on=("number_lease", lease.pk), details={"prints": lease.prints})
    return lease


def _ended(blank: BlankNumber, end: NumberEnd, by: Any, at: datetime, **fields: Any) -> BlankNumber:
    for name, value in {"end": end, "ended_by": by, "ended_at": at, **fields}.items():
        setattr(blank, name, value)
    blank.save(update_fields=["end", "ended_by", "ended_at", *fields])
    journal.record(f"blank.{end.value}", by=by, on=("number_lease", blank.lease_id), details={"number": blank.number})
    return blank
