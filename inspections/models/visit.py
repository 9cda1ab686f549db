"""What a visit leaves beside its filing: start and end on the spot, interruptions, signatures, the order to put things
right, the end of a result that was left open, and the certificate an officer shows on the day (inspection.md §4, §7, §8).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.filing import InspectionFiling, ResultCode
from lishu_law.registry.encrypted import EncryptedTextField
from lishu_law.registry.models import Certificate
from lishu_law.web.models import Signature


class VisitMoment(models.TextChoices):
    START = "start", "开始"
    FINISH = "finish", "结束"


class Located(models.TextChoices):
    """Whether the phone said where it was. Refusing is no obstacle; that it was refused is kept."""

    GIVEN = "given", "已定位"
    DENIED = "denied", "没有允许定位"
    FAILED = "failed", "没有定位成功"
    NOT_ASKED = "not_asked", "没有定位"


class VisitMark(models.Model):
    """The start or the end of a visit: when, by whom, on which device, where the phone was, who scanned what.

    The position is taken at these two moments only (§4.2). ``distance`` is in metres to the object's address.
    """

    filing = models.ForeignKey(InspectionFiling, models.CASCADE, related_name="marks")
    moment = models.CharField(max_length=6, choices=VisitMoment.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    device = models.CharField(max_length=120, blank=True)
    located = models.CharField(max_length=9, choices=Located.choices, default=Located.NOT_ASKED)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    accuracy = models.PositiveIntegerField(null=True)
    distance = models.PositiveIntegerField(null=True)
    is_far = models.BooleanField(default=False)
    scanned_by = models.CharField(max_length=50, blank=True)
    read_text = models.CharField(max_length=500, blank=True)  # what the licence code said

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "moment"], name="visit_mark_once"),
            models.CheckConstraint(
                condition=Q(located="given", longitude__isnull=False, latitude__isnull=False)
                | (~Q(located="given") & Q(longitude__isnull=True, latitude__isnull=True)),
                name="visit_mark_position",
            ),
            models.CheckConstraint(condition=Q(is_far=False) | Q(distance__isnull=False), name="visit_mark_far"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.moment}"


class SuspensionReason(models.TextChoices):
    ABSENT = "absent", "被检查人不在场"
    REFUSED = "refused", "被检查人拒绝检查"
    SAFETY = "safety", "现场不安全，不能继续"


class Suspension(models.Model):
    """One interruption of a visit (中止) and, if it went on, its end."""

    filing = models.ForeignKey(InspectionFiling, models.CASCADE, related_name="suspensions")
    reason = models.CharField(max_length=7, choices=SuspensionReason.choices)
    note = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filing"], condition=Q(resumed_at__isnull=True), name="suspended_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="suspension_says_what_happened"),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True, resumed_by__isnull=True)
                | Q(resumed_at__gte=F("at"), resumed_by__isnull=False),
                name="suspension_resumed_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.reason}"


class VisitSignature(models.Model):
    """A signature under the record of a visit."""

    filing = models.ForeignKey(InspectionFiling, models.CASCADE, related_name="signatures")
    signature = models.OneToOneField(Signature, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.signature)


class OrderEnd(models.TextChoices):
    CORRECTED = "corrected", "已改正"
    AGAIN = "again", "没有改正，再次责令改正"
    CASE = "case", "没有改正，移送立案"


class RectificationOrder(models.Model):
    """责令改正: what, by when, on which basis; ended by the recheck that looked at it."""

    filing = models.OneToOneField(InspectionFiling, models.CASCADE, related_name="order")
    what = models.TextField()
    basis = models.CharField(max_length=300)
    due_on = models.DateField()
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_as = models.CharField(max_length=9, choices=OrderEnd.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(InspectionFiling, models.PROTECT, null=True, related_name="orders_ended")

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=Q(ended_at__isnull=True), name="order_open_by_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(basis=""), name="order_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(ended_as="", ended_at__isnull=True, ended_by__isnull=True)
                | (~Q(ended_as="") & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="order_ended_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.due_on}"


class PendingEnd(models.Model):
    """How a result that was left open (R8 发现问题待后续处理) ended: as R5 or as R9 (§7)."""

    filing = models.OneToOneField(InspectionFiling, models.CASCADE, related_name="pending_end")
    result_code = models.CharField(
        max_length=3, choices=[(one.value, one.label) for one in (ResultCode.R5, ResultCode.R9)]
    )
    note = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(result_code__in=["R5", "R9"]), name="pending_ends_as"),
            models.CheckConstraint(condition=~Q(note=""), name="pending_end_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.result_code}"


class CertificatePass(models.Model):
    """The page that shows an officer's certificate on one day, for one visit or on patrol (§4.2, shared decision 16).

    Anybody who has the address may look until the day is over; the token is searched by its hash only, and kept
    encrypted so that the officer can show the same code again.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    filing = models.ForeignKey(InspectionFiling, models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    token_digest = models.CharField(max_length=64, unique=True)
    token = EncryptedTextField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "filing", "day"], nulls_distinct=False, name="certificate_pass_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
