"""Supervised subjects (监管对象名录库): who may be inspected (standards/inspection.md §5.1)."""

from __future__ import annotations

from django.db import models

from lishu_law.registry.models.parties import Party


class SupervisedSubject(models.Model):
    """One entry of the directory. Its identity data live in ``Party``; nothing is typed twice."""

    object_no = models.CharField(max_length=20, unique=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="subjects")
    industry = models.CharField(max_length=30)
    address = models.CharField(max_length=200)
    area_code = models.CharField(max_length=6, default="220322")
    licence_no = models.CharField(max_length=40, blank=True)
    is_operating = models.BooleanField(default=True)
    updated_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.object_no} {self.party.name}"
