"""Staff pages: drafts with their deadline, the check page, the push board."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases.api import DecisionFacts
from disclosure.actions.answering import answers_late
from disclosure.actions.draft import draft
from disclosure.actions.exclude import may_read_paper
from disclosure.actions.publish import is_serving_overdue, may_publish, publish
from disclosure.actions.retry import retry_delivery
from disclosure.actions.withdraw import may_withdraw, withdraw
from disclosure.content import PublicField, public_fields
from disclosure.forms import PublishForm, RedraftForm, RetryForm, WithdrawForm
from disclosure.models import Delivery, DeliveryState, DisclosureRecord, RecordState, Withdrawal
from disclosure.portal.pages import record_page, shown
from disclosure.queries import board, requests
from disclosure.queries.advice import advice
from disclosure.queries.requests_waiting import WITHDRAWALS, requests_waiting, still_due
from disclosure.reading import facts_of, record_of, told
from lishu_law import clock
from lishu_law.access.doors import requires
from lishu_law.access.policy import may_ever
from lishu_law.errors import NotFound, Refusal
from lishu_law.web.acts import Act, act_page

STATES = {"draft": RecordState.DRAFT, **{state.value: state for state in RecordState}}


@requires("disclosure.read")
@require_GET
def disclosure_list(request: HttpRequest) -> HttpResponse:
    """Drafts by deadline first; the other states by tab."""
    state = STATES.get(request.GET.get("state", "draft"), RecordState.DRAFT)
    try:
        found = board.record_list(state, request.GET.get("after", ""), clock.today())
    except ValueError:
        raise NotFound from None
    next_url = f"?state={state.value}&after={found.next_cursor}" if found.next_cursor else ""
    waiting = requests_waiting(clock.today())
    context = {"title": "公示", "found": found, "state": state, "next_url": next_url}
    context["withdrawals"] = [row for row in waiting if row.kind in WITHDRAWALS]
    context["requests"] = [row for row in waiting if row.kind not in WITHDRAWALS]
    context["may_import"] = may_ever(request.user, "disclosure.import")
    context["may_count"] = may_ever(request.user, "statistics.read")
    return render(request, "disclosure/list.html", context)


@requires("disclosure.read")
@require_GET
def disclosure_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """One record: original beside public text, preview, deliveries, history."""
    record = record_of(public_id)
    facts = facts_of(record)
    may = may_publish(record, facts, request.user) if facts else None
    can_check = record.state == RecordState.DRAFT and may is not None and may.allowed
    waiting = board.withdrawal_of(record, clock.today())
    may_go = may_withdraw(record, facts, waiting.withdrawal, request.user) if waiting else None
    exclusion = record.exclusions.select_related("decided_by").order_by("-id").first()
    context = {
        **_check_context(record, facts),
        "title": f"公示：{record.number}",
        "can_check": can_check,
        "cannot_check": "" if can_check or may is None or record.state != RecordState.DRAFT else may.message,
        "waiting": waiting,
        "can_withdraw": may_go is not None and may_go.allowed,
        "cannot_withdraw": may_go.message if may_go is not None and not may_go.allowed else "",
        "refused": _still_due(record),
        "channels": requests.channel_rows(record, clock.today()),
        "outer": requests.outer_light(record, clock.today()),
        "asked": requests.requests_of(record, clock.today()),
        "exclusion": exclusion,
        "can_read_paper": exclusion is not None and may_read_paper(record, facts, exclusion, request.user),
        "asks": _asks(record, request.user, is_falling=waiting is not None),
        "deliveries": board.deliveries_of(record),
        "history": board.history_of(record),
    }
    return render(request, "disclosure/record.html", context)


def _still_due(record: DisclosureRecord) -> board.WithdrawalRow | None:
    """What was refused though the decision fell, with its light that goes on."""
    refused = still_due(record)
    return board.WithdrawalRow(refused, board.withdrawal_light(refused, clock.today())) if refused else None


def _asks(record: DisclosureRecord, user: Any, *, is_falling: bool) -> list[tuple[str, str]]:
    """What this person may ask of a record: title and address."""
    if record.state == RecordState.DRAFT and may_ever(user, "disclosure.propose_exclusion"):
        return [("提请不予公示", reverse("disclosure-exclude", args=[record.public_id]))]
    if record.state != RecordState.PUBLISHED:
        return []
    acts = [
        ("提出更正", "disclosure-correct", "disclosure.propose_correction", True),
        ("登记异议", "disclosure-objection-new", "disclosure.register_objection", True),
        ("登记信用修复申请", "disclosure-repair-new", "disclosure.register_repair", True),
        ("提请撤回", "disclosure-ask-withdrawal", "disclosure.propose_withdrawal", not is_falling),
    ]  # fmt: skip
    return [
        (title, reverse(name, args=[record.public_id])) for title, name, action, is_due in acts
        if is_due and may_ever(user, action)
    ]  # fmt: skip


@requires("disclosure.publish")
@require_http_methods(["GET", "POST"])
def publish_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Check and publish: 审核并公示."""
    record = record_of(public_id)
    facts = facts_of(record)
    if facts is None:
        raise NotFound
    here = reverse("disclosure-record", args=[public_id])

    def run(data: dict[str, Any]) -> DisclosureRecord:
        version = data.get("version") or record.version
        return publish(record_id=record.pk, version=version, facts=facts, by=request.user, reason=data["reason"])

    act = Act(
        title="审核并公示",
        form_class=PublishForm,
        run=run,
        done_url=here,
        done_message="已经公示。推送到监管平台的消息已排队。",
        submit="审核并公示",
        template="disclosure/publish.html",
        initial={"version": record.version},
        form_arguments={"masks": _masks(facts)},
        context=_check_context(record, facts),
        fixes=lambda refusal: _fix_url(refusal, public_id),
        back_url=here,
    )
    return act_page(request, act)


@requires("disclosure.publish")
@require_http_methods(["GET", "POST"])
def redraft_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the draft anew from the decision."""
    facts = facts_of(record_of(public_id))
    if facts is None:
        raise NotFound
    here = reverse("disclosure-record", args=[public_id])
    act = Act(
        title="重新生成草稿",
        form_class=RedraftForm,
        run=lambda data: draft(facts, by=request.user),
        done_url=here,
        done_message="草稿已按决定书重新生成。请重新核对。",
        submit="重新生成",
        back_url=here,
    )
    return act_page(request, act)


@requires("disclosure.withdraw")
@require_http_methods(["GET", "POST"])
def withdraw_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Withdraw a record whose decision fell: 撤回公示."""
    record = record_of(public_id)
    facts = facts_of(record)
    wanted = Withdrawal.objects.filter(record=record, refusal="").first()
    if wanted is None:
        raise NotFound
    here = reverse("disclosure-record", args=[public_id])

    def run(data: dict[str, Any]) -> DisclosureRecord:
        version = data.get("version") or record.version
        return withdraw(
            record_id=record.pk, version=version, facts=facts, by=request.user, reason=data["reason"],
            late_reason=data.get("late_reason", ""),
        )  # fmt: skip

    act = Act(
        title="撤回公示",
        form_class=WithdrawForm,
        run=run,
        done_url=here,
        done_message=f"公示已撤回，五分钟内公众不再看到。{told(facts, '撤回')}",
        submit="撤回公示",
        template="disclosure/withdraw.html",
        initial={"version": record.version, "reason": wanted.reason},
        form_arguments={"user": request.user, "answers_late": answers_late(wanted.objection, clock.today())},
        context={"record": record, "wanted": wanted, "light": board.withdrawal_light(wanted, clock.today())},
        back_url=here,
    )
    return act_page(request, act)


@requires("delivery.read")
@require_GET
def delivery_list(request: HttpRequest) -> HttpResponse:
    """The push board: counts, what waits longest, what needs a person."""
    state = request.GET.get("state", "")
    state = state if state in (*DeliveryState.values, board.PARKED_TAB) else ""
    found = board.delivery_board(state)
    may_retry = may_ever(request.user, "delivery.retry")
    context = {"title": "推送", "board": found, "state": state, "may_retry": may_retry}
    return render(request, "disclosure/deliveries.html", context)


@requires("delivery.retry")
@require_http_methods(["GET", "POST"])
def retry(request: HttpRequest, rui: str, version: int) -> HttpResponse:
    """重新推送 with a reason."""
    delivery = Delivery.objects.select_related("record").filter(rui=rui, data_version=version).first()
    if delivery is None:
        raise NotFound
    facts = facts_of(delivery.record) if delivery.record else None
    act = Act(
        title="重新推送",
        form_class=RetryForm,
        run=lambda data: retry_delivery(delivery_id=delivery.pk, by=request.user, reason=data["reason"], facts=facts),
        done_url=reverse("delivery-list"),
        done_message="已重新排队，半分钟内推送。",
        submit="重新推送",
        template="disclosure/retry.html",
        context={
            "row": delivery,
            "about": board.title_of(delivery),
            "text": board.delivery_text(delivery),
            "advice": advice(delivery),
        },
        back_url=reverse("delivery-list"),
    )
    return act_page(request, act)


def _masks(facts: DecisionFacts) -> list[tuple[str, str]]:
    return [(field.name, f"{field.title}（{field.rule}）") for field in public_fields(facts) if field.rule]


def _check_context(record: DisclosureRecord, facts: DecisionFacts | None) -> dict[str, Any]:
    today = clock.today()
    return {
        **(record_page(record) if record.content else {"record": record}),
        "fields": [_in_words(field) for field in public_fields(facts) if field.original or field.public]
        if facts
        else [],
        "light": board.deadline_light(record, today),
        "is_unserved": facts is not None and facts.served_on is None,
        "may_without_serving": is_serving_overdue(record, today),
        "served_on": facts.served_on if facts else None,
    }


def _in_words(field: PublicField) -> PublicField:
    """The kind of procedure is kept as a code; the checker compares words."""
    if field.name != "procedure":
        return field
    return field._replace(original=shown(field.name, field.original), public=shown(field.name, field.public))


def _fix_url(refusal: Refusal, public_id: str) -> str:
    names = {"redraft": "disclosure-redraft", "exclusion": "disclosure-record"}
    return reverse(names[refusal.fix], args=[public_id]) if refusal.fix in names else ""
