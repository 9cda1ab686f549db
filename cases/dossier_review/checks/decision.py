"""V5, 29–33: the decision itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.dossier_review.dossier import Dossier
from cases.dossier_review.finding import Finding
from cases.dossier_review.reading import day_in, is_blank, sums_in, words
from lishu_law.law.citations import STATUTES, Cite
from lishu_law.law.parameters import DEFAULT_PARAMETERS

_REDO = "propose_correction"
_CLAUSE = re.compile(r"第[一二三四五六七八九十百零]+条")
_ITEMS = {
    "party": "当事人", "facts": "违法事实", "evidence": "证据", "breached": "违反的条款", "basis": "处罚依据",
    "penalty": "处罚种类", "organ": "机关名称", "decided_on": "日期",
}  # fmt: skip
_BY_TITLE = {Cite(one.short_name).title: one.short_name for one in STATUTES}


def legal_basis(d: Dossier) -> Iterator[Finding]:
    """V5: clauses are named, and the statute was in force when the act was done (处罚法4、37)."""
    decision = d.decision
    if decision is None:
        return
    basis = words(decision.data.get("basis"))
    if not _CLAUSE.search(basis):
        text = "决定书没有写明处罚依据的条款。应当变更决定。"
        yield Finding("V5", "no-clause", text, decision.name, _REDO)
    day = d.facts.act_on
    for title, short in _BY_TITLE.items():
        if day is None or title not in basis:
            continue
        versions = [one for one in STATUTES if one.short_name == short and one.effective_from is not None]
        if versions and not any(
            one.effective_from and one.effective_from <= day and (one.effective_to is None or day <= one.effective_to)
            for one in versions
        ):
            text = f"{title}在行为发生的 {day:%Y-%m-%d} 没有施行，不能作为处罚依据。"
            yield Finding("V5", "not-in-force", text, decision.name, _REDO)


def contents(d: Dossier) -> Iterator[Finding]:
    """29: what 处罚法59 asks of a decision; the day and the sum are those of the record."""
    decision = d.decision
    if decision is None:
        return
    for key, label in _ITEMS.items():
        if is_blank(decision.data.get(key)):
            text = f"{decision.name}没有写明{label}。"
            yield Finding("29", f"decision-without-{key.replace('_', '-')}", text, decision.name, _REDO)
    written = day_in(decision.data.get("decided_on"))
    if written and d.decided_on and written != d.decided_on:
        text = f"{decision.name}落款 {written:%Y-%m-%d}，与决定日期 {d.decided_on:%Y-%m-%d} 不一致。请更正。"
        yield Finding("29", "decision-date-differs", text, decision.name, "ask_correction")
    if not decision.number:
        yield Finding("29", "no-number", "决定书没有文号。", decision.name, _REDO)
    sums = sums_in(words(decision.data.get("penalty")))
    if decision.amount and decision.amount not in sums:
        text = f"{decision.name}写的数额与登记的罚款 {decision.amount:f} 元不一致。请更正。"
        yield Finding("29", "decision-sum-differs", text, decision.name, "ask_correction")
    facts = words(decision.data.get("facts"))
    if facts and day_in(facts) is None and day_in(decision.data.get("act_at")) is None:
        text = f"{decision.name}的违法事实没有写明时间。"
        yield Finding("29", "facts-without-time", text, decision.name, _REDO)


def reasons(d: Dossier) -> Iterator[Finding]:
    """30: why this penalty, and what was said to the defence."""
    decision = d.decision
    if decision is None:
        return
    if is_blank(decision.data.get("discretion")):
        yield Finding("30", "no-reasons", f"{decision.name}没有说明裁量的理由。", decision.name, _REDO)
    heard = "heard" if decision.code == "spot_decision" else "defence"
    if is_blank(decision.data.get(heard)):
        yield Finding("30", "defence-not-mentioned", f"{decision.name}没有写明陈述申辩的情况。", decision.name, _REDO)


def payment(d: Dossier) -> Iterator[Finding]:
    """31: bank and account; the additional fine was announced (罚缴分离办法7)."""
    decision = d.decision
    if decision is None or not decision.amount or decision.data.get("pays_on_the_spot"):
        return
    paid = decision.data.get("payment") or {}
    if is_blank(paid.get("bank")) or is_blank(paid.get("account")):
        text = f"{decision.name}没有写明代收银行或者账号。请更正。"
        yield Finding("31", "no-bank", text, decision.name, "ask_correction")
    if not d.facts.execution.announced:
        text = f"{decision.name}没有告知逾期加处罚款，以后不能加处。"
        yield Finding("31", "surcharge-not-announced", text, decision.name, "ask_correction")


def remedies(d: Dossier) -> Iterator[Finding]:
    """32: the county government and its court; on the spot the review comes first (复议法23、24)."""
    decision = d.decision
    if decision is None:
        return
    organ = DEFAULT_PARAMETERS.value("review_organ.name", decision.sealed_on)
    court = DEFAULT_PARAMETERS.value("court.name", decision.sealed_on)
    if decision.code == "spot_decision":
        told = words(decision.data.get("remedy"))
        if organ not in told:
            yield _organ(decision.name, organ)
        if "60日" not in told or "先向" not in told:
            text = f"{decision.name}没有写明六十日内先申请行政复议。应当重新告知救济途径。"
            yield Finding("32", "review-not-first", text, decision.name, "ask_correction")
        return
    if words(decision.data.get("review_organ")) != organ:
        yield _organ(decision.name, organ)
    if words(decision.data.get("court")) != court:
        text = f"{decision.name}的法院应当是“{court}”。请更正。"
        yield Finding("32", "wrong-court", text, decision.name, "ask_correction")


def _organ(name: str, organ: str) -> Finding:
    text = f"{name}的复议机关应当是“{organ}”。请更正并重新告知。"
    return Finding("32", "wrong-review-organ", text, name, "ask_correction")


def in_time(d: Dossier) -> Iterator[Finding]:
    """33: ninety days from filing, or what the extension gave (处罚法60)."""
    limit = d.limit("decide-90d")
    if limit is None:
        return
    decided = d.decided_on
    if decided and decided > limit.due:
        text = f"应当在 {limit.due:%Y-%m-%d} 前决定，{decided:%Y-%m-%d} 才决定，没有批准延长。"
        yield Finding("33", "decided-late", text, "处罚决定书", "")
    if decided is None and limit.state == "running" and d.today > limit.due:
        text = f"办案期限 {limit.due:%Y-%m-%d} 已过，没有作出决定。请说明超期原因。"
        yield Finding("33", "undecided-late", text, "办案期限", "explain_lateness")
    filed = d.facts.filed_on
    if decided and filed and decided < filed:
        text = f"决定 {decided:%Y-%m-%d} 早于立案 {filed:%Y-%m-%d}，先后颠倒。"
        yield Finding("33", "decided-before-filing", text, "处罚决定书", "")
