"""What the party must have been told and may still say: notice, renewed notice, defence, hearing (处罚法44、45、62–64)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from cases.procedure.states import State
from lishu_law.errors import Refusal

# Acts that bring a case back before the notice, so that the proposal may change once more.
RENEWING = frozenset({"renotice", "review"})


def is_renewed(facts: CaseFacts) -> bool:
    """Is the case before the notice once more because the proposal changes?"""
    return facts.notice_round is not None and facts.notice_round[0] in RENEWING


def notice_sealed(facts: CaseFacts, today: date) -> Refusal | None:
    """notice-served needs a sealed notice, after a return a new one."""
    if facts.notice and (facts.notice.is_current or facts.state is not State.NOTICE_DUE):
        return None
    return Refusal(
        "notice-before-decision", "还没有制作违法行为通知书。请先制作。", "行政处罚法第四十四条", "issue_notice"
    )


def notice_not_made_yet(facts: CaseFacts, today: date) -> Refusal | None:
    """notice-served: a notice that was made in this round and is not served yet is served, not made once more."""
    if facts.state is not State.NOTICE_DUE or facts.notice is None or not facts.notice.is_current:
        return None
    if not is_renewed(facts) and facts.notice.is_outdated:
        return None
    return Refusal(
        "notice-served", "违法行为通知书已经制作，还没有送达。请先送达。", "行政处罚法第四十四条", "serve_notice"
    )


def told_again_where_changed(facts: CaseFacts, today: date) -> Refusal | None:
    """notice-renotice: facts, nature or basis that changed after the notice are told again; lighter alone is not."""
    if facts.notice is None or not facts.notice.is_outdated:
        return None
    return Refusal(
        "notice-renotice",
        "告知之后，拟处罚的事实或者依据有变化。请重新制作并送达违法行为通知书，听取当事人意见。",
        "行政处罚法第四十四条、第四十五条",
        "renotice",
    )


def proposal_may_change(facts: CaseFacts, today: date) -> Refusal | None:
    """notice-renotice: an approved proposal changes only in the investigation or where it is told again."""
    if facts.state is not State.NOTICE_DUE or is_renewed(facts):
        return None
    return Refusal(
        "notice-renotice",
        "调查报告已经批准，裁量不能自行改动。请按批准的意见制作违法行为通知书。",
        "行政处罚法第五十七条第一款",
        "issue_notice",
    )


def changed_proposal_approved(facts: CaseFacts, today: date) -> Refusal | None:
    """notice-renotice, inv-report: what is told again was approved by the head as it is now."""
    if facts.notice_round is None or not is_renewed(facts):
        return None
    approved, opened = facts.done.get("approve_revision"), facts.notice_round[1]
    chosen = facts.done.get("set_discretion")
    if approved and approved >= opened and (chosen is None or approved >= chosen):
        return None
    return Refusal(
        "notice-renotice",
        "重新告知的处罚意见还没有经负责人批准。请先由负责人审批变更后的处罚意见。",
        "行政处罚法第五十七条第一款",
        "approve_revision",
    )


def proposal_is_renewed(facts: CaseFacts, today: date) -> Refusal | None:
    """notice-renotice: the head approves a changed proposal only where the case came back to be told again."""
    if is_renewed(facts):
        return None
    return Refusal(
        "notice-renotice", "本案没有需要审批的变更意见。请按批准的调查报告办理。", "行政处罚法第五十七条第一款", "case"
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
    """hearing-block-decision: a requested hearing is closed with its report first (处罚法63–65)."""
    one = facts.hearing
    if one is None or not one.is_open:
        return None
    return Refusal(
        "hearing-block-decision",
        f"当事人申请的听证还没有结束（{one.state_title}），提交听证报告之前不能往下办。",
        "行政处罚法第六十三条、第六十五条",
        "case",
    )


def defence_reviewed(facts: CaseFacts, today: date) -> Refusal | None:
    """defence-review: what the party said is reviewed point by point (处罚法45)."""
    if facts.defence is None:
        if facts.notice and any(
            one.notice_id == facts.notice.id and (one.is_open or one.was_held) for one in facts.hearings
        ):  # what the party has to say stands in the transcript of the hearing
            return None
        return Refusal(
            "defence-record", "还没有记录当事人是否陈述申辩。请先记录。", "行政处罚法第四十五条", "record_defence"
        )
    if facts.defence.kind in {"written", "oral"} and not facts.defence.is_reviewed:
        return Refusal(
            "defence-review", "当事人的陈述申辩还没有复核。请先复核。", "行政处罚法第四十五条第一款", "review_defence"
        )
    return None


def statement_waits(facts: CaseFacts, today: date) -> Refusal | None:
    """defence-review: there is something the party said that nobody answered yet."""
    if facts.defence and facts.defence.kind in {"written", "oral"} and not facts.defence.is_reviewed:
        return None
    return Refusal("defence-review", "没有需要复核的陈述申辩。请回到案件页核对。", "行政处罚法第四十五条第一款", "case")
