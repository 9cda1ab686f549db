"""Who reported the clue (处罚法50): kept apart from the case, read by few, never in a document the party may see."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from lishu_law.registry.encrypted import EncryptedTextField


class Informant(models.Model):
    """A named informant of one clue. Name and contact are encrypted at rest."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="informant")
    name = EncryptedTextField()
    contact = EncryptedTextField(blank=True)
    content = models.TextField()
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
