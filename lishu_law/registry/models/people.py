"""Units, staff accounts and enforcement certificates (执法证)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lishu_law.registry.models.holidays import HolidayNotice, NoticeOutcome
from lishu_law.registry.roles import Role


class UnitKind(models.TextChoices):
    AUTHORITY = "authority", "执法机关"
    SECTION = "section", "内设机构"
    SQUAD = "squad", "执法中队"
    AUTHORISED = "authorised", "法律、法规授权的组织"
    ENTRUSTED = "entrusted", "受委托的组织"


# Whoever is no organ itself acts by a document: the law that authorises it, or the 委托书 (处罚法19–21).
MANDATED = (UnitKind.AUTHORISED, UnitKind.ENTRUSTED)


class Unit(models.Model):
    """An organ or a part of it. Decisions are issued in the name of the authority, never of a squad (处罚法17、20).

    An organisation that is authorised or entrusted keeps its document: ``mandate`` with when it was published and how
    long it holds. ``parent`` of an entrusted one is the organ in whose name it acts.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=12, choices=UnitKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    uscc = models.CharField(max_length=18, blank=True)
    area_code = models.CharField(max_length=6, default="220322")
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    contact_name = models.CharField(max_length=50, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    mandate = models.CharField(max_length=200, blank=True)  # 授权依据 or 委托书
    mandate_scope = models.CharField(max_length=300, blank=True)  # what is entrusted
    mandate_published_on = models.DateField(null=True, blank=True)
    mandate_from = models.DateField(null=True, blank=True)
    mandate_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["authorised", "entrusted"]) | (~Q(mandate="") & Q(mandate_from__isnull=False)),
                name="unit_mandated_by_document",
            ),
            models.CheckConstraint(
                condition=~Q(kind="entrusted") | Q(parent__isnull=False, mandate_to__isnull=False),
                name="unit_entrusted_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(mandate_to__isnull=True) | Q(mandate_to__gte=F("mandate_from")), name="unit_mandate_period"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def entrusted_by(self) -> str:
        """In whose name it acts, where it is entrusted."""
        return self.parent.name if self.kind == UnitKind.ENTRUSTED and self.parent else ""


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class SignedInManager(UserManager):
    """The manager Django loads the signed-in person with: with it every page learns the calendar's version for nothing."""

    def get_queryset(self) -> QuerySet[User]:
        published = HolidayNotice.objects.filter(outcome=NoticeOutcome.PUBLISHED).order_by().values("outcome")
        counted = Subquery(published.annotate(count=Count("pk")).values("count"))
        return super().get_queryset().annotate(calendar_version=Coalesce(counted, 0))


class User(AbstractBaseUser, PermissionsMixin):
    """A staff account. Identity is the person (``staff_number``), not the account (security.md §6.2)."""

    username = models.CharField(max_length=40, unique=True)
    staff_number = models.CharField(max_length=20, unique=True)
    full_name = models.CharField(max_length=50)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="staff")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    # 处罚法58: whoever first reviews penalty decisions must hold the legal qualification.
    legal_qualification_no = models.CharField(max_length=40, blank=True)
    reviewing_since = models.DateField(null=True, blank=True)
    big_type = models.BooleanField(default=False)
    unread_messages = models.PositiveIntegerField(default=0)  # counted where messages are written and read

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["staff_number", "full_name"]
    signed_in = SignedInManager()  # the first is the default one: what authentication asks
    objects = UserManager()

    def __str__(self) -> str:
        return self.full_name

    def has_role(self, *wanted: str) -> bool:
        return any(role in self.roles for role in wanted)

    @property
    def role_names(self) -> str:
        return "、".join(Role(role).label for role in self.roles)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid_on(self, day: date) -> CertificateQuerySet:
        return self.filter(valid_from__lte=day, valid_until__gte=day).filter(
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
        )


class Certificate(models.Model):
    """An enforcement certificate. "Officer" means a user whose certificate was valid at the moment asked about."""

    user = models.ForeignKey(User, models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=30)  # a certificate renewed under its number is a further row
    issuer = models.CharField(max_length=60)
    categories = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
    revoke_reason = models.CharField(max_length=200, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="certificate_period"),
            models.UniqueConstraint(fields=["number", "valid_from"], name="certificate_period_once"),
        ]

    def __str__(self) -> str:
        return self.number

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_until and (self.revoked_on is None or day < self.revoked_on)
