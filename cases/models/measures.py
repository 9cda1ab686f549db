"""先行登记保存 (处罚法56) and 扣押、扣留 (强制法22–28): the measure, its things, the custody ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.document import Document
from cases.models.evidence import Evidence
from cases.procedure.measures_facts import ENDING_TITLES, KIND_TITLES, STATE_TITLES


class ItemState(models.TextChoices):
    PLANNED = "planned", "拟采取"
    HELD = "held", "在保管"
    RETURNED = "returned", "已退还"
    CONFISCATED = "confiscated", "已没收"
    DESTROYED = "destroyed", "已销毁"
    AUCTIONED = "auctioned", "已拍卖"
    TRANSFERRED = "transferred", "已移送"


class LiftingGround(models.TextChoices):
    """强制法28第一款, in the order of its items; the form M10 records which."""

    NO_VIOLATION = "1", "当事人没有违法行为"
    UNRELATED = "2", "扣押的场所、设施或者财物与违法行为无关"
    DECIDED = "3", "行政机关对违法行为已经作出处理决定，不再需要扣押"
    PERIOD_OVER = "4", "扣押期限已经届满"
    OTHER = "5", "其他不再需要采取扣押措施的情形"


class Measure(models.Model):
    """One measure. Its period is the limit ``pres-7d`` or ``coerce-30d`` of its part; it ends by itself."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="measures")
    kind = models.CharField(max_length=12, choices=[(kind.value, title) for kind, title in KIND_TITLES.items()])
    state = models.CharField(max_length=3, choices=[(state.value, title) for state, title in STATE_TITLES.items()])
    power = models.CharField(max_length=20, blank=True)  # code of cases/data/measure_powers.csv
    reason = models.TextField()
    answers = models.JSONField(default=dict)  # the questions the law leaves to judgement, each with its reason
    is_urgent = models.BooleanField(default=False)
    urgent_reason = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True)
    first_officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    second_officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    party_present = models.BooleanField(default=False)
    witness_name = models.CharField(max_length=50, blank=True)
    statement = models.TextField(blank=True)  # what the party said when heard
    video_reference = models.CharField(max_length=200, blank=True)
    scene_record = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    kept_with_party = models.BooleanField(default=False)  # registered and left in place
    extended_at = models.DateTimeField(null=True)
    testing_body = models.CharField(max_length=100, blank=True)
    testing_from = models.DateField(null=True)
    testing_until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(
        max_length=12, blank=True, choices=[(ending.value, title) for ending, title in ENDING_TITLES.items()]
    )
    ground = models.CharField(max_length=1, blank=True, choices=LiftingGround.choices)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="measure_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_urgent=False) | (Q(is_urgent=True) & ~Q(urgent_reason="")), name="measure_urgency_told"
            ),
            models.CheckConstraint(
                condition=Q(kind="preservation", power="", is_urgent=False) | (~Q(kind="preservation") & ~Q(power="")),
                name="measure_has_power",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, first_officer__isnull=True, second_officer__isnull=True)
                | Q(taken_at__isnull=False, first_officer__isnull=False, second_officer__isnull=False),
                name="measure_taken_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["C0", "C1"], taken_at__isnull=True)
                | Q(state="C6", ending="refused", taken_at__isnull=True)
                | (~Q(state__in=["C0", "C1"]) & Q(taken_at__isnull=False)),
                name="measure_taken_state",
            ),
            models.CheckConstraint(
                condition=Q(first_officer__isnull=True) | ~Q(first_officer=F("second_officer")),
                name="measure_two_officers",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="measure_ended_pair",
            ),
            models.CheckConstraint(
                condition=Q(kind="preservation") | Q(taken_at__isnull=True) | ~Q(video_reference=""),
                name="measure_on_video",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_kind_display()} {self.get_state_display()}"

    @property
    def part(self) -> str:
        """How steps, limits and documents name it."""
        return f"measure:{self.pk}"

    @property
    def is_preservation(self) -> bool:
        return self.kind == "preservation"


class MeasureItem(models.Model):
    """One thing on the list of a measure."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="items")
    name = models.CharField(max_length=100)
    specification = models.CharField(max_length=100, blank=True)
    quantity = models.CharField(max_length=30)
    condition = models.CharField(max_length=200, blank=True)
    kept_at = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.PLANNED)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["measure", "id"], name="item_by_measure")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "held"], settled_at__isnull=True)
                | (~Q(state__in=["planned", "held"]) & Q(settled_at__isnull=False)),
                name="item_settled_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.quantity}"


class CustodyKind(models.TextChoices):
    RECEIVED = "received", "接收保管"
    RETURNED = "returned", "退还当事人"
    DISPOSED = "disposed", "依法处理"
    TRANSFERRED = "transferred", "随案移送"


class CustodyEntry(models.Model):
    """One line of the custody ledger (涉案财物台账), written by the property custodian only and never changed."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="custody")
    kind = models.CharField(max_length=12, choices=CustodyKind.choices)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_by = models.CharField(max_length=50)
    received_by = models.CharField(max_length=50)
    place = models.CharField(max_length=200, blank=True)
    condition = models.CharField(max_length=300, blank=True)
    answers = models.JSONField(default=dict)
    late_reason = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    proof = models.ForeignKey("registry.StoredFile", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["measure", "id"], name="custody_by_measure")]
        constraints = [
            models.UniqueConstraint(fields=["measure"], condition=Q(kind="received"), name="custody_received_once"),
            models.CheckConstraint(condition=Q(at__lte=F("recorded_at")), name="custody_not_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.get_kind_display()}"
