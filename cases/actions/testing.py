"""委托鉴定、检测: commissioned, answered, told to the party (处罚法46). The pause of a seizure's clock is not decided here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions import evidence_checks as checks
from cases.actions.doing import begin, check_guards, conclude
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import CommissionOutcome, Evidence, EvidenceKind, TestingCommission
from lishu_law import clock
from lishu_law.errors import Refusal, Refused
from lishu_law.registry.models import StoredFile

LAW = "行政处罚法第四十六条第一款"


@dataclass(frozen=True)
class NewCommission:
    institution: str
    matter: str
    sample: str
    begins_on: date
    due_on: date
    qualification: str = ""
    no_qualification_note: str = ""


@dataclass(frozen=True)
class NewResult:
    """The answer: a result with its paper, or that the commission was withdrawn."""

    outcome: str
    result_on: date
    result: str
    file: StoredFile | None = None


@transaction.atomic(durable=True)
def commission_test(
    *, case_id: int, version: int, by: Any, commission: NewCommission, at: datetime | None = None
) -> TestingCommission:
    """Ask a qualified institution; the letter (S08) also tells the party from when to when it will take."""
    doing = begin("commission_test", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    refusals = checks.institution_qualified(commission.qualification, commission.no_qualification_note)
    if commission.due_on < commission.begins_on:
        refusals.append(Refusal("inv-appraise", "完成日期不能早于开始日期，请核对。", LAW, "due_on"))
    if refusals:
        raise Refused(refusals)
    note = commission.no_qualification_note.strip()
    row = TestingCommission.objects.create(
        case=doing.case, institution=commission.institution, qualification=commission.qualification,
        matter=commission.matter, sample=commission.sample, begins_on=commission.begins_on, due_on=commission.due_on,
        warnings={"inv-appraise": note} if note else {}, commissioned_by=doing.by, commissioned_at=doing.at,
    )  # fmt: skip
    data = contexts.testing_commission(doing.loaded, row)
    document = seal(doing.case, "testing_commission", data, by=by, at=doing.at, part=f"commission:{row.pk}")
    conclude(doing, details={"commission": row.pk, "document": document.pk})
    return row


@transaction.atomic(durable=True)
def record_test_result(
    *, case_id: int, version: int, by: Any, part_id: int, result: NewResult, at: datetime | None = None
) -> TestingCommission:
    """The result becomes evidence (鉴定意见), to be verified like any other; a withdrawal ends the commission."""
    doing = begin("record_test_result", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    row = TestingCommission.objects.get(case=doing.case, pk=part_id)
    _check_result(row, result, doing.today)
    row.outcome, row.result_on, row.result = result.outcome, result.result_on, result.result
    if result.outcome == CommissionOutcome.RESULT:
        row.evidence = Evidence.objects.create(
            case=doing.case, kind=EvidenceKind.EXPERT, title=f"{row.institution}鉴定、检测意见"[:100],
            purpose=f"证明{row.matter}"[:300], file=result.file, obtained_at=doing.at, obtained_place=row.institution,
            collected_by=doing.by, added_at=doing.at,
        )  # fmt: skip
    row.save(update_fields=["outcome", "result_on", "result", "evidence"])
    conclude(doing, details={"commission": row.pk, "outcome": result.outcome})
    return row


def _check_result(row: TestingCommission, new: NewResult, today: date) -> None:
    refusals = []
    if not new.result.strip():
        refusals.append(Refusal("inv-appraise", "请写明结果；撤回委托的，请写明原因。", LAW, "result"))
    if new.result_on > today:
        refusals.append(Refusal("inv-appraise", "结果日期不能晚于今天，请核对。", LAW, "result_on"))
    if new.result_on < clock.local(row.commissioned_at).date():
        refusals.append(Refusal("inv-appraise", "结果日期早于委托日期，请核对。", LAW, "result_on"))
    if new.outcome == CommissionOutcome.RESULT and new.file is None:
        refusals.append(Refusal("inv-appraise", "请上传鉴定意见或者检测报告。", LAW, "file"))
    if refusals:
        raise Refused(refusals)


@transaction.atomic(durable=True)
def tell_test_result(
    *, case_id: int, version: int, by: Any, part_id: int, told_on: date, told_how: str, at: datetime | None = None
) -> TestingCommission:
    """The result is given to the party."""
    doing = begin("tell_test_result", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    row = TestingCommission.objects.get(case=doing.case, pk=part_id)
    refusals = []
    if told_on > doing.today or (row.result_on and told_on < row.result_on):
        refusals.append(Refusal("inv-appraise", "告知日期要在出结果之后、今天以前，请核对。", LAW, "told_on"))
    if not told_how.strip():
        refusals.append(Refusal("inv-appraise", "请写明怎样告知当事人、当事人有什么意见。", LAW, "told_how"))
    if refusals:
        raise Refused(refusals)
    row.told_on, row.told_how = told_on, told_how
    row.save(update_fields=["told_on", "told_how"])
    conclude(doing, details={"commission": row.pk})
    return row
