"""Measuring and monitoring devices with their calibrations, and the records they make in a case (处罚法41)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.evidence import Evidence


class DeviceKind(models.TextChoices):
    DYNAMIC_SCALE = "dynamic_scale", "动态称重检测设备"
    STATIC_SCALE = "static_scale", "静态称重设备"
    CAMERA = "camera", "电子抓拍设备"
    OTHER = "other", "其他检测设备"


class MonitoringDevice(models.Model):
    """One device. ``is_monitoring``: it records by itself on the road, so that 处罚法41 asks for both reviews and publication."""

    kind = models.CharField(max_length=16, choices=DeviceKind.choices)
    number = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    place = models.CharField(max_length=200)
    is_monitoring = models.BooleanField()
    legal_basis = models.CharField(max_length=200, blank=True)
    legal_opinion = models.CharField(max_length=300, blank=True)
    legal_reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    legally_reviewed_on = models.DateField(null=True)
    technical_body = models.CharField(max_length=100, blank=True)
    technical_opinion = models.CharField(max_length=300, blank=True)
    technically_reviewed_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    published_at = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(legally_reviewed_on__isnull=True, legal_reviewer__isnull=True)
                | Q(legally_reviewed_on__isnull=False, legal_reviewer__isnull=False),
                name="device_legal_review_whole",
            ),
            models.CheckConstraint(
                condition=Q(technically_reviewed_on__isnull=True, technical_body="")
                | (Q(technically_reviewed_on__isnull=False) & ~Q(technical_body="")),
                name="device_technical_review_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_at="")
                | (Q(published_on__isnull=False) & ~Q(published_at="")),
                name="device_publication_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.number}）"


class Calibration(models.Model):
    """One certificate of calibration 检定证书 with the days it holds."""

    device = models.ForeignKey(MonitoringDevice, models.PROTECT, related_name="calibrations")
    certificate_no = models.CharField(max_length=60)
    organ = models.CharField(max_length=100)
    calibrated_on = models.DateField()
    valid_until = models.DateField()
    file = models.ForeignKey("registry.StoredFile", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "certificate_no"], name="calibration_once"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("calibrated_on")), name="calibration_period"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_no} {self.valid_until}"

    def holds_on(self, day: date) -> bool:
        return self.calibrated_on <= day <= self.valid_until


class MonitoringOutcome(models.TextChoices):
    PASSED = "passed", "审核通过"
    FAILED = "failed", "审核未通过"


class MonitoringRecord(models.Model):
    """What a monitoring device recorded. Evidence only once it was reviewed as true, clear, complete and accurate."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="monitoring_records")
    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="monitoring")
    device = models.ForeignKey(MonitoringDevice, models.PROTECT, related_name="records")
    record_no = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    plate = models.CharField(max_length=20)
    measured = models.CharField(max_length=200)
    clarity = models.CharField(max_length=200)
    outcome = models.CharField(max_length=8, choices=MonitoringOutcome.choices, blank=True)
    checks = models.JSONField(default=dict)  # {"true": true, "clear": …, "complete": …, "accurate": …}
    technical_reviewer = models.CharField(max_length=50, blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=500, blank=True)
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=200, blank=True)
    query_means = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "record_no"], name="monitoring_record_once"),
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_at__isnull=True, reviewer__isnull=True)
                | (~Q(outcome="") & Q(reviewed_at__isnull=False, reviewer__isnull=False)),
                name="monitoring_reviewed_whole",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(outcome="passed"), name="monitoring_told_after_review"
            ),
        ]

    def __str__(self) -> str:
        return self.record_no
