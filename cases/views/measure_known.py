"""What whoever signs or keeps a measure has to see first: what is asked for, the things, the ledger (强制法18、24–28)."""

from __future__ import annotations

from collections.abc import Iterator

from cases.actions.measure_checks import SCOPE_QUESTIONS
from cases.models import Approval, CustodyEntry, ItemState, LiftingGround, Measure, MeasureItem
from cases.procedure.measure_powers import POWERS
from cases.procedure.measures_facts import MeasureState
from cases.queries.find import OpenedCase
from cases.views.measure_cards import measure_lines
from lishu_law import clock

Line = tuple[str, str]
QUESTIONS = {
    "vanish": "证据可能灭失或者以后难以取得", "power": "所选条款的情形已经查实", "minor": "情节显著轻微或者没有明显社会危害",
    **{code: question for code, (question, _lawful, _cure) in SCOPE_QUESTIONS.items()},
}  # fmt: skip
NOT_TAKEN = frozenset({MeasureState.PROPOSED, MeasureState.APPROVED, MeasureState.URGENT})


def known_lines(found: OpenedCase, measure: Measure) -> list[Line]:
    """Everything about the measure at hand, what waits for a signature first."""
    fact = next(one for one in found.loaded.facts.measures if one.id == measure.pk)
    return [
        *_asked(measure),
        *((f"物品 {number}", _thing(item)) for number, item in enumerate(measure.items.order_by("pk"), start=1)),
        *(line for line in measure_lines(found.loaded.facts, fact) if line[0] != "物品"),
        *_grounds(measure),
        *_ledger(measure),
    ]


def incident_lines(found: OpenedCase) -> list[Line]:
    """What went wrong and is to be explained."""
    facts = found.loaded.facts
    return [
        line
        for one in facts.incidents
        if one.id == facts.focus
        for line in (("发生日期", f"{one.happened_on:%Y-%m-%d}"), ("情况", one.text))
    ]


def _asked(measure: Measure) -> Iterator[Line]:
    waiting = Approval.objects.filter(case=measure.case_id, part=measure.part, outcome="").select_related("asked_by")
    for asked in waiting.order_by("pk"):
        yield "申请人", f"{asked.asked_by.full_name}，{clock.local(asked.asked_at):%Y-%m-%d %H:%M}"
        if days := asked.data.get("days"):
            yield "申请延长", f"{days} 日"
        if ground := asked.data.get("ground"):
            yield "解除的情形", LiftingGround(ground).label
        if outcome := asked.data.get("outcome"):
            yield "怎样处理", ItemState(outcome).label
        yield "理由", asked.reason


def _grounds(measure: Measure) -> Iterator[Line]:
    """Why it is (to be) taken; once it stands approved the decision says it."""
    if measure.state not in NOT_TAKEN:
        return
    if measure.urgent_reason:
        yield "情况为什么紧急", measure.urgent_reason
    if measure.power in POWERS:
        yield "条款的情形", POWERS[measure.power].condition
    for code, question in QUESTIONS.items():
        if (answer := measure.answers.get(code)) and answer["yes"] is not None:
            yield question, f"{'是' if answer['yes'] else '否'}。{answer['reason']}"
    if measure.statement:
        yield "当事人的陈述和申辩", measure.statement


def _thing(item: MeasureItem) -> str:
    words = (item.name, item.specification, item.quantity, item.condition, item.kept_at, item.get_state_display())
    return "，".join(word for word in words if word)


def _ledger(measure: Measure) -> Iterator[Line]:
    for entry in CustodyEntry.objects.filter(measure=measure).order_by("pk"):
        words = (f"{entry.handed_by}交{entry.received_by}", entry.place, entry.condition)
        label = f"台账：{entry.get_kind_display()}"
        yield label, f"{clock.local(entry.at):%Y-%m-%d %H:%M}，{'，'.join(word for word in words if word)}"
