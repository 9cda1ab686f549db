"""Urging 催告 (强制法35、36、54): the letter with the exact amount, and the party heard on it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.documents import contexts
from cases.documents.contexts import DemandWords
from cases.documents.issue import seal
from cases.models import Case, Demand, StatementKind
from cases.procedure.balance import balance
from cases.procedure.execution_facts import DemandFact
from cases.procedure.urging import last_day, served_on
from lishu_law.errors import Refusal, Refused

LAW = "行政强制法第三十五条"


@transaction.atomic(durable=True)
def issue_demand(
    *, case_id: int, version: int, by: Any, measures: tuple[str, ...], manner: str, requirement: str, other: str = "",
    other_measure: str = "", at: datetime | None = None,
) -> Demand:  # fmt: skip
    """Seal the 催告书: ten working days, way, exact amount as of today, rights (enforce-urge)."""
    doing = begin("issue_demand", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := what_follows_is_named(measures, other_measure):
        raise Refused(refusals)
    duties = tuple(one.text for one in doing.loaded.facts.execution.open_duties)
    words = DemandWords(measures, manner, requirement, other, other_measure, duties)
    demand = make_demand(doing, words, part="")
    conclude(doing, details={"demand": demand.pk})
    return demand


def make_demand(doing: Doing, words: DemandWords, *, part: str) -> Demand:
    """The sealed letter and its row; ``part`` names the proxy performance that a second demand precedes."""
    owed = balance(doing.loaded.facts, doing.today)
    data = contexts.demand_letter(doing.loaded, doing, owed, words)
    document = seal(doing.case, "demand_letter", data, by=doing.by, at=doing.at, amount=owed.total, part=part)
    return Demand.objects.create(
        case=doing.case, document=document, part=part, fine=owed.fine_open, additional=owed.additional_open,
        made_on=doing.today,
    )  # fmt: skip


def what_follows_is_named(measures: tuple[str, ...], other_measure: str) -> list[Refusal]:
    """enforce-urge: the letter says what the bureau will do if it stays in vain."""
    if measures or other_measure.strip():
        return []
    return [Refusal("enforce-urge", "请至少选一项逾期不履行将采取的措施。", LAW, "measures")]


@transaction.atomic(durable=True)
def hear_demand(
    *, case_id: int, version: int, by: Any, kind: str, stated_on: date, statement: str = "", review: str = "",
    is_adopted: bool | None = None, at: datetime | None = None,
) -> Case:  # fmt: skip
    """What the party said to the demand, with its review; or that the ten working days passed in silence."""
    doing = begin("hear_demand", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    fact = doing.loaded.facts.execution.demand
    if fact is None:  # demand_served has refused already
        raise Refused([Refusal("enforce-urge", "还没有制作催告书。请先催告。", LAW, "issue_demand")])
    if refusals := [
        *statement_dated(doing, fact, stated_on),
        *statement_complete(doing, fact, kind, statement, review),
    ]:
        raise Refused(refusals)
    silent = kind == StatementKind.NONE
    demand = Demand.objects.get(pk=fact.id)
    demand.statement_kind, demand.stated_on = kind, None if silent else stated_on
    demand.statement, demand.review = ("", "") if silent else (statement, review)
    demand.is_adopted, demand.heard_by, demand.heard_at = None if silent else bool(is_adopted), by, doing.at
    demand.save(
        update_fields=[
            "statement_kind", "stated_on", "statement", "review", "is_adopted", "heard_by", "heard_at",
        ]
    )  # fmt: skip
    return conclude(doing, opinion=review, details={"demand": demand.pk, "kind": kind})


def statement_dated(doing: Doing, demand: DemandFact, stated_on: date) -> list[Refusal]:
    """After the serving of the demand, not in the future."""
    served = served_on(doing.loaded.facts, demand)
    if served and served <= stated_on <= doing.today:
        return []
    text = "日期应当在催告书送达之后、今天之前（含当天），请核对。"
    return [Refusal("enforce-urge-hear", text, "行政强制法第三十六条", "stated_on")]


def statement_complete(doing: Doing, demand: DemandFact, kind: str, statement: str, review: str) -> list[Refusal]:
    """enforce-urge-hear: silence only once the ten working days are over; what was said with its review."""
    law = "行政强制法第三十六条"
    if kind == StatementKind.NONE:
        last = last_day(doing.loaded.facts, demand)
        if last and doing.today > last:
            return []
        until = f"{last:%Y-%m-%d}" if last else ""
        text = f"催告期到 {until} 24 时届满，届满前不能记为没有陈述、申辩。"
        return [Refusal("enforce-urge-hear", text, law, "kind")]
    refusals = []
    if not statement.strip():
        refusals.append(Refusal("enforce-urge-hear", "请记下当事人陈述、申辩的内容。", law, "statement"))
    if not review.strip():
        text = "当事人的意见要记录、复核，请写明复核情况和理由。"
        refusals.append(Refusal("enforce-urge-hear", text, law, "review"))
    return refusals
