"""Reviews, lawsuits and rulings brought to a state by the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cases.actions import remedies, revocation
from cases.actions.remedies import NewOutcome, NewRemedy
from cases.actions.revocation import Correction
from cases.models import Approval, Case, Remedy
from lishu_law import clock
from tests.cast import Cast
from tests.scenarios import Walk, case_at


def today(walk: Walk) -> date:
    """The day of the next act."""
    return clock.local(walk.at + timedelta(minutes=10)).date()


def lodge(walk: Walk, **changes: Any) -> Remedy:
    """A review application whose copy arrived today."""
    new = {
        "kind": "review", "organ": "梨树县人民政府", "applicant": "梨树县示例运输有限公司", "claim": "请求撤销处罚决定。",
        "received_on": today(walk), "accepted_on": today(walk), "reference": "梨府复〔2026〕3号", **changes,
    }  # fmt: skip
    return walk.step(remedies.record_remedy, walk.cast.reviewer, remedy=NewRemedy(**new))


def reviewed_at(state: str, cast: Cast) -> tuple[Walk, Remedy]:
    """A case at ``state`` with an open review."""
    walk = case_at(state, cast)
    return walk, lodge(walk)


def end(walk: Walk, remedy: Remedy, outcome: str, **changes: Any) -> Case:
    """The review or lawsuit ends today; what revokes or changes holds from today."""
    new = {
        "outcome": outcome, "outcome_document": "梨府复决〔2026〕3号", "ended_on": today(walk),
        "effective_on": today(walk), "reason": "主要事实不清，证据不足。", **changes,
    }  # fmt: skip
    return walk.step(remedies.end_remedy, walk.cast.reviewer, part_id=remedy.pk, outcome=NewOutcome(**new))


def propose(walk: Walk, effect: str, **changes: Any) -> Approval:
    """The lead officer proposes a correction."""
    new = {
        "effect": effect,
        "error": "裁量档次适用错误。",
        "basis": "《中华人民共和国行政处罚法》第七十五条",
        **changes,
    }
    return walk.step(revocation.propose_correction, walk.cast.lead, correction=Correction(**new))


def correct(walk: Walk, effect: str, **changes: Any) -> Case:
    """The bureau corrects its decision: proposed and approved."""
    approval = propose(walk, effect, **changes)
    return walk.step(
        revocation.decide_correction, walk.cast.head, part_id=approval.pk, agree=True, opinion="同意纠正。"
    )


CHANGED = Decimal("400.00")
