"""From case facts to the data of each document: every value formatted once, sealed as it is printed.

One function per document, named after its code; the shapes are those of ``cases.documents.shapes``.
"""

from cases.documents.contexts.closing import closing_report, legal_review_opinion, serving_receipt
from cases.documents.contexts.filing import filing_form, transcript
from cases.documents.contexts.penalty import DecisionParts, decision_parts, penalty_decision, prior_notice
from cases.documents.contexts.report import investigation_report

__all__ = [
    "DecisionParts",
    "closing_report",
    "decision_parts",
    "filing_form",
    "investigation_report",
    "legal_review_opinion",
    "penalty_decision",
    "prior_notice",
    "serving_receipt",
    "transcript",
]
