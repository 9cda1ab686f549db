"""补录: an act done on paper while the network was down, entered afterwards with both times and the reason.

The act counts from the paper's time; the step keeps that time, the time of entering and the reason, and every page that
lists it says so. A decision on a numbered blank form has more to prove: ``cases.actions.paper_decision``.

The acts on the scene follow one another (处罚法44、45、52): none may lie before the one it follows. What was entered when
it was done counts at that moment, what was entered later at the time of its paper. Paper knows no seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.models import Case, Step
from lishu_law import clock
from lishu_law.errors import Refusal

LEAST_REASON = 2
# 裁量 is worked out in the system only, also where what was told stands on paper: it orders nothing here.
ON_THE_SCENE = ("identify", "secure_evidence", "tell_orally", "hear", "decide_on_spot", "hand_over", "collect_on_spot")
HEARD_FIRST = ("tell_orally", "hear")


@dataclass(frozen=True)
class LateEntry:
    """What the paper says, and why the act was not entered when it was done."""

    written_at: datetime | None
    reason: str


@dataclass(frozen=True)
class Followed:
    """The act that must lie before: its name, when it was, the article that says so."""

    title: str
    at: datetime
    law: str

    def gap(self, written_at: datetime, fix: str) -> list[Refusal]:
        """insp-offline: the paper says that it was done before what it follows."""
        if written_at >= self.at.replace(second=0, microsecond=0):
            return []
        text = (
            f"纸上的办理时间早于“{self.title}”的时间（{clock.local(self.at):%Y-%m-%d %H:%M}），先后次序不对。"
            "请对照纸质文书核对时间。"
        )
        return [Refusal("insp-offline", text, self.law, fix)]


def followed(code: str, steps: Iterable[Step]) -> Followed | None:
    """The latest act on the scene that was done before ``code``; None where ``code`` has no order among them."""
    if code not in ON_THE_SCENE:
        return None
    done = [one for one in steps if one.code in ON_THE_SCENE and one.outcome == "done"]
    if not done:
        return None
    last = max(done, key=lambda one: one.paper_at or one.at)
    law = "行政处罚法第四十四条、第四十五条" if last.code in HEARD_FIRST else "行政处罚法第五十二条第一款"
    return Followed(last.title, last.paper_at or last.at, law)


def late_gaps(case: Case, late: LateEntry, at: datetime, follows: Followed | None = None) -> list[Refusal]:
    """insp-offline: both times and a reason; the paper lies between the act, what it follows, and now."""
    refusals = []
    if late.written_at is None:
        refusals.append(
            Refusal("insp-offline", "补录要填写纸上的办理时间。不是补录的，请清空补录理由。", "", "late_at")
        )
    elif late.written_at > at:
        refusals.append(Refusal("insp-offline", "纸上的办理时间在现在之后，请核对。", "", "late_at"))
    elif late.written_at < case.act_at:
        refusals.append(Refusal("insp-offline", "纸上的办理时间早于违法行为的时间，请核对。", "", "late_at"))
    elif follows is not None:
        refusals += follows.gap(late.written_at, "late_at")
    if len(late.reason.strip()) < LEAST_REASON:
        text = "请写明为什么当时没有在系统里办，例如：现场没有网络。"
        refusals.append(Refusal("insp-offline", text, "", "late_reason"))
    return refusals
