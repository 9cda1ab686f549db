"""Patrol shifts: filed before going out, because whom they will stop cannot be known (standards/inspection.md E1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lishu_law.registry.models import Unit


class ShiftState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审批"
    RETURNED = "returned", "退回"
    FILED = "filed", "已备案"
    FINISHED = "finished", "已结束"


class PatrolShift(models.Model):
    """One patrol: unit, officers, vehicle, road sections, time, recorder. Its state changes only in the actions."""

    shift_no = models.CharField(max_length=30, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ShiftState.choices)
    version = models.PositiveIntegerField(default=1)
    vehicle = models.CharField(max_length=40)
    recorder_no = models.CharField(max_length=40)  # 执法记录仪
    planned_from = models.DateTimeField()
    planned_to = models.DateTimeField()
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=500, blank=True)
    finished_at = models.DateTimeField(null=True)
    remarks = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-id"], name="shift_by_unit"),
            models.Index(fields=["state", "-id"], name="shift_by_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(planned_to__gt=F("planned_from")), name="shift_period"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True, approved_at__isnull=True)
                | Q(approver__isnull=False, approved_at__isnull=False),
                name="shift_approval_pair",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("applicant")), name="shift_approved_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["filed", "finished"]) | Q(approved_at__isnull=False),
                name="shift_filed_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.shift_no


class ShiftOfficer(models.Model):
    """Who goes out; exactly one leads."""

    shift = models.ForeignKey(PatrolShift, models.CASCADE, related_name="officers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_lead = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shift", "user"], name="shift_officer_once"),
            models.UniqueConstraint(fields=["shift"], condition=Q(is_lead=True), name="shift_one_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.user_id}"


class ShiftSection(models.Model):
    """A stretch of road that is patrolled."""

    shift = models.ForeignKey(PatrolShift, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    route = models.CharField(max_length=40)
    from_stake = models.CharField(max_length=20, blank=True)
    to_stake = models.CharField(max_length=20, blank=True)
    township = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shift", "position"], name="shift_section_once")]

    def __str__(self) -> str:
        stretch = "—".join(part for part in (self.from_stake, self.to_stake) if part)
        return " ".join(part for part in (self.route, stretch, self.township) if part)
