"""What the calendar does by itself: a period ends, a measure lapses (处罚法56; 强制法25、28第一款第四项; 程序规定).

Run again and again by the worker; each measure in a transaction of its own behind the lock of its case, so that two
runs at one time lapse it once.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import lock_case
from cases.actions.incidents import raise_incident
from cases.actions.limits import cancel_limit, running, stop_limit
from cases.actions.measures import free_what_stayed
from cases.actions.measures_running import resume_after_testing
from cases.models import Deadline, DeadlineState, Measure
from cases.procedure.measures_facts import IN_FORCE, PERIODS, Ending, MeasureKind, MeasureState
from lishu_law import clock
from lishu_law.audit import journal

_WORDS = {
    "pres-7d": "先行登记保存满七个工作日没有处理，已自动解除。请立即退还并制作解除决定书。",
    "coerce-30d": "扣押、扣留期限届满没有作出处理决定，已自动解除。请立即退还并制作解除决定书。",
    "coerce-24h": "紧急措施超过二十四小时没有补办批准。请立即解除并退还。",
}


def overdue_measures(at: datetime) -> list[int]:
    """Measures for which the calendar has something to do, oldest first."""
    today = clock.local(at).date()
    running_limits = Deadline.objects.filter(state=DeadlineState.RUNNING, part__startswith="measure:")
    over = running_limits.filter(code__in=set(PERIODS.values()), due__lt=today)
    unapproved = running_limits.filter(code="coerce-24h", due_at__lt=at)
    parts = {*over.values_list("part", flat=True), *unapproved.values_list("part", flat=True)}
    tested = Measure.objects.filter(state=MeasureState.TESTING, testing_until__lt=today)
    found = {int(part.partition(":")[2]) for part in parts} | set(tested.values_list("pk", flat=True))
    return sorted(Measure.objects.filter(pk__in=found, state__in=IN_FORCE).values_list("pk", flat=True))


def lapse_overdue(at: datetime | None = None) -> int:
    """Everything the calendar has to do now; how many measures it changed."""
    moment = at or clock.now()
    return sum(lapse_measure(measure_id=pk, at=moment) for pk in overdue_measures(moment))


@transaction.atomic(durable=True)
def lapse_measure(*, measure_id: int, at: datetime, by: Any = None) -> bool:
    """One measure: end a testing time that is over, record missing approval, let a finished period lapse.

    Asked again under the lock; the second of two runs finds nothing to do and changes nothing.
    """
    case = lock_case(Measure.objects.values_list("case_id", flat=True).get(pk=measure_id), None)
    measure = Measure.objects.select_for_update().get(pk=measure_id)
    today, done = clock.local(at).date(), []
    if measure.state == MeasureState.TESTING and measure.testing_until and measure.testing_until < today:
        resume_after_testing(measure, today)
        done.append("testing_over")
    if measure.state == MeasureState.URGENT and _is_unapproved(measure, at):
        done += ["unapproved"] if raise_incident(case, measure.part, "coerce-24h", _WORDS["coerce-24h"], at) else []
    if measure.state in IN_FORCE and _is_over(measure, today):
        _lapse(measure, at)
        done.append("lapsed")
    if not done:
        return False
    case.version += 1
    case.updated_at = at
    case.save(update_fields=["version", "updated_at"])
    journal.record(
        "case.measure_lapsed" if "lapsed" in done else "case.measure_watched",
        by=by, on=("case", case.pk), details={"part": measure.part, "done": done, "version": case.version},
    )  # fmt: skip
    return True


def _is_unapproved(measure: Measure, at: datetime) -> bool:
    return bool(running(measure.case, "coerce-24h", part=measure.part).filter(due_at__lt=at).exists())


def _is_over(measure: Measure, today: date) -> bool:
    code = PERIODS[MeasureKind(measure.kind)]
    found = running(measure.case, code, part=measure.part).first()
    return found is not None and not found.is_paused and found.due < today


def _lapse(measure: Measure, at: datetime) -> None:
    """pres-auto-release, coerce-expire-auto: the state, the return that is due, the incident."""
    code = PERIODS[MeasureKind(measure.kind)]
    measure.state, measure.ended_at, measure.ending = MeasureState.LIFTED, at, Ending.LAPSED
    measure.ground = "" if measure.is_preservation else "4"
    measure.save(update_fields=["state", "ended_at", "ending", "ground"])
    free_what_stayed(measure, at)
    stop_limit(measure.case, code, at, part=measure.part)
    cancel_limit(measure.case, "coerce-24h", part=measure.part)
    raise_incident(measure.case, measure.part, code, _WORDS[code], at)
