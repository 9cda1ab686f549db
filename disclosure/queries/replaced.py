"""A changed decision and the one that stands instead: each page links to the other."""

from __future__ import annotations

from disclosure.models import DisclosureRecord, RecordState, Withdrawal


def public_id_of_successor(record: DisclosureRecord) -> str:
    """The public record that replaced a withdrawn one; empty until it is published."""
    if record.state != RecordState.WITHDRAWN:
        return ""
    wanted = Withdrawal.objects.filter(record=record, refusal="", successor_id__isnull=False).values("successor_id")
    found = DisclosureRecord.objects.filter(decision_id__in=wanted, state=RecordState.PUBLISHED)
    return found.values_list("public_id", flat=True).first() or ""


def public_id_of_replaced(record: DisclosureRecord) -> str:
    """The withdrawn record that this one replaced."""
    if record.decision_id is None:
        return ""
    found = Withdrawal.objects.filter(successor_id=record.decision_id, record__state=RecordState.WITHDRAWN)
    return found.values_list("record__public_id", flat=True).first() or ""
