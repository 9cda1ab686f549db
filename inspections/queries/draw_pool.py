"""The one place where a draw looks at the registers: which strata there are, their objects, and the officers of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q

from inspections.draw.pools import months_before
from inspections.models import Exemption, InspectionFiling
from inspections.queries.caps import Caps, used_visits
from inspections.queries.officer_register import officer_register
from inspections.queries.officers import DONE_FILINGS, conflicts_on
from lishu_law import clock
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.registry.models import Industry, RiskClass, SubjectStatus, SupervisedSubject, WhiteListing

# D is inspected whole (重点监管), never by lot (standards/inspection.md §6.3).
BY_LOT = (RiskClass.A, RiskClass.B, RiskClass.C)


class Offer(NamedTuple):
    """A stratum of the register: industry and credit class. ``title`` is for the public, which sees no class."""

    key: str
    label: str
    title: str
    size: int
    usual_ratio: str


class PoolObject(NamedTuple):
    """One object of the chosen strata; ``exclusion`` says why it takes no part (``draw.pools.EXCLUSIONS``)."""

    subject_id: int
    party_id: int
    object_no: str
    key: str
    exclusion: str


@dataclass(frozen=True)
class PoolOfficer:
    """Whoever holds a certificate on the day; ``absence`` is empty when he can be drawn."""

    user_id: int
    name: str
    unit: str
    specialities: frozenset[str]
    absence: str
    subjects: frozenset[int]  # 回避: of these objects,
    parties: frozenset[int]  # and of everything of these parties


def offers(day: date) -> list[Offer]:
    """Every stratum the directory has objects for, with the usual ratio of its class."""
    rows = SupervisedSubject.objects.listed().filter(risk_class__in=BY_LOT)
    counted = rows.values_list("industry", "risk_class").annotate(size=Count("pk")).order_by("industry", "risk_class")
    return [
        Offer(
            f"{industry}|{risk}",
            f"{Industry(industry).label}·{RiskClass(risk).label}",
            Industry(industry).label,
            size,
            DEFAULT_PARAMETERS.value(f"inspection.draw_ratio.{risk.lower()}", day),
        )
        for industry, risk, size in counted
    ]


def pool_objects(keys: list[str], recent_months: int, now: datetime) -> list[PoolObject]:
    """The objects of the strata, each with the first reason that keeps it out."""
    day = clock.local(now).date()
    chosen = Q(pk__in=[])
    for key in keys:
        industry, _bar, risk = key.partition("|")
        chosen |= Q(industry=industry, risk_class=risk)
    rows = SupervisedSubject.objects.listed().filter(chosen).order_by("object_no")
    white = set(WhiteListing.objects.active_on(day).values_list("subject_id", flat=True))
    recent = _recently_visited(months_before(day, recent_months)) if recent_months else set()
    used, caps = used_visits(day, now), Caps(day)
    found = []
    for pk, party, number, industry, risk, status, first, last in rows.values_list(
        "pk", "party_id", "object_no", "industry", "risk_class", "status", "valid_from", "valid_to"
    ):
        is_open = status == SubjectStatus.OPERATING and (not first or first <= day) and (not last or last >= day)
        reason = "" if is_open else "suspended"
        if not reason:
            reason = "white_list" if pk in white else "recent" if pk in recent else ""
        if not reason and pk in used and used[pk] >= caps.most(industry, risk):
            reason = "cap"
        found.append(PoolObject(pk, party, number, f"{industry}|{risk}", reason))
    return found


def _recently_visited(since: date) -> set[int]:
    done = InspectionFiling.objects.filter(state__in=DONE_FILINGS, finished_at__date__gte=since)
    done = done.exclude(exemption=Exemption.SECRET)  # why an object is left out is published
    return set(done.values_list("subject_id", flat=True))


def pool_officers(day: date) -> list[PoolOfficer]:
    """Everybody with a certificate valid on the day, as the register of officers judges them."""
    rows = [row for row in officer_register(day) if any(one.is_valid_on(day) for one in row.certificates)]
    conflicts = conflicts_on([row.user for row in rows], day)
    return [
        PoolOfficer(
            row.user.pk, row.user.full_name, str(row.user.unit or ""),
            frozenset(row.profile.specialities) if row.profile else frozenset(), "；".join(row.reasons),
            conflicts[row.user.pk].subjects, conflicts[row.user.pk].parties,
        )
        for row in rows
    ]  # fmt: skip
