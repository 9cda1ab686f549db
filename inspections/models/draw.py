"""Draws (双随机抽取): prepared, frozen with a promise, drawn before a witness, published (standards/inspection.md §6.2)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from inspections.models.filing import InspectionFiling
from inspections.models.matter import InspectionMatter
from inspections.models.plan import InspectionPlan
from lishu_law.registry.encrypted import EncryptedTextField
from lishu_law.registry.models import Speciality, SupervisedSubject


class DrawState(models.TextChoices):
    PREPARED = "prepared", "待冻结"
    FROZEN = "frozen", "已冻结，待抽取"
    DRAWN = "drawn", "已抽取，待公布"
    PUBLISHED = "published", "已公布"
    VOID = "void", "已作废"


class VoidReason(models.TextChoices):
    REGISTER = "register", "名录有误"
    PLAN = "plan", "抽查计划调整"
    OFFICERS = "officers", "执法人员不足"
    FAILURE = "failure", "系统故障"


class RedrawReason(models.TextChoices):
    CLOSED = "closed", "对象已停业或者注销"
    MOVED = "moved", "对象已迁出，无法检查"
    DUPLICATE = "duplicate", "名录重复登记"
    RECUSAL = "recusal", "执法人员应当回避"
    ABSENT = "absent", "执法人员不能到岗"


OBJECT_REASONS = (RedrawReason.CLOSED, RedrawReason.MOVED, RedrawReason.DUPLICATE)
OFFICER_REASONS = (RedrawReason.RECUSAL, RedrawReason.ABSENT)


class Draw(models.Model):
    """One draw. Every number is accounted for in public, also that of a draw that was given up.

    ``nonce`` lies encrypted until the draw; its hash is public from the moment the pool is frozen.
    """

    draw_no = models.CharField(max_length=30, unique=True)
    state = models.CharField(max_length=10, choices=DrawState.choices)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=100)
    plan = models.ForeignKey(InspectionPlan, models.PROTECT, related_name="draws")
    plan_line = models.CharField(max_length=60, blank=True)  # 计划中的序号
    matters = models.ManyToManyField(InspectionMatter, related_name="+")
    recent_months = models.PositiveSmallIntegerField()
    team_size = models.PositiveSmallIntegerField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    nonce = EncryptedTextField(blank=True)
    nonce_hash = models.CharField(max_length=64, blank=True)
    pool_digest = models.CharField(max_length=64, blank=True)
    commitment_digest = models.CharField(max_length=64, blank=True)
    pool_size = models.PositiveIntegerField(default=0)
    excluded: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)  # reason: count
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField(null=True)
    seed = models.CharField(max_length=64, blank=True)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField(null=True)
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    witness_name = models.CharField(max_length=50, blank=True)  # somebody from outside
    witness_unit = models.CharField(max_length=100, blank=True)
    recording_no = models.CharField(max_length=60, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=10, choices=VoidReason.choices, blank=True)
    void_note = models.CharField(max_length=300, blank=True)  # internal

    class Meta:
        indexes = [models.Index(fields=["state", "-id"], name="draw_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(team_size__gte=2), name="draw_two_officers"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, nonce_hash="", pool_digest="")
                | (Q(frozen_at__isnull=False, frozen_by__isnull=False) & ~Q(nonce_hash="") & ~Q(pool_digest="")),
                name="draw_frozen_whole",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True, seed="")
                | (Q(frozen_at__isnull=False, drawn_by__isnull=False, drawn_at__gte=F("frozen_at")) & ~Q(seed="")),
                name="draw_after_freezing",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True)
                | (Q(witness__isnull=False) & ~Q(witness=F("drawn_by")))
                | (~Q(witness_name="") & ~Q(witness_unit="")),
                name="draw_has_a_witness",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(published_at__gte=F("drawn_at"), published_by__isnull=False),
                name="draw_published_after_drawing",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, drawn_at__isnull=True, voided_by__isnull=False) & ~Q(void_reason="")),
                name="draw_void_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.draw_no


class DrawStratum(models.Model):
    """One class of objects of a draw. ``key`` is what the register calls it, ``title`` what the public reads."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="strata")
    code = models.CharField(max_length=4)
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=60)
    ratio = models.DecimalField(max_digits=5, decimal_places=2)  # per cent
    speciality = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField(null=True)
    excluded = models.PositiveIntegerField(null=True)
    quota = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "code"], name="draw_stratum_once"),
            models.UniqueConstraint(fields=["draw", "key"], name="draw_stratum_key_once"),
            models.CheckConstraint(condition=Q(ratio__gt=0, ratio__lte=100), name="draw_stratum_ratio"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def speciality_title(self) -> str:
        """What both officers must know, in words; empty for anything."""
        return Speciality(self.speciality).label if self.speciality else ""


class DrawFile(models.Model):
    """A file as it is downloaded, byte for byte."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="files")
    name = models.CharField(max_length=30)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "name"], name="draw_file_once")]

    def __str__(self) -> str:
        return self.name


class DrawOfficer(models.Model):
    """Who stands behind the code of one draw. The public sees the code alone."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="officers")
    code = models.CharField(max_length=5)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "code"], name="draw_officer_code_once"),
            models.UniqueConstraint(fields=["draw", "user"], name="draw_officer_once"),
        ]

    def __str__(self) -> str:
        return self.code


class DrawnObject(models.Model):
    """An object that was drawn, first or by a redraw; ``is_current`` until another took its place.

    ``filing`` is the finished visit whose result was published here.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="drawn")
    stratum = models.ForeignKey(DrawStratum, models.PROTECT, related_name="+")
    subject = models.ForeignKey(SupervisedSubject, models.PROTECT, related_name="+")
    object_no = models.CharField(max_length=40)
    place = models.PositiveIntegerField()
    passed = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    is_current = models.BooleanField(default=True)
    filing = models.OneToOneField(InspectionFiling, models.PROTECT, null=True, related_name="+")
    result_published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "object_no"], name="drawn_once"),
            models.UniqueConstraint(fields=["stratum", "place"], name="drawn_place_once"),
            models.CheckConstraint(
                condition=Q(filing__isnull=True, result_published_at__isnull=True)
                | Q(filing__isnull=False, result_published_at__isnull=False),
                name="drawn_result_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.object_no


class DrawnOfficer(models.Model):
    """One officer of a team; no longer ``is_current`` when a redraw put another in the place."""

    drawn = models.ForeignKey(DrawnObject, models.PROTECT, related_name="team")
    officer = models.ForeignKey(DrawOfficer, models.PROTECT, related_name="assignments")
    position = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["drawn", "officer"], name="drawn_officer_once")]

    def __str__(self) -> str:
        return f"{self.drawn_id} {self.officer_id}"


class Redraw(models.Model):
    """One redraw: what left and why, and the line of ``redraws.csv`` that says what came instead."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="redraws")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=10, choices=RedrawReason.choices)
    note = models.CharField(max_length=300)  # internal
    replaced = models.ForeignKey(DrawnObject, models.PROTECT, related_name="+")
    officer = models.ForeignKey(DrawOfficer, models.PROTECT, null=True, related_name="+")
    replacement = models.ForeignKey(DrawnObject, models.PROTECT, related_name="+")
    team = ArrayField(models.CharField(max_length=5))
    passed = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="redraw_number_once"),
            models.CheckConstraint(
                condition=(Q(officer__isnull=True) & ~Q(replacement=F("replaced")))
                | Q(officer__isnull=False, replacement=F("replaced")),
                name="redraw_of_object_or_officer",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="redraw_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.number}"
