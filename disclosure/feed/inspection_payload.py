"""From a finished inspection to the frozen bytes of its record (feed_api.md §3.2).

A penalty that came from an inspection names it (V09), so the exchange must hold the inspection first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from disclosure.feed import wire
from disclosure.feed.payload import INSPECTION_KIND, Identity, envelope_of, moment, party_block
from disclosure.feed.rules import inspection_rule_faults
from disclosure.feed.shape import Fault, inspection_shape_faults
from inspections.api import InspectionFacts
from lishu_law import clock

# Where the published list gives no code of its own: character 19 is the level of government, here the county. Its meaning
# and the serial behind the item's code are inferred (待确认), like the placeholder codes of the matters themselves.
LEVEL, FIRST_LIST = "4", "0001"


@dataclass(frozen=True)
class FrozenRecord:
    """The bytes, their content digest, and what keeps them from being sent (empty: nothing)."""

    body: bytes
    digest: str
    faults: tuple[Fault, ...]


def frozen(facts: InspectionFacts, identity: Identity, at: datetime) -> FrozenRecord:
    """One message about an inspection, with every fault the exchange would find."""
    envelope = envelope_of(INSPECTION_KIND, facts.area_code, identity, at, _data(facts))
    faults = inspection_shape_faults(envelope["data"]) or inspection_rule_faults(envelope, clock.local(at).date())
    return FrozenRecord(wire.canonical(envelope).encode(), wire.content_digest(envelope), tuple(faults))


def _data(facts: InspectionFacts) -> dict[str, Any]:
    points = [{"no": one.no, "name": one.name, "result": one.outcome} for one in facts.points]
    return {
        "plan_id": facts.plan_id or None,
        "filing_no": facts.filing_no or None,
        "supervise_item_implement_code": facts.matter_code,
        "supervise_item_check_icode": facts.list_code or f"{facts.organ_uscc}{LEVEL}{facts.matter_code}{FIRST_LIST}",
        "check_action_name": f"对{facts.party_name}的{facts.matter_name}",
        "check_action_code": facts.check_action_code,
        "implement_institution": facts.organ_name,
        "implement_institution_code": facts.organ_uscc,
        **({"entrust_dept": facts.entrusted_name} if facts.entrusted_name else {}),
        **({"entrust_dept_code": facts.entrusted_uscc} if facts.entrusted_uscc else {}),
        **(party_block(facts) if facts.party_kind else {}),
        **({"supervise_object": facts.object_name} if facts.object_name else {}),
        "address_operating": facts.place or None,
        "area_number": facts.area_code,
        "check_form": facts.form,
        "check_type": facts.category,
        "check_mode": facts.method or None,
        "check_result": {"code": facts.result_code, "text": facts.result_text or None, "items": points},
        "check_date": moment(facts.checked_at),
        "check_personnel": [one.name for one in facts.officers],
        "check_personnel_code": [one.certificate_number for one in facts.officers],
        "company_type": facts.industry or None,
    }
