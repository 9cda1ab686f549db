"""The papers made from the visit: 现场检查笔录 (J03) and 结果告知书 (J07)."""

from __future__ import annotations

from datetime import date, datetime

from inspections.documents import wording
from inspections.documents.contexts.blocks import addressee, matter_name, subject_block, supervision_phone
from inspections.documents.shapes import PointRow, RecordData, ResultData, SignRow
from inspections.models import PointOutcome, PointResult, ResultCode, Signing
from inspections.queries.papers import PaperFacts
from inspections.queries.visit_record import as_finished
from lishu_law import clock
from lishu_law.documents.blocks import day, day_of, moment, paragraphs, reading_choices
from lishu_law.law.parameters import DEFAULT_PARAMETERS
from lishu_law.web.models import Signature, SignerRole

INSPECTED = "被检查单位负责人（在场人）"


def record(facts: PaperFacts, at: datetime) -> RecordData:
    """J03: what was looked at, point by point, and what was found."""
    filing, visit = facts.filing, facts.visit
    started, finished = filing.started_at or at, filing.finished_at or at
    names = "、".join(one["name"] for one in facts.officers)
    shown = (
        f"{moment(started)}，检查人{names}主动出示执法证件，说明来意。核验方式：{filing.get_started_how_display()}。"
    )
    return RecordData(
        started_at=moment(started),
        ended_at=moment(finished),
        place=facts.subject.address,
        subject=subject_block(facts),
        present=filing.present_person,
        present_post=filing.present_post,
        present_phone=filing.present_phone,
        organ=facts.organ.name,
        officers=facts.officers,
        shown=[shown],
        matters=[matter_name(one) for one in facts.matters],
        points=[_point(one) for one in visit.points],
        interruptions=[f"{moment(one.at)}中止：{one.get_reason_display()}。{one.note}" for one in visit.suspensions],
        findings=paragraphs(filing.findings),
        measures=[*paragraphs(filing.measures), *_order(facts, until=finished)],
        result=as_finished(filing),
        photos=f"现场照片{visit.photo_count}张，随卷保存。" if visit.photo_count else "",
        opinion=paragraphs(filing.party_opinion),
        reading=reading_choices("read" if filing.signing == Signing.SIGNED else ""),
        refusal=filing.refusal_note if filing.signing == Signing.REFUSED else "",
        signed=_sign_rows(facts),
    )


def _point(point: PointResult) -> PointRow:
    told = (
        ("违反", point.article),
        ("处理", point.get_disposal_display() if point.disposal else ""),
        ("其他证据", point.evidence),
    )
    photos = len(point.photos.all())
    words = [f"{label}：{text}" for label, text in told if text] + ([f"照片{photos}张"] if photos else [])
    return PointRow(
        matter=point.matter.name, no=point.no, content=point.content, outcome=point.outcome,
        facts=[*paragraphs(point.facts), *(["；".join(words)] if words else [])],
    )  # fmt: skip


def _order(facts: PaperFacts, *, until: datetime | None = None) -> list[str]:
    """责令改正 in words: what, on which basis, by when; with ``until`` only one that was given by then."""
    order = facts.visit.order
    if order is None or (until is not None and order.ordered_at > until):
        return []
    return [f"依据{order.basis}，责令{facts.pronoun}于{day(order.due_on)}前改正：{order.what.strip()}"]


def _sign_rows(facts: PaperFacts) -> list[SignRow]:
    """The inspected (or the witness of a refusal), then the officers: signed already, or with room for the pen."""
    filing = facts.filing
    kept = [one.signature for one in facts.visit.signatures]
    by_role = {one.role: one for one in kept}
    by_user = {one.user_id: one for one in kept if one.role == SignerRole.OFFICER}
    refused = filing.signing == Signing.REFUSED
    first = (f"见证人{filing.witness_name}", SignerRole.WITNESS) if refused else (INSPECTED, SignerRole.PARTY)
    officers = [_sign_row(f"检查人{user.full_name}", by_user.get(user.pk)) for user in facts.users]
    return [_sign_row(first[0], by_role.get(first[1])), *officers]


def _sign_row(who: str, signature: Signature | None) -> SignRow:
    if signature is None:
        return SignRow(who=who, words="", reference="")
    words = f"{signature.signer_name}，{moment(signature.signed_at)}，{signature.get_how_display()}"
    return SignRow(who=who, words=words, reference=signature.reference)


def result(facts: PaperFacts, at: datetime) -> ResultData:
    """J07: the conclusion, what was found, what is demanded, where to turn."""
    filing, you, on = facts.filing, facts.pronoun, clock.local(at).date()
    started, finished = filing.started_at or at, filing.finished_at or at
    return ResultData(
        organ=facts.organ.name,
        addressee=addressee(facts),
        pronoun=you,
        lead=_lead(facts),
        time=f"{moment(started)}至{moment(finished)}",
        conclusion=wording.CONCLUSIONS[ResultCode(filing.result_code).value].format(you=you),
        findings=[*_failed(facts), *paragraphs(filing.findings), *paragraphs(facts.ended)],
        demands=[*paragraphs(filing.measures), *_order(facts)],
        remedies=[wording.OBJECTION.format(you=you), *_remedies(facts, on)],
        contact=facts.users[0].full_name,
        phone=facts.organ.phone,
        supervision_phone=supervision_phone(on),
        issued_on=day_of(at),
    )


def _lead(facts: PaperFacts) -> str:
    """What the notice is about; the second one says which notice it follows."""
    done = f"本机关依法对{facts.pronoun}实施了{facts.filing.get_form_display()}，"
    if not facts.told_open:
        return f"{done}现将检查结果告知如下："
    return f"{done}{facts.told_open}《行政检查结果告知书》告知的待后续处理问题，现已有处理结果，告知如下："


def _failed(facts: PaperFacts) -> list[str]:
    """The failed points in words."""
    return [
        f"{one.content}：{one.outcome}，{one.facts}{f'（违反：{one.article}）' if one.article else ''}"
        for one in facts.visit.points
        if one.outcome == PointOutcome.FAILED
    ]


def _remedies(facts: PaperFacts, on: date) -> list[str]:
    """Where an order to put things right can be contested: the words of M16 (复议法20, 行诉法46)."""
    if facts.visit.order is None:
        return []
    value = DEFAULT_PARAMETERS.value
    return [wording.REMEDY.format(review=value("review_organ.name", on), court=value("court.name", on))]
