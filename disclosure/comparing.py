"""A comparison with the exchange from question to difference (feed_api.md §8): ask, judge, let the actions settle.

Nothing is locked while a request is on its way; every record is judged once more, with its rows locked, when it is
settled. A run that breaks off says why, and the next night starts anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from disclosure.actions.reconcile import note, settle
from disclosure.feed.answers import Answer
from disclosure.feed.client import FeedClient, FeedUnreachable, Parcel
from disclosure.feed.compare import Theirs, Verdict, unequal_days, verdict
from disclosure.feed.payload import INSPECTION_KIND, PENALTY_KIND
from disclosure.models import Delivery, Finding, ReconcileRun, RunState
from disclosure.queries.reconcile import (
    NOT_SHOWN,
    decision_counts,
    gaps,
    may_show,
    our_days,
    ours_of,
    rows_by_rui,
    unconfirmed_days,
)
from lishu_law import clock
from lishu_law.audit import journal

KINDS = (INSPECTION_KIND, PENALTY_KIND)  # inspections first: a penalty may wait for one that is sent again
CHUNK = 500
LONGEST = timedelta(hours=2)  # a run without an end by then has lost its worker
UNREADABLE = (KeyError, TypeError, ValueError)


def run_waiting(client: FeedClient) -> int:
    """Work the comparisons that were asked for, one after the other; returns how many were ended."""
    ended = 0
    broken = ReconcileRun.objects.filter(state=RunState.RUNNING, started_at__lt=clock.now() - LONGEST)
    broken.update(state=RunState.FAILED, finished_at=clock.now(), problem="对账进程中断，请重新发起。")
    while True:
        run = ReconcileRun.objects.filter(state=RunState.WAITING).order_by("id").first()
        if run is None:
            return ended
        taken = ReconcileRun.objects.filter(pk=run.pk, state=RunState.WAITING)
        if taken.update(state=RunState.RUNNING, started_at=clock.now()):
            compare(client, run)
            ended += 1


def compare(client: FeedClient, run: ReconcileRun) -> dict[str, int]:
    """Compare both kinds over the run's days; returns the counts that are kept with the run."""
    counts: dict[str, int] = {"ours": 0, "theirs": 0, "days": 0}
    unequal: list[list[Any]] = []
    problem = ""
    try:
        for kind in KINDS:
            _compare_kind(client, run, kind, counts, unequal)
        _note_gaps(run)
    except FeedUnreachable as error:
        problem = f"没有取得平台的对账数据：{error}"[:300]
    except UNREADABLE as error:
        problem = f"平台的对账清单格式不对（{type(error).__name__}）"
    counts |= decision_counts()
    counts["found"] = run.differences.count()
    counts["open"] = run.differences.filter(closed_at__isnull=True).count()
    state = RunState.FAILED if problem else RunState.DONE
    ReconcileRun.objects.filter(pk=run.pk).update(
        state=state, finished_at=clock.now(), counts=counts, unequal_days=unequal, problem=problem
    )
    details = {"state": state.value, "found": counts["found"], "open": counts["open"]}
    journal.record("reconcile.done", by=None, on=("reconcile", run.number), details=details)
    return counts


def _compare_kind(
    client: FeedClient, run: ReconcileRun, kind: str, counts: dict[str, int], unequal: list[list[Any]]
) -> None:
    theirs = client.summary(kind, run.date_from, run.date_to)
    ours = our_days(kind, run.date_from, run.date_to)
    days = unequal_days({day: list(held.values()) for day, held in ours.items()}, theirs)
    counts["ours"] += sum(len(held) for held in ours.values())
    counts["theirs"] += sum(count for count, _digest in theirs.values())
    counts["days"] += len(set(ours) | set(theirs))
    unequal += [[kind, day, len(ours.get(day, ())), theirs.get(day, (0, ""))[0]] for day in days]
    # Days say nothing of states: those with records we have no final answer for are looked at as well.
    days = sorted({*days, *unconfirmed_days(kind, run.date_from, run.date_to)})
    wanted: dict[str, Theirs | None] = {rui: None for day in days for rui in ours.get(day, ())}
    for first, last in _spans(days):
        wanted |= {one.rui: one for one in map(Theirs.of, client.holdings(kind, first, last))}
    _judge(client, run, kind, wanted)
    _judge(client, run, kind, dict.fromkeys(_wrongly_shown(kind, wanted)))


def _judge(client: FeedClient, run: ReconcileRun, kind: str, wanted: dict[str, Theirs | None]) -> None:
    ruis = sorted(wanted)
    for start in range(0, len(ruis), CHUNK):
        chunk = ruis[start : start + CHUNK]
        held = rows_by_rui(chunk)
        for rui in chunk:
            rows = held.get(rui, [])
            theirs = wanted[rui] or _looked_up(client, kind, rui)
            found = verdict([ours_of(row) for row in rows], theirs, may_show=may_show(rows))
            if found is Verdict.LOST:
                theirs = _looked_up(client, kind, rui)  # the listing may be older than our row
            if found is not None:
                answer = _receipt(client, rows, theirs, found)
                settle(run=run, kind=kind, rui=rui, theirs=theirs, answer=answer)


def _receipt(client: FeedClient, rows: Iterable[Delivery], theirs: Theirs | None, found: Verdict) -> Answer | None:
    if theirs is None or found not in (Verdict.UNRECORDED, Verdict.REJECTED):
        return None
    row = next((row for row in rows if row.data_version == theirs.version), None)
    if row is None:
        return None
    parcel = Parcel(row.kind, row.rui, row.data_version, row.op, row.idem_key, b"", row.content_digest)
    return client.receipt(parcel, theirs.receipt_no)


def _looked_up(client: FeedClient, kind: str, rui: str) -> Theirs | None:
    """What the exchange holds of one record now; None when it says that it holds none."""
    reply = client.record(kind, rui)
    if reply.status == 404:
        return None
    if reply.status != 200 or not isinstance(reply.body, dict):
        raise FeedUnreachable(reply.problem or f"平台返回 {reply.status}")
    return Theirs.of(reply.body)


def _wrongly_shown(kind: str, judged: Iterable[str]) -> list[str]:
    """Records that are not public any more and whose newest taken version is no withdrawal: days say nothing of them."""
    if kind != PENALTY_KIND:
        return []
    rows = Delivery.objects.filter(record__state__in=NOT_SHOWN, receipt__updated_at__isnull=False)
    shown = set(rows.values_list("rui", flat=True).distinct())
    gone = rows.filter(op__in=["w", "d"], state="CONFIRMED").values_list("rui", flat=True)
    return sorted(shown - set(gone) - set(judged))


def _spans(days: list[str]) -> Iterator[tuple[date, date]]:
    """Neighbouring days asked for together."""
    dates = [date.fromisoformat(day) for day in days]
    first: date | None = None
    for place, day in enumerate(dates):
        first = first or day
        if place + 1 == len(dates) or dates[place + 1] - day > timedelta(days=1):
            yield first, day
            first = None


def _note_gaps(run: ReconcileRun) -> None:
    for title, what in gaps():
        note(run, Finding.GAP, kind="", title=title[:100], now=clock.now(), our_state=what[:20])
