"""The papers of an inspection and the telling of its result (standards/inspection.md §2 row 7, §8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inspections.rules.periods import SHANGHAI, citation, moment_words
from lishu_law.errors import Refusal

FILED, STARTED, SUSPENDED = "filed", "started", "suspended"
DONE = ("finished", "evaluated", "published")
# In which states of the filing a paper may be made by hand. J01 is sealed by the approval, J03 by the end of the visit.
STATES = {
    "inspection_notice": (FILED, STARTED),
    "inspection_result": DONE,
    "inspection_questioning": (STARTED, SUSPENDED, *DONE),
    "inspection_sampling": (STARTED, SUSPENDED, *DONE),
    "inspection_inquest": (STARTED, SUSPENDED, *DONE),
    "inspection_slip": (FILED, STARTED, SUSPENDED, *DONE),
}
PAPERS_BY_HAND = tuple(STATES)
# One of each: made again it would be a second number for the same thing.
ONCE = ("inspection_notice", "inspection_result")
# documents.csv J03: 检查人×2 sign the record of a visit on the spot.
SIGNERS = 2
# What the way of telling has to name: the waybill, the address, the refusal.
NOTED_WAYS = {
    "post": "邮寄的，请写明邮寄单号。",
    "electronic": "电子方式的，请写明对方同意的接收方式和号码。",
    "left": "对方拒收的，请写明拒收的情况。",
}


def paper_fits(code: str, state: str, made: frozenset[str]) -> list[Refusal]:
    """May this paper be made while the filing is in ``state``? ``made`` are the codes it has already."""
    if state not in STATES.get(code, ()):
        return [Refusal("paper-state", "检查现在的状态还不能（或者不再能）制作这份文书。请刷新页面核对。", "", "")]
    if code in ONCE and code in made:
        return [Refusal("paper-once", "这份文书已经制作过，不能再编一个号。请打开已有的文书打印。", "", "")]
    return []


def officers_signed(signed: int, missing: Sequence[str]) -> list[Refusal]:
    """insp-officers-signed: two officers have signed the record before its result is told (documents.csv J03).

    ``missing`` are those who inspected and have not signed.
    """
    if signed >= SIGNERS:
        return []
    text = f"现场检查笔录要由两名检查人签名，现在签了 {signed} 人，还没有签名的：{'、'.join(missing)}。请先签名，再告知结果。"
    return [Refusal("insp-officers-signed", text, citation("insp-record"), "sign")]


@dataclass(frozen=True)
class Sitting:
    """When and by whom a transcript was made, and how it was signed. Officers by staff number."""

    started_at: datetime
    ended_at: datetime
    first: str
    second: str
    is_refused: bool
    refusal_note: str
    witness: str


def sitting_allowed(sitting: Sitting, visit: tuple[datetime, datetime], inspecting: frozenset[str]) -> list[Refusal]:
    """Inside the visit, by two of its officers, signed or refused before a witness (处罚法42、55)."""
    refusals = []
    begins, ends = visit
    if sitting.started_at < begins or sitting.ended_at > ends or sitting.ended_at <= sitting.started_at:
        text = f"时间要在检查开始（{moment_words(begins)}）到{moment_words(ends)}之间，结束要晚于开始。请核对。"
        refusals.append(Refusal("insp-record", text, citation("insp-record"), "started_at"))
    if sitting.first == sitting.second or not {sitting.first, sitting.second} <= inspecting:
        text = "要由本次检查的两名执法人员一人询问（勘验、抽样）、一人记录。请重新选择人员。"
        refusals.append(Refusal("insp-two", text, citation("insp-two"), "second"))
    if sitting.is_refused and not (sitting.refusal_note.strip() and sitting.witness.strip()):
        text = "对方拒绝签名。请写明情况，并请见证人签名。"
        refusals.append(Refusal("insp-record", text, citation("insp-record"), "refusal_note"))
    return refusals


def may_tell(state: str, is_told: bool) -> list[Refusal]:
    """A result is told once, after the visit; one that was left open once more, when it has ended."""
    if state not in DONE:
        return [Refusal("paper-state", "检查还没有结束，不能登记结果告知。请先完成检查记录。", "", "")]
    if is_told:
        return [Refusal("paper-once", "结果告知已经登记过，不用再登记。", "", "")]
    return []


@dataclass(frozen=True)
class Told:
    """How the result was told."""

    way: str
    told_at: datetime
    note: str
    witness: str


def telling_complete(
    told: Told, visit: tuple[datetime, date], made_at: datetime | None, now: datetime
) -> list[Refusal]:
    """insp-result-tell: told with its paper, after the visit, and in a way that can be shown afterwards.

    ``visit`` is when it ended and the last day for telling: later than that the reason is asked for, never refused.
    """
    law = citation("insp-result-tell")
    if made_at is None:
        return [Refusal("insp-result-tell", "还没有制作结果告知书。请先制作，再登记告知。", law, "paper")]
    refusals = []
    finished_at, last_day = visit
    ended = finished_at.replace(second=0, microsecond=0)  # times are typed to the minute
    if not ended <= told.told_at <= now:
        text = f"告知时间要在检查结束（{moment_words(finished_at)}）以后、现在以前。请核对。"
        refusals.append(Refusal("insp-result-tell", text, law, "told_at"))
    if told.way in NOTED_WAYS and not told.note.strip():
        refusals.append(Refusal("insp-result-tell", NOTED_WAYS[told.way], law, "note"))
    elif told.told_at.astimezone(SHANGHAI).date() > last_day and not told.note.strip():
        text = f"告知超过了期限（{last_day.year}年{last_day.month}月{last_day.day}日），请在说明里写明超期的原因。"
        refusals.append(Refusal("insp-result-tell", text, law, "note"))
    if told.way == "left" and not told.witness.strip():
        refusals.append(Refusal("insp-result-tell", "留置的，请写明见证人姓名。", law, "witness_name"))
    return refusals
