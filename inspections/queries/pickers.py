"""What the forms offer: 案由 with the officer's most used first, matters of the day, a company found in the registry."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from cases.api import recent_codes, violations
from inspections.models import InspectionMatter, RoadsideCheck
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.models import Party, Vehicle

MOST_USED, MOST_OFFERED = 5, 8
MOST_HITS = 8


def grouped_violations(user: Any) -> list[tuple[str, Any]]:
    """Choices for a select: the five this officer used most, then those of the newest cases, then all."""
    often = (
        RoadsideCheck.objects.filter(recorded_by=user)
        .exclude(item_code="")
        .values_list("item_code")
        .annotate(times=Count("id"))
        .order_by("-times", "item_code")[:MOST_USED]
    )
    titles = {one.code: one.title for one in violations()}
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in violations():
        groups.setdefault(one.domain, []).append((one.code, one.title))
    codes = dict.fromkeys([*(code for code, _times in often), *recent_codes(user)])
    used = [(code, titles[code]) for code in codes if code in titles][:MOST_OFFERED]
    return [("", "没有违法行为的不选"), *([("最近用过", used)] if used else []), *groups.items()]


def roadside_matters(day: date) -> QuerySet[InspectionMatter]:
    """The published matters that may be checked on patrol."""
    return InspectionMatter.objects.published_on_day(day).filter(at_roadside=True).order_by("item_code")


def company(name: str, uscc: str) -> Party | None:
    """The registered business meant by what was typed: by its code, else by its exact name when there is only one.

    Raises ``Refused`` when the code belongs to another name.
    """
    if uscc:
        found = Party.objects.filter(uscc=uscc).first()
        if found and name and found.name != name:
            text = f"这个信用代码登记的是“{found.name}”，与填写的名称不一致。请核对。"
            raise Refused([Refusal("company-differs", text, "", "company_name")])
        return found
    named = list(Party.objects.exclude(uscc="").filter(name=name)[:2]) if name else []
    return named[0] if len(named) == 1 else None


def companies_like(text: str) -> list[Party]:
    """Businesses whose code is the text or whose name holds it, at most eight."""
    text = text.strip()[:50]
    if not text:
        return []
    by_code = list(Party.objects.filter(uscc=text.upper())) if len(text) == 18 else []
    return by_code or list(
        Party.objects.exclude(uscc="").filter(name__contains=text).order_by("name_key", "id")[:MOST_HITS]
    )


def vehicle_of(plate: str) -> Vehicle | None:
    """The registered vehicle of a plate, with its owner."""
    plate = plate.strip().upper()
    return Vehicle.objects.filter(plate=plate).select_related("owner").first() if plate else None
