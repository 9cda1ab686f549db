"""A case that belongs to another organ (X3): letter, notice to the party, and the file sent in time (执法程序规定9)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.approvals import decide
from cases.actions.doing import begin, check_guards, conclude
from cases.actions.limits import cancel_all, cancel_limit
from cases.actions.requests import ask_and_conclude, decline, refuse_all, said
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Approval, Case
from lishu_law.errors import Refusal, Refused

LIMIT = "gen-transfer-no-jurisdiction"
ARTICLE = "执法程序规定第九条"
# The clocks of things that are held: they end with the hand-over, the release or the lapse, not with the letter.
HELD_LIMITS = ("pres-7d", "coerce-24h", "coerce-30d", "coerce-custody-24h", "coerce-unclaimed-3m")


@dataclass(frozen=True)
class NewTransfer:
    """To whom and why; ``enclosures`` are the papers that go along."""

    organ: str
    organ_phone: str
    reason: str
    basis: str
    enclosures: tuple[str, ...] = ()


@transaction.atomic(durable=True)
def propose_transfer(
    *, case_id: int, version: int, by: Any, transfer: NewTransfer, at: datetime | None = None
) -> Approval:
    """The case is not ours: to which organ, and on what ground. The local limit starts with the finding."""
    doing = begin("propose_transfer", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    own = doing.case.authority.name
    refusals = said(
        transfer.reason, 10, Refusal(LIMIT, "请写明没有管辖权的事实和理由（至少 10 字）。", ARTICLE, "reason")
    )
    if transfer.organ.strip() == own:
        refusals.append(Refusal(LIMIT, "受移送机关不能是本机关，请核对。", ARTICLE, "organ"))
    refuse_all(refusals)
    data = {key: value for key, value in asdict(transfer).items() if key != "reason"}
    return ask_and_conclude(doing, "transfer", reason=transfer.reason, data=data)


@transaction.atomic(durable=True)
def decide_transfer(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """A head decides: letter to the organ; every clock stops but those of the transfer and of what is held.

    Things in preservation or seizure go along with the case (``transfer_items``); until then their periods run on.
    """
    doing = begin("decide_transfer", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    if not agree:
        cancel_limit(doing.case, LIMIT)
        return decline(doing, "transfer", opinion)
    check_guards(doing)
    approved = decide(doing, kind="transfer", agree=True, opinion=opinion)
    letter = contexts.transfer_letter(doing.loaded, doing, approved)
    seal(doing.case, "transfer_letter", letter, by=by, at=doing.at, part=doing.part)
    cancel_all(doing.case, keep=(LIMIT, *HELD_LIMITS))
    return conclude(doing, opinion=opinion, changed={"returned_reason": ""}, details={"organ": approved.data["organ"]})


@transaction.atomic(durable=True)
def send_transfer(
    *, case_id: int, version: int, by: Any, sent_on: date, receiver: str, at: datetime | None = None
) -> Case:
    """The letter and the file went to the other organ, who signed for them; the party is told in writing."""
    doing = begin("send_transfer", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if sent_on > doing.today:
        raise Refused([Refusal(LIMIT, "移送日期不能晚于今天，请核对。", ARTICLE, "sent_on")])
    if doing.case.party:
        approved = Approval.objects.filter(case=doing.case, kind="transfer", outcome="approved").latest("pk")
        told = contexts.transfer_notice(doing.loaded, doing, (approved, sent_on))
        seal(doing.case, "transfer_notice", told, by=by, at=doing.at)
    return conclude(doing, opinion=f"{sent_on:%Y-%m-%d} 移送，接收人：{receiver}", details={"sent_on": str(sent_on)})
