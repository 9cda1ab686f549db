"""A suspected crime on its way to the police (移送涉嫌犯罪案件规定): team, report, decision, hand-over, answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case


class CrimeState(models.TextChoices):
    REPORTED = "reported", "已报告，待局长决定"
    APPROVED = "approved", "已批准，待移送"
    DECLINED = "declined", "不批准移送"
    HANDED_OVER = "handed_over", "已移送，待公安机关答复"
    FILED = "filed", "公安机关已立案，待移交物品"
    REFUSED = "refused", "公安机关不予立案"
    OBJECTED = "objected", "已提请复议或者建议立案监督"
    MATERIAL_GIVEN = "material_given", "物品和材料已移交"
    ENDED = "ended", "已终结"


class CrimeTransfer(models.Model):
    """One suspicion. What was decided against it is kept with the reason."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="crime_transfers")
    state = models.CharField(max_length=16, choices=CrimeState.choices, default=CrimeState.REPORTED)
    offence = models.CharField(max_length=100)  # 涉嫌罪名
    report = models.TextField()
    first_member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    police = models.CharField(max_length=100, blank=True)
    receiver = models.CharField(max_length=50, blank=True)
    goods = models.JSONField(default=list)  # [[name, specification, quantity]]
    enclosures = models.JSONField(default=list)
    handed_over_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    answer_note = models.TextField(blank=True)
    objection = models.CharField(max_length=20, blank=True)  # reconsideration | supervision
    objected_on = models.DateField(null=True)
    material_given_at = models.DateTimeField(null=True)
    criminal_fine = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    ended_on = models.DateField(null=True)
    end_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first_member=F("second_member")), name="crime_team_of_two"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="crime_decided_whole",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state__in=["declined", "ended"]), name="crime_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"
