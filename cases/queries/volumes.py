"""The bindings of a case's file, newest first, and one of them by its reference."""

from __future__ import annotations

from django.db.models import Q

from cases.models import Case, VolumeBuild, VolumeState

SHOWN = 20


def volumes_of(case: Case) -> list[VolumeBuild]:
    """One statement."""
    return list(VolumeBuild.objects.filter(case=case).select_related("asked_by").order_by("-id")[:SHOWN])


def ahead_of(build: VolumeBuild) -> int:
    """How many other builds stand before this one: those being made, and those the worker takes first
    (``cases.dossier.building.waiting_ids``): never begun in the order they were asked for, then those put back."""
    if build.state != VolumeState.WAITING:
        return 0
    earlier = Q(asked_at__lt=build.asked_at) | Q(asked_at=build.asked_at, pk__lt=build.pk)
    sooner = Q(beat_at=None) & earlier
    if build.beat_at is not None:
        sooner = Q(beat_at=None) | Q(beat_at__lt=build.beat_at)
    before = Q(state=VolumeState.BUILDING) | (Q(state=VolumeState.WAITING) & sooner)
    return VolumeBuild.objects.filter(before).exclude(pk=build.pk).count()
