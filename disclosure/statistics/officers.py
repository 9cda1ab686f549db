"""How many of the bureau's officers hold a certificate (行政执法证持证率)."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from lishu_law import clock
from lishu_law.registry.models import Certificate, User
from lishu_law.registry.roles import Role


def last_day(year: int) -> date:
    """The day of a year its certificates are counted on: the last one, or today while it runs."""
    return min(date(year, 12, 31), clock.today())


def certified_officers(day: date) -> tuple[int, int]:
    """Officers whose certificate was valid that day, and all who are officers now. One statement."""
    holds = Exists(Certificate.objects.valid_on(day).filter(user=OuterRef("pk")))
    officers = User.objects.filter(is_active=True, roles__contains=[Role.OFFICER])
    found = officers.aggregate(whole=Count("pk"), part=Count("pk", filter=Q(holds)))
    return found["part"], found["whole"]
