"""What the case page shows of an execution: the money of the day, requests, court applications, own enforcement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from cases.procedure.balance import Balance, balance, instalments_open, payment_due
from cases.procedure.closing import CLOSING_TITLES, closing_kind
from cases.procedure.court_answers import PLACES
from cases.procedure.court_window import CourtWindow, court_window
from cases.procedure.execution_facts import CourtFact, RequestFact
from cases.procedure.facts import CaseFacts
from cases.procedure.states import STAGES
from lishu_law import clock
from lishu_law.law.amounts import format_yuan

REQUEST_TITLES = {
    "deferral": "延期、分期缴纳申请", "court": "法院强制执行申请", "agreement": "执行协议", "enforcement": "行政强制执行申请",
    "proxy": "代履行申请", "suspension": "中止、终结、恢复执行申请",
}  # fmt: skip
KINDS = {"demolition": "强制拆除", "proxy": "代履行", "proxy_now": "立即代履行", "auction": "拍卖抵缴罚款"}
STATUSES = {"decided": "已决定", "suspended": "已中止", "ended": "已终结", "performed": "已实施"}
ASKED = {
    "hardship": "经济困难的情况", "target": "执行标的", "party_opinion": "当事人的意见", "court_view": "法院的答复",
    "terms": "协议条款", "ends_on": "履行完毕的期限", "remedy": "补救措施", "reduced": "减免加处罚款（元）",
    "power": "授权的法律条款", "manner": "执行标的和方式", "planned_at": "执行时间", "urgency": "紧急情况",
    "hiding": "转移、隐匿财物的证据", "danger": "要避免的危害", "goods": "查封、扣押的财物", "performer": "代履行人",
    "budget": "费用预算", "proposal": "建议",
}  # fmt: skip


def amount_lines(owed: Balance) -> tuple[tuple[str, str], ...]:
    """The money of the day, label and figure."""
    lines = [("罚款", owed.fine), ("已缴罚款", owed.fine_paid)]
    if owed.accrual is not None:
        lines += [("加处罚款", owed.additional), ("已缴加处罚款", owed.additional_paid)]
        lines += [("按协议减免", owed.reduced)] if owed.reduced else []
    lines.append(("今天应缴合计", owed.total))
    return tuple((label, f"{format_yuan(value)} 元") for label, value in lines)


def window_text(window: CourtWindow) -> str:
    """距法院申请截止: in one line."""
    if window.opens_on is None or window.closes_on is None:
        return window.why[0]
    left = (window.closes_on - clock.today()).days
    if window.state == "before":
        return f"{window.opens_on:%Y-%m-%d} 起可以申请，{window.closes_on:%Y-%m-%d} 截止"
    if window.state == "missed":
        return f"已于 {window.closes_on:%Y-%m-%d} 截止，超过 {-left} 天"
    return f"还剩 {left} 天（{window.closes_on:%Y-%m-%d} 截止）"


def court_text(court: CourtFact | None, window: CourtWindow) -> str:
    """Where the court stands: handed in and answered, or how long it may still be asked."""
    if court and court.filed_on:
        answered = f"，{PLACES[court.last]}" if court.answers else ""
        return f"已于 {court.filed_on:%Y-%m-%d} 递交法院{answered}"
    return window_text(window)


def request_lines(asked: RequestFact) -> tuple[tuple[str, str], ...]:
    """What a leader has to see of a request before signing."""
    lines = [("申请人", asked.asker), ("理由", asked.reason)]
    for day, amount in asked.data.get("plan", ()):
        lines.append((f"{day} 前", f"缴纳 {format_yuan(Decimal(amount))} 元"))
    lines += [(label, _shown(asked.data[name])) for name, label in ASKED.items() if asked.data.get(name)]
    return (*lines, *(("申请材料", text) for text in asked.data.get("enclosures", ())))


def _shown(value: Any) -> str:
    text = str(value)
    return text[:16].replace("T", " ") if text[10:11] == "T" else text


# Kind of part, id, title, state, lines: what ``cases.views.parts`` makes a card of.
Card = tuple[str, int, str, str, tuple[tuple[str, str], ...]]


def execution_cards(facts: CaseFacts) -> Iterator[Card]:
    """Everything of the execution, in the order of events."""
    if facts.decision_served_on and STAGES[facts.state] == "X":
        yield from _money(facts, clock.today())
    for asked in facts.execution.requests:
        yield ("approval", asked.id, REQUEST_TITLES[asked.kind], "等待审批", request_lines(asked)[:4])
    for one in facts.execution.courts:
        filed = ((("递交日期", f"{one.filed_on:%Y-%m-%d}"),) if one.filed_on else ())  # fmt: skip
        yield ("court", one.id, "法院强制执行申请", PLACES[one.last], (*filed, *_answers(one.answers)))
    for own in facts.execution.enforcements:
        lines = [("决定日期", f"{own.decided_on:%Y-%m-%d}")]
        lines += [("执行时间", f"{own.planned_at:%Y-%m-%d %H:%M}")] if own.planned_at else []
        lines += [("自行拆除期限", f"{own.demolish_by:%Y-%m-%d}")] if own.demolish_by else []
        yield ("enforcement", own.id, KINDS[own.kind], STATUSES[own.status], tuple(lines))
    for agreed in facts.execution.agreements:
        state = "已违约" if agreed.breached_on else "补救措施已采取" if agreed.remedied_on else "履行中"
        lines = [("履行完毕的期限", f"{agreed.ends_on:%Y-%m-%d}"), ("减免加处罚款", f"{agreed.reduced:f} 元")]
        yield ("agreement", agreed.id, "执行协议", state, tuple(lines))


def _answers(answers: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{one.on:%Y-%m-%d}", PLACES[one.kind]) for one in answers)


def _left(left: Decimal, due_on: date, today: date) -> str:
    """What became of one instalment."""
    if not left:
        return "，已缴清"
    return f"，到期没有缴清，还差 {format_yuan(left)} 元" if due_on < today else ""


def _money(facts: CaseFacts, today: date) -> Iterator[Card]:
    owed, due = balance(facts, today), payment_due(facts)
    if not owed.fine:
        return
    lines = [*amount_lines(owed), *((("缴款期限", f"{due:%Y-%m-%d}"),) if due else ())]
    if owed.total:
        lines.append(("距法院申请截止", court_text(facts.execution.court, court_window(facts, today))))
        lines.append(("复议、诉讼期间", "处罚不停止执行，法律另有规定的除外；加处罚款不计算"))
    for one in facts.execution.deferrals[-1:]:
        lines += [
            (
                f"第 {line.ordinal} 期",
                f"{line.due_on:%Y-%m-%d} 前（含当天）{format_yuan(line.amount)} 元{_left(left, line.due_on, today)}",
            )
            for line, left in instalments_open(one, owed.fine_open)
        ]
    kind = closing_kind(facts, today)
    yield ("money", 0, "罚款执行", CLOSING_TITLES[kind] if kind else "未缴清", tuple(lines))
