"""The decision (处罚法57、59): approved by the head, numbered and sealed in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import begin, check_guards, conclude, send_back
from cases.documents import contexts
from cases.documents.issue import number_for, seal
from cases.models import Case, Decision
from cases.queries.thresholds import is_major
from lishu_law.errors import Refusal, Refused
from lishu_law.law.parameters import DEFAULT_PARAMETERS


@transaction.atomic(durable=True)
def record_discussion(
    *, case_id: int, version: int, by: Any, attendees: str, opinions: str, conclusion: str, at: datetime | None = None
) -> Case:
    """Collective discussion by the heads: who was there, what each said, the conclusion (处罚法57第二款)."""
    doing = begin("record_discussion", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    quorum = int(DEFAULT_PARAMETERS.number("deliberation.quorum", doing.today))
    names = [name for name in attendees.replace("，", "、").replace(",", "、").split("、") if name.strip()]
    if len(names) < quorum:
        raise Refused([
            Refusal(
                "decide-collective", f"集体讨论至少要有 {quorum} 名负责人参加，现在写了 {len(names)} 名。",
                "行政处罚法第五十七条第二款", "attendees",
            )  # fmt: skip
        ])  # fmt: skip
    text = f"参加人：{'、'.join(names)}\n讨论意见：{opinions}\n结论：{conclusion}"
    return conclude(doing, opinion=text)


@transaction.atomic(durable=True)
def approve_decision(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """Approve and seal the decision, or return it with the reason.

    On approval: number from the gap-free counter, document sealed, ninety days stopped, seven working days for serving
    and for publication started. Raises ``Refused`` with every guard that does not hold; then no number is consumed.
    """
    doing = begin("approve_decision", case_id=case_id, version=version, by=by, at=at)
    if not agree:
        return send_back(doing, opinion)
    check_guards(doing)
    case, chosen = doing.case, doing.loaded.case.discretion
    number = number_for(case, "penalty_decision", doing.at)
    parts = contexts.decision_parts(doing.loaded, doing)
    decision = Decision.objects.create(
        case=case, number=number, decided_on=doing.today, amount=chosen.amount, opinion=opinion, approved_by=by,
        approved_at=doing.at, **vars(parts),
    )  # fmt: skip
    data = contexts.penalty_decision(doing.loaded, doing, parts)
    document = seal(case, "penalty_decision", data, by=by, at=doing.at, amount=chosen.amount, number=number)
    return conclude(
        doing,
        opinion=opinion,
        changed={"decided_on": doing.today, "returned_reason": ""},
        details={
            "decision": decision.pk,
            "document": document.pk,
            "number": number,
            "major": is_major(case.known_party.kind, chosen.amount, doing.today),
        },
    )
