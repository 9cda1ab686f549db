"""Serving of documents (送达): one row per attempt; the effective date is computed, never typed (law/procedure.md §5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case
from cases.models.document import Document
from lishu_law.registry.encrypted import EncryptedTextField


class ServingMethod(models.TextChoices):
    """The seven methods of 民诉88–95."""

    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    ELECTRONIC = "electronic", "电子送达"
    MAIL = "mail", "邮寄送达"
    ENTRUSTED = "entrusted", "委托送达"
    TRANSFERRED = "transferred", "转交送达"
    PUBLIC = "public", "公告送达"


# Done in one act by the bureau itself; the others begin with one act and end when the receipt is back.
AT_ONCE = (ServingMethod.DIRECT, ServingMethod.LEFT, ServingMethod.ELECTRONIC)
SENT = (ServingMethod.MAIL, ServingMethod.ENTRUSTED, ServingMethod.TRANSFERRED)


class ServingOutcome(models.TextChoices):
    EFFECTIVE = "effective", "已送达"
    PENDING = "pending", "等待回执"
    FAILED = "failed", "未能送达"


class ReceiverRelation(models.TextChoices):
    SELF = "self", "当事人本人"
    REPRESENTATIVE = "representative", "法定代表人或者主要负责人"
    RECEIVING_STAFF = "receiving_staff", "单位负责收件的人"
    FAMILY = "family", "同住的成年家属"
    AGENT = "agent", "委托代理人或者指定代收人"


class ServingFailure(models.TextChoices):
    """Why an attempt did not reach the recipient."""

    ABSENT = "absent", "受送达人不在，没有可以代收的人"
    WRONG_ADDRESS = "wrong_address", "地址不详或者有误"
    UNKNOWN_WHEREABOUTS = "unknown_whereabouts", "下落不明"
    RETURNED = "returned", "邮件退回"
    REFUSED = "refused", "拒收，没有条件留置"
    NOT_DELIVERED = "not_delivered", "电子发送失败"
    OTHER = "other", "其他"


class Serving(models.Model):
    """One attempt to serve one document on one recipient.

    ``served_at`` is when it was handed over, left, sent, posted, entrusted or published. ``effective_on`` follows from
    the method; for a public notice ``strict_on`` is the earlier reading of its period, which binds the bureau.
    ``through`` is what carried it: the means of an electronic serving, the post office, the entrusted organ, the unit
    or prison, where a notice was published. ``reference`` is its number: tracking number, number of the system's log.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="servings")
    document = models.ForeignKey(Document, models.PROTECT, related_name="servings")
    recipient = models.CharField(max_length=100)
    is_for_party = models.BooleanField(default=True)
    method = models.CharField(max_length=12, choices=ServingMethod.choices)
    outcome = models.CharField(max_length=10, choices=ServingOutcome.choices, default=ServingOutcome.EFFECTIVE)
    receiver_name = models.CharField(max_length=50, blank=True)
    relation = models.CharField(max_length=20, choices=ReceiverRelation.choices, blank=True)
    place = models.CharField(max_length=200, blank=True)
    served_at = models.DateTimeField()
    effective_on = models.DateField(null=True)
    strict_on = models.DateField(null=True)
    first_server = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_server = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    through = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    refusal_reason = models.CharField(max_length=300, blank=True)
    witness_name = models.CharField(max_length=50, blank=True)
    failure = models.CharField(max_length=20, choices=ServingFailure.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    warnings = models.JSONField(default=dict)  # rule_id → what was answered to its question
    proof = models.ForeignKey("registry.StoredFile", models.PROTECT, null=True, related_name="+")
    receipt = models.ForeignKey("registry.StoredFile", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["method", "outcome"], condition=Q(outcome="pending"), name="serving_pending"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(first_server=F("second_server")), name="serving_two_servers"),
            models.CheckConstraint(
                condition=Q(outcome="effective", effective_on__isnull=False, strict_on__isnull=False)
                | (~Q(outcome="effective") & Q(effective_on__isnull=True, strict_on__isnull=True)),
                name="serving_effective_dated",
            ),
            models.CheckConstraint(
                condition=Q(outcome="failed") & ~Q(failure="") | (~Q(outcome="failed") & Q(failure="")),
                name="serving_failure_reasoned",
            ),
            models.CheckConstraint(
                condition=~Q(method="mail", outcome="effective") | Q(receipt__isnull=False),
                name="serving_mail_slip",
            ),
            models.UniqueConstraint(
                fields=["document", "recipient"], condition=Q(outcome="pending"), name="serving_pending_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.get_outcome_display()}"


class AddressConfirmation(models.Model):
    """送达地址确认书 (S16): where and how somebody lets documents be served on him; the newest one holds."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="address_confirmations")
    receiver_name = models.CharField(max_length=50)
    relation = models.CharField(max_length=20, choices=ReceiverRelation.choices)
    id_kind = models.CharField(max_length=30, blank=True)
    id_number = EncryptedTextField(blank=True)
    accepts_electronic = models.BooleanField()
    mobile = EncryptedTextField()
    email = models.CharField(max_length=100, blank=True)
    fax = models.CharField(max_length=30, blank=True)
    other_means = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200)
    postcode = models.CharField(max_length=6, blank=True)
    signed_on = models.DateField()
    file = models.ForeignKey("registry.StoredFile", models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="address_by_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.signed_on}"
