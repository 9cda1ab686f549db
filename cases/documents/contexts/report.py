"""案件调查报告 with the benchmark written into it (the county's practice since 2024)."""

from __future__ import annotations

from typing import Any

from cases.documents import shapes
from cases.documents.contexts.blocks import last_step, officer_blocks, opinion
from cases.models import Evidence
from cases.queries.facts import LoadedCase
from lishu_law.documents.blocks import day_of, paragraphs, party_block


def live_evidence(loaded: LoadedCase) -> list[Evidence]:
    """The items that still count."""
    return [item for item in loaded.evidence if item.voided_at is None]


def evidence_lines(loaded: LoadedCase) -> list[str]:
    """The evidence as the decision lists it. What is confidential is counted, never named (处罚法50)."""
    items = live_evidence(loaded)
    hidden = sum(item.copies for item in items if item.is_confidential)
    lines = [
        f"{item.title}（{item.get_kind_display()}），{item.purpose.rstrip('。')}。"
        for item in items
        if not item.is_confidential
    ]
    return [*lines, f"涉及秘密或者个人隐私、不公开的证据{hidden}份。"] if hidden else lines


def investigation_report(loaded: LoadedCase, doing: Any, head_words: str) -> shapes.ReportData:
    """S10. ``doing`` is the approval under way."""
    case, report = loaded.case, loaded.case.report
    return shapes.ReportData(
        cause=case.violation,
        investigators=officer_blocks(loaded, doing.today),
        party=party_block(case.known_party, doing.today),
        process=paragraphs(report.process),
        facts=paragraphs(report.facts),
        evidence=[
            shapes.EvidenceRow(
                name=item.title,
                specification=item.get_kind_display(),
                quantity=str(item.copies),
                remark=item.purpose,
            )
            for item in live_evidence(loaded)
        ],
        discretion=discretion_lines(loaded),
        conclusion=paragraphs(report.opinion),
        reported_on=day_of(report.submitted_at),
        agency_opinion=opinion(last_step(loaded, "endorse_report")),
        legal_opinion=None,
        head_opinion=shapes.SignedOpinion(text=head_words, name=doing.by.full_name, signed_on=day_of(doing.at)),
    )


def discretion_lines(loaded: LoadedCase) -> list[shapes.Labelled]:
    """The benchmark paragraphs, the prior-record query and the answers that silence would have blocked."""
    row = loaded.part("discretion")
    if row is None:  # a proposal not to penalise because the act is not established
        return []
    prior, answers = row.result["prior"], row.answers
    counts = prior["counts"]
    hits = "；".join(prior["hits"]) or "无"
    lines = [shapes.Labelled(label="裁量基准适用", text=text) for text in row.result["report_text"]]
    lines.append(
        shapes.Labelled(
            label="以往违法记录查询",
            text=f"{prior['asked_at']}查询本机关处罚决定登记：12个月内同类{counts['prior_same_12m']}次，"
            f"24个月内{counts['prior_same_24m']}次，同一车辆{counts['prior_same_vehicle_total']}次。命中：{hits}。",
        )
    )
    lines.append(shapes.Labelled(label="从轻减轻、不予处罚情形核查", text=answers.get("note", "")))
    return lines
