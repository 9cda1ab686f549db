"""Telling the publication checkers what the nightly look over the public site found."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from disclosure.api import LeakAlarm, alarms_to_tell, alarms_told
from lishu_law import clock
from lishu_law.desk.messages.recipients import staff
from lishu_law.desk.messages.sending import write
from lishu_law.desk.models import Message, MessageKind
from lishu_law.registry.roles import Role

TITLE = "公示内容里发现个人信息"


@transaction.atomic(durable=True)
def send_leaks(now: datetime | None = None) -> int:
    """A message to every checker for each new alarm; how many were written."""
    alarms, at = alarms_to_tell(), now or clock.now()
    people = sorted(staff().by_role.get(Role.DISCLOSURE_CHECKER, frozenset())) if alarms else []
    written = write([_message(user_id, one, at) for one in alarms for user_id in people])
    alarms_told(alarms, at)
    return written


def _message(user_id: int, alarm: LeakAlarm, at: datetime) -> Message:
    text = (
        f"{alarm.record.number} 的{alarm.places}里发现：{alarm.rules}。请马上打开核对，属实的立即更正或者撤下。"
        "依据：行政处罚法第五十条。"
    )
    return Message(
        user_id=user_id, kind=MessageKind.LEAK, about=alarm.record.public_id, due=alarm.on, title=TITLE, text=text[:300],
        created_at=at,
    )  # fmt: skip
