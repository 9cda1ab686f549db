"""Shapes of 撤销(变更)行政处罚决定书 (S35) and 行政复议答复书/转送函 (S41)."""

from __future__ import annotations

from typing import TypedDict

from lishu_law.documents.shapes import FormTable, PartyBlock


class RevocationData(TypedDict):
    """S35. ``refund`` is empty where nothing was paid."""

    party: PartyBlock
    original: str
    error: list[str]
    basis: str
    handling: list[str]
    refund: str
    review_organ: str
    court: str
    organ: str
    decided_on: str


class ReviewReplyData(TypedDict):
    """S41: the reply to a review, or the letter that forwards a request (``heading`` says which)."""

    heading: str
    review_organ: str
    reference: str
    applicant: str
    respondent: str
    opening: str
    answer: list[str]
    tables: list[FormTable]
    organ: str
    issued_on: str
