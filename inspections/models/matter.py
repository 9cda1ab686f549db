"""Published inspection matters with their check points (检查实施清单, standards/inspection.md §5.3), and yearly caps."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lishu_law.registry.models import Industry, RiskClass

OUTCOMES = ("合格", "不合格", "未检查", "合理缺项")  # the result options of a check point


class InspectionMatterQuerySet(models.QuerySet["InspectionMatter"]):
    def published_on_day(self, day: date) -> InspectionMatterQuerySet:
        """Matters on the published list and in force on ``day``: nothing else may be inspected."""
        return self.filter(published_on__lte=day, valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class CapRule(models.Model):
    """How many visits a year an object may get. An empty ``industry`` or ``risk_class`` means any; the closest wins."""

    industry = models.CharField(max_length=30, choices=Industry.choices, blank=True)
    risk_class = models.CharField(max_length=1, choices=RiskClass.choices, blank=True)
    most = models.PositiveSmallIntegerField()
    not_counted = ArrayField(models.CharField(max_length=10), default=list, blank=True)  # codes of Source
    basis = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    is_confirmed = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["industry", "risk_class", "valid_from"], name="cap_rule_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="cap_rule_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.industry or '全部行业'} {self.risk_class or '全部等级'}：每年最多 {self.most} 次"


class BodyLevel(models.TextChoices):
    STATE = "1", "国家级"
    PROVINCE = "2", "省级"
    CITY = "3", "市级"
    COUNTY = "4", "县级"
    TOWNSHIP = "5", "乡级"


class InspectionMatter(models.Model):
    """One matter of the supervision catalogue. ``check_points`` is a list of {no, content, method, standard} with
    ``options`` where not all four outcomes are open.

    ``is_confirmed`` is False while the code is a placeholder (待确认). ``violations`` links to item codes of 案由.
    """

    item_code = models.CharField(max_length=14)
    name = models.CharField(max_length=100)
    sub_item = models.CharField(max_length=100, blank=True)
    basis = models.CharField(max_length=300)
    object_class = models.CharField(max_length=30)
    list_code = models.CharField(max_length=40, blank=True)  # 检查实施清单编码: USCC, level, …
    basis_kind = models.CharField(max_length=60, blank=True)  # 设定依据
    body_level = models.CharField(max_length=1, choices=BodyLevel.choices, blank=True)
    exercised_level = models.CharField(max_length=1, choices=BodyLevel.choices, blank=True)  # 行使层级
    industries = ArrayField(models.CharField(max_length=30, choices=Industry.choices), default=list, blank=True)
    # Codes of Form, Method and Category; an empty list allows all.
    forms = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    methods = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    categories = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    frequency = models.CharField(max_length=100, blank=True)
    cap_rule = models.ForeignKey(CapRule, models.PROTECT, null=True, blank=True, related_name="matters")
    draw_ratio = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)  # per cent a year
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
            models.CheckConstraint(
                condition=Q(draw_ratio__isnull=True) | Q(draw_ratio__gt=0, draw_ratio__lte=100), name="matter_ratio"
            ),
        ]

    def __str__(self) -> str:
        return self.name
