"""立案登记表 and the two transcripts."""

from __future__ import annotations

from typing import Any

from cases.documents import shapes
from cases.documents.contexts.blocks import last_step, officer_block, opinion
from cases.documents.contexts.evidence import inquest_record
from cases.documents.wording import source_choices
from cases.models import Case, Signing, Transcript, TranscriptKind
from cases.queries.facts import LoadedCase
from lishu_law import clock
from lishu_law.documents.blocks import age_on, day_of, gender, moment, paragraphs, party_block, reading_choices
from lishu_law.documents.shapes import InquestData

# ClueSource → the form's own six words.
SOURCE_WORDS = {"department": "transfer"}
FILING_BASIS = "《中华人民共和国行政处罚法》第五十四条第二款"


def filing_form(loaded: LoadedCase, doing: Any, head_words: str) -> shapes.FilingData:
    """M01. ``doing`` is the approval under way; its opinion is not a step yet."""
    case = loaded.case
    return shapes.FilingData(
        source=source_choices(SOURCE_WORDS.get(case.source, case.source), case.source_note),
        cause=case.violation,
        received_at=moment(case.received_at),
        party=party_block(case.known_party, doing.today),
        summary=paragraphs(case.summary),
        basis=FILING_BASIS,
        agency_opinion=opinion(last_step(loaded, "recommend_filing")),
        head_opinion=shapes.SignedOpinion(text=head_words, name=doing.by.full_name, signed_on=day_of(doing.at)),
        remarks=_remarks(case),
    )


def _remarks(case: Case) -> str:
    """What the filing had to answer: jurisdiction designated, another filer, a case that looks like the same act."""
    said = (
        ("指定管辖", case.designation),
        ("其他机关立案情况", case.other_filer),
        ("查重说明", case.same_act_note),
    )
    return "；".join(f"{label}：{text}" for label, text in said if text)


def transcript(loaded: LoadedCase, row: Transcript) -> shapes.SceneData | shapes.QuestioningData | InquestData:
    """M04, M02 or M03, by the kind of the transcript."""
    if row.kind == TranscriptKind.INQUEST:
        return inquest_record(loaded, row)
    return _scene(loaded, row) if row.kind == TranscriptKind.ONSCENE else _questioning(loaded, row)


def _reading(row: Transcript) -> list[shapes.Choice]:
    return reading_choices("read" if row.signing == Signing.SIGNED else "")


def _scene(loaded: LoadedCase, row: Transcript) -> shapes.SceneData:
    case, person, on = loaded.case, row.person, clock.local(row.started_at).date()
    refused = f"现场人员拒绝签名：{row.refusal_note}" if row.refusal_note else ""
    return shapes.SceneData(
        place=row.evidence.obtained_place,
        started_at=moment(row.started_at),
        ended_at=moment(row.ended_at),
        officers=[officer_block(user, loaded, on) for user in (row.first_officer, row.second_officer)],
        recorder=row.second_officer.full_name,
        person=shapes.ScenePerson(
            name=person.name if person else "",
            gender=gender(person.gender) if person else "",
            id_number=person.id_number if person else "",
            relation=person.get_role_display() if person else "",
            employer_and_position=person.employer if person else "",
            phone=person.phone if person else "",
            address=person.address if person else "",
        ),
        vehicle_no=case.vehicle.plate if case.vehicle else "",
        vehicle_type=case.vehicle.type_name if case.vehicle else "",
        content=[_shown(row), *paragraphs(row.body)],
        reading=_reading(row),
        witness=row.witness_name,
        remarks=refused,
    )


def _shown(row: Transcript) -> str:
    names = f"{row.first_officer.full_name}、{row.second_officer.full_name}"
    rights = "，告知其如实回答的义务和申请回避的权利" if row.rights_told else ""
    return f"执法人员{names}主动出示执法证件，说明来意{rights}。"


def _questioning(loaded: LoadedCase, row: Transcript) -> shapes.QuestioningData:
    person, on = row.person, clock.local(row.started_at).date()
    return shapes.QuestioningData(
        started_at=moment(row.started_at),
        ended_at=moment(row.ended_at),
        ordinal=str(row.session_no),
        place=row.evidence.obtained_place,
        questioner=row.first_officer.full_name,
        recorder=row.second_officer.full_name,
        person=shapes.QuestionedPerson(
            name=person.name if person else "",
            relation=person.get_role_display() if person else "",
            gender=gender(person.gender) if person else "",
            age=age_on(person.id_number, on) if person else "",
            id_number=person.id_number if person else "",
            phone=person.phone if person else "",
            employer_and_position=person.employer if person else "",
            address=person.address if person else "",
        ),
        organ=loaded.case.authority.name,
        officers=[officer_block(user, loaded, on) for user in (row.first_officer, row.second_officer)],
        exchanges=[
            *_guardian(row),
            *(shapes.Exchange(question=item["question"], answer=paragraphs(item["answer"])) for item in row.answers),
        ],
        reading=_reading(row),
    )


def _guardian(row: Transcript) -> list[shapes.Exchange]:
    """inv-question-minor: who sat beside the minor."""
    if not row.guardian_name:
        return []
    return [shapes.Exchange(question="在场的监护人或者其他合适的成年人是谁？", answer=[row.guardian_name])]
