"""Who reported the clue (处罚法50): kept apart from the case, read by few, never in a document the party may see."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from lishu_law.registry.encrypted import EncryptedTextField
from lishu_law.registry.models.parties import Gender


class ReportWay(models.TextChoices):
    """举报类别 of S01: how the report came. The form's own list was not seen; the choices are ours."""

    PHONE = "phone", "电话举报"
    VISIT = "visit", "来访举报"
    LETTER = "letter", "来信举报"
    ONLINE = "online", "网络举报"
    OTHER = "other", "其他"


class Informant(models.Model):
    """A named informant of one clue. What says who it is stays encrypted at rest."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="informant")
    way = models.CharField(max_length=6, choices=ReportWay.choices, blank=True)
    name = EncryptedTextField()
    gender = models.CharField(max_length=6, choices=Gender.choices, blank=True)
    id_number = EncryptedTextField(blank=True)
    address = EncryptedTextField(blank=True)  # 住所或工作单位
    contact = EncryptedTextField(blank=True)
    content = models.TextField()
    remarks = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="informant_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"
