"""Cases of any violation from the clue to the sealed decision: benchmark, report and decision through their pages."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from cases.actions import filing, investigation
from cases.actions.discretion import questions_for
from cases.documents.output import OUTPUT
from cases.models import CasePerson, Document
from cases.queries.benchmarks import violation
from lishu_law.pdf import structure
from lishu_law.registry.details import PartyDetails, VehicleDetails
from tests.branch_scenes import discuss
from tests.cast import PASSWORD, Cast
from tests.scenarios import ACT_AT, PARTY, STAGES, VEHICLE, Walk, last_document
from tests.spot_scenes import id_number

CITIZEN = PartyDetails(
    kind="citizen", name="示例丁", id_kind="111", id_number=id_number("19880505"), phone="13900000000",
    address="梨树县梨树镇示例路2号",
)  # fmt: skip
NOTE = "清单列明的条件没有全部具备，其余各项没有证据证明，当事人也没有提出。"


@dataclass(frozen=True)
class Act:
    """One violation as an officer meets it: what happened, what is answered, what is proposed and why."""

    item: str
    summary: str
    facts: Mapping[str, str]
    amount: str = ""
    reason: str = ""
    party: PartyDetails = PARTY
    vehicle: VehicleDetails | None = VEHICLE
    asked: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    note: str = NOTE
    place: str = "国道303线K12+300"


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def found(cast: Cast, act: Act) -> Walk:
    """Met on the road, filed, recorded, the evidence checked."""
    what = violation(act.item)
    assert what is not None
    at, received = ACT_AT, ACT_AT + timedelta(minutes=30)
    clue = filing.NewClue(
        source="inspection", item_code=act.item, violation=what.title, domain=what.domain, act_at=at,
        summary=act.summary, received_at=received, route="G303", stake="K12+300", township="梨树镇",
        persons=(filing.NewPerson(role="driver", name="示例司机"),),
    )  # fmt: skip
    case = filing.register_clue(
        by=cast.lead, assistant=cast.assistant, clue=clue, party=act.party, vehicle=act.vehicle, at=received
    )
    walk = Walk(cast, case, received)
    for word in ("verified", "filing_requested", "filing_recommended", "filed"):
        STAGES[word](walk, act.amount)
    for officer in (cast.lead, cast.assistant):
        filing.declare_no_conflict(case_id=case.pk, by=officer, at=walk.at)
    transcript = investigation.NewTranscript(
        started_at=at, ended_at=at + timedelta(minutes=20), place=act.place, second_officer=cast.assistant,
        person=CasePerson.objects.get(case=case), licence_shown=True, rights_told=True, signing="signed",
        body=act.summary,
    )  # fmt: skip
    walk.step(investigation.record_onscene, cast.lead, transcript=transcript)
    STAGES["evidence_verified"](walk, act.amount)
    return walk


def post(walk: Walk, step: str, by: Any, typed: Mapping[str, Any]) -> Any:
    """Open the page of a step ten minutes later, type and send; what the page drafted is sent as it stands."""
    walk.at += timedelta(minutes=10)
    with time_machine.travel(walk.at, tick=False):
        client, url = client_of(by), reverse(f"case-{step}", args=[walk.case.clue_no])
        form = client.get(url).context["form"]
        drafted = {name: value for name, value in form.initial.items() if value not in (None, "")}
        answer = client.post(url, {**drafted, **typed})
    if answer.status_code == 422:
        raise AssertionError(answer.context["form"].errors or answer.context["refusals"])
    walk.case.refresh_from_db()
    return answer


def weigh(walk: Walk, act: Act) -> None:
    """The page of the benchmark: answers, circumstances, amount, reason."""
    asked = {f"ask_{code}": act.asked.get(code, "no") for code in questions_for(walk.case)}
    answers = {f"fact_{name}": value for name, value in act.facts.items()}
    post(walk, "set_discretion", walk.cast.lead, {
        **answers, **asked, "answers_note": act.note, "amount": act.amount, "reason": act.reason, **act.more,
    })  # fmt: skip


def told(walk: Walk, act: Act) -> None:
    """Report through its page, then to the end of the party's time to speak."""
    post(walk, "submit_report", walk.cast.lead, {})
    for word in ("report_endorsed", "report_approved", "notice_issued", "notice_served", "defence_recorded"):
        STAGES[word](walk, act.amount)


def decided(cast: Cast, act: Act) -> Walk:
    """The whole way to the sealed decision."""
    walk = found(cast, act)
    weigh(walk, act)
    told(walk, act)
    STAGES["review_requested"](walk, act.amount)
    STAGES["reviewed"](walk, act.amount)
    if walk.case.state == "P10":
        discuss(walk)
    post(walk, "approve_decision", cast.head, {"agree": "yes", "opinion": "同意。", "password": PASSWORD})
    return walk


def printed(walk: Walk, code: str) -> Document:
    """The document with its PDF made."""
    document = last_document(walk.case, code)
    OUTPUT.render_one(document.pk)
    document.refresh_from_db()
    return document


def text_of(document: Document) -> str:
    """The words of the stored PDF."""
    with default_storage.open(document.pdf_path) as file:
        content = file.read()
    if folder := os.environ.get("LISHU_SCREENSHOTS"):
        Path(folder, f"{document.case.item_code}-{document.code}.pdf").write_bytes(content)
    return words_of(content, document)


def words_of(content: bytes, document: Document) -> str:
    """The words of a PDF without white space and without the head and foot of its pages."""
    head = re.escape(squeezed(f"{document.title}{document.number}"))
    foot = r"第\d+页共\d+页|扫码或凭核验码查真伪核验码[a-z2-7]{8}"
    return re.sub(rf"{head}|{foot}", "", squeezed(structure.text_of(content)))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
