"""Pages of serving, defence, payment and closing: what passes between the bureau and the party."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.actions import closure, notice, payment, serving
from cases.forms import defence as defence_forms
from cases.forms import serving as forms
from cases.procedure.balance import balance, to_pay_next
from cases.procedure.closing import CLOSING_TITLES, COURT, IMPOSSIBLE, closing_kind
from cases.procedure.facts import CaseFacts
from cases.procedure.overlay import EFFECTS, felling
from cases.queries.find import OpenedCase
from cases.queries.thresholds import hearing_grounds
from cases.views.execution_cards import amount_lines
from cases.views.frame import CaseAct, opened, perform
from cases.views.investigation import stored
from cases.views.serving import serve
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.law.amounts import chinese_upper


@requires("case.issue_notice")
def issue_notice(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    chosen, party = found.loaded.part("discretion"), found.case.party
    grounds = hearing_grounds(chosen, party.kind, clock.today()) if chosen and party else ()
    told = notice.told_before(found.loaded)
    is_heavier = bool(told and chosen and (chosen.amount or 0) > (told[0] or 0))
    act = CaseAct(
        "issue_notice", defence_forms.NoticeForm, notice.issue_notice, "生成违法行为通知书",
        "违法行为通知书已定稿，请送达。", template="cases/issue_notice.html", context={"hearing_grounds": grounds},
        form_arguments={"is_heavier": is_heavier},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.serve")
def serve_notice(request: HttpRequest, clue_no: str) -> HttpResponse:
    done = "违法行为通知书已送达，陈述申辩期开始计算。"
    return serve(request, opened(request, clue_no), "serve_notice", serving.serve_notice, done)


@requires("case.serve")
def serve_decision(request: HttpRequest, clue_no: str) -> HttpResponse:
    done = "处罚决定书已送达，缴款期限开始计算。"
    return serve(request, opened(request, clue_no), "serve_decision", serving.serve_decision, done)


@requires("case.record_defence")
def record_defence(request: HttpRequest, clue_no: str) -> HttpResponse:
    act = CaseAct(
        "record_defence", defence_forms.DefenceForm, notice.record_defence, "保存记录", "陈述申辩情况已记录。",
        initial={"received_at": clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")},
    )  # fmt: skip
    return perform(request, opened(request, clue_no), act)


@requires("case.review_defence")
def review_defence(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    points = [point for point in notice.points_of(found.case) if point.is_adopted is None]
    act = CaseAct(
        "review_defence", defence_forms.DefenceReviewForm, notice.review_defence, "保存复核意见", "复核意见已记录。",
        form_arguments={"points": points},
    )  # fmt: skip
    return perform(request, found, act)


@requires("case.record_payment")
def record_payment(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)

    def run(*, case_id: int, version: int, by: Any, **data: Any) -> Any:
        data["proof"] = stored(data.pop("proof"), by)
        return payment.record_payment(case_id=case_id, version=version, by=by, **data)

    owed = balance(found.loaded.facts, clock.today())
    act = CaseAct(
        "record_payment", forms.PaymentForm, run, "登记缴款", "缴款已登记。", template="cases/owed.html",
        context={"amounts": amount_lines(owed)},
        initial={"amount": to_pay_next(found.loaded.facts, clock.today()), "additional": owed.additional_open or None, "channel": "bank"},
    )  # fmt: skip
    return perform(request, found, act)


def closing_words(found: OpenedCase) -> dict[str, str]:
    facts, decision = found.loaded.facts, found.loaded.part("decision")
    if ruling := felling(facts):
        back = "，已缴的款项已经退还" if ruling.refund else ""
        return {
            "result": f"{ruling.old_number}已被{EFFECTS[ruling.effect]}（{ruling.document_no}）。",
            "execution": f"原决定不再执行{back}。",
        }
    if decision is None:
        return transferred_words(facts)
    amount = facts.decision_amount
    execution = f"当事人已缴清罚款人民币{chinese_upper(amount)}。" if amount else "处罚决定已执行完毕。"
    if (kind := closing_kind(facts, clock.today())) in {COURT, IMPOSSIBLE}:
        execution = f"{CLOSING_TITLES[kind]}。当事人尚未缴清罚款。"
    return {"result": f"{decision.number}：{decision.result_text}", "execution": execution}


def transferred_words(facts: CaseFacts) -> dict[str, str]:
    """A case that went to the police before anything was decided."""
    one = next((one for one in facts.crimes if one.handed_over_on), None)
    if one is None:
        return {}
    answer = f"公安机关答复：{one.answer.rstrip('。')}。" if one.answer else ""
    return {
        "result": f"涉嫌{one.offence}，{one.handed_over_on:%Y-%m-%d} 移送{one.police}。{answer}",
        "execution": "没有作出行政处罚决定，无需执行。",
    }


@requires("case.propose_closing")
def propose_closing(request: HttpRequest, clue_no: str) -> HttpResponse:
    found = opened(request, clue_no)
    act = CaseAct(
        "propose_closing", forms.ClosingForm, closure.propose_closing, "提请结案", "已提交结案审批。",
        initial=closing_words(found),
    )  # fmt: skip
    return perform(request, found, act)
