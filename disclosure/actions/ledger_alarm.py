"""The register, a page or a file is not what was committed to: remembered and alarmed; people decide what follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from disclosure.models import LedgerAlarm
from lishu_law.audit import journal

ALARM = "disclosure.ledger_alarm"
LONGEST = 200


@transaction.atomic(durable=True)
def raise_ledger_alarm(
    part: str, *, places: Sequence[str], last_good: int | None, on: date, by: Any = None
) -> bool:  # fmt: skip
    """Remember what one part of a night found; True when it is the part's first finding of that night."""
    row, is_new = LedgerAlarm.objects.get_or_create(
        part=part, on=on,
        defaults={"faults": len(places), "places": _short(places), "last_good": last_good},
    )  # fmt: skip
    if not is_new:
        row.faults += len(places)
        row.save(update_fields=["faults"])
    details = {"part": part, "faults": row.faults, "places": row.places, "last_good": last_good}
    journal.record(ALARM, by=by, on=("register", on.isoformat()), result="alarm", details=details)
    return is_new


def _short(places: Sequence[str]) -> str:
    """The places in a line that fits; how many there are stands beside it."""
    return "；".join(dict.fromkeys(places))[:LONGEST]
