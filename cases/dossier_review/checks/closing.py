"""39–41: closing, the archive, forms and dates."""

from __future__ import annotations

from collections.abc import Iterator

from cases.dossier_review.dossier import Dossier
from cases.dossier_review.finding import Finding
from cases.dossier_review.reading import day_in, is_blank, opinions_named
from cases.procedure.states import State

_CORRECT, _VOLUME = "ask_correction", "volume"
_OPINION = {"text": "意见", "name": "签名", "signed_on": "日期"}
_DATED = ("issued_on", "decided_on", "reviewed_on", "reported_on")


def closing_report(d: Dossier) -> Iterator[Finding]:
    """39: result and execution, approved, after serving and payment."""
    paper = d.last("closing_report")
    if paper is None:
        if d.is_closed and d.facts.state is not State.SUMMARY_CLOSED:
            yield Finding("39", "no-closing-report", "已经结案，卷内没有结案报告。请补齐。", "结案", "case")
        return
    for key, label in (("result", "处理结果"), ("execution", "执行情况")):
        if is_blank(paper.data.get(key)):
            yield Finding("39", f"closing-without-{key}", f"结案报告没有写明{label}。", paper.name, _CORRECT)
    for whose, opinion in () if d.is_summary else opinions_named(paper):
        missing = [word for key, word in _OPINION.items() if not str(opinion.get(key, "")).strip()]
        if missing:
            text = f"结案报告{whose}意见栏缺少{'、'.join(missing)}。请补签。"
            yield Finding("39", "closing-opinion-incomplete", text, paper.name, _CORRECT)
    closed, served = d.facts.closed_on, d.facts.decision_served_on
    if closed and d.decision is not None and (served is None or closed < served):
        text = f"结案 {closed:%Y-%m-%d} 早于决定书送达。请核对。"
        yield Finding("39", "closed-before-served", text, paper.name, "")
    last = max((one.paid_on for one in d.receipts), default=None)
    if closed and last and closed < last:
        text = f"结案 {closed:%Y-%m-%d} 早于缴款 {last:%Y-%m-%d}。请核对。"
        yield Finding("39", "closed-before-paid", text, paper.name, "")


def one_case_one_file(d: Dossier) -> Iterator[Finding]:
    """40: every paper belongs to this case; archived in time, after the closing; bound whole."""
    for paper in d.papers:
        cause = paper.data.get("cause")
        if isinstance(cause, str) and cause and d.cause not in cause:
            text = f"{paper.name}的案由是“{cause}”，本案案由是“{d.cause}”。是否装错案卷？请核对。"
            yield Finding("40", "cause-differs", text, paper.name, _CORRECT)
    numbers = [one.number for one in d.papers if one.number]
    for number in sorted({one for one in numbers if numbers.count(one) > 1}):
        yield Finding("40", "number-twice", f"文号{number}在卷内用了两次。请核对。", number, _CORRECT)
    limit = d.limit("archive-time")
    archived, closed = d.act("archive"), d.facts.closed_on
    if archived and closed and archived.on < closed:
        yield Finding("40", "archived-before-closing", "归档早于结案。请核对日期。", "归档", "")
    if limit and ((archived and archived.on > limit.due) or (archived is None and d.today > limit.due)):
        yield Finding("40", "archived-late", f"应当在 {limit.due:%Y-%m-%d} 前归档，已经超过。", "归档", "archive")
    yield from _bound_whole(d)


def _bound_whole(d: Dossier) -> Iterator[Finding]:
    """40: when the days to archive are over, the file is bound with everything in it. Order, page numbers, catalogue,
    remark sheet and cover come with the binding (archive-order): nobody has to look at them one by one."""
    limit = d.limit("archive-time")
    if d.act("archive") is None or limit is None or d.today <= limit.due:
        return
    papers = [one.sealed_at for one in d.papers if one.sealed_on < d.today]
    whole = [one for one in d.bindings if one.at >= max(papers, default=one.at)]
    if not d.bindings:
        text = "已经归档，还没有成卷，没有目录、页码、备考表和封面。请成卷。"
        yield Finding("40", "not-bound", text, "归档", _VOLUME)
    elif not whole:
        text = "成卷以后又有新的文书，没有装订进去。请重新成卷。"
        yield Finding("40", "bound-without-later", text, "成卷", _VOLUME)
    elif (d.opinions or d.meetings) and not any(one.with_secondary for one in whole):
        text = "只装订了正卷，没有装订副卷。请连同副卷重新成卷。"
        yield Finding("40", "bound-without-secondary", text, "成卷", _VOLUME)


def forms(d: Dossier) -> Iterator[Finding]:
    """41: the day written on a paper is the day it was made; nothing is dated ahead."""
    for paper in d.papers:
        if paper.code in {"prior_notice", "penalty_decision", "spot_decision", "serving_receipt"}:
            continue  # items 23, 29 and 34 look at their dates
        for key in _DATED:
            written = day_in(paper.data.get(key))
            if written and written > paper.sealed_on:
                text = f"{paper.name}写的日期 {written:%Y-%m-%d} 晚于制作日期 {paper.sealed_on:%Y-%m-%d}。请更正。"
                yield Finding("41", "dated-ahead", text, paper.name, _CORRECT)
        for whose, opinion in opinions_named(paper):
            signed = day_in(opinion.get("signed_on"))
            if signed and signed > paper.sealed_on:
                text = f"{paper.name}{whose}签署 {signed:%Y-%m-%d} 晚于制作日期 {paper.sealed_on:%Y-%m-%d}。请更正。"
                yield Finding("41", "signed-ahead", text, paper.name, _CORRECT)
    for paper in d.papers:
        if not paper.data:
            yield Finding("41", "empty-paper", f"{paper.name}没有内容。", paper.name, _CORRECT)
