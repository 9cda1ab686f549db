"""What is asked of the words typed around notice and defence (处罚法44、45、62). Each returns its refusals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from cases.documents.shapes import NoticeData
from cases.models import DefenceKind
from cases.procedure.facts import CaseFacts
from lishu_law import clock
from lishu_law.errors import Refusal

ARTICLE = "行政处罚法第四十五条第一款"


@dataclass(frozen=True)
class NewStatement:
    """What the party said, or that it said nothing or waived. One line of ``content`` is one point."""

    kind: str
    received_at: datetime
    content: str = ""
    place: str = ""
    speaker: str = ""
    speaker_role: str = ""
    evidence_note: str = ""


def silence_after_window(facts: CaseFacts, new: NewStatement, now: datetime) -> list[Refusal]:
    """defence-window: that the party said nothing is noted only when the window is over."""
    if new.kind != DefenceKind.NONE or (facts.defence_due and clock.local(now).date() > facts.defence_due):
        return []
    until = f"{facts.defence_due:%Y-%m-%d}" if facts.defence_due else ""
    message = f"陈述申辩期到 {until} 24 时届满，届满前不能记为“未陈述申辩”。"
    return [Refusal("defence-window", message, ARTICLE, "kind")]


def statement_recorded(facts: CaseFacts, new: NewStatement, now: datetime) -> list[Refusal]:
    """defence-record: what was said is written down, with the time it came in."""
    refusals, served = [], facts.notice.served_on if facts.notice else None
    if new.kind in {DefenceKind.WRITTEN, DefenceKind.ORAL} and not new.content.strip():
        refusals.append(Refusal("defence-record", "请记下当事人陈述申辩的内容。", ARTICLE, "content"))
    if new.received_at > now:
        refusals.append(Refusal("defence-future", "收到时间不能晚于现在，请核对。", "", "received_at"))
    if served and clock.local(new.received_at).date() < served:
        message = "收到时间早于通知书送达日，请核对。放弃声明也应在送达之后作出。"
        refusals.append(Refusal("waiver-explicit", message, "行政处罚法第六十二条", "received_at"))
    return refusals


def waiver_is_explicit(facts: CaseFacts, new: NewStatement, note: str) -> list[Refusal]:
    """waiver-explicit: a clear written waiver alone shortens the window; one on the day of serving needs its reason."""
    if new.kind != DefenceKind.WAIVER:
        return []
    served = facts.notice.served_on if facts.notice else None
    if served != clock.local(new.received_at).date() or len(note.strip()) >= 5:
        return []
    message = "放弃声明与通知书在同一天。请写明怎样确认是当事人自愿放弃，不是随通知书一并签字。"
    return [Refusal("waiver-explicit", message, "行政处罚法第六十二条", "waiver_note")]


def notice_complete(data: NoticeData) -> list[Refusal]:
    """notice-contents: kind and amount, clauses, discretion, and where to plead stand in the notice."""
    asked = {
        "违法行为": data["act"], "违反的条款": data["breached"], "处罚依据": data["basis"],
        "拟作出的处罚": data["planned_penalty"], "裁量理由": "".join(data["discretion"]),
        "机关联系地址": data["address"], "机关联系电话": data["phone"],
    }  # fmt: skip
    missing = [label for label, text in asked.items() if not text.strip()]
    if not missing:
        return []
    message = f"通知书还缺{'、'.join(missing)}。请补齐；机关的联系方式请系统管理员登记。"
    return [Refusal("notice-contents", message, "行政处罚法第四十四条", "")]


def heavier_only_for_new_facts(
    told: tuple[Decimal | None] | None, amount: Decimal | None, reason: str
) -> list[Refusal]:
    """defence-no-heavier: a renewed notice is heavier than the last only for new facts, never for the defence."""
    if told is None or (amount or Decimal(0)) <= (told[0] or Decimal(0)) or len(reason.strip()) >= 10:
        return []
    message = (
        f"拟罚款 {amount:f} 元，高于上次告知的 {told[0] or Decimal(0):f} 元。不得因陈述申辩或者听证加重处罚；"
        "有新的事实的，请写明新的事实和证据。"
    )
    return [Refusal("defence-no-heavier", message, "行政处罚法第四十五条第二款", "heavier_reason")]
