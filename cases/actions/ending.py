"""A clue that is not filed (X1) and a filed case that is withdrawn or no longer investigated (X2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.approvals import decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import cancel_all
from cases.actions.requests import ask_and_conclude, decline, refuse_all, said
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Approval, Case, Informant
from cases.procedure.ending import ENDINGS
from lishu_law import clock
from lishu_law.errors import Refusal, Refused

FILING = "行政处罚法第五十四条第二款"


@dataclass(frozen=True)
class NewInformant:
    """Who reported what. All but name, content and time is only what the informant wants to say."""

    name: str
    content: str
    reported_at: datetime
    contact: str = ""
    way: str = ""
    gender: str = ""
    id_number: str = ""
    address: str = ""
    remarks: str = ""


@transaction.atomic(durable=True)
def record_informant(
    *, case_id: int, version: int, by: Any, informant: NewInformant, at: datetime | None = None
) -> Case:  # fmt: skip
    """Who reported, apart from the case file and readable to few (clue-informant-secret).

    The 举报记录 (S01) is drawn from this row when it is printed for signing, and is stored nowhere else.
    """
    doing = begin("record_informant", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if doing.loaded.facts.informants:
        raise Refused(
            [Refusal("clue-informant-secret", "本案已经登记举报人，不用重复登记。", "行政处罚法第五十条", "case")]
        )
    Informant.objects.create(case=doing.case, recorded_by=by, **vars(informant))
    return conclude(doing)  # neither journal nor timeline says who


@transaction.atomic(durable=True)
def answer_informant(*, case_id: int, version: int, by: Any, answer: str, at: datetime | None = None) -> Case:
    """The named informant was told what became of the report (file-not)."""
    doing = begin("answer_informant", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    changed = Informant.objects.filter(case=doing.case, answered_on__isnull=True).update(
        answered_on=doing.today, answer=answer
    )
    if not changed:
        raise Refused([Refusal("file-not", "没有等待答复的举报人，请回到案件页核对。", FILING, "case")])
    return conclude(doing)


@transaction.atomic(durable=True)
def propose_not_filing(
    *, case_id: int, version: int, by: Any, verification: str, reason: str, informant_note: str = "",
    at: datetime | None = None,
) -> Approval:  # fmt: skip
    """The clue was checked and does not lead to a case: why, and what the informant was told (file-not)."""
    doing = begin("propose_not_filing", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    refuse_all(
        [
            *said(reason, 10, Refusal("file-not", "请写明不予立案的具体理由（至少 10 字）。", FILING, "reason")),
            *informant_unanswered(doing.loaded.facts.informants, informant_note),
        ]
    )
    data = {"verification": verification, "informant": informant_note}
    return ask_and_conclude(doing, "not_filing", reason=reason, data=data)


def informant_unanswered(informants: tuple[Any, ...], note: str) -> list[Refusal]:
    """file-not: a named informant is answered, or it is said why not yet."""
    if all(one.is_answered for one in informants) or note.strip():
        return []
    message = "本案有实名举报人，还没有答复。请先答复举报人，或者写明什么时候、怎样答复。"
    return [Refusal("file-not", message, FILING, "answer_informant")]


@transaction.atomic(durable=True)
def decide_not_filing(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """A head decides: the clue ends here, or goes back to be filed."""
    doing = begin("decide_not_filing", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    if not agree:
        return decline(doing, "not_filing", opinion)
    check_guards(doing)
    approved = decide(doing, kind="not_filing", agree=True, opinion=opinion)
    data = contexts.no_filing_approval(doing.loaded, doing, approved)
    seal(doing.case, "no_filing_approval", data, by=by, at=doing.at, part=doing.part)
    doing.part_id = None  # what follows concerns the case, not the request
    return conclude(doing, opinion=opinion, changed={"closed_on": clock.local(doing.at).date()})


@transaction.atomic(durable=True)
def propose_ending(
    *, case_id: int, version: int, by: Any, ground: str, reason: str, at: datetime | None = None
) -> Approval:
    """Ask to withdraw the filing or to stop the investigation, on one of the grounds (file-withdraw, inv-terminate)."""
    doing = begin("propose_ending", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    ending = ENDINGS[ground]
    missing = Refusal(ending.rule_id, "请写明具体的事实和理由（至少 10 字）。", "行政处罚法第五十七条第一款", "reason")
    refuse_all(said(reason, 10, missing))
    return ask_and_conclude(doing, ending.kind, reason=reason, data={"ground": ground})


@transaction.atomic(durable=True)
def decide_withdrawal(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """A head decides on 撤销立案; on approval every clock stops for good."""
    doing = begin("decide_withdrawal", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    return _decide(doing, "withdrawal", agree=agree, opinion=opinion)


@transaction.atomic(durable=True)
def decide_termination(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """A head decides on 终止调查; on approval every clock stops for good."""
    doing = begin("decide_termination", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    return _decide(doing, "termination", agree=agree, opinion=opinion)


def _decide(doing: Doing, kind: str, *, agree: bool, opinion: str) -> Case:
    if not agree:
        return decline(doing, kind, opinion)
    check_guards(doing)
    approved = decide(doing, kind=kind, agree=True, opinion=opinion)
    data = contexts.ending_approval(doing.loaded, doing, approved)
    seal(doing.case, f"{kind}_approval", data, by=doing.by, at=doing.at, part=doing.part)
    cancel_all(doing.case)
    return conclude(doing, opinion=opinion, changed={"returned_reason": ""}, details={"kind": kind})
