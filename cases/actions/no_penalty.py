"""The decision not to penalise (X4): a ground that fits the facts, education, a numbered decision that is served."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.actions.approvals import decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import cancel_all
from cases.actions.phrase_use import Insertion, keep_phrases
from cases.actions.requests import ask_and_conclude, decline, refuse_all, request_at_hand, said, sign
from cases.documents import contexts
from cases.documents.issue import number_for, seal
from cases.models import Approval, Case, NoPenalty
from cases.procedure.no_penalty import GROUNDS, Ground
from cases.procedure.phrase_places import EDUCATION, NO_PENALTY
from cases.procedure.states import State
from cases.queries.first_violation import first_violation
from lishu_law.errors import Refusal, Refused


@transaction.atomic(durable=True)
def propose_no_penalty(
    *,
    case_id: int,
    version: int,
    by: Any,
    ground: str,
    reason: str,
    education: str,
    is_listed: bool = False,
    phrases: Sequence[Insertion] = (),
    at: datetime | None = None,
) -> Approval:
    """The 主办人 proposes not to penalise: ground, why it fits, how the party was educated."""
    doing = begin("propose_no_penalty", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    known = GROUNDS[ground]
    refuse_all([
        *ground_fits_age(doing, known),
        *first_offence_faults(doing, known),
        *correction_missing(doing, known),
        *exemption_barred(doing, known),
        *said(reason, 20, Refusal(known.rule_id, "请写明事实和证据为什么符合这一情形（至少 20 字）。", known.citation, "reason")),
        *education_missing(education),
    ])  # fmt: skip
    asked = first_violation(doing.case, by, doing.at).sentence() if ground == "first_offence" else ""
    data = {"ground": ground, "education": education, "is_listed": is_listed, "first_query": asked}
    used = keep_phrases(doing, phrases, {NO_PENALTY.home: reason, EDUCATION.home: education})
    return ask_and_conclude(doing, "no_penalty", reason=reason, data=data, details=used)


def ground_fits_age(doing: Doing, ground: Ground) -> list[Refusal]:
    """decide-minor-u14: under fourteen, and only then, the ground is the age."""
    party = doing.loaded.facts.party
    age = party.age_at_act if party else None
    is_child = age is not None and age < 14
    if is_child == (ground.code == "under_14"):
        return []
    said_age = f"行为时 {age} 周岁" if age is not None else "年龄没有查明或者不是自然人"
    message = f"当事人{said_age}，与所选的情形不一致。请核对后重新选择。"
    return [Refusal("decide-minor-u14", message, "行政处罚法第三十条", "ground")]


def first_offence_faults(doing: Doing, ground: Ground) -> list[Refusal]:
    """decide-first-offence: the register holds no earlier act of this kind, penalised or not (处罚法33)."""
    if ground.code != "first_offence":
        return []
    asked = first_violation(doing.case, doing.by, doing.at)
    if asked.is_first:
        return []
    message = f"登记里有同类违法记录（{asked.hits[0]}），不是初次违法，不能适用首违不罚。请改选其他情形。"
    return [Refusal("decide-first-offence", message, ground.citation, "ground")]


def correction_missing(doing: Doing, ground: Ground) -> list[Refusal]:
    """decide-minor-act: timely correction is a condition, so it must be on the file: re-checked, or among the facts."""
    if not ground.needs_correction:
        return []
    results = {one.result for one in doing.loaded.facts.orders}
    chosen = doing.loaded.part("discretion")
    answers = chosen.facts.get("facts", {}) if chosen else {}
    is_corrected = any(value is True for name, value in answers.items() if name.startswith("corrected"))
    if ("corrected" in results or is_corrected) and not results & {"", "not_corrected"}:
        return []
    message = "及时改正是不予处罚的条件，案卷里还没有改正的记录。请先责令改正并复查确认。"
    return [Refusal(ground.rule_id, message, ground.citation, "issue_correction_order")]


def exemption_barred(doing: Doing, ground: Ground) -> list[Refusal]:
    """decide-minor-act: obstruction, serious harm or a refused order bar the exemption."""
    chosen = doing.loaded.part("discretion")
    notes = chosen.result["assessment"]["notes"] if chosen else []
    barred = next((note["text"] for note in notes if note["code"] == "exemption_barred"), "")
    if not barred or not ground.needs_correction:
        return []
    return [Refusal("decide-minor-act", f"{barred}请改选其他情形或者提出处罚意见。", ground.citation, "ground")]


def education_missing(education: str) -> list[Refusal]:
    """decide-educate: the party is educated, and how is written down (处罚法33第三款)."""
    message = "不予处罚的应当对当事人进行教育。请写明教育的时间、方式和内容（至少 10 字）。"
    return said(education, 10, Refusal("decide-educate", message, "行政处罚法第三十三条第三款", "education"))


@transaction.atomic(durable=True)
def review_no_penalty(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The legal reviewer's opinion on a listed proposal; disagreeing ends it."""
    doing = begin("review_no_penalty", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    waiting = request_at_hand(doing)
    if not (by.legal_qualification_no or by.reviewing_since):
        message = "您的人员信息里没有法律职业资格，不能从事法制审核。请联系系统管理员登记。"
        raise Refused([Refusal("review-qualified", message, "行政处罚法第五十八条第二款", "")])
    if not agree:
        return decline(doing, waiting.kind, opinion)
    sign(waiting, "reviewed", doing, opinion)
    return conclude(doing, opinion=opinion)


@transaction.atomic(durable=True)
def decide_no_penalty(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """A head decides not to penalise: numbered and sealed, every other clock stopped (decide-no-penalty-doc)."""
    doing = begin("decide_no_penalty", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    if not agree:
        return decline(doing, "no_penalty", opinion)
    check_guards(doing)
    approved = decide(doing, kind="no_penalty", agree=True, opinion=opinion)
    number = number_for(doing.case, "no_penalty_decision", doing.at)
    row = NoPenalty.objects.create(
        case=doing.case, number=number, ground=approved.data["ground"], reason=approved.reason,
        education=approved.data["education"], decided_on=doing.today, opinion=opinion, approved_by=by,
        approved_at=doing.at,
    )  # fmt: skip
    if State(doing.case.state) == State.REPORT_APPROVAL:
        report = contexts.investigation_report(doing.loaded, doing, f"不予行政处罚。{opinion}")
        seal(doing.case, "investigation_report", report, by=by, at=doing.at)
    data = contexts.no_penalty_decision(doing.loaded, doing, row, approved.data.get("first_query", ""))
    seal(doing.case, "no_penalty_decision", data, by=by, at=doing.at, number=number)
    cancel_all(doing.case, keep=("decide-90d",))
    doing.part_id = None  # the clock that stops is the case's, not the request's
    return conclude(
        doing, opinion=opinion, changed={"returned_reason": ""}, details={"number": number, "ground": row.ground}
    )
