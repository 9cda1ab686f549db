"""The sealed decision becomes a draft of its public record, and its seven working days begin (行政处罚法48)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.api import DecisionFacts, mark_disclosed_core
from disclosure import content as whitelist
from disclosure.credit import CreditClass, credit_class, display_until
from disclosure.models import DisclosureRecord, RecordEvent, RecordState
from disclosure.queries.search import fold, searched_text
from lishu_law import clock
from lishu_law.audit import journal
from lishu_law.law.limits import compute
from lishu_law.registry.models import PartyKind

PUBLISH_LIMIT = "pub-7wd"
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


@transaction.atomic(durable=True)
def draft(facts: DecisionFacts, *, by: Any = None, at: datetime | None = None) -> DisclosureRecord:
    """The record of the decision: made if there is none, made anew if it is still a draft and its content changed.

    Calling it again changes nothing and writes nothing. A decision that may not be public becomes an excluded record
    with its code. ``by`` is None for the worker.
    """
    existing = _existing(facts)
    if existing is not None and existing.state != RecordState.DRAFT:
        return existing
    fields = record_fields(facts)
    if existing is None:
        return _created(facts, fields, by, at or clock.now())
    if existing.content == fields["content"] and set(existing.handlers) == facts.handlers:
        return existing
    return _renewed(existing, fields, by, at or clock.now())


def record_fields(
    facts: DecisionFacts, *, rules_of: date | None = None, due_of: Callable[[date], tuple[date, bool]] | None = None
) -> dict[str, Any]:
    """Everything of the record that follows from the decision.

    ``rules_of`` is the day whose thresholds and periods apply; the day of the decision unless it is given. ``due_of`` is
    :func:`publish_due` with a memory, for whoever makes many records at once: decisions share their days.
    """
    public = whitelist.public_content(facts)
    due, is_provisional = (due_of or publish_due)(facts.decided_on)
    level = decision_class(facts, rules_of=rules_of)
    is_person = facts.party_kind == PartyKind.CITIZEN or not facts.party_name.strip()
    is_hidden = is_person or (facts.party_person_name and facts.party_person_name in facts.party_name)
    code = facts.party_uscc if facts.party_kind == PartyKind.ORGANISATION else ""
    return {
        "case_no": facts.case_no,
        "number": facts.number,
        "content": public,
        "held_for": _held_for(facts),
        "party_display": public["party"],
        "is_person": is_person,
        "uscc_search": code,
        "number_search": fold(facts.number),
        "search_text": searched_text("" if is_hidden else public["party"], public["violation"], facts.number),
        "violation": public["violation"],
        "domain": facts.domain,
        "types": list(facts.penalty_types),
        "fine": Decimal(public.get("fine") or 0),
        "confiscated": Decimal(public.get("confiscated") or 0),
        "tier": public.get("tier", ""),
        "year": facts.decided_on.year,
        "decided_on": facts.decided_on,
        "handlers": sorted(facts.handlers),
        "credit_class": level.value,
        "exclusion_code": whitelist.exclusion(facts),
        "publish_due": due,
        "is_due_provisional": is_provisional,
        "display_until": display_until(level, facts.decided_on, rules_of=rules_of),
    }


def publish_due(decided_on: date) -> tuple[date, bool]:
    """The last day for publishing, and whether a calendar it needs is still missing."""
    due = compute(PUBLISH_LIMIT, decided_on)
    return due.due, due.provisional


def decision_class(facts: DecisionFacts, *, rules_of: date | None = None) -> CreditClass:
    return credit_class(
        types=frozenset(facts.penalty_types),
        fine=facts.fine,
        is_summary=facts.procedure == whitelist.SUMMARY,
        party_kind=facts.party_kind,
        on=rules_of or facts.decided_on,
    )


def new_public_id(year: int) -> str:
    """Nobody can guess it and nothing can be counted from it: 50 random bits behind the year."""
    drawn = secrets.randbits(50)
    return f"{year}-" + "".join(_BASE32[drawn >> place & 31] for place in range(0, 50, 5))


def _existing(facts: DecisionFacts) -> DisclosureRecord | None:
    if facts.decision_id is None:
        return None
    return DisclosureRecord.objects.select_for_update().filter(decision_id=facts.decision_id).first()


def _created(facts: DecisionFacts, fields: dict[str, Any], by: Any, now: datetime) -> DisclosureRecord:
    state = RecordState.EXCLUDED if fields["exclusion_code"] else RecordState.DRAFT
    record = DisclosureRecord.objects.create(
        public_id=new_public_id(facts.decided_on.year),
        decision_id=facts.decision_id,
        state=state,
        created_at=now,
        updated_at=now,
        **fields,
    )
    reason = fields["exclusion_code"]
    if reason and facts.case_id is not None:
        # A decision that must not be published has passed this step too; its case could never be closed otherwise.
        mark_disclosed_core(case_id=facts.case_id, by=by, at=now)
    _remember(record, "exclude" if reason else "draft", by, reason=reason)
    return record


def _renewed(record: DisclosureRecord, fields: dict[str, Any], by: Any, now: datetime) -> DisclosureRecord:
    for name, value in fields.items():
        setattr(record, name, value)
    record.state = RecordState.EXCLUDED if record.exclusion_code else RecordState.DRAFT
    record.version += 1
    record.updated_at = now
    record.save(update_fields=[*fields, "state", "version", "updated_at"])
    _remember(record, "redraft", by, reason=record.exclusion_code)
    return record


def _remember(record: DisclosureRecord, kind: str, by: Any, *, reason: str) -> None:
    """Without a digest: of a draft there is no salted one, and an unsalted one may not be kept (security.md §11)."""
    RecordEvent.objects.create(record=record, at=record.updated_at, kind=kind, by=by, reason=reason)
    journal.record(
        f"disclosure.{kind}",
        by=by,
        on=("disclosure", record.public_id),
        reason=reason,
        details={"number": record.number, "due": record.publish_due.isoformat()},
    )


def _held_for(facts: DecisionFacts) -> str:
    """Why masking alone is not enough here and a person has to look."""
    known = whitelist.known_values(facts)
    reasons = []
    if known.too_short():
        reasons.append("有单字姓名，系统不能查找，请逐字看正文")
    if "字号含经营者姓名" in whitelist.party_display(facts)[1]:
        reasons.append("字号含经营者姓名，请确认是否照登记公开")
    return "；".join(reasons)
