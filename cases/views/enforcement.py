"""Pages of the bureau's own enforcement."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cases.actions import enforcement, enforcement_changes
from cases.forms import enforcement as forms
from cases.forms.execution import DecideForm, DemandAgainForm
from cases.views.execution_cards import request_lines
from cases.views.frame import CaseAct, opened, perform
from lishu_law.access.doors import requires


def _decide(
    request: HttpRequest, address: tuple[str, int], code: str, action: Callable[..., object], done: str
) -> HttpResponse:
    found = opened(request, *address)
    asked = next((one for one in found.loaded.facts.execution.requests if one.id == address[1]), None)
    context = {"asked": asked, "lines": request_lines(asked) if asked else ()}
    act = CaseAct(
        code, DecideForm, action, "签署审批意见", done, template="cases/approve_request.html", context=context
    )
    return perform(request, found, act)


@requires("case.request_enforcement")
def request_enforcement(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "request_enforcement", forms.EnforcementForm, enforcement.request_enforcement, "提交审批", "已提交负责人审批。",
        initial={"spares_household": False},
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.decide_enforcement")
def decide_enforcement(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    done = "审批意见已签署。批准的，决定书已生成，请送达。"
    return _decide(request, (clue_no, part_id), "decide_enforcement", enforcement.decide_enforcement, done)


@requires("case.decide_enforcement")
def decide_proxy(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    done = "审批意见已签署。批准的，代履行决定书已生成，请送达。"
    return _decide(request, (clue_no, part_id), "decide_proxy", enforcement.decide_proxy, done)


@requires("case.perform_enforcement")
def announce_demolition(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "announce_demolition", forms.AnnouncementForm, enforcement.announce_demolition, "生成执行公告",
        "执行公告已生成，请张贴并登记送达。",
    )  # fmt: skip
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.perform_enforcement")
def demand_again(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "demand_again", DemandAgainForm, enforcement.demand_again, "生成催告书", "再次催告书已生成，请送达。",
        initial={"requirement": "在履行期限内自行履行，否则由本机关代履行或者委托第三人代履行"},
    )  # fmt: skip
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.perform_enforcement")
def perform_enforcement(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "perform_enforcement",
        forms.PerformanceForm,
        enforcement.perform_enforcement,
        "登记实施情况",
        "实施情况已登记。",
    )
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.request_change")
def request_change(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "request_change", forms.ChangeForm, enforcement_changes.request_change, "提交审批", "已提交负责人审批。"
    )
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.decide_change")
def decide_change(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    done = "审批意见已签署。批准的，通知书已生成，请送达。"
    return _decide(request, (clue_no, part_id), "decide_change", enforcement_changes.decide_change, done)


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "request_enforcement": request_enforcement,
    "decide_enforcement": decide_enforcement,
    "decide_proxy": decide_proxy,
    "announce_demolition": announce_demolition,
    "demand_again": demand_again,
    "perform_enforcement": perform_enforcement,
    "request_change": request_change,
    "decide_change": decide_change,
}
