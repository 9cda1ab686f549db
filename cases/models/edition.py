"""Editions of the benchmark, of the lists and of the statutes: frozen rows, and how each came into force (处罚法34)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from lishu_law.registry.models import RegisterImport
from lishu_law.registry.models.parties import new_reference


class EditionKind(models.TextChoices):
    BENCHMARK = "benchmark", "裁量基准"
    LISTS = "lists", "裁量清单"
    STATUTES = "statutes", "法律法规版本"


class EditionState(models.TextChoices):
    DRAFT = "draft", "待法制审核"
    RETURNED = "returned", "审核未通过"
    REVIEWED = "reviewed", "已审核，待备案公布"
    PUBLISHED = "published", "已公布"


class Edition(models.Model):
    """One edition of one table. Without publication date and first day in force nobody can apply it.

    ``digest`` stands for the content of its rows: the same rows, however they came in, have the same.
    """

    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=10, choices=EditionKind.choices)
    name = models.CharField(max_length=100)
    label = models.CharField(max_length=60)
    is_own = models.BooleanField(default=True)  # set by this bureau, not by a superior authority
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.DRAFT)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    notices = models.JSONField(default=list)  # what the check wanted known: [row, column, words]
    load = models.OneToOneField(RegisterImport, models.PROTECT, null=True, related_name="edition")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_opinion = models.TextField(blank=True)
    adopted_on = models.DateField(null=True)  # 集体审议
    document_no = models.CharField(max_length=60, blank=True)
    filed_no = models.CharField(max_length=60, blank=True)  # 备案, with the 司法局
    filed_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    published_at = models.CharField(max_length=200, blank=True)  # where it can be read
    in_force_from = models.DateField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "-in_force_from", "-id"], name="edition_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | (
                    Q(published_on__isnull=False, in_force_from__isnull=False, released_at__isnull=False)
                    & ~Q(document_no="")
                ),
                name="edition_published_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(in_force_from__isnull=True) | Q(state="published"), name="edition_in_force_is_published"
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True) | ~Q(filed_no=""), name="edition_filing_is_whole"
            ),
            models.UniqueConstraint(
                fields=["kind", "in_force_from"], condition=Q(state="published"), name="edition_one_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.label}）"

    def is_chosen_on(self, on: date) -> bool:
        """Published and in force on that day; whether a later one replaced it is another question."""
        return self.in_force_from is not None and self.in_force_from <= on


class EditionRow(models.Model):
    """One row as it stands in the table. Never changed or deleted: the database refuses (``0002_frozen_editions``)."""

    edition: models.ForeignKey[Any, Any] = models.ForeignKey(Edition, models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()  # in the file, the heading is 1
    key = models.CharField(max_length=80)
    item_code = models.CharField(max_length=60, blank=True)
    cells = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="edition_row_key")]
        indexes = [models.Index(fields=["edition", "line"], name="edition_row_order")]

    def __str__(self) -> str:
        return self.key


class RowConfirmation(models.Model):
    """The legal section has read the provision behind a row that came from memory (shared decision 23).

    It holds for this text of the row, in whatever edition it stands; a changed row is confirmed anew.
    """

    row_key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=300)  # where the text was read
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row_key", "digest"], name="row_confirmed_once")]

    def __str__(self) -> str:
        return self.row_key
