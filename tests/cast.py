"""The fixed cast: every access test reads as a story about the same people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lishu_law.registry.models import Certificate, Unit, UnitKind, User
from lishu_law.registry.roles import Role

PASSWORD = "Lishu-demo-2026"


@dataclass(frozen=True)
class Cast:
    """Who plays in the tests."""

    authority: Unit
    squad: Unit
    other_squad: Unit
    lead: User
    assistant: User
    third_officer: User
    outsider: User
    squad_leader: User
    reviewer: User
    deputy: User
    second_deputy: User
    head: User
    checker: User
    archivist: User
    keeper: User
    system_admin: User
    audit_admin: User

    def everybody(self) -> dict[str, User]:
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def person(username: str, name: str, unit: Unit, *roles: str, certificate: bool = False, **fields: object) -> User:
    """One staff account; officers get a certificate valid from 2021 to 2030."""
    user = User.objects.create_user(
        username, PASSWORD, staff_number=f"T{username}", full_name=name, unit=unit, roles=list(roles), **fields
    )
    if certificate:
        Certificate.objects.create(
            user=user,
            number=f"JL-{username}",
            issuer="吉林省人民政府",
            categories=["道路运输"],
            valid_from=date(2021, 1, 1),
            valid_until=date(2030, 12, 31),
        )
    return user


def make_cast() -> Cast:
    """Units and people, freshly created."""
    authority = Unit.objects.create(
        code="LS", name="梨树县交通运输局", kind=UnitKind.AUTHORITY, uscc="11220322MB0T00015M",
        address="梨树县梨树镇示例街1号", postcode="136500", contact_name="示例联系人", phone="0434-5222222",
    )  # fmt: skip
    legal = Unit.objects.create(code="FZ", name="法制科", kind=UnitKind.SECTION, parent=authority)
    squad = Unit.objects.create(code="Z1", name="执法一中队", kind=UnitKind.SQUAD, parent=authority)
    other = Unit.objects.create(code="Z2", name="执法二中队", kind=UnitKind.SQUAD, parent=authority)
    return Cast(
        authority=authority,
        squad=squad,
        other_squad=other,
        lead=person("lead", "示例甲", squad, Role.OFFICER, certificate=True),
        assistant=person("assistant", "示例乙", squad, Role.OFFICER, certificate=True),
        third_officer=person("third", "示例丙", squad, Role.OFFICER, certificate=True),
        outsider=person("outsider", "示例丁", other, Role.OFFICER, certificate=True),
        squad_leader=person("squadleader", "示例戊", squad, Role.SQUAD_LEADER),
        reviewer=person("reviewer", "示例己", legal, Role.LEGAL_REVIEWER, legal_qualification_no="A2022000001"),
        deputy=person("deputy", "示例庚", authority, Role.DEPUTY_HEAD),
        second_deputy=person("deputy2", "示例寅", authority, Role.DEPUTY_HEAD),
        head=person("head", "示例辛", authority, Role.HEAD),
        checker=person("checker", "示例壬", legal, Role.DISCLOSURE_CHECKER),
        archivist=person("archivist", "示例癸", authority, Role.ARCHIVIST),
        keeper=person("keeper", "示例午", authority, Role.PROPERTY_KEEPER),
        system_admin=person("sysadmin", "示例子", authority, Role.SYSTEM_ADMIN),
        audit_admin=person("auditor", "示例丑", authority, Role.AUDIT_ADMIN),
    )
