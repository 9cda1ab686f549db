"""Execution of a decision: deferral, demand, court, own enforcement, agreement, duties (law/procedure.md §6)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.approval import Approval
from cases.models.case import Case
from cases.models.document import Document

USER = settings.AUTH_USER_MODEL


class Deferral(models.Model):
    """An approved deferral or payment by instalments (处罚法66). Its plan are the instalments."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="deferrals")
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="deferral")
    approved_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("approved_on")), name="deferral_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ends_on}"


class Instalment(models.Model):
    """One line of the plan: until when, how much."""

    deferral = models.ForeignKey(Deferral, models.CASCADE, related_name="instalments")
    ordinal = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deferral", "ordinal"], name="instalment_once"),
            models.UniqueConstraint(fields=["deferral", "due_on"], name="instalment_one_a_day"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="instalment_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.deferral_id}/{self.ordinal}"


class StatementKind(models.TextChoices):
    NONE = "none", "期满没有陈述、申辩"
    WRITTEN = "written", "书面陈述、申辩"
    ORAL = "oral", "口头陈述、申辩"


class Demand(models.Model):
    """A 催告书 and what the party said to it (强制法35、36、54). ``part`` names the proxy performance it precedes."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="demands")
    document = models.OneToOneField(Document, models.PROTECT, related_name="demand")
    part = models.CharField(max_length=40, blank=True)
    fine = models.DecimalField(max_digits=12, decimal_places=2)
    additional = models.DecimalField(max_digits=12, decimal_places=2)
    made_on = models.DateField()
    statement_kind = models.CharField(max_length=10, choices=StatementKind.choices, blank=True)
    statement = models.TextField(blank=True)
    stated_on = models.DateField(null=True)
    review = models.TextField(blank=True)
    is_adopted = models.BooleanField(null=True)
    heard_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    heard_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fine__gte=0, additional__gte=0), name="demand_amounts"),
            models.CheckConstraint(
                condition=Q(heard_by__isnull=True, heard_at__isnull=True, statement_kind="")
                | (Q(heard_by__isnull=False, heard_at__isnull=False) & ~Q(statement_kind="")),
                name="demand_heard_whole",
            ),
            models.CheckConstraint(
                condition=Q(statement_kind__in=["", "none"]) | (~Q(statement="") & ~Q(review="")),
                name="demand_statement_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.made_on}"


class CourtApplication(models.Model):
    """The 强制执行申请书, approved and sealed; ``filed_on`` is the day the court got it (强制法53–55)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="court_applications")
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="court_application")
    document = models.OneToOneField(Document, models.PROTECT, related_name="court_application")
    approved_on = models.DateField()
    filed_on = models.DateField(null=True)
    filed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True, filed_by__isnull=True)
                | Q(filed_on__isnull=False, filed_by__isnull=False),
                name="court_filed_pair",
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True) | Q(filed_on__gte=F("approved_on")), name="court_filed_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.approved_on}"


class CourtAnswer(models.Model):
    """What the court answered or the bureau did about it, one row after the other (强制法56–58)."""

    application = models.ForeignKey(CourtApplication, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    document_no = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"


class EnforcementKind(models.TextChoices):
    DEMOLITION = "demolition", "强制拆除"
    PROXY = "proxy", "代履行"
    PROXY_NOW = "proxy_now", "立即代履行"
    AUCTION = "auction", "拍卖已查封、扣押的财物抵缴罚款"


class EnforcementStatus(models.TextChoices):
    DECIDED = "decided", "已决定"
    SUSPENDED = "suspended", "已中止"
    ENDED = "ended", "已终结"
    PERFORMED = "performed", "已实施"


class Enforcement(models.Model):
    """The bureau's own enforcement, only where the law grants the power (强制法37、44、46、50、52)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="enforcements")
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="enforcement")
    document = models.OneToOneField(Document, models.PROTECT, related_name="enforcement")
    kind = models.CharField(max_length=12, choices=EnforcementKind.choices)
    status = models.CharField(max_length=10, choices=EnforcementStatus.choices, default=EnforcementStatus.DECIDED)
    power = models.CharField(max_length=200)
    manner = models.TextField()
    planned_at = models.DateTimeField()
    urgency = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField()
    demolish_by = models.DateField(null=True)
    suspended_on = models.DateField(null=True)
    performed_at = models.DateTimeField(null=True)
    performed_note = models.TextField(blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(power=""), name="enforcement_has_power"),
            models.CheckConstraint(
                condition=~Q(status="performed") | Q(performed_at__isnull=False), name="enforcement_performed_at"
            ),
            models.CheckConstraint(
                condition=~Q(status="suspended") | Q(suspended_on__isnull=False), name="enforcement_suspended_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Agreement(models.Model):
    """An execution agreement 执行协议 (强制法42): stages, and a reduction only for remedial measures that were taken."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="agreements")
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="agreement")
    document = models.OneToOneField(Document, models.PROTECT, related_name="agreement")
    terms = models.TextField()
    remedy = models.TextField(blank=True)
    reduced = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    agreed_on = models.DateField()
    ends_on = models.DateField()
    remedied_on = models.DateField(null=True)
    breached_on = models.DateField(null=True)
    outcome_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reduced=0) | (Q(reduced__gt=0) & ~Q(remedy="")), name="agreement_reduced_for_remedy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.agreed_on}"


class DutyCheck(models.Model):
    """A duty of the decision that is no money was seen to be performed (close-conditions)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="duty_checks")
    duty = models.CharField(max_length=200)
    verified_on = models.DateField()
    note = models.TextField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "duty"], name="duty_checked_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.duty}"
