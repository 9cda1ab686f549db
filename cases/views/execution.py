"""Pages of the acts in ``cases/procedure/steps/execution.py``: duties, deferral, demand, court, agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.actions import agreement, court, deferral, demand, overdue, payment
from cases.forms import execution as forms
from cases.forms.serving import EmptyForm
from cases.procedure.balance import balance, first_due
from cases.procedure.court_window import court_window
from cases.procedure.states import Procedure
from cases.queries.find import OpenedCase, open_case
from cases.views import enforcement
from cases.views.execution_cards import amount_lines, request_lines
from cases.views.frame import CaseAct, opened, perform
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.law.amounts import format_yuan

# The page of a request: what was asked for above the decision.
REQUEST = "cases/approve_request.html"


def owed_context(found: OpenedCase) -> dict[str, Any]:
    """The amounts of the day, shown above the form."""
    facts, today = found.loaded.facts, clock.today()
    return {"amounts": amount_lines(balance(facts, today)), "window": court_window(facts, today)}


def decide_page(
    request: HttpRequest, found: OpenedCase, code: str, action: Callable[..., Any], done: str
) -> HttpResponse:
    """The page on which a leader grants or refuses a request."""
    asked = next((one for one in found.loaded.facts.execution.requests if one.id == found.loaded.facts.focus), None)
    context = {**owed_context(found), "asked": asked, "lines": request_lines(asked) if asked else ()}
    act = CaseAct(code, forms.DecideForm, action, "签署审批意见", done, template=REQUEST, context=context)
    return perform(request, found, act)


@requires("case.verify_duties")
def verify_duties(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    texts = tuple(one.text for one in found.loaded.facts.execution.open_duties)
    act = CaseAct(
        "verify_duties", forms.DutiesForm, payment.verify_duties, "登记核实情况", "其他义务的履行情况已登记。",
        initial={"verified_on": clock.today().isoformat()}, form_arguments={"open_duties": texts},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.enter_overdue")
def enter_overdue(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "enter_overdue", EmptyForm, overdue.enter_overdue, "转入逾期", "已转入逾期，请催告当事人。",
        template="cases/owed.html", context=owed_context(found),
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.request_deferral")
def request_deferral(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "request_deferral", forms.DeferralForm, deferral.request_deferral, "提交审批", "已提交负责人审批。",
        template="cases/owed.html", context=owed_context(found), initial={"applied_on": clock.today().isoformat()},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.decide_deferral")
def decide_deferral(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    return decide_page(
        request, found, "decide_deferral", deferral.decide_deferral, "审批意见已签署，通知书已生成，请送达。"
    )


@requires("case.issue_demand")
def issue_demand(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "issue_demand", forms.DemandForm, demand.issue_demand, "生成催告书", "催告书已定稿，请送达。",
        template="cases/owed.html", context=owed_context(found),
        initial={
            "manner": "到代收银行或者通过电子支付系统缴款", "requirement": "在履行期限内全部履行",
            "measures": ["court"],
        },
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.hear_demand")
def hear_demand(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "hear_demand", forms.StatementForm, demand.hear_demand, "保存记录", "催告后的陈述、申辩情况已记录。",
        initial={"stated_on": clock.today().isoformat()},
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


def _court_words(found: OpenedCase) -> dict[str, str]:
    owed = balance(found.loaded.facts, clock.today())
    parts = [f"罚款 {format_yuan(owed.fine_open)} 元"] if owed.fine_open else []
    parts += [f"加处罚款 {format_yuan(owed.additional_open)} 元"] if owed.additional_open else []
    said = found.loaded.facts.execution.demand
    opinion = "催告后，被申请人没有提出陈述、申辩。" if said and said.statement == "none" else ""
    return {
        "target": "和".join(parts), "party_opinion": opinion,
        "reason": "当事人在法定期限内不申请行政复议、不提起行政诉讼，经催告仍不履行。",
    }  # fmt: skip


@requires("case.request_court")
def request_court(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    is_summary = found.loaded.facts.procedure == Procedure.SUMMARY
    act = CaseAct(
        "request_court", forms.CourtForm, court.request_court, "提交负责人签署", "申请已提交负责人签署。",
        template="cases/owed.html", context=owed_context(found), initial=_court_words(found),
        form_arguments={"enclosures": court.ENCLOSURES, "is_summary": is_summary},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.decide_court")
def decide_court(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    return decide_page(request, found, "decide_court", court.decide_court, "申请书已签署定稿，请向法院递交。")


@requires("case.file_court")
def file_court(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    act = CaseAct(
        "file_court", forms.FiledForm, court.file_court, "登记递交", "已登记。法院应当在五日内受理。",
        template="cases/owed.html", context=owed_context(found), initial={"filed_on": clock.today().isoformat()},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.record_court_answer")
def record_court_answer(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    place = next((one.last for one in found.loaded.facts.execution.courts if one.id == part_id), "")
    act = CaseAct(
        "record_court_answer", forms.CourtAnswerForm, court.record_court_answer, "登记", "法院答复已登记。",
        initial={"on": clock.today().isoformat()}, form_arguments={"place": place},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.request_agreement")
def request_agreement(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "request_agreement", forms.AgreementForm, agreement.request_agreement, "提交审批", "已提交负责人审批。",
        template="cases/owed.html", context=owed_context(found),
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.decide_agreement")
def decide_agreement(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    found = opened(request, clue_no, part_id)
    return decide_page(request, found, "decide_agreement", agreement.decide_agreement, "协议书已生成，请双方签章。")


@requires("case.record_agreement")
def record_agreement(request: HttpRequest, clue_no: str, part_id: int) -> HttpResponse:
    act = CaseAct(
        "record_agreement", forms.AgreementOutcomeForm, agreement.record_agreement, "登记", "协议履行情况已登记。",
        initial={"on": clock.today().isoformat()},
    )  # fmt: skip
    return perform(request, opened(request, clue_no, part_id), act)


@requires("case.read")
@require_GET
def amount_page(request: HttpRequest, clue_no: str) -> HttpResponse:
    """怎么算的: today's amounts with every step, and the window for the court."""
    found = open_case(request.user, clue_no)
    facts, today = found.loaded.facts, clock.today()
    owed = balance(facts, today)
    lines: Iterable[tuple[str, str]] = amount_lines(owed)
    context = {
        "case": found.case, "amounts": lines, "owed": owed, "due": first_due(facts), "today": today,
        "window": court_window(facts, today), "announced": facts.execution.announced,
        "deferrals": facts.execution.deferrals,
    }  # fmt: skip
    return render(request, "cases/amount.html", context)


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "verify_duties": verify_duties,
    "enter_overdue": enter_overdue,
    "request_deferral": request_deferral,
    "decide_deferral": decide_deferral,
    "issue_demand": issue_demand,
    "hear_demand": hear_demand,
    "request_court": request_court,
    "decide_court": decide_court,
    "file_court": file_court,
    "record_court_answer": record_court_answer,
    "request_agreement": request_agreement,
    "decide_agreement": decide_agreement,
    "record_agreement": record_agreement,
    **enforcement.ACTS,
}
