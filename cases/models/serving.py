"""Serving of documents (送达): the effective date is computed, never typed (law/procedure.md §5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.document import Document


class ServingMethod(models.TextChoices):
    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"


class ReceiverRelation(models.TextChoices):
    SELF = "self", "当事人本人"
    REPRESENTATIVE = "representative", "法定代表人或者主要负责人"
    RECEIVING_STAFF = "receiving_staff", "单位负责收件的人"
    FAMILY = "family", "同住的成年家属"
    AGENT = "agent", "委托代理人或者指定代收人"


class Serving(models.Model):
    """One successful serving of one document on one recipient."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="servings")
    document = models.ForeignKey(Document, models.PROTECT, related_name="servings")
    method = models.CharField(max_length=10, choices=ServingMethod.choices)
    receiver_name = models.CharField(max_length=50)
    relation = models.CharField(max_length=20, choices=ReceiverRelation.choices)
    place = models.CharField(max_length=200)
    served_at = models.DateTimeField()
    effective_on = models.DateField()
    first_server = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_server = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    refusal_reason = models.CharField(max_length=300, blank=True)
    witness_name = models.CharField(max_length=50, blank=True)
    proof = models.ForeignKey("registry.StoredFile", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first_server=F("second_server")), name="serving_two_servers"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.effective_on}"
