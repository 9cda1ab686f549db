"""Filed inspections of a named object: filing, approval, code, visit, result (standards/inspection.md §3, §8)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
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
    EVALUATED = "evaluated", "评价期满"  # fifteen days over for all alike: rated or not is nobody's to see
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


class Exemption(models.TextChoices):
    """Why a visit was not filed beforehand in the open (standards/inspection.md §3.2). E1 is the patrol shift."""

    URGENT = "E2", "紧急检查，先查后报"
    FAILURE = "E3", "网络或者系统故障，事后补报"
    SECRET = "E4", "保密联合行动"


class CapEffect(models.TextChoices):
    """Does the visit use up the yearly cap (§3.3)? Decided when it is submitted and kept."""

    COUNTED = "C", "计入年度次数"
    FROM_ABOVE = "N1", "不计入：上级部署的专项检查"
    RECHECK = "N2", "不计入：整改复查，另行统计"
    BY_RULE = "N3", "不计入：上限规则规定的任务来源"
    SECRET = "N4", "不计入：保密联合行动"


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
    over_cap_reason = models.CharField(max_length=300, blank=True)
    why_separate = models.CharField(max_length=300, blank=True)
    exemption = models.CharField(max_length=2, choices=Exemption.choices, blank=True)
    exemption_reason = models.CharField(max_length=300, blank=True)
    papers_due_at = models.DateTimeField(null=True)  # until when an E2 or E3 visit is filed afterwards
    papers_at = models.DateTimeField(null=True)
    late_reason = models.CharField(max_length=300, blank=True)
    drawn = models.ForeignKey("inspections.DrawnObject", models.PROTECT, null=True, related_name="visits")
    joins = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined_by")  # 综合查一次: one visit
    joint_units = ArrayField(models.CharField(max_length=100), default=list, blank=True)  # of other authorities
    cap_effect = models.CharField(max_length=2, choices=CapEffect.choices, default=CapEffect.COUNTED)
    is_over_cap = models.BooleanField(default=False)  # approved for a clue above the cap: shown to supervision
    law_required = models.CharField(max_length=300, blank=True)  # the law that demands a visit in spite of a white list
    assistance_letter = models.CharField(max_length=60, blank=True)  # 协助函文号, outside the county
    justice_filed_on = models.DateField(null=True)
    justice_filing_no = models.CharField(max_length=60, blank=True)
    justice_recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    legal_consent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    legal_consent_at = models.DateTimeField(null=True)
    legal_consent_note = models.CharField(max_length=300, blank=True)
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
    result_published_at = models.DateTimeField(null=True)
    result_code = models.CharField(max_length=3, choices=ResultCode.choices, blank=True)
    item_code = models.CharField(max_length=40, blank=True)  # 案由, only with R9
    findings = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    present_person = models.CharField(max_length=50, blank=True)
    present_post = models.CharField(max_length=30, blank=True)
    present_phone = EncryptedTextField(blank=True)
    party_opinion = models.CharField(max_length=500, blank=True)
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
            models.Index(
                fields=["finished_at"],
                condition=Q(finished_at__isnull=False, result_published_at__isnull=True),
                name="filing_result_waits",
            ),
            models.Index(fields=["result_published_at"], name="filing_result_public"),
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
                condition=Q(started_at__isnull=True)
                | Q(approved_at__isnull=False, started_at__gte=F("approved_at"))
                | Q(exemption__in=["E2", "E3"], papers_due_at__isnull=False),
                name="filing_before_start",
            ),
            models.CheckConstraint(condition=Q(exemption="") | ~Q(exemption_reason=""), name="filing_exempt_says_why"),
            # A secret filing has no code: whoever scans or guesses finds nothing.
            models.CheckConstraint(
                condition=~Q(exemption="E4") | Q(token_digest__isnull=True, token=""), name="filing_secret_without_code"
            ),
            models.CheckConstraint(condition=Q(joins__isnull=True) | ~Q(joins=F("id")), name="filing_joins_another"),
            models.CheckConstraint(
                condition=Q(justice_filed_on__isnull=True) | (~Q(justice_filing_no="") & ~Q(assistance_letter="")),
                name="filing_justice_number",
            ),
            models.CheckConstraint(
                condition=Q(legal_consent_by__isnull=True, legal_consent_at__isnull=True)
                | (Q(legal_consent_by__isnull=False, legal_consent_at__isnull=False) & ~Q(legal_consent_note="")),
                name="filing_consent_says_why",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | (Q(started_at__isnull=False, finished_at__gte=F("started_at")) & ~Q(result_code="")),
                name="filing_finished_with_result",
            ),
            models.CheckConstraint(
                condition=Q(result_published_at__isnull=True) | Q(finished_at__isnull=False),
                name="filing_published_when_finished",
            ),
            models.CheckConstraint(condition=~Q(method="01") | ~Q(why_on_site=""), name="filing_says_why_on_site"),
            models.CheckConstraint(condition=Q(case__isnull=True) | Q(result_code="R9"), name="filing_case_by_r9"),
        ]

    def __str__(self) -> str:
        return self.filing_no or self.reference

    @property
    def is_secret(self) -> bool:
        """E4: only those who carry it out, the 局长 and the legal section know of it."""
        return self.exemption == Exemption.SECRET

    @property
    def is_afterwards(self) -> bool:
        """E2 or E3: checked first, its papers and its approval follow."""
        return self.exemption in (Exemption.URGENT, Exemption.FAILURE)

    @property
    def label(self) -> str:
        """Its number, or what it waits for until there is one."""
        if self.filing_no:
            return self.filing_no
        return "待补办备案" if self.is_afterwards and self.papers_at is None else "待审批"

    @property
    def is_waiting(self) -> bool:
        """Its approval is next: submitted, or checked first with its papers in."""
        is_after = self.is_afterwards and self.papers_at is not None and self.approved_at is None
        return is_after or self.state == FilingState.SUBMITTED

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


class Disposal(models.TextChoices):
    """What is done about a failed check point."""

    AT_ONCE = "at_once", "当场改正"
    BY_DATE = "by_date", "责令限期改正"
    CASE = "case", "移送立案"
    TALK = "talk", "批评教育"
    LATER = "later", "待后续处理"


class PointResult(models.Model):
    """The outcome of one check point of one matter; a failed one says what was found, by what it is shown, against
    which article it is and what is done about it.
    """

    filing = models.ForeignKey(InspectionFiling, models.CASCADE, related_name="points")
    matter = models.ForeignKey(InspectionMatter, models.PROTECT, related_name="+")
    no = models.CharField(max_length=20)
    content = models.CharField(max_length=300)
    outcome = models.CharField(max_length=4, choices=PointOutcome.choices)
    facts = models.CharField(max_length=1000, blank=True)
    article = models.CharField(max_length=300, blank=True)
    disposal = models.CharField(max_length=7, choices=Disposal.choices, blank=True)
    evidence = models.CharField(max_length=300, blank=True)  # beside the photos: 台账复印件, 执法记录仪录像 …

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "matter", "no"], name="point_once"),
            models.CheckConstraint(
                condition=~Q(outcome="不合格") | (~Q(facts="") & ~Q(article="") & ~Q(disposal="")),
                name="point_failed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.outcome}"
