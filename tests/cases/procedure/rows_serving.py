"""The guards of serving."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cases.procedure import facts as f
from cases.procedure import guards as g
from cases.procedure.guards import serving
from cases.procedure.serving_facts import ServingFact
from cases.procedure.states import State

TODAY = date(2026, 3, 20)
WAITING = f.DocumentFact("hearing_notice", "听证通知书", True, None, date(2026, 3, 19), id=7)
TRIED = ServingFact(1, 7, "direct", "failed", "示例公司", date(2026, 3, 16), failure="absent")
RETURNED = ServingFact(2, 7, "mail", "failed", "示例公司", date(2026, 3, 17), failure="returned")
POSTED = replace(RETURNED, id=7, document_id=9, outcome="pending", failure="")
HERE = replace(POSTED, document_id=7)
PUBLISHED = replace(HERE, method="public", due=date(2026, 3, 19))
APPROVED = f.ApprovalFact(5, "public_serving", "document:7", "甲", date(2026, 3, 18), "approved", date(2026, 3, 19))
ASKED = replace(APPROVED, outcome="", decided_on=None, id=7, part="document:9")

# The focus is one number for documents, servings and approvals alike: 7 is each of them here.
IN_ORDER = f.CaseFacts(
    state=State.HEARING, documents=(WAITING,), focus=7, servings=(TRIED, RETURNED, POSTED), approvals=(APPROVED, ASKED),
)  # fmt: skip

REFUSED: tuple[tuple[g.Guard, dict[str, Any], str, str], ...] = (
    (serving.document_waits, {"documents": (replace(WAITING, served_on=TODAY),)}, "serve-receipt", "case"),
    (serving.document_waits, {"documents": (replace(WAITING, must_be_served=False),)}, "serve-receipt", "case"),
    (serving.document_waits, {"focus": 8}, "serve-receipt", "case"),
    (serving.nothing_on_its_way, {"servings": (HERE,)}, "serve-receipt", "case"),
    (serving.nothing_on_its_way, {"servings": (PUBLISHED,)}, "serve-receipt", "case"),
    (serving.other_ways_failed, {"servings": ()}, "serve-public-reason", "record_failed_serving"),
    (serving.other_ways_failed, {"servings": (TRIED,)}, "serve-public-reason", "record_failed_serving"),
    (serving.other_ways_failed, {"servings": (RETURNED,)}, "serve-public-reason", "record_failed_serving"),
    (serving.other_ways_failed, {"servings": (TRIED, HERE)}, "serve-public-reason", "record_failed_serving"),
    (serving.public_serving_approved, {"approvals": ()}, "serve-public-reason", "request_public_serving"),
    (
        serving.public_serving_approved, {"approvals": (replace(APPROVED, outcome="refused"),)},
        "serve-public-reason", "request_public_serving",
    ),
    (
        serving.public_serving_approved, {"approvals": (replace(APPROVED, part="document:9"),)},
        "serve-public-reason", "request_public_serving",
    ),
    (serving.public_serving_asked, {"approvals": (replace(ASKED, outcome="approved"),)}, "serve-public-reason", "case"),
    (serving.public_serving_asked, {"approvals": (replace(ASKED, kind="measure"),)}, "serve-public-reason", "case"),
    (serving.receipt_awaited, {"servings": (replace(POSTED, outcome="effective"),)}, "serve-receipt", "case"),
    (serving.receipt_awaited, {"servings": (PUBLISHED,)}, "serve-receipt", "case"),
)  # fmt: skip
PASSED: tuple[tuple[g.Guard, dict[str, Any]], ...] = (
    (serving.nothing_on_its_way, {"servings": (replace(HERE, is_for_party=False),)}),
    (serving.other_ways_failed, {"servings": (replace(TRIED, method="left"), RETURNED)}),
)
