"""What every sealed document keeps, whatever it belongs to, and the counter its number comes from.

Cases and inspections each have their own table of documents; number, payload and output are one logic.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from lishu_law.registry.encrypted import EncryptedTextField
from lishu_law.registry.models import Unit


class NumberSeries(models.Model):
    """The gap-free counter of one organ × kind × year; advanced only in the sealing transaction."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organ", "kind", "year"], name="one_series")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class PdfState(models.TextChoices):
    WAITING = "waiting", "排队中"
    RENDERING = "rendering", "正在生成"
    DONE = "done", "已生成"
    FAILED = "failed", "生成失败"


class SealedDocument(models.Model):
    """Sealed data, number and bytes never change; the PDF is rendered by the worker afterwards.

    A kind with the organ's seal has a code for the public check, stored hashed for the page and encrypted for drawing.
    ``seal_certificate`` is the SHA-256 of the certificate that sealed the file, ``seal_subject`` the name in it.
    """

    code = models.CharField(max_length=40)
    part = models.CharField(max_length=40, blank=True)  # the sub-object it belongs to: "measure:12"
    title = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)
    data = models.JSONField()
    template_version = models.CharField(max_length=20)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pdf_state = models.CharField(max_length=10, choices=PdfState.choices, default=PdfState.WAITING)
    pdf_started_at = models.DateTimeField(null=True)
    pdf_path = models.CharField(max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_pages = models.PositiveSmallIntegerField(null=True)
    pdf_error = models.CharField(max_length=300, blank=True)
    seal_code = EncryptedTextField(blank=True)
    seal_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique only with a code
    seal_certificate = models.CharField(max_length=64, blank=True)
    seal_subject = models.CharField(max_length=200, blank=True)

    is_signed_copy = False  # a copy of another document with the same code

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["pdf_state", "id"], condition=~Q(pdf_state="done"), name="%(class)s_waiting"),
            models.Index(fields=["pdf_sha256"], condition=~Q(pdf_sha256=""), name="%(class)s_by_file"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="%(class)s_number_once"),
            models.CheckConstraint(condition=~Q(pdf_state="done") | ~Q(pdf_sha256=""), name="%(class)s_pdf_digest"),
            models.CheckConstraint(
                condition=~Q(pdf_state="done") | Q(seal_digest__isnull=True) | ~Q(seal_certificate=""),
                name="%(class)s_done_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()


class PaperState(models.TextChoices):
    """Whether the signatures by hand are kept in the system."""

    ON_PAPER = "", "签在纸质原件上"
    OPEN = "open", "待签名"
    DONE = "done", "已签齐"
    VOID = "void", "已作废，不再签名"


class SignableDocument(SealedDocument):
    """A document that may be signed by hand. ``unsigned`` names who has still to sign which page, while ``signing`` is open."""

    signing = models.CharField(max_length=4, choices=PaperState.choices, blank=True)
    unsigned = models.CharField(max_length=300, blank=True)

    class Meta(SealedDocument.Meta):
        abstract = True


class PaperCheck(models.Model):
    """All the public check may know of one paper with the organ's seal: the only table it reads (security.md §1).

    Written with the sealing, with the file, and by the acts that make a decision fall. Nothing here needs a key to be
    read, and a person's name stands in its public form. ``rests_on`` is the decision a paper without standing of its
    own speaks of; ``fallen_decision`` the one that fell: the paper itself where it is the paper's own number.
    ``signs_digests`` is filled for a decision only: by it the party is known over the public page.
    """

    seal_digest = models.CharField(max_length=64, unique=True)
    number_digest = models.CharField(max_length=64, blank=True)  # of 文号 with 核验码
    reference_digest = models.CharField(max_length=64, blank=True)  # of 案号, 备案号 with 核验码
    file_sha256 = models.CharField(max_length=64, blank=True)
    certificate = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    # The copy with the signatures by hand, if there is one: a second file that is as genuine.
    signed_sha256 = models.CharField(max_length=64, blank=True)
    signed_certificate = models.CharField(max_length=64, blank=True)
    signed_pages = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)
    reference_word = models.CharField(max_length=10)
    reference = models.CharField(max_length=60, blank=True)
    organ = models.CharField(max_length=100, blank=True)
    party = models.CharField(max_length=200, blank=True)  # in its public form
    signs_digests = models.JSONField(default=list)  # of number, 核验码 and the last six signs of each of its numbers
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    sealed_on = models.DateField()
    rests_on = models.CharField(max_length=60, blank=True)
    fallen_words = models.CharField(max_length=20, blank=True)
    fallen_organ = models.CharField(max_length=100, blank=True)
    fallen_document = models.CharField(max_length=100, blank=True)
    fallen_on = models.DateField(null=True)
    fallen_decision = models.CharField(max_length=60, blank=True)
    successor = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["file_sha256"], condition=~Q(file_sha256=""), name="paper_check_by_file"),
            models.Index(fields=["signed_sha256"], condition=~Q(signed_sha256=""), name="paper_check_by_signed"),
            models.Index(fields=["number_digest"], condition=~Q(number_digest=""), name="paper_check_by_number"),
            models.Index(
                fields=["reference_digest"], condition=~Q(reference_digest=""), name="paper_check_by_reference"
            ),
            models.Index(fields=["number"], condition=~Q(number=""), name="paper_check_of_decision"),
            models.Index(fields=["rests_on"], condition=~Q(rests_on=""), name="paper_check_resting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(fallen_on__isnull=True, fallen_words="", fallen_decision="")
                | (Q(fallen_on__isnull=False) & ~Q(fallen_words="") & ~Q(fallen_decision="")),
                name="paper_check_fallen_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number or self.reference}".strip()

    @property
    def is_fallen_itself(self) -> bool:
        return bool(self.fallen_decision) and self.fallen_decision == self.number
