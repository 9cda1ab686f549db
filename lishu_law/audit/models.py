"""The journal: one row per act, chained by hashes, never changed (处罚法47 全过程记录; security.md §10)."""

from __future__ import annotations

from django.db import models


class JournalHead(models.Model):
    """The one row that holds the end of the chain; its lock puts all writers in one line."""

    id = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="journal_one_head")]

    def __str__(self) -> str:
        return f"{self.seq}"


class JournalEntry(models.Model):
    """One act. ``body`` is the canonical JSON that the hash covers; the other columns are copies for searching."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    actor_id = models.BigIntegerField(null=True)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    body = models.TextField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "seq"], name="journal_object"),
            models.Index(fields=["actor_id", "seq"], name="journal_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"
