"""What went wrong in a case and has to be explained (瑕疵清单): found by the system, explained by a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case


class Incident(models.Model):
    """One breach of a rule, recorded once per part of the case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="incidents")
    part = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    happened_at = models.DateTimeField()
    explanation = models.TextField(blank=True)
    explained_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    explained_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "part", "rule"], name="incident_once"),
            models.CheckConstraint(
                condition=Q(explanation="", explained_by__isnull=True, explained_at__isnull=True)
                | (~Q(explanation="") & Q(explained_by__isnull=False, explained_at__isnull=False)),
                name="incident_explained_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.rule}"
