"""Pages of the ways off the road: not filed, withdrawn, terminated, transferred, not penalised; and of requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cases import permissions
from cases.actions import ending, no_penalty, requests, transfer
from cases.actions.ending import NewInformant
from cases.actions.transfer import NewTransfer
from cases.documents.render import report_record_html
from cases.forms import branches as forms
from cases.forms.opinions import ApprovalForm
from cases.models import Informant
from cases.queries.find import OpenedCase, open_case
from cases.views.frame import CaseAct, opened, perform
from cases.views.opinions import APPROVAL
from lishu_law.access.doors import requires
from lishu_law.documents.response import drawn_response
from lishu_law.errors import NotFound


def approve(
    request: HttpRequest, clue_no: str, part_id: int, code: str, run: Callable[..., Any]
) -> HttpResponse:  # fmt: skip
    """The page on which a request is agreed to or declined, with the file beside it."""
    found = opened(request, clue_no, part_id)
    act = CaseAct(
        code, ApprovalForm, run, "签署意见", "意见已签署。", template=APPROVAL, context={"request_text": _asked(found)}
    )
    return perform(request, found, act)


def _asked(found: OpenedCase) -> str:
    one = found.loaded.facts.focused_request
    return one.reason if one else ""


def _ask(request: HttpRequest, clue_no: str, act: CaseAct) -> HttpResponse:
    return perform(request, opened(request, clue_no), act)


@requires("case.record_informant")
def record_informant(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        return ending.record_informant(case_id=case_id, version=version, by=by, informant=NewInformant(**data))

    act = CaseAct(
        "record_informant", forms.InformantForm, run, "登记举报人",
        "举报人已登记，只有主办人和负责人能查看。请主办人打印举报记录，由举报人签名。",
        initial={"reported_at": found.case.received_at, "content": found.case.summary},
        done_url=_where_it_is_printed(request, found),
    )  # fmt: skip
    return perform(request, found, act)


def _where_it_is_printed(request: HttpRequest, found: OpenedCase) -> str:
    """Whoever may know who reported goes on to the page that prints the 举报记录."""
    may_read = permissions.may_read_informant(request.user, found.subject)
    return reverse("case-informant" if may_read else "case", args=[found.case.clue_no])


@requires("case.record_informant")
def answer_informant(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct("answer_informant", forms.AnswerForm, ending.answer_informant, "登记答复", "答复举报人的情况已登记。")
    return _ask(request, clue_no, act)


@requires("case.read_informant")
@require_GET
def informant(request: HttpRequest, clue_no: str) -> HttpResponse:
    """Who reported the clue: for the 主办人 and the heads only."""
    found, row = _informant(request, clue_no)
    return render(request, "cases/informant.html", {"case": found.case, "informant": row})


@requires("case.read_informant")
@require_GET
def print_report(request: HttpRequest, clue_no: str) -> HttpResponse:
    """The 举报记录 (S01) to be signed: drawn for this reader, kept nowhere."""
    found, row = _informant(request, clue_no)
    return drawn_response(report_record_html(found.case, row), title="举报记录", at=row.reported_at)


def _informant(request: HttpRequest, clue_no: str) -> tuple[OpenedCase, Informant]:
    found = open_case(request.user, clue_no)
    if not permissions.may_read_informant(request.user, found.subject):
        permissions.check(request.user, "case.read_informant", found.subject)
    row = Informant.objects.filter(case=found.case).select_related("recorded_by").first()
    if row is None:
        raise NotFound
    return found, row


@requires("case.propose_not_filing")
def propose_not_filing(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "propose_not_filing", forms.NotFilingForm, ending.propose_not_filing, "提请不予立案", "已提交中队长签署意见。"
    )
    return _ask(request, clue_no, act)


@requires("case.propose_ending")
def propose_ending(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct("propose_ending", forms.EndingForm, ending.propose_ending, "提交审批", "已提交中队长签署意见。")
    return _ask(request, clue_no, act)


@requires("case.propose_transfer")
def propose_transfer(request: HttpRequest, clue_no: str) -> HttpResponse:
    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        return transfer.propose_transfer(case_id=case_id, version=version, by=by, transfer=NewTransfer(**data))

    act = CaseAct("propose_transfer", forms.TransferForm, run, "提请移送", "已提交中队长签署意见。")
    return _ask(request, clue_no, act)


@requires("case.send_transfer")
def send_transfer(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "send_transfer",
        forms.SendTransferForm,
        transfer.send_transfer,
        "登记移送",
        "移送已登记，请送达案件移送告知书。",
    )
    return _ask(request, clue_no, act)


@requires("case.propose_no_penalty")
def propose_no_penalty(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "propose_no_penalty", forms.NoPenaltyForm, no_penalty.propose_no_penalty, "提出不予处罚意见",
        "不予处罚意见已提出。调查终结的，请提交调查报告。", initial=_suggested(found),
    )  # fmt: skip
    return perform(request, found, act)


def _suggested(found: OpenedCase) -> dict[str, Any]:
    """What the benchmark or the answers already say."""
    chosen, party = found.loaded.part("discretion"), found.loaded.facts.party
    if party and party.age_at_act is not None and party.age_at_act < 14:
        return {"ground": "under_14"}
    if chosen is None or chosen.action == "penalise":
        return {}
    codes = {"minor_act": "minor", "no_fault": "no_fault", "already_fined": "already_fined", "incapable": "incapable"}
    ground = next((ground for code, ground in codes.items() if chosen.answers.get(code)), "")
    return {"ground": ground, "reason": "".join(chosen.result["assessment"]["reasons"])}


def _approval(code: str, policy: str, run: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A page that agrees to or declines the request of an address."""

    @requires(policy)
    def view(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
        return approve(request, clue_no, part_id, code, run)

    return view


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "record_informant": record_informant,
    "answer_informant": answer_informant,
    "propose_not_filing": propose_not_filing,
    "propose_ending": propose_ending,
    "propose_transfer": propose_transfer,
    "send_transfer": send_transfer,
    "propose_no_penalty": propose_no_penalty,
    "endorse_request": _approval("endorse_request", "case.endorse_request", requests.endorse_request),
    "decide_not_filing": _approval("decide_not_filing", "case.decide_not_filing", ending.decide_not_filing),
    "decide_withdrawal": _approval("decide_withdrawal", "case.decide_ending", ending.decide_withdrawal),
    "decide_termination": _approval("decide_termination", "case.decide_ending", ending.decide_termination),
    "decide_transfer": _approval("decide_transfer", "case.decide_transfer", transfer.decide_transfer),
    "review_no_penalty": _approval("review_no_penalty", "case.review_no_penalty", no_penalty.review_no_penalty),
    "decide_no_penalty": _approval("decide_no_penalty", "case.decide_no_penalty", no_penalty.decide_no_penalty),
}

__all__ = ["ACTS", "approve", "informant", "print_report"]
