"""Recusal (处罚法43): who withdraws or shall withdraw from a case, what was decided, and what becomes of earlier acts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.case import Case


class RecusalRole(models.TextChoices):
    """In which part the person takes part in the case (gen-recuse-self, gen-recuse-others)."""

    OFFICER = "officer", "执法人员"
    SQUAD_LEADER = "squad_leader", "经办机构负责人"
    REVIEWER = "reviewer", "法制审核人员"
    LEADER = "leader", "负责人"
    HEARING = "hearing", "听证人员"
    EXAMINER = "examiner", "检验、检测、鉴定人员"
    EXPERT = "expert", "专家"
    INTERPRETER = "interpreter", "翻译人员"


class RecusalOrigin(models.TextChoices):
    SELF = "self", "本人自行回避"
    PARTY = "party", "当事人申请回避"


class RecusalOutcome(models.TextChoices):
    GRANTED = "granted", "回避"
    REFUSED = "refused", "不予回避"


class Recusal(models.Model):
    """One withdrawal or request. While ``outcome`` is empty it waits for the head; ``acts_stand`` is decided after it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    origin = models.CharField(max_length=5, choices=RecusalOrigin.choices)
    role = models.CharField(max_length=12, choices=RecusalRole.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    person_name = models.CharField(max_length=50)
    applicant = models.CharField(max_length=100)
    is_oral = models.BooleanField(default=False)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=RecusalOutcome.choices, blank=True)
    opinion = models.TextField(blank=True)
    discussed_by = models.CharField(max_length=200, blank=True)  # the heads who decided together
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    acts_stand = models.BooleanField(null=True)
    effect_note = models.TextField(blank=True)
    effect_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    effect_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person_name"], condition=Q(outcome=""), name="recusal_open_once"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="recusal_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(acts_stand__isnull=True, effect_by__isnull=True, effect_at__isnull=True)
                | Q(acts_stand__isnull=False, effect_by__isnull=False, effect_at__isnull=False, outcome="granted"),
                name="recusal_effect_whole",
            ),
            # Nobody decides about himself; a withdrawal of one's own is no decision about oneself but a duty.
            models.CheckConstraint(
                condition=Q(origin="self")
                | Q(decided_by__isnull=True)
                | Q(person__isnull=True)
                | ~Q(decided_by=models.F("person")),
                name="recusal_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_name} {self.outcome}"
