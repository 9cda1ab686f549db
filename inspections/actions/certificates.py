"""Certificates of officers: entered when issued or renewed, revoked with a reason; no row is ever overwritten.

Who was an officer on a day is asked of these rows for years (处罚法42), so a renewal is a further row, also under the same
number. Leaders enter them, nobody his own: a certificate is what lets somebody act.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from inspections.actions.frame import refuse_if
from lishu_law.access import policy
from lishu_law.access.policy import Subject
from lishu_law.audit import journal
from lishu_law.errors import NotFound, Refusal
from lishu_law.registry.models import Certificate, User

EDIT = "certificate.edit"


@dataclass(frozen=True, kw_only=True)
class CertificateDetails:
    """What stands on a certificate."""

    number: str
    issuer: str
    valid_from: date
    valid_until: date
    categories: tuple[str, ...] = ()


def may_certify(by: Any, user: User) -> bool:
    """May this person enter and revoke the certificates of ``user``?"""
    return by.pk != user.pk and policy.can(by, EDIT, Subject(unit_id=user.unit_id)).allowed


@transaction.atomic(durable=True)
def register_certificate(*, by: Any, staff_number: str, details: CertificateDetails) -> Certificate:
    """Enter a certificate, new or renewed. Raises ``Refused`` with everything that is wrong."""
    user = _locked(staff_number, by)
    details = replace(details, number=details.number.strip())
    refuse_if([*_own(by, user), *_faults(details, user)])
    made = Certificate.objects.create(
        user=user, number=details.number, issuer=details.issuer, categories=list(details.categories),
        valid_from=details.valid_from, valid_until=details.valid_until,
    )  # fmt: skip
    said = {"certificate": made.pk, "from": str(made.valid_from), "until": str(made.valid_until)}
    journal.record("certificate.register", by=by, on=("user", staff_number), details=said)
    return made


@transaction.atomic(durable=True)
def revoke_certificate(
    *, by: Any, staff_number: str, certificate_id: int, revoked_on: date, reason: str
) -> Certificate:
    """From ``revoked_on`` on the certificate is not valid; what was done before stays lawful."""
    user = _locked(staff_number, by)
    held = Certificate.objects.select_for_update().filter(pk=certificate_id, user=user, revoked_on__isnull=True).first()
    if held is None:
        raise NotFound("没有找到可以注销的执法证，可能已经注销过了。")
    refusals = _own(by, user)
    if not held.valid_from <= revoked_on <= held.valid_until:
        text = f"注销日期要在有效期 {held.valid_from} 至 {held.valid_until} 里面。请核对。"
        refusals.append(Refusal("certificate-revoked-on", text, "", "revoked_on"))
    if not reason.strip():
        refusals.append(Refusal("certificate-reason", "请写明注销的原因，例如“调离执法岗位”。", "", "reason"))
    refuse_if(refusals)
    held.revoked_on, held.revoke_reason = revoked_on, reason.strip()
    held.save(update_fields=["revoked_on", "revoke_reason"])
    said = {"certificate": held.pk, "on": str(revoked_on)}
    journal.record("certificate.revoke", by=by, on=("user", staff_number), reason=reason.strip(), details=said)
    return held


def _faults(details: CertificateDetails, user: User) -> list[Refusal]:
    found = []
    if details.valid_until < details.valid_from:
        found.append(Refusal("certificate-period", "有效期止早于有效期起，请对照证件核对。", "", "valid_until"))
    same = list(Certificate.objects.filter(number__iexact=details.number))
    if any(one.user_id != user.pk for one in same):
        found.append(Refusal("certificate-number", "这个证号已经登记在另一名人员名下。请对照证件核对。", "", "number"))
    elif any(one.valid_from >= details.valid_from for one in same):
        text = f"这个证号已有 {max(one.valid_from for one in same)} 起有效的一条。换证的，有效期要从更晚的一天开始。"
        found.append(Refusal("certificate-twice", text, "", "valid_from"))
    return found


def _own(by: Any, user: User) -> list[Refusal]:
    if by.pk != user.pk:
        return []
    return [Refusal("certificate-own", "不能登记或者注销自己的执法证，请由另一名负责人办理。")]


def _locked(staff_number: str, by: Any) -> User:
    user = User.objects.select_for_update(of=("self",), no_key=True).filter(staff_number=staff_number).first()
    if user is None:
        raise NotFound
    policy.check(by, EDIT, Subject(unit_id=user.unit_id))
    return user
