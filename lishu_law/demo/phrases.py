"""Some of the shipped phrases go through the review, so that officers are offered them: most stay drafts, as shipped."""

from __future__ import annotations

from cases.actions.phrases import review_phrase, submit_phrase
from lishu_law.demo.people import Cast

# In use, returned with a reason, and waiting on the legal reviewer's desk.
APPROVED = ("S-006", "S-012", "S-016", "S-017", "S-019", "S-020", "S-024", "S-025", "S-029", "S-030", "S-033", "S-034")
RETURNED, WAITING = ("S-001",), ("S-004", "S-031")
OPINION = "依据、用词和适用情形核对无误。"
REASON = "没有写明怎样查清收费的事实，请补充付款记录和乘客陈述。"


def make_phrases(cast: Cast) -> int:
    """How many are offered now. Shipped texts are submitted by officers, each read by the legal reviewer."""
    for place, code in enumerate((*APPROVED, *RETURNED, *WAITING)):
        officer = cast["officer1" if place % 2 else "officer4"]
        sent = submit_phrase(by=officer, code=code, number=1, revision=None)
        if code in WAITING:
            continue
        agree = code in APPROVED
        review_phrase(
            by=cast["legal1"], code=code, number=1, revision=sent.revision, agree=agree,
            opinion=OPINION if agree else REASON,
        )  # fmt: skip
    return len(APPROVED)
