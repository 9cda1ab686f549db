"""Pages of the collective discussion, the extension of the ninety days and the lateness explained."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from cases.actions import discussion, extension
from cases.actions.discussion import NewDiscussion
from cases.forms import branches as forms
from cases.forms.opinions import ApprovalForm, OpinionForm
from cases.views.frame import CaseAct, opened, perform
from cases.views.opinions import APPROVAL
from lishu_law.access.doors import requires
from lishu_law.registry.models import User
from lishu_law.registry.roles import LEADER_ROLES


def heads() -> QuerySet[User]:
    """Everybody who may sit in a collective discussion."""
    return User.objects.filter(is_active=True, roles__overlap=list(LEADER_ROLES)).order_by("staff_number")


@requires("case.record_discussion")
def record_discussion(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        return discussion.record_discussion(case_id=case_id, version=version, by=by, discussion=NewDiscussion(**data))

    lead = next((one.user.full_name for one in found.loaded.current_officers if one.role == "lead"), "")
    act = CaseAct(
        "record_discussion", forms.DiscussionForm, run, "保存集体讨论记录", "集体讨论已记录。", template=APPROVAL,
        initial={"reporter": lead, "chair": request.user.pk}, form_arguments={"heads": heads()},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.refer_to_discussion")
def refer_to_discussion(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "refer_to_discussion", OpinionForm, discussion.refer_to_discussion, "提请集体讨论", "已提请集体讨论。",
        initial={"opinion": "本案情节复杂，提请负责人集体讨论。"}, template=APPROVAL,
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.ask_extension")
def ask_extension(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "ask_extension", forms.ExtensionForm, extension.ask_extension, "提交延长申请", "延长申请已提交中队长签署意见。",
        initial={"days": 30},
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.decide_extension")
def decide_extension(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "decide_extension",
        ApprovalForm,
        extension.decide_extension,
        "签署审批意见",
        "延长申请已审批。",
        template=APPROVAL,
    )
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.explain_lateness")
def explain_lateness(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "explain_lateness", forms.LatenessForm, extension.explain_lateness, "提交超期说明", "超期说明已提交确认。"
    )
    return perform(request, opened(request, clue_no), act)


@requires("case.confirm_lateness")
def confirm_lateness(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "confirm_lateness",
        ApprovalForm,
        extension.confirm_lateness,
        "签署确认意见",
        "超期说明已确认。",
        template=APPROVAL,
    )
    return perform(request, opened(request, clue_no, part_id), act)


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "record_discussion": record_discussion,
    "refer_to_discussion": refer_to_discussion,
    "ask_extension": ask_extension,
    "decide_extension": decide_extension,
    "explain_lateness": explain_lateness,
    "confirm_lateness": confirm_lateness,
}
