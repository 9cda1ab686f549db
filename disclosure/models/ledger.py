"""The tamper-evident register: one leaf per public event, its tree, its signed checkpoints (security.md §11).

Leaves, nodes, checkpoints and keys are append-only by triggers. Salt and content of an event stand apart, because they
are destroyed when the record is withdrawn or its period is over: the tree stays, what was said is gone.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from disclosure.models.record import DisclosureRecord


class LeafEvent(models.TextChoices):
    PUBLISH = "publish", "公示"
    CORRECT = "correct", "更正"
    WITHDRAW = "withdraw", "撤回"
    EXPIRE = "expire", "期满"
    ANCHOR = "anchor", "锚定"


class RegisterLeaf(models.Model):
    """One event. ``leaf`` holds the exact bytes that are hashed; the other columns are copies for searching."""

    seq = models.BigIntegerField(primary_key=True)
    leaf = models.TextField()
    leaf_hash = models.BinaryField(max_length=32)
    rid = models.CharField(max_length=15)
    ver = models.BigIntegerField()
    ev = models.CharField(max_length=8, choices=LeafEvent.choices)
    at = models.DateTimeField()
    commit = models.CharField(max_length=64)
    record = models.ForeignKey(DisclosureRecord, models.PROTECT, null=True, related_name="leaves")

    class Meta:
        indexes = [models.Index(fields=["rid", "-seq"], name="register_leaf_newest")]
        constraints = [
            models.UniqueConstraint(fields=["rid", "ver"], condition=~Q(ev="anchor"), name="register_version_once"),
            models.CheckConstraint(
                condition=Q(ev="anchor", record__isnull=True) | (~Q(ev="anchor") & Q(record__isnull=False)),
                name="register_leaf_of_a_record",
            ),
            models.CheckConstraint(condition=Q(seq__gte=0, ver__gte=0), name="register_leaf_counts_up"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.ev} {self.rid}"


class RegisterNode(models.Model):
    """The root of one full subtree over 2^level leaves (level ≥ 1); level 0 is the leaf's own hash."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="register_node_once")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class RegisterContent(models.Model):
    """Salt and content behind the commit of one leaf; every row of a record goes with its withdrawal or expiry."""

    leaf = models.OneToOneField(RegisterLeaf, models.PROTECT, primary_key=True, related_name="said")
    salt = models.BinaryField(max_length=32)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.leaf_id}"


class RegisterCheckpoint(models.Model):
    """The signed note of one size, as it was issued."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="register_checkpoint_not_empty")]

    def __str__(self) -> str:
        return f"{self.size}"


class RegisterKey(models.Model):
    """A verifier key that has signed; it stays listed after a change of key."""

    verifier = models.CharField(max_length=300, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.verifier


class InnerLeaf(models.Model):
    """The internal ledger, not public: one leaf per received file and per rendered document, by digest.

    Its head is anchored in the public register every day, so that private files are bound too.
    """

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)  # "storedfile" or the model of a sealed document
    object_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the file's bytes
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="inner_object_once"),
            models.CheckConstraint(condition=Q(seq__gte=0), name="inner_leaf_counts_up"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.object_id}"
