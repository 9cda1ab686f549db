"""Cases brought to a state by the real actions; no test builds an impossible case by writing fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.actions import closure, decision, filing, investigation, legal_review, notice, payment, serving
from cases.actions.discretion import PERSONS_QUESTIONS, QUESTIONS, set_discretion
from cases.models import Case, CasePerson, Document
from cases.procedure.review_items import ITEMS
from lishu_law import clock
from lishu_law.registry.details import PartyDetails, VehicleDetails
from tests.cast import Cast

# 23:02 on Monday 2 March 2026, in Shanghai.
ACT_AT = datetime(2026, 3, 2, 15, 2, tzinfo=UTC)
PARTY = PartyDetails(
    kind="organisation", name="梨树县示例运输有限公司", uscc="91220322MA17ABCD2L", person_name="示例人",
    person_post="经理", phone="13800000000", address="梨树县梨树镇示例路1号",
)  # fmt: skip
VEHICLE = VehicleDetails(plate="吉C12345", type_name="重型半挂牵引车")
SUMMARY = "重型半挂牵引车装载碎砖，未采取苫盖等必要措施防止货物脱落、扬撒，当场不能改正。"
FACTS = {"harm": "none", "obstruct": False, "corrected_immediately": False, "order_refused": False}
ANSWERS = dict.fromkeys((*QUESTIONS, *PERSONS_QUESTIONS), False)

ROAD = (
    "clue", "verified", "filing_requested", "filing_recommended", "filed", "recorded", "evidence_verified",
    "discretion_set", "report_submitted", "report_endorsed", "report_approved", "notice_issued", "notice_served",
    "defence_recorded", "review_requested", "reviewed", "decided", "decision_served", "duties_verified", "paid",
    "closing_proposed",
    "closing_endorsed", "closed", "archived",
)  # fmt: skip


@dataclass
class Walk:
    """A case on its way; ``at`` is the moment of the next act."""

    cast: Cast
    case: Case
    at: datetime

    def step(self, action: Any, by: Any, **data: Any) -> Any:
        """One act a little later, with the version the page would carry."""
        self.at += timedelta(minutes=10)
        self.case.refresh_from_db()
        result = action(case_id=self.case.pk, version=self.case.version, by=by, at=self.at, **data)
        self.case.refresh_from_db()
        return result


def case_at(state: str, cast: Cast, *, amount: str = "1000", party: PartyDetails = PARTY) -> Walk:
    """A case of the demo story walked to ``state`` (a word of ``ROAD``)."""
    walk = _clue(cast, party)
    for word in ROAD[1 : ROAD.index(state) + 1]:
        STAGES[word](walk, amount)
    return walk


def visit_road(cast: Cast, visit: Callable[[str, Walk], None]) -> Walk:
    """Walk the whole road once and call ``visit`` at every state: what many tests would each walk again."""
    walk = _clue(cast, PARTY)
    visit(ROAD[0], walk)
    for word in ROAD[1:]:
        STAGES[word](walk, "1000")
        visit(word, walk)
    return walk


def _clue(cast: Cast, party: PartyDetails) -> Walk:
    at = ACT_AT + timedelta(minutes=30)
    clue = filing.NewClue(
        source="inspection", item_code="frt-scatter", violation="货运经营者没有采取必要措施防止货物脱落、扬撒",
        domain="道路货运", act_at=ACT_AT, summary=SUMMARY, received_at=ACT_AT, route="G303", stake="K12+300",
        township="梨树镇", persons=(filing.NewPerson(role="driver", name="示例司机"),),
    )  # fmt: skip
    case = filing.register_clue(by=cast.lead, assistant=cast.assistant, clue=clue, party=party, vehicle=VEHICLE, at=at)
    return Walk(cast, case, at)


def _recorded(walk: Walk, amount: str) -> None:
    cast, person = walk.cast, CasePerson.objects.get(case=walk.case)
    for officer in (cast.lead, cast.assistant):
        filing.declare_no_conflict(case_id=walk.case.pk, by=officer, at=walk.at)
    transcript = investigation.NewTranscript(
        started_at=ACT_AT, ended_at=ACT_AT + timedelta(minutes=20), place="国道303线K12+300", second_officer=cast.assistant,
        person=person, licence_shown=True, rights_told=True, signing="signed", body=SUMMARY,
    )  # fmt: skip
    walk.step(investigation.record_onscene, cast.lead, transcript=transcript)


def _verified_evidence(walk: Walk, amount: str) -> None:
    ids = tuple(walk.case.evidence.values_list("pk", flat=True))
    walk.step(investigation.verify_evidence, walk.cast.lead, evidence_ids=ids)


def _discretion(walk: Walk, amount: str) -> None:
    walk.step(
        set_discretion, walk.cast.lead, facts=FACTS, factors=(), answers=ANSWERS, answers_note="均无相应证据。",
        amount=Decimal(amount), reason="首次被查处，未造成危害后果，按较轻档下限处罚。",
    )  # fmt: skip


def _report(walk: Walk, amount: str) -> None:
    walk.step(
        investigation.submit_report, walk.cast.lead, process="执法人员当场检查并制作笔录，调查过程合法。",
        facts=f"2026年3月2日23时02分，当事人{SUMMARY}", opinion="建议责令改正，处罚款。",
    )  # fmt: skip


def _serving(walk: Walk) -> serving.NewServing:
    party = walk.case.known_party
    relation = "representative" if party.kind == "organisation" else "self"
    return serving.NewServing(
        method="direct", receiver_name=party.person_name or party.name, relation=relation, place="梨树县梨树镇示例路1号",
        served_at=walk.at + timedelta(minutes=5), second_server=walk.cast.assistant,
    )  # fmt: skip


def _conflicts(walk: Walk, amount: str) -> None:
    for officer in (walk.cast.lead, walk.cast.assistant):
        filing.declare_no_conflict(case_id=walk.case.pk, by=officer, at=walk.at)
    walk.step(filing.approve_filing, walk.cast.deputy, agree=True, opinion="同意立案。")


def _defence(walk: Walk, amount: str) -> None:
    walk.at += timedelta(days=9)  # past five working days
    walk.step(notice.record_defence, walk.cast.lead, kind="none", received_at=walk.at)


def _review(walk: Walk, amount: str) -> None:
    walk.step(
        legal_review.review, walk.cast.reviewer, agree=True, items={item.code: ("passed", "") for item in ITEMS},
        opinion="事实清楚，证据充分，适用法律正确，裁量适当。",
        departure_opinion="偏离裁量基准的理由成立，证据确实。",  # kept only where the case leaves the benchmark
    )  # fmt: skip


def _disclosed_and_closing(walk: Walk, amount: str) -> None:
    closure.mark_disclosed(case_id=walk.case.pk, by=walk.cast.checker, at=walk.at)
    walk.step(closure.propose_closing, walk.cast.lead, result="罚款壹仟元整。", execution="已缴清罚款。")


STAGES: dict[str, Any] = {
    "verified": lambda w, a: w.step(filing.verify_clue, w.cast.lead, opinion="情况属实。"),
    "filing_requested": lambda w, a: w.step(
        filing.request_filing, w.cast.lead, opinion="建议立案。", same_act_note="名册里的是另一次行为。"
    ),
    "filing_recommended": lambda w, a: w.step(
        filing.recommend_filing, w.cast.squad_leader, agree=True, opinion="同意。"
    ),
    "filed": _conflicts,
    "recorded": _recorded,
    "evidence_verified": _verified_evidence,
    "discretion_set": _discretion,
    "report_submitted": _report,
    "report_endorsed": lambda w, a: w.step(
        investigation.endorse_report, w.cast.squad_leader, agree=True, opinion="同意。"
    ),
    "report_approved": lambda w, a: w.step(investigation.approve_report, w.cast.deputy, agree=True, opinion="同意。"),
    "notice_issued": lambda w, a: w.step(notice.issue_notice, w.cast.lead),
    "notice_served": lambda w, a: w.step(serving.serve_notice, w.cast.lead, serving=_serving(w)),
    "defence_recorded": _defence,
    "review_requested": lambda w, a: w.step(legal_review.request_review, w.cast.lead),
    "reviewed": _review,
    "decided": lambda w, a: w.step(decision.approve_decision, w.cast.head, agree=True, opinion="同意。"),
    "decision_served": lambda w, a: w.step(serving.serve_decision, w.cast.lead, serving=_serving(w)),
    "duties_verified": lambda w, a: w.step(
        payment.verify_duties, w.cast.lead, duties=("责令改正",), note="现场复查，车辆已加盖苫布。",
        verified_on=clock.local(w.at + timedelta(minutes=10)).date(),
    ),
    "paid": lambda w, a: w.step(
        payment.record_payment, w.cast.lead, receipt_no=f"R{w.case.pk:010d}", amount=Decimal(a),
        paid_on=clock.local(w.at + timedelta(minutes=10)).date(),
    ),
    "closing_proposed": _disclosed_and_closing,
    "closing_endorsed": lambda w, a: w.step(closure.endorse_closing, w.cast.squad_leader, agree=True, opinion="同意。"),
    "closed": lambda w, a: w.step(closure.approve_closing, w.cast.deputy, agree=True, opinion="同意结案。"),
    "archived": lambda w, a: w.step(closure.archive, w.cast.archivist),
}  # fmt: skip


def last_document(case: Case, code: str) -> Document:
    """The newest document of a kind."""
    return Document.objects.filter(case=case, code=code).latest("pk")
