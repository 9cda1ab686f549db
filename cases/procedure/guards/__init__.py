"""Legal preconditions: each a pure function ``(facts, today) -> Refusal | None`` named after its rule.

The message says what is missing, why and how to go on; the citation names the article; ``fix`` names the step or field
that cures it. Rule ids are those of law/procedure_rules.csv. One module per part of the road; the table of steps takes
them from here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cases.procedure.facts import CaseFacts
from cases.procedure.guards.closure import (
    closing_endorsed,
    decision_served,
    disclosed,
    everything_served,
    fine_paid,
)
from cases.procedure.guards.decision import (
    discussed_where_due,
    in_ninety_days,
    in_order,
    not_heavier_than_notice,
)
from cases.procedure.guards.discretion import (
    benchmark_confirmed,
    discretion_chosen,
    discretion_or_no_penalty,
    not_under_fourteen,
    questions_answered,
)
from cases.procedure.guards.filing import (
    filing_criteria,
    filing_recommended,
    in_jurisdiction,
    within_five_years,
    within_limitation,
)
from cases.procedure.guards.investigation import (
    evidence_verified,
    no_overlap,
    party_true,
    report_endorsed,
    transcripts_lawful,
    transcripts_present,
)
from cases.procedure.guards.notice import (
    defence_reviewed,
    no_hearing_open,
    notice_sealed,
    window_over,
)
from cases.procedure.guards.officers import (
    certificates_valid,
    no_conflict,
    two_officers,
)
from cases.procedure.guards.review import review_passed
from lishu_law.errors import Refusal

Guard = Callable[[CaseFacts, date], Refusal | None]

__all__ = [
    "Guard",
    "benchmark_confirmed",
    "certificates_valid",
    "closing_endorsed",
    "decision_served",
    "defence_reviewed",
    "disclosed",
    "discretion_chosen",
    "discretion_or_no_penalty",
    "discussed_where_due",
    "everything_served",
    "evidence_verified",
    "filing_criteria",
    "filing_recommended",
    "fine_paid",
    "in_jurisdiction",
    "in_ninety_days",
    "in_order",
    "no_conflict",
    "no_hearing_open",
    "no_overlap",
    "not_heavier_than_notice",
    "not_under_fourteen",
    "notice_sealed",
    "party_true",
    "questions_answered",
    "report_endorsed",
    "review_passed",
    "transcripts_lawful",
    "transcripts_present",
    "two_officers",
    "window_over",
    "within_five_years",
    "within_limitation",
]
