"""Telling the two persons of a withdrawal that it was refused: who asked for it, and who did not agree."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from disclosure.api import Withdrawal, refusals_to_tell, refusals_told
from lishu_law import clock
from lishu_law.desk.messages.sending import write
from lishu_law.desk.models import Message, MessageKind
from lishu_law.registry.models import User

TITLE = "提请撤回公示没有同意"


@transaction.atomic(durable=True)
def send_refusals(now: datetime | None = None) -> int:
    """A message to both for each new refusal; how many were written."""
    refused, at = refusals_to_tell(), now or clock.now()
    numbers = {one.proposed_by for one in refused}
    askers = dict(User.objects.filter(staff_number__in=numbers).values_list("staff_number", "pk")) if numbers else {}
    rows = []
    for one in refused:
        people = {askers.get(one.proposed_by), one.done_by_id} - {None}
        rows += [_message(user_id, one, at) for user_id in sorted(pk for pk in people if pk is not None)]
    written = write(rows)
    refusals_told(refused, at)
    return written


def _message(user_id: int, one: Withdrawal, at: datetime) -> Message:
    text = f"{one.record.number} 提请撤回没有同意，公示继续。理由写在公示页上。"  # it may name somebody
    if one.is_still_due:
        text += f"原决定已经变动，撤回期限没有停：{one.due.isoformat()} 前仍应当撤回，请补正后重新提请（行政处罚法第四十八条第二款）。"
    else:
        text += "仍认为应当撤回的，可以补正后重新提请。"
    return Message(
        user_id=user_id, kind=MessageKind.REFUSED, about=one.record.public_id, due=one.due, title=TITLE, text=text[:300],
        created_at=at,
    )  # fmt: skip
