"""The overlay X5 over the states P12–P20: what the rulings on a decision mean for its case (law/procedure.md §8).

A ruling changes no history: the decision stays readable. It decides whether a decision stands, which acts belong to the
present round after a remand, and what of the money paid is still owed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from cases.procedure.execution_facts import ExecutionFacts
from cases.procedure.facts import CaseFacts, RemedyFact
from cases.procedure.ruling_facts import RulingFact
from cases.procedure.states import ROAD, State
from lishu_law.law.limits import SHANGHAI

# The state in which each act of a round is done; after a remand those done before it count no longer.
_ROUND = {
    "set_discretion": State.INVESTIGATION, "submit_report": State.INVESTIGATION,
    "endorse_report": State.REPORT_APPROVAL, "approve_report": State.REPORT_APPROVAL,
    "issue_notice": State.NOTICE_DUE, "prior_notice": State.NOTICE_DUE,
    "serve_notice": State.NOTICE_DUE, "renotice": State.NOTICE_DUE, "approve_revision": State.NOTICE_DUE,
    "record_defence": State.NOTICE_WINDOW,
    "review_defence": State.DEFENCE_REVIEW, "request_review": State.DEFENCE_REVIEW, "review": State.LEGAL_REVIEW,
    "record_discussion": State.DECISION_APPROVAL, "approve_decision": State.DECISION_APPROVAL,
    "serve_decision": State.DECIDED, "record_payment": State.PERFORMANCE, "propose_closing": State.PERFORMED,
    "endorse_closing": State.CLOSING_APPROVAL, "approve_closing": State.CLOSING_APPROVAL, "archive": State.CLOSED,
}  # fmt: skip
EFFECTS = {
    "revoke": "撤销", "change": "变更", "confirm_unlawful": "确认违法", "order_remake": "撤销并重新作出决定",
    "void": "确认无效",
}  # fmt: skip
SOURCES = {"self": "自行纠正", "review": "复议决定", "court": "法院裁判", "supervision": "监督决定"}


@dataclass(frozen=True)
class Round:
    """The present round: since when, and from which state the case was walked again."""

    since: datetime | None = None
    first: State = State.INVESTIGATION

    def counts(self, code: str, at: datetime) -> bool:
        """Does an act of this kind, done at this moment, belong to the present round?"""
        state = _ROUND.get(code)
        if self.since is None or state is None or at > self.since:
            return True
        return ROAD.index(state) < ROAD.index(self.first)


def round_of(rulings: Sequence[RulingFact]) -> Round:
    """The round the last remand opened; without one the only round."""
    last = last_remand(rulings)
    return Round(last.recorded_at, State(last.back_to)) if last else Round()


def last_remand(rulings: Sequence[RulingFact]) -> RulingFact | None:
    return next((one for one in reversed(rulings) if one.effect == "order_remake"), None)


def paid_back(rulings: Sequence[RulingFact]) -> Decimal:
    """What was paid of a fine and counts towards none any more, whether or not it has gone back already."""
    return sum((one.refund.fine for one in rulings if one.refund), Decimal("0.00"))


def execution_of(found: ExecutionFacts, now: Round) -> ExecutionFacts:
    """The execution of the present round: what was paid, asked for and demanded on a remanded decision is history."""
    if now.since is None:
        return found
    since = clock_day(now.since)
    return replace(
        found,
        receipts=tuple(one for one in found.receipts if one.paid_on > since),
        deferrals=tuple(one for one in found.deferrals if one.approved_on > since),
        demands=tuple(one for one in found.demands if one.made_on > since),
        courts=tuple(one for one in found.courts if one.approved_on > since),
        enforcements=tuple(one for one in found.enforcements if one.decided_on > since),
        agreements=tuple(one for one in found.agreements if one.agreed_on > since),
    )


def remedies_of_round(facts: CaseFacts) -> tuple[RemedyFact, ...]:
    """The reviews and lawsuits that concern the decision as it now stands, not the one that was remanded."""
    remand = last_remand(facts.rulings)
    return tuple(one for one in facts.remedies if remand is None or one.received_on > remand.effective_on)


def clock_day(moment: datetime) -> date:
    """The Shanghai calendar date of an instant."""
    return moment.astimezone(SHANGHAI).date()


def felling(facts: CaseFacts) -> RulingFact | None:
    """The ruling because of which no decision stands; None where one stands or there never was one."""
    if facts.decision_number:
        return None
    return next((one for one in reversed(facts.rulings) if one.fells), None)


def overlay_text(facts: CaseFacts) -> str:
    """One sentence for the head of the case page; empty without a ruling."""
    if not facts.rulings:
        return ""
    last = facts.rulings[-1]
    said = f"{SOURCES[last.source]}（{last.document_no}）：原处罚决定{last.old_number}已被{EFFECTS[last.effect]}"
    stands = f"，现在有效的决定是{facts.decision_number}。" if facts.decision_number else "，不再执行。"
    return f"{said}{stands}"


def marks(facts: CaseFacts) -> dict[str, str]:
    """What to write beside a decision's number wherever its document is listed."""
    return {one.old_number: f"已{EFFECTS[one.effect]}" for one in facts.rulings}
