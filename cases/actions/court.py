"""Asking the court to enforce (强制法53–58): prepared, approved and sealed by the head, handed in, answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.approvals import ask, decide
from cases.actions.doing import Doing, begin, check_guards, conclude
from cases.actions.limits import start_limit, stop_limit
from cases.documents import contexts
from cases.documents.issue import seal
from cases.models import Approval, ApprovalOutcome, CourtAnswer, CourtApplication
from cases.procedure.balance import balance
from cases.procedure.court_answers import ACCEPT, BY_CODE, OBJECTION, PLACES
from cases.procedure.court_window import CODES, court_window
from cases.procedure.execution_facts import CourtFact
from cases.procedure.facts import CaseFacts
from cases.procedure.states import Procedure
from lishu_law.errors import NotFound, Refusal, Refused
from lishu_law.law.limits import compute

LAW = "行政强制法第五十五条"
# enforce-court-docs: what goes to the court with the application (强制法55), each to be ticked.
ENCLOSURES = {
    "application": "强制执行申请书（负责人签名，盖章）",
    "decision": "行政处罚决定书及作出决定的事实、理由和依据",
    "opinion": "当事人的意见及行政机关催告情况",
    "target": "申请强制执行标的情况",
    "other": "法律、行政法规规定的其他材料（没有的，已核对）",
}


@transaction.atomic(durable=True)
def request_court(
    *, case_id: int, version: int, by: Any, target: str, party_opinion: str, reason: str, enclosures: tuple[str, ...],
    court_view: str = "", at: datetime | None = None,
) -> Approval:  # fmt: skip
    """Prepare the application: what is to be enforced, what the party said, everything the law wants enclosed."""
    doing = begin("request_court", case_id=case_id, version=version, by=by, at=at)
    check_guards(doing)
    if refusals := [*enclosures_complete(enclosures), *readings_asked(doing.loaded.facts, court_view)]:
        raise Refused(refusals)
    data = {
        "target": target, "party_opinion": party_opinion, "court_view": court_view,
        "enclosures": [ENCLOSURES[code] for code in ENCLOSURES if code in enclosures],
    }  # fmt: skip
    approval = ask(doing, "court", reason=reason, data=data)
    conclude(doing, opinion=reason, details={"approval": approval.pk})
    return approval


def enclosures_complete(enclosures: tuple[str, ...]) -> list[Refusal]:
    """enforce-court-docs: every enclosure of 强制法55 is there."""
    missing = [title for code, title in ENCLOSURES.items() if code not in enclosures]
    if not missing:
        return []
    text = f"申请材料还缺：{'、'.join(missing)}。请备齐后勾选。"
    return [Refusal("enforce-court-docs", text, LAW, "enclosures")]


def readings_asked(facts: CaseFacts, court_view: str) -> list[Refusal]:
    """enforce-court-simple-unclear: for a decision on the spot the court was asked which period it applies."""
    if facts.procedure != Procedure.SUMMARY or court_view.strip():
        return []
    text = "当场处罚的申请期限有两种算法，请写明法院答复采用哪一种、何时由何人答复。"
    return [Refusal("enforce-court-simple-unclear", text, "行政强制法第五十三条", "court_view")]


@transaction.atomic(durable=True)
def decide_court(
    *, case_id: int, version: int, by: Any, part_id: int, agree: bool, opinion: str, at: datetime | None = None
) -> Approval:
    """The head signs the application; it is sealed with the amounts of the day."""
    doing = begin("decide_court", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    approval = decide(doing, kind="court", agree=agree, opinion=opinion)
    if not agree:
        conclude(doing, outcome=ApprovalOutcome.REFUSED, opinion=opinion)
        return approval
    check_guards(doing)
    owed = balance(doing.loaded.facts, doing.today)
    data = contexts.court_application(doing.loaded, doing, owed, approval.data)
    document = seal(doing.case, "court_application", data, by=by, at=doing.at, amount=owed.total)
    application = CourtApplication.objects.create(
        case=doing.case, approval=approval, document=document, approved_on=doing.today
    )
    conclude(doing, opinion=opinion, details={"application": application.pk})
    return approval


@transaction.atomic(durable=True)
def file_court(
    *, case_id: int, version: int, by: Any, part_id: int, filed_on: date, at: datetime | None = None
) -> CourtApplication:
    """Handed in: the three months are kept, the court's five working days run."""
    doing = begin("file_court", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    fact = _application(doing)
    if refusals := filed_in_window(doing.loaded.facts, fact, filed_on, doing.today):
        raise Refused(refusals)
    application = CourtApplication.objects.get(pk=fact.id)
    application.filed_on, application.filed_by = filed_on, by
    application.save(update_fields=["filed_on", "filed_by"])
    for code in CODES:
        stop_limit(doing.case, code, filed_on)
    start_limit(doing.case, ACCEPT, filed_on, part=doing.part)
    conclude(doing, details={"filed_on": filed_on.isoformat()})
    return application


def _application(doing: Doing) -> CourtFact:
    found = next((one for one in doing.loaded.facts.execution.courts if one.id == doing.part_id), None)
    if found is None:
        raise NotFound("没有找到这份强制执行申请。")
    return found


def filed_in_window(facts: CaseFacts, application: CourtFact, filed_on: date, today: date) -> list[Refusal]:
    """enforce-court-3m: handed in after it was sealed and not later than the last day of the window."""
    closes = court_window(facts, filed_on).closes_on
    if filed_on > today or filed_on < application.approved_on:
        text = "递交日期应当在申请书作出之后、今天之前（含当天），请核对。"
        return [Refusal("enforce-court-3m", text, "行政强制法第五十三条", "filed_on")]
    if closes and filed_on > closes:
        text = f"申请期限到 {closes:%Y-%m-%d} 截止，递交日期已经超过，法院不予受理。请报负责人研究处理。"
        return [Refusal("enforce-court-3m", text, "行政强制法第五十三条", "filed_on")]
    return []


@transaction.atomic(durable=True)
def record_court_answer(
    *, case_id: int, version: int, by: Any, part_id: int, kind: str, on: date, document_no: str = "", note: str = "",
    at: datetime | None = None,
) -> CourtAnswer:  # fmt: skip
    """Acceptance, ruling, objection, progress: each only after what it follows, each turning its clocks."""
    doing = begin("record_court_answer", case_id=case_id, version=version, by=by, at=at, part_id=part_id)
    check_guards(doing)
    fact = _application(doing)
    if refusals := [
        *answer_follows(fact, kind),
        *answer_dated(fact, on, doing.today),
        *objection_in_time(fact, kind, on),
    ]:
        raise Refused(refusals)
    answer = CourtAnswer.objects.create(
        application_id=fact.id, kind=kind, on=on, document_no=document_no, note=note, recorded_by=by,
        recorded_at=doing.at,
    )  # fmt: skip
    for code in BY_CODE[kind].stops:
        stop_limit(doing.case, code, on, part=doing.part)
    for code in BY_CODE[kind].starts:
        start_limit(doing.case, code, _counted_from(fact, code, on), part=doing.part)
    conclude(doing, opinion=note, details={"answer": kind, "on": on.isoformat()})
    return answer


def _counted_from(application: CourtFact, code: str, on: date) -> date:
    """The ruling's days run from the acceptance, also where the court hears the parties (强制法58)."""
    accepted = next((one.on for one in application.answers if one.kind == "accepted"), on)
    return accepted if code.endswith("#3") else on


def answer_follows(application: CourtFact, kind: str) -> list[Refusal]:
    """An answer belongs to where the application stands."""
    answer = BY_CODE.get(kind)
    if answer and application.last in answer.after:
        return []
    title = answer.title if answer else kind
    text = f"这份申请现在是“{PLACES[application.last]}”，不能登记“{title}”。请核对法院文书。"
    return [Refusal("enforce-court-clock", text, "行政强制法第五十六条", "kind")]


def answer_dated(application: CourtFact, on: date, today: date) -> list[Refusal]:
    """In the order of events, not in the future."""
    known = [one.on for one in application.answers] or [application.filed_on or application.approved_on]
    if known[-1] <= on <= today:
        return []
    text = f"日期应当在 {known[-1]:%Y-%m-%d} 到今天之间，请核对。"
    return [Refusal("enforce-court-clock", text, "行政强制法第五十六条", "on")]


def objection_in_time(application: CourtFact, kind: str, on: date) -> list[Refusal]:
    """enforce-court-objection: within fifteen days from the ruling (强制法56、58)."""
    if kind != "objected" or not application.answers:
        return []
    due = compute(OBJECTION, application.answers[-1].on).due
    if on <= due:
        return []
    text = f"申请复议的期限到 {due:%Y-%m-%d} 截止，已经超过十五日，不能再申请。"
    return [Refusal("enforce-court-objection", text, "行政强制法第五十六条第二款", "on")]
