"""V8, V9, V12, 27, 28: legal review, collective discussion, suspected crimes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cases.dossier_review.dossier import Dossier, Opinion
from cases.dossier_review.finding import Finding
from lishu_law.law.parameters import DEFAULT_PARAMETERS

_REDO = "propose_correction"
_APPROVERS = ("approve_filing", "approve_report", "approve_decision")
_EMPTY_WORDS = frozenset({"同意", "同意。", "无意见", "无意见。", "符合规定", "符合规定。"})
_SHORTEST = 8


def _passed(d: Dossier) -> Opinion | None:
    return next((one for one in reversed(d.opinions) if one.outcome == "passed"), None)


def legal_review(d: Dossier) -> Iterator[Finding]:
    """V8: where it is compulsory, passed before the decision, after the hearing, by somebody fit and uninvolved."""
    decided, passed = d.decided_on, _passed(d)
    if decided is None or d.is_summary:
        return
    if passed is None or passed.reviewed_on > decided:
        if d.review_grounds:
            when = f"{passed.reviewed_on:%Y-%m-%d} 才通过" if passed else "没有通过"
            text = f"{d.review_grounds[0]}，应当法制审核，{when}，{decided:%Y-%m-%d} 已经决定。"
            yield Finding("V8", "no-legal-review", text, "法制审核意见书", _REDO)
        return
    held = [one.reported_at for one in d.facts.hearings if one.was_held and one.reported_at]
    if held and passed.requested_at < max(held):
        text = "法制审核在听证结束以前提交，不能作为决定的依据。"
        yield Finding("V8", "review-before-hearing", text, "法制审核意见书", _REDO)
    if passed.reviewer in d.officers | d.by(_APPROVERS):
        text = "法制审核人员办理或者审批过本案，应当由其他人审核。"
        yield Finding("V8", "reviewer-involved", text, "法制审核意见书", _REDO)
    if not passed.is_qualified:
        text = "法制审核人员没有登记法律职业资格。请核对人员信息。"
        yield Finding("V8", "reviewer-unqualified", text, "法制审核意见书", "")


def opinion(d: Dossier) -> Iterator[Finding]:
    """27: specific, complete, in the file."""
    passed = _passed(d)
    if passed is None:
        if d.decided_on and not d.is_summary and not d.review_grounds:
            text = "本案没有法制审核意见。不在法定范围的也请按本机关的规定审核。"
            yield Finding("27", "no-opinion", text, "法制审核意见书", "request_review")
        return
    if passed.text.strip() in _EMPTY_WORDS or len(passed.text.strip()) < _SHORTEST:
        text = f"法制审核意见只写“{passed.text.strip()}”，没有针对本案。请写明审核了什么。"
        yield Finding("27", "opinion-empty", text, "法制审核意见书", "")
    if passed.problems:
        text = f"法制审核有 {passed.problems} 项“有问题”，结论却是同意。请核对。"
        yield Finding("27", "passed-with-problems", text, "法制审核意见书", "")
    if not passed.items:
        yield Finding("27", "no-review-items", "法制审核没有逐项审核的记录。", "法制审核意见书", "")
    paper = d.last("legal_review_opinion")
    if paper is None:
        yield Finding("27", "no-review-paper", "卷内没有法制审核意见书。请补齐。", "法制审核意见书", "case")


def discussed(d: Dossier) -> Iterator[Finding]:
    """V9: where it is due, before the decision, by enough heads (处罚法57第二款)."""
    if not d.facts.discussion_due or d.decided_on is None or d.is_summary:
        return
    before = [one for one in d.meetings if one.held_on <= d.decided_on]
    if not before:
        text = "本案应当由负责人集体讨论，没有讨论就作出了决定。"
        yield Finding("V9", "no-discussion", text, "集体讨论记录", _REDO)
        return
    quorum = DEFAULT_PARAMETERS.number("deliberation.quorum", before[-1].held_on)
    if Decimal(len(before[-1].opinions)) < quorum:
        text = f"集体讨论只有 {len(before[-1].opinions)} 名负责人，少于 {quorum:f} 名。"
        yield Finding("V9", "too-few-heads", text, "集体讨论记录", _REDO)


def meeting(d: Dossier) -> Iterator[Finding]:
    """28: each head's own view, a conclusion, the record in the file, after the review and before the decision."""
    for one in d.meetings:
        if any(not said.strip() for _head, said in one.opinions):
            yield Finding(
                "28", "view-missing", "集体讨论记录缺少个别负责人的意见。", "集体讨论记录", "record_discussion"
            )
        if not one.conclusion.strip():
            yield Finding("28", "no-conclusion", "集体讨论记录没有结论。", "集体讨论记录", "record_discussion")
        if d.decided_on and one.held_on > d.decided_on:
            text = f"集体讨论 {one.held_on:%Y-%m-%d} 晚于决定 {d.decided_on:%Y-%m-%d}。"
            yield Finding("28", "discussed-after-decision", text, "集体讨论记录", "")
    if d.meetings and not d.all("collective_discussion"):
        yield Finding("28", "no-discussion-paper", "卷内没有集体讨论记录。请补齐。", "集体讨论记录", "case")


def crime(d: Dossier) -> Iterator[Finding]:
    """V12: a suspected crime goes to the police, no penalty stands in its place (移送规定3、11)."""
    for one in d.facts.crimes:
        if one.is_open and d.decided_on and one.handed_over_on is None:
            text = f"涉嫌{one.offence or '犯罪'}，没有移送公安机关就作出了行政处罚。应当移送。"
            yield Finding("V12", "crime-not-transferred", text, "涉嫌犯罪报告", "hand_over_crime")
