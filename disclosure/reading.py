"""The record a staff page is about, and the decision behind it."""

from __future__ import annotations

from cases import api
from cases.api import DecisionFacts
from disclosure.models import DisclosureRecord
from lishu_law.errors import NotFound


def record_of(public_id: str) -> DisclosureRecord:
    """The record with this public number. Raises ``NotFound``."""
    record = DisclosureRecord.objects.select_related("checked_by").filter(public_id=public_id).first()
    if record is None:
        raise NotFound
    return record


def facts_of(record: DisclosureRecord) -> DecisionFacts | None:
    """The decision behind a record; none for records that came from an earlier system."""
    return api.decision_facts(record.decision_id) if record.decision_id is not None else None


def told(facts: DecisionFacts | None, what: str) -> str:
    """What the exchange learns of an act: by our message, or from whoever sent the earlier decision there."""
    if facts is None:
        return f"这条是导入的历史公示，监管平台上的由原报送单位另行{what}。"
    return f"{what}的消息已排队推送到监管平台。"
