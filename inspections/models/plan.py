"""The yearly inspection plan: made, approved, published; without it no routine visit (insp-plan)."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class InspectionPlan(models.Model):
    """The plan of one year as it was published."""

    year = models.PositiveSmallIntegerField(unique=True)
    document_no = models.CharField(max_length=60)
    published_on = models.DateField()
    url = models.URLField(max_length=300, blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.year}"
