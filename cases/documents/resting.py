"""Which decision a sealed paper of a case rests on: when that decision falls, the paper stands no longer either.

A paper of the performance or the enforcement rests on the decision that stands when it is sealed. A receipt, a public
notice of serving and a correction of a clerical error go with the paper they are about: with the decision that one rests
on, whatever stands today.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases.models import Case, Decision, Document
from lishu_law.documents.models import PaperCheck

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
    paper = _about(case, code, part, data)
    if paper is None:
        return ""
    return paper.number if paper.code in DECISIONS else _kept(paper)


def _standing(case: Case) -> str:
    number: str | None = Decision.objects.filter(case=case).values_list("number", flat=True).first()
    return number or ""


def _kept(paper: Document) -> str:
    """What the paper itself was entered with."""
    if paper.code not in ON_THE_DECISION or not paper.seal_digest:
        return ""
    found: str | None = (
        PaperCheck.objects.filter(seal_digest=paper.seal_digest).values_list("rests_on", flat=True).first()
    )
    return found or ""


def _about(case: Case, code: str, part: str, data: Mapping[str, Any]) -> Document | None:
    """The paper another one is about."""
    papers = Document.objects.filter(case=case).only("code", "number", "seal_digest")
    if code != "serving_receipt":
        return papers.filter(pk=part.removeprefix("document:")).first()
    served = data["rows"][0]
    named = papers.filter(title=served["title"], code__in=(*DECISIONS, *ON_THE_DECISION))
    # One without a number of its own is named by the case's.
    return named.filter(number__in=(served["number"], "")).order_by("-pk").first()
