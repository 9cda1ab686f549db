"""The outbox to the exchange: one row per (record, version), frozen bytes, and what came back (feed_api.md §9)."""

from __future__ import annotations

from django.db import models
from django.db.models import ExpressionWrapper, Q

from disclosure.models.record import DisclosureRecord


class DeliveryState(models.TextChoices):
    PENDING = "PENDING", "待推送"
    SENDING = "SENDING", "推送中"
    SENT = "SENT", "待确认"
    CONFIRMED = "CONFIRMED", "已确认"
    FIX = "FIX", "待修正"
    DEAD = "DEAD", "死信"
    SUPERSEDED = "SUPERSEDED", "已取代"


class Operation(models.TextChoices):
    INSERT = "i", "公示"
    UPDATE = "u", "更正"
    DELETE = "d", "删除"
    WITHDRAW = "w", "撤回"


class Delivery(models.Model):
    """One message to the exchange. ``body`` holds the agreed bytes, which never change once they were taken.

    An inspection has no public record: ``about`` is its check_action_code. A penalty that names an inspection holds
    that one's rui in ``waits_for`` and is sent when the exchange has it (V09).
    """

    record = models.ForeignKey(DisclosureRecord, models.PROTECT, null=True, related_name="deliveries")
    about = models.CharField(max_length=50, blank=True)
    waits_for = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20)
    rui = models.CharField(max_length=40)
    data_version = models.PositiveIntegerField()
    op = models.CharField(max_length=1, choices=Operation.choices)
    idem_key = models.CharField(max_length=128, unique=True)
    body = models.BinaryField()
    content_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    give_up_on = models.DateField()  # after this day a failing row is dead
    last_code = models.CharField(max_length=20, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    trace_id = models.CharField(max_length=64, blank=True)
    receipt = models.JSONField(null=True)
    receipt_no = models.CharField(max_length=20, blank=True)
    polls = models.PositiveSmallIntegerField(default=0)
    poll_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    # Set while it waits for the exchange's catalogue to learn our matter: tried again by itself, and never dead of it.
    parked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # The order in which rows are claimed: withdrawals first, then what was due first.
            models.Index(
                ExpressionWrapper(Q(op="w"), models.BooleanField()).desc(),
                "next_at",
                "id",
                condition=Q(state="PENDING"),
                name="delivery_in_turn",
            ),
            models.Index(fields=["lease_until"], condition=Q(state="SENDING"), name="delivery_leased"),
            models.Index(fields=["poll_at"], condition=Q(state="SENT"), name="delivery_unconfirmed"),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rui", "data_version"], name="delivery_version_once"),
            models.UniqueConstraint(
                fields=["about", "data_version"], condition=~Q(about=""), name="delivery_inspection_once"
            ),
            models.CheckConstraint(
                condition=(Q(kind="inspection-record") & ~Q(about="")) | (~Q(kind="inspection-record") & Q(about="")),
                name="delivery_inspection_named",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SENT", "CONFIRMED"]) | Q(receipt__isnull=False),
                name="delivery_sent_has_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(state="SENDING") | Q(lease_until__isnull=False), name="delivery_sending_is_leased"
            ),
            models.CheckConstraint(
                condition=Q(parked_at__isnull=True) | Q(state__in=["PENDING", "SENDING"]), name="delivery_parked_waits"
            ),
            models.CheckConstraint(
                condition=~Q(state="PENDING") | Q(next_at__isnull=False), name="delivery_pending_is_due"
            ),
        ]

    def __str__(self) -> str:
        return self.idem_key


class RuiSeries(models.Model):
    """Gap-free counters, advanced in the transaction that uses the number: record identities and batch serials."""

    prefix = models.CharField(max_length=40, unique=True)  # <USCC>-CF-<year>, …-JC-<year>, or batch-<yyyymmdd>
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"


class FeedBreaker(models.Model):
    """The circuit breaker of the exchange, shared by all workers: one row."""

    id = models.SmallIntegerField(primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True)
    open_seconds = models.PositiveIntegerField(default=0)
    alarm = models.CharField(max_length=300, blank=True)  # what needs a person before sending can go on

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="feed_one_breaker")]

    def __str__(self) -> str:
        return f"{self.failures}"
