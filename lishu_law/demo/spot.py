"""The stories of the summary procedure: begun and decided on the roadside within minutes, closed days later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.actions import closure, spot_collection, spot_decision, summary
from cases.actions.filing import NewClue, NewPerson, declare_no_conflict
from cases.actions.summary import SceneNote
from cases.api import decision_facts
from cases.models import PaymentWay
from cases.queries.benchmarks import violation
from disclosure.actions.draft import draft
from lishu_law import clock
from lishu_law.demo.parties import TOWNSHIPS
from lishu_law.demo.plans import DETOUR, OVERLOAD, STALL
from lishu_law.demo.road import ANSWERS, ROUTES, publish_decision, verify_duties
from lishu_law.demo.walk import Milestone, Walk
from lishu_law.registry.models import PartyKind

COLLECTED = "spot_collected"  # the story in which the officers take the fine themselves


@dataclass(frozen=True)
class OnTheSpot:
    """What the benchmark asks about a deed, and the fine chosen from its answer; ``None`` is a warning."""

    facts: dict[str, Any]
    amount: Decimal | None


FOUND = {
    DETOUR.item_code: OnTheSpot({"harm": "none", "obstruct": False}, Decimal(50)),
    OVERLOAD.item_code: OnTheSpot({"over_kg": Decimal(600)}, None),
    STALL.item_code: OnTheSpot(
        {
            "harm": "none", "obstruct": False, "corrected": False, "order_refused": False, "blocked_minutes": Decimal(0),
            "traffic_affected": False, "dangerous_section": False,
        },
        Decimal(100),
    ),
}  # fmt: skip


def open_scene(walk: Walk, act_at: datetime) -> None:
    """What the officers see; whoever is met is the party or drives for it."""
    plan, party, chance = walk.plan, walk.party, walk.chance
    known = violation(plan.deed.item_code)
    clue = NewClue(
        source="inspection", item_code=plan.deed.item_code, violation=known.title if known else "",
        domain=known.domain if known else "", act_at=act_at, summary=f"检查发现，当事人{plan.deed.seen}",
        received_at=act_at, route=chance.choice(ROUTES), stake=f"K{chance.randrange(2, 90)}+{chance.randrange(1, 10)}00",
        township=chance.choice(TOWNSHIPS), party=party, vehicle=walk.vehicle,
        persons=(
            NewPerson("party", _met(walk), party.gender, party.id_number, party.phone, party.address, party.person_post),
        ),
    )  # fmt: skip
    walk.at = act_at + timedelta(minutes=3)
    walk.case = summary.open_summary(by=walk.lead, assistant=walk.assistant, clue=clue, at=walk.at)


def _met(walk: Walk) -> str:
    return walk.party.name if walk.party.kind == PartyKind.CITIZEN else walk.party.person_name


def _identify(walk: Walk) -> None:
    walk.step(summary.identify, walk.lead, licence_shown=True, mental_doubt=False)
    for officer in (walk.lead, walk.assistant):
        declare_no_conflict(case_id=walk.known_case.pk, by=officer, at=walk.now)


def _secure_evidence(walk: Walk) -> None:
    note = SceneNote(body=f"检查发现，{walk.plan.deed.seen}")
    walk.step(summary.secure_evidence, walk.lead, note=note)


def _assess(walk: Walk) -> None:
    found = FOUND[walk.plan.deed.item_code]
    walk.step(
        summary.assess_on_spot, walk.lead, facts=found.facts, factors=(), answers=ANSWERS,
        answers_note="现场没有发现这些情形。", amount=found.amount, reason="首次被查处，没有造成危害后果。",
        outlier_reason="现场情节与多数案件不同，按本案实际确定。",
    )  # fmt: skip


def _decide(walk: Walk) -> None:
    """The fine goes to the bank, except in the story in which cash is taken: within one hundred yuan."""
    way = PaymentWay.WITHIN_100 if walk.plan.until == COLLECTED else PaymentWay.BANK
    walk.step(spot_decision.decide_on_spot, walk.lead, payment_way=way)
    draft(decision_facts(walk.known_case.decision.pk), at=walk.now + timedelta(minutes=1))


def _hand_over(walk: Walk) -> None:
    relation = "representative" if walk.party.kind == PartyKind.ORGANISATION else "self"
    walk.step(spot_decision.hand_over, walk.assistant, receiver_name=_met(walk), relation=relation)


def _collect(walk: Walk) -> None:
    walk.step(spot_collection.collect_on_spot, walk.lead, receipt_no=f"演示票{walk.now:%Y}{walk.slot:06d}")


def _pay(walk: Walk) -> None:
    amount = walk.known_case.decision.amount
    if amount:
        walk.step(
            spot_collection.record_spot_payment, walk.lead, receipt_no=f"演示{walk.now:%Y}{walk.slot:06d}",
            amount=amount, paid_on=clock.local(walk.now).date(),
        )  # fmt: skip


def _close(walk: Walk) -> None:
    case = walk.known_case
    verify_duties(walk)
    execution = "罚款已全部缴清。" if case.decision.amount else "已经当场警告并教育当事人。"
    walk.step(spot_collection.close_summary, walk.lead, result=case.decision.result_text, execution=execution)


OPENED = "spot_opened"
ON_THE_SPOT = (
    Milestone("spot_identified", _identify, 0, 4),
    Milestone("spot_evidenced", _secure_evidence, 0, 8),
    Milestone("spot_assessed", _assess, 0, 4),
    Milestone("spot_told", lambda walk: walk.step(spot_decision.tell_orally, walk.lead, told=True), 0, 4),
    Milestone("spot_heard", lambda walk: walk.step(spot_decision.hear, walk.lead), 0, 3),
    Milestone("spot_decided", _decide, 0, 4),
    Milestone("spot_delivered", _hand_over, 0, 3),
)
AFTERWARDS = (
    Milestone("spot_reported", lambda walk: walk.step(spot_collection.report_to_bureau, walk.assistant)),
    Milestone("spot_published", publish_decision),
    Milestone("spot_paid", _pay, 2),
    Milestone("spot_closed", _close),
    Milestone("spot_archived", lambda walk: walk.step(closure.archive, walk.cast["archive1"]), 6),
)
SPOT_ROAD = (*ON_THE_SPOT, *AFTERWARDS)


def spot_road(until: str) -> tuple[Milestone, ...]:
    """The acts of one story after what was seen, in order."""
    if until == OPENED:
        return ()
    if until == COLLECTED:
        return (*ON_THE_SPOT, Milestone(COLLECTED, _collect, 0, 5))
    words = [milestone.word for milestone in SPOT_ROAD]
    return SPOT_ROAD[: words.index(until) + 1]
