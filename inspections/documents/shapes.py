"""What each paper's template is given, beside the shapes shared with the documents of cases."""

from __future__ import annotations

from typing import TypedDict

from lishu_law.documents.shapes import Choice, Officer, QuestioningData, SignedOpinion


class Subject(TypedDict):
    """The inspected object as papers name it; ``owner`` is whom a vehicle or a site belongs to, else empty."""

    name: str
    credit_code: str
    address: str
    representative: str
    number: str


class Matter(TypedDict):
    """One matter with its check points in words."""

    name: str
    points: list[str]


class ApprovalData(TypedDict):
    """J01 行政检查审批表."""

    subject: Subject
    source: str
    basis: list[str]
    matters: list[Matter]
    method: list[str]
    officers: list[Officer]
    assistants: list[str]
    time: str
    frequency: str
    notice: str
    applicant_opinion: SignedOpinion
    head_opinion: SignedOpinion


class NoticeData(TypedDict):
    """J02 行政检查通知书. ``supervision_phone`` empty leaves room for the pen."""

    organ: str
    addressee: str
    pronoun: str
    address: str
    basis: list[str]
    matters: list[Matter]
    time: str
    method: str
    officers: list[Officer]
    assistants: list[str]
    frequency: str
    opinions: str
    bans: list[str]
    must_nots: list[str]
    rights: list[str]
    contact: str
    phone: str
    supervision_phone: str
    issued_on: str


class PointRow(TypedDict):
    """One check point with its outcome; ``facts`` is what was found where it failed."""

    matter: str
    no: str
    content: str
    outcome: str
    facts: list[str]


class SignRow(TypedDict):
    """Who signs. Empty ``words`` leave room for the pen; else they say when and how it was signed already, and
    ``reference`` leads to the drawing, which is put in when the paper is drawn."""

    who: str
    words: str
    reference: str


class RecordData(TypedDict):
    """J03 现场检查笔录. ``refusal`` only where the inspected refused to sign: then a witness signs."""

    started_at: str
    ended_at: str
    place: str
    subject: Subject
    present: str
    present_post: str
    present_phone: str
    organ: str
    officers: list[Officer]
    shown: list[str]
    matters: list[str]
    points: list[PointRow]
    findings: list[str]
    measures: list[str]
    interruptions: list[str]
    result: str
    photos: str
    opinion: list[str]
    reading: list[Choice]
    refusal: str
    signed: list[SignRow]


class ResultData(TypedDict):
    """J07 行政检查结果告知书."""

    organ: str
    addressee: str
    pronoun: str
    lead: str
    time: str
    conclusion: str
    findings: list[str]
    demands: list[str]
    remedies: list[str]
    contact: str
    phone: str
    supervision_phone: str
    issued_on: str


class InspectionQuestioningData(QuestioningData):
    """J04: as M02, and who refused to sign before whom."""

    refusal: str
    witness: str
