"""补录: an act done on paper while the network was down, entered afterwards with both times and the reason.

The act counts from the paper's time; the step keeps that time, the time of entering and the reason, and every page that
lists it says so. A decision on a numbered blank form has more to prove: ``cases.actions.paper_decision``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.models import Case
from lishu_law.errors import Refusal

LEAST_REASON = 2


@dataclass(frozen=True)
class LateEntry:
    """What the paper says, and why the act was not entered when it was done."""

    written_at: datetime | None
    reason: str


def late_gaps(case: Case, late: LateEntry, at: datetime) -> list[Refusal]:
    """insp-offline: both times and a reason; the paper lies between the act and now."""
    refusals = []
    if late.written_at is None:
        refusals.append(
            Refusal("insp-offline", "补录要填写纸上的办理时间。不是补录的，请清空补录理由。", "", "late_at")
        )
    elif late.written_at > at:
        refusals.append(Refusal("insp-offline", "纸上的办理时间在现在之后，请核对。", "", "late_at"))
    elif late.written_at < case.act_at:
        refusals.append(Refusal("insp-offline", "纸上的办理时间早于违法行为的时间，请核对。", "", "late_at"))
    if len(late.reason.strip()) < LEAST_REASON:
        text = "请写明为什么当时没有在系统里办，例如：现场没有网络。"
        refusals.append(Refusal("insp-offline", text, "", "late_reason"))
    return refusals
