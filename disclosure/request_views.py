"""Staff pages of what is asked of a public record: correction, withdrawal, objection, credit repair, and the replies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases.api import DecisionFacts
from disclosure.actions.answering import answers_late
from disclosure.actions.correct import WantedCorrection, decide_correction, new_content, propose_correction
from disclosure.actions.credit_repair import (
    NewRepair,
    RepairDecision,
    barred_until,
    checks_of,
    decide_repair,
    register_repair,
)
from disclosure.actions.objection import NewObjection, ObjectionDecision, decide_objection, register_objection
from disclosure.actions.refusing import WithdrawalRefusal, refuse_withdrawal
from disclosure.actions.withdraw import WantedWithdrawal, propose_withdrawal
from disclosure.correcting import Change
from disclosure.models import (
    UPHELD,
    CreditRepair,
    DisclosureRecord,
    Objection,
    ObjectionOutcome,
    RecordCorrection,
    RecordState,
    Withdrawal,
)
from disclosure.queries import board, requests
from disclosure.queries.requests_waiting import still_due
from disclosure.reading import facts_of, record_of, told
from disclosure.request_forms import (
    DecideCorrectionForm,
    DecideObjectionForm,
    DecideRepairForm,
    ObjectionForm,
    ProposeCorrectionForm,
    ProposeWithdrawalForm,
    RefuseWithdrawalForm,
    RepairForm,
)
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.errors import NotFound, Refusal
from lishu_law.web.acts import Act, act_page

_WITHDRAWAL = ("reason_code", "event_on", "basis_no", "reason")


def record_act(request: HttpRequest, record: DisclosureRecord, **parts: Any) -> HttpResponse:
    """An act on one record: back to its page, with the version the form was made of."""
    here = reverse("disclosure-record", args=[record.public_id])
    initial = {"version": record.version, **parts.pop("initial", {})}
    context = {"record": record, **parts.pop("context", {})}

    def cure(refusal: Refusal) -> str:
        names = {
            "decide_correction": "disclosure-correction",
            "withdraw": "disclosure-withdraw",
            "case": "disclosure-record",
            "ask_withdrawal": "disclosure-ask-withdrawal",
        }
        return reverse(names[refusal.fix], args=[record.public_id]) if refusal.fix in names else ""

    act = Act(done_url=here, back_url=here, initial=initial, context=context, fixes=cure, **parts)
    return act_page(request, act)


def _wanted(data: dict[str, Any], reason: str) -> WantedCorrection:
    changes = (Change(data["field"], data["wrong"], data["right"]),) if data["field"] else ()
    return WantedCorrection(changes, data["note"], reason)


@requires("disclosure.propose_correction")
@require_http_methods(["GET", "POST"])
def correct_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the correction of a published record: 提出更正."""
    record = record_of(public_id)
    facts = facts_of(record)

    def run(data: dict[str, Any]) -> RecordCorrection:
        version, wanted = data.get("version") or record.version, _wanted(data, data["reason"])
        return propose_correction(record_id=record.pk, version=version, facts=facts, by=request.user, wanted=wanted)

    return record_act(
        request, record, title="提出更正", form_class=ProposeCorrectionForm, run=run, submit="提交审核",
        done_message="更正已提交，由另一名人员审核后生效。", template="disclosure/ask.html",
        context={"lead": "只更正公示的文字差错。决定本身有误的，依法撤销或者变更决定。", "said": requests.said(record)},
    )  # fmt: skip


@requires("disclosure.decide_correction")
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide the open correction of a record: 审核公示更正."""
    record = record_of(public_id)
    facts = facts_of(record)
    asked = RecordCorrection.objects.filter(record=record, outcome="").first()
    if asked is None and request.method == "GET":
        raise NotFound

    def run(data: dict[str, Any]) -> RecordCorrection:
        return decide_correction(
            record_id=record.pk, version=data.get("version") or record.version, facts=facts, by=request.user,
            agree=data["agree"] == "yes", opinion=data["opinion"], late_reason=data.get("late_reason", ""),
        )  # fmt: skip

    return record_act(
        request, record, title="审核公示更正", form_class=DecideCorrectionForm, run=run, submit="提交",
        done_message=f"已处理。同意的更正五分钟内公众可见。{told(facts, '更正')}",
        template="disclosure/correction.html",
        form_arguments={"answers_late": asked is not None and answers_late(asked.objection, clock.today())},
        context=_correction_context(record, facts, asked) if asked else {},
    )  # fmt: skip


def _correction_context(
    record: DisclosureRecord, facts: DecisionFacts | None, asked: RecordCorrection
) -> dict[str, Any]:
    after = new_content(record, facts, [Change.of(row) for row in asked.changes])
    return {
        "asked": asked, "compared": requests.compared(record.content, after),
        "changes": requests.change_words(asked), "light": requests.request_light(asked, asked.found_on, clock.today()),
    }  # fmt: skip


@requires("disclosure.propose_withdrawal")
@require_http_methods(["GET", "POST"])
def ask_withdrawal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the withdrawal of a record: 提请撤回."""
    record = record_of(public_id)
    facts = facts_of(record)

    def run(data: dict[str, Any]) -> Any:
        wanted = WantedWithdrawal(**{name: data[name] for name in _WITHDRAWAL})
        version = data.get("version") or record.version
        return propose_withdrawal(record_id=record.pk, version=version, facts=facts, by=request.user, wanted=wanted)

    lead = "这条是导入的历史公示。原决定被变更、撤销、确认违法或者无效的，从这里提请撤回。"
    ours = (
        "本案决定被变更、撤销、确认违法或者无效的，在案件里登记，系统会自动提请撤回；这里只用于依法不应当公示的情形。"
    )
    refused = still_due(record)
    return record_act(
        request, record, title="提请撤回公示", form_class=ProposeWithdrawalForm, run=run, submit="提交",
        done_message="已提请撤回，由另一名人员核对后撤回；不同意的会写明理由退回。", template="disclosure/ask.html",
        form_arguments={"is_legacy": facts is None}, initial=_as_before(refused),
        context={"lead": lead if facts is None else ours, "refused": refused},
    )  # fmt: skip


def _as_before(refused: Withdrawal | None) -> dict[str, Any]:
    """What was asked for before and refused though the decision fell: to be put right, not typed anew."""
    return {name: getattr(refused, name) for name in _WITHDRAWAL} if refused else {}


@requires("disclosure.withdraw")
@require_http_methods(["GET", "POST"])
def refuse_withdrawal_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The second person does not withdraw: 不同意撤回."""
    record = record_of(public_id)
    facts = facts_of(record)
    wanted = Withdrawal.objects.filter(record=record, done_at__isnull=True).first()
    if request.method == "GET" and (wanted is None or wanted.ruling_id is not None):
        raise NotFound

    def run(data: dict[str, Any]) -> Withdrawal:
        said = WithdrawalRefusal(data["refusal"], {"yes": True, "no": False}.get(data.get("has_fallen", "")))
        version = data.get("version") or record.version
        return refuse_withdrawal(record_id=record.pk, version=version, facts=facts, by=request.user, said=said)

    def done(made: Withdrawal) -> str:
        again = f"撤回期限没有停，{made.due:%Y-%m-%d} 前仍应当撤回，请提请人重新提请。" if made.is_still_due else ""
        return f"没有同意撤回，公示继续。理由已通知提请人和您。{again}"

    context = {"wanted": wanted, "light": board.withdrawal_light(wanted, clock.today())} if wanted else {}
    return record_act(
        request, record, title="不同意撤回公示", form_class=RefuseWithdrawalForm, run=run, submit="不同意撤回",
        done_message=done, template="disclosure/refuse_withdrawal.html", form_arguments={"wanted": wanted},
        context=context,
    )  # fmt: skip


@requires("disclosure.register_objection")
@require_http_methods(["GET", "POST"])
def objection_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Register an objection: 登记异议."""
    record = record_of(public_id)

    def run(data: dict[str, Any]) -> Objection:
        said = NewObjection(**{name: data[name] for name in NewObjection.__dataclass_fields__})
        version = data.get("version") or record.version
        return register_objection(record_id=record.pk, version=version, by=request.user, said=said)

    return record_act(
        request, record, title="登记异议", form_class=ObjectionForm, run=run, submit="登记",
        done_message=lambda made: f"异议已登记，编号 {made.ticket_no}，{made.due:%Y-%m-%d} 前答复。",
        template="disclosure/ask.html", initial={"received_on": clock.today()},
        context={"lead": "核实期间公示不停止。答复期限是待确认的参数。"},
    )  # fmt: skip


@requires("disclosure.decide_objection")
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, public_id: str, part_id: int) -> HttpResponse:
    """Look into an objection and answer it: 答复公示异议."""
    record = record_of(public_id)
    found = Objection.objects.filter(record=record, pk=part_id).first()
    if found is None:
        raise NotFound
    facts = facts_of(record)

    def run(data: dict[str, Any]) -> Objection:
        decision = _objection_decision(data, found.ticket_no)
        version = data.get("version") or record.version
        return decide_objection(objection_id=found.pk, version=version, facts=facts, by=request.user, decision=decision)

    def done(made: Objection) -> str:
        if made.outcome in UPHELD:
            return (
                "已认定属实，更正或者撤回由另一名人员决定。决定后才能打印答复告知提出人；不同意的，异议转回重新办理。"
            )
        return "已答复。请打印答复告知提出人。"

    refusals = requests.refusals_of(found)
    return record_act(
        request, record, title="答复公示异议", form_class=DecideObjectionForm, run=run, submit="提交处理意见",
        done_message=done, template="disclosure/objection.html",
        form_arguments={"is_legacy": facts is None, "is_shown": record.state == RecordState.PUBLISHED},
        initial={"findings": found.findings, "answer": found.answer} if refusals else {},
        context={
            "found": found, "said": requests.said(record), "refusals_before": refusals,
            "light": requests.request_light(found, found.received_on, clock.today()),
        },
    )  # fmt: skip


def _objection_decision(data: dict[str, Any], ticket_no: str) -> ObjectionDecision:
    """The form's answer; what follows from it only where that was chosen."""
    outcome = data["outcome"]
    wanted = _wanted(data, f"公示异议 {ticket_no}：{data['findings']}"[:500])
    taken_down = outcome == ObjectionOutcome.WITHDRAWN
    return ObjectionDecision(
        outcome=outcome, findings=data["findings"], answer=data["answer"], late_reason=data["late_reason"],
        correction=wanted if outcome == ObjectionOutcome.CORRECTED else None,
        withdrawal=WantedWithdrawal(**{name: data[name] for name in _WITHDRAWAL}) if taken_down else None,
    )  # fmt: skip


@requires("disclosure.register_repair")
@require_http_methods(["GET", "POST"])
def repair_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Register an application for credit repair: 登记信用修复申请."""
    record = record_of(public_id)

    def run(data: dict[str, Any]) -> CreditRepair:
        said = NewRepair(**{name: data[name] for name in NewRepair.__dataclass_fields__})
        version = data.get("version") or record.version
        return register_repair(record_id=record.pk, version=version, by=request.user, said=said)

    def done(made: CreditRepair) -> str:
        until = barred_until(record, clock.today())
        barred = f"当事人此前材料虚假，{until:%Y-%m-%d} 以前不得再次申请，请据此决定。" if until else ""
        return f"申请已登记，{made.due:%Y-%m-%d} 前决定。{barred}"

    return record_act(
        request, record, title="登记信用修复申请", form_class=RepairForm, run=run, submit="登记",
        done_message=done, template="disclosure/ask.html",
        initial={"received_on": clock.today()},
        context={"lead": "当事人在“信用中国”网站申请，本机关作为认定单位办理。办理期限是待确认的参数。"},
    )  # fmt: skip


@requires("disclosure.decide_repair")
@require_http_methods(["GET", "POST"])
def repair(request: HttpRequest, public_id: str, part_id: int) -> HttpResponse:
    """Check and decide an application: 决定信用修复."""
    record = record_of(public_id)
    found = CreditRepair.objects.select_related("record").filter(record=record, pk=part_id).first()
    if found is None:
        raise NotFound
    facts, today = facts_of(record), clock.today()

    def run(data: dict[str, Any]) -> CreditRepair:
        decision = RepairDecision(
            agree=data["agree"] == "yes", reasons=data["reasons"], is_false=data["is_false"],
            confirmed=data["confirmed"], late_reason=data["late_reason"],
        )  # fmt: skip
        version = data.get("version") or record.version
        return decide_repair(repair_id=found.pk, version=version, facts=facts, by=request.user, decision=decision)

    return record_act(
        request, record, title="决定信用修复", form_class=DecideRepairForm, run=run, submit="作出决定",
        done_message=f"已决定。请打印决定告知申请人。{told(facts, '停止公示')}",
        template="disclosure/repair.html",
        context={
            "found": found, "checks": checks_of(found, facts, today),
            "light": requests.request_light(found, found.received_on, today),
        },
    )  # fmt: skip


@requires("disclosure.read")
@require_GET
def objection_reply(request: HttpRequest, public_id: str, part_id: int) -> HttpResponse:
    """The answer to an objection, to be printed."""
    record = record_of(public_id)
    found = Objection.objects.filter(record=record, pk=part_id, answered_at__isnull=False).first()
    if found is None:
        raise NotFound
    return render(
        request, "disclosure/reply.html", {"title": "公示异议答复", **requests.objection_reply(record, found)}
    )


@requires("disclosure.read")
@require_GET
def repair_reply(request: HttpRequest, public_id: str, part_id: int) -> HttpResponse:
    """The decision on a credit repair with its reasons, to be printed."""
    record = record_of(public_id)
    found = CreditRepair.objects.filter(record=record, pk=part_id).exclude(outcome="").first()
    if found is None:
        raise NotFound
    return render(request, "disclosure/reply.html", {"title": "信用修复决定", **requests.repair_reply(record, found)})
