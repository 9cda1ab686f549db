"""What a draw must know of an officer beside the account and the certificate (standards/inspection.md §5.2)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from lishu_law.registry.models.files import StoredFile
from lishu_law.registry.models.parties import Gender, Party
from lishu_law.registry.models.subjects import SupervisedSubject


class StaffType(models.TextChoices):
    ESTABLISHED = "established", "在编在岗"
    SECONDED = "seconded", "借调"
    ASSISTANT = "assistant", "辅助人员"
    TEMPORARY = "temporary", "临时人员"


class Speciality(models.TextChoices):
    PASSENGER = "passenger", "客运"
    FREIGHT = "freight", "货运"
    DANGEROUS = "dangerous", "危货"
    REPAIR = "repair", "维修"
    ROAD = "road", "路政"
    WORKS = "works", "工程"
    WATER = "water", "水路"


class OfficerProfile(models.Model):
    """One officer in the register. Name, unit and certificates are the account's; only 在编在岗 is ever drawn."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="officer_profile")
    sex = models.CharField(max_length=6, choices=Gender.choices, blank=True)
    post = models.CharField(max_length=30, blank=True)
    staff_type = models.CharField(max_length=11, choices=StaffType.choices)
    specialities = ArrayField(models.CharField(max_length=9, choices=Speciality.choices), default=list, blank=True)
    areas = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    pairing_group = models.CharField(max_length=30, blank=True)
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")  # shown with the certificate
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.user)


class AbsenceKind(models.TextChoices):
    LEAVE = "leave", "请假"
    TRAINING = "training", "培训"
    OTHER_TASK = "other_task", "其他任务"


class OfficerAbsence(models.Model):
    """Days on which an officer is not drawn; the first and the last day count."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=10, choices=AbsenceKind.choices)
    from_on = models.DateField()
    to_on = models.DateField()
    note = models.CharField(max_length=100, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="absence_period")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.from_on}–{self.to_on}"


class ConflictReason(models.TextChoices):
    INTEREST = "interest", "有利害关系"
    RELATIVE = "relative", "近亲属任职或经营"
    LAST_POST = "last_post", "两年内曾在该单位任职"
    OTHER = "other", "其他可能影响公正的情形"


class OfficerConflict(models.Model):
    """回避: this officer never inspects this object or anything of this party. Open-ended unless ``to_on`` is set."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts")
    subject = models.ForeignKey(SupervisedSubject, models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=9, choices=ConflictReason.choices)
    note = models.CharField(max_length=100, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__isnull=False, party__isnull=True) | Q(subject__isnull=True, party__isnull=False),
                name="conflict_with_one",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="conflict_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.reason}"

    def is_active_on(self, day: date) -> bool:
        is_inside = self.from_on <= day and (self.to_on is None or day <= self.to_on)
        return is_inside and self.cancelled_at is None


class OfficerYear(models.Model):
    """Training, examination and appraisal of one year."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    training_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    exam = models.CharField(max_length=20, blank=True)
    appraisal = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "year"], name="officer_year_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.year}"


__all__ = [
    "AbsenceKind",
    "ConflictReason",
    "OfficerAbsence",
    "OfficerConflict",
    "OfficerProfile",
    "OfficerYear",
    "Speciality",
    "StaffType",
]
