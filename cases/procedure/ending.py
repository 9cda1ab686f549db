"""Why a filed case ends without a decision, and how a case may be closed (file-withdraw, inv-terminate, close-conditions)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.procedure.closing import PERFORMED, closing_kind
from cases.procedure.facts import CaseFacts
from cases.procedure.states import State


@dataclass(frozen=True)
class Ending:
    """One ground. ``kind`` is withdrawal (撤销立案) or termination (终止调查)."""

    code: str
    kind: str
    title: str
    rule_id: str


ENDINGS: dict[str, Ending] = {
    one.code: one
    for one in (
        Ending("not_met", "withdrawal", "撤销立案：立案后发现不符合立案条件", "file-withdraw"),
        Ending("wrong_party", "withdrawal", "撤销立案：立案的当事人有误，应另行立案", "file-withdraw"),
        Ending("no_violation", "termination", "终止调查：没有违法事实", "inv-terminate"),
        Ending("limitation", "termination", "终止调查：违法行为已过追责时效", "inv-terminate"),
        Ending("party_gone", "termination", "终止调查：当事人死亡或者终止，没有权利义务承受人", "inv-terminate"),
        Ending("other", "termination", "终止调查：其他需要终止的情形", "inv-terminate"),
    )
}
# How a case that left the road may be closed (law/procedure.md §9); how one that was decided may: ``closing``.
ENDED_KINDS: dict[str, str] = {
    "no_penalty": "不予处罚",
    "withdrawn": "撤销立案",
    "terminated": "终止调查",
    "transferred": "移送",
}


def kind_of_closing(facts: CaseFacts, today: date) -> str:
    """The kind of closing that the state of the case allows."""
    if facts.state == State.NO_PENALTY:
        return "no_penalty"
    if facts.state == State.TRANSFERRED:
        return "transferred"
    if facts.state == State.ENDED:
        return "withdrawn" if facts.approved_request("withdrawal") else "terminated"
    return closing_kind(facts, today) or PERFORMED
