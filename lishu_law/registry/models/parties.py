"""Parties (citizen, organisation, 个体工商户) and vehicles: entered once, reused in every case."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from lishu_law.registry.encrypted import EncryptedTextField, blind_index


class PartyKind(models.TextChoices):
    CITIZEN = "citizen", "个人"
    ORGANISATION = "organisation", "单位"
    INDIVIDUAL_BUSINESS = "individual_business", "个体工商户"


class IdKind(models.TextChoices):
    ID_CARD = "111", "居民身份证"
    TEMPORARY_ID_CARD = "112", "临时居民身份证"
    PASSPORT = "414", "普通护照"
    OTHER = "999", "其他证件"


class Gender(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


LENGTH = 10  # of a reference
_BASE32 = bytes(b"abcdefghijklmnopqrstuvwxyz234567"[value % 32] for value in range(256))


def new_reference() -> str:
    """Ten random lower-case base32 characters: what addresses show instead of a primary key."""
    return new_references(1)[0]


def new_references(count: int) -> list[str]:
    """As many of them."""
    letters = secrets.token_bytes(LENGTH * count).translate(_BASE32).decode("ascii")
    return [letters[start : start + LENGTH] for start in range(0, len(letters), LENGTH)]


class Party(models.Model):
    """Whoever may become 当事人. For 个体工商户 ``name`` is the registered trade name, ``person_name`` the operator."""

    reference = models.CharField(max_length=10, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=20, choices=PartyKind.choices)
    name = models.CharField(max_length=100)
    name_key = models.CharField(max_length=200, blank=True, editable=False)  # pinyin, sorts Chinese names
    name_initials = models.CharField(max_length=100, blank=True, editable=False)  # 梨树示例 → lssl
    name_needs_check = models.BooleanField(default=False)  # holds a character without a standard code point
    uscc = models.CharField(max_length=18, blank=True)
    person_name = models.CharField(max_length=50, blank=True)  # legal representative or operator
    person_post = models.CharField(max_length=30, blank=True)
    gender = models.CharField(max_length=6, choices=Gender.choices, blank=True)
    id_kind = models.CharField(max_length=3, choices=IdKind.choices, blank=True)
    id_number = EncryptedTextField(blank=True)
    id_index = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    phone = EncryptedTextField(blank=True)
    address = EncryptedTextField(blank=True)
    created_at = models.DateTimeField()
    checked_on = models.DateField(null=True, blank=True)  # 上次核对

    class Meta:
        indexes = [models.Index(fields=["name_key", "id"], name="party_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="party_uscc_once"),
            # An operator of a shop may be a party in person too: only citizens are one per number.
            models.UniqueConstraint(
                fields=["id_index"], condition=Q(kind="citizen") & ~Q(id_index=""), name="party_id_once"
            ),
            models.CheckConstraint(condition=~Q(kind="organisation") | ~Q(uscc=""), name="party_organisation_has_uscc"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def index_of(id_number: str) -> str:
        """The value of ``id_index`` for an identity number: exact search without storing the number."""
        return blind_index(id_number)


class Vehicle(models.Model):
    """A vehicle by its plate. One without a plate (无牌) says why and is never merged with another."""

    plate = models.CharField(max_length=20, blank=True)
    plate_kind = models.CharField(max_length=20, blank=True)  # a name of identity.PlateKind in lower case
    plate_reason = models.CharField(max_length=100, blank=True)  # why 无牌 or 临牌
    type_name = models.CharField(max_length=40, blank=True)  # 车型, e.g. 重型半挂牵引车
    owner = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="vehicles")
    transport_certificate_no = models.CharField(max_length=40, blank=True)
    rated_tonnes = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plate"], condition=~Q(plate=""), name="vehicle_plate_once"),
            models.CheckConstraint(condition=~Q(plate="") | ~Q(plate_reason=""), name="vehicle_without_plate_says_why"),
        ]

    def __str__(self) -> str:
        return self.plate or "无牌"


def masked_id_number(value: str) -> str:
    """``220322********4015``: what screens show until somebody asks to see it (and is recorded for it)."""
    if len(value) < 10:
        return "*" * len(value)
    return value[:6] + "*" * (len(value) - 10) + value[-4:]


__all__ = ["Gender", "IdKind", "Party", "PartyKind", "Vehicle", "masked_id_number"]
