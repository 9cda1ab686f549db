"""The standard papers of an inspection (documents.csv J01–J08) and how its result was told (insp-result-tell)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.filing import InspectionFiling
from inspections.models.visit import PendingEnd
from lishu_law.documents.models import SignableDocument

# One of each is enough for an inspection; transcripts, vouchers and filing slips may be several.
ONCE = ("inspection_approval", "inspection_notice", "inspection_record", "inspection_result")


class PaperSigning(models.TextChoices):
    """How the inspected signs a record written in the visit: on the paper, not at all, or later on the signing screen."""

    SIGNED = "signed", "被检查人已签字"
    REFUSED = "refused", "拒绝签字"
    PENDING = "pending", "还没签，文书生成后在签名页签"


class InspectionDocument(SignableDocument):
    """One sealed paper of a filed inspection. ``after_end``: of a result told anew because the open one has ended."""

    filing = models.ForeignKey(InspectionFiling, models.CASCADE, related_name="documents")
    after_end = models.ForeignKey(PendingEnd, models.PROTECT, null=True, related_name="+")

    class Meta(SignableDocument.Meta):
        indexes = [
            models.Index(fields=["filing", "id"], name="inspection_document_by_filing"),
            *SignableDocument.Meta.indexes,
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "code", "after_end"],
                condition=Q(code__in=ONCE),
                nulls_distinct=False,
                name="inspection_document_once",
            ),
            models.CheckConstraint(
                condition=Q(after_end__isnull=True) | Q(code="inspection_result"), name="inspection_document_told_anew"
            ),
            *SignableDocument.Meta.constraints,
        ]


class HandedPaper(models.Model):
    """A paper that became evidence of the case its visit opened. The link lives here: the case never knows inspections."""

    document = models.OneToOneField(InspectionDocument, models.PROTECT, related_name="handed")
    evidence = models.OneToOneField("cases.Evidence", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.document_id} {self.evidence_id}"


class TellingWay(models.TextChoices):
    ON_THE_SPOT = "on_spot", "检查现场当面告知，签收告知书"
    IN_PERSON = "in_person", "事后直接送交，签收告知书"
    POST = "post", "邮寄"
    ELECTRONIC = "electronic", "电子方式（对方同意）"
    LEFT = "left", "对方拒收，留置（有见证人）"


class ResultTelling(models.Model):
    """The result was told with its paper (J07): when, how, to whom. Only a refusal to receive needs a witness.

    Once per paper: a result that was left open is told a second time when it has ended.
    """

    filing = models.ForeignKey(InspectionFiling, models.CASCADE, related_name="tellings")
    document = models.OneToOneField(InspectionDocument, models.PROTECT, related_name="telling")
    way = models.CharField(max_length=10, choices=TellingWay.choices)
    told_at = models.DateTimeField()
    receiver = models.CharField(max_length=50)
    receiver_post = models.CharField(max_length=50, blank=True)
    note = models.CharField(max_length=300, blank=True)  # waybill number, electronic address, why it was refused
    witness_name = models.CharField(max_length=50, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(told_at__lte=F("recorded_at")), name="telling_not_ahead"),
            models.CheckConstraint(condition=~Q(way="left") | ~Q(witness_name=""), name="telling_left_before_witness"),
            models.CheckConstraint(
                condition=~Q(way__in=["post", "electronic", "left"]) | ~Q(note=""), name="telling_says_how"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.way}"
