"""One binding of a case's file into volumes and an archive: who asked for it and why, how far it is, what came out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
from lishu_law.registry.models.parties import new_reference


class VolumePurpose(models.TextChoices):
    """Why the file leaves its place; asked once and printed on every page (security.md T14)."""

    ARCHIVE = "archive", "立卷归档"
    ENFORCEMENT = "enforcement", "申请人民法院强制执行"
    LAWSUIT = "lawsuit", "行政诉讼举证"
    REVIEW = "review", "行政复议答复"
    SCORING = "scoring", "案卷评查"
    CONSULT = "consult", "当事人查阅"


class VolumeState(models.TextChoices):
    WAITING = "waiting", "排队中"
    BUILDING = "building", "正在成卷"
    DONE = "done", "已成卷"
    FAILED = "failed", "没有成卷"


class VolumeBuild(models.Model):
    """A build under way or its result. ``path`` is empty once a newer archive of the case took its place on the disk;
    the digests stay, so that a copy outside can still be told from a changed one."""

    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="volumes")
    purpose = models.CharField(max_length=12, choices=VolumePurpose.choices)
    with_secondary = models.BooleanField(default=False)
    with_informant = models.BooleanField(default=False)  # whoever asked may know who reported (处罚法50)
    state = models.CharField(max_length=10, choices=VolumeState.choices, default=VolumeState.WAITING)
    stage = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)  # pages
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    pages = models.JSONField(default=dict)  # volume → numbered pages
    path = models.CharField(max_length=200, blank=True)
    size = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    manifest_sm3 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-id"], name="volume_by_case"),
            models.Index(fields=["id"], condition=Q(state__in=["waiting", "building"]), name="volume_to_build"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["waiting", "building"]), name="volume_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(finished_at__isnull=False) & ~Q(sha256="") & ~Q(manifest_sha256="")),
                name="volume_done_is_whole",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(failure=""), name="volume_failed_says_why"),
            models.CheckConstraint(
                condition=Q(with_informant=False) | Q(with_secondary=True), name="volume_informant_in_secondary"
            ),
            models.CheckConstraint(
                condition=Q(with_secondary=False) | ~Q(purpose="consult"), name="volume_party_sees_main_only"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reference}"

    @property
    def content(self) -> str:
        """Which volumes it holds, in words."""
        return "正卷和副卷" if self.with_secondary else "正卷"

    def guarded_by(self, part: str) -> list[str]:
        """The permissions that taking ``part`` asks for beside ``volume.make``; the other volumes hold nothing inner."""
        if part not in ("archive", "secondary"):
            return []
        return ["volume.secondary"] * self.with_secondary + ["case.read_informant"] * self.with_informant

    @property
    def is_busy(self) -> bool:
        return self.state in (VolumeState.WAITING, VolumeState.BUILDING)


__all__ = ["VolumeBuild", "VolumePurpose", "VolumeState"]
