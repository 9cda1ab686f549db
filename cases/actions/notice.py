"""Prior notice, defence and their review (处罚法44、45、62–64)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Case, Defence, DefenceKind, Document
from cases.queries.thresholds import hearing_is_due
from lishu_law import clock
from lishu_law.errors import Refusal, Refused


@transaction.atomic(durable=True)
def issue_notice(*, case_id: int, version: int, by: Any, at: datetime | None = None) -> Document:
    """Seal the 违法行为通知书: concrete amount, articles, benchmark tier, and the hearing box as computed."""
    doing = begin("issue_notice", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    case, chosen = doing.case, doing.loaded.case.discretion
    offered = hearing_is_due(case.known_party.kind, chosen.amount, doing.today)
    data = contexts.prior_notice(doing.loaded, doing, hearing_offered=offered)
    document = seal(case, "prior_notice", data, by=by, at=doing.at, amount=chosen.amount, hearing_offered=offered)
    conclude(doing, details={"document": document.pk, "hearing_offered": offered})
    return document


@transaction.atomic(durable=True)
def record_defence(
    *,
    case_id: int,
    version: int,
    by: Any,
    kind: str,
    received_at: datetime,
    content: str = "",
    hearing_requested: bool = False,
    at: datetime | None = None,
) -> Case:
    """What the party said to the notice, or that the window passed in silence, or an explicit waiver."""
    doing = begin("record_defence", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    refusals = _defence_refusals(doing, kind, received_at, content, hearing_requested)
    if refusals:
        raise Refused(refusals)
    Defence.objects.update_or_create(
        case=doing.case,
        defaults={
            "kind": kind,
            "received_at": received_at,
            "content": content,
            "hearing_requested": hearing_requested,
            "recorded_by": by,
            "recorded_at": doing.at,
            "review": "",
            "is_adopted": None,
            "reviewed_by": None,
            "reviewed_at": None,
        },
    )
    return conclude(doing, details={"kind": kind, "hearing": hearing_requested})


def _defence_refusals(
    doing: Doing, kind: str, received_at: datetime, content: str, hearing_requested: bool
) -> list[Refusal]:
    facts, refusals = doing.loaded.facts, []
    served = facts.notice.served_on if facts.notice else None
    if kind == DefenceKind.NONE and (facts.defence_due is None or doing.today <= facts.defence_due):
        until = f"{facts.defence_due:%Y-%m-%d}" if facts.defence_due else ""
        refusals.append(
            Refusal(
                "defence-window",
                f"陈述申辩期到 {until} 24 时届满，届满前不能记为“未陈述申辩”。",
                "行政处罚法第四十五条第一款",
                "kind",
            )
        )
    if kind in {DefenceKind.WRITTEN, DefenceKind.ORAL} and not content.strip():
        refusals.append(
            Refusal("defence-record", "请记下当事人陈述申辩的内容。", "行政处罚法第四十五条第一款", "content")
        )
    if received_at > doing.at:
        refusals.append(Refusal("defence-future", "收到时间不能晚于现在，请核对。", "", "received_at"))
    if served and clock.local(received_at).date() < served:
        refusals.append(
            Refusal("waiver-explicit", "收到时间早于通知书送达日，请核对。放弃声明也应在送达之后作出。", "行政处罚法第六十二条", "received_at")
        )  # fmt: skip
    if hearing_requested and not (facts.notice and facts.notice.hearing_offered):
        refusals.append(
            Refusal("hearing-scope", "本案没有达到应当听证的标准。请与法制机构商量后再登记。", "行政处罚法第六十三条", "hearing_requested")
        )  # fmt: skip
    return refusals


@transaction.atomic(durable=True)
def review_defence(
    *, case_id: int, version: int, by: Any, is_adopted: bool, review: str, at: datetime | None = None
) -> Case:
    """Review each fact, reason and piece of evidence the party raised; adopt what is valid (处罚法45)."""
    doing = begin("review_defence", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    defence = getattr(doing.loaded.case, "defence", None)
    if defence is None or defence.kind not in {DefenceKind.WRITTEN, DefenceKind.ORAL}:
        raise Refused([Refusal("defence-review", "当事人没有陈述申辩，不需要复核。", "行政处罚法第四十五条", "")])
    defence.review, defence.is_adopted = review, is_adopted
    defence.reviewed_by, defence.reviewed_at = by, doing.at
    defence.save(update_fields=["review", "is_adopted", "reviewed_by", "reviewed_at"])
    return conclude(doing, opinion=review, details={"adopted": is_adopted})
