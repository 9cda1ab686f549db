"""Roadside checks: one row per stopped vehicle, made on the spot with a complete record (standards/inspection.md E1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.filing import InspectionFiling, PointResult
from inspections.models.matter import InspectionMatter
from inspections.models.shift import PatrolShift
from inspections.models.visit import Suspension
from lishu_law.registry.encrypted import EncryptedTextField
from lishu_law.registry.models import Party, StoredFile


class CheckResult(models.TextChoices):
    NONE = "none", "未发现问题"
    CORRECTED = "corrected", "当场改正，批评教育"
    FINDING = "finding", "发现违法线索，转立案"


class StopReason(models.TextChoices):
    """Why a vehicle was stopped: nobody stops normally driving vehicles at will (道路运输条例58)."""

    SEEN = "seen", "看到有违法嫌疑"
    CLUE = "clue", "有举报、布控或者数据线索"
    STATION = "station", "在依法设置的站点接受检查"
    PARKED = "parked", "停放或者装卸时检查，没有拦车"
    OTHER = "other", "其他理由"


class RoadsideCheck(models.Model):
    """What was found when one vehicle was stopped. ``check_code`` is the exchange's ``check_action_code``.

    ``case`` is the case the finding opened: the link lives here, the case never knows inspections.
    """

    check_code = models.CharField(max_length=20, unique=True)
    shift = models.ForeignKey(PatrolShift, models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    route = models.CharField(max_length=40)
    stake = models.CharField(max_length=20, blank=True)
    direction = models.CharField(max_length=20, blank=True)
    township = models.CharField(max_length=40, blank=True)
    is_in_county = models.BooleanField(default=True)
    stop_reason = models.CharField(max_length=8, choices=StopReason.choices)
    stop_note = models.CharField(max_length=200, blank=True)
    plate = models.CharField(max_length=20, blank=True)
    plate_reason = models.CharField(max_length=100, blank=True)
    vehicle_type = models.CharField(max_length=40, blank=True)
    driver_name = models.CharField(max_length=50, blank=True)
    driver_gender = models.CharField(max_length=6, blank=True)
    driver_phone = EncryptedTextField(blank=True)
    driver_id_number = EncryptedTextField(blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    company_name = models.CharField(max_length=100, blank=True)
    company_uscc = models.CharField(max_length=18, blank=True)
    matter = models.ForeignKey(InspectionMatter, models.PROTECT, related_name="+")
    result = models.CharField(max_length=10, choices=CheckResult.choices)
    item_code = models.CharField(max_length=40, blank=True)  # 案由, only with a finding
    findings = models.TextField(blank=True)
    measures = models.TextField(blank=True)  # what the driver was told to do
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["shift", "-id"], name="check_by_shift"),
            models.Index(fields=["recorded_by", "-id"], name="check_by_officer"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(recorded_by=F("second_officer")), name="check_two_officers"),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("at")), name="check_not_in_future"),
            models.CheckConstraint(condition=Q(result="none") | ~Q(findings=""), name="check_says_what_was_found"),
            models.CheckConstraint(condition=Q(case__isnull=True) | Q(result="finding"), name="check_case_by_finding"),
            models.CheckConstraint(
                condition=(Q(result="finding") & ~Q(item_code="")) | (~Q(result="finding") & Q(item_code="")),
                name="check_violation_with_finding",
            ),
            models.CheckConstraint(
                condition=~Q(stop_reason="") & (~Q(stop_reason="other") | ~Q(stop_note="")),
                name="check_says_why_stopped",
            ),
            models.CheckConstraint(condition=~Q(plate="") | ~Q(plate_reason=""), name="check_without_plate_says_why"),
        ]

    def __str__(self) -> str:
        return self.check_code

    @property
    def place(self) -> str:
        """Where it was, in words."""
        return "".join(part for part in (self.township, self.route, self.stake, self.direction) if part)


class InspectionPhoto(models.Model):
    """A photo of a roadside check or of a visit: the unchanged file with its digest, time and place.

    In a visit it may belong to one check point or to an interruption.
    """

    check_record = models.ForeignKey(RoadsideCheck, models.PROTECT, null=True, related_name="photos")
    filing = models.ForeignKey(InspectionFiling, models.PROTECT, null=True, related_name="photos")
    point = models.ForeignKey(PointResult, models.PROTECT, null=True, related_name="photos")
    suspension = models.ForeignKey(Suspension, models.PROTECT, null=True, related_name="photos")
    position = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(check_record__isnull=True, filing__isnull=False)
                | Q(check_record__isnull=False, filing__isnull=True),
                name="photo_of_one_record",
            ),
            models.UniqueConstraint(fields=["check_record", "file"], name="photo_once_per_check"),
            models.UniqueConstraint(
                fields=["filing", "file", "point", "suspension"],
                condition=Q(filing__isnull=False),
                nulls_distinct=False,
                name="photo_once_per_point",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:8]
