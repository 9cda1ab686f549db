"""A suspected crime (移送涉嫌犯罪案件规定): a team of two reports, the head of the bureau decides, the police answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import cancel_limit, stop_limit
from cases.actions.requests import refuse_all, said
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Case, CrimeState, CrimeTransfer
from cases.procedure.states import State
from cases.procedure.steps.discussion import UNDECIDED
from lishu_law import clock
from lishu_law.errors import NotFound, Refusal
from lishu_law.registry.models import Certificate, User

RULES_5 = "行政执法机关移送涉嫌犯罪案件的规定第五条"
RULES_6 = "行政执法机关移送涉嫌犯罪案件的规定第六条"
RULES_9 = "行政执法机关移送涉嫌犯罪案件的规定第九条"


@transaction.atomic(durable=True)
def report_crime(
    *, case_id: int, version: int, by: Any, offence: str, report: str, team: tuple[Any, ...], at: datetime | None = None
) -> CrimeTransfer:
    """At once: a special team of at least two officers and a written report to the head (inv-crime-transfer-team)."""
    doing = begin("report_crime", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    refuse_all([
        *team_faults(doing, team),
        *said(report, 20, Refusal("inv-crime-transfer-team", "请写明涉嫌犯罪的事实和依据（至少 20 字）。", RULES_5, "report")),
    ])  # fmt: skip
    row = CrimeTransfer.objects.create(
        case=doing.case,
        offence=offence,
        report=report,
        first_member=team[0],
        second_member=team[1],
        reported_at=doing.at,
    )
    conclude(doing, opinion=report, part_id=row.pk, details={"crime": row.pk, "offence": offence})
    return row


def team_faults(doing: Doing, team: tuple[Any, ...]) -> list[Refusal]:
    """inv-crime-transfer-team: two or more different officers with valid certificates."""
    if len({member.pk for member in team}) < 2:
        message = "专案组至少要有 2 名执法人员，不能是同一人。请补齐。"
        return [Refusal("inv-crime-transfer-team", message, RULES_5, "second_member")]
    held = Certificate.objects.filter(user__in=team, valid_from__lte=doing.today, valid_until__gte=doing.today).exclude(
        revoked_on__lte=doing.today
    )
    valid = set(held.values_list("user_id", flat=True))
    without = [member.full_name for member in team if member.pk not in valid]
    if not without:
        return []
    message = f"{'、'.join(without)}没有有效的执法证，不能作为专案组成员。请换人。"
    return [Refusal("inv-crime-transfer-team", message, RULES_5, "first_member")]


@transaction.atomic(durable=True)
def decide_crime(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Case:
    """The head of the bureau decides within three days; a no is recorded with its reasons (inv-crime-transfer-decide)."""
    doing = begin("decide_crime", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    if not agree:
        refuse_all(refusal_reason_missing(opinion))
    _change(
        doing, state=CrimeState.APPROVED if agree else CrimeState.DECLINED, decided_by=by, decided_at=doing.at,
        decision_reason=opinion,
    )  # fmt: skip
    if agree:
        return conclude(doing, opinion=opinion)
    stop_limit(doing.case, "inv-crime-transfer-decide", doing.at, part=doing.part)
    return conclude(doing, outcome="declined", opinion=opinion)


def refusal_reason_missing(opinion: str) -> list[Refusal]:
    """inv-crime-transfer-decide: not transferring needs its reasons on the file."""
    message = "不批准移送的，应当写明理由并记录在案（至少 10 字）。"
    return said(opinion, 10, Refusal("inv-crime-transfer-decide", message, RULES_5, "opinion"))


@dataclass(frozen=True)
class NewHandOver:
    """To whom, when, and what went along. ``goods`` are rows of name, specification and quantity."""

    police: str
    receiver: str
    handed_over_at: datetime
    enclosures: tuple[str, ...]
    goods: tuple[tuple[str, str, str], ...] = ()


@transaction.atomic(durable=True)
def hand_over_crime(
    *, case_id: int, version: int, by: Any, part_id: int, hand_over: NewHandOver, at: datetime | None = None
) -> Case:
    """Handed to the police of the same level with letter, report and list (inv-crime-transfer-24h, S27)."""
    doing = begin("hand_over_crime", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    refuse_all(hand_over_faults(doing, hand_over))
    row = _change(
        doing, state=CrimeState.HANDED_OVER, police=hand_over.police, receiver=hand_over.receiver,
        handed_over_at=hand_over.handed_over_at, goods=[list(one) for one in hand_over.goods],
        enclosures=list(hand_over.enclosures),
    )  # fmt: skip
    data = contexts.crime_transfer_letter(doing.loaded, doing, row)
    seal(doing.case, "crime_transfer_letter", data, by=by, at=doing.at, part=doing.part)
    to_state = State.TRANSFERRED if State(doing.case.state) in UNDECIDED else None
    stop_limit(doing.case, "inv-crime-transfer-24h", hand_over.handed_over_at, part=doing.part)
    return conclude(doing, to_state=to_state, details={"police": row.police})


def hand_over_faults(doing: Doing, new: NewHandOver) -> list[Refusal]:
    """inv-crime-transfer-24h: after the approval, not in the future, with the report among the papers."""
    row, refusals = _at_hand(doing), []
    if new.handed_over_at > doing.at or (row.decided_at and new.handed_over_at < row.decided_at):
        message = "移送时间要在批准之后、现在之前，请核对。"
        refusals.append(Refusal("inv-crime-transfer-24h", message, RULES_5, "handed_over_at"))
    if not any("报告" in one for one in new.enclosures):
        message = "移送材料要有涉嫌犯罪案件情况的调查报告。请在随附材料里列明。"
        refusals.append(Refusal("inv-crime-transfer-24h", message, RULES_6, "enclosures"))
    return refusals


@transaction.atomic(durable=True)
def record_police_answer(
    *, case_id: int, version: int, by: Any, part_id: int, is_filed: bool, answered_on: date, note: str,
    at: datetime | None = None,
) -> Case:  # fmt: skip
    """Filed: goods and material follow within three days. Refused: three days to ask for reconsideration."""
    doing = begin("record_police_answer", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    row = _at_hand(doing)
    if answered_on > doing.today or (row.handed_over_at and answered_on < clock.local(row.handed_over_at).date()):
        refuse_all([Refusal("inv-crime-material", "收到日期要在移送之后、今天之前，请核对。", RULES_9, "answered_on")])
    _change(
        doing, state=CrimeState.FILED if is_filed else CrimeState.REFUSED, answered_on=answered_on, answer_note=note
    )
    done = conclude(doing, opinion=note, limit_start=answered_on, details={"filed": is_filed})
    cancel_limit(doing.case, "inv-crime-police-refuse" if is_filed else "inv-crime-material", part=doing.part)
    return done


@transaction.atomic(durable=True)
def hand_over_material(
    *, case_id: int, version: int, by: Any, part_id: int, given_at: datetime, note: str, at: datetime | None = None
) -> Case:
    """The goods and the material went to the police with a signed list (inv-crime-material)."""
    doing = begin("hand_over_material", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    sent_at = _at_hand(doing).handed_over_at
    if given_at > doing.at or (sent_at and given_at < sent_at):
        message = "移交时间要在案件移送之后、现在之前，请核对。"
        refuse_all([Refusal("inv-crime-material", message, RULES_9, "given_at")])
    _change(doing, state=CrimeState.MATERIAL_GIVEN, material_given_at=given_at)
    return conclude(doing, opinion=note)


@transaction.atomic(durable=True)
def object_to_refusal(
    *, case_id: int, version: int, by: Any, part_id: int, way: str, objected_on: date, reason: str,
    at: datetime | None = None,
) -> Case:  # fmt: skip
    """Ask the police to reconsider, or suggest to the procuratorate that it supervise (inv-crime-police-refuse)."""
    doing = begin("object_to_refusal", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    row = _at_hand(doing)
    if objected_on > doing.today or (row.answered_on and objected_on < row.answered_on):
        message = "提请日期要在收到不予立案通知之后、今天之前，请核对。"
        refuse_all([Refusal("inv-crime-police-refuse", message, RULES_9, "objected_on")])
    _change(doing, state=CrimeState.OBJECTED, objection=way, objected_on=objected_on)
    return conclude(doing, opinion=reason, details={"way": way})


OUTCOMES = {
    "judged": "人民法院已经作出生效判决",
    "returned": "不需要追究刑事责任或者免予刑事处罚，退回本机关处理",
    "refused": "公安机关不予立案，不再提请复议",
}


@transaction.atomic(durable=True)
def end_crime(
    *,
    case_id: int,
    version: int,
    by: Any,
    part_id: int,
    outcome: str,
    note: str,
    criminal_fine: Decimal | None = None,
    offset_note: str = "",
    at: datetime | None = None,
) -> Case:
    """What became of it; a case that comes back is investigated further, a fine already paid is offset (处罚法35)."""
    doing = begin("end_crime", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    refuse_all([*outcome_faults(doing, outcome), *offset_unanswered(doing, criminal_fine, offset_note)])
    text = f"{OUTCOMES[outcome]}。{note}{f' 罚款折抵：{offset_note}' if offset_note else ''}"
    _change(doing, state=CrimeState.ENDED, criminal_fine=criminal_fine, ended_on=doing.today, end_note=text)
    for code in ("inv-crime-material", "inv-crime-police-refuse"):
        cancel_limit(doing.case, code, part=doing.part)
    comes_back = outcome != "judged" and State(doing.case.state) == State.TRANSFERRED
    return conclude(
        doing, to_state=State.INVESTIGATION if comes_back else None, opinion=text, details={"outcome": outcome}
    )


def outcome_faults(doing: Doing, outcome: str) -> list[Refusal]:
    """The outcome follows from the answer: a refusal cannot end in a judgment, a filed case not in a refusal."""
    state = _at_hand(doing).state
    is_refused = state in {CrimeState.REFUSED, CrimeState.OBJECTED}
    if is_refused == (outcome != "judged" and outcome != "returned") or (is_refused and outcome == "returned"):
        return []
    message = "处理结果与公安机关的答复不一致。请核对答复后重新选择。"
    return [Refusal("inv-crime-offset", message, "行政处罚法第二十七条", "outcome")]


def offset_unanswered(doing: Doing, criminal_fine: Decimal | None, offset_note: str) -> list[Refusal]:
    """inv-crime-offset: a fine already paid is offset against the criminal fine; the question is answered in words."""
    facts = doing.loaded.facts
    if not criminal_fine or not facts.decision_amount or offset_note.strip():
        return []
    message = f"本案已罚款 {facts.decision_amount:f} 元，应当折抵相应罚金。请写明折抵情况和告知人民法院的情况。"
    return [Refusal("inv-crime-offset", message, "行政处罚法第三十五条第二款", "offset_note")]


def _at_hand(doing: Doing) -> CrimeTransfer:
    row = CrimeTransfer.objects.filter(case=doing.case, pk=doing.part_id or 0).first()
    if row is None:
        raise NotFound
    return row


def _change(doing: Doing, **changed: Any) -> CrimeTransfer:
    row = _at_hand(doing)
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    return row


def officers_for_team() -> Any:
    """Who may be chosen for the team: everybody who holds an officer's account."""
    return User.objects.filter(is_active=True, roles__contains=["officer"]).order_by("staff_number")
