"""Whether both sides agree in the end: our register against what the mock exchange wrote into its own file."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from disclosure.drill.scene import Plan
from disclosure.models import Delivery, DeliveryState, Difference, Finding, RecordState
from disclosure.outbox.poll import STUCK
from disclosure.queries.board import NEEDS_WORK

NEVER_MS = 1 << 50  # a version that stays received has its end behind every calendar


@dataclass(frozen=True)
class Held:
    """One version in the exchange's file."""

    rui: str
    version: int
    digest: str
    status: str
    is_newest: bool
    is_stuck: bool


def held_in(path: Path) -> list[Held]:
    """Everything the exchange holds, read from its file after it was stopped."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        found = file.execute(
            "SELECT rui, version, digest, final_status, is_newest, final_ms FROM version ORDER BY rui, version"
        )
        return [Held(row[0], row[1], row[2], row[3], bool(row[4]), row[5] >= NEVER_MS) for row in found]


def problems(held: list[Held], plan: Plan) -> dict[str, list[str]]:
    """Check → what is wrong, empty lists all over when everything is right."""
    ours = {(row.rui, row.data_version): row for row in Delivery.objects.defer("body").order_by("rui", "data_version")}
    ruis = {rui for rui, _version in ours}
    theirs = {(one.rui, one.version): one for one in held}
    newest = {one.rui: one for one in held if one.is_newest}
    foreign = set(newest) - ruis
    reported = set(Difference.objects.filter(finding=Finding.FOREIGN).values_list("rui", flat=True))
    last = dict(ours.keys())  # ascending: the highest stays
    work = set(Delivery.objects.filter(NEEDS_WORK).values_list("rui", flat=True))
    return {
        "equal": [
            rui for rui, version in last.items()
            if rui not in newest
            or (newest[rui].version, newest[rui].digest) != (version, ours[rui, version].content_digest)
        ],
        "nothing_lost": [
            f"{rui}:{version}" for rui, version in ours
            if (rui, version) not in theirs and (rui not in newest or newest[rui].version < version)
        ],
        "nothing_twice": sorted({f"{one.rui}:{one.version}" for one in held if held.count(one) > 1})
        if len(theirs) != len(held) else [],
        "no_phantom": sorted(foreign - reported)
        + [f"{a}:{b}" for a, b in set(theirs) - set(ours) if a not in foreign],
        "same_content": [f"{a}:{b}" for (a, b), one in theirs.items() if (a, b) in ours and ours[a, b].content_digest != one.digest],
        "withdrawn_absent": _still_there(newest),
        "rejected_to_work": [
            rui for rui in plan.rejected if (rui in newest and newest[rui].status == "REJECTED") != (rui in work)
        ],
        "stuck_to_work": [rui for rui in plan.stuck if rui in newest and newest[rui].is_stuck != (rui in work)],
        "only_those_to_work": sorted(work - set(plan.rejected) - set(plan.stuck)),
        "at_rest": [
            row.idem_key for row in ours.values()
            if row.state not in (DeliveryState.CONFIRMED, DeliveryState.FIX)
            and not (row.state == DeliveryState.SENT and row.last_code == STUCK)
        ],
    }  # fmt: skip


def _still_there(newest: Mapping[str, Held]) -> list[str]:
    """A fallen decision is withdrawn altogether; one past its period is only taken out of sight there."""
    gone = dict(Delivery.objects.filter(op="w").values_list("rui", "record__state"))
    ends = {rui: "WITHDRAWN" if state == RecordState.WITHDRAWN else "NOT_PUBLIC" for rui, state in gone.items()}
    return [rui for rui, end in ends.items() if rui in newest and newest[rui].status != end]


def calls_in(path: Path) -> int:
    """How many requests the exchange has seen since it was emptied."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return int(file.execute("SELECT coalesce(max(id), 0) FROM request_log").fetchone()[0])
