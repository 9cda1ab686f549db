"""The cards of measures and incidents on the case page."""

from __future__ import annotations

from collections.abc import Iterator

from cases.procedure.facts import CaseFacts
from cases.procedure.measure_powers import POWERS
from cases.procedure.measures_facts import MeasureFact, MeasureState, period_end
from lishu_law import clock

ITEM_WORDS = {
    "planned": "拟采取", "held": "在保管", "returned": "已退还", "confiscated": "已没收", "destroyed": "已销毁",
    "auctioned": "已拍卖", "transferred": "已移送",
}  # fmt: skip


def measure_lines(facts: CaseFacts, measure: MeasureFact) -> Iterator[tuple[str, str]]:
    """Basis, since when and until when, the things and where they are."""
    if measure.power in POWERS:
        yield "依据", POWERS[measure.power].citation
    if measure.taken_at:
        yield "实施时间", f"{clock.local(measure.taken_at):%Y-%m-%d %H:%M}"
    due = period_end(facts, measure)
    if measure.state is MeasureState.URGENT:
        late = next((one.due_at for one in facts.limits if one.part == measure.part and one.code == "coerce-24h"), None)
        if late:
            yield "补办批准", f"{clock.local(late):%Y-%m-%d %H:%M} 前"
    if measure.in_force and due:
        yield "期限", f"到 {due:%Y-%m-%d} 止，期满自动解除"
    if measure.ended_on:
        yield "解除（处理）日期", f"{measure.ended_on:%Y-%m-%d}"
    yield "物品", "；".join(f"{one.name} {one.quantity}（{ITEM_WORDS[one.state]}）" for one in measure.items) or "／"
    if measure.held:
        where = "就地由当事人保管" if measure.kept_with_party else "已移交涉案财物管理员"
        yield "保管", where if measure.kept_with_party or measure.is_in_custody else "还没有移交保管"
    if measure.taken_at and facts.filed_on is None:
        yield "提示", "措施在立案前实施，请尽快提请立案。"
