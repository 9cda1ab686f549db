"""The list of powers and duties (权责清单): what the bureau may do, by which law, and what it answers for."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from inspections.models.matter import BodyLevel


class PowerKind(models.TextChoices):
    PENALTY = "penalty", "行政处罚"
    INSPECTION = "inspection", "行政检查"
    COMPULSION = "compulsion", "行政强制"
    LICENCE = "licence", "行政许可"
    CONFIRMATION = "confirmation", "行政确认"
    REWARD = "reward", "行政奖励"
    RULING = "ruling", "行政裁决"
    OTHER = "other", "其他行政权力"


class PowerItemQuerySet(models.QuerySet["PowerItem"]):
    def published_on_day(self, day: date) -> PowerItemQuerySet:
        """What the public list shows on ``day``."""
        return self.filter(published_on__lte=day, valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class PowerItem(models.Model):
    """One power with its basis, the body that exercises it, and the duties that go with it."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sub_item = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=PowerKind.choices)
    basis = models.TextField()
    body = models.CharField(max_length=100)  # 实施主体
    section = models.CharField(max_length=60, blank=True)  # 承办机构
    level = models.CharField(max_length=1, choices=BodyLevel.choices, blank=True)
    duties = models.TextField(blank=True)  # 责任事项
    duty_basis = models.TextField(blank=True)
    liability = models.TextField(blank=True)  # 追责情形
    complaint_phone = models.CharField(max_length=30, blank=True)
    is_confirmed = models.BooleanField(default=False)
    published_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PowerItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="power_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="power_period"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="power_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
