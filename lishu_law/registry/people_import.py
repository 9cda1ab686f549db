"""Staff, units and certificates from a CSV file: how a bureau starts, and how it adds people before there are screens.

Columns: username, staff_number, full_name, unit, unit_kind, roles (codes joined by ;), certificate_no, issuer,
categories (joined by ;), valid_from, valid_until, legal_qualification_no. Every fault is reported by line and column;
nothing is written while there is one. Somebody already known by the staff number is updated, never doubled.
"""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from lishu_law.audit import journal
from lishu_law.registry.models import Certificate, Unit, UnitKind, User
from lishu_law.registry.roles import ADMIN_ROLES, Role

COLUMNS = (
    "username", "staff_number", "full_name", "unit", "unit_kind", "roles", "certificate_no", "issuer", "categories",
    "valid_from", "valid_until", "legal_qualification_no",
)  # fmt: skip
NEEDED = ("username", "staff_number", "full_name", "unit")


@dataclass
class Outcome:
    """What was done: faults (then nothing was), new accounts with their first passwords, and counts."""

    faults: list[str] = field(default_factory=list)
    passwords: dict[str, str] = field(default_factory=dict)
    updated: int = 0


def load_people(lines: Iterable[str], *, by: Any = None, dry_run: bool = False) -> Outcome:
    """Check all lines, then write them in one transaction with one journal entry."""
    rows = list(csv.DictReader(lines))
    outcome = Outcome(faults=_faults(rows))
    if outcome.faults or dry_run:
        return outcome
    with transaction.atomic(durable=True):
        for row in rows:
            _enter(row, outcome)
        details = {"new": sorted(outcome.passwords), "updated": outcome.updated}
        journal.record("people.load", by=by, on=("people", len(rows)), details=details)
    return outcome


def _faults(rows: list[dict[str, str]]) -> list[str]:
    if not rows:
        return ["文件里没有人员。第一行应是列名，从第二行起每行一人。"]
    missing = [name for name in COLUMNS if name not in rows[0]]
    if missing:
        return [f"缺少列：{'、'.join(missing)}。请照说明补上列名。"]
    found: list[str] = []
    seen: dict[str, set[str]] = {"username": set(), "staff_number": set()}
    for line, row in enumerate(rows, start=2):
        found += [f"第 {line} 行：请填写 {name}。" for name in NEEDED if not row[name].strip()]
        for name, values in seen.items():
            if row[name] in values:
                found.append(f"第 {line} 行：{name} “{row[name]}”和前面重复。")
            values.add(row[name])
        found += [f"第 {line} 行：{text}" for text in (*_role_faults(row), *_certificate_faults(row))]
    return found


def _role_faults(row: Mapping[str, str]) -> list[str]:
    roles = _split(row["roles"])
    unknown = [role for role in roles if role not in Role.values]
    if unknown:
        return [f"没有“{unknown[0]}”这个角色。可用：{'、'.join(Role.values)}。"]
    admin = set(roles) & ADMIN_ROLES
    if admin and len(roles) > 1:
        return ["系统、安全、审计管理员不能兼任其他角色，也不能一人担任两个（三员分立）。"]
    return []


def _certificate_faults(row: Mapping[str, str]) -> list[str]:
    if not row["certificate_no"].strip():
        return ["执法人员请填写执法证号。"] if Role.OFFICER in _split(row["roles"]) else []
    try:
        start, end = date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_until"])
    except ValueError:
        return ["执法证的起止日期要写成 2026-01-31 的样子。"]
    return ["执法证的截止日期早于开始日期，请核对。"] if end < start else []


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _enter(row: Mapping[str, str], outcome: Outcome) -> None:
    kind = row["unit_kind"] or UnitKind.SQUAD
    unit, _new = Unit.objects.get_or_create(name=row["unit"], defaults={"code": row["unit"][:20], "kind": kind})
    values: dict[str, Any] = {
        "username": row["username"], "full_name": row["full_name"], "unit": unit, "roles": _split(row["roles"]),
        "legal_qualification_no": row["legal_qualification_no"],
    }  # fmt: skip
    user = User.objects.filter(staff_number=row["staff_number"]).first()
    if user is None:
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(password=password, staff_number=row["staff_number"], **values)
        outcome.passwords[user.username] = password
    else:
        for name, value in values.items():
            setattr(user, name, value)
        user.save(update_fields=sorted(values))
        outcome.updated += 1
    if row["certificate_no"].strip():
        Certificate.objects.update_or_create(
            number=row["certificate_no"],
            valid_from=row["valid_from"],
            defaults={
                "user": user,
                "issuer": row["issuer"],
                "categories": _split(row["categories"]),
                "valid_until": row["valid_until"],
            },
        )
