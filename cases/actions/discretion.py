"""Applying the benchmark (处罚法5、34): facts in, tier and range out, amount chosen inside, everything frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.discretion.checks import allowed_range, check_amount
from cases.discretion.engine import assess
from cases.discretion.facts import FactError
from cases.discretion.reasons import Choice, decision_paragraph, notice_paragraph, report_paragraphs
from cases.discretion.request import Circumstances, Request, RequestError
from cases.discretion.result import Assessment
from cases.discretion.snapshot import snapshot
from cases.models import Case, Discretion
from cases.queries.benchmarks import benchmark
from cases.queries.facts import LoadedCase
from cases.queries.priors import prior_record
from lishu_law.errors import Refusal, Refused

# Questions that silence would block (decide-minor-act, -no-fault, -double-fine, -mitigate-must): code → what "yes" means.
QUESTIONS: dict[str, str] = {
    "minor_act": "违法行为轻微并及时改正，没有造成危害后果",
    "no_fault": "当事人有证据足以证明没有主观过错",
    "already_fined": "同一违法行为已经被罚款",
    "mitigation": "有法定从轻或者减轻情节",
}


def request_for(
    loaded: LoadedCase, today: date, facts: dict[str, Any], factors: tuple[str, ...], answers: dict[str, bool]
) -> Request:
    """The engine's request for this case: typed answers, counters from the register, party and dates from the case."""
    case, known = loaded.case, loaded.facts
    computed = {
        **prior_record(case).counts,
        "party_type": "person" if case.party and case.party.kind == "citizen" else "org",
    }
    circumstances = Circumstances(
        act_ended_on=known.act_ended_on,
        discovered_on=known.discovered_on,
        party_age=known.party.age_at_act if known.party else None,
        no_fault=answers.get("no_fault", False),
        factors=factors,
    )
    act_on = known.act_on or today
    return Request(case.item_code, act_on, today, {**facts, **computed}, circumstances)


def assess_case(
    loaded: LoadedCase, today: date, facts: dict[str, Any], factors: tuple[str, ...], answers: dict[str, bool]
) -> Assessment:
    """What the benchmark says on these facts. Raises ``Refused`` when the request contradicts itself."""
    try:
        return assess(request_for(loaded, today, facts, factors, answers), benchmark())
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


@transaction.atomic(durable=True)
def set_discretion(*, case_id: int, version: int, by: Any, at: datetime | None = None, **chosen: Any) -> Case:
    """Freeze inputs, matched rows, range, suggestion, amount and reasons. An amount outside the range is refused.

    ``chosen`` are the fields of :class:`Chosen`.
    """
    choice = Chosen(**chosen)
    doing = begin("set_discretion", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    result = assess_case(doing.loaded, doing.today, choice.facts, choice.factors, choice.answers)
    refusals = [
        *_answer_refusals(choice.answers, choice.factors),
        *check_amount(result, choice.amount, reason=choice.reason),
    ]
    if refusals:
        raise Refused(refusals)
    _store(doing, result, choice)
    amount = f"{choice.amount or 0:f}"
    return conclude(
        doing,
        details={"item": doing.case.item_code, "action": result.action, "tier": result.tier, "amount": amount},
    )


def _answer_refusals(answers: dict[str, bool], factors: tuple[str, ...]) -> list[Refusal]:
    refusals = []
    if answers.get("minor_act"):
        refusals.append(
            Refusal(
                "decide-minor-act",
                "轻微并及时改正、没有危害后果的，应当不予处罚，不能再提出罚款。",
                "行政处罚法第三十三条第一款",
                "minor_act",
            )
        )
    if answers.get("already_fined"):
        refusals.append(
            Refusal(
                "decide-double-fine",
                "同一违法行为不得给予两次以上罚款，不能再提出罚款。",
                "行政处罚法第二十九条",
                "already_fined",
            )
        )
    if answers.get("mitigation") and not any(code.startswith("M") for code in factors):
        refusals.append(
            Refusal("decide-mitigate-must", "您选了有从轻减轻情节，请勾选是哪一项。", "行政处罚法第三十二条", "factors")
        )
    return refusals


def _store(doing: Doing, result: Assessment, chosen: Chosen) -> None:
    span, prior = allowed_range(result), prior_record(doing.case)
    choice = Choice(chosen.amount, chosen.reason)
    facts = {name: as_json(value) for name, value in chosen.facts.items()}
    Discretion.objects.update_or_create(
        case=doing.case,
        defaults={
            "edition": f"{result.benchmark_name}（{result.edition}）",
            "facts": {"facts": facts, "factors": list(chosen.factors)},
            "result": {
                "assessment": snapshot(result),
                "prior": {"counts": prior.counts, "asked_at": prior.asked_at, "hits": list(prior.hits)},
                "report_text": list(report_paragraphs(result, choice)),
                "notice_text": notice_paragraph(result, choice),
                "decision_text": decision_paragraph(result, choice),
            },
            "action": result.action,
            "tier": result.tier,
            "minimum": span.minimum if span else None,
            "maximum": span.maximum if span else None,
            "amount": chosen.amount if result.action == "penalise" else None,
            "reason": chosen.reason,
            "answers": {
                **chosen.answers,
                "note": chosen.answers_note,
                "complete": set(QUESTIONS) <= set(chosen.answers),
            },
            "needs_confirmation": bool(result.unconfirmed),
            "by": doing.by,
            "at": doing.at,
        },
    )


def as_json(value: Any) -> Any:
    """A typed fact as JSON can hold it: decimals as text."""
    return str(value) if isinstance(value, Decimal) else value
