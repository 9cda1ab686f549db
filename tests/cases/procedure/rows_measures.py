"""The guards of preservation and seizure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import measures as m
from cases.procedure.measures_facts import IncidentFact, ItemFact, MeasureFact, MeasureKind, MeasureState
from cases.procedure.ruling_facts import RulingFact
from cases.procedure.states import State

S = MeasureState
TODAY = date(2026, 3, 20)
HELD = ItemFact(1, "吉C12345", "1 辆", "held")
BACK = replace(HELD, state="returned")
SEIZED = MeasureFact(
    12, MeasureKind.VEHICLE, S.TAKEN, "hp-72", taken_at=datetime(2026, 3, 3, 1, tzinfo=UTC), items=(HELD,)
)
NOTICE = f.DocumentFact("testing_commission", "期间告知书", True, date(2026, 3, 4), date(2026, 3, 3), 5, "measure:12")
PERIOD = f.LimitFact("coerce-30d", "measure:12", date(2026, 3, 3), date(2026, 4, 2))
PUBLIC = f.LimitFact("coerce-unclaimed-3m", "measure:12", date(2025, 12, 1), date(2026, 3, 19))
REVOKED = RulingFact(
    7,
    "self",
    "revoke",
    "吉梨交撤〔2026〕0001号",
    TODAY,
    datetime(2026, 3, 20, 1, tzinfo=UTC),
    old_number="吉梨交罚〔2026〕0001号",
)
STOPPED = f.RemedyFact(1, "review", date(2026, 3, 16), None, "", stops_execution=True)
LATE = IncidentFact(3, "measure:12", "coerce-24h", "超过二十四小时。", TODAY, is_explained=False)


def seized(**changed: Any) -> dict[str, Any]:
    return {"measures": (replace(SEIZED, **changed),)}


def kept(**changed: Any) -> dict[str, Any]:
    return seized(kind=MeasureKind.PRESERVATION, power="", **changed)


IN_ORDER = f.CaseFacts(
    state=State.INVESTIGATION, focus=12, measures=(replace(SEIZED, testing_until=TODAY),), limits=(PERIOD, PUBLIC),
    documents=(NOTICE,), filed_on=date(2026, 3, 2), decided_on=date(2026, 3, 10), decision_served_on=date(2026, 3, 11),
    party=f.PartyFact("organisation", "示例公司", has_identity=True, has_address=True),
)  # fmt: skip


def case(**changed: Any) -> f.CaseFacts:
    return replace(IN_ORDER, **changed)


LAPSED = {"state": S.LIFTED, "ending": "lapsed", "ended_on": TODAY}
PAPER = replace(NOTICE, code="measure_lifting")
IN_ORDER_OF: dict[g.Guard, f.CaseFacts] = {
    m.preservation_waits: case(**kept(state=S.PROPOSED)),
    m.preservation_approved: case(**kept(state=S.APPROVED)),
    m.measure_waits: case(**seized(state=S.PROPOSED)),
    m.measure_approved: case(**seized(state=S.APPROVED)),
    m.urgent_waits: case(**seized(state=S.URGENT)),
    m.is_being_tested: case(**seized(state=S.TESTING)),
    m.release_possible: case(**kept()),
    m.release_paper_due: case(**seized(**LAPSED)),
    m.return_due: case(**seized(state=S.LIFTED)),
    m.case_transferred: case(state=State.TRANSFERRED),
    m.incident_open: case(focus=3, incidents=(LATE,)),
    m.measures_lifted: case(**seized(state=S.LIFTED, items=(BACK,))),
}
REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (m.party_named, {"party": None}, "coerce-decision-list", "edit"),
    (m.extension_possible, seized(state=S.EXTENDED, is_extended=True), "coerce-extend", "case"),
    (m.extension_possible, kept(), "coerce-extend", "case"),
    (m.extension_possible, {"limits": (replace(PERIOD, due=date(2026, 3, 19)),)}, "coerce-extend", "issue_release"),
    (m.testing_possible, kept(), "coerce-test-exclude", "case"),
    (m.testing_possible, seized(state=S.TESTING), "coerce-test-exclude", "case"),
    (m.testing_told, {"documents": (replace(NOTICE, served_on=None),)}, "coerce-test-exclude", "notify_testing"),
    (m.testing_told, {"documents": (replace(NOTICE, part="measure:13"),)}, "coerce-test-exclude", "notify_testing"),
    (m.testing_told, seized(testing_until=date(2026, 3, 19)), "coerce-test-exclude", "notify_testing"),
    (m.lifting_possible, seized(state=S.LIFTED), "coerce-lift-grounds", "case"),
    (m.lifting_possible, kept(), "coerce-lift-grounds", "case"),
    (m.custody_due, seized(is_in_custody=True), "coerce-custody-24h", "case"),
    (m.custody_due, seized(items=(BACK,)), "coerce-custody-24h", "case"),
    (m.unclaimed_possible, seized(power="rt-62"), "coerce-unclaimed-3m", "case"),
    (m.unclaimed_possible, seized(items=(BACK,)), "coerce-unclaimed-3m", "case"),
    (m.unclaimed_waited, {**seized(state=S.PENDING), "limits": (replace(PUBLIC, due=TODAY),)}, "coerce-unclaimed-3m", "case"),
    (m.disposal_possible, {"decision_served_on": None}, "coerce-decide-in-time", "serve_decision"),
    (m.disposal_possible, seized(items=(BACK,)), "coerce-decide-in-time", "serve_decision"),
    (m.decision_carries_disposal, {"rulings": (REVOKED,)}, "enforce-restore", "case"),
    (m.decision_carries_disposal, {"remedies": (STOPPED,)}, "enforce-no-stop", "case"),
    (m.followed_by_filing, {"filed_on": None}, "file-before-investigate", "request_filing"),
    (m.incidents_explained, {"incidents": (LATE,)}, "close-conditions", "case"),
    (m.preservation_waits, kept(state=S.APPROVED), "pres-approval", "case"),
    (m.preservation_waits, seized(state=S.PROPOSED), "pres-approval", "case"),
    (m.preservation_approved, kept(state=S.PROPOSED), "pres-approval", "approve_preservation"),
    (m.preservation_approved, {"focus": 13}, "pres-approval", "approve_preservation"),
    (m.measure_waits, seized(state=S.APPROVED), "coerce-approve-before", "case"),
    (m.measure_approved, seized(state=S.PROPOSED), "coerce-approve-before", "approve_measure"),
    (m.measure_approved, kept(state=S.APPROVED), "coerce-approve-before", "approve_measure"),
    (m.urgent_waits, seized(), "coerce-24h", "case"),
    (m.is_being_tested, seized(), "coerce-test-exclude", "case"),
    (m.release_possible, kept(state=S.LIFTED), "pres-7d", "case"),
    (m.release_possible, seized(), "pres-7d", "case"),
    (m.release_paper_due, {"documents": (PAPER,)}, "coerce-expire-auto", "case"),
    (m.release_paper_due, seized(state=S.URGENT), "coerce-expire-auto", "case"),
    (m.return_due, seized(), "coerce-return", "case"),
    (m.return_due, seized(state=S.LIFTED, items=(BACK,)), "coerce-return", "case"),
    (m.case_transferred, {"state": State.INVESTIGATION}, "coerce-crime-move", "case"),
    (m.incident_open, {"incidents": (replace(LATE, is_explained=True),)}, "coerce-expire-auto", "case"),
    (m.measures_lifted, seized(), "close-conditions", "case"),
    (m.measures_lifted, seized(state=S.URGENT, items=(BACK,)), "close-conditions", "case"),
    (m.measures_lifted, seized(state=S.LIFTED), "close-conditions", "return_items"),
)  # fmt: skip
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (m.extension_possible, {"limits": (replace(PERIOD, due=TODAY),)}),
    (m.testing_possible, seized(state=S.EXTENDED)),
    (m.lifting_possible, seized(state=S.URGENT)),
    (m.unclaimed_waited, seized(state=S.PENDING)),
    (m.disposal_possible, {**seized(state=S.PENDING), "decision_served_on": None}),
    (m.decision_carries_disposal, {"remedies": (replace(STOPPED, stops_execution=False),)}),
    (m.decision_carries_disposal, {**seized(state=S.PENDING), "rulings": (REVOKED,), "remedies": (STOPPED,)}),
    (m.incidents_explained, {"incidents": (replace(LATE, is_explained=True),)}),
    (m.release_paper_due, {**seized(state=S.URGENT), "incidents": (LATE,)}),
    (m.return_due, seized(state=S.PENDING)),
    (m.measures_lifted, {"measures": ()}),
    (m.measures_lifted, seized(state=S.DISPOSED, items=(replace(HELD, state="confiscated"),))),
)
