"""Shapes of the hearing's notice and transcript and of the answer to the defence."""

from __future__ import annotations

from typing import TypedDict

from lishu_law.documents.shapes import Choice, Officer


class HearingNoticeData(TypedDict):
    """M12. People stand with name and post; ``is_public`` are the two boxes of the form."""

    organ: str
    party: str
    pronoun: str
    cause: str
    scheduled_at: str
    place: str
    is_public: list[Choice]
    chair: str
    members: str
    recorder: str
    address: str
    postcode: str
    contact: str
    phone: str
    issued_on: str


class HearingRecordData(TypedDict):
    """M13. ``outcome`` is the computed consequence of absence or leaving; ``refusal`` the chair's note."""

    cause: str
    organ: str
    place: str
    started_at: str
    ended_at: str
    chair: str
    members: str
    recorder: str
    officers: list[Officer]
    party: str
    representative: str
    phone: str
    proxies: list[str]
    third_party: str
    others: str
    body: list[str]
    outcome: str
    refusal: str


class DefencePoint(TypedDict):
    text: str
    answer: str
    verdict: str


class DefenceReviewData(TypedDict):
    """S18: every point with its answer, then the opinion."""

    cause: str
    points: list[DefencePoint]
    opinion: list[str]
    reviewer: str
    reviewed_on: str
