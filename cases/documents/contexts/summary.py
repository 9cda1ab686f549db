"""当场行政处罚决定书 (M14), the words read aloud before it, and the short closing report."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cases.documents import shapes
from cases.documents.contexts.blocks import officer_blocks, opinion
from cases.documents.contexts.penalty import DecisionParts, bank_payment, measures_words
from cases.documents.contexts.report import live_evidence
from cases.models import PaymentWay, SpotRecord
from cases.queries.facts import LoadedCase
from cases.queries.narrative import facts_draft, provisions
from cases.queries.penalties import penalties_of, penalty_words
from lishu_law import clock
from lishu_law.documents.blocks import day, day_of, moment, paragraphs, party_block
from lishu_law.law.parameters import DEFAULT_PARAMETERS

SUMMARY_BASIS = "《中华人民共和国行政处罚法》第五十一条"


def told_words(loaded: LoadedCase, on: date) -> list[str]:
    """What the officer reads aloud before the decision: facts, reasons, basis, content and rights (处罚法44、62)."""
    case, chosen = loaded.case, loaded.case.discretion
    breached, basis = provisions(case)
    measures = measures_words(chosen)
    officers = "、".join(f"{one['name']}（证号 {one['certificate_no']}）" for one in officer_blocks(loaded, on))
    return [
        f"我们是{case.authority.name}执法人员{officers}。",
        f"事实：{facts_draft(loaded)}",
        f"理由和依据：您的行为违反了{breached}，依据{SUMMARY_BASIS}和{basis}，可以当场处罚。",
        f"裁量：{chosen.result['notice_text']}",
        f"拟处罚：{penalty_words(chosen)}。{f'同时：{measures}' if measures else ''}",
        "您的权利：您有权陈述和申辩，我们会当场听取、复核。您提出的事实、理由成立的，我们采纳；不会因为您申辩而加重处罚。",
        f"不服处罚的：收到决定书之日起 60 日内先向{DEFAULT_PARAMETERS.value('review_organ.name', on)}申请行政复议，"
        "对复议决定不服再起诉。",
    ]


def spot_decision_parts(loaded: LoadedCase) -> DecisionParts:
    """What the decision says, from the recorded facts and the frozen discretion."""
    case, chosen = loaded.case, loaded.case.discretion
    breached, basis = provisions(case)
    return DecisionParts(
        penalty_types=list(dict.fromkeys(one.kind for one in penalties_of(chosen))),
        facts=facts_draft(loaded),
        breached=breached,
        basis=basis,
        discretion_text=chosen.result["decision_text"],
        result_text=penalty_words(chosen),
    )


def spot_decision(
    loaded: LoadedCase, doing: Any, parts: DecisionParts, *, entered_later_than: datetime | None = None
) -> shapes.SpotDecisionData:
    """M14, in the form's order; both officers sign, the party signs or the refusal is noted on it.

    ``entered_later_than`` is when the paper form was filled in: everything dated on the decision is of that day.
    """
    case, chosen = loaded.case, loaded.case.discretion
    today = clock.local(entered_later_than).date() if entered_later_than else doing.today
    record: SpotRecord = doing.case.spot_record
    on_the_spot = bool(chosen.amount) and record.payment_way != PaymentWay.BANK
    return shapes.SpotDecisionData(
        party=party_block(case.known_party, today),
        act_at=moment(case.act_at),
        place=case.place,
        facts=paragraphs(parts.facts),
        evidence="、".join(dict.fromkeys(item.title for item in live_evidence(loaded))),
        act=case.violation,
        breached=parts.breached,
        basis=parts.basis,
        discretion=[parts.discretion_text],
        heard=heard_words(record),
        penalty=parts.result_text,
        measures=measures_words(chosen),
        is_fined=bool(chosen.amount),
        pays_on_the_spot=on_the_spot,
        pays_at_bank=bool(chosen.amount) and not on_the_spot,
        collection_ground=_ground(record) if on_the_spot else "",
        payment=bank_payment(today, chosen),
        remedy=remedy_words(today),
        officers=officer_blocks(loaded, today),
        organ=case.authority.name,
        decided_on=day(today),
        entered_later=_entered_later(entered_later_than, doing.at) if entered_later_than else "",
    )


def _entered_later(written_at: datetime, entered_at: datetime) -> str:
    """The copy of the file says that the paper came first, with both times."""
    return (
        f"本决定于{moment(written_at)}在预先编号的空白文书上当场填写并交付，{moment(entered_at)}补录入系统。"
        "以当场填写的纸质文书为原件，本件为存档副本。"
    )


def _ground(record: SpotRecord) -> str:
    """The law's ground for collecting on the spot, with the recorded reason."""
    words = record.get_payment_way_display().partition("：")[2]
    return f"{words}。{record.payment_reason}" if record.payment_reason else words


def heard_words(record: SpotRecord) -> list[str]:
    """The sentence of the form that the party was told and heard, and what came of it (处罚法44、45)."""
    told = "处罚前已口头告知当事人拟作出处罚的事实、理由、依据和内容，并告知当事人依法享有的陈述权和申辩权。"
    if not record.statement:
        return [f"{told}当事人表示没有意见。"]
    verdict = "予以采纳" if record.is_adopted else "不予采纳"
    return [f"{told}当事人提出：{record.statement}", f"经复核，本机关{verdict}。理由：{record.review}"]


def remedy_words(on: date) -> list[str]:
    """simple-remedy-review-first: 复议前置; a direct lawsuit is not open (复议法23第一款第一项)."""
    organ = DEFAULT_PARAMETERS.value("review_organ.name", on)
    return [
        f"如果不服本处罚决定，应当自收到本决定书之日起60日内先向{organ}申请行政复议，也可以通过本机关提交行政复议申请；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向人民法院提起行政诉讼。"
        "行政复议期间本决定不停止执行，法律另有规定的除外。"
    ]


def short_closing_report(loaded: LoadedCase, doing: Any) -> shapes.ClosingData:
    """M24 in its short form for the summary procedure: the officers report, the opinions stay open for the hand."""
    case, closure = loaded.case, doing.case.closure
    return shapes.ClosingData(
        cause=case.violation,
        party=party_block(case.known_party, doing.today),
        result=paragraphs(closure.result),
        execution=paragraphs(closure.execution),
        officers=officer_blocks(loaded, doing.today),
        reported_on=day_of(closure.at),
        agency_opinion=opinion(None),
        head_opinion=opinion(None),
    )
