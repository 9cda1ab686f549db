"""The bindings of a case's file, newest first, and one of them by its reference."""

from __future__ import annotations

from cases.models import Case, VolumeBuild
from lishu_law.errors import NotFound

SHOWN = 20


def volumes_of(case: Case) -> list[VolumeBuild]:
    """One statement."""
    return list(VolumeBuild.objects.filter(case=case).select_related("asked_by").order_by("-id")[:SHOWN])


def ahead_of(build: VolumeBuild) -> int:
    """How many other builds stand before this one in the queue."""
    return VolumeBuild.objects.filter(state__in=("waiting", "building"), pk__lt=build.pk).count()


def volume_by(case: Case, reference: str) -> VolumeBuild:
    """A build of this case; ``NotFound`` for any other."""
    found = VolumeBuild.objects.filter(case=case, reference=reference).first()
    if found is None:
        raise NotFound
    return found
