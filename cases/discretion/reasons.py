"""The reasons in Chinese for the investigation report and the decision: why this tier and why this amount.

处罚法第五条第二款 and 第三十四条 want the penalty to follow from the facts; the party must be able to check it against
the published benchmark. The texts name edition, item, tier, its conditions and range, the facts with their
evidence, circumstances found or not, and the exemption lists. Row ids never appear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cases.discretion.consequences import is_conditional
from cases.discretion.facts import plain
from cases.discretion.result import AppliedFactor, Assessment, ListCheck
from cases.discretion.wording import finding

_MARKS = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）"})
_NO_CIRCUMSTANCES = "未发现《中华人民共和国行政处罚法》第三十条至第三十二条规定的从轻、减轻情节，也未发现从重情节"


@dataclass(frozen=True)
class Choice:
    """What the officer decided: the fine in yuan (None without one), one sentence why, the evidence per fact, the
    comparison with similar cases and the first-violation query for the report, and why the benchmark is left, where it is.
    """

    amount: Decimal | None = None
    reason: str = ""
    evidence: Mapping[str, Sequence[str]] = field(default_factory=dict)
    comparison: str = ""
    deviation: str = ""
    first_query: str = ""


def report_paragraphs(assessment: Assessment, choice: Choice) -> tuple[str, ...]:
    """The discretion part of the 案件调查报告, paragraph by paragraph."""
    if not assessment.violation or assessment.action == "needs_facts":
        return tuple(assessment.reasons)
    parts = [
        _benchmark(assessment), _law(assessment), choice.first_query, *_grounds(assessment, choice), choice.deviation,
        choice.comparison, _proposal(assessment, choice),
    ]  # fmt: skip
    return tuple(part for part in parts if part)


def decision_paragraph(assessment: Assessment, choice: Choice) -> str:
    """The discretion paragraph of the 行政处罚决定书, one paragraph without heading."""
    return _paragraph(assessment, choice, "决定")


def _paragraph(assessment: Assessment, choice: Choice, verb: str) -> str:
    if not assessment.violation or not assessment.tier or assessment.action == "needs_facts":
        return "".join(assessment.reasons)
    parts = [
        _placed(assessment), _law(assessment), *_grounds(assessment, choice), choice.deviation,
        _decision(assessment, choice, verb),
    ]  # fmt: skip
    return "".join(part for part in parts if part)


def notice_paragraph(assessment: Assessment, choice: Choice) -> str:
    """The same reasons for the 违法行为通知书, ending in what is planned: 拟责令改正，处罚款1000元。"""
    return _paragraph(assessment, choice, "拟")


def chinese_marks(text: str) -> str:
    """Table text with Chinese punctuation, as documents have it."""
    return text.translate(_MARKS).replace("、，", "，")


def _item(assessment: Assessment) -> str:
    return (
        f"《{assessment.benchmark_name}》（{assessment.edition}）{assessment.domain}类"
        f"“{chinese_marks(assessment.violation)}”一项"
    )


def _benchmark(assessment: Assessment) -> str:
    text = f"当事人的行为违反了{'、'.join(assessment.breached)}的规定。" if assessment.breached else ""
    if assessment.basis:
        span = assessment.statute.range if assessment.statute else None
        fine = f"，法定罚款幅度为{span.text()}" if span else ""
        text += f"依照{'、'.join(assessment.basis)}{fine}。" if fine else f"处罚依据为{'、'.join(assessment.basis)}。"
    return f"{text}本案适用{_item(assessment)}进行裁量。"


def _placed(assessment: Assessment) -> str:
    tier = f"“{assessment.tier}”档" if assessment.rows else ""
    return f"当事人的行为属于{_item(assessment)}{tier}。"


def _law(assessment: Assessment) -> str:
    if assessment.law is None:
        return ""
    cap, tier = assessment.law.cap, assessment.tier_range
    if cap is None or tier is None or assessment.is_reduced or tier.unit != "yuan" or tier.maximum <= cap:
        return assessment.law.text
    return f"{assessment.law.text}按违法行为发生时的裁量基准，罚款最高为{plain(cap)}元，本案以此为限确定罚款数额。"


def _grounds(assessment: Assessment, choice: Choice) -> list[str]:
    lists = "".join(_listed(check) for check in assessment.lists)
    if assessment.action not in ("penalise", "needs_minutes"):
        return [_facts(assessment, choice), lists, *assessment.reasons]
    return [_facts(assessment, choice), lists or _unlisted(), _circumstances(assessment)]


def _facts(assessment: Assessment, choice: Choice) -> str:
    if not assessment.rows:
        return ""
    row = assessment.rows[0]
    found = tuple(dict.fromkeys(_evidenced(name, assessment, choice) for name in assessment.facts_used))
    established = f"经查，{'；'.join(found)}。" if found else ""
    raised = next((note.text.removesuffix("。") for note in assessment.notes if note.code == "tier_raised"), "")
    if raised:
        text = f"{established}{raised}"
    else:
        subject = "上述事实" if found else "本案"
        text = f"{established}{subject}符合“{row.tier}”档的适用条件，即“{chinese_marks(row.conditions)}”"
    return f"{text}，该档裁量幅度为{assessment.tier_range.fine_text()}。" if assessment.tier_range else f"{text}。"


def _evidenced(name: str, assessment: Assessment, choice: Choice) -> str:
    evidence = "、".join(choice.evidence.get(name, ()))
    return finding(name, assessment.facts) + (f"（证据：{evidence}）" if evidence else "")


def _listed(check: ListCheck) -> str:
    matter = chinese_marks(check.row.matter)
    return f"对照{check.row.list_type}清单第{check.row.list_no}项“{matter}”，{check.reason}"


def _unlisted() -> str:
    return "该违法行为未列入不予处罚清单和首违不罚清单。"


def _circumstances(assessment: Assessment) -> str:
    counted = [factor for factor in assessment.factors if factor.counted]
    lenient = [factor for factor in counted if factor.is_mitigating]
    severe = [factor for factor in counted if not factor.is_mitigating]
    parts = [_named(lenient, "减轻处罚" if assessment.is_reduced else "从轻处罚"), _named(severe, "从重处罚")]
    parts += [
        f"“{factor.text}”已作为确定档次的条件，不再重复评价" for factor in assessment.factors if not factor.counted
    ]
    said = "；".join(part for part in parts if part)
    return f"{said or _NO_CIRCUMSTANCES}，{_effect(assessment, is_lenient=bool(lenient), is_severe=bool(severe))}。"


def _named(factors: list[AppliedFactor], word: str) -> str:
    if not factors:
        return ""
    named = "、".join(f"“{factor.text}”" + (f"（{factor.citation}）" if factor.citation else "") for factor in factors)
    return f"当事人具有{named}的{word}情节"


def _effect(assessment: Assessment, *, is_lenient: bool, is_severe: bool) -> str:
    span = assessment.range
    if span is None:
        return "按该档确定处罚"
    if assessment.is_reduced:
        return f"在法定罚款下限以下处罚，幅度为{span.fine_text()}"
    if is_lenient and is_severe:
        return "从轻与从重情节并存，在该档幅度内综合裁量"
    if span == assessment.tier_range:
        return "在该档幅度内裁量"
    return f"在该档幅度内{'较低' if is_lenient else '较高'}的部分裁量，即{span.fine_text()}"


def _proposal(assessment: Assessment, choice: Choice) -> str:
    if assessment.action not in ("penalise", "needs_minutes"):
        return ""
    return f"综合违法行为的事实、性质、情节以及社会危害程度，{_why(choice)}建议{_penalty(assessment, choice)}。"


def _decision(assessment: Assessment, choice: Choice, verb: str) -> str:
    basis = "、".join(assessment.basis)
    if assessment.action not in ("penalise", "needs_minutes"):
        return ""
    weighed = f"综合违法行为的事实、性质、情节以及社会危害程度，{_why(choice)}"
    return f"{weighed}依照{basis}，{verb}{_penalty(assessment, choice)}。"


def _why(choice: Choice) -> str:
    reason = choice.reason.strip().rstrip("。，；")
    return f"{reason}，" if reason else ""


def _penalty(assessment: Assessment, choice: Choice) -> str:
    parts = [text for measure in assessment.measures if (text := _measure(measure, assessment))]
    if assessment.unit == "warning" or "警告" in assessment.measures:
        parts.append("给予警告")
    if choice.amount is not None:
        parts.append(f"处罚款{plain(choice.amount)}元")
    return "，".join(parts) or "给予处罚"


def _measure(measure: str, assessment: Assessment) -> str:
    """A measure that is really taken: conditional ones and confiscation of nothing are left out of the sentence."""
    if measure == "警告" or is_conditional(measure):
        return ""
    if measure in ("没收违法所得", "有违法所得的没收"):
        income = assessment.facts.get("illegal_income")
        return f"没收违法所得{plain(income)}元" if income else ""
    return chinese_marks(measure)
