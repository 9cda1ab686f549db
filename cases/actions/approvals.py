"""Asking a leader for something beside the road, and deciding it. Composed by the acts of each part (no transaction here)."""

from __future__ import annotations

from typing import Any

from cases.actions.doing import Doing
from cases.models import Approval, ApprovalOutcome
from lishu_law.errors import NotFound, Refusal, Refused


def ask(doing: Doing, kind: str, *, reason: str, data: dict[str, Any] | None = None, part: str = "") -> Approval:
    """Write down the request. Raises ``Refused`` while an earlier one of the same kind still waits."""
    if Approval.objects.filter(case=doing.case, kind=kind, part=part, outcome="").exists():
        raise Refused([
            Refusal("approval-open", "同样的申请还在等负责人审批，请等审批结果。", doing.step.citation, "case")
        ])  # fmt: skip
    return Approval.objects.create(
        case=doing.case, kind=kind, part=part, reason=reason, data=data or {}, asked_by=doing.by, asked_at=doing.at
    )


def decide(doing: Doing, *, kind: str, agree: bool, opinion: str) -> Approval:
    """Decide the request the act works on (``doing.part_id``). A refusal needs its reason; nobody decides his own."""
    waiting = Approval.objects.filter(case=doing.case, kind=kind, outcome="")
    approval = waiting.filter(pk=doing.part_id).first() if doing.part_id is not None else None
    if approval is None:
        raise NotFound("没有找到等待审批的申请，可能已经审批过了。")
    if approval.asked_by_id == doing.by.pk:
        raise Refused([Refusal("approval-own", "审批人不能是申请人，请由其他负责人审批。", doing.step.citation, "")])
    if not agree and not opinion.strip():
        raise Refused([Refusal("approval-reason", "不批准的，请写明理由。", doing.step.citation, "opinion")])
    approval.outcome = ApprovalOutcome.APPROVED if agree else ApprovalOutcome.REFUSED
    approval.opinion, approval.decided_by, approval.decided_at = opinion, doing.by, doing.at
    approval.save(update_fields=["outcome", "opinion", "decided_by", "decided_at"])
    return approval
