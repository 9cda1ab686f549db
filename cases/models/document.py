"""Official documents: sealed data, number and bytes never change; the PDF is rendered by the worker afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case
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


class Document(models.Model):
    """One sealed document of a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)
    data = models.JSONField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # the fine it names
    hearing_offered = models.BooleanField(default=False)
    template_version = models.CharField(max_length=20)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pdf_state = models.CharField(max_length=10, choices=PdfState.choices, default=PdfState.WAITING)
    pdf_started_at = models.DateTimeField(null=True)
    pdf_path = models.CharField(max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_pages = models.PositiveSmallIntegerField(null=True)
    pdf_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "id"], name="document_by_case"),
            models.Index(fields=["pdf_state", "id"], condition=~Q(pdf_state="done"), name="document_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="document_number_once"),
            models.CheckConstraint(condition=~Q(pdf_state="done") | ~Q(pdf_sha256=""), name="document_pdf_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()
