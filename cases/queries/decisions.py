"""What other packages may know of a sealed decision: frozen facts, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from cases.models import (
    Case,
    CaseOfficer,
    CasePerson,
    Decision,
    HearingState,
    LegalReview,
    ReviewGate,
    RulingSource,
    Serving,
    Step,
)
from cases.permissions import SQUAD_STEPS
from cases.procedure.states import Procedure
from cases.queries.clerical import replacements
from cases.queries.penalties import confiscated_of, licence_words
from cases.queries.thresholds import is_major
from lishu_law import clock
from lishu_law.registry.models import Party

# ClueSource → case_source of feed_api.md §12.
SOURCE_CODES = {
    "inspection": "01", "report": "02", "superior": "03", "subordinate": "03", "department": "04", "other": "06",
}  # fmt: skip
NO_CHECK = "无"
# The texts of a decision that a correction notice may put right.
_CORRECTED = (
    "party_name", "violation", "place", "facts_text", "breached", "basis", "discretion_text", "result_text",
    "licence_action",
)  # fmt: skip


@dataclass(frozen=True)
class DecisionFacts:
    """One sealed penalty decision as the disclosure package sees it. Nothing here is masked."""

    decision_id: int | None
    case_id: int | None
    case_no: str
    number: str  # 决定书文号
    decided_on: date
    filed_on: date | None  # None: summary procedure, never filed
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
    closing_kind: str = ""  # of a closed case: performed, court_accepted, unenforceable, revoked …
    fallen_because: str = (
        ""  # revoked, changed, unlawful …: in the words of the ruling; such a decision is not published
    )


def sealed_decision_ids(after_id: int = 0, *, limit: int = 500) -> list[int]:
    """Ids of sealed decisions newer than ``after_id``, in order."""
    return list(Decision.objects.filter(pk__gt=after_id).order_by("pk").values_list("pk", flat=True)[:limit])


def decision_facts(decision_id: int) -> DecisionFacts:
    """Everything disclosure needs of one sealed decision, with the words its correction notices put right.

    Raises ``Decision.DoesNotExist``.
    """
    decision = Decision.objects.prefetch_related("rulings").select_related("made_by").get(pk=decision_id)
    return put_right(_as_sealed(decision), replacements(decision))


def put_right(facts: DecisionFacts, words: Sequence[tuple[str, str]]) -> DecisionFacts:
    """The decision as it reads with its correction notices (decide-correct-clerical). A wrong name stays hidden."""
    for wrong, right in words:
        said = {name: getattr(facts, name).replace(wrong, right) for name in _CORRECTED}
        hidden = (facts.party_name,) if said["party_name"] != facts.party_name else ()
        facts = replace(facts, **said, other_values=(*facts.other_values, *hidden))
    return facts


def _as_sealed(decision: Decision) -> DecisionFacts:
    case = _cases().get(pk=decision.known_case.pk)
    party = case.party
    is_filed = case.filed_on is not None or case.procedure == Procedure.SUMMARY
    if party is None or not is_filed or case.case_no is None:
        raise ValueError(f"decision {decision.pk} has no party or filing")  # the guards made this impossible
    officers = list(CaseOfficer.objects.filter(case=case).select_related("user").order_by("-role", "id"))
    review = case.legal_reviews.filter(gate=ReviewGate.DECISION).order_by("-pk").first()
    return DecisionFacts(
        decision_id=decision.pk,
        case_id=case.pk,
        case_no=case.case_no,
        number=decision.number,
        decided_on=decision.decided_on,
        filed_on=case.filed_on,
        served_on=_served_on(decision, case),
        fallen_because=next((one.get_effect_display() for one in decision.rulings.all()), ""),
        procedure=case.procedure,
        organ_name=case.authority.name,
        organ_uscc=case.authority.uscc,
        area_code=case.authority.area_code,
        act_on=clock.local(case.act_at).date(),
        place="".join(part for part in (case.township, case.route) if part),
        item_code=case.item_code,
        violation=case.violation,
        domain=case.domain,
        case_source=_source_code(case),
        check_action_code=case.check_action_code or NO_CHECK,
        handlers=_handlers(case, officers),
        handler_name=officers[0].user.full_name if officers else "",
        closed_on=case.closed_on,
        closing_kind=_closing_kind(case),
        **_decided(decision, case, party),
        **_party_values(party),
        **_others(case, party, officers),
        **_reviewed(case, review),
    )


def _source_code(case: Case) -> str:
    """监督检查 names its inspection (V09); a clue of that source without one is told as another source."""
    return SOURCE_CODES[case.source] if case.source != "inspection" or case.check_action_code else "06"


def _closing_kind(case: Case) -> str:
    """How the closed case ended; a closing that is only proposed says nothing."""
    closure = getattr(case, "closure", None)
    return closure.kind if closure is not None and case.closed_on else ""


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("party", "vehicle", "authority", "discretion", "defence", "closure")


def _served_on(decision: Decision, case: Case) -> date | None:
    """A decision that a ruling made is served with that ruling; ours by its own receipt, others' from their day on."""
    ruling = getattr(decision, "made_by", None)
    if ruling is None:
        return case.decision_served_on
    if ruling.source != RulingSource.SELF:
        return ruling.effective_on  # type: ignore[no-any-return]  # a reverse relation has no type
    receipts = Serving.objects.filter(document__case=case, document__number=decision.number)
    return receipts.order_by("effective_on").values_list("effective_on", flat=True).first()


def _decided(decision: Decision, case: Case, party: Party) -> dict[str, Any]:
    """The decision's own content."""
    return {
        "facts_text": decision.facts,
        "breached": decision.breached,
        "basis": decision.basis,
        "tier": case.discretion.tier,
        "discretion_text": decision.discretion_text,
        "penalty_types": tuple(decision.penalty_types),
        "fine": decision.amount,
        "confiscated": confiscated_of(case.discretion),
        "licence_action": licence_words(case.discretion),
        "result_text": decision.result_text,
        "is_hearing": case.hearings.filter(state=HearingState.REPORTED).exists(),
        "is_major": is_major(party.kind, decision.amount, decision.decided_on),
    }


def _party_values(party: Party) -> dict[str, Any]:
    return {
        "party_kind": party.kind,
        "party_name": party.name,
        "party_uscc": party.uscc,
        "party_person_name": party.person_name,
        "party_id_kind": party.id_kind,
        "party_id_number": party.id_number,
        "party_phone": party.phone,
        "party_address": party.address,
        "birth_on": _birth(party),
    }


def _others(case: Case, party: Party, officers: list[CaseOfficer]) -> dict[str, Any]:
    """Everybody and everything else that must never be public; officers' names stand on the served document only."""
    persons = list(CasePerson.objects.filter(case=case))
    names = [*(person.name for person in persons), *(officer.user.full_name for officer in officers)]
    values = (value for person in persons for value in (person.id_number, person.phone, person.address))
    return {
        "other_people": tuple(name for name in names if name != party.name),
        "plates": (case.vehicle.plate,) if case.vehicle and case.vehicle.plate else (),
        "other_values": tuple(value for value in values if value),
    }


def _birth(party: Party) -> date | None:
    if party.id_kind not in {"111", "112"} or len(party.id_number) != 18:
        return None
    number = party.id_number
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _handlers(case: Case, officers: list[CaseOfficer]) -> frozenset[str]:
    leaders = Step.objects.filter(case=case, code__in=SQUAD_STEPS).values_list("by__staff_number", flat=True)
    return frozenset({officer.user.staff_number for officer in officers} | set(leaders))


def _reviewed(case: Case, review: LegalReview | None) -> dict[str, Any]:
    """Dates and words of the legal review and the collective discussion."""
    discussed = Step.objects.filter(case=case, code="record_discussion", outcome="done").order_by("-id").first()
    passed_at = review.reviewed_at if review and review.outcome == "passed" else None
    return {
        "legal_reviewed_on": clock.local(passed_at).date() if passed_at else None,
        "legal_opinion": "同意" if passed_at else "",
        "discussed_on": clock.local(discussed.at).date() if discussed else None,
        "discussion_conclusion": discussed.opinion.rpartition("结论：")[2][:1000] if discussed else "",
    }
