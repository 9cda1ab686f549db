"""Which decision a sealed paper of a case rests on: when that decision falls, the paper stands no longer either.

A paper of the performance or the enforcement rests on the decision that stands when it is sealed. A receipt, a public
notice of serving and a correction of a clerical error go with the paper they are about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases.documents.catalogue import by_code
from cases.models import Case, Decision, Document

DECISIONS = ("penalty_decision", "spot_decision")
ON_THE_DECISION = frozenset(
    {
        "deferral_notice", "demand_letter", "court_application", "enforcement_decision", "proxy_decision",
        "demolition_notice", "enforcement_change", "execution_agreement",
    }
)  # fmt: skip
ABOUT_A_PAPER = frozenset({"document_correction", "public_serving_notice", "serving_receipt"})


def rests_on(case: Case, code: str, part: str, data: Mapping[str, Any]) -> str:
    """The number of the decision; empty for a paper of its own standing."""
    if code in ON_THE_DECISION:
        return _standing(case)
    if code not in ABOUT_A_PAPER:
        return ""
    about, number = _about(case, code, part, data)
    if about in DECISIONS:
        return number
    return _standing(case) if about in ON_THE_DECISION else ""


def _standing(case: Case) -> str:
    number: str | None = Decision.objects.filter(case=case).values_list("number", flat=True).first()
    return number or ""


def _about(case: Case, code: str, part: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """Kind and number of the paper another one is about."""
    if code == "serving_receipt":
        served = data["rows"][0]
        kinds = {by_code(one).title: one for one in (*DECISIONS, *ON_THE_DECISION)}
        return kinds.get(served["title"], ""), served["number"]
    kept = Document.objects.filter(case=case, pk=part.removeprefix("document:"))
    return kept.values_list("code", "number").first() or ("", "")
