"""Pages of serving, defence, payment and closing: what passes between the bureau and the party."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.actions import closure, notice, payment, serving
from cases.actions.serving import NewServing
from cases.forms import serving as forms
from cases.queries.find import OpenedCase
from cases.queries.thresholds import hearing_is_due
from cases.views.frame import CaseAct, opened, perform
from cases.views.investigation import other_officers, stored
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.law.amounts import chinese_upper


@requires("case.issue_notice")
def issue_notice(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    chosen, party = found.loaded.part("discretion"), found.case.party
    due = bool(chosen and party and hearing_is_due(party.kind, chosen.amount, clock.today()))
    act = CaseAct(
        "issue_notice", forms.EmptyForm, notice.issue_notice, "生成违法行为通知书", "违法行为通知书已定稿，请送达。",
        template="cases/issue_notice.html", context={"hearing_due": due},
    )  # fmt: skip
    return perform(request, found, act)


def _serve(request: HttpRequest, clue_no: str, code: str, action: Any, done: str) -> HttpResponse:
    found = opened(request, clue_no)
    party = found.case.party

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        data["proof"] = stored(data.pop("proof"), by)
        return action(case_id=case_id, version=version, by=by, serving=NewServing(**data))

    is_organisation = party is not None and party.kind == "organisation"
    act = CaseAct(
        code, forms.ServingForm, run, "登记送达", done,
        initial={
            "method": "direct",
            "receiver_name": (party.person_name if is_organisation else party.name) if party else "",
            "relation": "representative" if is_organisation else "self",
            "place": party.address if party else "",
        },
        form_arguments={"assistants": other_officers(found, request)},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.serve")
def serve_notice(request: HttpRequest, clue_no: str) -> HttpResponse:
    done = "违法行为通知书已送达，陈述申辩期开始计算。"
    return _serve(request, clue_no, "serve_notice", serving.serve_notice, done)


@requires("case.serve")
def serve_decision(request: HttpRequest, clue_no: str) -> HttpResponse:
    done = "处罚决定书已送达，缴款期限开始计算。"
    return _serve(request, clue_no, "serve_decision", serving.serve_decision, done)


@requires("case.record_defence")
def record_defence(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "record_defence", forms.DefenceForm, notice.record_defence, "保存记录", "陈述申辩情况已记录。",
        initial={"received_at": clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")},
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.review_defence")
def review_defence(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct("review_defence", forms.DefenceReviewForm, notice.review_defence, "保存复核意见", "复核意见已记录。")
    return perform(request, opened(request, clue_no), act)


@requires("case.record_payment")
def record_payment(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        data["proof"] = stored(data.pop("proof"), by)
        return payment.record_payment(case_id=case_id, version=version, by=by, **data)

    act = CaseAct("record_payment", forms.PaymentForm, run, "登记缴款", "缴款已登记。")
    return perform(request, found, act)


def _closing_words(found: OpenedCase) -> dict[str, str]:
    facts, decision = found.loaded.facts, found.loaded.part("decision")
    if decision is None:
        return {}
    amount = facts.decision_amount
    execution = f"当事人已缴清罚款人民币{chinese_upper(amount)}。" if amount else "处罚决定已执行完毕。"
    return {"result": f"{decision.number}：{decision.result_text}", "execution": execution}


@requires("case.propose_closing")
def propose_closing(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "propose_closing", forms.ClosingForm, closure.propose_closing, "提请结案", "已提交结案审批。",
        initial=_closing_words(found),
    )  # fmt: skip
    return perform(request, found, act)
