"""The exchange's code lists as it served them, one row per list and version (feed_api.md §12)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CodeListEdition(models.Model):
    """One version of one list. The one in force is the one fetched last; earlier ones stay readable."""

    name = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    codes = models.JSONField()  # code → name
    is_current = models.BooleanField(default=True)
    first_seen_at = models.DateTimeField()
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="code_list_version_once"),
            models.UniqueConstraint(fields=["name"], condition=Q(is_current=True), name="code_list_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def pairs(self) -> list[tuple[str, str]]:
        """Codes with their names, in the order of the codes."""
        return sorted(self.codes.items())
