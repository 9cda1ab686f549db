"""Pages of the acts in ``cases/procedure/steps/remedies.py``, and the register of reviews and lawsuits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.actions import remedies, revocation
from cases.actions.remedies import NewOutcome, NewRemedy
from cases.actions.revocation import Correction
from cases.actions.rulings import NewRuling
from cases.forms import remedies as forms
from cases.models import Approval, Remedy, RulingSource
from cases.procedure.overlay import EFFECTS
from cases.queries.find import OpenedCase
from cases.queries.remedy_register import register
from cases.views import remedy_cards as cards
from cases.views.frame import CaseAct, opened, perform
from cases.views.investigation import stored
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.errors import NotFound
from lishu_law.law.parameters import DEFAULT_PARAMETERS

PROPOSED = "cases/decide_correction.html"
KNOWN = "cases/part_act.html"


@requires("remedy.list")
@require_GET
def register_page(request: HttpRequest) -> HttpResponse:
    """Every review and lawsuit, the open ones first to answer; newest first, paged by key."""
    only_open = request.GET.get("open", "1") == "1"
    after = request.GET.get("after", "")
    page = register(request.user, only_open=only_open, after=after)
    next_url = f"?open={int(only_open)}&after={page.next_key}" if page.next_key else ""
    context = {"page": page, "only_open": only_open, "next_url": next_url}
    return render(request, "cases/remedies.html", context)


@requires("case.record_remedy")
def record_remedy(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        return remedies.record_remedy(case_id=case_id, version=version, by=by, remedy=NewRemedy(**data))

    party = found.case.party
    act = CaseAct(
        "record_remedy", forms.RemedyForm, run, "登记", "已登记，答复期限开始计算。",
        initial={
            "kind": "review", "route": "direct", "procedure": "normal", "received_on": clock.today(),
            "organ": DEFAULT_PARAMETERS.value("review_organ.name", clock.today()),
            "applicant": party.name if party else "",
        },
        template=KNOWN, context={"lines": _challenged(found)},
    )  # fmt: skip
    return perform(request, found, act)


def _challenged(found: OpenedCase) -> list[tuple[str, str]]:
    """The decision that is challenged, and until when it may be: whether the request is in time shows at once."""
    facts = found.loaded.facts
    ends = {limit.code: f"到 {limit.due_lenient:%Y-%m-%d} 止" for limit in found.loaded.deadlines}
    served = f"{facts.decision_served_on:%Y-%m-%d}" if facts.decision_served_on else "还没有送达"
    lines = [
        ("处罚决定", facts.decision_number), ("送达日期", served), ("申请复议期限", ends.get("review-60d", "")),
        ("起诉期限", ends.get("sue-6m", "")),
    ]  # fmt: skip
    return [(label, text) for label, text in lines if text]


def _on_remedy(request: HttpRequest, clue_no: str, part_id: int, act: CaseAct) -> HttpResponse:
    """An act on one review or lawsuit, with what is known of it above the form."""
    found = opened(request, clue_no, part_id)
    one = found.loaded.facts.focused_remedy
    if one is not None:
        title, state, lines = cards.remedy(one)
        act.template, act.context = KNOWN, {"lines": [("复议或者诉讼", f"{title}，{state}"), *lines]}
    return perform(request, found, act)


@requires("case.handle_remedy")
def forward_request(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "forward_request", forms.ForwardForm, remedies.forward_request, "生成转送函", "转送函已生成，请连同申请材料转送。",
        initial={"forwarded_on": clock.today(), "opinion": "原处罚决定事实清楚，证据充分，适用法律正确，程序合法，应予维持。"},
    )  # fmt: skip
    return _on_remedy(request, clue_no, part_id, act)


@requires("case.handle_remedy")
def record_review_copy(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "record_review_copy", forms.CopyForm, remedies.record_review_copy, "登记", "已登记，答复期限开始计算。",
        initial={"copy_on": clock.today(), "procedure": "normal"},
    )  # fmt: skip
    return _on_remedy(request, clue_no, part_id, act)


@requires("case.handle_remedy")
def reply_review(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    act = CaseAct(
        "reply_review", forms.ReplyForm, remedies.reply_review, "生成答复书", "复议答复书已生成，请连同证据提交复议机关。",
        template="cases/reply_review.html", initial={"replied_on": clock.today()}, context={"lines": _asked(found, part_id)},
    )  # fmt: skip
    return perform(request, found, act)


def _asked(found: OpenedCase, part_id: int) -> list[tuple[str, str]]:
    """What the applicant asks for and why: the reply answers it point by point."""
    one = Remedy.objects.filter(case=found.case, pk=part_id).first()
    if one is None:
        raise NotFound
    received = f"{one.copy_on or one.received_on:%Y-%m-%d}"
    return [
        ("案号", one.reference or "未填"),
        ("申请人", one.applicant),
        ("收到副本", received),
        ("请求和理由", one.claim),
    ]


@requires("case.handle_remedy")
def reply_lawsuit(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    def run(*, by: Any, **data: Any) -> Any:
        data["file"] = stored(data.pop("file"), by)
        return remedies.reply_lawsuit(by=by, **data)

    act = CaseAct(
        "reply_lawsuit", forms.LawsuitReplyForm, run, "登记答辩和举证", "已登记，举证期限停止计算。",
        initial={"replied_on": clock.today()},
    )  # fmt: skip
    return _on_remedy(request, clue_no, part_id, act)


@requires("case.handle_remedy")
def record_stop_order(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "record_stop_order", forms.StopOrderForm, remedies.record_stop_order, "登记停止执行", "已登记，本案停止执行。",
        initial={"stopped_from": clock.today()},
    )  # fmt: skip
    return _on_remedy(request, clue_no, part_id, act)


@requires("case.handle_remedy")
def end_remedy(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    def run(*, case_id: int, version: int, by: Any, part_id: int, **data: Any) -> Any:
        frame = {"case_id": case_id, "version": version, "by": by, "part_id": part_id}
        return remedies.end_remedy(outcome=NewOutcome(**data), **frame)

    act = CaseAct("end_remedy", forms.OutcomeForm, run, "登记结果", "结果已登记。", initial={"ended_on": clock.today()})
    return _on_remedy(request, clue_no, part_id, act)


@requires("case.record_remedy")
def record_ruling(request: HttpRequest, clue_no: str) -> HttpResponse:
    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        ruling = NewRuling(source=RulingSource.SUPERVISION, **data)
        return revocation.record_ruling(case_id=case_id, version=version, by=by, ruling=ruling)

    act = CaseAct("record_ruling", forms.SupervisionForm, run, "登记监督决定", "监督决定已登记。")
    return perform(request, opened(request, clue_no), act)


@requires("case.propose_correction")
def propose_correction(request: HttpRequest, clue_no: str) -> HttpResponse:
    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        return revocation.propose_correction(case_id=case_id, version=version, by=by, correction=Correction(**data))

    act = CaseAct(
        "propose_correction", forms.CorrectionForm, run, "提请负责人审批", "已提请负责人审批。",
        initial={"basis": "《中华人民共和国行政处罚法》第七十五条"},
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.decide_correction")
def decide_correction(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    act = CaseAct(
        "decide_correction", forms.CorrectionDecisionForm, revocation.decide_correction, "签署审批意见",
        "审批意见已签署。同意的，撤销（变更）决定书已生成，请送达当事人。", template=PROPOSED,
        form_arguments={"user": request.user}, context={"proposed": _proposed(found, part_id)},
    )  # fmt: skip
    return perform(request, found, act)


def _proposed(found: OpenedCase, part_id: int) -> dict[str, Any]:
    approval = Approval.objects.filter(case=found.case, pk=part_id, kind=revocation.CORRECTION).first()
    if approval is None:
        raise NotFound
    asked = revocation.proposed_by(approval)
    back = dict(forms.BACK_TO).get(asked.back_to, "") if asked.back_to else ""
    return {"effect": EFFECTS[asked.effect], "back": back, "asked": asked, "who": approval.asked_by.full_name}


@requires("case.record_refund")
def record_refund(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    one = found.loaded.facts.focused_ruling
    act = CaseAct(
        "record_refund", forms.RefundForm, revocation.record_refund, "登记退款", "退款已登记。",
        initial={"paid_to": found.case.party.name if found.case.party else "", "done_on": clock.today()},
        template=KNOWN, context={"lines": cards.ruling(one)[2] if one else ()},
    )  # fmt: skip
    return perform(request, found, act)


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "record_remedy": record_remedy,
    "forward_request": forward_request,
    "record_review_copy": record_review_copy,
    "reply_review": reply_review,
    "reply_lawsuit": reply_lawsuit,
    "record_stop_order": record_stop_order,
    "end_remedy": end_remedy,
    "record_ruling": record_ruling,
    "propose_correction": propose_correction,
    "decide_correction": decide_correction,
    "record_refund": record_refund,
}
