"""The hearing (处罚法63–65): one row per request, with who conducts it, its transcript and its report (H0–H7)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.document import Document
from cases.models.evidence import Signing


class HearingState(models.TextChoices):
    """Where the hearing stands (law/procedure.md §4)."""

    NOT_ACCEPTED = "not_accepted", "逾期申请，不予受理"
    REQUESTED = "requested", "已申请，待负责人确定听证人员"
    ACCEPTED = "accepted", "已受理，待主持人确定时间地点"
    SCHEDULED = "scheduled", "已定时间地点"
    POSTPONED = "postponed", "已延期，待主持人另定时间"
    SUSPENDED = "suspended", "已中止"
    ENDED = "ended", "听证会已结束，待主持人提交报告"
    TERMINATED = "terminated", "已终止"
    REPORTED = "reported", "已提交听证报告"


CLOSED_HEARING = (HearingState.NOT_ACCEPTED, HearingState.TERMINATED, HearingState.REPORTED)


class Attendance(models.TextChoices):
    """Whether the party was there; absence or leaving without permission is the right given up (处罚法64(6))."""

    ATTENDED = "attended", "当事人或者代理人到场参加"
    ABSENT = "absent", "无正当理由拒不出席"
    LEFT = "left", "未经许可中途退出"


class Hearing(models.Model):
    """One request for a hearing and what came of it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="hearings")
    notice = models.ForeignKey(Document, models.PROTECT, related_name="+")  # the 违法行为通知书 it answers
    state = models.CharField(max_length=12, choices=HearingState.choices, default=HearingState.REQUESTED)
    applicant = models.CharField(max_length=100)
    is_oral = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    requested_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    refusal_reason = models.TextField(blank=True)
    scheduled_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=True)
    closed_reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    attendance = models.CharField(max_length=8, choices=Attendance.choices, blank=True)
    summary = models.TextField(blank=True)  # 听证会摘要
    conclusion = models.TextField(blank=True)  # 结论及处理意见
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=~Q(state__in=["not_accepted", "terminated", "reported"]),
                name="one_open_hearing",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_accepted") | ~Q(refusal_reason=""), name="hearing_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(scheduled_at__isnull=False), name="hearing_scheduled_at"
            ),
            models.CheckConstraint(condition=Q(is_public=True) | ~Q(closed_reason=""), name="hearing_closed_reason"),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True, reported_by__isnull=True)
                | Q(reported_at__isnull=False, reported_by__isnull=False, state="reported"),
                name="hearing_reported_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class HearingRole(models.TextChoices):
    CHAIR = "chair", "主持人"
    MEMBER = "member", "听证员"
    RECORDER = "recorder", "记录员"


class HearingOfficer(models.Model):
    """Who conducts the hearing: an assignment in one case, not a role (处罚法64(4))."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="officers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=HearingRole.choices)
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "user"], condition=Q(ended_at__isnull=True), name="hearing_officer_once"
            ),
            models.UniqueConstraint(
                fields=["hearing", "role"], condition=Q(ended_at__isnull=True) & ~Q(role="member"), name="one_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.role}"


class HearingTranscript(models.Model):
    """听证笔录: what was said, who was there, checked and signed or the refusal noted (处罚法64(7)(8))."""

    hearing = models.OneToOneField(Hearing, models.CASCADE, related_name="transcript")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    proxies = models.JSONField(default=list)  # [{"name", "details"}], at most two, each with written authority
    third_party = models.CharField(max_length=100, blank=True)
    others = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    investigators_stated = models.BooleanField()
    party_answered = models.BooleanField()
    order_note = models.CharField(max_length=500, blank=True)
    signing = models.CharField(max_length=10, choices=Signing.choices)
    refusal_note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("started_at")), name="hearing_period"),
            models.CheckConstraint(condition=~Q(signing="refused") | ~Q(refusal_note=""), name="hearing_refusal_noted"),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}"
