"""Filed inspections of a named object: filing, approval, code, visit, result (standards/inspection.md §3, §8)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.matter import InspectionMatter
from lishu_law.registry.encrypted import EncryptedTextField
from lishu_law.registry.models import SupervisedSubject, Unit


class FilingState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审批"
    RETURNED = "returned", "退回"
    FILED = "filed", "已备案"
    STARTED = "started", "检查中"
    SUSPENDED = "suspended", "中止"
    FINISHED = "finished", "已完成"
    EVALUATED = "evaluated", "已评价"
    PUBLISHED = "published", "已公示"
    CANCELLED = "cancelled", "已撤销"
    EXPIRED = "expired", "已过期"


class Form(models.TextChoices):
    DAILY = "01", "日常检查"
    SPECIAL = "02", "专项检查"
    INDIVIDUAL = "03", "个案检查"


class Category(models.TextChoices):
    RANDOM = "01", "双随机"
    KEY = "02", "重点"
    CREDIT = "03", "信用"
    JOINT = "04", "联合"
    COMPLAINT = "05", "投诉核查"
    OTHER = "06", "其他"


class Source(models.TextChoices):
    PLAN = "plan", "年度计划"
    DRAW = "draw", "随机抽取"
    SUPERIOR = "superior", "上级部署"
    COMPLAINT = "complaint", "投诉举报"
    REFERRED = "referred", "转办"
    REQUEST = "request", "企业申请"
    EMERGENCY = "emergency", "突发事件"
    RECHECK = "recheck", "整改复查"


class Method(models.TextChoices):
    ON_SITE = "01", "现场"
    OFF_SITE = "02", "非现场"
    WRITTEN = "03", "书面"
    VIDEO = "04", "视频"


class NoticeMode(models.TextChoices):
    AHEAD = "ahead", "提前通知"
    NONE = "none", "不通知"


class ResultCode(models.TextChoices):
    R1 = "R1", "未发现问题"
    R2 = "R2", "未按规定公示应当公示的信息"
    R3 = "R3", "公示信息隐瞒真实情况、弄虚作假"
    R4 = "R4", "通过登记的住所（经营场所）无法联系"
    R5 = "R5", "发现问题已责令改正"
    R6 = "R6", "不配合检查情节严重"
    R7 = "R7", "未发现开展本次抽查涉及的经营活动"
    R8 = "R8", "发现问题待后续处理"
    R9 = "R9", "发现违法线索，移送立案"
    R10 = "R10", "违法轻微，当场改正，批评教育"


class StartedHow(models.TextChoices):
    CODE_SHOWN = "code", "对方扫描检查码"
    LICENCE_SCANNED = "licence", "扫描对方营业执照码"
    PAPER = "paper", "当面出示证件和通知书"


class Signing(models.TextChoices):
    SIGNED = "signed", "被检查人已签字"
    REFUSED = "refused", "拒绝签字"


class InspectionFiling(models.Model):
    """One filing. Identity of the object comes from the directory; its number and code are issued with the approval.

    The code's token is stored hashed for the public page and encrypted, so that the officers can show the code again.
    """

    reference = models.CharField(max_length=10, unique=True)
    filing_no = models.CharField(max_length=30, unique=True, null=True)  # noqa: DJ001 - unique only once allotted
    check_code = models.CharField(max_length=20, unique=True, null=True)  # noqa: DJ001 - allotted with the result
    provincial_filing_no = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=FilingState.choices)
    version = models.PositiveIntegerField(default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    subject = models.ForeignKey(SupervisedSubject, models.PROTECT, related_name="+")
    matters = models.ManyToManyField(InspectionMatter, related_name="+")
    form = models.CharField(max_length=2, choices=Form.choices)
    category = models.CharField(max_length=2, choices=Category.choices)
    source = models.CharField(max_length=10, choices=Source.choices)
    source_note = models.CharField(max_length=100, blank=True)
    method = models.CharField(max_length=2, choices=Method.choices)
    why_on_site = models.CharField(max_length=300, blank=True)
    window_from = models.DateTimeField()
    window_to = models.DateTimeField()
    why_longer = models.CharField(max_length=300, blank=True)
    notice_mode = models.CharField(max_length=5, choices=NoticeMode.choices)
    notice_ground = models.CharField(max_length=300, blank=True)
    recorder_no = models.CharField(max_length=40, blank=True)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=500, blank=True)
    token_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique only once issued
    token = EncryptedTextField(blank=True)
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_how = models.CharField(max_length=10, choices=StartedHow.choices, blank=True)
    finished_at = models.DateTimeField(null=True)
    result_code = models.CharField(max_length=3, choices=ResultCode.choices, blank=True)
    item_code = models.CharField(max_length=40, blank=True)  # 案由, only with R9
    findings = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    present_person = models.CharField(max_length=50, blank=True)
    present_post = models.CharField(max_length=30, blank=True)
    present_phone = EncryptedTextField(blank=True)
    signing = models.CharField(max_length=10, choices=Signing.choices, blank=True)
    refusal_note = models.CharField(max_length=300, blank=True)
    witness_name = models.CharField(max_length=50, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-id"], name="filing_by_unit"),
            models.Index(fields=["subject", "window_from"], name="filing_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(window_to__gt=F("window_from")), name="filing_window"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True, approved_at__isnull=True)
                | Q(approver__isnull=False, approved_at__isnull=False),
                name="filing_approval_pair",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("applicant")), name="filing_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True) | Q(approved_at__isnull=False, started_at__gte=F("approved_at")),
                name="filing_before_start",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | (Q(started_at__isnull=False, finished_at__gte=F("started_at")) & ~Q(result_code="")),
                name="filing_finished_with_result",
            ),
            models.CheckConstraint(condition=~Q(method="01") | ~Q(why_on_site=""), name="filing_says_why_on_site"),
            models.CheckConstraint(condition=Q(case__isnull=True) | Q(result_code="R9"), name="filing_case_by_r9"),
        ]

    def __str__(self) -> str:
        return self.filing_no or self.reference

    def state_at(self, moment: datetime) -> FilingState:
        """The state with time told: a filing whose window passed unused is 已过期."""
        unused = self.state in (FilingState.DRAFT, FilingState.SUBMITTED, FilingState.RETURNED, FilingState.FILED)
        return FilingState.EXPIRED if unused and moment > self.window_to else FilingState(self.state)


class FilingOfficer(models.Model):
    """Who inspects; exactly one leads."""

    filing = models.ForeignKey(InspectionFiling, models.CASCADE, related_name="officers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_lead = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "user"], name="filing_officer_once"),
            models.UniqueConstraint(fields=["filing"], condition=Q(is_lead=True), name="filing_one_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.user_id}"


class PointOutcome(models.TextChoices):
    PASSED = "合格", "合格"
    FAILED = "不合格", "不合格"
    UNCHECKED = "未检查", "未检查"
    NOT_APPLICABLE = "合理缺项", "合理缺项"


class PointResult(models.Model):
    """The outcome of one check point of one matter; a failed one says what was found."""

    filing = models.ForeignKey(InspectionFiling, models.CASCADE, related_name="points")
    matter = models.ForeignKey(InspectionMatter, models.PROTECT, related_name="+")
    no = models.CharField(max_length=20)
    content = models.CharField(max_length=300)
    outcome = models.CharField(max_length=4, choices=PointOutcome.choices)
    facts = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "matter", "no"], name="point_once"),
            models.CheckConstraint(condition=~Q(outcome="不合格") | ~Q(facts=""), name="point_failed_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.outcome}"
