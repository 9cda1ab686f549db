"""Something personal was found in what is public: remembered and alarmed; a person decides what has to be taken down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from disclosure.models import DisclosureRecord, LeakAlarm
from lishu_law.audit import journal

ALARM = "disclosure.leak_alarm"
LONGEST = 200


@transaction.atomic(durable=True)
def raise_alarm(
    record: DisclosureRecord, *, places: Iterable[str], rules: Iterable[str], on: date, by: Any = None
) -> bool:
    """Remember one finding, once a night; True when it is new. The journal says where and by which rule, never what."""
    where, why = "、".join(dict.fromkeys(places))[:LONGEST], "、".join(dict.fromkeys(rules))[:LONGEST]
    _alarm, is_new = LeakAlarm.objects.get_or_create(record=record, on=on, defaults={"places": where, "rules": why})
    if is_new:
        details = {"number": record.number, "places": where, "rules": why}
        journal.record(ALARM, by=by, on=("disclosure", record.public_id), result="alarm", details=details)
    return is_new
