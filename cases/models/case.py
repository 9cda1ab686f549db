"""The case and who handles it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.procedure.states import TITLES, Procedure, State
from lishu_law.access.grants import UserObjectPermissionBase
from lishu_law.registry.encrypted import EncryptedTextField
from lishu_law.registry.models import Party, Unit, Vehicle


class ClueSource(models.TextChoices):
    """The six sources of the filing form (部颁立案登记表)."""

    INSPECTION = "inspection", "行政检查中发现"
    REPORT = "report", "举报经核实"
    SUPERIOR = "superior", "上级机关交办"
    SUBORDINATE = "subordinate", "下级机关报请查处"
    DEPARTMENT = "department", "有关部门移送"
    OTHER = "other", "其他途径"


class Case(models.Model):
    """One penalty case from clue to archive. Its state changes only in ``cases.actions``."""

    clue_no = models.CharField(max_length=30, unique=True)
    case_no = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001 - unique only once allotted
    state = models.CharField(max_length=3, choices=[(state.value, title) for state, title in TITLES.items()])
    procedure = models.CharField(
        max_length=8,
        choices=[(Procedure.ORDINARY.value, "普通程序"), (Procedure.SUMMARY.value, "简易程序")],
        default=Procedure.ORDINARY.value,
    )
    version = models.PositiveIntegerField(default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=ClueSource.choices)
    source_note = models.CharField(max_length=100, blank=True)
    check_action_code = models.CharField(max_length=50, blank=True)
    received_at = models.DateTimeField()
    item_code = models.CharField(max_length=40)
    violation = models.CharField(max_length=200)
    domain = models.CharField(max_length=20)
    act_at = models.DateTimeField()
    act_ended_at = models.DateTimeField(null=True, blank=True)
    route = models.CharField(max_length=200, blank=True)
    stake = models.CharField(max_length=20, blank=True)
    direction = models.CharField(max_length=20, blank=True)
    township = models.CharField(max_length=40, blank=True)
    is_in_county = models.BooleanField(default=True)
    designation = models.CharField(max_length=100, blank=True)  # 指定管辖的机关和文号
    safety_harm_note = models.CharField(max_length=300, blank=True)  # why five years of 追责时效 apply (处罚法36)
    same_act_note = models.CharField(max_length=300, blank=True)  # why a case found in the register is another act
    other_filer = models.CharField(max_length=200, blank=True)  # another organ that filed first, and what was agreed
    summary = models.TextField()
    is_for_discussion = models.BooleanField(default=False)  # a head asked for a collective discussion
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="cases")
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, null=True, related_name="cases")
    filed_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    decision_served_on = models.DateField(null=True)
    disclosed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    archived_on = models.DateField(null=True)
    returned_reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        permissions = [("handle_case", "承办案件"), ("hear_case", "听证案件")]
        indexes = [
            models.Index(fields=["state", "-id"], name="case_by_state"),
            models.Index(fields=["unit", "-id"], name="case_by_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(act_ended_at__isnull=True) | Q(act_ended_at__gte=F("act_at")), name="case_act_order"
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True, case_no__isnull=True)
                | Q(filed_on__isnull=False, case_no__isnull=False)
                | Q(filed_on__isnull=True, procedure=Procedure.SUMMARY),  # numbered with the decision, never filed
                name="case_no_with_filing",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(filed_on__isnull=False) | Q(procedure=Procedure.SUMMARY),
                name="case_decided_after_filing",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("filed_on")), name="case_dates_order"
            ),
        ]

    def __str__(self) -> str:
        return self.case_no or self.clue_no

    @property
    def label(self) -> str:
        """What addresses and pages call the case: its number, before filing the clue's."""
        return self.case_no or self.clue_no

    @property
    def place(self) -> str:
        """Scene of the act in words."""
        parts = [self.township, self.route, self.stake, self.direction]
        return "".join(part for part in parts if part)

    @property
    def known_party(self) -> Party:
        """The party, where the procedure guarantees that there is one (from filing on: file-criteria)."""
        if self.party is None:
            raise ValueError(f"case {self.pk} has no party yet")
        return self.party

    @property
    def state_title(self) -> str:
        return TITLES[State(self.state)]


class OfficerRole(models.TextChoices):
    LEAD = "lead", "主办"
    ASSISTANT = "assistant", "协办"


class CaseOfficer(models.Model):
    """Who handles the case. A declaration of no conflict is made per case (处罚法43)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="officers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="case_assignments")
    role = models.CharField(max_length=10, choices=OfficerRole.choices)
    conflict_declared_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], condition=Q(ended_at__isnull=True), name="officer_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(role="lead", ended_at__isnull=True), name="one_lead_officer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"


class CasePermission(UserObjectPermissionBase):
    """guardian's direct foreign-key rows: who is assigned to which case."""

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="assignments")


class PersonRole(models.TextChoices):
    DRIVER = "driver", "驾驶员"
    REPRESENTATIVE = "representative", "法定代表人"
    AGENT = "agent", "委托代理人"
    STAFF = "staff", "当事人员工"
    PARTY = "party", "当事人本人"
    WITNESS = "witness", "证人"


class CasePerson(models.Model):
    """A person met in the case who is not (only) the party: driver, agent, witness."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="persons")
    role = models.CharField(max_length=16, choices=PersonRole.choices)
    name = models.CharField(max_length=50)
    gender = models.CharField(max_length=6, blank=True)
    id_number = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    address = EncryptedTextField(blank=True)
    employer = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.name
