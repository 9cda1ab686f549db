"""The decision (处罚法57、59): approved by the head, numbered and sealed in one transaction."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude, send_back
from cases.actions.hearing_checks import decided_on_record
from cases.documents import contexts
from cases.documents.issue import number_for, seal
from cases.models import Case, Decision, Document, SignatureState, SignedApproval
from cases.procedure.states import State
from cases.queries.thresholds import is_major
from lishu_law.audit.journal import canonical
from lishu_law.errors import Conflict, Refusal, Refused


@dataclass(frozen=True)
class Signature:
    """Who examined the file and agreed, when and with which words (处罚法57第一款)."""

    opinion: str
    by: Any
    at: datetime
    batch: str = ""  # the batch it was issued in


@transaction.atomic(durable=True)
def approve_decision(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, record_basis: str = "",
    more_investigation: bool = False, in_batch: bool = False, at: datetime | None = None,
) -> Case:  # fmt: skip
    """Approve and seal the decision, or return it with the reason: to be amended, or for more investigation.

    On approval: number from the gap-free counter, document sealed, ninety days stopped, seven working days for serving
    and for publication started. ``record_basis`` says, after a hearing, how the decision rests on its transcript.
    ``in_batch``: signed now and issued later together with others; nothing is numbered and every clock runs on.
    Raises ``Refused`` with every guard that does not hold; then no number is consumed.
    """
    doing = begin("approve_decision", case_id=case_id, version=version, by=by, at=at)
    SignedApproval.objects.filter(case=doing.case, state=SignatureState.WAITING).update(state=SignatureState.REPLACED)
    if not agree:
        return send_back(doing, opinion, to_state=State.INVESTIGATION if more_investigation else None)
    check_guards(doing)
    if refusals := decided_on_record(doing.loaded.facts, record_basis):
        raise Refused(refusals)
    basis = f"{opinion}\n根据听证笔录：{record_basis}" if record_basis else opinion
    if in_batch:
        return _signed(doing, basis)
    return _decided(doing, Signature(basis, by, doing.at))


def _signed(doing: Doing, opinion: str) -> Case:
    """The approval is kept for the case as it stands after this act; whatever changes it makes the head look again."""
    digest = signed_digest(doing)
    case = conclude(doing, to_state=State(doing.case.state), outcome="signed", opinion=opinion)
    SignedApproval.objects.create(
        case=case, version=case.version, content_digest=digest, opinion=opinion, by=doing.by, at=doing.at
    )
    return case


def signed_digest(doing: Doing) -> str:
    """SHA-256 of what the decision would say now, without what moves by itself: its day and the party's age."""
    said = contexts.penalty_decision(doing.loaded, doing, contexts.decision_parts(doing.loaded, doing))
    kept: dict[str, Any] = {name: value for name, value in copy.deepcopy(dict(said)).items() if name != "decided_on"}
    if person := kept["party"]["person"]:
        person.pop("age", None)
    return hashlib.sha256(canonical(kept).encode()).hexdigest()


def issue_signed_core(signed: SignedApproval, *, at: datetime, batch: str) -> Case:
    """Decide as was signed, with every question asked again: permission, state, version and guards of today.

    Raises ``Conflict`` also where the decision would say something else than what was signed: a party's data or a
    parameter changed, which leaves the version of the case alone. No transaction of its own: the caller writes down in
    the same one that the signature was used.
    """
    doing = begin("approve_decision", case_id=signed.case_id, version=signed.version, by=signed.by, at=at)
    check_guards(doing)
    if signed_digest(doing) != signed.content_digest:
        raise Conflict("签署以后当事人信息或者决定书的其他内容有变动。请重新查看案卷并审批。")
    return _decided(doing, Signature(signed.opinion, signed.by, signed.at, batch))


def _decided(doing: Doing, signature: Signature) -> Case:
    case, chosen = doing.case, doing.loaded.case.discretion
    number = number_for(case, "penalty_decision", doing.at)
    parts = contexts.decision_parts(doing.loaded, doing)
    if not parts.penalty_types:
        text = "按裁量结果没有可以给予的处罚，不能作出处罚决定。请重新裁量，或者提出不予处罚、撤销案件的意见。"
        raise Refused([Refusal("decide-discretion", text, "行政处罚法第九条、第五十九条", "set_discretion")])
    decision = Decision.objects.create(
        case=case, number=number, item_code=case.item_code, tier=chosen.tier, decided_on=doing.today,
        amount=chosen.amount, opinion=signature.opinion, approved_by=signature.by, approved_at=signature.at,
        **vars(parts),
    )  # fmt: skip
    document = _sealed(doing, decision, parts, signature)
    batch = {"batch": signature.batch} if signature.batch else {}
    return conclude(
        doing,
        opinion=signature.opinion,
        changed={"decided_on": doing.today, "returned_reason": ""},
        details={
            "decision": decision.pk,
            "document": document.pk,
            "number": number,
            "major": is_major(case.known_party.kind, chosen.amount, doing.today),
            **batch,
        },
    )


def _sealed(doing: Doing, decision: Decision, parts: contexts.DecisionParts, signature: Signature) -> Document:
    """The approval sheet with the day of the signature, and the decision with today's."""
    case, by, amount = doing.case, doing.by, decision.amount
    data = contexts.penalty_decision(doing.loaded, doing, parts)
    if refusals := [*payment_named(data, amount), *review_organ_named(data), *remedies_named(data)]:
        raise Refused(refusals)
    signed = replace(doing, by=signature.by, at=signature.at)
    asked = contexts.penalty_approval(doing.loaded, signed, signature.opinion, parts.result_text)
    seal(case, "penalty_approval", asked, by=by, at=doing.at)
    return seal(case, "penalty_decision", data, by=by, at=doing.at, amount=amount, number=decision.number)


def payment_named(data: Mapping[str, Any], amount: Decimal | None) -> list[Refusal]:
    """decide-bank-surcharge: a fine names the collecting bank and its account; the form adds days and surcharge."""
    payment = data["payment"]
    if not amount or (payment and payment["bank"] and payment["account"]):
        return []
    message = "罚款决定没有写明代收银行和账号。请联系系统管理员登记收款账户。"
    return [Refusal("decide-bank-surcharge", message, "行政处罚法第六十七条", "")]


def review_organ_named(data: Mapping[str, Any]) -> list[Refusal]:
    """decide-remedy-review-organ: review lies with the county people's government (复议法24)."""
    if data["review_organ"].endswith("人民政府"):
        return []
    message = "复议机关应当是县人民政府。请联系系统管理员核对复议机关。"
    return [Refusal("decide-remedy-review-organ", message, "行政复议法第二十四条", "")]


def remedies_named(data: Mapping[str, Any]) -> list[Refusal]:
    """decide-remedy-60d: sixty days for review and six months for the court, both named."""
    if data["review_organ"] and data["court"]:
        return []
    message = "决定书没有写明复议机关或者管辖法院，不能告知救济途径。请联系系统管理员登记。"
    return [Refusal("decide-remedy-60d", message, "行政复议法第二十条、行政诉讼法第四十六条", "")]
