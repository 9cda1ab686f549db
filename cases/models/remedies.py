"""Review and lawsuit against a decision, the rulings on it, and what has to be paid back (law/procedure.md §8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.decision import Decision


class RemedyKind(models.TextChoices):
    REVIEW = "review", "行政复议"
    LAWSUIT = "lawsuit", "行政诉讼"


class RemedyRoute(models.TextChoices):
    """How the request came in. The last two go through the bureau first (复议法32)."""

    DIRECT = "direct", "复议机关或者法院转来副本"
    ON_THE_SPOT = "on_the_spot", "当事人对当场处罚决定，通过本机关提交复议申请"
    MONITORING = "monitoring", "当事人对电子监控设备取证的处罚决定，通过本机关提交复议申请"


class RemedyProcedure(models.TextChoices):
    NORMAL = "normal", "普通程序"
    SIMPLE = "simple", "简易程序"


class RemedyOutcome(models.TextChoices):
    UPHELD = "upheld", "维持决定、驳回请求"
    REVOKED = "revoked", "撤销处罚决定"
    CHANGED = "changed", "变更处罚决定"
    UNLAWFUL = "unlawful", "确认处罚决定违法"
    VOID = "void", "确认处罚决定无效"
    REMADE = "remade", "撤销并责令重新作出决定"
    WITHDRAWN = "withdrawn", "申请人撤回，程序终止"
    REJECTED = "rejected", "不予受理、驳回申请"


class Remedy(models.Model):
    """One review or lawsuit. Open from ``received_on`` until ``ended_on``.

    ``received_on`` is the day the copy of the application or complaint arrived, or the request itself where it came
    through the bureau; then ``copy_on`` is the day the organ's copy arrived afterwards.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="remedies")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="remedies")
    kind = models.CharField(max_length=8, choices=RemedyKind.choices)
    route = models.CharField(max_length=12, choices=RemedyRoute.choices, default=RemedyRoute.DIRECT)
    procedure = models.CharField(max_length=8, choices=RemedyProcedure.choices, default=RemedyProcedure.NORMAL)
    organ = models.CharField(max_length=100)
    reference = models.CharField(max_length=60, blank=True)  # the organ's or court's own number
    applicant = models.CharField(max_length=100)
    claim = models.TextField()
    received_on = models.DateField()
    accepted_on = models.DateField(null=True)
    forwarded_on = models.DateField(null=True)
    copy_on = models.DateField(null=True)
    replied_on = models.DateField(null=True)
    reply_file = models.ForeignKey("registry.StoredFile", models.PROTECT, null=True, related_name="+")
    stopped_from = models.DateField(null=True)
    stop_document = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=10, choices=RemedyOutcome.choices, blank=True)
    outcome_document = models.CharField(max_length=100, blank=True)
    ended_on = models.DateField(null=True)
    served_on = models.DateField(null=True)  # the outcome, on the party
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-received_on", "-id"], name="remedy_newest"),
            models.Index(fields=["case", "id"], name="remedy_by_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind"], condition=Q(ended_on__isnull=True), name="remedy_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="remedy_ended_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("received_on")), name="remedy_dates_order"
            ),
            models.CheckConstraint(
                condition=Q(stopped_from__isnull=True, stop_document="")
                | (Q(stopped_from__isnull=False) & ~Q(stop_document="")),
                name="remedy_stop_has_document",
            ),
            models.CheckConstraint(condition=Q(kind="review") | Q(route="direct"), name="remedy_route_of_reviews"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}".strip()


class RulingSource(models.TextChoices):
    SELF = "self", "自行纠正"
    REVIEW = "review", "复议决定"
    COURT = "court", "法院裁判"
    SUPERVISION = "supervision", "监督决定"


class RulingEffect(models.TextChoices):
    REVOKE = "revoke", "撤销"
    CHANGE = "change", "变更"
    UNLAWFUL = "confirm_unlawful", "确认违法"
    REMAKE = "order_remake", "撤销并重新作出决定"
    VOID = "void", "确认无效"


class Ruling(models.Model):
    """What became of a sealed decision: an overlay that keeps the decision readable (law/procedure.md §2.1 X5).

    ``new_decision`` is the decision that stands after a change. ``back_to`` is where the case starts anew, and
    ``is_procedural`` says that it fell for its procedure alone.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="rulings")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="rulings")
    new_decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="made_by")
    remedy = models.OneToOneField(Remedy, models.PROTECT, null=True, related_name="ruling")
    source = models.CharField(max_length=12, choices=RulingSource.choices)
    effect = models.CharField(max_length=16, choices=RulingEffect.choices)
    organ = models.CharField(max_length=100)
    document_no = models.CharField(max_length=100)
    effective_on = models.DateField()
    reason = models.TextField()
    is_procedural = models.BooleanField(default=False)
    back_to = models.CharField(max_length=3, blank=True)
    remake_by = models.DateField(null=True)
    old_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    new_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    withdrawn_on = models.DateField(null=True)  # the publication, or the finding that there was none
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="ruling_by_case"),
            models.Index(fields=["id"], condition=Q(withdrawn_on__isnull=True), name="ruling_to_withdraw"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(effect="change", new_decision__isnull=False)
                | (~Q(effect="change") & Q(new_decision__isnull=True, new_amount__isnull=True)),
                name="ruling_change_has_decision",
            ),
            models.CheckConstraint(
                condition=(Q(effect="order_remake") & ~Q(back_to=""))
                | (~Q(effect="order_remake") & Q(back_to="", remake_by__isnull=True)),
                name="ruling_remake_goes_back",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["review", "court"], remedy__isnull=False)
                | Q(source__in=["self", "supervision"], remedy__isnull=True),
                name="ruling_from_its_remedy",
            ),
            models.CheckConstraint(condition=~Q(document_no="") & ~Q(reason=""), name="ruling_has_document_and_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.get_effect_display()} {self.document_no}"


class Refund(models.Model):
    """What was paid and is no longer owed: back to the party through the treasury (强制法41).

    ``fine`` is the part of the fine, the rest was paid as additional fine.
    """

    ruling = models.OneToOneField(Ruling, models.CASCADE, related_name="refund")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    fine = models.DecimalField(max_digits=12, decimal_places=2)
    paid_to = models.CharField(max_length=100, blank=True)
    receipt_no = models.CharField(max_length=60, blank=True)
    done_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, fine__gte=0, fine__lte=F("amount")), name="refund_positive"
            ),
            models.UniqueConstraint(fields=["receipt_no"], condition=~Q(receipt_no=""), name="refund_receipt_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, receipt_no="", paid_to="", recorded_by__isnull=True)
                | (
                    Q(done_on__isnull=False, recorded_by__isnull=False, recorded_at__isnull=False)
                    & ~Q(receipt_no="")
                    & ~Q(paid_to="")
                ),
                name="refund_done_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"
