"""Telling who has to act when the nightly check found the public register changed (security.md §10.4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from disclosure.api import LedgerAlarm, ledger_alarms_to_tell, ledger_alarms_told
from lishu_law import clock
from lishu_law.desk.messages.recipients import staff
from lishu_law.desk.messages.sending import write
from lishu_law.desk.models import Message, MessageKind
from lishu_law.registry.roles import Role

TITLE = "公示登记簿的校验没有通过"
# The alarm is the security administrator's; whoever publishes has to know what must not be relied on.
TOLD = (Role.SECURITY_ADMIN, Role.DISCLOSURE_CHECKER)


@transaction.atomic(durable=True)
def send_ledger_alarms(now: datetime | None = None) -> int:
    """A message to each of them for every new alarm; how many were written."""
    alarms, at = ledger_alarms_to_tell(), now or clock.now()
    roles = staff().by_role if alarms else {}
    people = sorted({user_id for role in TOLD for user_id in roles.get(role, frozenset())})
    written = write([_message(user_id, one, at) for one in alarms for user_id in people])
    ledger_alarms_told(alarms, at)
    return written


def _message(user_id: int, alarm: LedgerAlarm, at: datetime) -> Message:
    good = "" if alarm.part == "files" else f"最后一个完好的检查点：{alarm.last_good or '没有'}。"
    text = (
        f"{alarm.get_part_display()}有 {alarm.faults} 处与登记的不一致。{good}请马上保护现场，运行 verify_ledger 逐条核对，"
        f"不要自行改回。位置：{alarm.places}"
    )
    return Message(
        user_id=user_id, kind=MessageKind.LEDGER, about=alarm.part, due=alarm.on, title=TITLE, text=text[:300],
        created_at=at,
    )  # fmt: skip
