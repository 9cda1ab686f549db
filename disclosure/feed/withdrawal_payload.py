"""From a withdrawal to the frozen bytes of its message (feed_api.md §3.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from disclosure.feed import wire
from disclosure.feed.payload import PENALTY_KIND, Identity, envelope_of, refusal_of
from disclosure.feed.shape import Fault
from lishu_law import clock
from lishu_law.errors import Refused

WITHDRAWAL_KIND = "withdrawal"
SHORTEST, LONGEST = 20, 500


@dataclass(frozen=True)
class Withdrawn:
    """What the exchange is told. ``replaced_by`` is the rui of the record that stands instead, where it has one."""

    reason_code: str
    reason: str
    event_on: date
    basis_no: str
    replaced_by: str = ""
    scope: str = "all"  # "public": only the display ends


def frozen(told: Withdrawn, area_code: str, identity: Identity, at: datetime) -> tuple[bytes, str]:
    """The bytes to send and their content digest. Raises ``Refused`` naming each fact to mend.

    A withdrawal travels as an insert of its own kind; its key alone says ``w``.
    """
    if faults := faults_of(told, identity, clock.local(at).date()):
        raise Refused([refusal_of(fault) for fault in faults])
    envelope = envelope_of(WITHDRAWAL_KIND, area_code, replace(identity, op="i"), at, _data(told, identity))
    return wire.canonical(envelope).encode(), wire.content_digest(envelope)


def faults_of(told: Withdrawn, identity: Identity, today: date) -> list[Fault]:
    """What the exchange would refuse: V31, V32 and the lengths of its schema."""
    found = []
    if not SHORTEST <= len(told.reason) <= LONGEST:
        text = f"撤回理由要在 {SHORTEST} 到 {LONGEST} 字之间，现在 {len(told.reason)} 字。"
        found.append(Fault("schema", "/data/reason_public", text, "reason"))
    if not told.basis_no:
        found.append(Fault("schema", "/data/basis_doc_no", "缺少生效文书的文号，请先补上。"))
    if told.event_on > today:
        found.append(Fault("V32", "/data/event_date", "生效日期不能晚于报送日期。"))
    if "-CF-" not in identity.rui:
        found.append(Fault("V31", "/data/target_kind", "撤回的记录不是行政处罚。"))
    return found


def _data(told: Withdrawn, identity: Identity) -> dict[str, Any]:
    return {
        "withdraw_id": identity.cd_id,
        "target_kind": PENALTY_KIND,
        "reason_code": told.reason_code,
        "reason_public": told.reason,
        "event_date": told.event_on.isoformat(),
        "basis_doc_no": told.basis_no,
        "replaced_by": told.replaced_by or None,
        "scope": told.scope,
    }
