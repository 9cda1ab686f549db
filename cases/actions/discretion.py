"""Applying the benchmark (处罚法5、34): facts in, tier and range out, amount chosen inside, everything frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.phrase_use import Insertion, keep_phrases
from cases.discretion.amounts import in_yuan, lower_part
from cases.discretion.checks import allowed_range, check_amount
from cases.discretion.deviation import Deviation, faults, sentence, statutory_span
from cases.discretion.engine import assess
from cases.discretion.facts import FactError, plain
from cases.discretion.mirror import Spread, report_sentence
from cases.discretion.reasons import Choice, decision_paragraph, notice_paragraph, report_paragraphs
from cases.discretion.request import Circumstances, Request, RequestError
from cases.discretion.result import Assessment
from cases.discretion.snapshot import freeze_request, snapshot
from cases.models import Case, Discretion
from cases.procedure.phrase_places import AMOUNT
from cases.queries.benchmarks import Applicable, applicable
from cases.queries.facts import LoadedCase
from cases.queries.first_violation import FirstViolation, first_violation
from cases.queries.priors import PriorRecord, prior_record
from cases.queries.similar import mirror
from lishu_law.errors import Refusal, Refused

# Questions that silence would block (处罚法28–33、37): code → what "yes" means.
QUESTIONS: dict[str, str] = {
    "minor_act": "违法行为轻微并及时改正，没有造成危害后果",
    "no_fault": "当事人有证据足以证明没有主观过错",
    "already_fined": "同一违法行为已经被罚款",
    "mitigation": "有法定从轻或者减轻情节",
    "lighter_law": "行为发生后规定有修改或者废止，新规定处罚较轻或者不再认为是违法",
    "illegal_gain": "当事人因违法行为取得了款项（违法所得）",
    "party_doubt": "驾驶人、车辆所有人、经营者不一致，当事人认定还有疑问",
}
# Asked of natural persons only (处罚法31).
PERSONS_QUESTIONS: dict[str, str] = {
    "incapable": "当事人行为时不能辨认或者不能控制自己的行为",
    "limited_capacity": "当事人行为时尚未完全丧失辨认或者控制自己行为的能力",
}
# A yes that leaves nothing to fine, with what the law says.
NO_FINE_ANSWERS = ("minor_act", "no_fault", "already_fined", "incapable")


def questions_for(case: Case) -> dict[str, str]:
    """The questions that concern this party."""
    is_person = case.party is not None and case.party.kind != "organisation"
    return {**QUESTIONS, **PERSONS_QUESTIONS} if is_person else QUESTIONS


def request_for(
    loaded: LoadedCase,
    today: date,
    facts: dict[str, Any],
    factors: tuple[str, ...],
    answers: dict[str, bool],
    *,
    prior: PriorRecord,
    first: FirstViolation,
    reduce: bool = False,
) -> Request:
    """The engine's request for this case: typed answers, counters from the register, party and dates from the case.

    ``reduce`` asks for 减轻; the minutes of the heads follow before the decision (discussion_due), not before the notice.
    """
    case, known = loaded.case, loaded.facts
    computed = {
        **prior.counts,
        "party_type": "person" if case.party and case.party.kind == "citizen" else "org",
    }
    circumstances = Circumstances(
        act_ended_on=known.act_ended_on,
        discovered_on=known.discovered_on,
        party_age=known.party.age_at_act if known.party else None,
        no_fault=answers.get("no_fault", False),
        incapable=answers.get("incapable", False),
        limited_capacity=answers.get("limited_capacity", False),
        safety_harm=known.has_safety_harm,
        factors=factors,
        reduce=reduce,
        minutes=reduce,
        earlier_found=not first.is_first,
    )
    act_on = known.act_on or today
    return Request(case.item_code, act_on, today, {**facts, **computed}, circumstances)


@dataclass(frozen=True)
class Assessed:
    """What the benchmark said, what it was asked, and by which editions: enough to ask the same again for ever."""

    result: Assessment
    request: Request
    applicable: Applicable
    prior: PriorRecord
    first: FirstViolation


def assess_case(
    loaded: LoadedCase,
    today: date,
    facts: dict[str, Any],
    factors: tuple[str, ...],
    answers: dict[str, bool],
    *,
    reduce: bool = False,
    by: Any = None,
    at: datetime | None = None,
) -> Assessed:
    """What the benchmark says on these facts. Raises ``Refused`` when the request contradicts itself, and while no
    benchmark is published and in force. ``by`` is who asks the register, and ``at`` when.
    """
    prior, first = prior_record(loaded.case, at), first_violation(loaded.case, by, at)
    request = request_for(loaded, today, facts, factors, answers, prior=prior, first=first, reduce=reduce)
    found = applicable(request.act_ended_on, today)
    try:
        return Assessed(assess(request, found.benchmark, earlier=found.earlier), request, found, prior, first)
    except (RequestError, FactError) as error:
        raise Refused([Refusal("decide-discretion", str(error), "行政处罚法第三十四条", "set_discretion")]) from error


@dataclass(frozen=True)
class Chosen:
    """What the officer answered and chose."""

    facts: dict[str, Any]
    factors: tuple[str, ...]
    answers: dict[str, bool]
    answers_note: str
    amount: Decimal | None
    reason: str
    reduce: bool = False
    outlier_reason: str = ""
    deviation: Deviation | None = None


@transaction.atomic(durable=True)
def set_discretion(
    *, case_id: int, version: int, by: Any, phrases: Sequence[Insertion] = (), at: datetime | None = None, **chosen: Any
) -> Case:
    """Freeze inputs, matched rows, range, suggestion, amount and reasons. An amount outside the range is refused.

    ``chosen`` are the fields of :class:`Chosen`.
    """
    doing = begin("set_discretion", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    used = keep_phrases(doing, phrases, {AMOUNT.home: chosen["reason"]})  # filled in from what was chosen before
    result = apply_benchmark(doing, Chosen(**chosen))
    return conclude(doing, details={**details_of(doing, result, chosen["amount"]), **used})


def apply_benchmark(doing: Doing, choice: Chosen) -> Assessment:
    """Assess, check the amount, freeze everything: the core of every act that applies the benchmark to the case."""
    assessed = assess_case(
        doing.loaded, doing.today, choice.facts, choice.factors, choice.answers, reduce=choice.reduce, by=doing.by,
        at=doing.at,
    )  # fmt: skip
    result = assessed.result
    spread = mirror(doing.case.item_code, result.tier, doing.today, but_case=doing.case.pk).spread
    refusals = [
        *no_fine_answered(choice),
        *mitigation_unnamed(choice),
        *party_in_doubt(choice),
        *gain_unstated(choice),
        *gain_denied(choice),
        *lighter_where_due(result, choice.amount),
        *reduction_without_ground(result, choice),
        *first_offence_unexplained(result, choice),
        *outlier_unexplained(spread, result, choice),
        *left_unlawfully(doing, assessed, choice),
        *_amount_refusals(result, choice),
    ]
    if refusals:
        raise Refused(refusals)
    _store(doing, assessed, choice, spread)
    return result


def details_of(doing: Doing, result: Assessment, amount: Decimal | None) -> dict[str, Any]:
    """What the journal keeps of it."""
    return {
        "item": doing.case.item_code,
        "action": result.action,
        "tier": result.tier,
        "amount": f"{amount or 0:f}",
    }


def _amount_refusals(result: Assessment, choice: Chosen) -> list[Refusal]:
    """The engine's own checks; an answer that leaves nothing to fine needs no amount."""
    if choice.amount is None and any(choice.answers.get(code) for code in NO_FINE_ANSWERS):
        return []
    span = statutory_span(result) if choice.deviation else None
    return check_amount(result, choice.amount, reason=choice.reason, span=span)


def left_unlawfully(doing: Doing, assessed: Assessed, choice: Chosen) -> list[Refusal]:
    """decide-discretion: the benchmark is left with ground and approvals only, and never on the spot."""
    if choice.deviation is None:
        return []
    if doing.case.procedure == "summary":
        text = "偏离裁量基准要经法制审核和集体讨论，不能当场决定。请转普通程序。"
        return [Refusal("decide-discretion", text, "行政处罚法第五十七条第二款", "deviation")]
    is_own = assessed.applicable.edition.is_own
    return list(faults(choice.deviation, assessed.result, choice.amount, doing.today, is_own=is_own))


def no_fine_answered(choice: Chosen) -> list[Refusal]:
    """decide-minor-act, decide-no-fault, decide-double-fine, decide-mental: a yes leaves nothing to fine."""
    if choice.amount is None:
        return []
    said = {
        "minor_act": ("decide-minor-act", "轻微并及时改正、没有危害后果的，应当不予处罚", "第三十三条第一款"),
        "no_fault": ("decide-no-fault", "没有主观过错的，不予行政处罚", "第三十三条第二款"),
        "already_fined": ("decide-double-fine", "同一违法行为不得给予两次以上罚款", "第二十九条"),
        "incapable": ("decide-mental", "不能辨认或者不能控制自己行为的，不予行政处罚", "第三十一条"),
    }
    return [
        Refusal(rule, f"{text}，不能再提出罚款。请清空罚款数额，提出不予处罚意见。", f"行政处罚法{article}", code)
        for code, (rule, text, article) in said.items()
        if choice.answers.get(code)
    ]


def mitigation_unnamed(choice: Chosen) -> list[Refusal]:
    """decide-mitigate-must: which circumstance it is, is said."""
    if not choice.answers.get("mitigation") or any(code.startswith("M") for code in choice.factors):
        return []
    message = "您选了有从轻减轻情节，请勾选是哪一项。"
    return [Refusal("decide-mitigate-must", message, "行政处罚法第三十二条", "factors")]


def party_in_doubt(choice: Chosen) -> list[Refusal]:
    """inv-party-truth: whose act it is, is settled before anybody is fined."""
    if not choice.answers.get("party_doubt"):
        return []
    message = "当事人认定还有疑问，不能裁量。请先查清是谁的行为，必要时更正当事人。"
    return [Refusal("inv-party-truth", message, "行政处罚法第四十条", "edit")]


def gain_unstated(choice: Chosen) -> list[Refusal]:
    """inv-illegal-gain: a gain is stated with what must be refunded; the rest is confiscated (处罚法28)."""
    if not choice.answers.get("illegal_gain") or any(word in choice.answers_note for word in ("退赔", "没收")):
        return []
    message = "有违法所得的，除依法应当退赔的外应当没收。请在理由里写明数额、应退赔的数额和没收的处理。"
    return [Refusal("inv-illegal-gain", message, "行政处罚法第二十八条第二款", "answers_note")]


def gain_denied(choice: Chosen) -> list[Refusal]:
    """inv-illegal-gain: a sum is confiscated, so it cannot be answered that nothing was received."""
    if not choice.facts.get("illegal_income") or choice.answers.get("illegal_gain") is not False:
        return []
    message = "填写了违法所得的数额，又回答没有取得款项，前后不一致。请改成一致。"
    return [Refusal("inv-illegal-gain", message, "行政处罚法第二十八条第二款", "illegal_gain")]


# 应当从轻或者减轻 (处罚法30、32): a yes binds, whatever speaks against the party.
MUST_BE_LIGHTER = {"M1", "M2", "M3", "M4", "M5"}


def lighter_where_due(result: Assessment, amount: Decimal | None) -> list[Refusal]:
    """decide-mitigate-must, decide-minor-14-18: the lower part of the tier, or below the minimum."""
    due = [one for one in result.factors if one.code in MUST_BE_LIGHTER]
    if not due or amount is None or result.tier_range is None or result.is_reduced:
        return []
    lower = in_yuan(lower_part(result.tier_range), result.facts)
    if lower is None or amount <= lower.maximum:
        return []
    rule = "decide-minor-14-18" if due[0].code == "M5" else "decide-mitigate-must"
    message = f"当事人{due[0].text}，应当从轻或者减轻处罚，罚款不能高于 {plain(lower.maximum)} 元。请改低。"
    return [
        Refusal(rule, message, due[0].citation.strip("《》").replace("中华人民共和国", "").replace("》", ""), "amount")
    ]


def reduction_without_ground(result: Assessment, choice: Chosen) -> list[Refusal]:
    """decide-below-min: below the statutory minimum only on a ground of the law."""
    if not choice.reduce or result.is_reduced:
        return []
    message = "没有法定减轻情节，或者法律没有规定罚款下限，不能减轻处罚。请改为在幅度内裁量。"
    return [Refusal("decide-below-min", message, "行政处罚法第三十二条", "reduce")]


def first_offence_unexplained(result: Assessment, choice: Chosen) -> list[Refusal]:
    """decide-first-offence: a listed matter that is not exempted needs the reason in the officer's own words."""
    is_listed = any(check.outcome != "applied" for check in result.lists)
    if not is_listed or result.action != "penalise" or len(choice.answers_note.strip()) >= 5:
        return []
    message = "该行为列入首违不罚或者不予处罚清单而没有适用，请写明理由。"
    return [Refusal("decide-first-offence", message, "行政处罚法第三十三条第一款", "answers_note")]


def outlier_unexplained(spread: Spread, result: Assessment, choice: Chosen) -> list[Refusal]:
    """decide-discretion: an amount outside what the bureau usually decides needs its reason in the file (同案同罚)."""
    if result.action != "penalise" or not spread.stands_out(choice.amount) or len(choice.outlier_reason.strip()) >= 5:
        return []
    return [Refusal("decide-discretion", spread.sentence(choice.amount), "行政处罚法第五条第二款", "outlier_reason")]


def _similar(spread: Spread, chosen: Chosen) -> dict[str, Any]:
    """What the mirror showed when the amount was chosen."""
    if not spread.count:
        return {"count": 0}
    low, high = spread.usual
    return {
        "count": spread.count, "usual": [str(low), str(high)], "median": str(spread.median),
        "is_outlier": spread.stands_out(chosen.amount), "reason": chosen.outlier_reason.strip(),
    }  # fmt: skip


def _action(result: Assessment, answers: dict[str, bool]) -> str:
    """What is to be done: the engine's finding, unless an answer already rules a penalty out."""
    return "no_penalty" if any(answers.get(code) for code in NO_FINE_ANSWERS) else result.action


def _choice(assessed: Assessed, chosen: Chosen, spread: Spread) -> Choice:
    """What the texts say of the officer's choice."""
    result, left = assessed.result, chosen.deviation
    compared = report_sentence(spread, chosen.amount, chosen.outlier_reason) if result.action == "penalise" else ""
    return Choice(
        chosen.amount, chosen.reason, comparison=compared, deviation=sentence(left, result) if left else "",
        first_query=assessed.first.sentence(),
    )  # fmt: skip


def _store(doing: Doing, assessed: Assessed, chosen: Chosen, spread: Spread) -> None:
    result, left, prior = assessed.result, chosen.deviation, assessed.prior
    span = statutory_span(result) if left else allowed_range(result)
    choice = _choice(assessed, chosen, spread)
    facts = {name: as_json(value) for name, value in chosen.facts.items()}
    Discretion.objects.update_or_create(
        case=doing.case,
        defaults={
            "edition": f"{result.benchmark_name}（{result.edition}）",
            "benchmark_edition": assessed.applicable.edition,
            "facts": {"facts": facts, "factors": list(chosen.factors), "reduce": chosen.reduce},
            "result": {
                "assessment": snapshot(result),
                "request": freeze_request(assessed.request),
                "editions": assessed.applicable.references,
                "prior": {"counts": prior.counts, "asked_at": prior.asked_at, "hits": list(prior.hits)},
                "first_violation": assessed.first.as_json(),
                "report_text": list(report_paragraphs(result, choice)),
                "notice_text": notice_paragraph(result, choice),
                "decision_text": decision_paragraph(result, choice),
            },
            "action": _action(result, chosen.answers),
            "tier": result.tier,
            "minimum": span.minimum if span else None,
            "maximum": span.maximum if span else None,
            "amount": chosen.amount if result.action == "penalise" else None,
            "reason": chosen.reason,
            "answers": {
                **chosen.answers,
                "note": chosen.answers_note,
                "complete": set(questions_for(doing.case)) <= set(chosen.answers),
            },
            "needs_confirmation": bool(result.unconfirmed),
            "similar": _similar(spread, chosen),
            "deviation": left.as_json() if left else {},
            "by": doing.by,
            "at": doing.at,
        },
    )


def as_json(value: Any) -> Any:
    """A typed fact as JSON can hold it: decimals as text."""
    return str(value) if isinstance(value, Decimal) else value
