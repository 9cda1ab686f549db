"""法制审核意见书, 行政处罚审批表 and 结案报告."""

from __future__ import annotations

from typing import Any

from cases.documents import shapes
from cases.documents.contexts.blocks import last_step, officer_blocks, opinion
from cases.models import LegalReview
from cases.queries.facts import LoadedCase
from lishu_law import clock
from lishu_law.documents.blocks import day, day_of, paragraphs, party_block

RESULT_WORDS = {"passed": "符合", "problem": "有问题", "not_applicable": "不涉及"}


def legal_review_opinion(loaded: LoadedCase, row: LegalReview) -> shapes.LegalReviewData:
    """S22, from the ticks of the reviewer's screen."""
    case = loaded.case
    on = clock.local(row.reviewed_at).date()  # type: ignore[arg-type]  # set before the opinion is sealed
    verdict = "审核结论：同意。" if row.outcome == "passed" else "审核结论：退回补正。"
    return shapes.LegalReviewData(
        department=case.authority.name,
        cause=case.violation,
        handlers=officer_blocks(loaded, on),
        proposal=[f"当事人：{case.known_party.name}。", *paragraphs(case.report.opinion)],
        items=[
            shapes.ReviewItem(label=item["title"], result=RESULT_WORDS[item["result"]], remark=item["note"])
            for item in row.items
        ],
        departure=_departure(loaded, row),
        conclusion=[verdict, *paragraphs(row.opinion)],
        reviewer=row.reviewer.full_name,  # type: ignore[union-attr]  # set before the opinion is sealed
        section="法制审核机构",
        reviewed_on=day(on),
    )


def _departure(loaded: LoadedCase, row: LegalReview) -> list[str]:
    """How the benchmark is left and the reviewer's words on it (discretion.md §5)."""
    chosen = loaded.facts.discretion
    if chosen is None or not chosen.departure:
        return []
    return [f"本案{chosen.departure}。", *paragraphs(row.departure_opinion)]


def penalty_approval(loaded: LoadedCase, doing: Any, head_words: str, penalty: str) -> shapes.FormData:
    """S24: the four opinions on one penalty, as they were given on the way; the head's is the act under way."""
    case = loaded.case
    reported, handed, agency, legal = (
        last_step(loaded, code) for code in ("submit_report", "request_review", "endorse_report", "review")
    )
    proposal, more = opinion(reported), opinion(handed)["text"]
    proposal["text"] = "".join(text for text in (case.report.opinion, more) if text)
    reviewed = opinion(legal)
    reviewed["text"] = f"审核结论：同意。{reviewed['text']}" if legal else ""
    head = shapes.SignedOpinion(text=head_words, name=doing.by.full_name, signed_on=day_of(doing.at))
    return shapes.FormData(
        cause=case.violation,
        rows=[
            shapes.row("当事人", case.known_party.name),
            shapes.row("案件基本情况", *paragraphs(case.report.facts), is_long=True),
            shapes.row("拟处罚内容", penalty),
        ],
        tables=[],
        opinions=[
            shapes.FormOpinion(label="承办人意见", opinion=proposal),
            shapes.FormOpinion(label="承办机构意见", opinion=opinion(agency)),
            shapes.FormOpinion(label="法制审核机构意见", opinion=reviewed),
            shapes.FormOpinion(label="负责人意见", opinion=head),
        ],
        signatures=[],
        remarks=[],
    )


def closing_report(loaded: LoadedCase, doing: Any, head_words: str) -> shapes.ClosingData:
    """M24."""
    case, closure = loaded.case, loaded.case.closure
    return shapes.ClosingData(
        cause=case.violation,
        party=party_block(case.known_party, doing.today),
        result=paragraphs(closure.result),
        execution=paragraphs(closure.execution),
        officers=officer_blocks(loaded, doing.today),
        reported_on=day_of(closure.at),
        agency_opinion=opinion(last_step(loaded, "endorse_closing")),
        head_opinion=shapes.SignedOpinion(text=head_words, name=doing.by.full_name, signed_on=day_of(doing.at)),
    )
