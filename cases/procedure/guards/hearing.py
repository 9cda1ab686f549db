"""The hearing, from the request to the report (处罚法63–65; law/procedure.md §4)."""

from __future__ import annotations

from datetime import date

from cases.procedure.facts import CaseFacts
from cases.procedure.hearing_facts import HearingFact
from lishu_law.errors import Refusal


def _at(facts: CaseFacts, *states: str) -> bool:
    one = facts.focused_hearing
    return one is not None and one.state in states


def _gone(facts: CaseFacts) -> str:
    one = facts.focused_hearing
    return f"这件听证现在处于“{one.state_title if one else '没有这件听证'}”，不能办这一步。请回到案件页核对。"


def hearing_right_told(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-scope: a hearing is held where the notice had to tell the right and the party asks for it."""
    if facts.notice and facts.notice.hearing_offered:
        return None
    return Refusal(
        "hearing-scope",
        "违法行为通知书没有告知听证权利，本案不属于应当听证的情形。确有必要的，请与法制机构商量后重新告知。",
        "行政处罚法第六十三条",
        "renotice",
    )


def no_second_request(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-request: one hearing for one notice."""
    if not any(
        one.state != "not_accepted" and facts.notice and one.notice_id == facts.notice.id for one in facts.hearings
    ):
        return None
    return Refusal(
        "hearing-request",
        "对这份违法行为通知书已经登记过听证申请。请在案件页继续办理。",
        "行政处罚法第六十四条第一项",
        "case",
    )


def hearing_needs_people(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-chair: people are named once, and again where chair or recorder fell out."""
    one = facts.focused_hearing
    if one and (one.state == "requested" or (_is_before_session(one) and not _is_staffed(one))):
        return None
    return Refusal("hearing-chair", _gone(facts), "行政处罚法第六十四条第四项", "case")


def hearing_staffed(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-chair, gen-recuse-others: a chair and a recorder are there who did not have to withdraw."""
    one = facts.focused_hearing
    if one and _is_staffed(one):
        return None
    return Refusal(
        "hearing-chair",
        "还没有指定听证主持人和记录员，或者其中有人已经回避。请先由负责人指定非本案调查人员。",
        "行政处罚法第六十四条第四项",
        "appoint_hearing",
    )


def hearing_to_be_scheduled(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-notice-7d: time and place are told once people are named, and again after a postponement or a late serving."""
    one = facts.focused_hearing
    if one and (one.state in {"accepted", "postponed"} or (one.state == "scheduled" and _told_too_late(facts, one))):
        return None
    return Refusal("hearing-notice-7d", _gone(facts), "行政处罚法第六十四条第二项", "case")


def hearing_told_in_time(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-notice-7d: the hearing lies on a later day than the seventh working day after the notice was served."""
    one = facts.focused_hearing
    if one is None or one.state != "scheduled":
        return None
    due = _notice_due(facts, one)
    if due is None:
        return Refusal("hearing-notice-7d", "听证通知书还没有送达。请先送达。", "行政处罚法第六十四条第二项", "case")
    if one.scheduled_on and one.scheduled_on > due:
        return None
    return Refusal(
        "hearing-notice-7d",
        f"听证会应当在通知书送达七个工作日之后举行，最早是 {due:%Y-%m-%d} 的次日。请另定时间，重新通知。",
        "行政处罚法第六十四条第二项",
        "issue_hearing_notice",
    )


def hearing_day_come(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-record: the transcript is made at the hearing, not before its day."""
    one = facts.focused_hearing
    if one and one.state == "scheduled" and one.scheduled_on and one.scheduled_on <= today:
        return None
    if one and one.state == "scheduled" and one.scheduled_on:
        return Refusal(
            "hearing-record",
            f"听证会定在 {one.scheduled_on:%Y-%m-%d}，当天才能制作听证笔录。",
            "行政处罚法第六十四条第八项",
            "",
        )
    return Refusal("hearing-record", _gone(facts), "行政处罚法第六十四条第八项", "case")


def hearing_may_be_postponed(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-postpone: a hearing that has a time and was not held."""
    return (
        None if _at(facts, "scheduled") else Refusal("hearing-postpone", _gone(facts), "行政处罚法第六十四条", "case")
    )


def hearing_may_be_suspended(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-postpone: a hearing that was accepted and was not held."""
    if _at(facts, "accepted", "scheduled", "postponed"):
        return None
    return Refusal("hearing-postpone", _gone(facts), "行政处罚法第六十四条", "case")


def hearing_is_suspended(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-postpone: only what stands still goes on again."""
    return (
        None if _at(facts, "suspended") else Refusal("hearing-postpone", _gone(facts), "行政处罚法第六十四条", "case")
    )


def hearing_may_be_terminated(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-postpone: any open hearing that was not held; a held one ends with its report."""
    one = facts.focused_hearing
    if one and (one.state in {"requested", "suspended"} or _is_before_session(one)):
        return None
    return Refusal("hearing-postpone", _gone(facts), "行政处罚法第六十四条", "case")


def hearing_waits_for_report(facts: CaseFacts, today: date) -> Refusal | None:
    """hearing-report: after the hearing, once."""
    return None if _at(facts, "ended") else Refusal("hearing-report", _gone(facts), "行政处罚法第六十五条", "case")


def _is_before_session(one: HearingFact) -> bool:
    return one.state in {"accepted", "scheduled", "postponed"}


def _is_staffed(one: HearingFact) -> bool:
    return one.has("chair") and one.has("recorder")


def _notice_due(facts: CaseFacts, one: HearingFact) -> date | None:
    """The end of the seven working days after the newest hearing notice was served; None before."""
    served = [d for d in facts.documents if d.part == one.part and d.code == "hearing_notice"]
    if not served or served[-1].served_on is None:
        return None
    return next(
        (limit.due for limit in facts.limits if limit.code == "hearing-notice-7d" and limit.part == one.part), None
    )


def _told_too_late(facts: CaseFacts, one: HearingFact) -> bool:
    due = _notice_due(facts, one)
    return bool(due and one.scheduled_on and one.scheduled_on <= due)
