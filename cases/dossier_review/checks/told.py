"""V6, V7, 22–26: what the party was told, what it said, and the hearing."""

from __future__ import annotations

from collections.abc import Iterator

from cases.dossier_review.dossier import Dossier, Paper
from cases.dossier_review.finding import Finding
from cases.dossier_review.reading import day_in, is_blank, party_named, row_value, sums_in, words
from lishu_law.law.limits import compute

_HELD = frozenset({"reported", "terminated"})
_REDO = "propose_correction"


def notice_first(d: Dossier) -> Iterator[Finding]:
    """V6: told and served, and the time to answer over, before the decision (处罚法44、45、62、64)."""
    decided, notice = d.decided_on, d.notice
    if d.is_summary:
        yield from _told_on_the_spot(d)
        return
    if decided is None or d.all("no_penalty_decision"):
        return
    if notice is None:
        text = "没有告知拟处罚的内容和权利就作出了决定。应当撤销后重新告知。"
        yield Finding("V6", "no-notice", text, "处罚决定书", _REDO)
        return
    served = d.served_on(notice)
    if served is None or served >= decided:
        when = f"{served:%Y-%m-%d} 才送达" if served else "没有送达"
        text = f"违法行为通知书{when}，{decided:%Y-%m-%d} 已经作出决定。"
        yield Finding("V6", "decided-before-notice", text, notice.name, _REDO)
        return
    ends = max(compute("hearing-request", served).due_lenient, compute("defence-window", served).due_lenient)
    if decided <= ends and d.waiver is None:
        text = f"陈述申辩和听证申请期到 {ends:%Y-%m-%d} 届满，{decided:%Y-%m-%d} 就作出了决定。"
        yield Finding("V6", "inside-window", text, "处罚决定书", _REDO)


def _told_on_the_spot(d: Dossier) -> Iterator[Finding]:
    spot = d.facts.spot
    if d.decision is None or spot is None:
        return
    if not spot.is_told:
        text = "当场处罚以前没有告知事实、理由、依据和权利。"
        yield Finding("V6", "not-told-on-the-spot", text, "当场行政处罚决定书", _REDO)
    if not spot.is_heard:
        text = "当场处罚以前没有听取当事人的陈述和申辩。"
        yield Finding("V6", "not-heard-on-the-spot", text, "当场行政处罚决定书", _REDO)


def hearing_right(d: Dossier) -> Iterator[Finding]:
    """V7: told where it is due, held where it was asked for in time (处罚法63、64)."""
    notice = d.notice
    if notice is not None and d.hearing_grounds and not notice.data.get("has_hearing_right"):
        text = f"{d.hearing_grounds[0]}，应当告知听证权利，通知书没有勾选。请重新告知。"
        yield Finding("V7", "hearing-not-told", text, notice.name, "renotice")
    due = d.facts.hearing_request_due
    for one in d.facts.hearings:
        if one.state == "not_accepted" and due and one.requested_on <= due:
            text = f"{one.applicant}在 {one.requested_on:%Y-%m-%d} 申请听证，没有逾期，却没有受理。"
            yield Finding("V7", "hearing-refused-in-time", text, "听证申请", _REDO)
        if d.decided_on and one.state not in _HELD | {"not_accepted"}:
            text = f"{one.applicant}申请的听证没有举行完毕就作出了决定。"
            yield Finding("V7", "hearing-not-held", text, "听证申请", _REDO)


def notice_contents(d: Dossier) -> Iterator[Finding]:
    """22: concrete amount, clauses, the right boxes, where to answer; the decision rests on the same clauses."""
    notice = d.notice
    if notice is None:
        return
    yield from _amount(d, notice)
    for key, label in (("breached", "违反的条款"), ("basis", "处罚依据"), ("act", "违法行为"), ("facts", "事实")):
        if is_blank(notice.data.get(key)):
            text = f"{notice.name}没有写明{label}。请重新告知。"
            yield Finding("22", f"notice-without-{key}", text, notice.name, "renotice")
    if not notice.data.get("has_defence_right"):
        text = f"{notice.name}没有告知陈述申辩的权利。请重新告知。"
        yield Finding("22", "defence-right-not-told", text, notice.name, "renotice")
    if is_blank(notice.data.get("address")) or is_blank(notice.data.get("phone")):
        text = f"{notice.name}没有写明联系地址或者电话，当事人不知道向谁陈述。请补充。"
        yield Finding("22", "notice-without-contact", text, notice.name, "ask_correction")
    decision = d.last("penalty_decision")
    for key, label in (("breached", "违反的条款"), ("basis", "处罚依据")):
        if decision and decision.data.get(key) != notice.data.get(key):
            text = f"决定书的{label}与告知的不同，没有重新告知。"
            yield Finding("22", f"{key}-changed", text, f"{notice.name}；{decision.name}", _REDO)


def _amount(d: Dossier, notice: Paper) -> Iterator[Finding]:
    planned = words(notice.data.get("planned_penalty"))
    if not planned:
        yield Finding("22", "no-planned-penalty", f"{notice.name}没有写明拟作出的处罚。", notice.name, "renotice")
    elif notice.amount and notice.amount not in sums_in(planned):
        text = f"{notice.name}没有写明具体的罚款数额（{notice.amount:f} 元）。请重新告知。"
        yield Finding("22", "notice-without-amount", text, notice.name, "renotice")


def notice_served(d: Dossier) -> Iterator[Finding]:
    """23: served, with a receipt, after it was made."""
    notice = d.notice
    if notice is None:
        return
    served = d.served_on(notice)
    if served is None:
        if d.facts.defence is not None or d.decided_on:
            yield Finding("23", "notice-not-served", f"{notice.name}没有送达回证。", notice.name, "serve_notice")
        return
    if served < notice.sealed_on:
        text = f"{notice.name}制作于 {notice.sealed_on:%Y-%m-%d}，回证日期 {served:%Y-%m-%d} 更早。请核对。"
        yield Finding("23", "served-before-made", text, notice.name, "")
    report = d.last("investigation_report")
    if report and notice.sealed_on < report.sealed_on and not d.act("renotice"):
        text = f"{notice.name}早于调查报告批准（{report.sealed_on:%Y-%m-%d}），先后颠倒。"
        yield Finding("23", "notice-before-report", text, notice.name, "renotice")
    written = day_in(notice.data.get("issued_on"))
    if written and written != notice.sealed_on:
        text = f"{notice.name}落款 {written:%Y-%m-%d}，与制作日期 {notice.sealed_on:%Y-%m-%d} 不一致。请更正。"
        yield Finding("23", "notice-date-differs", text, notice.name, "ask_correction")


def defence(d: Dossier) -> Iterator[Finding]:
    """24: what was said is on paper, answered point by point, and the decision says what came of it."""
    for plea in d.pleas:
        if plea.points == 0:
            text = f"{plea.on:%Y-%m-%d} 的陈述申辩没有分点记录。请补充。"
            yield Finding("24", "no-points", text, "陈述申辩", "record_defence")
        if plea.answered < plea.points and d.decided_on:
            text = f"当事人提出 {plea.points} 点，只答复了 {plea.answered} 点。应当逐点复核。"
            yield Finding("24", "points-unanswered", text, "陈述申辩复核意见", "review_defence")
        if plea.kind == "oral" and not d.all("defence_record"):
            text = "口头陈述申辩没有制作笔录。请补制。"
            yield Finding("24", "no-defence-record", text, "陈述申辩", "record_defence")
    decision = d.last("penalty_decision")
    if d.pleas and decision and not d.all("defence_review"):
        yield Finding("24", "no-review-paper", "陈述申辩没有复核意见书。", "陈述申辩", "review_defence")
    if d.pleas and decision and "答复" not in words(decision.data.get("defence")):
        text = "决定书没有写明对陈述申辩的复核结果。"
        yield Finding("24", "answer-not-in-decision", text, decision.name, _REDO)
    served = d.served_on(d.notice) if d.notice else None
    for plea in d.pleas:
        if served and plea.on < served and len(d.all("prior_notice")) == 1:
            text = f"陈述申辩 {plea.on:%Y-%m-%d} 早于告知送达 {served:%Y-%m-%d}。请核对日期。"
            yield Finding("24", "plea-before-notice", text, "陈述申辩", "record_defence")


def waiver(d: Dossier) -> Iterator[Finding]:
    """25: a paper of its own, dated after the serving; on the same day only with the reason noted."""
    if d.waiver is None or d.notice is None:
        return
    paper = d.last("waiver_statement")
    if paper is None:
        yield Finding("25", "no-waiver-paper", "放弃陈述申辩没有单独的书面声明。请补充。", "陈述申辩", "record_defence")
    served = d.served_on(d.notice)
    if served and d.waiver.on < served:
        text = f"放弃声明 {d.waiver.on:%Y-%m-%d} 早于通知书送达 {served:%Y-%m-%d}。请核对。"
        yield Finding("25", "waiver-before-notice", text, "放弃陈述申辩声明", "record_defence")
    if served and d.waiver.on == served and not d.waiver.note:
        text = "放弃声明与告知在同一天，没有说明当事人自愿的情况。请补充。"
        yield Finding("25", "waiver-same-day", text, "放弃陈述申辩声明", "record_defence")
    if paper is not None and row_value(paper, "当事人") not in {d.party, ""}:
        text = f"放弃声明的当事人是“{party_named(paper)}”，不是本案当事人。"
        yield Finding("25", "waiver-of-another", text, paper.name, "record_defence")


def hearing(d: Dossier) -> Iterator[Finding]:
    """26: seven working days before, people who did not investigate, a signed transcript, a report (处罚法64、65)."""
    for one in d.facts.hearings:
        if one.state == "not_accepted":
            continue
        for person in one.people:
            if person.number in d.officers:
                text = f"听证人员{person.name}是本案调查人员。应当另行指定。"
                yield Finding("26", "investigator-in-hearing", text, "听证通知书", "appoint_hearing")
        if one.scheduled_on and not one.has("chair"):
            yield Finding("26", "no-chair", "没有指定听证主持人。请指定。", "听证通知书", "appoint_hearing")
        if one.ended_on is None:
            continue
        yield from _hearing_papers(d, one.part)
        letters = d.of_part(one.part, "hearing_notice")
        served = d.served_on(letters[-1]) if letters else None
        day = one.scheduled_on or one.ended_on
        if letters and (served is None or day <= compute("hearing-notice-7d", served).due):
            text = f"听证在 {day:%Y-%m-%d} 举行，通知没有提前七个工作日送达。"
            yield Finding("26", "short-notice", text, letters[-1].name, _REDO)
    for session in d.sessions:
        if not session.investigators_stated or not session.party_answered:
            text = "听证笔录没有记录调查人员陈述和当事人质证。请核对笔录。"
            yield Finding("26", "hearing-order", text, "听证笔录", "")


def _hearing_papers(d: Dossier, part: str) -> Iterator[Finding]:
    names = {"hearing_notice": "听证通知书", "hearing_record": "听证笔录", "hearing_report": "听证报告书"}
    for code, name in names.items():
        if not d.of_part(part, code) and not (code == "hearing_report" and d.decision is None):
            yield Finding("26", f"no-{code.replace('_', '-')}", f"听证已经结束，卷内没有{name}。请补齐。", name, "case")
