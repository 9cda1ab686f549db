"""Pages of serving: the acts in ``cases/procedure/steps/serving.py``, and the page notice and decision share with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.actions import public_serving, serving, serving_sent
from cases.actions.serving_input import NewAddress, NewFailure, NewPublication, NewReceipt, NewSending, NewServing
from cases.forms import serving as forms
from cases.forms.opinions import ApprovalForm
from cases.models import Approval
from cases.procedure.steps.serving import ON_THE_ROAD
from cases.queries.find import OpenedCase
from cases.queries.public_serving import days_in_force
from cases.views.frame import CaseAct, opened, perform
from cases.views.investigation import other_officers, stored
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.law.amounts import format_yuan

KNOWN = "cases/part_act.html"


def _packed(action: Any, name: str, kind: type, *, file: str = "proof") -> Callable[..., Any]:
    """The action with what was typed put into its dataclass, the uploaded file into the store."""

    def run(*, case_id: int, version: int, by: Any, part_id: int | None = None, **data: Any) -> Any:
        data[file] = stored(data.pop(file, None), by)
        focus = {"part_id": part_id} if part_id is not None else {}
        return action(case_id=case_id, version=version, by=by, **{name: kind(**data)}, **focus)

    return run


def _receiver(found: OpenedCase) -> dict[str, Any]:
    """Who usually takes a document for this party, and where."""
    party, confirmed = found.case.party, found.loaded.facts.address
    if party is None:
        return {}
    is_organisation = party.kind == "organisation"
    usual = party.person_name if is_organisation else party.name
    return {
        "recipient": party.name,
        "receiver_name": usual,
        "relation": "representative" if is_organisation else "self",
        "place": confirmed.address if confirmed else party.address,
    }


def _about(found: OpenedCase, code: str = "") -> dict[str, Any]:
    """Which paper it is: the one in focus, else the newest that the step serves."""
    papers = [one for one in found.loaded.facts.documents if ON_THE_ROAD.get(one.code) == code]
    one = found.loaded.facts.focused_document or (papers[-1] if papers else None)
    if one is None:
        return {}
    amount = ((("金额", f"{format_yuan(one.amount)} 元"),) if one.amount else ())  # fmt: skip
    return {"lines": (("文书", one.full_title), ("作出日期", f"{one.sealed_on:%Y-%m-%d}"), *amount)}


def serve(request: HttpRequest, found: OpenedCase, code: str, action: Any, done: str) -> HttpResponse:
    """The page that records a serving in one act: of the notice, the decision, or any other document in focus."""
    one = found.loaded.facts.focused_document
    is_decision = code == "serve_decision" or bool(one and one.code == "penalty_decision")
    act = CaseAct(
        code, forms.ServingForm, _packed(action, "serving", NewServing), "登记送达", done,
        initial={"method": "direct", **_receiver(found)},
        form_arguments={"assistants": other_officers(found, request), "is_decision": is_decision},
        template=KNOWN, context=_about(found, code),
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.serve_document")
def serve_document(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    return serve(request, found, "serve_document", serving.serve_document, "文书已送达，送达回证已生成。")


@requires("case.serve_document")
def record_failed_serving(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    known = _receiver(found)
    act = CaseAct(
        "record_failed_serving", forms.FailureForm,
        _packed(serving.record_failed_serving, "attempt", NewFailure), "登记未能送达", "已登记。可以改用其他方式送达。",
        initial={"method": "direct", "recipient": known.get("recipient", ""), "place": known.get("place", "")},
        form_arguments={"assistants": other_officers(found, request)}, template=KNOWN, context=_about(found),
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.serve_document")
def send_document(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    one, known = found.loaded.facts.focused_document, _receiver(found)
    act = CaseAct(
        "send_document", forms.SendingForm, _packed(serving_sent.send_document, "sending", NewSending),
        "登记寄出、委托", "已登记，等回执。收到回执后请登记结果，送达日期以回执为准。",
        initial={"method": "mail", "recipient": known.get("recipient", ""), "place": known.get("place", "")},
        form_arguments={
            "assistants": other_officers(found, request),
            "is_decision": bool(one and one.code == "penalty_decision"),
        },
        template=KNOWN, context=_about(found),
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.serve_document")
def complete_serving(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "complete_serving", forms.ReceiptForm,
        _packed(serving_sent.complete_serving, "result", NewReceipt, file="receipt"), "登记回执", "送达结果已登记。",
    )  # fmt: skip
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.serve_document")
def request_public_serving(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    document = next((one for one in found.loaded.documents if one.pk == part_id), None)
    about = f"因“{found.case.violation}”，本机关制作了《{document.title}》，请自行领取。" if document else ""
    act = CaseAct(
        "request_public_serving", forms.PublicRequestForm, public_serving.request_public_serving, "提交申请",
        "公告送达申请已提交，等负责人审批。",
        initial={"reason": _tried(found, part_id), "summary": about}, template=KNOWN, context=_about(found),
    )  # fmt: skip
    return perform(request, found, act)


def _tried(found: OpenedCase, document_id: int) -> str:
    """What was tried, in the words of the record: the reason need not be typed again."""
    failed = (one for one in found.loaded.servings if one.document_id == document_id and one.failure)
    return "；".join(
        f"{clock.local(one.served_at):%Y年%m月%d日}{one.get_method_display()}，{one.get_failure_display()}"
        for one in failed
    )[:450]


@requires("case.decide_public_serving")
def decide_public_serving(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    act = CaseAct(
        "decide_public_serving", ApprovalForm, public_serving.decide_public_serving, "签署审批意见", "公告送达审批已签署。",
        template="cases/approve.html", context={"lines": _asked(found, part_id)},
    )  # fmt: skip
    return perform(request, found, act)


def _asked(found: OpenedCase, approval_id: int) -> tuple[tuple[str, str], ...]:
    """What the leader is asked to let be published, and why."""
    asked = Approval.objects.filter(case=found.case, pk=approval_id, kind=public_serving.KIND).first()
    if asked is None:
        return ()
    about = next((one for one in found.loaded.facts.documents if one.id == asked.data["document"]), None)
    return (
        ("要公告送达的文书", about.full_title if about else ""),
        ("申请公告送达的原因", asked.reason),
        ("公告内容", asked.data["summary"]),
    )


@requires("case.serve_document")
def publish_serving(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    act = CaseAct(
        "publish_serving", forms.PublicationForm,
        _packed(public_serving.publish_serving, "publication", NewPublication, file="photo"), "登记公告",
        f"公告已登记，满 {days_in_force(clock.today())} 日视为送达，届时系统自动办理。",
        form_arguments={"assistants": other_officers(found, request)}, template=KNOWN, context=_about(found),
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.serve_document")
def complete_public_serving(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "complete_public_serving", forms.EmptyForm, public_serving.complete_public_serving, "确认公告期满",
        "公告期已满，文书视为送达。",
    )  # fmt: skip
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.confirm_address")
def confirm_address(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    party, known = found.case.party, _receiver(found)
    act = CaseAct(
        "confirm_address", forms.AddressForm,
        _packed(serving_sent.confirm_address, "confirmation", NewAddress, file="file"), "登记确认书",
        "送达地址确认书已登记。",
        initial={
            "receiver_name": known.get("receiver_name", ""), "relation": known.get("relation", "self"),
            "mobile": party.phone if party else "", "address": party.address if party else "",
            "signed_on": f"{clock.today():%Y-%m-%d}",
        },
    )  # fmt: skip
    return perform(request, found, act)


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "serve_document": serve_document,
    "record_failed_serving": record_failed_serving,
    "send_document": send_document,
    "complete_serving": complete_serving,
    "request_public_serving": request_public_serving,
    "decide_public_serving": decide_public_serving,
    "publish_serving": publish_serving,
    "complete_public_serving": complete_public_serving,
    "confirm_address": confirm_address,
}
