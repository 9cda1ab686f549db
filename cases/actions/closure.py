"""Closing and archiving (close-conditions, archive-*)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude, lock_case, send_back
from cases.actions.limits import cancel_limit, stop_limit
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Case, Closure, Ruling
from cases.procedure.ending import kind_of_closing
from cases.procedure.states import State
from lishu_law import clock
from lishu_law.audit import journal


@transaction.atomic(durable=True)
def propose_closing(
    *, case_id: int, version: int, by: Any, result: str, execution: str, at: datetime | None = None
) -> Case:
    """The closing report: result and execution; everything served, paid and public."""
    doing = begin("propose_closing", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    kind = kind_of_closing(doing.loaded.facts, doing.today)
    Closure.objects.update_or_create(
        case=doing.case, defaults={"kind": kind, "result": result, "execution": execution, "by": by, "at": doing.at}
    )
    return conclude(doing, changed={"returned_reason": ""}, details={"kind": kind})


def _back(doing: Doing, reason: str) -> Case:
    """A returned closing goes back to the state it was proposed from."""
    proposed = next(step for step in reversed(doing.loaded.steps) if step.code == "propose_closing")
    return send_back(doing, reason, to_state=State(proposed.from_state))


@transaction.atomic(durable=True)
def endorse_closing(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The squad leader's opinion on the closing report."""
    doing = begin("endorse_closing", case_id=case_id, version=version, by=by, at=at)
    if not agree:
        return _back(doing, opinion)
    check_guards(doing)
    return conclude(doing, opinion=opinion)


@transaction.atomic(durable=True)
def approve_closing(
    *, case_id: int, version: int, by: Any, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The head approves the closing; thirty days for the archive start."""
    doing = begin("approve_closing", case_id=case_id, version=version, by=by, at=at)
    if not agree:
        return _back(doing, opinion)
    check_guards(doing)
    cancel_limit(doing.case, "decide-90d")  # of a case that ends without a decision
    seal(doing.case, "closing_report", contexts.closing_report(doing.loaded, doing, opinion), by=by, at=doing.at)
    return conclude(doing, opinion=opinion, changed={"closed_on": doing.today, "returned_reason": ""})


@transaction.atomic(durable=True)
def archive(*, case_id: int, version: int, by: Any, opinion: str = "", at: datetime | None = None) -> Case:
    """Taken into the archive; read-only from here on (archive-lock)."""
    doing = begin("archive", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    return conclude(doing, opinion=opinion, changed={"archived_on": doing.today})


def mark_disclosed_core(
    *, case_id: int, by: Any, at: datetime | None = None, shown: contexts.Published | None = None
) -> Case:
    """The decision became public: its seven working days end (pub-7wd), and the 公示表 (S42) goes into the file.

    The undecorated core: the disclosure package calls it in its own transaction.
    """
    case = lock_case(case_id, None)
    if shown is not None:
        moment = at or clock.now()
        seal(case, "publication_sheet", contexts.publication_sheet(shown, by, moment), by=by, at=moment)
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


def mark_withdrawn_core(
    *, ruling_id: int, on: date, why: contexts.TakenDown | None = None, by: Any = None, at: datetime | None = None
) -> None:
    """The publication of a fallen or changed decision was withdrawn, or there was none: three working days end.

    ``why``, ``by`` and ``at`` for what was public: the 撤回说明 (S36) goes into the file. The undecorated core: the
    disclosure package calls it in its own transaction (pub-withdraw-3d).
    """
    ruling = Ruling.objects.get(pk=ruling_id)
    case = lock_case(ruling.case_id, None)
    if why is not None and at is not None:
        paper = contexts.withdrawal_statement(why, by, at)
        seal(case, "withdrawal_statement", paper, by=by, at=at, part=f"ruling:{ruling_id}")
    ruling.withdrawn_on = on
    ruling.save(update_fields=["withdrawn_on"])
    stop_limit(case, "pub-withdraw-3d", on, part=f"ruling:{ruling_id}")
