"""Certificates in the register of officers: enter a new or renewed one, revoke one; both show what is still to be done."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from inspections.actions import certificates as actions
from inspections.forms.certificates import CertificateForm, RevokeForm
from inspections.queries.officer_register import OfficerRow, officer_row, running_filings
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.access.doors import requires
from lishu_law.access.policy import Subject
from lishu_law.errors import NotFound, Refusal
from lishu_law.web.acts import Act, act_page

NEW = "照证件填写。换证的也在这里登记，原来的一条留着：以前的检查和案件要按当时的证件核对。"
REVOKE = "从注销那一天起，这本证不再有效，本人不能再参加检查和办案；以前做的不受影响。"


@requires("certificate.edit")
@require_http_methods(["GET", "POST"])
def new_certificate(request: HttpRequest, staff_number: str) -> HttpResponse:
    """Enter a certificate; what the last one says stands in the form."""
    row = _row(request, staff_number)

    def run(data: dict[str, Any]) -> Any:
        values = {one.name: data[one.name] for one in fields(actions.CertificateDetails)}
        return actions.register_certificate(
            by=request.user, staff_number=staff_number, details=actions.CertificateDetails(**values)
        )

    last = row.certificates[0] if row.certificates else None
    initial = {"number": last.number, "issuer": last.issuer, "categories": "、".join(last.categories)} if last else {}
    return _page(request, row, "登记执法证", form_class=CertificateForm, run=run, initial=initial, lead=NEW)


@requires("certificate.edit")
@require_http_methods(["GET", "POST"])
def revoke_certificate(request: HttpRequest, staff_number: str, certificate_id: int) -> HttpResponse:
    """End a certificate before its day."""
    row = _row(request, staff_number)
    held = next((one for one in row.certificates if one.pk == certificate_id and one.revoked_on is None), None)
    if held is None:
        raise NotFound("没有找到可以注销的执法证，可能已经注销过了。")

    def run(data: dict[str, Any]) -> Any:
        return actions.revoke_certificate(
            by=request.user, staff_number=staff_number, certificate_id=certificate_id, revoked_on=data["revoked_on"],
            reason=data["reason"],
        )  # fmt: skip

    initial = {"revoked_on": clock.today()}
    title = f"注销执法证 {held.number}"
    return _page(request, row, title, form_class=RevokeForm, run=run, initial=initial, lead=REVOKE)


def _row(request: HttpRequest, staff_number: str) -> OfficerRow:
    row = officer_row(staff_number, clock.today())
    policy.check(request.user, actions.EDIT, Subject(unit_id=row.user.unit_id))
    return row


def _page(request: HttpRequest, row: OfficerRow, title: str, *, lead: str, **form: Any) -> HttpResponse:
    url = reverse("officer", args=[row.user.staff_number])
    act = Act(
        title=f"{title}：{row.user.full_name}", submit=title, done_url=url, done_message="已保存。", fixes=_fix, back_url=url,
        template="inspections/registers/certificate.html",
        context={"lead": lead, "running": running_filings(row.user, clock.now(), clock.today())}, **form,
    )  # fmt: skip
    return act_page(request, act)


def _fix(refusal: Refusal) -> str:
    return f"#id_{refusal.fix}" if refusal.fix else ""
