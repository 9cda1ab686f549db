"""What the result demands of the procedure (step 14): hearing, legal review, collective discussion, simple procedure.

Local thresholds (较大数额) are parameters that may be unknown; then the note says so instead of guessing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.discretion.result import Assessment, Note
from lishu_law.law.parameters import DEFAULT_PARAMETERS, ParameterError

# The parameters' own words for the parties a benchmark knows.
_SPOT_LIMITS = {"org": "simple_scope.organisation"}
_SPOT_LIMIT_OF_PERSONS = "simple_scope.citizen"
_LAW = "《中华人民共和国行政处罚法》"
_CONDITIONS = ("情节严重", "拒不", "逾期", "造成损失的", "可以", "涉嫌", "视情形", "提请")
_HEAVY_MEASURES = ("吊销", "停业", "停产", "停航", "暂扣", "降低资质")


@dataclass(frozen=True)
class Thresholds:
    """Local 较大数额 in yuan, for a person and for an organisation; None: not known yet."""

    hearing_person: Decimal | None = None
    hearing_organisation: Decimal | None = None

    def hearing(self, *, is_person: bool) -> Decimal | None:
        return self.hearing_person if is_person else self.hearing_organisation


def approvals(result: Assessment, thresholds: Thresholds, decision_on: date) -> tuple[Note, ...]:
    """Everything the procedure needs before this result may be decided on that day."""
    return tuple(_approvals(result, thresholds, decision_on))


def is_conditional(measure: str) -> bool:
    """Whether a side measure of the table applies only under a further condition (情节严重的吊销 …)."""
    return any(word in measure for word in _CONDITIONS)


def _approvals(result: Assessment, thresholds: Thresholds, decision_on: date) -> Iterator[Note]:
    if result.action == "no_penalty":
        yield Note(
            "head_approval", "不予处罚须经负责人批准，制作不予行政处罚决定书，并对当事人进行教育。", f"{_LAW}第三十三条"
        )
    if result.action == "no_suggestion":
        yield Note(
            "legal_review", "裁量基准没有对应的档次，须写明理由并经法制审核、负责人批准。", f"{_LAW}第五条第二款"
        )
    if result.action not in ("penalise", "needs_minutes"):
        return
    if result.is_reduced:
        yield Note("collective_discussion", "减轻处罚须经负责人集体讨论，并附讨论记录。", f"{_LAW}第五十七条第二款")
    yield from _hearing(result, thresholds)
    yield from _simple(result, decision_on)
    if result.unconfirmed:
        yield Note("confirm_rows", "该项裁量基准的条文尚未核对，须由法制机构确认后才能作出决定。")


def _hearing(result: Assessment, thresholds: Thresholds) -> Iterator[Note]:
    certain = [measure for measure in result.measures if not is_conditional(measure)]
    heavy = [measure for measure in certain if any(word in measure for word in _HEAVY_MEASURES)]
    if heavy:
        yield Note("hearing_notice", f"涉及{heavy[0]}，须告知听证权利。", f"{_LAW}第六十三条")
        yield Note(
            "collective_discussion", f"涉及{heavy[0]}，须经法制审核和负责人集体讨论。", f"{_LAW}第五十七条第二款"
        )
    if result.yuan_range is None:
        return
    limit = thresholds.hearing(is_person=result.facts.get("party_type") == "person")
    if limit is None:
        yield Note(
            "hearing_threshold_unknown", "较大数额罚款的标准待确认，请核对是否应当告知听证权利。", f"{_LAW}第六十三条"
        )
    elif result.yuan_range.maximum >= limit:
        yield Note("hearing_notice", "罚款可能达到较大数额，达到时须告知听证权利。", f"{_LAW}第六十三条")


def spot_limit(party_type: object, on: date) -> Decimal | None:
    """simple-scope: the highest fine of an on-the-spot decision on a day; None where no figure is on record."""
    code = _SPOT_LIMITS.get(str(party_type), _SPOT_LIMIT_OF_PERSONS)
    try:
        return DEFAULT_PARAMETERS.number(code, on)
    except ParameterError:
        return None


def _simple(result: Assessment, decision_on: date) -> Iterator[Note]:
    limit = spot_limit(result.facts.get("party_type"), decision_on)
    if limit is None:
        return
    within = result.yuan_range is not None and result.yuan_range.maximum <= limit
    if not result.is_reduced and (result.unit == "warning" or within):
        yield Note("simple_possible", "裁量结果在简易程序的限额之内。", f"{_LAW}第五十一条")
