"""The papers an officer writes in an inspection: 询问笔录 (J04), 抽样取证凭证 (J05), 勘验笔录 (J06), shaped as M02, M05, M03.

Object, officers and matters come from the filing; only what nobody has recorded yet is typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from inspections.documents.contexts.blocks import matter_name
from inspections.documents.shapes import InspectionQuestioningData
from inspections.models import PaperSigning
from inspections.queries.papers import PaperFacts
from lishu_law import clock
from lishu_law.documents.blocks import age_on, day_of, gender, moment, paragraphs, party_block, reading_choices
from lishu_law.documents.shapes import (
    Exchange,
    InquestData,
    InquestPerson,
    Officer,
    QuestionedPerson,
    SampledItem,
    SamplingData,
)

SAMPLING_BASIS = "《中华人民共和国行政处罚法》第五十六条"


@dataclass(frozen=True)
class Person:
    """Somebody met in the inspection; ``relation`` is what he is to the object (经营者、驾驶员 …)."""

    name: str = ""
    relation: str = ""
    gender: str = ""
    id_number: str = ""
    phone: str = ""
    employer: str = ""
    address: str = ""


@dataclass(frozen=True)
class Written:
    """What the three papers have in common. ``first`` asks or examines, ``second`` takes the record."""

    started_at: datetime
    ended_at: datetime
    place: str
    first: Any
    second: Any
    signing: str
    refusal_note: str = ""
    witness_name: str = ""


@dataclass(frozen=True)
class Questioning(Written):
    """``guardian_name``: who sat beside somebody under eighteen."""

    person: Person = Person()
    answers: tuple[tuple[str, str], ...] = ()
    guardian_name: str = ""


@dataclass(frozen=True)
class Sampling(Written):
    """``items``: name, specification, quantity and place of each kind of goods."""

    items: tuple[dict[str, str], ...] = ()
    remarks: str = ""


@dataclass(frozen=True)
class Inquest(Written):
    person: Person = Person()
    weather: str = ""
    invited_name: str = ""
    invited_employer: str = ""
    body: str = ""


def questioning(facts: PaperFacts, made: Questioning, ordinal: int) -> InspectionQuestioningData:
    """J04. ``ordinal`` counts how often this person was questioned in this inspection."""
    person, on = made.person, _day(made)
    guardian = (
        [Exchange(question="在场的监护人或者其他合适的成年人是谁？", answer=[made.guardian_name])]
        if made.guardian_name
        else []
    )
    return InspectionQuestioningData(
        started_at=moment(made.started_at),
        ended_at=moment(made.ended_at),
        ordinal=str(ordinal),
        place=made.place,
        questioner=made.first.full_name,
        recorder=made.second.full_name,
        person=QuestionedPerson(
            name=person.name, relation=person.relation, gender=gender(person.gender),
            age=age_on(person.id_number, on), id_number=person.id_number, phone=person.phone,
            employer_and_position=person.employer, address=person.address,
        ),
        organ=facts.organ.name,
        officers=_officers(facts, made),
        exchanges=[*guardian, *(Exchange(question=asked, answer=paragraphs(said)) for asked, said in made.answers)],
        reading=_reading(made),
        refusal=made.refusal_note if _is_refused(made) else "",
        witness=made.witness_name,
    )  # fmt: skip


def sampling(facts: PaperFacts, made: Sampling) -> SamplingData:
    """J05."""
    refused = f"当事人拒绝签名：{made.refusal_note}。" if _is_refused(made) else ""
    return SamplingData(
        party=party_block(facts.subject.party, _day(made)),
        started_at=moment(made.started_at),
        ended_at=moment(made.ended_at),
        place=made.place,
        organ=facts.organ.name,
        phone=facts.organ.phone,
        basis=SAMPLING_BASIS,
        items=[
            SampledItem(
                name=one["name"], specification=one["specification"], quantity=one["quantity"], place=one["place"]
            )
            for one in made.items
        ],
        witness=made.witness_name if _is_refused(made) else "",
        remarks=f"样品已当场封存。{refused}{made.remarks}",
        issued_on=day_of(made.ended_at),
    )


def inquest(facts: PaperFacts, made: Inquest) -> InquestData:
    """J06."""
    person, on = made.person, _day(made)
    shown = f"勘验人{made.first.full_name}、{made.second.full_name}主动出示执法证件，说明来意。"
    refused = [f"拒绝签名：{made.refusal_note}（见证人：{made.witness_name}）"] if _is_refused(made) else []
    return InquestData(
        cause="、".join(matter_name(one) for one in facts.matters),
        started_at=moment(made.started_at),
        ended_at=moment(made.ended_at),
        place=made.place,
        weather=made.weather,
        inspectors=_officers(facts, made),
        unit=facts.organ.name,
        person=InquestPerson(
            name=person.name, gender=gender(person.gender), age=age_on(person.id_number, on),
            id_number=person.id_number, employer_and_position=person.employer, address=person.address,
            phone=person.phone,
        ),
        invited=made.invited_name,
        invited_unit=made.invited_employer,
        recorder=made.second.full_name,
        content=[shown, *paragraphs(made.body), *refused],
        reading=_reading(made),
    )  # fmt: skip


def _day(made: Written) -> date:
    return clock.local(made.started_at).date()


def _is_refused(made: Written) -> bool:
    return made.signing == PaperSigning.REFUSED


def _reading(made: Written) -> list[Any]:
    return reading_choices("read" if made.signing == PaperSigning.SIGNED else "")


def _officers(facts: PaperFacts, made: Written) -> list[Officer]:
    """The two of this paper, with the certificates of the day of the visit."""
    held = dict(zip((user.pk for user in facts.users), facts.officers, strict=True))
    return [held[user.pk] for user in (made.first, made.second)]
