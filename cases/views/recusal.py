"""Pages of the acts in ``cases/procedure/steps/recusal.py``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases.actions import officers, recusal
from cases.actions.recusal import NewRequest
from cases.forms import recusal as forms
from cases.models import Recusal
from cases.queries.find import OpenedCase
from cases.queries.people import taking_part
from cases.views.frame import CaseAct, opened, perform
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.registry.models import User


def _now() -> str:
    return clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")


@requires("case.declare_conflict")
def declare_conflict(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "declare_conflict", forms.ConflictForm, recusal.declare_conflict, "声明回避并退出本案",
        "已记录您的声明，您不再办理本案。", done_url=reverse("case-list"),
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.request_recusal")
def request_recusal(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        return recusal.request_recusal(case_id=case_id, version=version, by=by, request=NewRequest(**data))

    act = CaseAct(
        "request_recusal", forms.RecusalRequestForm, run, "登记回避申请", "回避申请已登记，请等负责人决定。调查不停止。",
        initial={"applicant": found.case.party.name if found.case.party else "", "asked_at": _now()},
        form_arguments={"people": taking_part(found)},
    )  # fmt: skip
    return perform(request, found, act)


def _recusal(found: OpenedCase) -> Recusal | None:
    return Recusal.objects.filter(case=found.case, pk=found.loaded.facts.focus or 0).select_related("person").first()


def _asked(row: Recusal | None) -> list[tuple[str, str]]:
    if row is None:
        return []
    return [
        ("申请人", row.applicant),
        ("被申请回避人", f"{row.person_name}（{row.get_role_display()}）"),
        ("申请时间", f"{clock.local(row.asked_at):%Y-%m-%d %H:%M}{'（口头）' if row.is_oral else ''}"),
        ("理由", row.reason),
    ]


@requires("case.decide_recusal")
def decide_recusal(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    row = _recusal(found)
    act = CaseAct(
        "decide_recusal", forms.RecusalDecisionForm, recusal.decide_recusal, "签署回避决定", "回避决定已签署。",
        template="cases/part_act.html", context={"lines": _asked(row)},
        form_arguments={"is_chief": row is not None and recusal.is_chief(row)},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.decide_recusal")
def settle_recusal(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    row = _recusal(found)
    items = recusal.touched_evidence(found.loaded.evidence, row) if row else []
    act = CaseAct(
        "settle_recusal", forms.RecusalEffectForm, recusal.settle_recusal, "签署认定意见", "回避前行为的效力已认定。",
        template="cases/part_act.html", context={"lines": _asked(row)}, form_arguments={"items": items},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.replace_officer")
def replace_officer(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    current = [officer.user_id for officer in found.loaded.current_officers]
    act = CaseAct(
        "replace_officer", forms.ReplaceOfficerForm, officers.replace_officer, "更换承办人",
        "承办人已更换。请接替的人先声明与本案没有利害关系。",
        form_arguments={"officers": User.objects.filter(pk__in=current)},
    )  # fmt: skip
    return perform(request, found, act)


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "declare_conflict": declare_conflict,
    "request_recusal": request_recusal,
    "decide_recusal": decide_recusal,
    "settle_recusal": settle_recusal,
    "replace_officer": replace_officer,
}
