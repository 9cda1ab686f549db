"""From a sealed decision to the frozen bytes of one penalty record (feed_api.md §3.1).

The exchange gets the full data (government to government); only its ``public`` block follows the masking rules.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from cases.api import DecisionFacts
from disclosure.content import PENALTY_TYPES, SUMMARY, yuan
from disclosure.credit import CreditClass
from disclosure.feed import wire
from disclosure.feed.rules import rule_faults
from disclosure.feed.shape import Fault, shape_faults
from lishu_law import clock
from lishu_law.errors import Refusal, Refused
from lishu_law.law.amounts import wan
from lishu_law.registry.models import PartyKind

PENALTY_KIND = "penalty-decision"
INSPECTION_KIND = "inspection-record"
NO_INSPECTION = "无"
NO_END = "2099-12-31"
USCC_CARD = "001"
_NATURE = {PartyKind.CITIZEN: "01", PartyKind.ORGANISATION: "02", PartyKind.INDIVIDUAL_BUSINESS: "03"}
_OBJECT = {PartyKind.CITIZEN: "03", PartyKind.ORGANISATION: "01", PartyKind.INDIVIDUAL_BUSINESS: "02"}
_SGS_KIND = {PartyKind.ORGANISATION: "法人及非法人组织", PartyKind.INDIVIDUAL_BUSINESS: "个体工商户"}
_ITEMS = Path(__file__).resolve().parent.parent / "data" / "supervise_items.csv"
# CJK compatibility ideographs stay as stored: a name is never normalised.
_COMPATIBILITY = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")


@dataclass(frozen=True)
class PublicBlock:
    """What the exchange may show to everybody: taken from the published record, never from the decision."""

    party: str
    facts: str
    display_until: date
    url: str
    credit_until: date | None = None  # of the credit display, where it has an end of its own
    has_credit: bool = True  # False: the credit display is over or none is due; the 双公示 block stays out (V19)


@dataclass(frozen=True)
class Identity:
    """Which message this is: record, version, operation."""

    rui: str
    version: int
    op: str
    cd_id: str

    @property
    def key(self) -> str:
        return f"{self.rui}:{self.version}:{self.op}"


def frozen(
    facts: DecisionFacts, public: PublicBlock, credit: CreditClass, identity: Identity, at: datetime
) -> tuple[bytes, str]:
    """The bytes to send and their content digest. Raises ``Refused`` naming each fact to mend."""
    envelope = build(facts, public, credit, identity, at)
    check(envelope, clock.local(at).date())
    return wire.canonical(envelope).encode(), wire.content_digest(envelope)


def build(
    facts: DecisionFacts, public: PublicBlock, credit: CreditClass, identity: Identity, at: datetime
) -> dict[str, Any]:
    """The envelope with its data; nothing is checked yet."""
    data = {
        **_institution(facts),
        "supervise_object_type": _OBJECT[PartyKind(facts.party_kind)],
        **party_block(facts),
        **_act(facts),
        **_procedure(facts),
        **_outcome(facts),
        "credit_class": credit.value,
        "public": {
            "visible": True,
            "party_display": public.party,
            "fact_display": public.facts or None,
            "display_until": public.display_until.isoformat(),
            "public_url": public.url,
        },
        "sgs": _credit_block(facts, credit, public.credit_until or public.display_until) if public.has_credit else None,
    }
    return envelope_of(PENALTY_KIND, facts.area_code, identity, at, data)


def envelope_of(kind: str, area_code: str, identity: Identity, at: datetime, data: dict[str, Any]) -> dict[str, Any]:
    """``data`` cleaned and put into its envelope."""
    return {
        "kind": kind,
        "cd_id": identity.cd_id,
        "cd_time": moment(at),
        "cd_source": area_code,
        "cd_operation": identity.op,
        "record_unique_identity": identity.rui,
        "data_version": identity.version,
        "data": _clean(data),
    }


def moment(at: datetime) -> str:
    """An instant as the exchange writes it: whole seconds, +08:00."""
    return clock.local(at).replace(microsecond=0).isoformat()


def check(envelope: dict[str, Any], today: date) -> None:
    """Raise ``Refused`` with every fault: the shape first, then the rules."""
    faults = shape_faults(envelope["data"]) or rule_faults(envelope, today)
    if faults:
        raise Refused([refusal_of(fault) for fault in faults])


def refusal_of(fault: Fault) -> Refusal:
    where = f"推送规则 {fault.rule}" if fault.rule.startswith("V") else "推送格式"
    return Refusal(f"feed.{fault.rule.lower()}", f"{fault.message}（{where}）", fix=fault.fact)


@cache
def _supervise_items() -> dict[str, str]:
    with _ITEMS.open(encoding="utf-8", newline="") as lines:
        return {row["item_code"]: row["supervise_item_code"] for row in csv.DictReader(lines)}


def supervise_item_code(item_code: str) -> str:
    """The 14-digit code of the national catalogue for our matter; the row ``*`` stands for all that have none yet."""
    if re.fullmatch("[0-9]{14}", item_code):
        return item_code
    items = _supervise_items()
    return items.get(item_code, items["*"])


def _institution(facts: DecisionFacts) -> dict[str, Any]:
    return {
        "supervise_item_code": supervise_item_code(facts.item_code),
        "punish_action_name": f"对{facts.party_name}{facts.violation}的行政处罚"[:500],
        "punish_action_code": facts.case_no,
        "implement_institution": facts.organ_name,
        "implement_institution_code": facts.organ_uscc,
        "area_number": facts.area_code,
    }


class PartyFacts(Protocol):
    """What decisions and inspections say alike of whom they concern."""

    @property
    def party_kind(self) -> str: ...
    @property
    def party_name(self) -> str: ...
    @property
    def party_uscc(self) -> str: ...
    @property
    def party_id_kind(self) -> str: ...
    @property
    def party_id_number(self) -> str: ...
    @property
    def party_address(self) -> str: ...


def party_block(facts: PartyFacts) -> dict[str, Any]:
    """The fields of the party that penalties and inspections share."""
    kind = PartyKind(facts.party_kind)
    has_code = kind != PartyKind.CITIZEN and bool(facts.party_uscc or kind == PartyKind.ORGANISATION)
    return {
        "supervise_object": facts.party_name,
        "administrative_cp": facts.party_name,
        "administrative_cp_na": _NATURE[kind],
        "administrative_cp_ce_type": USCC_CARD if has_code else facts.party_id_kind,
        "administrative_cp_ui_code": facts.party_uscc if has_code else facts.party_id_number,
        "address_registered": None if kind == PartyKind.CITIZEN else facts.party_address or None,
    }


def _act(facts: DecisionFacts) -> dict[str, Any]:
    return {
        "case_source": facts.case_source,
        "check_action_code": facts.check_action_code,
        "illegal_fact": facts.facts_text,
        "punish_accord": facts.basis,
    }


def _procedure(facts: DecisionFacts) -> dict[str, Any]:
    is_summary = facts.procedure == SUMMARY
    return {
        "punish_procedure": "1" if is_summary else "2",
        "is_hearing": facts.is_hearing,
        "set_date": None if is_summary else _day(facts.filed_on),
        "is_criminal": False,
        "major_case": facts.is_major,
        "legal_review": facts.legal_reviewed_on is not None,
        "legal_review_date": _day(facts.legal_reviewed_on),
        "legal_review_opinion": facts.legal_opinion[:100] or None,
        "group_discussion": facts.discussed_on is not None,
        "group_discussion_date": _day(facts.discussed_on),
        "group_discussion_conclusion": facts.discussion_conclusion[:1000] or None,
    }


def _outcome(facts: DecisionFacts) -> dict[str, Any]:
    is_paid = facts.paid_amount is not None and facts.fine is not None and facts.paid_amount >= facts.fine
    return {
        "punish_file_num": facts.number,
        "punish_set_date": facts.decided_on.isoformat(),
        "punish_type": list(facts.penalty_types),
        "fine_amount": yuan(facts.fine) or None,
        "confiscated_amount": yuan(facts.confiscated) or None,
        "licence_action": facts.licence_action or None,
        "punish_result": facts.result_text,
        "reconsideration": "0",
        "litigation": "0",
        "execute_mode": "1" if is_paid else None,
        "execute_result": "1" if is_paid else None,
        "paid_amount": yuan(facts.paid_amount) or None,
        "no_punish": False,
        "close_date": _day(facts.closed_on),
        "submitted_personnel": None,
    }


def _credit_block(facts: DecisionFacts, credit: CreditClass, until: date) -> dict[str, Any] | None:
    """The 双公示 block: left out for 轻微, for natural persons and for an 个体工商户 without a code (V11)."""
    kind = PartyKind(facts.party_kind)
    has_no_code = kind == PartyKind.INDIVIDUAL_BUSINESS and not facts.party_uscc
    if credit is CreditClass.MINOR or kind not in _SGS_KIND or has_no_code:
        return None
    return {
        "CF_XDR_MC": facts.party_name or facts.party_person_name,
        "CF_XDR_LB": _SGS_KIND[kind],
        "CF_XDR_SHXYM": facts.party_uscc or None,
        "CF_FRDB": facts.party_person_name or None,
        "CF_WSH": facts.number,
        "CF_WFXW": facts.violation,
        "CF_SY": facts.facts_text,
        "CF_YJ": facts.basis,
        "CF_CFLB": ";".join(_credit_type(code) for code in facts.penalty_types),
        "CF_NR": facts.result_text,
        "CF_NR_FK": wan(facts.fine) if facts.fine else None,
        "CF_NR_WFFF": wan(facts.confiscated) if facts.confiscated is not None else None,
        "CF_NR_ZKDX": facts.licence_action or None,
        "CF_JDRQ": facts.decided_on.isoformat(),
        "CF_YXQ": NO_END,
        "CF_GSJZQ": until.isoformat(),
        "CF_CFJG": facts.organ_name,
        "CF_CFJGDM": facts.organ_uscc,
        "CF_SJLY": facts.organ_name,
        "CF_SJLYDM": facts.organ_uscc,
    }


def _credit_type(code: str) -> str:
    return f"其他-{PENALTY_TYPES[code]}" if code == "99" else PENALTY_TYPES[code]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _clean(value: Any) -> Any:
    """Texts as the exchange wants them: NFC, line breaks only as ``\\n``, no tabs; keys without a value left out."""
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if not isinstance(value, str):
        return value
    plain = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    parts = _COMPATIBILITY.split(plain)
    return "".join(part if place % 2 else unicodedata.normalize("NFC", part) for place, part in enumerate(parts))
