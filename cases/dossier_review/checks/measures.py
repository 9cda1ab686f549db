"""V10, 14–17: preservation and seizure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cases.dossier_review.dossier import Dossier, Taking
from cases.dossier_review.finding import Finding
from cases.dossier_review.reading import is_blank, words
from lishu_law.law.parameters import DEFAULT_PARAMETERS

_ONE_DAY = timedelta(hours=24)


def _seizures(d: Dossier) -> tuple[Taking, ...]:
    return tuple(one for one in d.takings if not one.is_preservation)


def power(d: Dossier) -> Iterator[Finding]:
    """V10: a clause gives the power; approved before, or within 24 hours where it was urgent (强制法18、19)."""
    for one in _seizures(d):
        if not one.power:
            text = f"{one.title}没有写明依据的条款。没有法定权限不得扣押，请立即解除。"
            yield Finding("V10", "no-power", text, one.title, "request_lifting")
        limit = one.taken_at + _ONE_DAY if one.is_urgent else one.taken_at
        if one.approved_at is None and d.facts.closed_on is None and one.is_urgent and one.ended_at is None:
            continue  # the 24 hours are the clock's own matter while it runs
        if one.approved_at is None or one.approved_at > limit:
            how = "没有在二十四小时内补办批准" if one.is_urgent else "没有在实施以前批准"
            text = f"{one.title}{how}。请解除并说明情况。"
            yield Finding("V10", "late-approval" if one.is_urgent else "no-approval", text, one.title, "case")


def _over(d: Dossier, one: Taking, code: str) -> date | None:
    """The last day of a measure's period that was passed."""
    limit = d.limit(code, one.part)
    ended = one.ended_on or d.today
    return limit.due if limit is not None and ended > limit.due else None


def preservation(d: Dossier) -> Iterator[Finding]:
    """14: approved first, listed, dealt with within seven working days (处罚法56)."""
    for one in d.takings:
        if not one.is_preservation:
            continue
        if one.approved_at is None or one.approved_at > one.taken_at:
            text = f"{one.title}没有在实施以前经负责人批准。请说明情况。"
            yield Finding("14", "preserved-without-approval", text, one.title, "case")
        if not d.of_part(one.part, "preservation_list"):
            yield Finding("14", "no-preservation-list", f"{one.title}没有清单。请补齐。", one.title, "case")
        if due := _over(d, one, "pres-7d"):
            text = f"{one.title}应当在 {due:%Y-%m-%d} 前处理，已经超过。请立即解除并说明情况。"
            yield Finding("14", "preservation-late", text, one.title, "request_preservation_release")
        if one.ended_at is not None and not d.of_part(one.part, "preservation_release"):
            text = f"{one.title}已经结束，没有解除决定书。请制作并送达。"
            yield Finding("14", "no-preservation-release", text, one.title, "issue_release")


def seizure_papers(d: Dossier) -> Iterator[Finding]:
    """15: on-scene record, decision and list on the spot, reasons and rights told (强制法18、24)."""
    organ_of = DEFAULT_PARAMETERS.value
    for one in _seizures(d):
        if not one.has_record:
            yield Finding("15", "no-scene-record", f"{one.title}没有现场笔录。", one.title, "case")
        if not one.party_present and not one.witness:
            text = f"{one.title}当事人没有到场，也没有见证人。请说明情况。"
            yield Finding("15", "no-witness", text, one.title, "case")
        if not one.statement:
            text = f"{one.title}没有记录听取当事人陈述申辩。请说明情况。"
            yield Finding("15", "not-heard", text, one.title, "case")
        if not one.video:
            yield Finding("15", "no-video", f"{one.title}没有全程录像的编号。", one.title, "case")
        papers = d.of_part(one.part, "measure_decision")
        if not papers:
            yield Finding("15", "no-measure-decision", f"{one.title}没有决定书和清单。", one.title, "case")
            continue
        paper = papers[-1]
        if paper.sealed_on > one.taken_on + timedelta(days=1):
            text = f"{paper.name}制作于 {paper.sealed_on:%Y-%m-%d}，没有当场交付。"
            yield Finding("15", "decision-not-on-the-spot", text, paper.name, "case")
        if not d.served(paper):
            yield Finding("15", "measure-not-served", f"{paper.name}没有交付当事人。", paper.name, "serve_document")
        if not any(table.get("rows") for table in paper.data.get("tables", ())):
            yield Finding("15", "empty-list", f"{paper.name}的清单是空的。", paper.name, "ask_correction")
        told = words(paper.data.get("remedies"))
        if organ_of("review_organ.name", one.taken_on) not in told or "陈述和申辩" not in told:
            text = f"{paper.name}没有写明正确的复议机关和陈述申辩的权利。请更正。"
            yield Finding("15", "measure-rights", text, paper.name, "ask_correction")


def seizure_period(d: Dossier) -> Iterator[Finding]:
    """16: within thirty days, or extended before the end, with reasons told (强制法25)."""
    for one in _seizures(d):
        if due := _over(d, one, "coerce-30d"):
            text = f"{one.title}期限到 {due:%Y-%m-%d}，已经超过。请立即解除并说明情况。"
            yield Finding("16", "seizure-late", text, one.title, "issue_release")
        if one.extended_at is None:
            continue
        letters = d.of_part(one.part, "measure_extension")
        if not letters or is_blank(letters[-1].data.get("paragraphs")):
            text = f"{one.title}延长期限没有书面告知理由。请制作并送达。"
            yield Finding("16", "extension-not-told", text, one.title, "case")
        elif not d.served(letters[-1]):
            text = f"{letters[-1].name}没有送达当事人。请送达。"
            yield Finding("16", "extension-not-served", text, letters[-1].name, "serve_document")
        if one.extended_at > one.taken_at + timedelta(days=31):
            text = f"{one.title}在三十日期满以后才延长。期满应当解除。"
            yield Finding("16", "extended-too-late", text, one.title, "issue_release")


def custody(d: Dossier) -> Iterator[Finding]:
    """17: handed to the custodian in 24 hours, given back against a signed list (强制法26–28)."""
    for one in d.takings:
        mine = [entry for entry in d.custody if entry.measure == one.id]
        received = next((entry for entry in mine if entry.kind == "received"), None)
        if received is None and not one.kept_with_party and not one.is_preservation:
            yield Finding("17", "no-custody", f"{one.title}没有移交保管的台账。请移交。", one.title, "hand_over_items")
        if received and received.at > one.taken_at + _ONE_DAY and not received.late_reason:
            text = f"{one.title}超过二十四小时才移交保管，没有说明原因。请补充。"
            yield Finding("17", "custody-late", text, one.title, "case")
        if one.ended_at is not None and one.held:
            text = f"{one.title}已经结束，还有 {one.held} 件没有退还。请退还并由当事人查验签收。"
            yield Finding("17", "not-returned", text, one.title, "return_items")
        lifted = d.of_part(one.part, "measure_lifting")
        if one.ended_at is not None and not one.is_preservation:
            if not lifted:
                yield Finding("17", "no-lifting-letter", f"{one.title}没有解除决定书。", one.title, "issue_release")
            elif is_blank(lifted[-1].data.get("checked")):
                text = f"{lifted[-1].name}没有当事人查验退还财物的记录。请补充。"
                yield Finding("17", "return-unchecked", text, lifted[-1].name, "return_items")
