"""Cases brought into their execution by the real actions: late, urged, applied for at court, enforced."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.actions import court, demand, enforcement, overdue, payment, serving
from cases.models import Approval, CourtApplication, Document, Enforcement
from cases.procedure.court_window import court_window
from cases.procedure.enforcement_plan import NewEnforcement
from cases.procedure.facts import CaseFacts
from cases.procedure.guards.execution import thirty_days_of_additional_fine
from cases.procedure.states import State
from cases.queries.facts import cases_with_parts, load
from lishu_law import clock
from tests.cast import Cast
from tests.scenarios import Walk, case_at

FINE = Decimal("1000.00")
GROUNDS = "当事人逾期不履行，经催告仍不履行，没有正当理由。"


def facts_of(walk: Walk) -> CaseFacts:
    return load(cases_with_parts(type(walk.case).objects.filter(pk=walk.case.pk)).get()).facts


def today(walk: Walk) -> date:
    """The date of the next act in Shanghai."""
    return clock.local(walk.at + timedelta(minutes=10)).date()


def thirty_days_told(walk: Walk, day: date) -> str:
    """What the guard of the thirty days says on a day."""
    refusal = thirty_days_of_additional_fine(facts_of(walk), day)
    return refusal.message if refusal else ""


def on(walk: Walk, day: date, hour: int = 1) -> None:
    """The next act happens on this day (at nine in the morning in Shanghai and a little)."""
    walk.at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def served(cast: Cast) -> Walk:
    """The decision is served; 1,000 yuan and 责令改正 are open."""
    return case_at("decision_served", cast)


def due_of(walk: Walk) -> date:
    """The last day to pay."""
    return walk.case.deadlines.get(code="pay-15d").due


def late(cast: Cast, *, days: int = 1) -> Walk:
    """So many days after the last day to pay, with the overdue state entered by the officer."""
    walk = served(cast)
    on(walk, due_of(walk) + timedelta(days=days))
    walk.step(overdue.enter_overdue, cast.lead)
    return walk


def serve(walk: Walk, document: Document) -> None:
    """Hand a document to the representative."""
    new = serving.NewServing(
        method="direct", receiver_name="示例人", relation="representative", place="梨树县梨树镇示例路1号",
        served_at=walk.at + timedelta(minutes=5), second_server=walk.cast.assistant,
    )  # fmt: skip
    walk.step(serving.serve_document, walk.cast.lead, part_id=document.pk, serving=new)


def urge(walk: Walk) -> Document:
    """The demand sealed and served at the walk's moment."""
    made = walk.step(
        demand.issue_demand, walk.cast.lead, measures=("court",), manner="到代收银行缴款", requirement="全部履行"
    )
    serve(walk, made.document)
    return made.document


def silent(walk: Walk) -> None:
    """The ten working days passed and the party said nothing."""
    last = walk.case.deadlines.get(code="enforce-urge-10d").due
    on(walk, last + timedelta(days=1))
    walk.step(demand.hear_demand, walk.cast.lead, kind="none", stated_on=last)


def urged(cast: Cast) -> Walk:
    """Late for forty days, urged in vain."""
    walk = late(cast, days=40)
    urge(walk)
    silent(walk)
    return walk


def to_window(walk: Walk) -> None:
    """To the first day on which the court may be asked."""
    opens = court_window(facts_of(walk), today(walk)).opens_on
    assert opens is not None
    on(walk, opens)


def ask_court(walk: Walk, by: Any = None, **changed: Any) -> Approval:
    data: dict[str, Any] = {
        "target": "罚款 1000 元和加处罚款 1000 元", "party_opinion": "被申请人没有提出陈述、申辩。",
        "reason": "当事人经催告仍不履行。", "enclosures": tuple(court.ENCLOSURES),
    }  # fmt: skip
    return walk.step(court.request_court, by or walk.cast.lead, **{**data, **changed})


def decide(walk: Walk, action: Any, approval: Approval, *, agree: bool = True, by: Any = None) -> Approval:
    opinion = "同意。" if agree else "理由不充分，不予批准。"
    return walk.step(action, by or walk.cast.head, part_id=approval.pk, agree=agree, opinion=opinion)


def at_court(cast: Cast) -> tuple[Walk, CourtApplication]:
    """The application is approved and handed in on the first possible day."""
    walk = urged(cast)
    to_window(walk)
    decide(walk, court.decide_court, ask_court(walk))
    application = CourtApplication.objects.get(case=walk.case)
    walk.step(court.file_court, cast.reviewer, part_id=application.pk, filed_on=today(walk))
    return walk, application


def answer(walk: Walk, application: CourtApplication, kind: str, **data: Any) -> None:
    walk.step(
        court.record_court_answer, walk.cast.reviewer, part_id=application.pk, kind=kind,
        **{"on": today(walk), **data},
    )  # fmt: skip


def new_enforcement(kind: str, walk: Walk, **changed: Any) -> NewEnforcement:
    """A lawful plan of this kind, for nine in the morning of the next Tuesday."""
    planned = walk.at + timedelta(days=(1 - walk.at.weekday()) % 7 + 7)
    data: dict[str, Any] = {
        "kind": kind, "power": "行政强制法第五十条", "grounds": GROUNDS, "manner": "清除路面遗洒的碎砖，恢复原状。",
        "planned_at": planned.replace(hour=1), "spares_household": True, "danger": "路面遗洒碎砖，危害交通安全。",
    }  # fmt: skip
    return NewEnforcement(**{**data, **changed})


def enforced(cast: Cast, kind: str = "proxy", **changed: Any) -> tuple[Walk, Enforcement]:
    """An own enforcement decided by the head, its decision served."""
    walk = urged(cast)
    approval = walk.step(enforcement.request_enforcement, cast.lead, new=new_enforcement(kind, walk, **changed))
    proxy = kind in {"proxy", "proxy_now"}
    decide(walk, enforcement.decide_proxy if proxy else enforcement.decide_enforcement, approval)
    found = Enforcement.objects.select_related("document").get(case=walk.case)
    serve(walk, found.document)
    return walk, found


def pay(walk: Walk, amount: str, additional: str = "0", *, number: str = "R1", **data: Any) -> Any:
    return walk.step(
        payment.record_payment, walk.cast.lead, receipt_no=number, amount=Decimal(amount),
        additional=Decimal(additional), **{"paid_on": today(walk), **data},
    )  # fmt: skip


def verify(walk: Walk) -> None:
    walk.step(
        payment.verify_duties,
        walk.cast.lead,
        duties=("责令改正",),
        verified_on=today(walk),
        note="现场复查，已经改正。",
    )


def state_of(walk: Walk) -> State:
    walk.case.refresh_from_db()
    return State(walk.case.state)
