"""Orders to correct and their re-check (责令改正, 处罚法28); clerical errors of sealed documents (S37)."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.approvals import decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.requests import ask_and_conclude, decline, refuse_all, said
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Approval, Case, CorrectionOrder, Document, RecheckResult
from lishu_law.errors import NotFound, Refusal

ORDER = "行政处罚法第二十八条第一款"
CLERICAL = "行政处罚法第五十九条"
_MONEY = re.compile(r"[0-9零壹贰叁肆伍陆柒捌玖拾佰仟萬万]\s*元")


@transaction.atomic(durable=True)
def issue_correction_order(
    *, case_id: int, version: int, by: Any, facts: str, basis: str, due_on: date | None, at: datetime | None = None
) -> CorrectionOrder:
    """Order the party to correct, at once or by a day (M16). It is served like any document and re-checked later."""
    doing = begin("issue_correction_order", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if due_on and due_on < doing.today:
        refuse_all([Refusal("inv-correct-order", "改正期限不能早于今天，请核对。", ORDER, "due_on")])
    order = CorrectionOrder.objects.create(
        case=doing.case, facts=facts, basis=basis, due_on=due_on, issued_by=by, issued_on=doing.today
    )
    data = contexts.correction_order(doing.loaded, doing, order)
    seal(doing.case, "correction_order", data, by=by, at=doing.at, part=f"order:{order.pk}")
    conclude(doing, part_id=order.pk, details={"order": order.pk, "due_on": str(due_on or "")})
    return order


@transaction.atomic(durable=True)
def recheck_correction(
    *, case_id: int, version: int, by: Any, part_id: int, result: str, note: str, at: datetime | None = None
) -> Case:
    """Two officers looked again; what they found (inv-correct-order)."""
    doing = begin("recheck_correction", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    if doing.loaded.facts.focused_order is None:
        raise NotFound
    missing = Refusal("inv-correct-order", "请写明复查的时间、方式和看到的情况（至少 10 字）。", ORDER, "note")
    refuse_all([*said(note, 10, missing), *rechecked_too_early(doing, result)])
    CorrectionOrder.objects.filter(case=doing.case, pk=part_id).update(
        result=result, recheck_note=note, rechecked_by=by, rechecked_at=doing.at
    )
    return conclude(doing, opinion=f"{RecheckResult(result).label}。{note}", details={"result": result})


def rechecked_too_early(doing: Doing, result: str) -> list[Refusal]:
    """inv-correct-order: before the day is over nobody has failed to correct."""
    order = doing.loaded.facts.focused_order
    if result != RecheckResult.NOT_CORRECTED or order is None or order.due_on is None or doing.today > order.due_on:
        return []
    message = f"改正期限到 {order.due_on:%Y-%m-%d} 才届满，届满前不能认定没有改正。"
    return [Refusal("inv-correct-order", message, ORDER, "result")]


@transaction.atomic(durable=True)
def ask_correction(
    *,
    case_id: int,
    version: int,
    by: Any,
    part_id: int,
    wrong: str,
    right: str,
    reason: str,
    at: datetime | None = None,
) -> Approval:
    """A clerical error of a sealed document: what stands there, what should stand there (decide-correct-clerical)."""
    doing = begin("ask_correction", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    document = Document.objects.get(case=doing.case, pk=part_id)
    refuse_all(clerical_faults(document, wrong, right))
    data = {"document": part_id, "wrong": wrong, "right": right}
    return ask_and_conclude(doing, "clerical", reason=reason, data=data, part=doing.part)


def clerical_faults(document: Document, wrong: str, right: str) -> list[Refusal]:
    """decide-correct-clerical: the words stand in the document, and what changes is no substance."""
    refusals, text = [], "".join(_texts(document.data))
    if wrong.strip() not in text:
        message = f"《{document.title}》里没有找到“{wrong}”这几个字。请照原文填写。"
        refusals.append(Refusal("decide-correct-clerical", message, CLERICAL, "wrong"))
    if wrong.strip() == right.strip():
        refusals.append(Refusal("decide-correct-clerical", "更正后与原文相同，请核对。", CLERICAL, "right"))
    if _MONEY.search(wrong) or _MONEY.search(right):
        message = "数额有误不是笔误，不能用更正代替。应当依法撤销或者变更决定。"
        refusals.append(Refusal("decide-correct-clerical", message, "行政处罚法第七十五条第二款", "wrong"))
    return refusals


def _texts(value: Any) -> list[str]:
    """Every text of a sealed document's data."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return []


@transaction.atomic(durable=True)
def decide_clerical(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """A head approves: a correction notice beside the document, which itself never changes (S37)."""
    doing = begin("decide_clerical", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    if not agree:
        return decline(doing, "clerical", opinion)
    check_guards(doing)
    approved = decide(doing, kind="clerical", agree=True, opinion=opinion)
    document = Document.objects.get(case=doing.case, pk=approved.data["document"])
    data = contexts.document_correction(doing.loaded, doing, (document, approved))
    seal(doing.case, "document_correction", data, by=by, at=doing.at, part=f"document:{document.pk}")
    return conclude(doing, opinion=opinion, details={"document": document.pk})
