"""While a seizure runs: its one extension and the testing time that does not count (强制法25)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions import measure_checks as checks
from cases.actions.approvals import ask
from cases.actions.doing import begin, check_guards, conclude
from cases.actions.limits import extend_limit, pause_limit, resume_limit
from cases.actions.measures import decide_request, measure_of, raise_all
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Document, Measure
from cases.procedure.measures_facts import MeasureState

EXTENSION = "measure-extension"


@transaction.atomic(durable=True)
def request_measure_extension(
    *, case_id: int, version: int, by: Any, part_id: int, days: int, reason: str, at: datetime | None = None
) -> Measure:
    """Ask for the extension before the first period ends (coerce-extend)."""
    doing = begin("request_measure_extension", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    raise_all(checks.extension_lawful(days, reason))
    measure = measure_of(doing)
    ask(doing, EXTENSION, reason=reason, data={"days": days}, part=measure.part)
    conclude(doing, opinion=reason, details={"days": days})
    return measure


@transaction.atomic(durable=True)
def approve_measure_extension(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Measure:
    """The head extends, once, by at most thirty days; the party gets the notice with the reasons (强制法25第二款)."""
    doing = begin("approve_measure_extension", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    request = decide_request(doing, EXTENSION, agree=agree, opinion=opinion)
    form = contexts.measure_change_approval(doing.loaded, doing, measure, request)
    approval = seal(doing.case, "measure_change_approval", form, by=by, at=doing.at, part=measure.part)
    if agree:
        days = int(request.data["days"])
        extend_limit(doing.case, "coerce-30d", "coerce-extend", days=days, document=str(approval.pk), part=measure.part)
        measure.state, measure.extended_at = MeasureState.EXTENDED, doing.at
        measure.save(update_fields=["state", "extended_at"])
        notice = contexts.measure_extension(doing.loaded, doing, measure, request)
        seal(doing.case, "measure_extension", notice, by=by, at=doing.at, part=measure.part)
    conclude(doing, outcome="done" if agree else "refused", opinion=opinion)
    return measure


@transaction.atomic(durable=True)
def notify_testing(
    *, case_id: int, version: int, by: Any, part_id: int, body: str, matter: str, first: date, last: date,
    at: datetime | None = None,
) -> Document:  # fmt: skip
    """Fix the testing time and tell it in writing; the clock stands still only after this was served."""
    doing = begin("notify_testing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    raise_all(checks.testing_period_lawful(first, last, doing.today))
    measure = measure_of(doing)
    measure.testing_body, measure.testing_from, measure.testing_until = body, first, last
    measure.save(update_fields=["testing_body", "testing_from", "testing_until"])
    data = contexts.measure_testing(doing.loaded, doing, measure, matter)
    document = seal(doing.case, "testing_commission", data, by=by, at=doing.at, part=measure.part)
    conclude(doing, details={"from": first.isoformat(), "until": last.isoformat()})
    return document


@transaction.atomic(durable=True)
def send_for_testing(*, case_id: int, version: int, by: Any, part_id: int, at: datetime | None = None) -> Measure:
    """The things went to the test: the period stands still from today (not before the notice was served)."""
    doing = begin("send_for_testing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    notice = next(
        d for d in reversed(doing.loaded.documents) if d.code == "testing_commission" and d.part == measure.part
    )
    first = max(doing.today, measure.testing_from or doing.today)
    pause_limit(doing.case, "coerce-30d", first, "检测、鉴定中", document=str(notice.pk), part=measure.part)
    measure.state = MeasureState.TESTING
    measure.save(update_fields=["state"])
    conclude(doing, details={"from": first.isoformat(), "notice": notice.pk})
    return measure


@transaction.atomic(durable=True)
def finish_testing(*, case_id: int, version: int, by: Any, part_id: int, at: datetime | None = None) -> Measure:
    """The test is over: the rest of the period runs on; never more than the time told is left out."""
    doing = begin("finish_testing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    last = resume_after_testing(measure, doing.today)
    conclude(doing, details={"until": last.isoformat()})
    return measure


def resume_after_testing(measure: Measure, today: date) -> date:
    """Start the clock again with the earlier of today and the told end; returns that day."""
    told_from, told_until = measure.testing_from or today, measure.testing_until or today
    last = max(told_from, min(today, told_until))
    resume_limit(measure.case, "coerce-30d", last, part=measure.part)
    measure.state = MeasureState.EXTENDED if measure.extended_at else MeasureState.TAKEN
    measure.testing_from = measure.testing_until = None
    measure.save(update_fields=["state", "testing_from", "testing_until"])
    return last
