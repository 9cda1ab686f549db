"""Reading the directory: lists searched and paged by key, one entry with all that belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from inspections.models import Exemption, InspectionFiling
from inspections.queries.officers import DONE_FILINGS
from inspections.queries.records import Page
from lishu_law import clock
from lishu_law.errors import NotFound
from lishu_law.registry.identity import InvalidValue, normalise, parse_plate, parse_uscc
from lishu_law.registry.models import (
    SubjectChange,
    SubjectLicence,
    SubjectMerge,
    SupervisedSubject,
    WhiteListing,
)

PAGE = 20
MOST_CHARACTERS = 50
MOST_CHANGES = 20


@dataclass(frozen=True)
class Search:
    """What a list is narrowed to; empty means everything."""

    text: str = ""
    kind: str = ""
    industry: str = ""
    risk_class: str = ""
    status: str = ""


@dataclass(frozen=True)
class OpenedSubject:
    """An entry with its licences, periods on the white list, history, merges and visits."""

    entry: SupervisedSubject
    licences: list[SubjectLicence]
    listings: list[WhiteListing]
    changes: list[SubjectChange]
    merges: list[SubjectMerge]
    last_check: datetime | None
    checks_this_year: int
    alike: list[SupervisedSubject]

    @property
    def active_listing(self) -> WhiteListing | None:
        today = clock.today()
        return next((one for one in self.listings if one.is_active_on(today)), None)


def list_subjects(search: Search, *, after: int | None = None) -> Page:
    """Twenty entries behind the key ``after``."""
    rows = _matching(search)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows.order_by("pk")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def _matching(search: Search) -> QuerySet[SupervisedSubject]:
    rows = SupervisedSubject.objects.listed().with_white_list(clock.today()).select_related("party", "vehicle")
    for name in ("kind", "industry", "risk_class", "status"):
        value = getattr(search, name)
        if value:
            rows = rows.filter(**{name: value})
    typed = normalise.trimmed(search.text)[:MOST_CHARACTERS].replace("\x00", "")
    return rows.filter(_words(typed)) if typed else rows


def _words(typed: str) -> Q:
    """A number, a credit code and a plate are searched exactly, everything else as part of a name or as initials."""
    for parse, name in ((lambda text: parse_uscc(text).code, "party__uscc"), (_plate, "vehicle__plate")):
        try:
            return Q(**{name: parse(typed)})
        except InvalidValue:
            continue
    wanted = Q(party__name__contains=typed) | Q(name__contains=typed) | Q(object_no=typed.upper())
    if re.fullmatch(r"[A-Za-z0-9]{2,}", typed):
        lower = typed.lower()
        wanted |= Q(party__name_initials__startswith=lower) | Q(name_initials__startswith=lower)
    return wanted


def _plate(text: str) -> str:
    return parse_plate(text).number


def open_subject(object_no: str) -> OpenedSubject:
    """The entry of an address; ``NotFound`` when there is none. A merged one is opened too and says into what."""
    entry = (
        SupervisedSubject.objects.select_related("party", "vehicle", "merged_into", "loaded_by")
        .filter(object_no=object_no)
        .first()
    )
    if entry is None:
        raise NotFound
    done = InspectionFiling.objects.filter(subject=entry, state__in=DONE_FILINGS).exclude(exemption=Exemption.SECRET)
    moments = list(done.order_by("-finished_at").values_list("finished_at", flat=True)[:200])
    year = clock.today().year
    changes = SubjectChange.objects.filter(subject=entry).select_related("by", "load").order_by("-id")
    merges = SubjectMerge.objects.filter(Q(kept=entry) | Q(merged=entry)).select_related("kept", "merged", "by")
    return OpenedSubject(
        entry=entry,
        licences=list(entry.licences.order_by("kind", "number")),
        listings=list(entry.white_listings.select_related("listed_by", "removed_by").order_by("-from_on")),
        changes=list(changes[:MOST_CHANGES]),
        merges=list(merges.order_by("-id")),
        last_check=moments[0] if moments else None,
        checks_this_year=sum(1 for moment in moments if moment and clock.local(moment).year == year),
        alike=_alike(entry),
    )


def _alike(entry: SupervisedSubject) -> list[SupervisedSubject]:
    """Entries that may be the same object: of the same party or of the same name, of the same kind."""
    if entry.merged_into_id is not None:
        return []
    same = Q(party=entry.party_id) | Q(party__name=entry.party.name)
    if entry.name:
        same &= Q(name=entry.name)
    if entry.vehicle_id:
        return []  # a plate stands in the directory once
    rows = SupervisedSubject.objects.listed().filter(same, kind=entry.kind).exclude(pk=entry.pk)
    return list(rows.select_related("party", "vehicle").order_by("pk")[:5])


def public_white_list(day: date, *, after: int | None = None, most: int = 200) -> list[tuple[str, WhiteListing]]:
    """Who stands on the public white list: organisations by name, natural persons by number only."""
    rows = (
        WhiteListing.objects.active_on(day)
        .filter(subject__merged_into__isnull=True)
        .select_related("subject__party", "subject__vehicle")
        .order_by("pk")
    )
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return [(_public_name(one.subject), one) for one in rows[:most]]


def _public_name(entry: SupervisedSubject) -> str:
    """Organisations as registered; plates and natural persons never (shared decision 11)."""
    if entry.party.kind == "citizen" or entry.vehicle_id:
        return entry.object_no
    return entry.name or entry.party.name


def subject_rows(opened: OpenedSubject, *, today: date) -> list[tuple[str, Any]]:
    """Label and value of everything the entry's page shows; what is not known is left out."""
    entry = opened.entry
    position = f"{entry.latitude}, {entry.longitude}" if entry.latitude is not None else ""
    period = f"{entry.valid_from or ''} 至 {entry.valid_to or ''}" if entry.valid_from or entry.valid_to else ""
    rows = [
        ("对象编号", entry.object_no), ("对象类别", entry.get_kind_display()), ("责任人", entry.party.name),
        ("统一社会信用代码", entry.party.uscc), ("车牌号", str(entry.vehicle or "")), ("自有名称", entry.name),
        ("行业类别", entry.get_industry_display()), ("地址", entry.address), ("行政区划代码", entry.area_code),
        ("位置（纬度、经度）", position), ("联系人", entry.contact_name),
        ("联系电话", f"{entry.contact_phone[:3]}****{entry.contact_phone[-4:]}" if entry.contact_phone else ""),
        ("从业人数", entry.employees), ("车辆数", entry.vehicle_count), ("规模", entry.get_scale_display()),
        ("质量信誉", entry.get_quality_level_display()), ("信用风险", entry.get_risk_class_display()),
        ("风险标签", "、".join(_tag_words(entry))), ("状态", entry.get_status_display()), ("有效期", period),
        ("最近一次检查", clock.local(opened.last_check).date() if opened.last_check else "还没有检查过"),
        ("今年检查次数", opened.checks_this_year), ("数据来源", entry.source),
        ("数据日期", f"{entry.updated_on}（{_age(entry.updated_on, today)}）"),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value not in ("", None)]


def _tag_words(entry: SupervisedSubject) -> list[str]:
    field: Any = SupervisedSubject._meta.get_field("risk_tags")
    labels = dict(field.base_field.choices)
    return [labels[tag] for tag in entry.risk_tags]


def _age(updated_on: date, today: date) -> str:
    days = (today - updated_on).days
    if days < 1:
        return "今天"
    return f"{days} 天前" if days <= 365 else f"{days // 365} 年多以前，请核对"


def chosen_subject(typed: str) -> SupervisedSubject | None:
    """The listed entry of a number."""
    return SupervisedSubject.objects.listed().filter(object_no=typed.strip()).first()


__all__ = [
    "OpenedSubject",
    "Search",
    "chosen_subject",
    "list_subjects",
    "open_subject",
    "public_white_list",
    "subject_rows",
]
