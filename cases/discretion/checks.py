"""May this amount be decided? Refusals for an amount outside the range, without reason, or without what it needs."""

from __future__ import annotations

from decimal import Decimal

from cases.discretion.facts import LARGEST, plain
from cases.discretion.result import Assessment, Range
from lishu_law.errors import Refusal

CITATION = "《中华人民共和国行政处罚法》第五条第二款、第三十四条"
_CITATION_REDUCTION = "《中华人民共和国行政处罚法》第三十二条、第五十七条第二款"
_NO_FINE = {
    "no_penalty": "本案不予处罚，不能罚款。请改作不予处罚决定。",
    "order_only": "本案只能责令改正，不能罚款。请先责令改正并复查。",
    "limitation": "已超过处罚时效，不能罚款。请办理结案。",
    "no_jurisdiction": "本机关没有管辖权，不能罚款。请办理移送。",
    "needs_facts": "还有裁量事实没有填写，请先答完再定金额。",
}


def allowed_range(assessment: Assessment) -> Range | None:
    """The range in yuan an amount may lie in; None where no fine is possible.

    Without a matching tier the statutory range is open (with the approvals that needs). Where the older text gives less
    than the present tier, the range begins at that lower amount.
    """
    if assessment.action == "no_suggestion":
        return assessment.statute.yuan if assessment.statute else None
    span = assessment.yuan_range
    if span is None or assessment.suggestion is None:
        return span
    return Range(min(span.minimum, assessment.suggestion), span.maximum)


def check_amount(
    assessment: Assessment, amount: Decimal | None, *, reason: str, span: Range | None = None
) -> list[Refusal]:
    """Every reason why this fine (in yuan; None for a penalty without fine) cannot be decided; empty when it can.

    ``span`` is the statute's own range where the benchmark is lawfully left.
    """
    refusals: list[Refusal] = []
    if assessment.action in _NO_FINE:
        if amount is not None or assessment.action == "needs_facts":
            refusals.append(Refusal("amount.no_fine", _NO_FINE[assessment.action], CITATION, "facts"))
        return refusals
    if assessment.action == "needs_minutes":
        message = "减轻处罚要先经集体讨论。请上传讨论记录后再定金额。"
        refusals.append(Refusal("amount.minutes", message, _CITATION_REDUCTION, "minutes"))
    if not reason.strip():
        message = "请用一句话写明为什么定这个数额，决定书要用到它。"
        refusals.append(Refusal("amount.reason", message, CITATION, "reason"))
    span = span or allowed_range(assessment)
    if span is None:
        refusals += _without_fine(assessment, amount)
    elif amount is None:
        refusals.append(Refusal("amount.missing", "请填写罚款金额。决定书要用到它。", CITATION, "amount"))
    else:
        refusals += _fine(assessment, amount, span)
    return refusals


def _without_fine(assessment: Assessment, amount: Decimal | None) -> list[Refusal]:
    if amount is None:
        return []
    kind = "只给予警告" if assessment.unit == "warning" else "没有可以适用的罚款幅度"
    return [Refusal("amount.no_fine", f"本案{kind}，请不要填写罚款金额。", CITATION, "amount")]


def _fine(assessment: Assessment, amount: Decimal, span: Range) -> list[Refusal]:
    if not amount.is_finite() or not 0 < amount <= LARGEST:
        return [Refusal("amount.size", "罚款金额要大于 0。请填写数字，例如 1000。", CITATION, "amount")]
    whole = not assessment.unit.startswith(("x_", "pct_"))
    step = Decimal(1) if whole else Decimal("0.01")
    if amount % step:
        message = "罚款金额要填整元，例如 1000。" if whole else "罚款金额最多两位小数，例如 1000.50。"
        return [Refusal("amount.whole", message, CITATION, "amount")]
    if span.minimum <= amount <= span.maximum:
        return []
    return [_outside(assessment, amount, span)]


def _outside(assessment: Assessment, amount: Decimal, span: Range) -> Refusal:
    ends = f"{plain(span.minimum)}–{plain(span.maximum)}"
    statute = assessment.statute.yuan if assessment.statute else None
    if statute and amount > statute.maximum:
        message = f"罚款不能高于法定上限 {plain(statute.maximum)} 元。请填 {ends} 元之间的数额。"
        return Refusal("amount.statute", message, CITATION, "amount")
    if assessment.is_reduced:
        message = f"减轻后的罚款应在 {ends} 元之间（低于法定下限，不低于其十分之一）。"
        return Refusal("amount.range", message, _CITATION_REDUCTION, "amount")
    basis = f"裁量基准“{assessment.tier}”档" if assessment.tier else "法定幅度"
    message = f"罚款应在 {ends} 元之间（{basis}）。如需减轻，请先选减轻理由。"
    return Refusal("amount.range", message, CITATION, "amount")
