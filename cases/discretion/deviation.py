"""Leaving the benchmark: another tier, or a benchmark that is plainly unjust in this case. Never outside the statute.

Who may leave the suggested figure follows law/discretion.md §5: another tier inside the statute needs written reasons,
the legal section and the heads; the bureau's own unjust benchmark a discussion of the heads; a superior's the approval of
the authority that made it (国办发〔2022〕27号). Below the statutory minimum is 减轻 and has its own way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cases.discretion.facts import plain
from cases.discretion.result import Assessment, Range
from lishu_law.errors import Refusal

RULE = "decide-discretion"
LAW = "行政处罚法第五条第二款、第三十四条"
OTHER_TIER, UNJUST = "other_tier", "unjust"
KINDS = {
    OTHER_TIER: "不按这一档的幅度，在法定幅度内另定",
    UNJUST: "适用这一项裁量基准明显不当，调整适用",
}
SHORTEST_GROUND = 20
REDUCED = "在法定罚款下限以下处罚（减轻）"


@dataclass(frozen=True)
class Deviation:
    """Why and by whose approval the benchmark is left. The approval is a superior's, where the benchmark is."""

    kind: str
    ground: str
    approval_organ: str = ""
    approval_no: str = ""
    approved_on: date | None = None

    def as_json(self) -> dict[str, Any]:
        """What is kept with the case."""
        return {**asdict(self), "approved_on": self.approved_on.isoformat() if self.approved_on else ""}


def departure(kept: Mapping[str, Any], *, is_reduced: bool) -> str:
    """How a case departs from the benchmark, in words for whoever reviews it; nothing where it does not.

    ``kept`` is what was stored of a deviation.
    """
    if kept:
        words = KINDS[kept["kind"]]
        approved = f"（{kept['approval_organ']}已批准，{kept['approval_no']}）" if kept.get("approval_no") else ""
        return f"{words}{approved}"
    return REDUCED if is_reduced else ""


def departure_grounds(kept: Mapping[str, Any], assessment: Mapping[str, Any]) -> str:
    """On which ground: the officer's where the benchmark is left, the law's circumstances where it is 减轻."""
    if kept:
        return str(kept["ground"])
    named = [one for one in assessment["factors"] if one["is_mitigating"] and one["counted"]]
    return "；".join(f"{one['text']}（{one['citation']}）" if one["citation"] else str(one["text"]) for one in named)


def statutory_span(assessment: Assessment) -> Range | None:
    """What the statute itself allows in yuan."""
    return assessment.statute.yuan if assessment.statute else None


def faults(
    deviation: Deviation, assessment: Assessment, amount: Decimal | None, today: date, *, is_own: bool
) -> Iterator[Refusal]:
    """Every reason why the benchmark may not be left in this way."""
    span = statutory_span(assessment)
    if assessment.action != "penalise" or span is None or assessment.yuan_range is None:
        yield Refusal(RULE, "本案没有可以调整的罚款幅度，不能偏离裁量基准。", LAW, "deviation")
        return
    if assessment.is_reduced:
        yield Refusal(RULE, "已经选了减轻处罚，不能同时偏离裁量基准。请只选一种。", LAW, "deviation")
    inside = assessment.yuan_range
    if amount is not None and inside.minimum <= amount <= inside.maximum:
        text = "罚款在这一档的幅度以内，没有偏离裁量基准。请改回“不偏离”。"
        yield Refusal(RULE, text, LAW, "deviation")
    if len(deviation.ground.strip()) < SHORTEST_GROUND:
        text = f"请写明偏离的理由和证据，至少 {SHORTEST_GROUND} 个字。法制审核和集体讨论要逐条审查。"
        yield Refusal(RULE, text, LAW, "deviation_ground")
    if deviation.kind == UNJUST and not is_own:
        yield from _unapproved(deviation, today)


def _unapproved(deviation: Deviation, today: date) -> Iterator[Refusal]:
    if not (deviation.approval_organ.strip() and deviation.approval_no.strip() and deviation.approved_on):
        text = "这是上级机关制定的裁量基准，调整适用要报制定机关批准。请填写批准机关、文号和日期。"
        yield Refusal(RULE, text, "国办发〔2022〕27号", "approval_no")
    elif deviation.approved_on > today:
        yield Refusal(RULE, "批准日期不能晚于今天，请核对。", "", "approved_on")


def sentence(deviation: Deviation, assessment: Assessment) -> str:
    """What report, notice and decision say about it."""
    span, statute = assessment.yuan_range, statutory_span(assessment)
    if span is None or statute is None:
        return ""
    ground = deviation.ground.strip().rstrip("。")
    ends = (
        f"{plain(statute.minimum)}元以上{plain(statute.maximum)}元以下"
        if statute.minimum
        else f"{plain(statute.maximum)}元以下"
    )
    lead = f"该档裁量幅度为{span.text()}。"
    if deviation.kind == UNJUST:
        approved = ""
        if deviation.approval_no:
            approved = f"，并经{deviation.approval_organ}批准（{deviation.approval_no}）"
        return f"{lead}本案适用该项裁量基准明显不当{approved}，在法定幅度{ends}以内调整适用，理由是：{ground}。"
    return f"{lead}本案不在该档幅度内裁量，在法定幅度{ends}以内另行确定，理由是：{ground}。"
