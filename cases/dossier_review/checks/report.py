"""18–21: the order to correct, the investigation report, the benchmark, the circumstances that spare or soften."""

from __future__ import annotations

from collections.abc import Iterator

from cases.dossier_review.dossier import Dossier
from cases.dossier_review.finding import Finding
from cases.dossier_review.reading import is_blank, opinions_named, words

_CORRECT = "ask_correction"
_CELLS = {"process": "调查经过", "facts": "违法事实", "evidence": "证据材料", "conclusion": "处理意见"}
_OPINION = {"text": "意见", "name": "签名", "signed_on": "日期"}
_MILDER, _PRIOR = "从轻减轻、不予处罚情形核查", "以往违法记录查询"


def correction(d: Dossier) -> Iterator[Finding]:
    """18: ordered and looked at again (处罚法28)."""
    for one in d.facts.orders:
        if not one.result and (d.is_closed or (one.due_on and one.due_on < d.today)):
            text = f"{one.issued_on:%Y-%m-%d} 责令改正，没有复查。请复查并记录。"
            yield Finding("18", "order-not-rechecked", text, "责令改正通知书", "recheck_correction")
    for duty in d.facts.execution.open_duties:
        if d.is_closed:
            text = f"决定要求“{duty.text}”，没有核实履行情况。请核实。"
            yield Finding("18", "duty-not-verified", text, "处罚决定书", "verify_duties")


def report(d: Dossier) -> Iterator[Finding]:
    """19: process, facts, evidence, opinion; both levels signed, in order, before the notice."""
    paper = d.last("investigation_report")
    if paper is None:
        if d.notice is not None:
            yield Finding("19", "no-report", "卷内没有调查报告就告知了处罚。请补齐。", "调查报告", "submit_report")
        return
    for key, label in _CELLS.items():
        if is_blank(paper.data.get(key)):
            yield Finding("19", f"report-without-{key}", f"调查报告没有写明{label}。", paper.name, _CORRECT)
    people = []
    for whose, opinion in opinions_named(paper):
        people.append(opinion.get("name", ""))
        missing = [word for key, word in _OPINION.items() if not str(opinion.get(key, "")).strip()]
        if missing:
            text = f"调查报告{whose}意见栏缺少{'、'.join(missing)}。请补签。"
            yield Finding("19", "report-opinion-incomplete", text, paper.name, _CORRECT)
    if len(set(people)) < len(people) and people[0]:
        yield Finding("19", "report-same-approver", "调查报告两级审批是同一人。", paper.name, _CORRECT)


def benchmark(d: Dossier) -> Iterator[Finding]:
    """20: benchmark, tier and reason on report, notice and decision, the same; leaving it was grounded."""
    chosen = d.facts.discretion
    if chosen is None:
        return
    for paper in d.all("investigation_report", "prior_notice", "penalty_decision", "spot_decision"):
        if is_blank(paper.data.get("discretion")):
            text = f"{paper.name}没有写明裁量基准的适用。请补充情节、档次和理由。"
            yield Finding("20", "no-benchmark", text, paper.name, _CORRECT)
    if not chosen.reason.strip():
        yield Finding("20", "no-reason", "裁量没有写明理由。请补充。", "裁量", "set_discretion")
    low, high = chosen.minimum, chosen.maximum
    outside = chosen.amount is not None and (
        (low is not None and chosen.amount < low) or (high is not None and chosen.amount > high)
    )
    if outside and not chosen.departure:
        text = f"裁量数额 {chosen.amount:f} 元不在选定档次的幅度内，没有说明偏离的理由。"
        yield Finding("20", "outside-tier", text, "裁量", "set_discretion")
    if chosen.departure and not chosen.departure_grounds.strip():
        yield Finding(
            "20", "departure-without-grounds", f"{chosen.departure}，没有写明理由。", "裁量", "set_discretion"
        )
    decision = d.last("penalty_decision")
    if decision is not None and chosen.amount is not None and decision.amount is not None:
        lighter = decision.amount != chosen.amount
        if lighter:
            text = f"决定罚款 {decision.amount:f} 元，与裁量记录 {chosen.amount:f} 元不一致。请核对。"
            yield Finding("20", "amount-differs", text, decision.name, "propose_correction")


def milder(d: Dossier) -> Iterator[Finding]:
    """21: what spares or softens was asked, prior records looked up, both in writing (处罚法30–33)."""
    if d.facts.discretion is None:
        return
    if not d.facts.questions_answered:
        text = "从轻、减轻、不予处罚、首违不罚等问题没有全部回答。请补答。"
        yield Finding("21", "questions-open", text, "裁量", "set_discretion")
    paper = d.last("investigation_report")
    if paper is None:
        return
    lines = {str(one.get("label", "")): words(one.get("text")) for one in paper.data.get("discretion", ())}
    if not lines.get(_MILDER, "").strip():
        text = "调查报告没有写明从轻、减轻、不予处罚情形的核查结果。"
        yield Finding("21", "milder-not-examined", text, paper.name, _CORRECT)
    if not lines.get(_PRIOR, "").strip():
        text = "调查报告没有写明以往违法记录的查询结果，首违情形无从判断。"
        yield Finding("21", "prior-not-queried", text, paper.name, _CORRECT)
