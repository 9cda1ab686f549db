"""The second person does not withdraw what somebody asked for: refused with a reason, the record stays public.

What a ruling of a case asks is no proposal and cannot be refused (行政处罚法48). Of an earlier decision that fell all the
same the three working days go on; it is to be asked for anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cases.api import DecisionFacts
from disclosure.actions.answering import reopened_core
from disclosure.actions.correct import remember
from disclosure.actions.publish import CITATION, lock_record
from disclosure.actions.withdraw import WITHDRAW, subject_of
from disclosure.models import RULED, Withdrawal
from lishu_law import clock
from lishu_law.access import policy
from lishu_law.errors import Conflict, Refusal, Refused

SHORTEST, LONGEST = 4, 500


@dataclass(frozen=True)
class WithdrawalRefusal:
    """Why not, and whether the decision did fall: None where the request names no ruling."""

    reason: str
    has_fallen: bool | None = None


@transaction.atomic(durable=True)
def refuse_withdrawal(
    *, record_id: int, version: int, facts: DecisionFacts | None, by: Any, said: WithdrawalRefusal
) -> Withdrawal:
    """Refuse an open request. The proposer and the one who refused are told; anybody who may may ask anew.

    Raises ``Conflict`` for a stale page or when nothing is open, ``NotAllowed`` for the proposer or a handler, ``Refused``.
    """
    record = lock_record(record_id, version)
    wanted = Withdrawal.objects.select_for_update(of=("self",)).filter(record=record, done_at__isnull=True).first()
    if wanted is None:
        raise Conflict("这项撤回已经处理过了。请回到公示页核对。")
    policy.check(by, WITHDRAW, subject_of(record, facts, wanted))
    if faults := _faults(wanted, said):
        raise Refused(faults)
    now = clock.now()
    wanted.refusal, wanted.done_at, wanted.done_by = said.reason.strip(), now, by
    if wanted.reason_code in RULED:  # whether it fell is answered anew; a request for another reason answers nothing
        Withdrawal.objects.filter(record=record, is_still_due=True).update(is_still_due=False)
        wanted.is_still_due = bool(said.has_fallen)
    wanted.save(update_fields=["refusal", "done_at", "done_by", "is_still_due"])
    details = {"proposed_by": wanted.proposed_by, "due": wanted.due.isoformat(), "is_still_due": wanted.is_still_due}
    details |= reopened_core(wanted.objection)
    remember(record, "refuse_withdrawal", by, wanted.refusal, now, details=details)
    return wanted


def _faults(wanted: Withdrawal, said: WithdrawalRefusal) -> list[Refusal]:
    if wanted.ruling_id is not None:
        text = (
            "这项撤回来自案件里登记的复议、诉讼结果或者自行纠正，原决定已经变动，应当依法撤回公示，不能不同意。"
            "登记有误的，请先在案件里更正。"
        )
        return [Refusal("withdrawal.ruling", text, CITATION, "case")]
    found = []
    if not SHORTEST <= len(said.reason.strip()) <= LONGEST:
        text = f"请写明不同意撤回的理由，{SHORTEST} 到 {LONGEST} 字，让提请人知道怎样补正。"
        found.append(Refusal("withdrawal.refusal", text, CITATION, "refusal"))
    if wanted.reason_code in RULED and said.has_fallen is None:
        text = f"请核对后选择：原决定是不是确实已{wanted.get_reason_code_display()}。确实的，撤回期限不停。"
        found.append(Refusal("withdrawal.fallen", text, CITATION, "has_fallen"))
    return found
