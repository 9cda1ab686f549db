"""公示有误、信用修复: how a party asks, with which papers; and the form for an objection over the public page.

No sign-in, no cookie, no session, so there is no CSRF token to check. Nothing of a person is in any address.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.actions.objection import OnlineObjection, object_online
from disclosure.portal.caching import cached
from disclosure.portal.papers import ShortCodeField
from disclosure.queries.objecting import record_of_party
from disclosure.queries.search import fold
from lishu_law import clock
from lishu_law.access.doors import public
from lishu_law.documents.codes import SIGNS
from lishu_law.errors import Refusal, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.web.acts import ActForm
from lishu_law.web.fields import NarrativeField, ShortTextField
from lishu_law.web.rate_limits import MISSES_A_MINUTE, count_against, limited, tries_today

TRIES_A_DAY = 5  # per number of a decision (security.md §15)
WRONG = Refusal(
    "objection.party",
    "没有核对上。请对照决定书检查文号、核验码，再对照证件检查后六位。已经停止公示的、没有核验码的决定书，请到窗口、来信或者打电话提出。",
)
TOO_OFTEN = Refusal(
    "objection.tries", f"这个文号今天已经试了 {TRIES_A_DAY} 次，请过 24 小时再试，或者到窗口、来信、打电话提出。"
)
# Figures of the page: where they are kept.
FIGURES = {
    "objection_days": "disclosure.objection_days", "repair_days": "credit.repair_days",
    "false_months": "credit.repair_false_months",
}  # fmt: skip


class LastSixField(ShortTextField):
    """The end of an identity number or credit code: spaces and capitals do not matter."""

    def parse(self, text: str) -> str:
        signs = "".join(super().parse(text).split()).upper()
        if len(signs) != SIGNS or not (signs.isascii() and signs.isalnum()):
            raise forms.ValidationError(f"请填证件号码或者统一社会信用代码的最后 {SIGNS} 位，字母也算。")
        return signs


class OnlineObjectionForm(ActForm):
    """What the page asks for: first who this is, then what is wrong."""

    fieldsets = (
        ("核对是不是当事人", ("number", "last_six", "code")),
        ("哪里有误", ("claim", "applicant", "contact")),
    )
    number = ShortTextField(label="决定书文号", most=60, help_text="照决定书上的写，如：吉梨交罚〔2026〕12号。")
    last_six = LastSixField(
        label="证件号码或者信用代码的后六位",
        most=20,
        help_text="个人填身份证号码后六位，单位和个体工商户填信用代码后六位。",
    )
    code = ShortCodeField(label="核验码", help_text="印在决定书左下角二维码旁边，8 位字母和数字。")
    claim = NarrativeField(
        label="公示的哪一处有误", most=2000, rows=5, help_text="写清公开的是什么、应当是什么、有什么材料可以证明。"
    )
    applicant = ShortTextField(label="您的姓名", most=50, help_text="加密保存，不公开。")
    contact = ShortTextField(label="联系电话或者地址", most=100, help_text="用来把答复给您。加密保存，不公开。")

    def said(self) -> OnlineObjection:
        data = self.cleaned_data
        return OnlineObjection(data["applicant"], data["contact"], data["claim"])


@public
@require_safe
def objections(request: HttpRequest) -> HttpResponseBase:
    """How, where, with which papers, how long it takes, and what it is not."""
    context = {"title": "公示有误和信用修复", **_figures(clock.today())}
    return cached(request, render(request, "portal/objections.html", context))


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def objection_online(request: HttpRequest) -> HttpResponse:
    """The form, or the ticket number; what is wrong stands above it and everything typed stays in it."""
    if request.method != "POST":
        number = request.GET.get("number", "").replace("\x00", "")[:60]
        return _form(request, OnlineObjectionForm(initial={"number": number}))
    form = OnlineObjectionForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    data = form.cleaned_data
    if tries_today("objection", fold(data["number"])) > TRIES_A_DAY:
        return _form(request, form, (TOO_OFTEN,))
    record = record_of_party(data["number"], data["last_six"], data["code"])
    if record is None:
        count_against("miss", request, MISSES_A_MINUTE)
        return _form(request, form, (WRONG,))
    try:
        made = object_online(record_id=record.pk, by=None, said=form.said())
    except Refused as refused:
        return _form(request, form, refused.refusals)
    return _quiet(render(request, "portal/objection_done.html", {"title": "异议已收到", "made": made}))


def _form(request: HttpRequest, form: Any, refusals: tuple[Refusal, ...] = ()) -> HttpResponse:
    has_errors = form.is_bound
    context = {
        "title": "网上提出公示异议", "form": form, "refusals": refusals, "has_errors": has_errors, **_figures(clock.today()),
    }  # fmt: skip
    return _quiet(render(request, "portal/objection_form.html", context, status=422 if has_errors else 200))


def _figures(today: date) -> dict[str, int]:
    return {name: int(DEFAULT_PARAMETERS.number(code, today)) for name, code in FIGURES.items()}


def _quiet(response: HttpResponse) -> HttpResponse:
    """Kept nowhere: no cache, no search engine, no line in the log of refused requests."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
