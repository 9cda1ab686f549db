"""A decision published before this system: what its record has to remember beside the public copy.

Nothing here identifies a person. Whatever the file said of one was needed to mask the texts and to ask for the age,
and is not kept.
"""

from __future__ import annotations

from django.db import models

from disclosure.models.record import DisclosureRecord


class LegacyDecision(models.Model):
    """One record that came from a file. Its number is unique among all that came so, however many files there were."""

    record = models.OneToOneField(DisclosureRecord, models.PROTECT, related_name="legacy")
    load = models.ForeignKey("registry.RegisterImport", models.PROTECT, related_name="+")
    row = models.PositiveIntegerField()
    number_key = models.CharField(max_length=100, unique=True)  # the number folded as the search folds it
    filed_on = models.DateField(null=True)
    published_on = models.DateField()
    is_on_exchange = models.BooleanField()  # 互联网+监管 has it already

    class Meta:
        indexes = [
            models.Index(fields=["load", "row"], name="legacy_by_load"),
            models.Index(
                fields=["load", "id"], condition=models.Q(is_on_exchange=False), name="legacy_not_on_exchange"
            ),
        ]

    def __str__(self) -> str:
        return self.number_key
