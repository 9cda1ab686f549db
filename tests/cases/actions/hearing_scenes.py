"""Scenes around the notice: a shop that may ask for a hearing, its request, its hearing, its recusal requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.actions import hearing, investigation, legal_review, notice, recusal, serving
from cases.actions.discretion import set_discretion
from cases.models import Case, Hearing, Recusal
from cases.procedure.review_items import ITEMS
from lishu_law.registry.details import PartyDetails
from tests.cast import Cast
from tests.scenarios import ANSWERS, FACTS, PARTY, Walk, _serving, case_at

# A shop is told of the hearing from 1000 yuan on (the local placeholder).
SHOP: PartyDetails = replace(PARTY, kind="individual_business", name="梨树县示例货运部")
ALL_PASSED = {item.code: ("passed", "") for item in ITEMS}
OPINION = "事实清楚，证据充分，适用法律正确，裁量适当。"


def told(cast: Cast, *, amount: str = "1000") -> Walk:
    """The notice with the right to a hearing was served on Tuesday 3 March 2026."""
    return case_at("notice_served", cast, amount=amount, party=SHOP)


def request(walk: Walk, **changed: Any) -> Hearing:
    new = hearing.NewHearing(**{"applicant": SHOP.name, "requested_at": walk.at, "reason": "对数额有异议。", **changed})
    return walk.step(hearing.request_hearing, walk.cast.lead, request=new)


def people(cast: Cast) -> hearing.HearingPeople:
    return hearing.HearingPeople(cast.archivist, cast.outsider)


def appoint(walk: Walk, one: Hearing, chosen: hearing.HearingPeople | None = None) -> None:
    walk.step(hearing.appoint_hearing, walk.cast.head, part_id=one.pk, people=chosen or people(walk.cast))


def schedule(walk: Walk, one: Hearing, *, days: int = 20, **changed: Any) -> datetime:
    """Time and place, ``days`` after the last act."""
    when = walk.at + timedelta(days=days)
    data = {"scheduled_at": when, "place": "二楼会议室", "is_public": True, **changed}
    walk.step(hearing.issue_hearing_notice, walk.cast.archivist, part_id=one.pk, **data)
    return when


def serve_hearing_notice(walk: Walk, one: Hearing) -> None:
    document = walk.case.documents.filter(code="hearing_notice", part=f"hearing:{one.pk}").latest("pk")
    walk.step(serving.serve_document, walk.cast.lead, part_id=document.pk, serving=_serving(walk))


def arranged(cast: Cast) -> tuple[Walk, Hearing, datetime]:
    """A hearing with people, time and a served notice."""
    walk = told(cast)
    one = request(walk)
    appoint(walk, one)
    when = schedule(walk, one)
    serve_hearing_notice(walk, one)
    one.refresh_from_db()
    return walk, one, when


def session(when: datetime, **changed: Any) -> hearing.NewSession:
    data = {
        "started_at": when, "ended_at": when + timedelta(hours=1), "place": "二楼会议室", "attendance": "attended",
        "body": "主持人核实身份，双方陈述、质证、辩论并作最后陈述。", "signing": "signed", "investigators_stated": True,
        "party_answered": True,
    }  # fmt: skip
    return hearing.NewSession(**{**data, **changed})


def hold(walk: Walk, one: Hearing, when: datetime, **changed: Any) -> None:
    walk.at = when + timedelta(hours=2)
    walk.step(hearing.record_hearing, walk.cast.outsider, part_id=one.pk, session=session(when, **changed))


def report(walk: Walk, one: Hearing) -> None:
    walk.step(
        hearing.report_hearing, walk.cast.archivist, part_id=one.pk, summary="双方对现场笔录和照片进行了质证，当事人请求从轻。",
        conclusion="事实清楚，建议按告知的意见处罚。",
    )  # fmt: skip


def heard(cast: Cast) -> tuple[Walk, Hearing]:
    """A hearing that was held and reported; the case waits to be handed to the legal section."""
    walk, one, when = arranged(cast)
    hold(walk, one, when)
    report(walk, one)
    one.refresh_from_db()
    return walk, one


def review(walk: Walk, *, agree: bool = True, **changed: Any) -> None:
    data = {"items": ALL_PASSED, "opinion": OPINION, **changed}
    walk.step(legal_review.review, walk.cast.reviewer, agree=agree, **data)


def plead(walk: Walk, content: str = "本户是第一次被查处。\n没有造成货物洒落。", **changed: Any) -> None:
    data = {"kind": "written", "received_at": walk.at, "content": content, **changed}
    walk.step(notice.record_defence, walk.cast.lead, **data)


def answer(walk: Walk, answers: dict[int, tuple[bool, str]]) -> None:
    walk.step(notice.review_defence, walk.cast.assistant, answers=answers)


def asked_to_withdraw(walk: Walk, person: Any, **changed: Any) -> Recusal:
    data = {"applicant": SHOP.name, "reason": "与本户有亲属关系。", "asked_at": walk.at, "person": person, **changed}
    return walk.step(recusal.request_recusal, walk.cast.lead, request=recusal.NewRequest(**data))


def choose(walk: Walk, amount: str) -> None:
    walk.step(
        set_discretion, walk.cast.lead, facts=FACTS, factors=(), answers=ANSWERS, answers_note="均无相应证据。",
        amount=Decimal(amount), reason="按新的事实重新裁量，仍在本档之内。",
    )  # fmt: skip


def again(walk: Walk) -> None:
    """Investigated once more: the report submitted, endorsed and approved anew."""
    walk.step(
        investigation.submit_report, walk.cast.lead, process="补充调查后重新形成报告，过程合法。",
        facts="2026年3月2日23时02分，当事人装载碎砖未苫盖，补充查明有洒落。", opinion="建议责令改正，处罚款。",
    )  # fmt: skip
    walk.step(investigation.endorse_report, walk.cast.squad_leader, agree=True, opinion="同意。")
    walk.step(investigation.approve_report, walk.cast.deputy, agree=True, opinion="同意。")


def notify_again(walk: Walk, **changed: Any) -> None:
    walk.step(notice.issue_notice, walk.cast.lead, **changed)
    walk.step(serving.serve_notice, walk.cast.lead, serving=_serving(walk))


def fresh(case: Case) -> Case:
    case.refresh_from_db()
    return case


def codes(refused: Any) -> list[str]:
    """The rules of a caught refusal."""
    return [refusal.code for refusal in refused.value.refusals]
