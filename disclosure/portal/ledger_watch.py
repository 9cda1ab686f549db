"""The register recomputed every night, the way ``verify_ledger`` does it, in pieces that a worker can take (security.md §11).

First everything the tables and the pages say, in one look at one moment; then the received files and documents, slice
after slice, because a bureau's evidence does not fit into one task.
"""

from __future__ import annotations

import time
from datetime import date

from disclosure.actions.ledger_alarm import raise_ledger_alarm
from disclosure.models import LedgerNight, LedgerPart
from disclosure.queries.inner_check import file_faults_after
from disclosure.queries.ledger_check import Fault, verify
from lishu_law import clock

SLICE = 40.0  # seconds of one run of the task that reads files
CHUNK = 50


def watch(today: date, seconds: float = SLICE) -> LedgerNight:
    """Go on with this night's check; a night that is done stays done."""
    night, _new = LedgerNight.objects.get_or_create(on=today)
    if night.checked_at is None:
        _check_tables(night)
    elif night.files_done_at is None:
        _check_files(night, seconds)
    return night


def _check_tables(night: LedgerNight) -> None:
    report = verify(files=False)
    if report.faults:
        places = [place_of(fault) for fault in report.faults]
        raise_ledger_alarm(LedgerPart.TABLES, places=places, last_good=report.last_good, on=night.on)
    night.leaves, night.checked_at = report.leaves, clock.now()
    night.save(update_fields=["leaves", "checked_at"])


def _check_files(night: LedgerNight, seconds: float) -> None:
    end = time.monotonic() + seconds
    while night.files_done_at is None:
        found, last = file_faults_after(night.files_after, CHUNK)
        if found:
            places = [place_of(Fault(*one)) for one in found]
            raise_ledger_alarm(LedgerPart.FILES, places=places, last_good=None, on=night.on)
        if last is None:
            night.files_done_at = clock.now()
        else:
            night.files_after = last
        night.save(update_fields=["files_after", "files_done_at"])
        if time.monotonic() >= end:
            break


def place_of(fault: Fault) -> str:
    """Where it is; what stands there may be anything, so it is left out."""
    return f"{fault.table} {fault.row} {fault.column}"
