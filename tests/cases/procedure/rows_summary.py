"""The guards of the summary procedure: a case in good order on the scene, what each refuses, the lawful side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import summary as s
from cases.procedure.measures_facts import MeasureFact, MeasureKind, MeasureState
from cases.procedure.states import Procedure, State
from cases.procedure.summary_facts import SpotFact

TODAY = date(2026, 3, 2)


def officer(number: str, *, is_lead: bool = False) -> f.OfficerFact:
    certificate = f.CertificateFact("JL-1", date(2021, 1, 1), date(2030, 12, 31))
    return f.OfficerFact(number, f"示例{number}", is_lead, conflict_declared=True, certificates=(certificate,))


def fined(amount: str | None, low: str = "20.00", high: str = "200.00", **changed: Any) -> f.DiscretionFact:
    values = {"action": "penalise", "tier": "较轻", "reason": "理由", "needs_confirmation": False, **changed}
    return f.DiscretionFact(
        amount=Decimal(amount) if amount else None, minimum=Decimal(low), maximum=Decimal(high), **values
    )


def party(kind: str = "citizen", age: int | None = 40, **changed: Any) -> f.PartyFact:
    return f.PartyFact(kind, "示例", **{"has_identity": True, "has_address": True, "age_at_act": age, **changed})


def limit(code: str) -> f.LimitFact:
    return f.LimitFact(code, "", TODAY, TODAY)


SEIZED = MeasureFact(1, MeasureKind.VEHICLE, MeasureState.TAKEN, "rt-62", taken_at=datetime(2026, 3, 2, 1, tzinfo=UTC))
SPOT = SpotFact(licence_shown=True, is_told=True, told_amount=Decimal("200.00"), is_heard=True, payment_way="bank")
PLEADED = replace(SPOT, has_statement=True, is_reviewed=True)
IN_ORDER = f.CaseFacts(
    state=State.HEARD, procedure=Procedure.SUMMARY, officers=(officer("甲", is_lead=True), officer("乙")),
    act_on=TODAY, act_at=datetime(2026, 3, 2, 1, tzinfo=UTC), discovered_on=TODAY, is_in_county=True, place="G303",
    party=party(), evidence=(f.EvidenceFact("照片", "证明", is_verified=False),), discretion=fined("200.00"), spot=SPOT,
    decision_amount=Decimal("200.00"), paid=Decimal("200.00"),
)  # fmt: skip
ONE_LEFT = (officer("甲", is_lead=True),)

REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (s.two_on_scene, {"officers": ONE_LEFT}, "simple-two-officers", "officers"),
    (s.party_identified, {"spot": None}, "simple-identify", "identify"),
    (s.party_identified, {"spot": replace(SPOT, licence_shown=False)}, "simple-identify", "identify"),
    (s.party_identified, {"party": party(has_identity=False)}, "simple-identify", "identify"),
    (s.punishable_age, {"party": party(age=13)}, "decide-minor-u14", "turn_to_ordinary"),
    (s.stays_summary, {"party": party(age=14)}, "simple-to-ordinary", "turn_to_ordinary"),
    (s.stays_summary, {"party": party(age=17)}, "simple-to-ordinary", "turn_to_ordinary"),
    (s.stays_summary, {"spot": replace(SPOT, mental_doubt=True)}, "simple-to-ordinary", "turn_to_ordinary"),
    (s.stays_summary, {"spot": replace(SPOT, is_disputed=True)}, "simple-to-ordinary", "turn_to_ordinary"),
    (s.stays_summary, {"discretion": fined("1000.00")}, "simple-to-ordinary", "turn_to_ordinary"),  # hearing
    (s.stays_summary, {"measures": (SEIZED,)}, "simple-to-ordinary", "turn_to_ordinary"),
    (s.evidence_secured, {"evidence": ()}, "simple-evidence", "secure_evidence"),
    (s.benchmark_looked_up, {"discretion": None}, "simple-discretion", "assess_on_spot"),
    (s.benchmark_looked_up, {"discretion": fined(None, action="no_penalty")}, "simple-discretion", "turn_to_ordinary"),
    (s.benchmark_looked_up, {"discretion": fined("200.00", low="200.01")}, "simple-discretion", "turn_to_ordinary"),
    (s.within_scope, {"discretion": fined("200.01", high="500.00")}, "simple-scope", "turn_to_ordinary"),
    (
        s.within_scope,
        {"party": party("individual_business"), "discretion": fined("200.01", high="500.00")},
        "simple-scope",
        "turn_to_ordinary",
    ),
    (
        s.within_scope,
        {"party": party("organisation", None), "discretion": fined("3000.01", high="5000.00")},
        "simple-scope",
        "turn_to_ordinary",
    ),
    (s.within_scope, {"spot": replace(SPOT, other_penalties="没收违法所得")}, "simple-scope", "turn_to_ordinary"),
    (
        s.benchmark_row_read,
        {"discretion": fined("200.00", needs_confirmation=True)},
        "benchmark-unconfirmed",
        "turn_to_ordinary",
    ),
    (s.told_before_decision, {"spot": replace(SPOT, is_told=False)}, "simple-oral-notice", "tell_orally"),
    (s.heard_before_decision, {"spot": replace(SPOT, is_heard=False)}, "simple-hear", "hear"),
    (s.heard_before_decision, {"spot": replace(PLEADED, is_reviewed=False)}, "simple-hear", "hear"),
    (s.not_heavier_than_told, {"spot": replace(SPOT, told_amount=Decimal("199.99"))}, "defence-no-heavier", "reassess"),
    (s.not_heavier_than_told, {"spot": replace(SPOT, told_amount=None)}, "defence-no-heavier", "reassess"),
    (s.cash_banked, {"limits": (limit("collect-2d#1"),)}, "collect-2d", "hand_in_cash"),
    (s.cash_banked, {"limits": (limit("collect-2d#2"),)}, "collect-2d", "bank_cash"),
    (s.fine_settled, {"paid": Decimal("199.99")}, "close-conditions", "record_spot_payment"),
)
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (s.punishable_age, {"party": party(age=14)}),
    (s.punishable_age, {"party": party("organisation", None)}),
    (s.stays_summary, {"party": party(age=18)}),
    (s.stays_summary, {"discretion": fined("999.99")}),
    (s.stays_summary, {"measures": (replace(SEIZED, kind=MeasureKind.PRESERVATION),)}),
    (s.stays_summary, {"measures": (replace(SEIZED, state=MeasureState.APPROVED, taken_at=None),)}),
    (s.benchmark_looked_up, {"discretion": fined("200.00", low="200.00")}),
    (s.within_scope, {"discretion": fined("200.00")}),
    (s.within_scope, {"party": party("individual_business"), "discretion": fined("200.00")}),
    (s.within_scope, {"party": party("organisation", None), "discretion": fined("200.01", high="5000.00")}),
    (s.within_scope, {"party": party("organisation", None), "discretion": fined("3000.00", high="5000.00")}),
    (s.within_scope, {"discretion": fined(None)}),  # a warning
    (s.heard_before_decision, {"spot": PLEADED}),
    (s.not_heavier_than_told, {"spot": replace(SPOT, is_told=False, told_amount=None)}),  # not told yet
    (s.cash_banked, {"limits": (limit("archive-time"),)}),
)
