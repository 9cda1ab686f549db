"""The decision not to penalise (处罚法30、31、33、57): numbered, served, with education."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from cases.models.case import Case
from cases.procedure.no_penalty import GROUNDS


class NoPenalty(models.Model):
    """As sealed; its facts never change afterwards."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="no_penalty")
    number = models.CharField(max_length=60, unique=True)
    ground = models.CharField(max_length=20, choices=[(ground.code, ground.title) for ground in GROUNDS.values()])
    reason = models.TextField()
    education = models.TextField()
    decided_on = models.DateField()
    opinion = models.TextField(blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number
