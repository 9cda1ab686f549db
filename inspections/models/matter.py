"""Published inspection matters with their check points (检查实施清单, standards/inspection.md §5.3)."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class InspectionMatterQuerySet(models.QuerySet["InspectionMatter"]):
    def published_on_day(self, day: date) -> InspectionMatterQuerySet:
        """Matters on the published list and in force on ``day``: nothing else may be inspected."""
        return self.filter(published_on__lte=day, valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class InspectionMatter(models.Model):
    """One matter of the supervision catalogue. ``check_points`` is a list of {no, content, method, standard}.

    ``is_confirmed`` is False while the code is a placeholder (待确认). ``violations`` links to item codes of 案由.
    """

    item_code = models.CharField(max_length=14)
    name = models.CharField(max_length=100)
    sub_item = models.CharField(max_length=100, blank=True)
    basis = models.CharField(max_length=300)
    object_class = models.CharField(max_length=30)
    check_points = models.JSONField(default=list)
    violations = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_key = models.BooleanField(default=False)  # 重点事项
    at_roadside = models.BooleanField(default=False)  # may be checked on patrol
    is_confirmed = models.BooleanField(default=False)
    published_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = InspectionMatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item_code", "valid_from"], name="matter_version_once"),
            models.CheckConstraint(condition=Q(item_code__regex=r"^[0-9]{14}$"), name="matter_code_14_digits"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="matter_period"
            ),
        ]

    def __str__(self) -> str:
        return self.name
