"""涉案财物: received by the custodian, given back, disposed of, transferred. Only the custodian writes the ledger (强制法26–28)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions import measure_checks as checks
from cases.actions.approvals import ask
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.incidents import raise_incident
from cases.actions.limits import cancel_limit
from cases.actions.measure_checks import Answer
from cases.actions.measures import decide_request, measure_of, raise_all
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import CustodyEntry, CustodyKind, ItemState, Measure
from cases.procedure.measures_facts import Ending, MeasureState
from lishu_law.errors import Refusal
from lishu_law.registry.models import StoredFile

DISPOSAL = "measure-disposal"


@dataclass(frozen=True)
class HandOver:
    """Who gave what to whom, when, in which condition."""

    at: datetime
    handed_by: str
    received_by: str
    place: str
    condition: str
    proof: StoredFile | None = None


def _not_ahead(doing: Doing, new: HandOver, measure: Measure) -> list[Refusal]:
    if measure.taken_at and measure.taken_at <= new.at <= doing.at:
        return []
    return [Refusal("custody-time", "交接时间要在取得物品之后、现在之前，请核对。", "行政强制法第二十六条", "at")]


def _write(doing: Doing, measure: Measure, kind: str, new: HandOver, **more: Any) -> CustodyEntry:
    """One line of the ledger, with the form S15 as it stands after it."""
    entry = CustodyEntry(
        measure=measure, kind=kind, recorded_at=doing.at, recorded_by=doing.by, **vars(new), **more
    )  # fmt: skip
    data = contexts.custody_ledger(doing.loaded, measure, entry)
    entry.document = seal(doing.case, "custody_ledger", data, by=doing.by, at=doing.at, part=measure.part)
    entry.save(force_insert=True)
    return entry


@transaction.atomic(durable=True)
def hand_over_items(
    *, case_id: int, version: int, by: Any, part_id: int, new: HandOver, custody_answer: Answer,
    late_reason: str = "", at: datetime | None = None,
) -> CustodyEntry:  # fmt: skip
    """The custodian takes the things (or the papers of what stayed in place) within twenty-four hours."""
    doing = begin("hand_over_items", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    limits = doing.loaded.facts.limits
    due = next((one.due_at for one in limits if one.code == "coerce-custody-24h" and one.part == measure.part), None)
    is_late = due is not None and new.at > due
    raise_all([
        *_not_ahead(doing, new, measure), *checks.kept_safe(custody_answer), *checks.late_told(is_late, late_reason),
    ])  # fmt: skip
    if is_late:
        text = "涉案财物超过二十四小时才移交保管。"
        raise_incident(doing.case, measure.part, "coerce-custody-24h", text, doing.at)
    answers = checks.stored_answers({"custody": custody_answer})
    entry = _write(doing, measure, CustodyKind.RECEIVED, new, answers=answers, late_reason=late_reason)
    measure.items.filter(state=ItemState.HELD).update(kept_at=new.place)
    conclude(doing, details={"entry": entry.pk, "late": is_late})
    return entry


@transaction.atomic(durable=True)
def return_items(
    *, case_id: int, version: int, by: Any, part_id: int, new: HandOver, is_checked: bool, at: datetime | None = None
) -> CustodyEntry:
    """Give everything back at once; the party checks the list and signs it (强制法28第二款)."""
    doing = begin("return_items", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    raise_all([
        *_not_ahead(doing, new, measure), *checks.list_checked(is_checked=is_checked, receiver=new.received_by),
    ])  # fmt: skip
    entry = _write(doing, measure, CustodyKind.RETURNED, new)
    _settle(doing, measure, ItemState.RETURNED)
    if measure.state == MeasureState.PENDING:
        measure.state = MeasureState.LIFTED
        measure.ended_at, measure.ending = measure.ended_at or doing.at, measure.ending or Ending.LIFTED
        measure.save(update_fields=["state", "ended_at", "ending"])
    conclude(doing, details={"entry": entry.pk})
    return entry


def _settle(doing: Doing, measure: Measure, state: str) -> None:
    measure.items.filter(state=ItemState.HELD).update(state=state, settled_at=doing.at)


@transaction.atomic(durable=True)
def publish_unclaimed(
    *, case_id: int, version: int, by: Any, part_id: int, place: str, at: datetime | None = None
) -> Measure:
    """The party does not come: public notice, three months from today (公路安全保护条例72)."""
    doing = begin("publish_unclaimed", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    measure.state = MeasureState.PENDING
    measure.save(update_fields=["state"])
    cancel_limit(doing.case, "coerce-30d", part=measure.part)
    conclude(doing, opinion=place)
    return measure


@transaction.atomic(durable=True)
def request_disposal(
    *, case_id: int, version: int, by: Any, part_id: int, outcome: str, basis: str, at: datetime | None = None
) -> Measure:
    """Ask how the things may be disposed of: confiscated or destroyed by decision, sold after the notice."""
    doing = begin("request_disposal", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    raise_all(checks.disposal_has_basis(doing, measure, outcome, basis))
    ask(doing, DISPOSAL, reason=basis, data={"outcome": outcome}, part=measure.part)
    conclude(doing, opinion=basis, details={"outcome": outcome})
    return measure


@transaction.atomic(durable=True)
def approve_disposal(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Measure:
    """The head decides on the disposal (C7)."""
    doing = begin("approve_disposal", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    request = decide_request(doing, DISPOSAL, agree=agree, opinion=opinion)
    if agree:
        _settle(doing, measure, request.data["outcome"])
        _end(measure, MeasureState.DISPOSED, Ending.DISPOSED, doing.at)
    conclude(doing, outcome="done" if agree else "refused", opinion=opinion)
    return measure


@transaction.atomic(durable=True)
def transfer_items(
    *, case_id: int, version: int, by: Any, part_id: int, new: HandOver, at: datetime | None = None
) -> CustodyEntry:
    """The things go along with the transferred case (C8; 强制法21)."""
    doing = begin("transfer_items", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    raise_all(_not_ahead(doing, new, measure))
    entry = _write(doing, measure, CustodyKind.TRANSFERRED, new)
    _settle(doing, measure, ItemState.TRANSFERRED)
    _end(measure, MeasureState.TRANSFERRED, Ending.TRANSFERRED, doing.at)
    conclude(doing, details={"entry": entry.pk})
    return entry


def _end(measure: Measure, state: MeasureState, ending: Ending, at: datetime) -> None:
    measure.state, measure.ended_at, measure.ending = state, measure.ended_at or at, ending
    measure.save(update_fields=["state", "ended_at", "ending"])
