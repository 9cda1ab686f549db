"""What other packages may know of a sealed decision: frozen facts, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class DecisionFacts:
    """One sealed penalty decision as the disclosure package sees it. Nothing here is masked."""

    decision_id: int | None
    case_id: int | None
    case_no: str
    number: str  # 决定书文号
    decided_on: date
    filed_on: date
    served_on: date | None
    procedure: str  # "summary" | "ordinary"
    organ_name: str
    organ_uscc: str
    area_code: str
    party_kind: str  # registry.PartyKind value
    party_name: str
    party_uscc: str
    party_person_name: str  # legal representative or operator
    party_id_kind: str
    party_id_number: str
    party_phone: str
    party_address: str
    birth_on: date | None
    item_code: str
    violation: str  # 案由
    domain: str
    facts_text: str  # 违法事实 as sealed in the decision
    act_on: date
    place: str  # road or township level
    breached: str
    basis: str
    tier: str
    discretion_text: str
    penalty_types: tuple[str, ...]  # codes of feed_api.md §12 punish_type
    fine: Decimal | None
    confiscated: Decimal | None
    licence_action: str
    result_text: str
    case_source: str  # codes of feed_api.md §12 case_source
    check_action_code: str  # inspection code, or 无
    is_hearing: bool
    is_major: bool
    legal_reviewed_on: date | None
    legal_opinion: str
    discussed_on: date | None
    discussion_conclusion: str
    handlers: frozenset[str]  # staff numbers of everybody who handled the case
    handler_name: str
    other_people: tuple[str, ...] = ()  # drivers, witnesses …: 某人 in public
    plates: tuple[str, ...] = ()
    other_values: tuple[str, ...] = ()  # every other personal value of the case, never public
    paid_amount: Decimal | None = None
    closed_on: date | None = None
