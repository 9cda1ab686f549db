"""Supervised subjects (监管对象名录库): who and what may be inspected (standards/inspection.md §5.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from lishu_law.registry.encrypted import EncryptedTextField
from lishu_law.registry.models.imports import RegisterImport
from lishu_law.registry.models.parties import Party, Vehicle


class SubjectKind(models.TextChoices):
    ENTERPRISE = "enterprise", "企业"
    SHOP = "shop", "个体工商户"
    COOPERATIVE = "cooperative", "合作社"
    INSTITUTION = "institution", "事业单位"
    PERSON = "person", "自然人"
    VEHICLE = "vehicle", "车辆"
    SHIP = "ship", "船舶"
    SITE = "site", "场所"
    PROJECT = "project", "工程项目"
    ROUTE = "route", "线路"


# These have a name of their own beside the name of whoever answers for them.
OWN_NAMED = (SubjectKind.SHIP, SubjectKind.SITE, SubjectKind.PROJECT, SubjectKind.ROUTE)


class Industry(models.TextChoices):
    """行业类别. The label is stored: it is what the filing, the plan and the exchange say."""

    PASSENGER = "道路客运", "道路客运"
    FREIGHT = "道路货运", "道路货运（普货）"
    DANGEROUS = "危货运输", "道路货运（危货）"
    STATION = "客运站", "客运站"
    BUS = "公交", "公交"
    TAXI = "出租", "出租（巡游）"
    RIDE_HAILING = "网约车", "网约车"
    REPAIR = "机动车维修", "机动车维修"
    DRIVING_SCHOOL = "驾培", "驾培"
    RENTAL = "汽车租赁", "汽车租赁"
    ROAD_WORKS = "公路施工", "公路施工"
    LOADING_SOURCE = "超限源头", "超限源头"
    WATERWAY = "水路运输", "水路运输"
    PORT = "港口", "港口"
    QUALITY = "工程质量", "工程质量"


class SubjectStatus(models.TextChoices):
    OPERATING = "operating", "在营"
    SUSPENDED = "suspended", "停业"
    CLOSED = "closed", "注销"


class QualityLevel(models.TextChoices):
    """质量信誉."""

    AAA = "AAA", "AAA"
    AA = "AA", "AA"
    A = "A", "A"
    B = "B", "B"


class RiskClass(models.TextChoices):
    """信用风险 (standards/inspection.md §6.3)."""

    A = "A", "A 守信、低风险"
    B = "B", "B 一般"
    C = "C", "C 失信、较高风险"
    D = "D", "D 高风险"


class RiskTag(models.TextChoices):
    DANGEROUS_GOODS = "dangerous_goods", "危货"
    MAJOR_HAZARD = "major_hazard", "重大隐患"
    ACCIDENT = "accident", "近一年事故"
    PENALTY = "penalty", "近一年处罚"
    COMPLAINT = "complaint", "近一年投诉"


class SubjectScale(models.TextChoices):
    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"


class SubjectQuerySet(models.QuerySet["SupervisedSubject"]):
    def listed(self) -> SubjectQuerySet:
        """The entries that stand in the directory: whatever was merged into another no longer does."""
        return self.filter(merged_into__isnull=True)

    def open_on(self, day: date) -> SubjectQuerySet:
        """Listed, operating and inside the period of the entry: what may be drawn or visited on ``day``."""
        return self.listed().filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            status=SubjectStatus.OPERATING,
        )

    def with_white_list(self, day: date) -> SubjectQuerySet:
        """Each entry with ``is_white_listed``: 无事不扰 on ``day``."""
        rows = WhiteListing.objects.active_on(day).filter(subject=OuterRef("pk"))
        return self.annotate(is_white_listed=Exists(rows))


class SupervisedSubject(models.Model):
    """One entry of the directory.

    Identity lives in ``party``, who answers for the object, and in ``vehicle``; nothing is typed twice. ``name`` is only
    for what has a name of its own (site, project, route, ship).
    """

    object_no = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=SubjectKind.choices)
    party = models.ForeignKey(Party, models.PROTECT, related_name="subjects")
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, null=True, blank=True, related_name="subjects")
    name = models.CharField(max_length=100, blank=True)
    name_initials = models.CharField(max_length=100, blank=True, editable=False)
    industry = models.CharField(max_length=30, choices=Industry.choices)
    address = models.CharField(max_length=200)
    area_code = models.CharField(max_length=6, default="220322")  # GB/T 2260
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    contact_name = models.CharField(max_length=50, blank=True)
    contact_phone = EncryptedTextField(blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    vehicle_count = models.PositiveIntegerField(null=True, blank=True)
    scale = models.CharField(max_length=6, choices=SubjectScale.choices, blank=True)
    quality_level = models.CharField(max_length=3, choices=QualityLevel.choices, blank=True)
    risk_class = models.CharField(max_length=1, choices=RiskClass.choices, default=RiskClass.B)
    risk_tags = ArrayField(models.CharField(max_length=20, choices=RiskTag.choices), default=list, blank=True)
    status = models.CharField(max_length=9, choices=SubjectStatus.choices, default=SubjectStatus.OPERATING)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)  # where the data come from, e.g. 市场监管局名录
    updated_on = models.DateField()  # the day the source says the data are of
    loaded_by = models.ForeignKey(RegisterImport, models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    version = models.PositiveIntegerField(default=1)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["party"], name="subject_by_party"),
            models.Index(fields=["industry", "risk_class", "id"], name="subject_by_stratum"),
            models.Index(fields=["name_initials"], name="subject_by_initials"),
            GinIndex(fields=["risk_tags"], name="subject_by_tag"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(address=""), name="subject_has_address"),
            models.CheckConstraint(condition=Q(area_code__regex=r"^[0-9]{6}$"), name="subject_area_six_digits"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="subject_position_pair",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="subject_period",
            ),
            models.CheckConstraint(
                condition=(Q(kind="vehicle") & Q(vehicle__isnull=False))
                | (~Q(kind="vehicle") & Q(vehicle__isnull=True)),
                name="subject_vehicle_by_kind",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=[one.value for one in OWN_NAMED]) & ~Q(name=""))
                | (~Q(kind__in=[one.value for one in OWN_NAMED]) & Q(name="")),
                name="subject_name_by_kind",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="subject_not_merged_into_itself"
            ),
            models.UniqueConstraint(
                fields=["vehicle"],
                condition=Q(vehicle__isnull=False, merged_into__isnull=True),
                name="subject_vehicle_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_no} {self.title}"

    @property
    def title(self) -> str:
        """What people call it: the plate, the object's own name, or the name of whoever answers for it."""
        if self.vehicle is not None:
            return str(self.vehicle)
        return self.name or self.party.name

    @property
    def is_operating(self) -> bool:
        return self.status == SubjectStatus.OPERATING


class LicenceKind(models.TextChoices):
    OPERATING = "operating", "经营许可证"
    TRANSPORT = "transport", "道路运输证"
    OTHER = "other", "其他许可"


class SubjectLicence(models.Model):
    """A licence the object holds, with its scope and period."""

    subject = models.ForeignKey(SupervisedSubject, models.CASCADE, related_name="licences")
    kind = models.CharField(max_length=9, choices=LicenceKind.choices, default=LicenceKind.OPERATING)
    number = models.CharField(max_length=40)
    scope = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind", "number"], name="licence_once"),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="licence_period",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RemovalReason(models.TextChoices):
    """Why an object leaves the white list before its period ends (standards/inspection.md §6.3)."""

    PENALTY = "penalty", "受到行政处罚"
    ACCIDENT = "accident", "发生事故"
    COMPLAINT = "complaint", "投诉查证属实"
    FALSE_MATERIAL = "false_material", "提供虚假材料"
    OTHER = "other", "其他"


class WhiteListingQuerySet(models.QuerySet["WhiteListing"]):
    def active_on(self, day: date) -> WhiteListingQuerySet:
        """In force on ``day``: the last day counts, the day of a removal does not."""
        return self.filter(Q(removed_on__isnull=True) | Q(removed_on__gt=day), from_on__lte=day, to_on__gte=day)


class WhiteListing(models.Model):
    """One period of 无事不扰: left out of routine draws. Never deleted; a removal says why."""

    subject = models.ForeignKey(SupervisedSubject, models.PROTECT, related_name="white_listings")
    from_on = models.DateField()
    to_on = models.DateField()
    basis = models.CharField(max_length=200)
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    listed_at = models.DateTimeField()
    removed_on = models.DateField(null=True, blank=True)
    removal_reason = models.CharField(max_length=14, choices=RemovalReason.choices, blank=True)
    removal_note = models.CharField(max_length=300, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = WhiteListingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="white_list_period"),
            models.CheckConstraint(condition=~Q(basis=""), name="white_list_says_basis"),
            # An automatic removal has no person, but always a reason and what happened.
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removal_reason="", removed_by__isnull=True)
                | (Q(removed_on__isnull=False) & ~Q(removal_reason="") & ~Q(removal_note="")),
                name="white_list_removed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.from_on}–{self.to_on}"

    def is_active_on(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on and (self.removed_on is None or day < self.removed_on)


class ChangeKind(models.TextChoices):
    CREATED = "created", "登记"
    UPDATED = "updated", "修改"
    IMPORTED = "imported", "导入更新"
    MERGED = "merged", "合并"
    UNMERGED = "unmerged", "撤销合并"
    LISTED = "listed", "列入白名单"
    REMOVED = "removed", "移出白名单"


class SubjectChange(models.Model):
    """One change of one entry: which fields, from what to what. Numbers of persons are named but never shown."""

    subject = models.ForeignKey(SupervisedSubject, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    changes: models.JSONField[Any, Any] = models.JSONField(default=dict)  # label: [before, after]
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    load = models.ForeignKey(RegisterImport, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject", "-id"], name="change_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.kind}"


class SubjectMerge(models.Model):
    """Two entries that were one: which was kept, what it took over, which rows moved. Undoing puts all of it back."""

    kept = models.ForeignKey(SupervisedSubject, models.PROTECT, related_name="+")
    merged = models.ForeignKey(SupervisedSubject, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    moved: models.JSONField[Any, Any] = models.JSONField(default=dict)  # kind of row: ids that now belong to ``kept``
    taken: models.JSONField[Any, Any] = models.JSONField(default=dict)  # field of ``kept``: [before, after]
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True, undo_reason="")
                | (Q(undone_by__isnull=False, undone_at__isnull=False) & ~Q(undo_reason="")),
                name="merge_undone_whole",
            ),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merged_into_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


__all__ = [
    "OWN_NAMED",
    "ChangeKind",
    "Industry",
    "LicenceKind",
    "QualityLevel",
    "RemovalReason",
    "RiskClass",
    "RiskTag",
    "SubjectChange",
    "SubjectKind",
    "SubjectLicence",
    "SubjectMerge",
    "SubjectScale",
    "SubjectStatus",
    "SupervisedSubject",
    "WhiteListing",
]
