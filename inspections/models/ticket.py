"""监督件: a bad rating or a complaint under supervision, with its two clocks (standards/inspection.md §4.4)."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lishu_law.registry.encrypted import EncryptedTextField


class TicketKind(models.TextChoices):
    RATING = "rating", "差评"
    DOUBLE = "double", "同一次检查的多份评价"
    COMPLAINT = "complaint", "投诉"


class TicketState(models.TextChoices):
    OPEN = "open", "待受理"
    ACKNOWLEDGED = "acknowledged", "办理中"
    ANSWERED = "answered", "已答复"


class SupervisionTicket(models.Model):
    """One matter of supervision. Who said what of whom stands encrypted in ``content``; nothing refers to a visit.

    The number is drawn by lot and the row's key is random: neither order nor number says when a business spoke. Days
    only, no times: ``received_on`` is the day supervision was handed it, and the clocks run from there.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ticket_no = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=9, choices=TicketKind.choices)
    state = models.CharField(max_length=12, choices=TicketState.choices, default=TicketState.OPEN)
    version = models.PositiveIntegerField(default=1)
    content = EncryptedTextField()
    received_on = models.DateField()
    acknowledge_by = models.DateField()
    answer_by = models.DateField()
    acknowledged_on = models.DateField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = EncryptedTextField(blank=True)
    is_founded = models.BooleanField(null=True)  # 属实, said with the answer
    escalated_on = models.DateField(null=True)
    escalated_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "answer_by"], name="ticket_by_clock")]
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_on__isnull=False, acknowledged_by__isnull=False),
                name="ticket_acknowledged_pair",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_by__isnull=True, is_founded__isnull=True)
                | (Q(answered_on__isnull=False, answered_by__isnull=False, is_founded__isnull=False) & ~Q(answer="")),
                name="ticket_answer_complete",
            ),
            models.CheckConstraint(
                condition=Q(escalated_on__isnull=True) | ~Q(escalated_why=""), name="ticket_escalated_why"
            ),
            models.CheckConstraint(condition=Q(answer_by__gte=F("acknowledge_by")), name="ticket_clock_order"),
        ]

    def __str__(self) -> str:
        return self.ticket_no
