"""What the party must have been told and may still say: notice, defence, hearing (处罚法44、45、62–64)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from lishu_law.errors import Refusal


def notice_sealed(facts: CaseFacts, today: date) -> Refusal | None:
    """notice-served needs a sealed notice."""
    if facts.notice:
        return None
    return Refusal(
        "notice-before-decision", "还没有制作违法行为通知书。请先制作。", "行政处罚法第四十四条", "issue_notice"
    )


def window_over(facts: CaseFacts, today: date) -> Refusal | None:
    """defence-window, hearing-block-decision: no further step while the party may still speak (处罚法45、62、64)."""
    if facts.defence and facts.defence.kind == "waiver":
        return None
    if facts.notice is None or facts.notice.served_on is None or facts.defence_due is None:
        return Refusal("notice-served", "违法行为通知书还没有送达。请先送达。", "行政处罚法第四十四条", "serve_notice")
    if today > facts.defence_due:
        return None
    return Refusal(
        "hearing-block-decision",
        f"陈述申辩和听证申请期到 {facts.defence_due:%Y-%m-%d} 24 时才届满，之前不能作出决定。请届满后再办。",
        "行政处罚法第六十二条、第六十四条",
        "",
    )


def no_hearing_open(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-request: a timely request must be heard first (处罚法63、64)."""
    if facts.defence and facts.defence.hearing_requested:
        return Refusal("hearing-request", "当事人已申请听证，听证结束前不能往下办。", "行政处罚法第六十三条", "")
    return None


def defence_reviewed(facts: CaseFacts, today: date) -> Refusal | None:
    """defence-review: what the party said is reviewed point by point (处罚法45)."""
    if facts.defence is None:
        return Refusal(
            "defence-record", "还没有记录当事人是否陈述申辩。请先记录。", "行政处罚法第四十五条", "record_defence"
        )
    if facts.defence.kind in {"written", "oral"} and not facts.defence.is_reviewed:
        return Refusal(
            "defence-review", "当事人的陈述申辩还没有复核。请先复核。", "行政处罚法第四十五条第一款", "review_defence"
        )
    return None
