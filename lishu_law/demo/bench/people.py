"""The staff of the measurements: accounts nobody can sign in with, no superuser among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lishu_law import clock
from lishu_law.registry.models import Certificate, Unit, UnitKind, User
from lishu_law.registry.roles import Role

MARK = "BENCH"  # begins the staff number of everybody here


@dataclass(frozen=True)
class Staff:
    """Three officers of one squad and those who sign after them. ``officer`` is the one whose pages are measured."""

    officer: User
    second: User
    third: User
    squad_leader: User
    reviewer: User
    deputy: User
    head: User


ROLES = {
    "officer": Role.OFFICER, "second": Role.OFFICER, "third": Role.OFFICER, "squad_leader": Role.SQUAD_LEADER,
    "reviewer": Role.LEGAL_REVIEWER, "deputy": Role.DEPUTY_HEAD, "head": Role.HEAD,
}  # fmt: skip


def is_foreign() -> bool:
    """Does the database hold staff that no measurement made? Then it is somebody's, and nothing is written to it."""
    return User.objects.exclude(staff_number__startswith=MARK).exists()


def staff() -> Staff:
    """The staff, made at the first call."""
    authority = Unit.objects.get_or_create(
        code=MARK, defaults={
            "name": "测试示例县交通运输局", "kind": UnitKind.AUTHORITY, "uscc": "11220322MB0T00015M",
            "address": "示例街1号", "contact_name": "示例联系人", "phone": "0434-5222222",
        },
    )[0]  # fmt: skip
    squad = Unit.objects.get_or_create(
        code=f"{MARK}-Z1", defaults={"name": "测试示例中队", "kind": UnitKind.SQUAD, "parent": authority}
    )[0]
    return Staff(**{name: _person(name, role, squad, authority) for name, role in ROLES.items()})


def _person(name: str, role: Role, squad: Unit, authority: Unit) -> User:
    number = f"{MARK}-{name}"
    known = User.objects.filter(staff_number=number).first()
    if known:
        return known
    is_field = role in {Role.OFFICER, Role.SQUAD_LEADER}
    made = User.objects.create_user(
        number.lower(), None, staff_number=number, full_name=f"示例{role.label[:2]}", roles=[role.value],
        unit=squad if is_field else authority, legal_qualification_no="A0" if role is Role.LEGAL_REVIEWER else "",
    )  # fmt: skip
    if is_field:
        year = clock.today().year
        Certificate.objects.create(
            user=made, number=number, issuer="吉林省人民政府", categories=["道路运输"],
            valid_from=date(year - 2, 1, 1), valid_until=date(year + 2, 12, 31),
        )  # fmt: skip
    return made
