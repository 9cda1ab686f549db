"""How a measure ends: release, lifting on a ground of 强制法28, and the paper for what ended by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions import measure_checks as checks
from cases.actions.approvals import ask
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import cancel_limit
from cases.actions.measures import decide_request, end_measure, measure_of, raise_all, seal_release
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Document, Measure
from cases.procedure.measures_facts import Ending
from lishu_law.errors import Refusal

LIFTING = "measure-lifting"


@transaction.atomic(durable=True)
def request_preservation_release(
    *, case_id: int, version: int, by: Any, part_id: int, reason: str, at: datetime | None = None
) -> Measure:
    """Within seven working days: recorded or copied, tested, or no longer needed (pres-7d)."""
    doing = begin("request_preservation_release", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    raise_all(_handling_told(reason))
    return _ask(doing, reason, {})


def _handling_told(reason: str) -> list[Refusal]:
    if reason.strip():
        return []
    message = "请写明怎样处理的，例如已经复制、拍照，或者不再需要保存。"
    return [Refusal("pres-7d", message, "行政处罚法第五十六条", "reason")]


@transaction.atomic(durable=True)
def request_lifting(
    *, case_id: int, version: int, by: Any, part_id: int, ground: str, reason: str, at: datetime | None = None
) -> Measure:
    """A ground of 强制法28 has arisen: lift promptly (coerce-lift-grounds)."""
    doing = begin("request_lifting", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    raise_all(checks.ground_named(ground))
    return _ask(doing, reason, {"ground": ground})


def _ask(doing: Doing, reason: str, data: dict[str, Any]) -> Measure:
    measure = measure_of(doing)
    ask(doing, LIFTING, reason=reason, data=data, part=measure.part)
    conclude(doing, opinion=reason, details=data)
    return measure


@transaction.atomic(durable=True)
def approve_preservation_release(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Measure:
    """The head releases the registered things; approval form and decision are sealed together."""
    doing = begin("approve_preservation_release", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    return _lift(doing, "preservation_release_approval", agree=agree, opinion=opinion)


@transaction.atomic(durable=True)
def approve_lifting(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Measure:
    """The head lifts the measure; the things go back at once with the return list (强制法28第二款)."""
    doing = begin("approve_lifting", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    return _lift(doing, "measure_change_approval", agree=agree, opinion=opinion)


def _lift(doing: Doing, form: str, *, agree: bool, opinion: str) -> Measure:
    check_guards(doing)
    measure = measure_of(doing)
    request = decide_request(doing, LIFTING, agree=agree, opinion=opinion)
    data = getattr(contexts, form)(doing.loaded, doing, measure, request)
    seal(doing.case, form, data, by=doing.by, at=doing.at, part=measure.part)
    if agree:
        end_measure(doing, measure, Ending.LIFTED, ground=request.data.get("ground", ""))
        cancel_limit(doing.case, "coerce-24h", part=measure.part)
        seal_release(doing, measure)
    conclude(doing, outcome="done" if agree else "refused", opinion=opinion)
    return measure


@transaction.atomic(durable=True)
def issue_release(*, case_id: int, version: int, by: Any, part_id: int, at: datetime | None = None) -> Document:
    """The paper for what lapsed by itself, or whose twenty-four hours passed without approval (coerce-expire-auto)."""
    doing = begin("issue_release", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    measure = measure_of(doing)
    if not measure.ending:
        end_measure(doing, measure, Ending.UNAPPROVED, ground="5")
        for code in ("coerce-24h", "coerce-30d"):
            cancel_limit(doing.case, code, part=measure.part)
    document = seal_release(doing, measure)
    conclude(doing, details={"document": document.pk})
    return document
