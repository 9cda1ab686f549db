"""The ninety days (处罚法60): extended once before they end, or explained when they are over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from cases.actions.approvals import decide
from cases.actions.doing import begin, check_guards, conclude
from cases.actions.limits import extend_limit, running
from cases.actions.requests import ask_and_conclude, decline, refuse_all, request_at_hand, said
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Approval, Case
from lishu_law.errors import Refusal
from lishu_law.law.limits import find

ARTICLE = "行政处罚法第六十条"


@transaction.atomic(durable=True)
def ask_extension(
    *, case_id: int, version: int, by: Any, days: int, reason: str, at: datetime | None = None
) -> Approval:
    """The 主办人 asks for up to thirty more days before the ninety are over (decide-90d-extend)."""
    doing = begin("ask_extension", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    refuse_all(extension_faults(days, reason))
    return ask_and_conclude(doing, "extension", reason=reason, data={"days": days})


def extension_faults(days: int, reason: str) -> list[Refusal]:
    """decide-90d-extend: one to thirty days, for reasons that are said."""
    most, refusals = find("decide-90d-extend").length, []
    if not 1 <= days <= most:
        refusals.append(Refusal("decide-90d-extend", f"延长的日数应为 1 至 {most} 日，请核对。", ARTICLE, "days"))
    missing = Refusal("decide-90d-extend", "请写明案情复杂、不能按期办结的具体原因（至少 10 字）。", ARTICLE, "reason")
    return [*refusals, *said(reason, 10, missing)]


@transaction.atomic(durable=True)
def decide_extension(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The head approves: the limit runs on from the unrolled ninetieth day."""
    doing = begin("decide_extension", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    if not agree:
        return decline(doing, "extension", opinion)
    check_guards(doing)
    request_at_hand(doing)
    before: date = running(doing.case, "decide-90d").get().due
    approved = decide(doing, kind="extension", agree=True, opinion=opinion)
    extend_limit(doing.case, "decide-90d", "decide-90d-extend", days=approved.data["days"], document="S25")
    after: date = running(doing.case, "decide-90d").get().due
    data = contexts.extension_approval(doing.loaded, doing, approved, (before, after))
    seal(doing.case, "extension_approval", data, by=by, at=doing.at, part=doing.part)
    return conclude(doing, opinion=opinion, details={"days": approved.data["days"], "due": after.isoformat()})


@transaction.atomic(durable=True)
def explain_lateness(*, case_id: int, version: int, by: Any, reason: str, at: datetime | None = None) -> Approval:
    """The limit is over: what happened, on the file, for the head's confirmation (decide-extend-expired)."""
    doing = begin("explain_lateness", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    missing = Refusal("decide-extend-expired", "请写明超期的原因和责任（至少 10 字）。", ARTICLE, "reason")
    refuse_all(said(reason, 10, missing))
    due = doing.loaded.facts.decide_due or doing.today
    return ask_and_conclude(doing, "lateness", reason=reason, data={"days": (doing.today - due) // timedelta(days=1)})


@transaction.atomic(durable=True)
def confirm_lateness(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The head confirms the explanation; the decision may then be made late (程序轻微违法, 行诉74)."""
    doing = begin("confirm_lateness", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    if not agree:
        return decline(doing, "lateness", opinion)
    check_guards(doing)
    decide(doing, kind="lateness", agree=True, opinion=opinion)
    return conclude(doing, opinion=opinion)
