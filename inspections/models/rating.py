"""事后评价 that nobody of the unit can trace to a visit (standards/inspection.md §4.4; ADR 38 says how and why).

Three tables that refer to nothing: what was sealed by the rating path until the quarter is released, the single ratings
for supervision, the groups of five or more for everybody. No foreign key, no number in a sequence, no time.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from lishu_law.registry.encrypted import EncryptedTextField


class Overall(models.TextChoices):
    GOOD = "good", "满意"
    FAIR = "fair", "基本满意"
    BAD = "bad", "不满意"


class Disturbance(models.TextChoices):
    NONE = "none", "没有影响"
    SLIGHT = "slight", "轻微影响"
    SERIOUS = "serious", "严重影响"


class Ban(models.TextChoices):
    """八个不得 (standards/inspection.md §2, row 9; the original's order may differ)."""

    GIFTS = "gifts", "接受馈赠、报酬、福利"
    BANQUETS = "banquets", "参加宴请、娱乐、旅游"
    COSTS = "costs", "由企业支付消费，或者转嫁检查费用"
    AGENCY = "agency", "强制接受指定的中介服务"
    REPRESENTATIVE = "representative", "刻意要求法定代表人到场"
    SEIZURE = "seizure", "乱查封、扣押、冻结，动辄责令停产停业"
    QUOTA = "quota", "把考核与检查频次、罚款数额挂钩"
    DISGUISE = "disguise", "以观摩、督导、考察等名义行检查之实"


class SealedRating(models.Model):
    """What was said of one visit, readable only with the rating path's own key (``inspections.anonymity``).

    ``slot`` is a keyed digest of the code's token: it finds the row again and leads nowhere without the key. All rows
    are equally long, and all are written anew every day, so that neither length nor place says anything.
    """

    slot = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "评价（封存）"


class RatingRelease(models.Model):
    """A quarter whose ratings were counted. Once, after its last window has closed: no counter ever moves."""

    quarter = models.CharField(max_length=6, primary_key=True)

    def __str__(self) -> str:
        return self.quarter


class Rating(models.Model):
    """One rating of a released quarter, for supervision. What was said and of which unit stands in ``content``."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    quarter = models.CharField(max_length=6)
    content = EncryptedTextField()

    class Meta:
        indexes = [models.Index(fields=["quarter", "id"], name="rating_by_quarter")]

    def __str__(self) -> str:
        return self.quarter


class RatingGroup(models.Model):
    """What a unit's ratings of a quarter say together: all that unit, leaders and the public can read.

    ``unit_code`` is empty for the units that have fewer than five each and five or more together. ``given`` counts
    visits rated, ``visits`` those that could be rated.
    """

    quarter = models.CharField(max_length=6)
    unit_code = models.CharField(max_length=20, blank=True)
    unit_name = models.CharField(max_length=100)
    visits = models.PositiveIntegerField()
    given = models.PositiveIntegerField()
    good = models.PositiveIntegerField()
    fair = models.PositiveIntegerField()
    bad = models.PositiveIntegerField()
    no_certificate = models.PositiveIntegerField()
    beyond_told = models.PositiveIntegerField()
    disturbed_slightly = models.PositiveIntegerField()
    disturbed_seriously = models.PositiveIntegerField()
    demanded = models.PositiveIntegerField()
    uncivil = models.PositiveIntegerField()
    banned = models.PositiveIntegerField()  # at least one of the eight

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quarter", "unit_code"], name="rating_group_once"),
            models.CheckConstraint(condition=Q(given__gte=5), name="rating_group_of_five"),
            models.CheckConstraint(condition=Q(given__lte=F("visits")), name="rating_group_visited"),
            models.CheckConstraint(condition=Q(given=F("good") + F("fair") + F("bad")), name="rating_group_adds_up"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.unit_name}"

    @property
    def unrated(self) -> int:
        """未评价: not a good rating, no rating."""
        return self.visits - self.given
