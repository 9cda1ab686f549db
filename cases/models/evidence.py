"""Evidence of the eight statutory kinds (处罚法46); transcripts are evidence with a text of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case, CasePerson


class EvidenceKind(models.TextChoices):
    DOCUMENTARY = "documentary", "书证"
    PHYSICAL = "physical", "物证"
    AUDIOVISUAL = "audiovisual", "视听资料"
    ELECTRONIC = "electronic", "电子数据"
    WITNESS = "witness", "证人证言"
    PARTY_STATEMENT = "party_statement", "当事人的陈述"
    EXPERT = "expert", "鉴定意见"
    RECORD = "record", "勘验笔录、现场笔录"


class Medium(models.TextChoices):
    """What an audio-visual or electronic item is kept on (S06)."""

    SYSTEM = "system", "办案系统（上传原始文件）"
    USB = "usb", "U盘"
    DISC = "disc", "光盘"
    DRIVE = "drive", "移动硬盘"
    OTHER = "other", "其他"


class Evidence(models.Model):
    """One item. Never deleted: voided with a reason, the original stays.

    ``method`` and ``medium`` say how an audio-visual or electronic item came about and what it is kept on; a copy names
    who provided it and where the original is. ``is_confidential``: never named in what leaves the house (处罚法50).
    ``is_onscene``: an on-scene record of two officers that was made before there was a case, and counts as one of it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=16, choices=EvidenceKind.choices)
    title = models.CharField(max_length=100)
    purpose = models.CharField(max_length=300)  # 证明目的
    copies = models.PositiveSmallIntegerField(default=1)
    file = models.ForeignKey("registry.StoredFile", models.PROTECT, null=True, related_name="+")
    obtained_at = models.DateTimeField()
    obtained_place = models.CharField(max_length=200)
    method = models.CharField(max_length=100, blank=True)
    medium = models.CharField(max_length=8, choices=Medium.choices, blank=True)
    is_copy = models.BooleanField(default=False)
    copy_source = models.CharField(max_length=200, blank=True)
    is_checked_copy = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)
    is_onscene = models.BooleanField(default=False)
    warnings = models.JSONField(default=dict)  # rule_id → what was answered to its question
    device = models.ForeignKey("cases.MonitoringDevice", models.PROTECT, null=True, related_name="+")
    collected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="evidence_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="evidence_verified_pair",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "documentary",
                        "physical",
                        "audiovisual",
                        "electronic",
                        "witness",
                        "party_statement",
                        "expert",
                        "record",
                    ]
                ),
                name="evidence_of_eight_kinds",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TranscriptKind(models.TextChoices):
    ONSCENE = "onscene", "现场笔录"
    QUESTIONING = "questioning", "询问笔录"
    INQUEST = "inquest", "勘验笔录"


class Signing(models.TextChoices):
    SIGNED = "signed", "已逐页签名"
    REFUSED = "refused", "拒绝签名"
    PENDING = "pending", "还没签，文书生成后在签名页签"


class Transcript(models.Model):
    """The record of an on-scene inspection, of one questioning of one person, or of an inquest (处罚法55)."""

    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="transcript")
    kind = models.CharField(max_length=12, choices=TranscriptKind.choices)
    session_no = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    first_officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person = models.ForeignKey(CasePerson, models.PROTECT, null=True)
    licence_shown = models.BooleanField(default=False)
    rights_told = models.BooleanField(default=False)
    body = models.TextField(blank=True)
    answers = models.JSONField(default=list)  # [{"question": …, "answer": …}]
    signing = models.CharField(max_length=10, choices=Signing.choices)
    refusal_note = models.CharField(max_length=300, blank=True)
    witness_name = models.CharField(max_length=50, blank=True)
    guardian_name = models.CharField(max_length=50, blank=True)
    weather = models.CharField(max_length=40, blank=True)
    invited_name = models.CharField(max_length=50, blank=True)
    invited_employer = models.CharField(max_length=100, blank=True)
    warnings = models.JSONField(default=dict)  # rule_id → what was answered to its question

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("started_at")), name="transcript_period"),
            models.CheckConstraint(condition=~Q(first_officer=F("second_officer")), name="transcript_two_officers"),
        ]
        indexes = [models.Index(fields=["started_at", "ended_at"], name="transcript_time")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d}"
