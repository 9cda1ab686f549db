"""Closing and archiving (close-conditions, archive-*)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import begin, check_guards, conclude, lock_case, send_back, stop_limit
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Case, Closure
from lishu_law import clock
from lishu_law.audit import journal


@transaction.atomic(durable=True)
def propose_closing(
    *, case_id: int, version: int, by: Any, result: str, execution: str, at: datetime | None = None
) -> Case:
    """The closing report: result and execution; everything served, paid and public."""
    doing = begin("propose_closing", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    Closure.objects.update_or_create(
        case=doing.case, defaults={"result": result, "execution": execution, "by": by, "at": doing.at}
    )
    return conclude(doing, changed={"returned_reason": ""})


@transaction.atomic(durable=True)
def endorse_closing(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The squad leader's opinion on the closing report."""
    doing = begin("endorse_closing", case_id=case_id, version=version, by=by, at=at)
    if not agree:
        return send_back(doing, opinion)
    check_guards(doing)
    return conclude(doing, opinion=opinion)


@transaction.atomic(durable=True)
def approve_closing(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The head approves the closing; thirty days for the archive start."""
    doing = begin("approve_closing", case_id=case_id, version=version, by=by, at=at)
    if not agree:
        return send_back(doing, opinion)
    check_guards(doing)
    seal(doing.case, "closing_report", contexts.closing_report(doing.loaded, doing, opinion), by=by, at=doing.at)
    return conclude(doing, opinion=opinion, changed={"closed_on": doing.today, "returned_reason": ""})


@transaction.atomic(durable=True)
def archive(*, case_id: int, version: int, by: Any, opinion: str = "", at: datetime | None = None) -> Case:
    """Taken into the archive; read-only from here on (archive-lock)."""
    doing = begin("archive", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    return conclude(doing, opinion=opinion, changed={"archived_on": doing.today})


def mark_disclosed_core(*, case_id: int, by: Any, at: datetime | None = None) -> Case:
    """The decision became public: its seven working days end (pub-7wd).

    The undecorated core: the disclosure package calls it in its own transaction.
    """
    case = lock_case(case_id, None)
    case.disclosed_on = clock.local(at or clock.now()).date()
    case.save(update_fields=["disclosed_on"])
    stop_limit(case, "pub-7wd", case.disclosed_on)
    return case


@transaction.atomic(durable=True)
def mark_disclosed(*, case_id: int, by: Any, at: datetime | None = None) -> Case:
    """The decision became public."""
    case = mark_disclosed_core(case_id=case_id, by=by, at=at)
    journal.record("case.disclosed", by=by, on=("case", case.pk))
    return case
