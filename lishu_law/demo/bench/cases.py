"""Invented cases for the measurements, walked to their states by the real actions.

Deliberately one plain story many times over, so that what is measured does not move with the demonstration's stories.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max

from cases.actions import decision, filing, investigation, legal_review, notice, serving
from cases.actions.discretion import PERSONS_QUESTIONS, QUESTIONS, set_discretion
from cases.models import Case, CasePerson
from cases.procedure.review_items import ITEMS
from lishu_law import clock
from lishu_law.demo.bench.people import Staff
from lishu_law.registry.details import PartyDetails, VehicleDetails
from lishu_law.registry.identity import demo
from lishu_law.registry.models import PartyKind, User

VIOLATION = "货运经营者没有采取必要措施防止货物脱落、扬撒"
SEEN = "重型半挂牵引车装载碎砖，未采取苫盖等必要措施防止货物脱落、扬撒，当场不能改正。"
FACTS = {"harm": "none", "obstruct": False, "corrected_immediately": False, "order_refused": False}
ANSWERS = dict.fromkeys((*QUESTIONS, *PERSONS_QUESTIONS), False)
# How many acts each of sixty cases in a row has behind it; the first one is decided and served.
DEPTHS = (18, 12, 8, *(6,) * 2, *(5,) * 3, *(3,) * 4, *(2,) * 12, *(1,) * 36)
APART = timedelta(minutes=40)  # between two cases, so that no officer is in two places
MOST = 2000  # cases
RECENTLY = timedelta(days=60)  # so that the ninety days of a new case are not over now


@dataclass
class Walk:
    """A case on its way; ``at`` is the moment of the next act."""

    staff: Staff
    lead: User
    assistant: User
    case: Case
    acted_at: datetime
    at: datetime

    def step(self, action: Any, by: User, **data: Any) -> None:
        self.at += timedelta(minutes=1)
        self.case.refresh_from_db(fields=["version", "state"])
        action(case_id=self.case.pk, version=self.case.version, by=by, at=self.at, **data)


def make_cases(staff: Staff, count: int) -> None:
    """Bring the number of cases up to ``count``. Two of three are assigned to ``staff.officer``."""
    begin = clock.now() - timedelta(days=60) - MOST * APART
    for serial in range(Case.objects.count(), count):
        is_own = serial % 3 != 1
        lead, assistant = (staff.officer, staff.second) if is_own else (staff.third, staff.second)
        walk = _clue(staff, lead, assistant, serial, begin + serial * APART)
        for act in ROAD[: DEPTHS[serial % len(DEPTHS)] - 1]:
            act(walk)


def cases_to_decide(staff: Staff, count: int) -> list[Walk]:
    """As many new cases whose decision waits for the head's approval, behind whatever was made before."""
    serial, last = Case.objects.count(), Case.objects.aggregate(at=Max("act_at"))["at"]
    begin = max(clock.now() - RECENTLY, last + APART if last else clock.now() - RECENTLY)
    walks = [_clue(staff, staff.officer, staff.second, serial + i, begin + i * APART) for i in range(count)]
    for walk in walks:
        for act in ROAD[: ROAD.index(_review) + 1]:
            act(walk)
    return walks


def deepest_case(staff: Staff) -> Case:
    """The officer's newest case whose decision is served: the one with most rows."""
    return Case.objects.filter(officers__user=staff.officer).exclude(decision_served_on=None).latest("pk")


def _clue(staff: Staff, lead: User, assistant: User, serial: int, acted_at: datetime) -> Walk:
    at = acted_at + timedelta(minutes=25)
    party = PartyDetails(
        kind=PartyKind.ORGANISATION, name=demo.demo_organisation_name(serial), uscc=demo.demo_uscc(serial),
        person_name=demo.demo_person_name(serial), person_post="经理", phone=demo.demo_mobile(serial),
        address=f"梨树县梨树镇示例路{serial + 1}号",
    )  # fmt: skip
    clue = filing.NewClue(
        source="inspection", item_code="frt-scatter", violation=VIOLATION, domain="道路货运", act_at=acted_at,
        summary=SEEN, received_at=acted_at, route="国道303线", stake=f"K{serial % 90}+300", township="梨树镇",
        persons=(filing.NewPerson(role="driver", name=demo.demo_person_name(serial + 7)),),
    )  # fmt: skip
    vehicle = VehicleDetails(plate=demo.demo_plate(serial), type_name="重型半挂牵引车")
    case = filing.register_clue(by=lead, assistant=assistant, clue=clue, party=party, vehicle=vehicle, at=at)
    return Walk(staff, lead, assistant, case, acted_at, at)


def _record(walk: Walk) -> None:
    transcript = investigation.NewTranscript(
        started_at=walk.acted_at, ended_at=walk.acted_at + timedelta(minutes=20), place="国道303线",
        second_officer=walk.assistant, person=CasePerson.objects.get(case=walk.case), licence_shown=True,
        rights_told=True, signing="signed", body=SEEN,
    )  # fmt: skip
    walk.step(investigation.record_onscene, walk.lead, transcript=transcript)


def _file(walk: Walk) -> None:
    for officer in (walk.lead, walk.assistant):
        filing.declare_no_conflict(case_id=walk.case.pk, by=officer, at=walk.at)
    walk.step(filing.approve_filing, walk.staff.deputy, agree=True, opinion="同意立案。")


def _verify_evidence(walk: Walk) -> None:
    ids = tuple(walk.case.evidence.values_list("pk", flat=True))
    walk.step(investigation.verify_evidence, walk.lead, evidence_ids=ids)


def _discretion(walk: Walk) -> None:
    walk.step(
        set_discretion, walk.lead, facts=FACTS, factors=(), answers=ANSWERS, answers_note="均无相应证据。",
        amount=Decimal(1000), reason="首次被查处，未造成危害后果，按较轻档下限处罚。",
    )  # fmt: skip


def _report(walk: Walk) -> None:
    walk.step(
        investigation.submit_report, walk.lead, process="执法人员出示执法证后检查并制作笔录，调查过程合法。",
        facts=f"当事人{SEEN}", opinion="建议责令改正，处罚款。",
    )  # fmt: skip


def _serving(walk: Walk) -> serving.NewServing:
    return serving.NewServing(
        method="direct", receiver_name="示例人", relation="representative", place="梨树县梨树镇示例路1号",
        served_at=walk.at + timedelta(seconds=30), second_server=walk.assistant,
    )  # fmt: skip


def _defence(walk: Walk) -> None:
    walk.at += timedelta(days=20)  # past five working days, whatever holiday lies between
    walk.step(notice.record_defence, walk.lead, kind="none", received_at=walk.at)


def _review(walk: Walk) -> None:
    walk.step(
        legal_review.review, walk.staff.reviewer, agree=True, items={item.code: ("passed", "") for item in ITEMS},
        opinion="事实清楚，证据充分，适用法律正确，裁量适当。",
    )  # fmt: skip


# The acts after the clue, in order.
ROAD: tuple[Any, ...] = (
    lambda w: w.step(filing.verify_clue, w.lead, opinion="情况属实。"),
    lambda w: w.step(filing.request_filing, w.lead, opinion="建议立案。"),
    lambda w: w.step(filing.recommend_filing, w.staff.squad_leader, agree=True, opinion="同意。"),
    _file,
    _record,
    _verify_evidence,
    _discretion,
    _report,
    lambda w: w.step(investigation.endorse_report, w.staff.squad_leader, agree=True, opinion="同意。"),
    lambda w: w.step(investigation.approve_report, w.staff.deputy, agree=True, opinion="同意。"),
    lambda w: w.step(notice.issue_notice, w.lead),
    lambda w: w.step(serving.serve_notice, w.lead, serving=_serving(w)),
    _defence,
    lambda w: w.step(legal_review.request_review, w.lead),
    _review,
    lambda w: w.step(decision.approve_decision, w.staff.head, agree=True, opinion="同意。"),
    lambda w: w.step(serving.serve_decision, w.lead, serving=_serving(w)),
)  # fmt: skip
