"""What waits for a person with public records: withdrawals, corrections, objections, credit repairs, exclusions.

One statement for all of them: the desk of everybody who decides such things asks on every visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, Exists, F, Model, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse

from disclosure.models import (
    CorrectionSource,
    CreditRepair,
    DisclosureRecord,
    Exclusion,
    ExclusionGround,
    Objection,
    RecordCorrection,
    RecordState,
    Withdrawal,
    cause_of,
)
from lishu_law import clock
from lishu_law.law.lights import Light, Timer, light

PAGE = 200
WITHDRAWALS = ("withdrawal", "ask_again")
COLUMNS = (
    "w_kind", "pk", "record__public_id", "record__number", "record__party_display", "w_code", "w_text", "w_start", "w_due",
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """How a waiting request is named on the desk: the act, its permission, article, limit and address."""

    title: str
    action: str
    citation: str
    limit: str
    address: str
    of_record: bool = False  # the address needs no more than the record


KINDS = {
    "withdrawal": Kind(
        "撤回公示", "disclosure.withdraw", "行政处罚法第四十八条第二款", "三个工作日内撤回", "disclosure-withdraw", of_record=True
    ),
    "ask_again": Kind(
        "重新提请撤回", "disclosure.propose_withdrawal", "行政处罚法第四十八条第二款", "三个工作日内撤回",
        "disclosure-ask-withdrawal", of_record=True,
    ),
    "correction": Kind(
        "审核公示更正", "disclosure.decide_correction", "政府信息公开条例第四十一条", "发现差错及时更正",
        "disclosure-correction", of_record=True,
    ),
    "objection": Kind(
        "答复公示异议", "disclosure.decide_objection", "政府信息公开条例第四十一条", "公示异议答复期限", "disclosure-objection"
    ),
    "repair": Kind("决定信用修复", "disclosure.decide_repair", "信用修复管理办法", "信用修复办理期限", "disclosure-repair"),
    "exclusion": Kind(
        "决定不予公示", "disclosure.decide_exclusion", "政府信息公开条例第十四条", "七个工作日内公开", "disclosure-exclusion",
        of_record=True,
    ),
    "review": Kind(
        "复核不予公示", "disclosure.decide_exclusion", "政府信息公开条例第十八条", "不予公示复核日期",
        "disclosure-exclusion-review", of_record=True,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class RequestRow:
    """One request that waits: what has to be done, by which permission, at which address, until when."""

    kind: str
    title: str
    action: str
    url: str
    public_id: str
    number: str
    about: str
    citation: str
    limit: str
    due: date
    light: Light


def requests_waiting(today: date) -> list[RequestRow]:
    """All of them, the most urgent first. One statement."""
    due = Q(outcome="") | Q(outcome="agreed", lifted_at=None, review_on__lte=today)
    is_open = Q(outcome="")
    exclusions = _columns(
        Exclusion.objects.filter(due),
        kind=Case(When(is_open, then=Value("exclusion")), default=Value("review"), output_field=CharField()),
        code=F("code"), text=Value(""),
        start=Case(
            When(is_open, then=F("record__decided_on")), default=TruncDate("decided_at", tzinfo=clock.SHANGHAI),
            output_field=DateField(),
        ),
        due=Case(When(is_open, then=F("record__publish_due")), default=F("review_on"), output_field=DateField()),
    )  # fmt: skip
    withdrawals = _columns(
        _withdrawals(), kind=Case(
            When(done_at__isnull=True, then=Value("withdrawal")), default=Value("ask_again"), output_field=CharField()
        ), code=F("reason_code"), text=F("basis_no"), start=F("event_on"), due=F("due"),
    )  # fmt: skip
    found = _open(RecordCorrection, "correction", code=F("source"), text=F("note"), start=F("found_on")).union(
        _open(Objection, "objection", code=Value(""), text=F("ticket_no"), start=F("received_on")),
        _open(CreditRepair, "repair", code=Value(""), text=F("application_no"), start=F("received_on")),
        exclusions,
        withdrawals,
        all=True,
    )
    return [_row(values, today) for values in found.order_by("w_due", "w_kind", "id")[:PAGE]]


def _withdrawals() -> QuerySet[Withdrawal]:
    """Those to decide, and those to be asked for anew."""
    return Withdrawal.objects.filter(Q(done_at__isnull=True) | ask_again())


def ask_again() -> Q:
    """Refused though the decision fell: the days go on, and while nothing is asked for, somebody has to.

    A later refusal of a request for another reason leaves the duty where it is; one about a ruling answers it anew.
    """
    in_force = Withdrawal.objects.filter(record=OuterRef("record"), refusal="")
    return Q(~Exists(in_force), is_still_due=True, record__state=RecordState.PUBLISHED)


def still_due(record: DisclosureRecord) -> Withdrawal | None:
    """The refused request of this record that has to be asked for anew."""
    return Withdrawal.objects.filter(ask_again(), record=record).select_related("done_by").order_by("-pk").first()


def _open(model: type[Model], kind: str, *, code: Any, text: Any, start: Any) -> QuerySet[Any, Any]:
    rows = model._default_manager.filter(outcome="")
    return _columns(rows, kind=Value(kind, output_field=CharField()), code=code, text=text, start=start, due=F("due"))


def _columns(rows: QuerySet[Any], *, kind: Any, code: Any, text: Any, start: Any, due: Any) -> QuerySet[Any, Any]:
    """The same columns, of the same types, for every kind."""
    words = {"w_kind": Cast(kind, TextField()), "w_code": Cast(code, TextField()), "w_text": Cast(text, TextField())}
    found: QuerySet[Any, Any] = rows.annotate(**words, w_start=start, w_due=due).values_list(*COLUMNS)
    return found


def _row(values: tuple[Any, ...], today: date) -> RequestRow:
    kind, key, public_id, number, party, code, text, start, due = values
    found = KINDS[kind]
    url = reverse(found.address, args=[public_id] if found.of_record else [public_id, key])
    return RequestRow(
        kind, found.title, found.action, url, public_id, number, f"{party}：{_about(kind, code, text)}", found.citation,
        found.limit, due, light(Timer(start=start, due=due), today),
    )  # fmt: skip


def _about(kind: str, code: str, text: str) -> str:
    if kind in WITHDRAWALS:
        return f"{cause_of(code)}（{text}）" + ("，上次提请没有同意，期限不停" if kind == "ask_again" else "")
    if kind == "correction":
        return f"{CorrectionSource(code).label} · {text}"
    if kind == "repair":
        return f"申请编号 {text}"
    return f"{code} {ExclusionGround(code).label}" if code else text
