"""The on-the-spot decision: told, heard, decided, handed over (处罚法44、45、51、52、62)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.late_entry import LateEntry
from cases.actions.paper_decision import PaperDecision, paper_blank, use_blank
from cases.actions.summary import other_officer
from cases.documents import contexts, numbering
from cases.documents.issue import number_for, seal
from cases.documents.shapes import SpotDecisionData
from cases.models import (
    Case,
    Decision,
    Document,
    PaymentWay,
    Serving,
    ServingMethod,
    Signing,
    SpotRecord,
)
from lishu_law import clock
from lishu_law.documents.check_entries import numbered
from lishu_law.errors import Refusal, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS

HEARD_FIELDS = ("statement", "review", "is_adopted", "is_disputed", "heard_at")


@transaction.atomic(durable=True)
def tell_orally(
    *, case_id: int, version: int, by: Any, told: bool, late: LateEntry | None = None, at: datetime | None = None
) -> Case:
    """The party was told facts, reasons, basis, content and rights; the words read aloud are kept (处罚法44)."""
    doing = begin("tell_orally", case_id=case_id, version=version, by=by, at=at, late=late)
    check_guards(doing)
    if not told:
        text = "请先向当事人口头告知，再勾选“已告知”。"
        raise Refused([Refusal("simple-oral-notice", text, "行政处罚法第四十四条", "told")])
    record: SpotRecord = doing.case.spot_record
    amount = doing.loaded.case.discretion.amount
    record.told_text, record.told_amount = "\n".join(contexts.told_words(doing.loaded, doing.happened_on)), amount
    record.told_at = doing.happened_at
    record.statement, record.review, record.is_adopted, record.heard_at = "", "", None, None
    record.save(update_fields=["told_text", "told_amount", "told_at", "statement", "review", "is_adopted", "heard_at"])
    return conclude(doing, details={"amount": f"{amount or 0:f}"})


@transaction.atomic(durable=True)
def hear(
    *,
    case_id: int,
    version: int,
    by: Any,
    statement: str = "",
    is_adopted: bool | None = None,
    review: str = "",
    is_disputed: bool = False,
    late: LateEntry | None = None,
    at: datetime | None = None,
) -> Case:
    """What the party pleaded and what came of it; an empty ``statement`` says that there was no objection."""
    doing = begin("hear", case_id=case_id, version=version, by=by, at=at, late=late)
    check_guards(doing)
    if refusals := hearing_gaps(statement, is_adopted, review, is_disputed=is_disputed):
        raise Refused(refusals)
    record: SpotRecord = doing.case.spot_record
    record.statement, record.review, record.is_disputed = statement.strip(), review.strip(), is_disputed
    record.is_adopted, record.heard_at = is_adopted if statement.strip() else None, doing.happened_at
    record.save(update_fields=list(HEARD_FIELDS))
    return conclude(doing, opinion=review, details={"pleaded": bool(record.statement), "disputed": is_disputed})


def hearing_gaps(statement: str, is_adopted: bool | None, review: str, *, is_disputed: bool) -> list[Refusal]:
    """simple-hear: a plea is reviewed and adopted or not, with the reason (处罚法45)."""
    law, refusals = "行政处罚法第四十五条第一款", []
    if is_disputed and not statement.strip():
        refusals.append(Refusal("simple-hear", "请写明当事人对哪些事实有争议。", law, "statement"))
    if statement.strip() and not is_disputed and (is_adopted is None or not review.strip()):
        text = "当事人提出了意见，请当场复核：选“采纳”或者“不采纳”，并写明理由。"
        refusals.append(Refusal("simple-hear", text, law, "review"))
    return refusals


@transaction.atomic(durable=True)
def decide_on_spot(
    *,
    case_id: int,
    version: int,
    by: Any,
    payment_way: str = PaymentWay.BANK,
    payment_reason: str = "",
    is_asked_by_party: bool = False,
    paper: PaperDecision | None = None,
    at: datetime | None = None,
) -> Document:
    """Number and seal the on-the-spot decision (处罚法52). Raises ``Refused`` with everything that stands in the way.

    ``paper``: it was written without network on a numbered blank form; that number and that day are the decision's.
    """
    doing = begin("decide_on_spot", case_id=case_id, version=version, by=by, at=at)
    doing.late = LateEntry(paper.written_at, paper.reason) if paper else None
    check_guards(doing)
    amount = doing.loaded.case.discretion.amount
    if amount and (refusals := collection_gaps(doing, amount, payment_way, payment_reason, is_asked_by_party)):
        raise Refused(refusals)
    blank = paper_blank(doing, paper) if paper else None
    record: SpotRecord = doing.case.spot_record
    record.payment_way = payment_way if amount else ""
    record.payment_reason, record.is_asked_by_party = payment_reason.strip() if amount else "", is_asked_by_party
    record.save(update_fields=["payment_way", "payment_reason", "is_asked_by_party"])
    document = _sealed_decision(doing, amount, blank.number if blank else "", paper.written_at if paper else doing.at)
    if blank and paper:
        use_blank(blank, paper, document=document, by=by, at=doing.at)
    return document


def _sealed_decision(doing: Doing, amount: Decimal | None, number: str, decided_at: datetime) -> Document:
    """Decision and document of the moment it was made; without a number from a form the series gives the next one."""
    case, day = doing.case, clock.local(decided_at).date()
    parts = contexts.spot_decision_parts(doing.loaded)
    data = contexts.spot_decision(doing.loaded, doing, parts, entered_later_than=decided_at if number else None)
    if faults := form_gaps(data):
        raise Refused(faults)
    case.case_no = numbering.case_number(case.authority, doing.today)
    numbered(doing.loaded.documents, case.case_no)
    source = {"from_form": True} if number else {}
    number = number or number_for(case, "spot_decision", doing.at)
    decision = Decision.objects.create(
        case=case, number=number, item_code=case.item_code, tier=doing.loaded.case.discretion.tier, decided_on=day,
        amount=amount, approved_by=doing.by, approved_at=doing.at, **vars(parts),
    )  # fmt: skip
    document = seal(case, "spot_decision", data, by=doing.by, at=doing.at, amount=amount, number=number)
    ids = {"decision": decision.pk, "document": document.pk, "number": number, "case_no": case.case_no}
    conclude(doing, changed={"case_no": case.case_no, "decided_on": day}, details={**ids, **source}, limit_start=day)
    return document


def form_gaps(data: SpotDecisionData) -> list[Refusal]:
    """simple-form: act, kind and basis, amount, time, place, remedies, organ and both officers (处罚法52第二款)."""
    contents = {
        "违法行为": data["facts"], "时间": data["act_at"], "地点": data["place"], "违反的条款": data["breached"],
        "处罚依据": data["basis"], "处罚种类和数额": data["penalty"], "申请行政复议的途径和期限": data["remedy"],
        "执法机关名称": data["organ"], "当事人": data["party"]["name"],
    }  # fmt: skip
    missing = [word for word, value in contents.items() if not value]
    if sum(1 for officer in data["officers"] if officer["certificate_no"]) < 2:
        missing.append("两名执法人员及证号")
    if not missing:
        return []
    text = f"决定书还缺{'、'.join(missing)}，不能定稿。请补齐案件事实后再作决定。"
    return [Refusal("simple-form", text, "行政处罚法第五十二条第二款", "edit")]


def collection_gaps(doing: Doing, amount: Decimal, way: str, reason: str, is_asked: bool) -> list[Refusal]:
    """Whether the fine may be collected on the spot in this way (处罚法67–69)."""
    found = {
        PaymentWay.WITHIN_100: lambda: within_hundred(doing, amount),
        PaymentWay.HARD: lambda: hard_to_enforce(reason),
        PaymentWay.REMOTE: lambda: remote_and_asked(reason, is_asked=is_asked),
    }
    return found[PaymentWay(way)]() if way in found else []


def within_hundred(doing: Doing, amount: Decimal) -> list[Refusal]:
    """collect-simple-100: up to one hundred yuan (处罚法68第一项)."""
    most = DEFAULT_PARAMETERS.number("simple_collect.maximum", doing.happened_on)
    if amount <= most:
        return []
    text = f"罚款 {amount:f} 元超过 {most:f} 元，不能以此当场收缴。请选到银行缴款。"
    return [Refusal("collect-simple-100", text, "行政处罚法第六十八条第一项", "payment_way")]


def hard_to_enforce(reason: str) -> list[Refusal]:
    """collect-simple-hard: why it would be hard to enforce later is recorded (处罚法68第二项)."""
    if len(reason.strip()) >= 5:
        return []
    text = "请写明为什么不当场收缴事后难以执行，例如：外省车辆，当事人在本地没有住所。"
    return [Refusal("collect-simple-hard", text, "行政处罚法第六十八条第二项", "payment_reason")]


def remote_and_asked(reason: str, *, is_asked: bool) -> list[Refusal]:
    """collect-remote: a remote place, real difficulty, and the party asks for it (处罚法69)."""
    law, refusals = "行政处罚法第六十九条", []
    if len(reason.strip()) < 5:
        text = "请写明地点怎样边远、交通不便，当事人到银行缴款有什么困难。"
        refusals.append(Refusal("collect-remote", text, law, "payment_reason"))
    if not is_asked:
        text = "要由当事人自己提出才能当场收缴。当事人提出的请勾选，没有提出的请选到银行缴款。"
        refusals.append(Refusal("collect-remote", text, law, "is_asked_by_party"))
    return refusals


@transaction.atomic(durable=True)
def hand_over(
    *,
    case_id: int,
    version: int,
    by: Any,
    receiver_name: str,
    relation: str,
    signing: str = Signing.SIGNED,
    refusal_note: str = "",
    late: LateEntry | None = None,
    at: datetime | None = None,
) -> Serving:
    """Handed to the party on the spot: served with the day of the decision; a refusal is noted (处罚法52第一款)."""
    doing = begin("hand_over", case_id=case_id, version=version, by=by, at=at, late=late)
    check_guards(doing)
    if refusals := delivery_gaps(signing, refusal_note):
        raise Refused(refusals)
    case, day = doing.case, doing.loaded.facts.decided_on or doing.today
    serving = Serving.objects.create(
        case=case, document=next(one for one in doing.loaded.documents if one.code == "spot_decision"),
        method=ServingMethod.DIRECT if signing == Signing.SIGNED else ServingMethod.LEFT,
        receiver_name=receiver_name, relation=relation, place=case.place, served_at=doing.happened_at, effective_on=day,
        strict_on=day, completed_at=doing.happened_at, recipient=case.known_party.name, first_server=by,
        second_server=other_officer(doing), refusal_reason=refusal_note, recorded_at=doing.at,
    )  # fmt: skip
    record: SpotRecord = case.spot_record
    record.signing, record.refusal_note, record.handed_over_at = signing, refusal_note.strip(), doing.happened_at
    record.save(update_fields=["signing", "refusal_note", "handed_over_at"])
    conclude(doing, limit_start=day, changed={"decision_served_on": day}, details={"serving": serving.pk})
    return serving


def delivery_gaps(signing: str, refusal_note: str) -> list[Refusal]:
    """simple-deliver: signed for, or the refusal is noted on the decision (处罚法52第一款)."""
    if signing == Signing.SIGNED or refusal_note.strip():
        return []
    text = "当事人拒绝签收的，请在决定书上注明，并在这里写明情况。"
    return [Refusal("simple-deliver", text, "行政处罚法第五十二条第一款", "refusal_note")]
