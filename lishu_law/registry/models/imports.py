"""Loads of a register from a file: checked first, every fault by row and column, then written (ux.md §11)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from lishu_law.registry.models.files import StoredFile
from lishu_law.registry.models.parties import new_reference


class ImportKind(models.TextChoices):
    OBJECTS = "objects", "监管对象"
    MATTERS = "matters", "检查事项"
    POWERS = "powers", "权责清单"
    BENCHMARK = "benchmark", "裁量基准"
    LISTS = "lists", "裁量清单"
    STATUTES = "statutes", "法律法规版本"
    LEGACY = "legacy", "历史公示"


class ImportState(models.TextChoices):
    CHECKING = "checking", "正在检查"
    CHECKED = "checked", "检查完，等待导入"
    LOADING = "loading", "正在导入"
    LOADED = "loaded", "已导入"
    FAILED = "failed", "没有成功"
    DROPPED = "dropped", "已放弃"


class RegisterImport(models.Model):
    """One file on its way into a register. ``progress`` counts rows; what it found stays readable afterwards."""

    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=10, choices=ImportKind.choices)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.CHECKING)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    source = models.CharField(max_length=60, blank=True)
    details = models.JSONField(default=dict, blank=True)  # what the table needs to know beside the rows
    rows = models.PositiveIntegerField(default=0)
    progress = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    faulty_rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    skip_faulty = models.BooleanField(default=False)
    failure = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField(null=True)  # when somebody said: load it
    finished_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)  # the last sign of life of the worker
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="import_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="loaded") | Q(finished_at__isnull=False), name="import_loaded_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ImportFault(models.Model):
    """One fault of one cell. The value itself is not kept: it may be somebody's number."""

    load: models.ForeignKey[Any, Any] = models.ForeignKey(RegisterImport, models.CASCADE, related_name="found")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=200)
    is_notice = models.BooleanField(default=False)  # worth knowing, keeps nothing back

    class Meta:
        indexes = [models.Index(fields=["load", "row", "id"], name="fault_by_row")]

    def __str__(self) -> str:
        return f"{self.row} {self.column}"


__all__ = ["ImportFault", "ImportKind", "ImportState", "RegisterImport"]
