"""The cast of the demonstration: every role of the bureau once, the officers in two squads (shared decision 15).

All names are invented and say so; all accounts share one password, hashed once, because Argon2 is slow on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from lishu_law.registry.models import Certificate, Unit, UnitKind, User
from lishu_law.registry.roles import Role

PASSWORD = "Lishu-demo-2026"

UNITS = (
    ("FZ", "法制科", UnitKind.SECTION),
    ("BG", "办公室", UnitKind.SECTION),
    ("XX", "信息科", UnitKind.SECTION),
    ("SF", "县司法局监督科", UnitKind.SECTION),
    ("Z1", "执法一中队", UnitKind.SQUAD),
    ("Z2", "执法二中队", UnitKind.SQUAD),
)


@dataclass(frozen=True)
class Person:
    """One account. ``certificate`` is ``""``, ``valid`` or ``expired``."""

    username: str
    name: str
    unit: str
    role: Role
    certificate: str = ""
    qualification: str = ""


PEOPLE = (
    Person("officer1", "林示例", "Z1", Role.OFFICER, "valid"),
    Person("officer2", "高演示", "Z1", Role.OFFICER, "valid"),
    Person("officer3", "罗示例", "Z1", Role.OFFICER, "valid"),
    Person("officer4", "梁演示", "Z2", Role.OFFICER, "valid"),
    Person("officer5", "宋示例", "Z2", Role.OFFICER, "valid"),
    Person("officer6", "唐演示", "Z2", Role.OFFICER, "expired"),
    Person("leader1", "郭示例", "Z1", Role.SQUAD_LEADER, "valid"),
    Person("leader2", "马演示", "Z2", Role.SQUAD_LEADER, "valid"),
    Person("legal1", "胡示例", "FZ", Role.LEGAL_REVIEWER, "", "A20220000000001"),
    Person("deputy1", "谢演示", "LS", Role.DEPUTY_HEAD),
    Person("head1", "董示例", "LS", Role.HEAD),
    Person("checker1", "潘演示", "FZ", Role.DISCLOSURE_CHECKER),
    Person("dossier1", "袁示例", "FZ", Role.DOSSIER_REVIEWER),
    Person("supervisor1", "于演示", "SF", Role.SUPERVISOR),
    Person("archive1", "余示例", "BG", Role.ARCHIVIST),
    Person("property1", "叶演示", "BG", Role.PROPERTY_KEEPER),
    Person("sysadmin1", "程示例", "XX", Role.SYSTEM_ADMIN),
    Person("secadmin1", "田演示", "XX", Role.SECURITY_ADMIN),
    Person("auditor1", "丁示例", "XX", Role.AUDIT_ADMIN),
    Person("deputy2", "方演示", "LS", Role.DEPUTY_HEAD),
    Person("dossier2", "石演示", "FZ", Role.DOSSIER_REVIEWER),
    Person("legal2", "任示例", "FZ", Role.LEGAL_REVIEWER, "", "A20220000000002"),
)


class Cast(dict[str, User]):
    """The accounts by username."""

    def pair(self, squad: str, turn: int) -> tuple[User, User]:
        """主办 and 协办 of the ``turn``-th case of a squad: everybody leads in turn."""
        names = {"Z1": ("officer1", "officer2", "officer3"), "Z2": ("officer4", "officer5")}[squad]
        return self[names[turn % len(names)]], self[names[(turn + 1) % len(names)]]

    def leader(self, squad: str) -> User:
        return self["leader1" if squad == "Z1" else "leader2"]


def make_cast(authority: Unit, today: date) -> Cast:
    """Units, accounts and certificates."""
    units = {authority.code: authority}
    for code, name, kind in UNITS:
        units[code] = Unit.objects.get_or_create(
            code=code, defaults={"name": name, "kind": kind, "parent": None if code == "SF" else authority}
        )[0]
    hashed = make_password(PASSWORD)
    cast = Cast()
    for serial, person in enumerate(PEOPLE, 1):
        cast[person.username] = User.objects.create(
            username=person.username, password=hashed, staff_number=f"YS{serial:03d}", full_name=person.name,
            unit=authority if person.unit == "LS" else units[person.unit], roles=[person.role.value],
            legal_qualification_no=person.qualification,
        )  # fmt: skip
    Certificate.objects.bulk_create(_certificates(cast, today))
    return cast


def _certificates(cast: Cast, today: date) -> list[Certificate]:
    made = []
    for person in PEOPLE:
        if not person.certificate:
            continue
        ended = today - timedelta(days=20) if person.certificate == "expired" else date(today.year + 4, 12, 31)
        made.append(
            Certificate(
                user=cast[person.username],
                number=f"220322{cast[person.username].staff_number}",
                issuer="吉林省人民政府",
                categories=["道路运输", "公路路政"],
                valid_from=date(today.year - 2, 1, 1),
                valid_until=ended,
            )
        )
    return made


def accounts_table() -> str:
    """The demo accounts that exist, as a table a person reads: account, name, roles, unit; the password above it."""
    names = [person.username for person in PEOPLE]
    found = User.objects.filter(username__in=names).select_related("unit").order_by("pk")
    rows = [(user.username, user.full_name, user.role_names, str(user.unit or ""), _remark(user)) for user in found]
    if not rows:
        return ""
    table = [("账号", "姓名", "角色", "单位", ""), *rows]
    widths = [max(_width(row[place]) for row in table) for place in range(5)]
    lines = ("  " + "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in table)
    return f"  演示账号，密码都是 {PASSWORD}\n" + "\n".join(line.rstrip() for line in lines)


def _remark(user: User) -> str:
    return "证件已过期" if any(p.username == user.username and p.certificate == "expired" for p in PEOPLE) else ""


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
